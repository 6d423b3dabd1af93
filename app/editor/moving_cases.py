"""Moving all open cases to other calendars, or to other agreed times: what it would do, and doing it.

A preview counts each case as it would be counted and keeps nothing. Moving is one transaction a case, so it may be
broken off anywhere and begun again: cases that were moved are passed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app import errors
from app.cases import advancing, procedures
from app.cases.advancing import Step
from app.clock import Clock
from app.engine.feel_engine import TIMESCALES
from app.engine.library import Procedure
from app.engine.run import Run, WaitingTimer
from app.store import cases
from app.store.history import Happened
from app.store.rows.cases import CLOSED, Case

BATCH = 50  # cases read at once
TRIES = 3  # with a case that somebody else moves at the same time
LONGEST = 1_000  # characters of a reason


@dataclass(frozen=True)
class Course:
    """What open cases are to be counted by: an edition of the calendars, or the agreed times of a release."""

    calendar_key: str | None = None  # None leaves the calendars as they are
    timescales_key: str | None = None  # a release; None leaves the agreed times as they are

    def procedure(self, case: Case) -> Procedure:
        """What the case would follow."""
        calendar_key = case.calendar_key if self.calendar_key is None else self.calendar_key
        return procedures.followed(case.release_key, self.timescales_key or case.timescales_key, calendar_key)

    def is_kept(self, case: Case) -> bool:
        """Whether the case is counted so already."""
        now, then = procedures.of(case), self.procedure(case)
        return now.calendars == then.calendars and now.tables.get(TIMESCALES) == then.tables.get(TIMESCALES)

    def lay(self, case: Case) -> None:
        """Let the case follow it from now on."""
        if self.calendar_key is not None:
            case.calendar_key = self.calendar_key
        if self.timescales_key is not None:
            case.timescales_key = self.timescales_key


@dataclass(frozen=True)
class Why:
    """Who moves the cases, and the reason that stands in each history."""

    reason: str
    by: str
    person_id: int | None = None


@dataclass(frozen=True)
class Move:
    """One time limit that would end at another instant. Days where it is counted in days."""

    name: str  # the step that it watches
    rule: str  # as it would be
    old_at: datetime
    old_on: date | None
    new_at: datetime
    new_on: date | None


@dataclass(frozen=True)
class Foreseen:
    """What would become of one open case. ``problem`` says why it cannot be counted so, "" where it can."""

    reference: str
    title: str
    moves: tuple[Move, ...]
    problem: str = ""

    def becomes_late(self, at: datetime) -> bool:
        """Whether a limit that is still to come would be over at once."""
        return any(move.new_at <= at < move.old_at for move in self.moves)

    def stops_being_late(self, at: datetime) -> bool:
        """Whether a limit that is over would be still to come."""
        return any(move.old_at <= at < move.new_at for move in self.moves)


@dataclass(frozen=True)
class Preview:
    """What moving the open cases at the instant ``at`` would do."""

    at: datetime
    open: int  # cases that are not closed
    kept: int  # of these, counted so already
    cases: tuple[Foreseen, ...]  # those that would move, or cannot

    @property
    def moves(self) -> list[Move]:
        """Every limit that would move."""
        return [move for case in self.cases for move in case.moves]


@dataclass(frozen=True)
class Outcome:
    """What became of the open cases: how many were moved, and the references of those that were not."""

    moved: int
    stopped: tuple[str, ...] = ()  # with an incident
    left: tuple[str, ...] = ()  # somebody else moved them each time


def preview(course: Course, *, clock: Clock) -> Preview:
    """What moving every open case would do. Nothing is kept."""
    at, case_ids = clock(), cases.open_cases()
    read = (found for start in range(0, len(case_ids), BATCH) for found in cases.with_runs(case_ids[start:][:BATCH]))
    foreseen = [None if course.is_kept(case) else _foreseen(case, kept, course, at) for case, kept in read]
    touched = tuple(one for one in foreseen if one and (one.moves or one.problem))
    return Preview(at, len(foreseen), foreseen.count(None), touched)


def apply(course: Course, why: Why, *, clock: Clock) -> Outcome:
    """Move every open case that is not counted so yet. Raises ``Refused`` without a reason.

    A case that cannot move is stopped with an incident, and the others go on.
    """
    check_reason(why.reason)
    became: dict[str, list[UUID]] = {"moved": [], "stopped": [], "left": [], "kept": []}
    for case_id in cases.open_cases():
        became[_moved(case_id, course, why, clock)].append(case_id)
    stopped, left = (tuple(cases.load(case_id).reference for case_id in became[how]) for how in ("stopped", "left"))
    return Outcome(len(became["moved"]), stopped, left)


def check_reason(reason: str) -> None:
    """Raises ``Refused`` for a reason that says nothing, or too much."""
    if not reason.strip():
        raise errors.Refused({"reason": "Enter the reason: it stands in the history of each case"})
    if len(reason) > LONGEST:
        raise errors.Refused({"reason": f"Use {LONGEST:,} characters or fewer"})


def _foreseen(case: Case, kept: bytes, course: Course, at: datetime) -> Foreseen:
    try:
        run = Run.wake(kept, course.procedure(case), at=at, opened_at=case.opened_at)
        if course.timescales_key:
            run.read_rules_anew(procedures.of(case).tables)
        run.settle()
    except errors.CannotGoOn as problem:
        return Foreseen(case.reference, case.title, (), str(problem))
    return Foreseen(case.reference, case.title, tuple(moves_of(run)))


def moves_of(run: Run) -> Iterator[Move]:
    """The limits that moved. Rounds of what comes again are no promises, and left out."""
    for moved in sorted(run.moved, key=lambda one: one.due_at):
        timer = moved.timer
        if not timer.comes_again:
            yield Move(step_of(run, moved.timer), timer.rule, moved.due_at, moved.due_on, timer.due_at, timer.due_on)


def step_of(run: Run, timer: WaitingTimer) -> str:
    """The step that a limit watches, by its label; else the limit's own."""
    drawing = run.procedure.drawing_of(timer.process)
    element = drawing.by_id.get(timer.task_key) if drawing else None
    return element.name if element and element.name else timer.name


def _moved(case_id: UUID, course: Course, why: Why, clock: Clock) -> str:
    """Move one case. Gives what became of it: moved, stopped, left, or kept as it was."""
    for _ in range(TRIES):
        try:
            advancing.advance(case_id, _step(course, why, clock), clock=clock)
            return "moved"
        except errors.CannotGoOn:
            return "stopped"
        except errors.CaseMovedOn:
            case = cases.load(case_id)
            if case.status == CLOSED or course.is_kept(case):
                return "kept"
    return "left"


def _step(course: Course, why: Why, clock: Clock) -> Step:
    """The step that moves a case: on to the course, its rules read anew where the agreed times are others."""
    before: list[Procedure] = []

    def first(case: Case) -> None:
        if course.is_kept(case):
            raise errors.CaseMovedOn
        before[:] = [procedures.of(case)]
        course.lay(case)

    def act(run: Run) -> None:
        if course.timescales_key:
            run.read_rules_anew(before[0].tables)

    kind = "timescales_changed" if course.timescales_key else "calendar_changed"
    key = course.timescales_key or course.calendar_key or ""
    says = {"release" if course.timescales_key else "edition": key, "reason": why.reason.strip()}
    return Step(act, Happened(kind, key, clock(), why.by, why.person_id, says), first=first)
