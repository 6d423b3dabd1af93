"""What new lines of a case's history say in numbers: which work began and ended, how long it took, what was answered.

A stint is a task, or a time limit on a frame of several tasks, from its beginning to its end. Working time runs between
the hours of the case's own calendar; 8 hours are a working day. Everything comes from the history and, for the limits
of frames, from the timers: so it can be made anew, and a number can be traced to the lines that it counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.drawing.model import SUB_PROCESSES
from app.engine.library import Procedure
from app.engine.nearing import NEAR
from app.engine.timing import CYCLE
from app.law import calendar, wording
from app.law.calendar import HOURS_A_DAY, Calendar
from app.status.chosen import chosen
from app.store.rows.cases import FIRED, MOVED, STOOD_DOWN, Case, Timer
from app.store.rows.history import Event
from app.store.rows.numbers import DONE, KEPT, LIMIT, MISSED, TASK, WITHDRAWN, Stint

PASS, ANSWER, CASE = "pass", "answer", "case"  # the kinds of tally beside task and limit
HALF_DAYS, TWENTIETHS = 120, 40  # the longest sizes that are told apart: 60 working days, twice a limit
SHARE_SIZE = 5  # hundredths of a limit in one size
FRAMES = SUB_PROCESSES | {"callActivity"}
ENDS = {"task_completed": DONE, "task_withdrawn": WITHDRAWN}


@dataclass(frozen=True)
class Key:
    """What is counted together: see ``store.rows.numbers.Tally``."""

    month: date  # its first day
    process_id: str
    kind: str
    process: str
    key: str
    detail: str
    release_key: str
    role: str = ""
    agency_key: str = ""
    size: int = 0


@dataclass
class Sum:
    """How many, how many of them late, and how many working hours in all."""

    number: int = 0
    late: int = 0
    hours: float = 0.0

    def add(self, one: "Sum") -> None:
        """Add another to it."""
        self.number += one.number
        self.late += one.late
        self.hours += one.hours


@dataclass
class Book:
    """The numbers of one case. ``stints`` are those that were open, with what has become of them and what is new."""

    case: Case
    procedure: Procedure
    stints: dict[UUID, Stint] = field(default_factory=dict)
    limits: list[Stint] = field(default_factory=list)  # those of frames that have ended since
    sums: dict[Key, Sum] = field(default_factory=dict)

    @property
    def days(self) -> Calendar:
        """The calendar of the case."""
        return self.procedure.calendars.own

    def write(self, lines: Iterable[Event]) -> None:
        """Count new lines of the history, oldest first."""
        for line in lines:
            self._write(line)

    def write_limits(self, timers: Sequence[Timer], known: frozenset[UUID]) -> None:
        """Count the limits of frames that have ended; ``known`` are counted already. ``timers`` are all of the case."""
        watching: dict[tuple[str, str, datetime], list[Timer]] = {}
        for timer in timers:
            if timer.state != MOVED and is_of_frame(timer, self.procedure):
                watching.setdefault((timer.process, timer.task_key, timer.start_at), []).append(timer)
        for several in watching.values():
            last = max(timer.due_at for timer in several)
            ended = [t for t in several if t.due_at == last and t.state in (FIRED, STOOD_DOWN) and t.id not in known]
            for timer in ended:
                self._end_limit(timer)

    def _write(self, line: Event) -> None:
        on = calendar.day_of(line.at).replace(day=1)
        if line.kind in ("case_opened", "case_closed"):
            self._count_case(line, on)
        if line.kind == "task_opened":
            self._begin(line)
        elif line.kind in ENDS:
            self._end(line, on)
        for task, limit in (line.says.get("limits") or {}).items():
            self._move(UUID(task), limit)
        for process, key in line.says.get("way") or ():
            self._add(self._key(on, PASS, self.procedure.home(process), key), Sum(1))

    def _count_case(self, line: Event, on: date) -> None:
        is_end = line.kind == "case_closed"
        hours = self._hours(self.case.opened_at, line.at) if is_end else 0.0
        detail, size = ("closed", _half_days(hours)) if is_end else ("opened", 0)
        self._add(self._key(on, CASE, self.case.process_id, "", detail, size=size), Sum(1, 0, hours))

    def _begin(self, line: Event) -> None:
        says, task = line.says, UUID(line.says["task"])
        self.stints[task] = Stint(
            id=task,
            timer_key="",
            case_id=self.case.id,
            kind=TASK,
            process_id=self.case.process_id,
            release_key=self.case.release_key,
            process=self.procedure.home(str(says.get("process") or self.case.process_id)),
            key=line.subject,
            name=str(says.get("name") or line.subject),
            role=str(says.get("role") or ""),
            agency_key=str(says.get("agency") or ""),
            started_at=line.at,
            ended="",
            is_late=False,
        )
        self._move(task, says)

    def _move(self, task: UUID, limit: Mapping[str, Any]) -> None:
        stint = self.stints.get(task)
        if stint is not None and stint.ended_at is None:
            stint.counts_from = wording.read_instant(limit.get("start_at"))
            stint.due_at = wording.read_instant(limit.get("due_at"))

    def _end(self, line: Event, on: date) -> None:
        if line.kind == "task_completed":
            self._count_answers(line, on)
        told = line.says.get("task")
        stint = self.stints.get(UUID(told)) if told else None
        if stint is None or stint.ended_at is not None:
            return
        stint.ended, stint.ended_at, stint.person_id = ENDS[line.kind], line.at, line.person_id
        self._measure(stint)
        hours = stint.hours or 0.0
        who = {"role": stint.role, "agency_key": stint.agency_key}
        key = self._key(on, TASK, stint.process, stint.key, stint.ended, size=_half_days(hours), **who)
        self._add(key, Sum(1, int(stint.is_late), hours))
        if stint.share is not None and (stint.ended == DONE or stint.is_late):
            self._add_limit(stint, on)

    def _end_limit(self, timer: Timer) -> None:
        ended_at = timer.ended_at or timer.due_at
        stint = Stint(
            id=timer.id,
            timer_key=timer.key,
            case_id=self.case.id,
            kind=LIMIT,
            process_id=self.case.process_id,
            release_key=self.case.release_key,
            process=self.procedure.home(timer.process),
            key=timer.task_key,
            name=name_of(timer, self.procedure),
            role="",
            agency_key="",
            started_at=timer.start_at,
            counts_from=timer.start_at,
            due_at=timer.due_at,
            ended_at=ended_at,
            ended=MISSED if timer.state == FIRED else KEPT,
        )
        self._measure(stint)
        self.limits.append(stint)
        self._add_limit(stint, calendar.day_of(ended_at).replace(day=1))

    def _add_limit(self, stint: Stint, on: date) -> None:
        """Whether a limit was kept, and how much of it was used."""
        kept = MISSED if stint.is_late else KEPT
        who = {"role": stint.role, "agency_key": stint.agency_key}
        size = min((stint.share or 0) // SHARE_SIZE, TWENTIETHS)
        key = self._key(on, LIMIT, stint.process, stint.key, kept, size=size, **who)
        self._add(key, Sum(1, int(stint.is_late), stint.hours or 0.0))

    def _measure(self, stint: Stint) -> None:
        """How long it took, and how much of its limit that was. Its end is late from the first instant after it."""
        ended_at = stint.ended_at or stint.started_at
        stint.hours = self._hours(stint.started_at, ended_at)
        stint.is_late = stint.due_at is not None and ended_at >= stint.due_at
        stint.share = self._share(stint, ended_at)

    def _share(self, stint: Stint, ended_at: datetime) -> int | None:
        if stint.due_at is None:
            return None
        start = min(stint.counts_from or stint.started_at, stint.started_at)  # a fixed day counts from no earlier one
        allowed = self._hours(start, stint.due_at)
        share = round(100 * self._hours(start, ended_at) / allowed) if allowed > 0 else 0
        return max(share, 100) if stint.is_late else min(share, 99)

    def _count_answers(self, line: Event, on: date) -> None:
        for said in chosen(self.case, line.subject, line.says.get("answers") or {}):
            self._add(self._key(on, ANSWER, "", line.subject, said), Sum(1))

    def _hours(self, start: datetime, end: datetime) -> float:
        worked = calendar.working_time_between(start, end, self.days)
        return max(0.0, round(worked.total_seconds() / 3600, 3))

    def _key(self, on: date, kind: str, process: str, key: str, detail: str = "", **more: Any) -> Key:
        return Key(on, self.case.process_id, kind, process, key, detail, self.case.release_key, **more)

    def _add(self, key: Key, one: Sum) -> None:
        self.sums.setdefault(key, Sum()).add(one)


def _half_days(hours: float) -> int:
    """The size of a stretch of working time: 0 for less than half a working day, and so on."""
    return min(int(hours / (HOURS_A_DAY / 2)), HALF_DAYS)


def is_of_frame(timer: Timer, procedure: Procedure) -> bool:
    """Whether a timer is the limit of several tasks together: no reminder, no round, not of one task alone."""
    drawing = procedure.drawing_of(timer.process)
    watched = drawing.by_id.get(timer.task_key) if drawing else None
    is_frame = watched is not None and watched.kind in FRAMES
    return is_frame and not (timer.key.endswith(NEAR) or CYCLE.match(timer.rule))


def name_of(timer: Timer, procedure: Procedure) -> str:
    """The name of what a timer hangs on, else its own label."""
    drawing = procedure.drawing_of(timer.process)
    watched = drawing.by_id.get(timer.task_key) if drawing else None
    return " ".join(((watched.name if watched else "") or timer.name).split())
