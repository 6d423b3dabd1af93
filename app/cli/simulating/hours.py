"""When people are at work: office hours of the partnership's calendar, slower in August and around Christmas."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta

from app.law import calendar
from app.law.calendar import LONDON, Calendar

A_DAY = timedelta(days=1)
OPENS, HOURS = 9, 8  # of a working day, in London
AHEAD = timedelta(days=400)  # beyond the present, for what somebody promises
BACKLOG = 40  # in per cent of the time that is simulated: the month in which much was left undone
AUGUST, DECEMBER, JANUARY = 8, 12, 1


class OfficeHours:
    """The working days between two instants, found once."""

    def __init__(self, first: datetime, last: datetime, own: Calendar) -> None:
        begin, end = calendar.day_of(first), calendar.day_of(last + AHEAD)
        every = (begin + A_DAY * number for number in range((end - begin).days + 1))
        self.days = [day for day in every if not own.why_closed(day)]
        backlog = begin + (calendar.day_of(last) - begin) * BACKLOG // 100
        self.backlog = (backlog.year, backlog.month)

    def after(self, at: datetime, hours: float) -> datetime:
        """The instant after so many working hours, to the second."""
        here = at.astimezone(LONDON)
        place = bisect_left(self.days, here.date())
        spent = 0.0
        if self.days[place] == here.date():
            spent = min(max(here.hour + here.minute / 60 + here.second / 3600 - OPENS, 0.0), float(HOURS))
        days, rest = divmod(spent + hours, HOURS)
        return _instant(self.days[min(place + int(days), len(self.days) - 1)], rest)

    def day_after(self, day: date, number: int) -> date:
        """The working day that many working days after a day."""
        place = bisect_left(self.days, day) + number
        return self.days[min(place, len(self.days) - 1)]

    def slowness(self, at: datetime) -> float:
        """How much longer everything takes at an instant: holidays, and one month with a backlog."""
        day = calendar.day_of(at)
        if (day.year, day.month) == self.backlog:
            return 2.2
        if day.month == AUGUST:
            return 1.45
        return 1.6 if (day.month, day.day) >= (DECEMBER, 18) or (day.month, day.day) <= (JANUARY, 6) else 1.0


def _instant(day: date, hours: float) -> datetime:
    """So many hours after the offices open."""
    opens = datetime.combine(day, time(OPENS), tzinfo=LONDON)
    return (opens + timedelta(seconds=int(hours * 3600))).astimezone(UTC)
