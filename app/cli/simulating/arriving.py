"""When applications come in: more in summer, more on Mondays, more each year, most in the evening."""

from bisect import bisect
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from app.law import calendar
from app.law.calendar import LONDON

MONTHS = (0.8, 0.8, 0.9, 1.0, 1.15, 1.3, 1.45, 1.4, 1.1, 1.0, 0.85, 0.7)  # January to December
WEEKDAYS = (1.5, 1.25, 1.15, 1.1, 1.0, 0.5, 0.5)  # Monday to Sunday
GROWTH = 0.18  # a year
HOURS = (1, 1, 0, 0, 0, 0, 1, 3, 5, 8, 9, 8, 7, 6, 6, 6, 7, 8, 9, 10, 9, 7, 4, 2)  # of the day in London
A_YEAR = 365.25


def arrivals(number: int, first: datetime, last: datetime, chance: Random) -> list[datetime]:
    """So many instants between two, in order."""
    begin, end = calendar.day_of(first), calendar.day_of(last)
    days = [begin + timedelta(days=one) for one in range((end - begin).days + 1)]
    sums = list(accumulate(_weight(day, begin) for day in days))
    found: list[datetime] = []
    while len(found) < number:
        at = _at(days[bisect(sums, chance.random() * sums[-1])], chance)
        if first < at < last:
            found.append(at)
    return sorted(found)


def _weight(day: date, begin: date) -> float:
    grown = float((1 + GROWTH) ** ((day - begin).days / A_YEAR))
    return MONTHS[day.month - 1] * WEEKDAYS[day.weekday()] * grown


def _at(day: date, chance: Random) -> datetime:
    (hour,) = chance.choices(range(24), HOURS)
    return datetime.combine(day, time(hour, chance.randrange(60), chance.randrange(60)), tzinfo=LONDON).astimezone(UTC)
