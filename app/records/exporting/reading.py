"""One case as the files show it: its history with working time beside it, and nobody's name.

Working time runs in the working hours of the calendar's edition that the case was opened with. Units: hours, and days
of the calendar's own length (8 hours, 9 to 17). Persons are pseudonyms; whoever asked is nobody but *outside*.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from app.cases import calendars
from app.clock import Clock
from app.config import Settings
from app.law import calendar
from app.law.calendar import Calendar
from app.records.pseudonyms import Pseudonyms
from app.store import extracts
from app.store.extracts import Told
from app.store.history import SYSTEM

OPEN, COMPLETED, TAKEN_AWAY = "open", "completed", "taken_away"
STAFF, OUTSIDE, BY_SYSTEM = "staff", "outside", "system"
ENDS = {"task_completed": COMPLETED, "task_withdrawn": TAKEN_AWAY}
HOUR = timedelta(hours=1)
PLACES = 4  # after the point: a third of a second of an hour


@dataclass(frozen=True)
class Span:
    """Which cases: those opened from one instant on and before another; None leaves an end open."""

    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True)
class Line:
    """One line of history, with what belongs to it from earlier lines of its task."""

    id: int
    number: int
    at: datetime
    kind: str
    subject: str
    says: Mapping[str, Any]
    actor: str  # staff, outside or system
    person: str  # pseudonym; "" for all but staff
    task: str  # hex id; "" where it is about no task
    role: str
    agency: str
    hours: float  # of working time since the case was opened


@dataclass(frozen=True)
class Work:
    """One task, from its opening to its end."""

    id: str
    key: str
    name: str
    role: str
    agency: str
    opened_at: datetime
    ended_at: datetime | None
    outcome: str
    person: str
    is_late: bool  # a time limit on it passed while it was open
    hours: (
        float | None
    )  # of working time; so far, where it is open; None where the history does not say when it was taken away


@dataclass
class Matter:
    """A case with its lines and tasks. ``at`` is the instant at which it is looked at."""

    told: Told
    at: datetime
    names: Pseudonyms
    days: Calendar
    _opened: dict[str, Any] = field(default_factory=dict)

    @property
    def case(self) -> Any:
        """Its columns, see ``extracts.OF_A_CASE``."""
        return self.told.case

    def hours(self, since: datetime, until: datetime) -> float:
        """Working time between two instants, in hours."""
        return round(calendar.working_time_between(since, until, self.days) / HOUR, PLACES)

    @cached_property
    def lines(self) -> list[Line]:
        """Its history, oldest first."""
        return [self._line(row) for row in self.told.lines]

    def _line(self, row: Any) -> Line:
        task = str(row.says.get("task") or "") if row.kind.startswith("task_") else ""
        if row.kind == "task_opened":
            self._opened[task] = row.says
        about = self._opened.get(task, row.says)
        actor = STAFF if row.person_id else BY_SYSTEM if row.by == SYSTEM else OUTSIDE
        return Line(
            *(row.id, row.number, row.at, row.kind, row.subject, row.says, actor, self.names.of(row.person_id), task),
            role=str(about.get("role") or ""),
            agency=str(about.get("agency") or ""),
            hours=self.hours(self.case.opened_at, row.at),
        )

    @cached_property
    def work(self) -> list[Work]:
        """Its tasks in the order of opening."""
        ended = {line.task: line for line in self.lines if line.kind in ENDS}
        return [self._work(line, ended.get(line.task)) for line in self.lines if line.kind == "task_opened"]

    def _work(self, line: Line, end: Line | None) -> Work:
        outcome = ENDS[end.kind] if end else OPEN if line.task in self.told.open_tasks else TAKEN_AWAY
        until = end.at if end else self.at if outcome == OPEN else None
        return Work(
            *(line.task, line.subject, str(line.says.get("name") or line.subject), line.role, line.agency, line.at),
            ended_at=end.at if end else None,
            outcome=outcome,
            person=end.person if end else "",
            is_late=any(self._passed(passed, line, until) for passed in self.lines),
            hours=self.hours(line.at, until) if until else None,
        )

    def _passed(self, passed: Line, task: Line, until: datetime | None) -> bool:
        """Whether a line says that a limit on a task passed while it was open."""
        if passed.kind != "timer_fired" or passed.says.get("task") != task.subject or passed.number < task.number:
            return False
        return passed.agency in ("", task.agency) and (until is None or passed.at <= until)


def matters(span: Span, settings: Settings, clock: Clock) -> Iterator[Matter]:
    """Every case of the span, one batch in memory at a time."""
    names, at = Pseudonyms(settings), clock()
    for told in extracts.opened_between(span.since, span.before):
        yield Matter(told, at, names, calendars.of(told.case.calendar_key).own)
