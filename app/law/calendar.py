"""Counting days the way the law and the published procedure count them.

A day is a ``date`` in London. A period that ends on a day is over at the first instant of the next one.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
HOURS_A_DAY = 8  # working hours that are said as one working day
WEEKEND = {5: "Saturday", 6: "Sunday"}


@dataclass(frozen=True)
class Calendar:
    """Which days are not working days, and why."""

    name: str
    holiday: Callable[[date], str | None]  # the holiday's name, None on an ordinary day
    key: str = ""
    opens: time = time(9)  # the working hours of a working day, in London
    closes: time = time(17)

    def why_closed(self, day: date) -> str:
        """Why ``day`` is not a working day; "" when it is one.

        Source: Banking and Financial Dealings Act 1971 s.1 and Schedule 1 (bank holidays); weekends by custom.
        """
        return WEEKEND.get(day.weekday()) or self.holiday(day) or ""


@dataclass(frozen=True)
class Counted:
    """One day of a count: the day, its number (0 when it was not counted) and why it was not."""

    day: date
    number: int
    why_not: str = ""


def count_working_days(start: date, count: int, calendar: Calendar) -> Iterator[Counted]:
    """Every day of a period of ``count`` working days after ``start``; a negative count goes back.

    The day of the event itself is not counted. The last one given is the day on which the period ends.
    Source: published procedure, "within 2 working days"; the day of the event is left out by the general rule
    in Lester v Garland (1808) 15 Ves 248.
    """
    step, number, day = (1 if count > 0 else -1), 0, start
    while number < abs(count):
        day += timedelta(days=step)
        why_not = calendar.why_closed(day)
        number += not why_not
        yield Counted(day, 0 if why_not else number, why_not)


def count_days(start: date, count: int) -> Iterator[Counted]:
    """Every day of a period of ``count`` calendar days after ``start``; a negative count goes back.

    Source: Lester v Garland (1808) 15 Ves 248, the day of the event is left out; every other day counts.
    """
    step = 1 if count > 0 else -1
    for number in range(1, abs(count) + 1):
        yield Counted(start + timedelta(days=step * number), number)


def after_working_time(start: datetime, length: timedelta, calendar: Calendar) -> datetime:
    """The instant at which ``length`` of working time has passed since ``start``; a negative length goes back.

    Working time runs between the calendar's hours on its working days.
    Source: published procedures that promise hours "within office hours".
    """
    left, here = abs(length), start.astimezone(LONDON)
    back = length < timedelta()
    while True:
        first, last = _open_hours(here.date(), calendar)
        span = (min(here, last) - first) if back else (last - max(here, first))
        if left <= span and span > timedelta():
            return ((min(here, last) - left) if back else (max(here, first) + left)).astimezone(UTC)
        left -= max(span, timedelta())
        step = -1 if back else 1
        next_day = here.date() + timedelta(days=step)
        here = datetime.combine(next_day, time.max if back else time.min, tzinfo=LONDON)


def working_time_between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """How much working time lies between two instants; negative when ``end`` is earlier.

    Source: the same rule as ``after_working_time``, read backwards.
    """
    if end < start:
        return -working_time_between(end, start, calendar)
    begin, finish = start.astimezone(LONDON), end.astimezone(LONDON)
    total, day = timedelta(), begin.date()
    while day <= finish.date():
        first, last = _open_hours(day, calendar)
        total += max(timedelta(), min(last, finish) - max(first, begin))
        day += timedelta(days=1)
    return total


def _open_hours(day: date, calendar: Calendar) -> tuple[datetime, datetime]:
    """From when to when a day is open; on a day that is closed the two are the same."""
    first = datetime.combine(day, calendar.opens, tzinfo=LONDON)
    closes = calendar.opens if calendar.why_closed(day) else calendar.closes
    return first, datetime.combine(day, closes, tzinfo=LONDON)


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """How many working days lie after ``start`` up to and with ``end``; negative when ``end`` is earlier.

    Source: the same rule as ``count_working_days``, read backwards.
    """
    first, last, sign = (start, end, 1) if start <= end else (end, start, -1)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sign * sum(not calendar.why_closed(day) for day in days)


def months_after(start: date, months: int) -> date:
    """The corresponding day ``months`` later, or the last day of a month that has no such day.

    Source: corresponding date rule, Dodds v Walker [1981] 1 WLR 1027.
    """
    years, month0 = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month0 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def period_end(first: date, months: int) -> date:
    """The last day of a period "within N months beginning with" ``first``, both ends counted.

    Source: Anti-social Behaviour, Crime and Policing Act 2014 s.104(11); Dodds v Walker [1981] 1 WLR 1027.
    """
    same = months_after(first, months)
    return same if same.day < first.day else same - timedelta(days=1)


def day_of(instant: datetime) -> date:
    """The day it is in London at this instant.

    Source: Interpretation Act 1978 s.9 and Summer Time Act 1972.
    """
    return instant.astimezone(LONDON).date()


def end_of(day: date) -> datetime:
    """The first instant after ``day`` in London: when a period ending that day is over.

    Source: Interpretation Act 1978 s.9; a day ends at midnight.
    """
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=LONDON).astimezone(UTC)
