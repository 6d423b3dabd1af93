"""The calendars a time limit can be counted in: of each part of the United Kingdom, and the partnership's own.

An edition is what is added to, or taken from, the package's data: closure days of the offices, and bank holidays
that were announced late. Editions never change; a case is counted in the edition it was given.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from typing import Any

import holidays

from app import errors
from app.law.calendar import Calendar

ENGLAND_AND_WALES, SCOTLAND = "england-and-wales", "scotland"
NORTHERN_IRELAND, ANY_UK_NATION = "northern-ireland", "any-uk-nation"
LOCAL = "local"  # the partnership's own calendar: England and Wales, and the days on which its offices are closed
NAMES: Mapping[str, str] = {
    ENGLAND_AND_WALES: "England and Wales",
    SCOTLAND: "Scotland",
    NORTHERN_IRELAND: "Northern Ireland",
    ANY_UK_NATION: "any UK nation",
    LOCAL: "this partnership",
}
PACKAGE = f"holidays {version('holidays')}"
_PARTS: dict[str, tuple[str, ...]] = {
    ENGLAND_AND_WALES: ("ENG",),
    SCOTLAND: ("SCT",),
    NORTHERN_IRELAND: ("NIR",),
    ANY_UK_NATION: ("ENG", "WLS", "SCT", "NIR"),
    LOCAL: ("ENG",),
}
_WITHIN: dict[str, tuple[str, ...]] = {  # which changes count in a calendar
    ENGLAND_AND_WALES: (ENGLAND_AND_WALES,),
    SCOTLAND: (SCOTLAND,),
    NORTHERN_IRELAND: (NORTHERN_IRELAND,),
    ANY_UK_NATION: (ENGLAND_AND_WALES, SCOTLAND, NORTHERN_IRELAND),
    LOCAL: (ENGLAND_AND_WALES, LOCAL),
}


@dataclass(frozen=True, order=True)
class Change:
    """One day in which an edition differs from the package: closed for ``name``, or open although it is listed."""

    day: date
    name: str
    calendar: str = LOCAL
    is_open: bool = False

    def __post_init__(self) -> None:
        """Raises ``NotUnderstood`` for a calendar there is not: nothing could be taken from ``any-uk-nation``."""
        if self.calendar not in NAMES or self.calendar == ANY_UK_NATION:
            raise errors.NotUnderstood(f"There is no calendar ‘{self.calendar}’ to change.", source=self.calendar)


@dataclass(frozen=True)
class Calendars:
    """Every calendar of one edition, by key. ``changes`` are in order of their days."""

    changes: tuple[Change, ...] = ()

    @property
    def key(self) -> str:
        """The name of the edition: a hash of its changes, "" where it has none. Source: the changes themselves."""
        return _key(self.changes)

    @property
    def own(self) -> Calendar:
        """The partnership's own calendar, in which a limit is counted that names none. Source: published procedure."""
        return self.named(LOCAL)

    def named(self, key: str) -> Calendar:
        """The calendar with this key; "" is the partnership's own. Raises ``NotUnderstood`` for any other.

        Source: Banking and Financial Dealings Act 1971 Sch. 1; Freedom of Information Act 2000 s.10(6) for any nation.
        """
        if (key or LOCAL) not in NAMES:
            known = ", ".join(NAMES)
            raise errors.NotUnderstood(f"‘{key}’ is not a calendar. Expected one of: {known}.", source=key)
        return _built(key or LOCAL, self.changes)


def edition(changes: Iterable[Change]) -> Calendars:
    """The calendars with these changes; a later one for the same day and calendar replaces an earlier.

    Source: royal proclamations under the Banking and Financial Dealings Act 1971 s.1(3), and local decisions.
    """
    last = {(change.calendar, change.day): change for change in changes}
    return Calendars(tuple(sorted(last.values())))


def read(records: Iterable[Mapping[str, Any]]) -> Calendars:
    """The calendars from kept records, as ``written`` gives them.

    Source: the record itself.
    """
    return edition(
        Change(date.fromisoformat(r["day"]), r["name"], r["calendar"], bool(r.get("is_open"))) for r in records
    )


def written(calendars: Calendars) -> list[dict[str, Any]]:
    """The changes of an edition as records that can be kept: day, name, calendar, is_open.

    Source: the edition itself.
    """
    return [
        {"day": c.day.isoformat(), "name": c.name, "calendar": c.calendar, "is_open": c.is_open}
        for c in calendars.changes
    ]


@cache
def _key(changes: tuple[Change, ...]) -> str:
    return hashlib.sha256(repr(changes).encode()).hexdigest()[:16] if changes else ""


@cache
def _built(key: str, changes: tuple[Change, ...]) -> Calendar:
    closed = {c.day: c.name for c in changes if c.calendar in _WITHIN[key] and not c.is_open}
    opened = {c.day for c in changes if c.calendar in _WITHIN[key] and c.is_open}
    listed = [_package(part) for part in _PARTS[key]]

    def _holiday(day: date) -> str | None:
        if day in closed:
            return closed[day]
        if day in opened:
            return None
        return next((name for part in listed if (name := part(day))), None)

    return Calendar(NAMES[key], _holiday, key)


@cache
def _package(part: str) -> Callable[[date], str | None]:
    """The bank holidays of a part of the United Kingdom, substitute days included, as the package has them."""
    return holidays.country_holidays("GB", subdiv=part).get
