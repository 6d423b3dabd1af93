"""One entry read as an answer: its JSON value, or what is wrong with it.

Nothing that a person can send raises: each check gives a value and, where it will not do, a ``Fault``. The
value of a faulty answer is the entry as typed (so that a draft loses nothing), or null where it was never offered.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from app.forms import days, wording
from app.forms.conditions import answer, limit, options, setting
from app.forms.entries import Entry, is_blank
from app.forms.parts import CHOICES, SEVERAL, Component
from app.law.calendar import LONDON
from app.law.wording import MONTHS

MOST_CHARACTERS = 4_000
MOST_DECIMALS = 10
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,10})?")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?[0-9 ().-]{7,25}")


class Fault(NamedTuple):
    """What is wrong: the words, and where in the question ("" or the ending of a box's name, ``-month``)."""

    says: str
    at: str = ""


Checked = tuple[Any, Fault | None]


class Asked(NamedTuple):
    """A question as it is asked now: with the facts and answers around it, on this day."""

    component: Component
    facts: Mapping[str, Any]
    today: date

    def limit(self, name: str) -> int | float | None:
        """A numeric limit of the question, or None."""
        return limit(self.component, name, self.facts)


def check(component: Component, entry: Entry, facts: Mapping[str, Any], today: date) -> Checked:
    """The value of an entry and its fault, if any. A blank entry is null (``[]``, ``false``) and may be missing."""
    if is_blank(entry):
        at = f"-{component.day_parts[0]}" if component.day_parts else ""
        return _nothing(component), Fault(wording.missing(component), at) if component.required else None
    return _CHECKS[component.type](Asked(component, facts, today), entry)


def _nothing(component: Component) -> Any:
    """The value of a question that was left blank."""
    if component.type in SEVERAL | {"filepicker"}:
        return []
    return False if component.type == "checkbox" else None


def _text(asked: Asked, entry: str) -> Checked:
    component = asked.component
    most, least = asked.limit("maxLength"), asked.limit("minLength")
    most = int(most) if most is not None else MOST_CHARACTERS
    if len(entry) > most:
        return entry, Fault(wording.too_long(component, most))
    if least is not None and len(entry) < least:
        return entry, Fault(wording.too_short(component, int(least)))
    kind = component.limits.get("validationType")
    if kind == "email" and not _EMAIL.fullmatch(entry):
        return entry, Fault(wording.email(component))
    if kind == "phone" and not _PHONE.fullmatch(entry):
        return entry, Fault(wording.phone(component))
    return entry, None if _fits(component, entry) else Fault(wording.pattern(component))


def _fits(component: Component, entry: str) -> bool:
    pattern = component.limits.get("pattern")
    return not pattern or answer("matches(entry, pattern)", {"entry": entry, "pattern": pattern}) is True


def _number(asked: Asked, entry: str) -> Checked:
    component = asked.component
    plain = re.sub(r"[\s,£]", "", entry).replace("\N{MINUS SIGN}", "-").removesuffix("%")
    if not _NUMBER.fullmatch(plain):
        return entry, Fault(wording.not_a_number(component))
    number = Decimal(plain)
    digits = asked.limit("decimalDigits")
    if digits is not None and 0 <= digits < MOST_DECIMALS and number != round(number, int(digits)):
        return entry, Fault(wording.decimals(component, int(digits)))
    least, most = asked.limit("min"), asked.limit("max")
    if least is not None and number < Decimal(str(least)):
        return entry, Fault(wording.too_small(component, least))
    if most is not None and number > Decimal(str(most)):
        return entry, Fault(wording.too_large(component, most))
    if component.more.get("serializeToString"):
        return plain, None
    return int(number) if number == number.to_integral_value() else float(number), None


def _choice(asked: Asked, entry: str) -> Checked:
    for option in options(asked.component, asked.facts):
        if option.token == entry:
            return option.value, None
    return None, Fault(wording.not_an_option(asked.component))


def _choices(asked: Asked, entry: list[str]) -> Checked:
    offered = {option.token: option.value for option in options(asked.component, asked.facts)}
    chosen = [value for token, value in offered.items() if token in entry]
    strange = any(token not in offered for token in entry)
    return chosen, Fault(wording.not_an_option(asked.component)) if strange else None


def _checkbox(asked: Asked, entry: str) -> Checked:
    return entry == "true", None if entry == "true" else Fault(wording.not_an_option(asked.component))


def _files(asked: Asked, entry: list[dict[str, Any]]) -> Checked:
    component = asked.component
    if setting(component, "multiple", asked.facts) is not True and len(entry) > 1:
        return entry, Fault(wording.one_file(component))
    accept = str(setting(component, "accept", asked.facts) or "")
    kinds = [kind.strip().lower() for kind in accept.split(",") if kind.strip().startswith(".")]
    for file in entry:
        if kinds and not file["name"].lower().endswith(tuple(kinds)):
            return entry, Fault(wording.file_kind(component, file["name"], kinds))
    return entry, None


def _moment(asked: Asked, entry: Any) -> Checked:
    """A time ``HH:MM``, a day ``YYYY-MM-DD``, or both with London's offset."""
    component = asked.component
    if not component.day_parts:
        try:
            return days.read_time(entry).strftime("%H:%M"), None
        except ValueError:
            return entry, Fault(wording.not_a_time(component))
    if empty := [part for part in component.day_parts if not entry.get(part)]:
        return entry, Fault(wording.parts_missing(component, empty), f"-{empty[0]}")
    try:
        day = days.read_day(entry["day"], entry["month"], entry["year"])
    except ValueError:
        return entry, _day_fault(component, entry)
    if fault := _wrong_side(asked, day):
        return entry, fault
    if "time" not in component.day_parts:
        return day.isoformat(), None
    try:
        moment = datetime.combine(day, days.read_time(entry["time"]), LONDON)
    except ValueError:
        return entry, Fault(wording.not_a_time(component), "-time")
    return moment.isoformat(), None


def _day_fault(component: Component, entry: Mapping[str, str]) -> Fault:
    if not re.fullmatch("[0-9]{4}", entry["year"]):
        return Fault(wording.short_year(component), "-year")
    try:
        real = 1 <= days.month_number(entry["month"]) <= len(MONTHS)
    except ValueError:
        real = False
    return Fault(wording.not_a_day(component), "-day" if real else "-month")


def _wrong_side(asked: Asked, day: date) -> Fault | None:
    own = asked.component.wording
    if own.get("past") == "true" and day > asked.today:
        return Fault(wording.not_past(asked.component), "-day")
    ahead = own.get("future") == "true" or asked.component.more.get("disallowPassedDates") is True
    return Fault(wording.not_future(asked.component), "-day") if ahead and day < asked.today else None


_CHECKS: dict[str, Callable[[Asked, Any], Checked]] = {
    **dict.fromkeys(CHOICES, _choice),
    **dict.fromkeys(SEVERAL, _choices),
    "textfield": _text,
    "textarea": _text,
    "number": _number,
    "checkbox": _checkbox,
    "filepicker": _files,
    "datetime": _moment,
}
