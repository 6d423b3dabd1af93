"""One question as it stands in the page: its boxes or choices, its hint, its message."""

from collections.abc import Mapping
from typing import Any

from app.forms import words
from app.forms.conditions import fill, limit, options, setting
from app.forms.entries import Entry
from app.forms.nodes import Box, Choice, File, Question
from app.forms.parts import SEVERAL, Component

Reveals = Mapping[str, tuple[Question, ...]]

WIDTHS = {"2", "3", "4", "5", "10", "20", "30"}
EXAMPLE_DAY = "For example, 27 3 2026"
EXAMPLE_TIME = "For example, 2:30pm or 14:30"
FEWEST_FOR_A_COUNT = 100
_BIRTHDAY = {"day": "bday-day", "month": "bday-month", "year": "bday-year", "time": ""}
_INPUT_TYPES = {"email": "email", "phone": "tel"}


def box(
    part: Component,
    name: str,
    entry: Entry,
    facts: Mapping[str, Any],
    problems: Mapping[str, str],
    reveals: Reveals,
) -> Question:
    """The question as it is shown under this name, with what stands in it and what is wrong with it."""
    wrong = [field for field in problems if field == name or field.startswith(f"{name}-")]
    special = _special(part, name, entry, facts, wrong, reveals)
    common = {
        "name": name,
        "label": _label(part, facts),
        "hint": fill(part.hint, facts),
        "error": problems[wrong[0]] if wrong else "",
        "autocomplete": part.wording.get("autocomplete", ""),
        "width": width if (width := part.wording.get("width", "")) in WIDTHS else "",
    }
    return Question(**{**common, **special})


def _label(part: Component, facts: Mapping[str, Any]) -> str:
    """The label, which says so where an answer may be left out; a single box to tick always may, or must not."""
    label = fill(part.label, facts)
    says_so = part.required or part.type == "checkbox" or "optional" in label.lower()
    return label if says_so else f"{label} (optional)"


def _special(
    part: Component, name: str, entry: Entry, facts: Mapping[str, Any], wrong: list[str], reveals: Reveals
) -> dict[str, Any]:
    """What the question's type adds to, or has instead of, what all questions have."""
    if part.type == "datetime":
        return _moment(part, name, entry, facts, wrong)
    if part.type == "checkbox":
        return _single(part, entry, facts, reveals)
    if part.type in SEVERAL | {"radio", "select"}:
        return _choices(part, entry, facts, reveals)
    if part.type == "filepicker":
        files = tuple(File(file["id"], file["name"], words.size(file["size"])) for file in entry or ())
        accept = str(setting(part, "accept", facts) or "")
        return {
            "kind": "files",
            "files": files,
            "accept": accept,
            "multiple": setting(part, "multiple", facts) is True,
        }
    if part.type == "textarea":
        most = limit(part, "maxLength", facts) or 0
        return {"kind": "textarea", "value": entry, "most_characters": int(most) if most >= FEWEST_FOR_A_COUNT else 0}
    return _line(part, entry, facts)


def _line(part: Component, entry: Entry, facts: Mapping[str, Any]) -> dict[str, Any]:
    """A box of one line, for a text or a number."""
    before, after = words.adorned(part, facts)
    line: dict[str, Any] = {"kind": "input", "value": entry, "prefix": before, "suffix": after}
    if part.type == "number":
        whole = part.more.get("decimalDigits") == 0
        return line | {
            "inputmode": "numeric" if whole else "decimal",
            "width": part.wording.get("width") or "5",
        }
    kind = _INPUT_TYPES.get(str(part.limits.get("validationType")), "text")
    if kind != "text":
        line["autocomplete"] = part.wording.get("autocomplete", "email" if kind == "email" else "tel")
    return line | {"input_type": kind}


def _choices(part: Component, entry: Entry, facts: Mapping[str, Any], reveals: Reveals) -> dict[str, Any]:
    chosen = entry if isinstance(entry, list) else [entry]
    choices = tuple(
        Choice(option.token, option.label, option.hint, option.token in chosen, reveals.get(option.token, ()))
        for option in options(part, facts)
    )
    kind = {"radio": "radios", "select": "select"}.get(part.type, "checkboxes")
    return {"kind": kind, "choices": choices}


def _single(part: Component, entry: Entry, facts: Mapping[str, Any], reveals: Reveals) -> dict[str, Any]:
    """One box to tick: its label stands beside it, so the legend is for screen readers."""
    label = fill(part.label, facts)
    choice = Choice("true", label, "", entry == "true", reveals.get("true", ()))
    legend = words.short_label(part, facts)
    return {"kind": "checkboxes", "choices": (choice,), "label": legend, "legend_hidden": True}


def _moment(part: Component, name: str, entry: Entry, facts: Mapping[str, Any], wrong: list[str]) -> dict[str, Any]:
    if not part.day_parts:
        hint = _example(part, facts, EXAMPLE_TIME)
        return {"kind": "time", "value": entry, "hint": hint, "width": part.wording.get("width") or "10"}
    entry = entry if isinstance(entry, dict) else {}
    birthday = part.wording.get("autocomplete") == "bday"
    marked = _marked(part.day_parts, name, entry, wrong)
    boxes = tuple(
        Box(piece, piece.capitalize(), entry.get(piece, ""), piece in marked, _BIRTHDAY[piece] if birthday else "")
        for piece in part.day_parts
    )
    return {"kind": "date", "boxes": boxes, "hint": _example(part, facts, EXAMPLE_DAY)}


def _example(part: Component, facts: Mapping[str, Any], example: str) -> str:
    """The author's hint, with an example where it has none of its own."""
    hint = fill(part.hint, facts).strip()
    return hint if any(sign.isdigit() for sign in hint) else f"{hint} {example}".strip()


def _marked(parts: tuple[str, ...], name: str, entry: Mapping[str, str], wrong: list[str]) -> set[str]:
    """The boxes to mark: the empty ones, else the one the message is about, else the whole day."""
    if not wrong:
        return set()
    if empty := {piece for piece in parts if not entry.get(piece)}:
        return empty
    at = wrong[0].removeprefix(f"{name}-")
    return {"day", "month", "year"} if at == "day" else {at}
