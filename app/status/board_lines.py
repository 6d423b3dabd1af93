"""One case of the board in words: its step, who has it, by when, the risk, and the last word to the person."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from app.cases import calendars
from app.cases.access import APPLICANT
from app.clock import Clock
from app.law import calendar, wording
from app.law.calendar import Calendar
from app.law.wording import Time
from app.status.board_choice import RISKS
from app.store import board, people
from app.store.board import CLOSE, FINE, LATE, STOPPED, Bounds, Held

NEAR = 2  # working days: with as many left or fewer, a case is close to its limit
WEEKS = 5  # that are shown ahead, with the present one
ASKER_WORDS, IDLE_STEP, IDLE_WAIT = (
    "The person who asked",
    "Nobody has to do anything now",
    "We wait for a day, or news",
)
MOST_NAMED = 4  # steps, or people, in one row
SHOWS = {LATE: "late", CLOSE: "soon", FINE: "none"}  # how a state looks


@dataclass(frozen=True)
class Line:
    """One case. ``others`` are steps that are open beside the most urgent one, ``others_with`` who has those."""

    case: Any  # a row of ``board.SHOWN``
    step: str
    with_whom: str
    others: str
    others_with: str
    by: str  # the day or instant at which its limit ends; "" for none
    state: str  # "stopped", "late", "close" or "fine"
    time: Time | None
    risk: str
    told: str


@dataclass(frozen=True)
class Today:
    """The present instant, the calendar that days are counted in, and the names of those who have tasks."""

    now: datetime
    days: Calendar
    agencies: Mapping[str, str]

    @cached_property
    def bounds(self) -> Bounds:
        """What is late and close now, and the weeks ahead: a limit ends at the first instant after its last day."""
        *_, first_too_far = calendar.count_working_days(calendar.day_of(self.now), NEAR + 1, self.days)
        weeks = [(calendar.end_of(begins - timedelta(days=1)), ends) for begins, ends in self.weeks]
        close_until = calendar.end_of(first_too_far.day - timedelta(days=1))
        return Bounds(self.now, close_until, [(a, calendar.end_of(e) if e else None) for a, e in weeks])

    def state(self, due_at: datetime | None) -> str:
        """Whether a limit is late, close to its end, or neither."""
        if due_at is None or due_at > self.bounds.close_until:
            return FINE
        return LATE if due_at <= self.now else CLOSE

    @property
    def weeks(self) -> list[tuple[Any, Any]]:
        """First and last day of the weeks ahead: from today to Sunday, then whole weeks, then all that is later."""
        today = calendar.day_of(self.now)
        monday = today - timedelta(days=today.weekday())
        mondays = [monday + timedelta(weeks=number) for number in range(1, WEEKS + 1)]
        begins = [today, *mondays]
        return list(zip(begins, [*(day - timedelta(days=1) for day in mondays), None], strict=True))


def today(clock: Clock) -> Today:
    """What it is now."""
    return Today(clock(), calendars.in_force().own, {agency.key: agency.name for agency in people.agencies()})


@dataclass(frozen=True)
class Work:
    """What is open in some cases, {case: tasks, the most urgent first}, and the names of those who have it."""

    tasks: Mapping[UUID, Sequence[Any]]
    names: Mapping[int, str]


def work(case_ids: Collection[UUID], held: Held) -> Work:
    """What is open in these cases: only what is asked for, where it is said."""
    found: dict[UUID, list[Any]] = {case_id: [] for case_id in case_ids}
    rows = board.open_tasks(case_ids, held)
    for task in rows:
        found[task.case_id].append(task)
    return Work(found, people.names({task.person_id for task in rows if task.person_id}))


def line(case: Any, tasks: Sequence[Any], names: Mapping[int, str], here: Today) -> Line:
    """A case (a row of ``board.SHOWN``) with those of its open tasks that are asked for, the most urgent first."""
    first = [task for task in tasks if task.key == tasks[0].key]
    rest = [task for task in tasks if task.key != tasks[0].key]
    due_at = tasks[0].due_at if tasks else None
    state = here.state(due_at)
    return Line(
        case,
        first[0].name if first else IDLE_STEP,
        _once(sorted(_holder(task, names, here.agencies) for task in first)) if first else IDLE_WAIT,
        _once(task.name for task in rest),
        _once(_holder(task, names, here.agencies) for task in rest),
        _by(tasks[0]) if due_at else "",
        STOPPED if case.is_stopped else state,
        _time(tasks[0], state, here) if due_at else None,
        RISKS.get(case.risk, case.risk.capitalize()) if case.risk else "",
        _told(case.last_word_at, here),
    )


def _time(task: Any, state: str, here: Today) -> Time:
    start_at = task.start_at or task.due_at
    time = wording.due(task.due_at, task.due_on, now=here.now, start_at=start_at, calendar=here.days)
    return replace(time, state=SHOWS[state])


def _by(task: Any) -> str:
    return wording.day(task.due_on) if task.due_on else wording.moment(task.due_at)


def _told(last_word_at: datetime | None, here: Today) -> str:
    """When the person was last written to, in working days: that is how it was promised."""
    if last_word_at is None:
        return "Not told yet"
    days = calendar.working_days_between(calendar.day_of(last_word_at), calendar.day_of(here.now), here.days)
    return f"Told {wording.counted(days, 'working day')} ago" if days > 0 else "Told today"


def _holder(task: Any, names: Mapping[int, str], agencies: Mapping[str, str]) -> str:
    if task.agency_key:
        return agencies.get(task.agency_key, task.agency_key)
    if task.role == APPLICANT:
        return ASKER_WORDS
    return names[task.person_id] if task.person_id in names else f"{task.role} (not taken yet)"


def _once(words: Iterable[str]) -> str:
    """Each of several words once; of very many only the first, and how many more there are."""
    every = list(dict.fromkeys(words))
    named = every if len(every) <= MOST_NAMED else [*every[: MOST_NAMED - 1], f"{len(every) - MOST_NAMED + 1} more"]
    return wording.listed(named) if named else ""
