"""Made-up answers that a form accepts: for demonstration cases, for play and for walks through a procedure.

Every question that applies gets an answer; the same chooser gives the same answers.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from app.forms import answers as checking
from app.forms.conditions import answer, is_hidden, options
from app.forms.parts import CHOICES, SEVERAL, TEXTS, Component, Form, flat
from app.forms.paths import has, merge, put

Chooser = Callable[[Sequence[Any]], Any]  # one of several, such as ``random.choice``
MADE_UP = "This is made up, to show how the form looks when it has been filled in."
EMAIL, PHONE = "someone@larkmere.example", "020 7946 0100"
A_WEEK = timedelta(days=7)


class NotAccepted(ValueError):
    """The form refuses what was given or made up. ``problems`` are {field name: message}."""

    def __init__(self, form: Form, refused: Mapping[int, Mapping[str, str]]) -> None:
        super().__init__(f"{form.key}: {refused}")
        self.problems = {name: says for page in refused.values() for name, says in page.items()}


def first(several: Sequence[Any]) -> Any:
    """The chooser that always takes the first."""
    return several[0]


def invent(
    form: Form,
    facts: Mapping[str, Any],
    *,
    today: date,
    given: Mapping[str, Any] | None = None,
    choose: Chooser = first,
) -> dict[str, Any]:
    """Answers that ``form`` accepts, those in ``given`` as they are. Raises ``NotAccepted``."""
    made: dict[str, Any] = merge({}, given or {})
    for page in form.pages:
        for part, hides in flat(page.components):
            around = merge(facts, made)
            if part.key and not has(made, part.key) and not is_hidden((page.hide, *hides), around):
                value = _answer(part, around, today, choose)
                if value is not None:
                    put(made, part.key, value)
    refused = checking.check_all(form, made, facts, today=today)
    if refused:
        raise NotAccepted(form, refused)
    return made


def _answer(part: Component, facts: Mapping[str, Any], today: date, choose: Chooser) -> Any:
    if part.type in CHOICES:
        return _choice(part, [option.value for option in options(part, facts)], choose)
    if part.type in SEVERAL:
        listed = [option.value for option in options(part, facts)]
        return [choose(listed)] if part.required and listed else []
    if part.type == "dynamiclist":
        return _rows(part, facts, today, choose) if part.required else []
    if part.type == "expression":  # what is asked further on may hang on it
        return answer(str(part.more.get("expression") or ""), facts)
    return _plain(part, today)


def _choice(part: Component, several: Sequence[Any], choose: Chooser) -> Any:
    """The author's ``example``, where the case would else seldom come on; without one, any of the choices."""
    example = part.wording.get("example")
    return example if example in several else choose(several)


def _plain(part: Component, today: date) -> Any:
    if part.type in TEXTS:
        kind = part.limits.get("validationType")
        written = {"email": EMAIL, "phone": PHONE}.get(str(kind), MADE_UP if part.type == "textarea" else "Made up")
        return written if part.required else None
    if part.type == "number":
        return int(part.limits.get("min") or 1)
    if part.type == "checkbox":
        return True
    if part.type == "datetime" and part.required:
        return _day(part, today)
    return None


def _day(part: Component, today: date) -> str:
    day = today + A_WEEK if part.wording.get("future") == "true" else today
    return f"{day.isoformat()}T10:00" if "time" in part.day_parts else day.isoformat()


def _rows(part: Component, facts: Mapping[str, Any], today: date, choose: Chooser) -> list[dict[str, Any]]:
    """As many rows as the form begins with, each about another of those that the case knows, such as agencies."""
    rows: list[dict[str, Any]] = []
    for _ in range(part.first_rows):
        rows.append(_row(part, facts, today, _other(rows, choose)))
    return rows


def _other(rows: Sequence[Mapping[str, Any]], choose: Chooser) -> Callable[[Component], Chooser]:
    """For a question of the next row, the chooser that takes what no row has taken yet, while something is left."""

    def chooser(part: Component) -> Chooser:
        taken = [row.get(part.key) for row in rows] if part.more.get("valuesKey") else []
        return lambda several: choose([one for one in several if one not in taken] or several)

    return chooser


def _row(
    part: Component, facts: Mapping[str, Any], today: date, chooser: Callable[[Component], Chooser]
) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for inner, hides in flat(part.components):
        around = merge(facts, row)
        if inner.key and not is_hidden(hides, around):
            value = _answer(inner, around, today, chooser(inner))
            if value is not None:
                put(row, inner.key, value)
    return row
