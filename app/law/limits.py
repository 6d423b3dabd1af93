"""Time limits, counted with their working shown.

A limit counts from an anchor: the moment its timer starts, the application, or a fact of the case that holds
a day or an instant. Limits in days end with a day; limits in hours and minutes end at an instant.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from app import errors
from app.law import calendar as days
from app.law.calendar import Calendar, Counted
from app.law.calendars import Calendars

START, APPLICATION = "start", "application"
INSTANTS = ("minute", "hour", "working hour")  # units that end at an instant, not with a day
FORWARD, BACK = "forward", "back"
YEARS = range(1900, 2200)  # of a day that somebody writes; beyond them dates cannot be counted with


@dataclass(frozen=True)
class Limit:
    """A time limit as somebody wrote it."""

    words: str
    amount: int = 0
    unit: str = "day"  # minute, hour, working hour, day, week, month, working day
    anchor: str = START  # what starts it: START, APPLICATION, or the path of a fact such as "panel.held_on"
    fixed: str = ""  # ISO 8601 date or instant, for a limit that is not counted
    first_counts: bool = False  # "beginning with": the day it starts on is the first one counted
    calendar: str = ""  # the key of the calendar it is counted in; "" is the partnership's own
    cut_off: time | None = None  # what starts it at this hour or later counts as of the next working day
    until: time | None = None  # the hour of the last day at which it ends; None is the end of the day
    rolls: str = ""  # where it goes when the last day is no working day: FORWARD, BACK, or "" for nowhere
    extension: str | None = None  # the most it may be extended by, in words; "" is not at all, None is not said


@dataclass(frozen=True)
class Cycle:
    """A limit that comes round again; ``times`` is None for as long as it takes."""

    each: Limit
    times: int | None


@dataclass(frozen=True)
class Due:
    """When a limit ends, and how that was counted."""

    at: datetime  # aware, UTC: the first instant at which the limit has passed
    on: date | None  # the last day of a limit in days; None for hours and minutes
    start_at: datetime  # aware, UTC: what it counts from
    working: tuple[Counted, ...] = ()  # day by day, for what is counted in days
    first_on: date | None = None  # the day it counts from, later than the start where that missed the cut-off
    before_on: date | None = None  # the last day before it moved to a working day; None where it did not


def due(
    limit: Limit, *, start_at: datetime, opened_at: datetime, fact: Callable[[str], Any], calendars: Calendars
) -> Due:
    """When ``limit`` ends. ``fact`` gives the value of a fact by its path, None when it is not known.

    Raises ``CannotGoOn`` when the limit counts from a fact that is not there or is not a day.
    Source: published procedure; working days by ``calendar.count_working_days``, months by ``months_after``; periods
    "beginning with" a day by ``period_end`` (Anti-social Behaviour, Crime and Policing Act 2014 s.104(11)).
    """
    if limit.fixed:
        return _fixed(limit.fixed, start_at)
    calendar = calendars.named(limit.calendar)
    known = {START: start_at, APPLICATION: opened_at}.get(limit.anchor)
    start = known or _anchor(limit, fact(limit.anchor))
    if limit.unit in INSTANTS:
        return Due(later(start, limit.amount, limit.unit, calendar), None, start)
    first = _first_day(start, limit, calendar)
    counted, before = _last_day(first, limit, calendar)
    rolled = _rolled(before, limit.rolls, calendar)
    last = rolled[-1].day if rolled else before
    return Due(_end(last, limit.until), last, start, (*counted, *rolled), first, before if rolled else None)


def later(start: datetime, amount: int, unit: str, calendar: Calendar) -> datetime:
    """The instant ``amount`` of minutes, hours or working hours after ``start``; earlier for a negative amount.

    Source: ``calendar.after_working_time`` for working hours; the clock for the others.
    """
    if unit == "working hour":
        return days.after_working_time(start, timedelta(hours=amount), calendar)
    return start + timedelta(**{f"{unit}s": amount})


def following(cycle: Cycle, previous: Due, *, now_at: datetime, calendars: Calendars) -> Due:
    """The next round of ``cycle`` that is still to come: rounds missed meanwhile are one, not many.

    Source: reliability rule "missed cycle timers collapse into one".
    """
    coming = previous
    if cycle.each.unit in ("minute", "hour") and coming.at <= now_at:
        step = timedelta(**{f"{cycle.each.unit}s": cycle.each.amount})
        start_at = coming.at + step * ((now_at - coming.at) // step)
        return Due(start_at + step, None, start_at)
    while coming.at <= now_at:
        coming = next_round(cycle, coming, calendars=calendars)
    return coming


def next_round(cycle: Cycle, previous: Due, *, calendars: Calendars) -> Due:
    """The round of ``cycle`` after ``previous``, counted from the end of that one, whether it is past or not.

    Nothing comes in between two rounds, so no cut-off holds; and the day a round ends on is not counted twice.
    Source: BPMN 2.0.2 table 10.101 (timeCycle).
    """
    each = replace(cycle.each, cut_off=None, first_counts=False)
    start_at = previous.at if previous.on is None else end_of_day(previous.on)
    return due(each, start_at=start_at, opened_at=start_at, fact=lambda _: None, calendars=calendars)


def end_of_day(day: date) -> datetime:
    """The instant that stands for a whole day where something counts from it: 11pm, which no cut-off takes for an hour.

    Source: our own convention; see ``is_whole_day``.
    """
    return days.end_of(day) - timedelta(hours=1)


def is_whole_day(start_at: datetime) -> bool:
    """Whether an instant stands for a whole day.

    Source: our own convention; see ``end_of_day``.
    """
    return start_at == end_of_day(days.day_of(start_at))


def _first_day(start: datetime, limit: Limit, calendar: Calendar) -> date:
    """The day it counts from: the day of the event, or the next working day where it came after the cut-off hour."""
    day = days.day_of(start)
    is_late = limit.cut_off and start.astimezone(days.LONDON).time() >= limit.cut_off
    if is_late and not is_whole_day(start):
        *_, counted = days.count_working_days(day, 1, calendar)
        return counted.day
    return day


def _last_day(first: date, limit: Limit, calendar: Calendar) -> tuple[tuple[Counted, ...], date]:
    """The days of the count, and the last of them. Months are counted by the date, not day by day."""
    if limit.unit == "month":
        end = days.period_end if limit.first_counts else days.months_after
        return (), end(first, limit.amount)
    start = first - timedelta(days=1) if limit.first_counts else first
    if limit.unit == "working day":
        counted = tuple(days.count_working_days(start, limit.amount, calendar))
    else:
        counted = tuple(days.count_days(start, limit.amount * (7 if limit.unit == "week" else 1)))
    return counted, counted[-1].day if counted else first


def _rolled(last: date, rolls: str, calendar: Calendar) -> tuple[Counted, ...]:
    """The days a limit goes on over when its last day is no working day, the day it comes to rest on being last."""
    if not rolls or not calendar.why_closed(last):
        return ()
    moved = days.count_working_days(last, 1 if rolls == FORWARD else -1, calendar)
    return tuple(Counted(one.day, 0, one.why_not) for one in moved)


def _end(last: date, until: time | None) -> datetime:
    if until is None:
        return days.end_of(last)
    return datetime.combine(last, until, tzinfo=days.LONDON).astimezone(UTC)


def instant_or_day(text: str) -> datetime | date | None:
    """A day, or an instant with its zone; None for anything else (an instant without zone has no meaning).

    Source: ISO 8601.
    """
    try:
        is_day = len(text) == len("2026-03-06")
        value = date.fromisoformat(text) if is_day else datetime.fromisoformat(text)
    except ValueError:
        return None
    has_meaning = value.year in YEARS and (is_day or getattr(value, "tzinfo", None) is not None)
    return value if has_meaning else None


def _fixed(text: str, start_at: datetime) -> Due:
    value = instant_or_day(text)
    if isinstance(value, datetime):
        return Due(value.astimezone(UTC), None, start_at)
    if value is None:
        raise errors.NotUnderstood(f"‘{text}’ is neither a day nor an instant with its zone.", source=text)
    return Due(days.end_of(value), value, start_at)


def _anchor(limit: Limit, value: Any) -> datetime:
    """What a limit counts from."""
    if isinstance(value, Mapping):
        value = _own_day(value)
    found = instant_or_day(value) if isinstance(value, str) else None
    if found is None:
        raise errors.CannotGoOn(f"The limit ‘{limit.words}’ counts from {limit.anchor}, which has no date yet.")
    return found if isinstance(found, datetime) else end_of_day(found)


def _own_day(record: Mapping[str, Any]) -> Any:
    """The day of a record that has one: ``the panel`` is the day on which ``panel.held_at`` lies."""
    dated = [value for name, value in record.items() if name.endswith(("_at", "_on")) and value]
    return dated[0] if len(dated) == 1 else None
