"""The published numbers, as everybody reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.law import calendar, statistics
from app.law.statistics import Period
from app.store import yearly
from app.store.rows.yearly import Publication


@dataclass(frozen=True)
class Line:
    """A number and what it counts. A small local number is not told."""

    what: str
    number: str


@dataclass(frozen=True)
class Year:
    """A reporting period whose numbers are published."""

    key: str  # its first day, ISO 8601
    name: str
    numbers: tuple[Line, ...]
    balance: tuple[Line, ...]
    local: tuple[Line, ...]
    approved_by: str
    published_on: date


def years() -> list[Year]:
    """Every period that was published, the newest first."""
    return [_year(row) for row in yearly.publications()]


def _year(row: Publication) -> Year:
    return Year(
        key=row.first_on.isoformat(),
        name=Period(row.first_on, row.last_on).name,
        numbers=_lines(row.numbers, "numbers"),
        balance=_lines(row.numbers, "balance"),
        local=tuple(Line(line.what, statistics.shown(int(line.number))) for line in _lines(row.numbers, "local")),
        approved_by=row.approved_by,
        published_on=calendar.day_of(row.published_at),
    )


def _lines(numbers: Mapping[str, Any], part: str) -> tuple[Line, ...]:
    return tuple(Line(str(one["what"]), str(one["number"])) for one in numbers.get(part) or ())
