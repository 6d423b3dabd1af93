"""What time limits come to in dates: each counted from one day that somebody chose, live and in a draft."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app import errors
from app.cases import calendars as editions
from app.editor.time_limits.listing import TimeLimit
from app.law import calendar as days
from app.law import reading_out, steps, wording
from app.law.calendar import LONDON, Calendar
from app.law.calendars import Calendars
from app.law.limits import START

BEGINS = time(9)  # the hour of the day from which what is counted in hours is counted here
FIRST, LAST = date(2000, 1, 1), date(2079, 12, 31)  # of the days that can be chosen; bank holidays are known for longer
AHEAD = timedelta(days=396)  # in which examples are looked for
CLOSED = 2  # closed days in a row beside weekends, which make the day before them an example
MOST = 3  # examples
Limits = Mapping[str, TimeLimit]


@dataclass(frozen=True)
class End:
    """What a limit comes to: its last day in words. ``at`` is the instant at which it has passed."""

    says: str
    at: datetime
    on: date | None
    starts: str  # what it is counted from
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """A limit as it stands in one of the two: its words as people say them, and its dates where it has any."""

    limit: TimeLimit
    words: str
    end: End | None
    warns: str  # when it warns, in words; "" where it does not
    warning: End | None
    problem: str = ""

    @property
    def warns_in_vain(self) -> bool:
        """Whether it would warn no sooner than it ends, and so never does."""
        return bool(self.end and self.warning and self.warning.at >= self.end.at)


@dataclass(frozen=True)
class Dated:
    """A time limit, live and in the draft, None where it is not there. ``limit`` is the draft's own, else the live."""

    key: str
    limit: TimeLimit
    now: Side | None
    then: Side | None

    @property
    def differs(self) -> bool:
        """Whether the draft says something else: another time, another warning, or that there is such a limit."""
        if self.now is None or self.then is None:
            return True
        before, after = self.now.limit, self.then.limit
        return (before.source, before.warn, before.told) != (after.source, after.warn, after.told)

    @property
    def is_later(self) -> bool:
        """Whether it ends later than it does now, counted from the day that was chosen."""
        return "later" in self.shift

    @property
    def shift(self) -> str:
        """How much earlier or later it ends: ``2 working days later``; "" where it ends as before."""
        now, then = self.now and self.now.end, self.then and self.then.end
        if not now or not then or now.at == then.at:
            return ""
        way = "later" if then.at > now.at else "earlier"
        if now.on is None or then.on is None or now.on == then.on:
            return way
        number = abs(days.working_days_between(now.on, then.on, editions.in_force().own))
        counted = wording.counted(number or abs((then.on - now.on).days), "working day" if number else "day")
        return f"{counted} {way}"


def dated(live: Limits, draft: Limits, day: date) -> list[Dated]:
    """Every limit of the draft, then those that it takes out, counted from ``day``."""
    calendars, start = editions.in_force(), datetime.combine(day, BEGINS, tzinfo=LONDON)

    def side(limit: TimeLimit | None) -> Side | None:
        return None if limit is None else _side(limit, start, calendars)

    every = {**draft, **{key: limit for key, limit in live.items() if key not in draft}}
    return [Dated(key, limit, side(live.get(key)), side(draft.get(key))) for key, limit in every.items()]


def changes(live: Limits, draft: Limits, day: date) -> list[Dated]:
    """The limits that the draft says otherwise, counted from ``day``."""
    same = {key for key in live if key in draft and live[key] == draft[key]}
    before, after = ({key: one for key, one in limits.items() if key not in same} for limits in (live, draft))
    return [one for one in dated(before, after, day) if one.differs]


def examples(today: date) -> list[tuple[date, str]]:
    """Days from which counting is hard: the last working day before each long closure to come, with its name."""
    own = editions.in_force().own
    return list(_before_closures(today, own))[:MOST]


def _before_closures(today: date, own: Calendar) -> Iterator[tuple[date, str]]:
    day, end = today, today + AHEAD
    while day < end:
        closed = list(_closed_after(day, own))
        named = [why for why in closed if why not in days.WEEKEND.values()]
        if not own.why_closed(day) and len(named) >= CLOSED:
            yield day, named[0].removesuffix(wording.OBSERVED)
        day += timedelta(days=len(closed) + 1)


def _closed_after(day: date, own: Calendar) -> Iterator[str]:
    while why := own.why_closed(day := day + timedelta(days=1)):
        yield why


def _side(limit: TimeLimit, start: datetime, calendars: Calendars) -> Side:
    if limit.words is None:
        return Side(limit, "worked out from facts", None, "", None)
    words, warns = wording.limit(limit.words), wording.limit(limit.warn or "")
    try:
        end = _end(limit.words, start, calendars) if limit.words else None
        return Side(limit, words, end, warns, _end(limit.warn, start, calendars) if limit.warn else None)
    except errors.NotUnderstood as problem:
        return Side(limit, words, None, warns, None, str(problem))


def _end(words: str, start: datetime, calendars: Calendars) -> End:
    """Raises ``NotUnderstood``."""
    limit = steps.read(words)
    try:
        due = steps.anew(limit, start, calendars=calendars)
    except OverflowError:
        raise errors.NotUnderstood(f"‘{words}’ is too long to be counted.", source=words) from None
    working = steps.worked(limit, due, calendars=calendars)
    says = wording.day(due.on, year=due.on.year != start.year) if due.on else wording.moment(due.at)
    starts = "when the step begins" if limit.anchor == START and not limit.fixed else reading_out.starts(working)
    return End(says, due.at, due.on, starts, tuple(reading_out.sentences(working)))
