"""Moving the clock of a training case: whatever comes due on the way fires at its own instant, in its order.

Each timer fires through the same heart as in a real case. Should the system end in between, the clock stands at the
last timer, and the next move goes on from there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app import errors
from app.cases import clocks, noting, procedures, telling, training
from app.cases.access import Who
from app.law import calendar
from app.store import cases, timers
from app.store.history import Happened
from app.store.rows.cases import Case, Timer
from app.timers import firing

MOST = 200  # time limits that one move may pass: a few seconds’ work
FARTHEST = timedelta(days=366)  # that one move may go
DAY, WORKING_DAY, WEEK, LIMIT = "day", "working_day", "week", "limit"  # how far to move
STEPS: Mapping[str, timedelta] = {DAY: timedelta(days=1), WEEK: timedelta(days=7)}
FORWARD = "Choose a later day. The clock only moves forward"
TOO_FAR = "Choose a day within a year of the day it is in this case"
NO_LIMIT = "No time limit is running. Choose a day"
NO_DAY = "Enter a day, such as 27 3 2026"


@dataclass(frozen=True)
class Moved:
    """What a move of the clock did. ``happened``: (kind of event, step) of each timer that fired, in order."""

    case: Case
    happened: tuple[tuple[str, str], ...]
    is_cut_short: bool  # by the bound, or because the case stopped on the way

    @property
    def passed(self) -> tuple[str, ...]:
        """The steps whose time limits passed, in order."""
        return tuple(step for kind, step in self.happened if kind == "timer_fired")

    @property
    def near(self) -> tuple[str, ...]:
        """The steps whose time limits came near, in order."""
        return tuple(step for kind, step in self.happened if kind == "limit_near")


def move(reference: str, by: str, day: str, who: Who) -> Moved:
    """Move the clock of a training case as far as ``by`` says; to ``day`` (ISO 8601) where it says nothing.

    Raises ``NotAllowed`` for a real case, and ``Refused`` where the clock cannot go there.
    """
    case = cases.by_reference(reference)
    training.check(case)
    before = case.virtual_at or case.opened_at
    to = _end(case, before, by, day)
    if to < before or (to == before and by != LIMIT):
        raise errors.Refused({"day": FORWARD})
    if to > before + FARTHEST:
        raise errors.Refused({"day": TOO_FAR})
    moved = _moved(case, to)
    says = {"old": before.isoformat(), "new": (moved.case.virtual_at or to).isoformat()}
    noting.write_down(case.id, _nothing, [Happened("clock_moved", "", to, who.name, who.id, says)])
    return moved


def _nothing(_: Case) -> None:
    """No rows beside the line of history."""


def _end(case: Case, before: datetime, by: str, day: str) -> datetime:
    """The instant to move to. A day in the calendar keeps its time of day; a day that was named begins its work."""
    if by == LIMIT:
        return max(before, _next_limit(case).due_at)
    days = procedures.of(case).calendars.own
    today, now = calendar.day_of(before), before.astimezone(calendar.LONDON).time()
    if by == WORKING_DAY:
        *_, last = calendar.count_working_days(today, 1, days)
        return _instant(last.day, now)
    if by in STEPS:
        return _instant(today + STEPS[by], now)
    return _instant(_read(day), days.opens)


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=calendar.LONDON).astimezone(UTC)


def _read(day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise errors.Refused({"day": NO_DAY}) from None


def _next_limit(case: Case) -> Timer:
    found = next(iter(timers.waiting(case.id)), None)
    if found is None:
        raise errors.Refused({"day": NO_LIMIT})
    return found


def _moved(case: Case, to: datetime) -> Moved:
    """Let everything fire that comes due up to ``to``, then let the clock stand there."""
    happened: list[tuple[str, str]] = []
    name = _naming(case)
    while timer := next(iter(timers.waiting(case.id)), None):
        if timer.due_at > to:
            break
        at = training.move(case.id, timer.due_at).virtual_at or to
        if len(happened) == MOST or not firing.fire_now(timer, clocks.still(at)):
            return Moved(cases.load(case.id), tuple(happened), is_cut_short=True)
        happened.append((telling.kind_of(timer), name(timer)))
    return Moved(training.move(case.id, to), tuple(happened), is_cut_short=False)


def _naming(case: Case) -> Callable[[Timer], str]:
    """What a time limit is called: as the step that it watches, where it watches one."""
    procedure = procedures.of(case)

    def name(timer: Timer) -> str:
        drawing = procedure.drawing_of(timer.process)
        step = drawing.by_id.get(timer.task_key) if drawing else None
        return (step.name if step else "") or timer.name or timer.key

    return name
