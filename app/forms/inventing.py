"""Made-up answers that a form accepts: for demonstration cases, for play and for walks through a procedure.

Every question that applies gets an answer; the same chooser gives the same answers.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from app.forms import answers as checking
from app.forms.conditions import is_hidden, options
from app.forms.parts import CHOICES, SEVERAL, TEXTS, Component, Form, flat
from app.forms.paths import has, merge, put

Chooser = Callable[[Sequence[Any]], Any]  # one of several, such as ``random.choice``
MADE_UP = "This is made up, to show how the form looks when it has been filled in."
EMAIL, PHONE = "someone@larkmere.example", "020 7946 0100"
A_WEEK = timedelta(days=7)


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
    """Answers that ``form`` accepts, those in ``given`` as they are. Raises ``ValueError`` naming what it refuses."""
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
        raise ValueError(f"{form.key}: {refused}")
    return made


def _answer(part: Component, facts: Mapping[str, Any], today: date, choose: Chooser) -> Any:
    if part.type in CHOICES:
        return choose([option.value for option in options(part, facts)])
    if part.type in SEVERAL:
        listed = [option.value for option in options(part, facts)]
        return [choose(listed)] if part.required and listed else []
    if part.type == "dynamiclist":
        return [_row(part, facts, today, choose)] if part.required else []
    return _plain(part, today)


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


def _row(part: Component, facts: Mapping[str, Any], today: date, choose: Chooser) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for inner, hides in flat(part.components):
        around = merge(facts, row)
        if inner.key and not is_hidden(hides, around):
            value = _answer(inner, around, today, choose)
            if value is not None:
                put(row, inner.key, value)
    return row
