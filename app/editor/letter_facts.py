"""The facts that a letter may use: those that forms ask for, tables say and drawings lay, and what the system gives."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from app.editor import catalogue, naming
from app.editor.surroundings import Surroundings
from app.editor.trying.moving import AGENCIES
from app.engine.facts import find
from app.errors import CaseworkError
from app.forms import inventing
from app.forms.letters.asked import ROW
from app.forms.parts import CHOICES, SEVERAL, Component, Form
from app.forms.paths import merge
from app.notify import saying
from app.notify.languages import ENGLISH

SHOWN = 4  # choices of a question that are told
KEPT = 8  # sets of forms whose made-up answers are in memory
FROM_SYSTEM, DATES = "From the system", "Days that we promise"
SYSTEM: Mapping[str, tuple[str, Any]] = {  # what ``notify.letters.context`` gives: {path: (what it is, an example)}
    "case.reference": ("The reference of the case", "CT-2026-0031"),
    "case.title": ("What the case is called", "Made up"),
    "case.opened_on": ("The day on which it was opened", "2026-03-02"),
    "today": ("The day on which the letter is written", "2026-03-06"),
    "recipient.name": ("Who gets the letter", "Tansy Applegarth"),
    "recipient.is_colleague": ("Whether they work on the case", False),
    "partnership.name": ("The partnership", "Larkmere partnership"),
    "partnership.phone": ("Its phone number", "020 7946 0120"),
    "partnership.address": ("Its address", "Town Hall, Larkmere"),
    "partnership.email": ("Its e-mail address", "help@larkmere.example"),
    "coordinator.name": ("The point of contact", "Basil Tamarind"),
    "coordinator.role": ("Their role", "Coordinator"),
    "coordinator.phone": ("Their phone number", "020 7946 0134"),
    "supporter.name": ("Who of Victim Support stands by the person", "Fern Oakapple"),
    "supporter.phone": ("Their phone number", "020 7946 0140"),
    "item": ("What the step is about, where it is done once for each", None),
    "track_url": ("The page on which the person follows their case", "https://larkmere.example/track"),
    "apply_url": ("The page on which somebody asks", "https://larkmere.example/apply"),
    "papers_url": ("The page with the papers of the meeting", "https://larkmere.example/papers"),
    "feedback_url": ("The page on which they say how it was", "https://larkmere.example/feedback"),
    "answer_link": ("Where an agency answers without an account", "(Only the letter itself shows the link.)"),
}


@dataclass(frozen=True)
class Known:
    """A fact: its path, what it is, an example as a letter would write it, and where it comes from."""

    path: str
    what: str
    example: str
    source: str


def known(around: Surroundings, today: date) -> list[Known]:
    """Every fact that a letter may use and that can be told in words, by where it comes from."""
    example = made_up(around, today)
    found = [Known(path, what, _said(value), FROM_SYSTEM) for path, (what, value) in SYSTEM.items()]
    found += [Known(path, _named(path), _said(day), DATES) for path, day in dates(around, today).items()]
    seen: set[str] = set()
    for form in sorted(around.forms.values(), key=lambda one: one.title):
        for one in _of_form(form, example):
            if one.path not in seen:
                seen.add(one.path)
                found.append(one)
    for _, table in around.tables.values():
        rest = (output for output in table.outputs if not table.parameters and output.name not in seen)
        found += [Known(output.name, output.label or _named(output.name), "", table.name) for output in rest]
    return found


def paths(around: Surroundings) -> frozenset[str]:
    """The paths of all facts that anything gives, those that drawings lay by themselves too."""
    asked = {one.path for form in around.forms.values() for one in _of_form(form, {})}
    return frozenset(asked | around.laid | set(SYSTEM) | {f"dates.{name}" for name in _milestones(around)})


def is_given(path: str, given: Iterable[str]) -> bool:
    """Whether something gives a fact, a part of it, or what holds it. Of the rows of a list what forms ask in them."""
    names = frozenset(given)
    head, row, inside = path.partition(ROW)
    if not any(_overlaps(head, name) for name in names):
        return False
    rows = [name for name in names if name.startswith(f"{head}{ROW}")]
    whole = f"{head}{row}{inside}"
    return not inside or not rows or any(_overlaps(whole, name) for name in rows)


def nearest(path: str, given: Iterable[str]) -> str:
    """The known fact that is spelled most like a path; "" where none is."""
    return next(iter(difflib.get_close_matches(path, sorted(given), n=1, cutoff=0.7)), "")


def dates(around: Surroundings, today: date) -> dict[str, str]:
    """Made-up days for the agreed times: {``dates.interview``: ISO 8601}."""
    return {
        f"dates.{name}": (today + timedelta(days=7 * number)).isoformat()
        for number, name in enumerate(_milestones(around), 1)
    }


def made_up(around: Surroundings, today: date) -> Mapping[str, Any]:
    """Made-up answers to all forms together, as facts."""
    return _made_up(tuple(sorted((name, text) for name, text in around.files.items() if name.endswith(".form"))), today)


@lru_cache(KEPT)
def _made_up(files: tuple[tuple[str, bytes], ...], today: date) -> Mapping[str, Any]:
    facts: dict[str, Any] = {**AGENCIES}
    for form in Surroundings(dict(files)).forms.values():
        try:
            facts = merge(facts, inventing.invent(form, facts, today=today))
        except (inventing.NotAccepted, CaseworkError, IndexError):  # such as a question without an answer to choose
            continue  # a form that cannot be made up gives no examples
    return facts


def _of_form(form: Form, example: Mapping[str, Any]) -> Iterator[Known]:
    for page in form.pages:
        yield from _of_parts(page.components, "", form, example)


def _of_parts(parts: Iterable[Component], above: str, form: Form, example: Mapping[str, Any]) -> Iterator[Known]:
    for part in parts:
        path = f"{above}{part.key}"
        if part.key:
            yield Known(path, part.label or _named(path), _example(part, find(example, path)), form.title)
        inner = f"{path}{ROW}." if part.type == "dynamiclist" else above
        yield from _of_parts(part.components, inner, form, example)


def _example(part: Component, value: Any) -> str:
    if part.type in CHOICES | SEVERAL and isinstance(part.more.get("values"), list):
        said = [str(one.get("value")) for one in part.more["values"] if isinstance(one, dict)]
        return ", ".join(said[:SHOWN]) + (", …" if len(said) > SHOWN else "")
    return _said(value)


def _said(value: Any) -> str:
    return saying.said(saying.plain(value), ENGLISH)


def _named(path: str) -> str:
    return naming.plain(path.rpartition(".")[2]).capitalize()


def _milestones(around: Surroundings) -> list[str]:
    return [one["value"] for one in catalogue.milestones(around)]


def _overlaps(one: str, other: str) -> bool:
    return (
        one == other or one.startswith((f"{other}.", f"{other}{ROW}")) or other.startswith((f"{one}.", f"{one}{ROW}"))
    )
