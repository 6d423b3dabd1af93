"""An outline as plain text for people, and as nested values for a page."""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.drawing.outlining.names import listed
from app.drawing.outlining.values import Outline, Part, Reference, Step, Way
from app.law.wording import NBSP

WIDTH = 100
_INSIDE = ("Go ", "The ", "A ", "This ", "That ", "Nothing ", "It ", "Everything ", "What ")  # begin a clause, too
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


def text(outline: Outline, *, width: int = WIDTH) -> str:
    """The outline as lines of text, ended by a line break. ``width`` is in characters."""
    lines = [line for part in outline.parts for line in (*_part(part, width), "")]
    if outline.others:
        lines += [
            *_wrapped(f"Also takes part, without steps in this drawing: {listed(outline.others)}.", "", width),
            "",
        ]
    lines += [line for note in outline.notes for line in _wrapped(f"Note: {note}", "", width)]
    return "\n".join(lines).rstrip().replace(NBSP, " ") + "\n"


def nested(outline: Outline) -> list[dict[str, Any]]:
    """The parts as lists in lists, for a page: each text is pieces, where a reference has the step it leads to.

    A step is known by its own element, also where what is referred to was told together with it.
    """
    return [
        {
            "process": part.process,
            "title": part.title,
            "says": part.says,
            "people": list(part.people),
            "steps": [_nested_step(step, dict(_own(part.steps))) for step in part.steps],
        }
        for part in outline.parts
    ]


def sentence(way: Way) -> str:
    """A way without steps as one sentence: ``If yes, go to step 6.``"""
    if not way.lead or not way.text:
        return way.text or f"{way.lead}:"
    if way.lead.endswith(" stopped"):
        return f"{way.lead}. {way.text}"
    inside = way.text[0].lower() + way.text[1:] if way.text.startswith(_INSIDE) else ""
    mark = ":" if not inside or way.lead in ("One way", "Another way") else ","
    return f"{way.lead}{mark} {inside or way.text}"


def leads(ways: Sequence[Way]) -> list[str]:
    """What stands before each way; those that begin together are counted where one of them has several steps."""
    together = [way for way in ways if not way.lead]
    if all(len(way.steps) < 2 for way in together):
        return [sentence(way) if way.lead or not way.steps else "" for way in ways]
    numbers = {id(way): f"Part {n}: {way.text}".rstrip() for n, way in enumerate(together, 1)}
    return [numbers.get(id(way)) or sentence(way) for way in ways]


def _part(part: Part, width: int) -> Iterator[str]:
    yield part.title
    yield "=" * len(part.title)
    if part.says:
        yield from ("", *_wrapped(part.says, "", width))
    if part.people:
        yield from ("", *_wrapped(f"Who takes part: {listed(part.people)}.", "", width))
    yield ""
    yield from _steps(part.steps, "", width)


def _steps(steps: Sequence[Step], indent: str, width: int) -> Iterator[str]:
    for step in steps:
        head = f"{step.number}. " if step.number else ""
        yield from _wrapped(step.text, indent, width, head)
        inner = indent + "   "
        yield from (line for note in step.notes for line in _wrapped(note, inner, width))
        yield from _steps(step.steps, inner, width)
        for lead, way in zip(leads(step.ways), step.ways, strict=True):
            yield from _wrapped(lead, inner, width, "- ") if lead else ()
            yield from _steps(way.steps, inner + ("  " if lead else ""), width)


def _wrapped(words: str, indent: str, width: int, head: str = "") -> list[str]:
    room = max(width, len(indent) + 40)
    rest = indent + " " * len(head)
    return textwrap.wrap(words, room, initial_indent=indent + head, subsequent_indent=rest, break_long_words=False)


def _nested_step(step: Step, own: Mapping[str, str]) -> dict[str, Any]:
    said = leads(step.ways)
    return {
        "number": step.number,
        "element": step.elements[0],
        "text": _pieces(step.text, step.references, own),
        "notes": list(step.notes),
        "ways": [
            {"text": _pieces(lead, way.references, own), "steps": [_nested_step(one, own) for one in way.steps]}
            for lead, way in zip(said, step.ways, strict=True)
        ],
        "steps": [_nested_step(one, own) for one in step.steps],
    }


def _own(steps: Sequence[Step]) -> Iterator[tuple[str, str]]:
    """The number of each step with its own element."""
    for step in steps:
        yield step.number, step.elements[0]
        yield from _own(step.steps)
        for way in step.ways:
            yield from _own(way.steps)


def _pieces(said: str, references: Sequence[Reference], own: Mapping[str, str]) -> list[dict[str, str]]:
    """A text cut where it refers to a step: ``[{"text": "Go to step "}, {"text": "4", "element": "ask"}]``."""
    aims = {reference.number: own.get(reference.number, reference.element) for reference in references}
    pieces, last = [], 0
    for found in _NUMBER.finditer(said):
        if found[0] in aims:
            pieces += [{"text": said[last : found.start()]}, {"text": found[0], "element": aims[found[0]]}]
            last = found.end()
    return [piece for piece in [*pieces, {"text": said[last:]}] if piece["text"]]
