"""The facts that a letter uses, in the words in which they were asked: which one, where it comes from, its value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.forms import words
from app.forms.conditions import fill, says
from app.forms.letters.asked import ROW
from app.forms.parts import Component, Form, every
from app.law import wording

DATES = "dates"  # of milestones, among the values of a letter


@dataclass(frozen=True)
class Used:
    """A fact of a letter. ``asked_in``: the form that asks for it, "" for none; ``answer``: "" while nobody knows."""

    question: str
    asked_in: str
    answer: str


def in_words(asked: Mapping[str, Any], forms: Iterable[Form], facts: Mapping[str, Any]) -> list[Used]:
    """What was asked of the facts ({path: value}), each once; the first of the forms that asks for it names it."""
    parts: dict[str, tuple[Form, Component]] = {}
    for form in forms:
        for part in every(part for page in form.pages for part in page.components):
            if part.key:
                parts.setdefault(part.key, (form, part))
    return [_used(path, value, parts.get(path), facts) for path, value in asked.items() if ROW not in path]


def _used(path: str, value: Any, found: tuple[Form, Component] | None, facts: Mapping[str, Any]) -> Used:
    if found is None:
        return Used(_named(path), "", _plainly(wording.read_day(value) if value and _is_day(path) else value))
    form, part = found
    return Used(fill(part.label, facts) or _named(path), form.title, _answered(part, value, facts))


def _named(path: str) -> str:
    """A fact that no form asks for, by its path: a table answered it, or it is a day that we promise."""
    if _is_day(path):
        return f"The day we promise: {path.removeprefix(f'{DATES}.').replace('_', ' ')}"
    said = path.replace(".", ", ").replace("_", " ")
    return said[:1].upper() + said[1:]


def _is_day(path: str) -> bool:
    return path.startswith(f"{DATES}.")


def _plainly(value: Any) -> str:
    if isinstance(value, date):
        return wording.day(value)
    if isinstance(value, list) and any(isinstance(row, Mapping) for row in value):
        return wording.counted(len(value), "entry") if len(value) == 1 else f"{len(value)} entries"
    return words.cell(value) if value not in (None, "", []) else ""


def _answered(part: Component, value: Any, facts: Mapping[str, Any]) -> str:
    if value in (None, "", []):
        return ""
    if part.type == "dynamiclist" and isinstance(value, list):
        rows = (words.row_in_words(part, row, facts) for row in value if isinstance(row, Mapping))
        return "\n".join(row.replace("\n", ". ") for row in rows)
    return words.in_words(part, value, facts) if part.type != "expression" else says(value)
