"""Moving open cases to another release: what it would do, doing it with a reason, and the way back.

A look goes over the runs in memory and keeps nothing. Moving is one transaction a case; a case that cannot move stays
as it was and is named. Whoever asks may be broken off anywhere and ask again: cases that were moved are passed over.
"""

import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from app import errors
from app.cases import advancing, clocks, keeping, procedures
from app.cases.advancing import Step
from app.clock import Clock
from app.drawing.model import ACTIVITIES
from app.editor import moving_cases
from app.editor.moving_cases import BATCH, TRIES, Why, moves_of, step_of
from app.engine import crossing
from app.engine.crossing import CREDIT, KEEP, RESTART, Lost, Way
from app.engine.library import Procedure
from app.engine.run import Run
from app.store import cases
from app.store.history import Happened
from app.store.rows.cases import Case

CLEAN, CHOICE, CANNOT = "clean", "choice", "cannot"
RULES = {
    KEEP: "Keep each last day as it is",
    CREDIT: "Count the new limit from the day the old one began",
    RESTART: "Start the new limit from today",
}
PORTION = 5.0  # seconds that one request goes on moving cases
Choice = tuple[str, str]  # a step's id and name


@dataclass(frozen=True)
class Foreseen:
    """What would become of one open case: ``clean``, ``choice`` where a step is gone, or ``cannot``."""

    outcome: str
    reference: str
    title: str
    lost: tuple[Lost, ...] = ()  # the steps it stands at that are not there
    limits: moving_cases.Foreseen | None = None  # the time limits that would move
    begins: tuple[str, ...] = ()  # limits that would begin to run, by what they watch
    ends: tuple[str, ...] = ()  # limits that would run no more
    problem: str = ""


@dataclass(frozen=True)
class Look:
    """What moving the open cases at the instant ``at`` would do."""

    at: datetime
    open: int  # cases that are not closed
    there: int  # of these, those that follow that release already
    cases: tuple[Foreseen, ...]  # the others
    choices: Mapping[str, tuple[Choice, ...]]  # for each step that is gone, where its token may go

    def count(self, outcome: str) -> int:
        """How many cases would come out so."""
        return sum(one.outcome == outcome for one in self.cases)


@dataclass(frozen=True)
class Became:
    """What became of the open cases at one request."""

    moved: int
    failed: Mapping[str, str]  # {reference: why it stayed as it was}
    left: int  # that were not tried yet
    last: str = ""  # the reference of the last one that was tried, where some are left


def look(there: Procedure, key: str, way: Way, *, clock: Clock, only: Collection[UUID] = ()) -> Look:
    """What moving every open case, or only some, to other drawings would do. ``key`` is that release's, "" for none."""
    at, case_ids = clock(), list(only) or cases.open_cases()
    read = (found for start in range(0, len(case_ids), BATCH) for found in cases.with_runs(case_ids[start:][:BATCH]))
    found: list[Foreseen] = []
    already = 0
    for case, kept in read:
        if case.release_key == key:
            already += 1
        else:
            found.append(foresee(case, kept, there, way, clocks.of(case, clock)()))
    lost = {one.key: one for case in found for one in case.lost}
    choices = {name: tuple(places(there, one.process)) for name, one in lost.items()}
    return Look(at, len(found) + already, already, tuple(found), choices)


def foresee(case: Case, kept: bytes, there: Procedure, way: Way, at: datetime) -> Foreseen:
    """What would become of one case. Nothing is kept."""
    here, there = procedures.of(case), there.counted_in(procedures.of(case).calendars)
    said = partial(Foreseen, reference=case.reference, title=case.title)
    try:
        lost = crossing.lost(kept, here, there)
        if any(one.key not in way.goes for one in lost):
            return said(CHOICE, lost=lost)
        old = Run.wake(kept, here, at=at, opened_at=case.opened_at)
        new = crossing.crossed(old, there, way, at=at, opened_at=case.opened_at)
    except errors.CannotGoOn as problem:
        return said(CANNOT, problem=why_not(problem, here, there))
    before, after = limits_of(old), limits_of(new)
    limits = moving_cases.Foreseen(case.reference, case.title, tuple(moves_of(new)))
    begins = tuple(name for key, name in after.items() if key not in before)
    ends = tuple(name for key, name in before.items() if key not in after)
    return said(CLEAN, lost=lost, limits=limits, begins=begins, ends=ends)


def places(there: Procedure, process: str) -> Iterator[Choice]:
    """Where a token on a page of the drawings may go: its steps, by id and name, in the order of the drawing."""
    drawing = there.drawings.get(process)
    drawings = [drawing] if drawing else there.drawings.values()
    for one in drawings:
        for element in one.elements:
            if element.scope == process and element.kind in ACTIVITIES and not element.by_event:
                yield element.id, element.name or element.id


def move(case_id: UUID, key: str, way: Way, why: Why, *, clock: Clock) -> Case:
    """Move one case to a release. Raises ``Refused`` naming ``reason`` or ``case``, with nothing changed by it.

    ``CaseMovedOn`` where it is closed, or follows that release already.
    """
    moving_cases.check_reason(why.reason)
    _check(way)
    return _moved(case_id, key, None, way, why, procedures.MOVED, clock=clock)


def move_all(key: str, way: Way, why: Why, *, clock: Clock, after: str = "", portion: float = PORTION) -> Became:
    """Move every open case that can, for ``portion`` seconds, in the order of references beginning ``after`` one.

    At least one is tried. Raises ``Refused`` without a reason or a known rule.
    """
    moving_cases.check_reason(why.reason)
    _check(way)
    failed: dict[str, str] = {}
    waiting = [(one, reference) for one, reference in cases.open_elsewhere(key) if reference > after]
    ends = time.monotonic() + portion
    for number, (case_id, reference) in enumerate(waiting):
        if number and time.monotonic() > ends:
            return Became(number - len(failed), failed, len(waiting) - number, waiting[number - 1][1])
        try:
            _tried(case_id, key, way, why, clock)
        except (errors.Refused, errors.CannotGoOn) as problem:
            failed[reference] = " ".join(getattr(problem, "problems", {}).values()) or str(problem)
        except errors.CaseMovedOn:
            failed[reference] = "Somebody was working on it. Try again."
    return Became(len(waiting) - len(failed), failed, 0)


def move_back(case_id: UUID, to: tuple[str, str | None], why: Why, *, clock: Clock) -> Case:
    """Move a case back to the release and agreed times that it followed before. Raises as ``move``."""
    moving_cases.check_reason(why.reason)
    return _moved(case_id, to[0], to[1], Way(crossing.BACK), why, procedures.MOVED_BACK, clock=clock)


def _tried(case_id: UUID, key: str, way: Way, why: Why, clock: Clock) -> None:
    for attempt in range(TRIES):
        try:
            _moved(case_id, key, None, way, why, procedures.MOVED, clock=clock)
            return
        except errors.CaseMovedOn:
            if attempt == TRIES - 1:
                raise


def _moved(case_id: UUID, key: str, times: str | None, way: Way, why: Why, kind: str, *, clock: Clock) -> Case:
    says: dict[str, Any] = {"release": key, "reason": why.reason.strip(), "rule": way.rule, "goes": dict(way.goes)}
    runs: list[Run] = []

    def into(case: Case, run: Run) -> Run:
        if case.release_key == key:
            raise errors.CaseMovedOn("This case follows that release already.")
        says.update({"from": case.release_key, "from_times": case.timescales_key})
        here = procedures.of(case)
        case.release_key, case.timescales_key = key, times
        there = procedures.of(case)
        at = clocks.of(case, clock)()
        try:
            new = crossing.crossed(run, there, way, at=at, opened_at=case.opened_at)
        except errors.CannotGoOn as problem:
            raise errors.Refused({"case": why_not(problem, here, there)}) from problem
        runs.append(new)
        return new

    def also(case: Case) -> None:
        keeping.describe(case, runs[0])

    event = Happened(kind, key, clock(), why.by, why.person_id, says)
    return advancing.advance(case_id, Step(lambda _: None, event, also, into=into), clock=clock)


def _check(way: Way) -> None:
    if way.rule not in RULES:
        raise errors.Refused({"rule": "Select what becomes of time limits that are different"})


def limits_of(run: Run) -> dict[tuple[UUID, str], str]:
    """The limits that run, each with what it watches; no rounds of what comes again."""
    timers = [one for one in run.waiting_timers() if not one.comes_again and ":" not in one.key]
    return {(one.id, one.key): f"{step_of(run, one)}: {one.rule}" for one in timers}


def why_not(problem: errors.CannotGoOn, *procedures_: Procedure) -> str:
    """Why a case cannot move, with the step by its name."""
    drawn = (d.by_id.get(problem.element or "") for one in procedures_ for d in one.drawings.values())
    name = next((element.name for element in drawn if element and element.name), "")
    return f"At ‘{name}’: {problem}" if name and f"‘{name}’" not in str(problem) else str(problem)
