"""Days and time limits as people say them.

A day keeps its weekday; a number and its unit, a day and its month do not part at the end of a line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.law.calendar import LONDON, Calendar, day_of, working_days_between

NBSP = "\u00a0"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = "January February March April May June July August September October November December".split()
MOST_SQUARES = 20
OBSERVED = " (observed)"  # what the package of bank holidays says of a substitute day
_FACT = re.compile(r"\b(?P<side>before|after|by|from|beginning with) (?:the )?(?P<path>[a-z_]\w*(?:\.\w+)+)")


@dataclass(frozen=True)
class Time:
    """A time limit on screen: the promise in words, the day behind it, how urgent it is, and a square for each day."""

    words: str
    detail: str
    state: str  # "late", "soon" or "none"
    squares: tuple[str, ...] = ()  # "gone", "left" or "over", one for each working day


def day(value: date, *, year: bool = False) -> str:
    """A day: ``Friday 6 March``, with the year where it is asked for.

    Source: GOV.UK style guide, "Dates".
    """
    said = f"{WEEKDAYS[value.weekday()]} {value.day}{NBSP}{MONTHS[value.month - 1]}"
    return f"{said} {value.year}" if year else said


def short(value: date) -> str:
    """A day without its weekday: ``6 March``.

    Source: GOV.UK style guide, "Dates".
    """
    return f"{value.day}{NBSP}{MONTHS[value.month - 1]}"


def moment(instant: datetime, *, year: bool = False) -> str:
    """A day and time of day in London: ``Friday 6 March at 4:40pm``, with the year where it is asked for.

    Source: GOV.UK style guide, "Times".
    """
    local = instant.astimezone(LONDON)
    return f"{day(local.date(), year=year)} at {time_of_day(local.time())}"


def time_of_day(value: time) -> str:
    """A time of day: ``2pm``, ``2:30pm``, ``midday``, ``midnight``.

    Source: GOV.UK style guide, "Times".
    """
    if value.minute == 0 and value.hour in (0, 12):
        return "midday" if value.hour else "midnight"
    minutes = f":{value.minute:02d}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'pm' if value.hour >= 12 else 'am'}"


def counted(number: int, unit: str) -> str:
    """A number of something: ``1 working day``, ``3 working days``.

    Source: the design language, "a number and its working days do not part at a line end".
    """
    return f"{number}{NBSP}{unit.replace(' ', NBSP)}{'' if number == 1 else 's'}"


def due(due_at: datetime, due_on: date | None, *, now: datetime, start_at: datetime, calendar: Calendar) -> Time:
    """A limit as it stands now: ``2 working days left``, ``Due today``, ``Late by 1 working day``.

    Source: the design language, "the promise in words, first the day, then what is left".
    """
    today = day_of(now)
    if due_on is None:
        late = now >= due_at
        words = f"Late since {moment(due_at)}" if late else f"Due {moment(due_at)}"
        return Time(words, "", "late" if late else "soon")
    left = working_days_between(today, due_on, calendar)
    squares = _squares(day_of(start_at), today, due_on, calendar)
    if today > due_on:
        over = max(1, working_days_between(due_on, today, calendar))
        return Time(f"Late by {counted(over, 'working day')}", f"was due {day(due_on)}", "late", squares)
    if today == due_on:
        return Time("Due today", day(due_on), "soon", squares)
    state = "soon" if left <= 1 else "none"
    return Time(
        f"{counted(left, 'working day')} left" if left else "Due before the next working day",
        f"due {day(due_on)}",
        state,
        squares,
    )


def left(due_at: datetime, *, now: datetime, calendar: Calendar) -> str:
    """How far off a limit is, in a few words for a picture: *3 days left*, *due today*, *2 days late*; working days.

    Source: the same count as ``due``.
    """
    last, today = day_of(due_at - timedelta(microseconds=1)), day_of(now)
    if now >= due_at:
        number = max(1, working_days_between(last, today, calendar))
        return f"{counted(number, 'day')} late"
    number = working_days_between(today, last, calendar)
    return "due today" if number <= 0 else f"{counted(number, 'day')} left"


def _squares(start: date, today: date, due_on: date, calendar: Calendar) -> tuple[str, ...]:
    """One square for each working day of the limit: gone, left, or over."""
    total = max(working_days_between(start, due_on, calendar), 0)
    gone = min(max(working_days_between(start, today, calendar), 0), total)
    over = max(working_days_between(due_on, today, calendar), 0) if today > due_on else 0
    squares = ["gone"] * gone + ["left"] * (total - gone) + ["over"] * over
    return tuple(squares) if len(squares) <= MOST_SQUARES else ()


def closure(why: str) -> str:
    """Why a day is closed, as people say it: a bank holiday that moved off a weekend is its substitute day.

    Source: the published list of bank holidays, "substitute day".
    """
    return f"the substitute day for {why.removesuffix(OBSERVED)}" if why.endswith(OBSERVED) else why


def length(time: timedelta) -> str:
    """A length of time: ``2 hours``, ``1 hour 30 minutes``, ``0 minutes``.

    Source: GOV.UK style guide, "Times".
    """
    hours, minutes = divmod(int(time.total_seconds()) // 60, 60)
    said = [counted(number, unit) for number, unit in ((hours, "hour"), (minutes, "minute")) if number]
    return " ".join(said) or counted(0, "minute")


def listed(things: Sequence[str]) -> str:
    """Several things in a sentence: ``one, two and three``.

    Source: GOV.UK style guide, "Lists".
    """
    *most, last = things
    return f"{', '.join(most)} and {last}" if most else last


def limit(words: str) -> str:
    """A time limit as people say it: the fact it counts from is named for what it is about.

    ``2 working days before panel.held_at`` becomes ``2 working days before the panel``; what counts from the item a
    task is for becomes ``the agreed day``.
    Source: the design language, "time in words first".
    """
    return _FACT.sub(_named, words)


def passed(name: str, rule: str, due_on: str | None, due_at: str) -> str:
    """That a limit has passed, in words: whose, what was agreed, and when it was due.

    Source: the design language, "the promise in words, first the day".
    """
    when = day(date.fromisoformat(due_on)) if due_on else moment(datetime.fromisoformat(due_at))
    return f"The time limit for ‘{name}’ has passed: {limit(rule)}, {when}."


def subject(path: str) -> str:
    """What a fact is about: ``panel.held_at`` is about ``the panel``.

    Source: the design language, "time in words first".
    """
    head, *rest = path.split(".")
    if head == "told":
        return f"the last letter to the {' '.join(rest).replace('_', ' ')}"
    return "the agreed day" if head.endswith("_for") else f"the {head.replace('_', ' ')}"


def _named(found: re.Match[str]) -> str:
    return f"{found['side']} {subject(found['path'])}"


def read_instant(value: object) -> datetime | None:
    """An instant from ISO text, in London where it names no offset; None for anything else.

    Source: ISO 8601 combined date and time.
    """
    try:
        read = datetime.fromisoformat(str(value or ""))
    except ValueError:
        return None
    return read.replace(tzinfo=LONDON) if read.tzinfo is None else read


def read_day(value: object) -> date:
    """A day from a ``date`` or from ISO text, of which only the day is read. Raises ``ValueError`` for anything else.

    Source: ISO 8601 calendar dates.
    """
    if isinstance(value, datetime):
        return day_of(value)
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10])
