"""A time limit taken apart: how it was counted from its rule, and what each change did to its end.

Days stand in the order in which they were counted, so a limit that counts back begins with its latest day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app import errors
from app.law import calendar as days
from app.law import limit_words, limits
from app.law.calendar import Calendar
from app.law.calendars import Calendars
from app.law.changes import Change, Extension, changed
from app.law.limits import Due, Limit

RULE, ROLLED, EXTENSION, HOLD = "rule", "moved", "extension", "hold"  # what a day of the working belongs to
WORKING_HOUR = "working hour"


@dataclass(frozen=True)
class Day:
    """One day of the working. ``number`` is None where the day was not counted, and ``why_not`` says why."""

    on: date
    number: int | None
    why_not: str = ""
    part: str = RULE
    time: timedelta | None = None  # the working time that it gave, for a limit in working hours


@dataclass(frozen=True)
class Step:
    """What one change did: the limit ended as in ``old`` before it, and as in ``new`` after it."""

    change: Change
    old: Due
    new: Due
    days: tuple[Day, ...]  # that it added
    waits: bool = False  # made while the clock is stopped: it counts when the clock runs again


@dataclass(frozen=True)
class Working:
    """How a limit was counted. ``base`` is its end by the rule alone."""

    limit: Limit
    base: Due
    steps: tuple[Step, ...]
    calendars: Calendars

    @property
    def due(self) -> Due:
        """When it ends, after every change. Source: ``changes.changed``, step by step."""
        return self.steps[-1].new if self.steps else self.base

    @property
    def calendar(self) -> Calendar:
        """The calendar it is counted in. Source: the rule."""
        return self.calendars.named(self.limit.calendar)

    @property
    def days(self) -> tuple[Day, ...]:
        """Every day of it, those that changes added last. Source: ``calendar.count_working_days``."""
        own = _worked_days(self) if self.limit.unit == WORKING_HOUR and not self.limit.fixed else _own_days(self.base)
        return (*own, *(day for step in self.steps for day in step.days))


def worked(limit: Limit, base: Due, changes: Sequence[Change] = (), *, calendars: Calendars) -> Working:
    """The working of a limit that ends as in ``base`` by its rule alone, as ``limits.due`` counted it.

    Source: published procedure; each day by ``limits.due`` and ``changes.changed``.
    """
    steps: list[Step] = []
    due = base
    for number, change in enumerate(changes, 1):
        after = changed(limit, base, changes[:number], calendars=calendars)
        waits = any(_stops(one) for one in changes[: number - 1]) and not change.undone
        part = EXTENSION if isinstance(change, Extension) else HOLD
        is_longer = len(after.working) > len(due.working) and after.working[: len(due.working)] == due.working
        added = after.working[len(due.working) :] if is_longer else ()
        steps.append(
            Step(change, due, after, tuple(Day(d.day, d.number or None, d.why_not, part) for d in added), waits)
        )
        due = after
    return Working(limit, base, tuple(steps), calendars)


def anew(limit: Limit, start_at: datetime, *, calendars: Calendars) -> Due:
    """When a limit ends by its rule alone, counted from what it counted from then, whatever a fact says since.

    Source: the same rules as ``limits.due``.
    """
    known = replace(limit, anchor=limits.START)
    return limits.due(known, start_at=start_at, opened_at=start_at, fact=lambda _: None, calendars=calendars)


def read(rule: str) -> Limit:
    """The limit of a rule, of each round where it comes round again. Raises ``NotUnderstood``.

    Source: ``limit_words.read`` and ``limit_words.read_cycle``.
    """
    try:
        return limit_words.read(rule)
    except errors.NotUnderstood as problem:
        try:
            return limit_words.read_cycle(rule).each
        except errors.NotUnderstood:
            raise problem from None


def comes_again(rule: str) -> bool:
    """Whether a rule comes round again, so that each of its rounds is a promise of its own.

    Source: BPMN 2.0.2 table 10.101 (timeCycle).
    """
    try:
        limit_words.read_cycle(rule)
    except errors.NotUnderstood:
        return False
    return True


def _stops(change: Change) -> bool:
    return not isinstance(change, Extension) and change.until_at is None and not change.undone


def _own_days(base: Due) -> list[Day]:
    moved = _after(base)
    return [
        Day(one.day, one.number or None, one.why_not, ROLLED if n >= moved else RULE)
        for n, one in enumerate(base.working)
    ]


def _after(base: Due) -> int:
    """How many days were counted before a limit moved to a working day."""
    if base.before_on is None or base.on is None:
        return len(base.working)
    return len(base.working) - abs((base.on - base.before_on).days)


def _worked_days(working: Working) -> list[Day]:
    """The days of a limit in working hours, each with the working time that it gave."""
    start, end = sorted((working.base.start_at, working.base.at))
    first, last = days.day_of(start), days.day_of(end)
    found = [
        _worked_day(first + timedelta(days=n), start, end, working.calendar) for n in range((last - first).days + 1)
    ]
    return found if working.limit.amount >= 0 else found[::-1]


def _worked_day(on: date, start: datetime, end: datetime, calendar: Calendar) -> Day:
    begins, ends = max(start, days.end_of(on - timedelta(days=1))), min(end, days.end_of(on))
    why_not = calendar.why_closed(on)
    return Day(on, None, why_not, RULE, None if why_not else days.working_time_between(begins, ends, calendar))
