"""What moves a time limit after it began to run: extensions with a reason, and holds.

A change is a record that is never taken back, only undone: whoever looks later sees all of it. Applied in order,
the changes give the instant at which the limit now ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from app import errors
from app.law import calendar as days
from app.law import limit_words, limits
from app.law.calendar import Calendar, Counted
from app.law.calendars import Calendars
from app.law.limits import INSTANTS, Due, Limit


@dataclass(frozen=True)
class Extension:
    """More time: ``by`` is a limit in words, such as ``5 working days``."""

    by: str
    undone: bool = False


@dataclass(frozen=True)
class Hold:
    """Time that does not count: from an instant until another, ``most`` being the longest it may last."""

    from_at: datetime
    most: str
    until_at: datetime | None = None  # None while it lasts
    undone: bool = False


Change = Extension | Hold


def changed(limit: Limit, due: Due, changes: Sequence[Change], *, calendars: Calendars) -> Due:
    """When the limit ends after its changes. While a hold lasts that is the instant at which the hold must end.

    Source: published procedure, "extension with a reason, told before the original date"; a hold keeps what was
    left of the limit, counted in the limit's own unit.
    """
    calendar = calendars.named(limit.calendar)
    for change in changes:
        if change.undone:
            continue
        if isinstance(change, Extension):
            due = _extended(due, limit_words.read(change.by), calendar)
        elif change.until_at is None:
            return replace(_longest(change, calendars), start_at=due.start_at)
        else:
            due = _held(limit, due, change.from_at, change.until_at, calendar)
    return due


def is_held(changes: Sequence[Change]) -> bool:
    """Whether a hold lasts now.

    Source: the records themselves.
    """
    return any(isinstance(change, Hold) and change.until_at is None and not change.undone for change in changes)


def check_extension(by: str, limit: Limit) -> Limit:
    """``by`` as a limit that can be added to ``limit``. Raises ``NotUnderstood`` with what was expected.

    Source: published procedure, "extension"; the most that is allowed stands with the limit, in words.
    """
    more = limit_words.read(by)
    if more.fixed or more.anchor != limits.START or more.amount < 1 or more.first_counts:
        raise errors.NotUnderstood(f"‘{by}’ is not a length of time. Expected ‘5 working days’.", source=by)
    if limit.extension == "":
        raise errors.NotUnderstood(f"‘{limit.words}’ cannot be extended.", source=limit.words)
    if limit.extension and _is_longer(more, limit_words.read(limit.extension)):
        raise errors.NotUnderstood(f"‘{limit.words}’ says that this is too long.", source=by)
    return more


def _is_longer(one: Limit, other: Limit) -> bool:
    """Whether a length is more than another: lengths of two units are compared by what they come to from a Monday."""
    first = datetime(2026, 6, 1, 9, tzinfo=days.LONDON)
    ends = [
        limits.due(limit, start_at=first, opened_at=first, fact=lambda _: None, calendars=Calendars()).at
        for limit in (one, other)
    ]
    return ends[0] > ends[1]


def _longest(hold: Hold, calendars: Calendars) -> Due:
    most = limit_words.read(hold.most)
    return limits.due(most, start_at=hold.from_at, opened_at=hold.from_at, fact=lambda _: None, calendars=calendars)


def _extended(due: Due, more: Limit, calendar: Calendar) -> Due:
    """``due`` and ``more``. A limit in days stays one, unless what is added is in hours."""
    if due.on is None or more.unit in INSTANTS:
        if more.unit in INSTANTS:
            return Due(limits.later(due.at, more.amount, more.unit, calendar), None, due.start_at, due.working)
        return _moved(due, _counted(days.day_of(due.at), more, calendar))
    return _moved(due, _counted(due.on, more, calendar))


def _counted(start: date, more: Limit, calendar: Calendar) -> list[Counted]:
    if more.unit == "working day":
        return list(days.count_working_days(start, more.amount, calendar))
    last = days.months_after(start, more.amount) if more.unit == "month" else None
    count = (last - start).days if last else more.amount * (7 if more.unit == "week" else 1)
    return list(days.count_days(start, count))


def _held(limit: Limit, due: Due, from_at: datetime, until_at: datetime, calendar: Calendar) -> Due:
    """``due`` later by the time that was held, in the unit of the limit, so that what was left is left still."""
    if due.on is None:
        if limit.unit == "working hour":
            held = days.working_time_between(from_at, until_at, calendar)
            return replace(due, at=days.after_working_time(due.at, held, calendar) if held else due.at)
        return replace(due, at=due.at + (until_at - from_at))
    first, last = days.day_of(from_at), days.day_of(until_at)
    if limit.unit == "working day":
        held_days = days.working_days_between(first, last, calendar)
        return _moved(due, list(days.count_working_days(due.on, held_days, calendar)) if held_days else [])
    return _moved(due, list(days.count_days(due.on, (last - first).days)))


def _moved(due: Due, more: list[Counted]) -> Due:
    """``due`` with the days of ``more`` behind its own, at the same hour of the new last day."""
    if not more:
        return due
    last, before = more[-1].day, due.on or days.day_of(due.at)
    hour = due.at.astimezone(days.LONDON).replace(tzinfo=None)
    later = (hour + timedelta(days=(last - before).days)).replace(tzinfo=days.LONDON)
    at = days.end_of(last) if due.on and due.at == days.end_of(due.on) else later.astimezone(UTC)
    return Due(at, last if due.on else None, due.start_at, (*due.working, *more))
