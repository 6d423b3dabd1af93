"""The published numbers, as everybody reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from app.law import calendar, definitions
from app.law.statistics import Period
from app.records import local
from app.store import yearly
from app.store.rows.yearly import Publication


@dataclass(frozen=True)
class Line:
    """A number and what it counts. A small local number is not told."""

    what: str
    number: str


@dataclass(frozen=True)
class Local:
    """Local numbers that belong together; those that stand alone have no title."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Year:
    """A reporting period whose numbers are published."""

    key: str  # its first day, ISO 8601
    period: Period
    version: str  # of the definitions it was counted by
    numbers: tuple[Line, ...]
    balance: tuple[Line, ...]
    local: tuple[Local, ...]
    counted: Mapping[str, int]  # the law's numbers by name
    approved_by: str
    published_on: date

    @property
    def name(self) -> str:
        """The period in words."""
        return self.period.name

    @property
    def label(self) -> str:
        """The period in few letters: ``2025``, or ``2025–26`` where it falls into two years."""
        first, last = self.period.first.year, self.period.last.year
        return str(first) if first == last else f"{first}–{last % 100:02d}"


def years() -> list[Year]:
    """Every period that was published, the newest first."""
    return [_year(row) for row in yearly.publications()]


def year(first: date) -> Year | None:
    """The period that begins on a day, if its numbers are published."""
    return next((one for one in years() if one.period.first == first), None)


def rows(several: list[Year]) -> Iterator[tuple[str, ...]]:
    """Everything that is published as one table, a number a row, with its head."""
    yield "From", "To", "Published on", "Definitions", "Part", "What", "Number"
    for one in several:
        of = (one.key, one.period.last.isoformat(), one.published_on.isoformat(), one.version)
        yield from ((*of, "The four numbers of the law", line.what, line.number) for line in one.numbers)
        yield from ((*of, "What became of every request", line.what, line.number) for line in one.balance)
        for group in one.local:
            yield from ((*of, group.title or "More numbers", line.what, line.number) for line in group.lines)


def _year(row: Publication) -> Year:
    return Year(
        key=row.first_on.isoformat(),
        period=Period(row.first_on, row.last_on),
        version=str(row.numbers.get("definitions") or "1"),
        numbers=_lines(row.numbers, "numbers"),
        balance=_lines(row.numbers, "balance"),
        local=tuple(_local(row.numbers)),
        counted=_counted(row.numbers),
        approved_by=row.approved_by,
        published_on=calendar.day_of(row.published_at),
    )


def _counted(numbers: Mapping[str, Any]) -> Mapping[str, int]:
    counted = numbers.get("counted") or {}
    return {name: int(counted[name]) for name in definitions.NAMES if name in counted}


def _lines(numbers: Mapping[str, Any], part: str) -> tuple[Line, ...]:
    return tuple(Line(str(one["what"]), str(one["number"])) for one in numbers.get(part) or ())


def _local(numbers: Mapping[str, Any]) -> Iterator[Local]:
    """The local numbers group by group. What was published before there were groups stands alone, number by number."""
    rows = numbers.get("local") or ()
    every = [(str(one.get("group") or ""), str(one.get("part") or one["what"]), int(one["number"])) for one in rows]
    for title, of_group in groupby(every, lambda one: one[0]):
        parts = list(of_group)
        counted = [number for *_, number in parts]
        told = local.public(counted) if title else [local.public([number])[0] for number in counted]
        yield Local(title, tuple(Line(what, number) for (_, what, _), number in zip(parts, told, strict=True)))
