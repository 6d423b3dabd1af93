"""The period in the address of a page: two days, as people write them or as links do."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request

from app.forms import days
from app.law.statistics import Period
from app.records import approving
from app.web import at_hand

FIRST_YEAR, LAST_YEAR = 2014, 2200  # the Act is of 2014
EXAMPLE = "such as 1/4/2026"


@dataclass(frozen=True)
class Asked:
    """The period that was asked for, what was written, and what is wrong with it: {field: message}."""

    period: Period
    written: dict[str, str]
    errors: dict[str, str]

    @property
    def address(self) -> dict[str, Any]:
        """The period for links."""
        return address(self.period)


@dataclass(frozen=True)
class Choice:
    """A period to choose, in words."""

    words: str
    period: Period

    @property
    def address(self) -> dict[str, Any]:
        """The period for links."""
        return address(self.period)


def address(period: Period) -> dict[str, Any]:
    """A period for links."""
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}


def asked(begins: str, today: date) -> Asked:
    """The period in the address; the reporting period of today where none stands there, or none that can be."""
    written = {name: request.args.get(name, "").strip()[:40] for name in ("from", "to")}
    usual = approving.periods(begins, today)[0]
    if not any(written.values()):
        return Asked(usual, _said(usual), {})
    read = {name: _day(text) for name, text in written.items()}
    wrong = {name: f"Enter a day, {EXAMPLE}" for name, day in read.items() if day is None}
    first, last = read["from"], read["to"]
    if first and last and last < first:
        wrong["to"] = "The last day must be the first day or later"
    if wrong or not first or not last:
        return Asked(usual, written, wrong)
    period = Period(first, last)
    return Asked(period, _said(period), {})


def choices(begins: str, today: date) -> list[Choice]:
    """Periods that people ask for: the years, and the reporting periods that have begun."""
    years = ((words, Period(date(year, 1, 1), date(year, 12, 31))) for words, year in _years(today))
    named = [Choice(words, period) for words, period in years]
    seen = [one.period for one in named]
    return named + [Choice(one.name, one) for one in approving.periods(begins, today) if one not in seen]


def begins() -> str:
    """The day on which each reporting period begins, as the settings have it."""
    return at_hand.settings().period_begins


def _years(today: date) -> list[tuple[str, int]]:
    return [("This year", today.year), ("Last year", today.year - 1)]


def _said(period: Period) -> dict[str, str]:
    return {"from": _short(period.first), "to": _short(period.last)}


def _short(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _day(written: str) -> date | None:
    boxes = days.spread({"day": written})
    try:
        found = days.read_day(boxes["day"], boxes.get("month", ""), boxes.get("year", ""))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
