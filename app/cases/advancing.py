"""Opening a case and moving it on: the heart.

A finished form, a fired timer, a message and an intervention all come through ``advance``. It is one transaction:
lock the case, wake the run, let the act change it, let it settle, keep everything that followed, or nothing.
After it the run is over, or has an open task, or waits for a timer or a message; otherwise nothing is kept and the
case is stopped with an incident that a person sees.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from app import errors
from app.cases import clocks, coming_in, keeping, kinds, owing, partnership, procedures, telling
from app.clock import Clock
from app.engine.run import Run
from app.law import calendar
from app.store import cases, drafts, history
from app.store.history import Happened
from app.store.rows.cases import CLOSED, Case
from app.store.rows.drafts import RequestKey
from app.store.transactions import transaction

Act = Callable[[Run], None]
Also = Callable[[Case], None]
Into = Callable[[Case, Run], Run]


def _nothing(_: Case) -> None:
    """Nothing more to keep."""


def _same(_: Case, run: Run) -> Run:
    """The run goes on in the drawings it follows."""
    return run


@dataclass(frozen=True)
class Opening:
    """What a new case begins with."""

    process_id: str
    title: str
    facts: Mapping[str, Any]
    by: str
    person_id: int | None = None
    also: Also = field(default=_nothing)  # rows to keep in the same transaction
    request_key: str = ""  # of the post that asks for it
    is_training: bool = False  # a case of its own time, that reaches nobody


def open_case(opening: Opening, *, clock: Clock) -> Case:
    """Open a case on the live release and bring it to its first resting point. A repeated post gets its first case."""
    with transaction():
        at = clock()
        year = calendar.day_of(at).year
        cases.lock_references(year)  # the same post twice at once: the second waits here for the first
        if opening.request_key and (known := drafts.answered(opening.request_key)):
            return cases.load(known)
        release_key, procedure = procedures.live()
        prefix = kinds.kind(procedure, opening.process_id).prefix
        reference = cases.next_reference(year, training=opening.is_training, prefix=prefix)
        known_from_start = {
            "case": {"reference": reference, "opened_on": calendar.day_of(at).isoformat()},
            "told": {"victim": at.isoformat()},  # the page they applied on told them
        }
        given = {**opening.facts, **partnership.facts(), **known_from_start}
        run = Run.start(procedure, opening.process_id, given, at=at)
        telling.remember_told(run, at)
        case = Case(
            id=uuid4(),
            reference=reference,
            process_id=opening.process_id,
            release_key=release_key,
            calendar_key=procedure.calendars.key,
            title=opening.title,
            opened_at=at,
            virtual_at=at if opening.is_training else None,
        )
        cases.add(case, run.put_away())
        keeping.keep(
            case,
            run,
            keeping.NOTHING,
            at,
            [_opened(opening, at)],
        )
        _remember(opening.request_key, case, clock)
        opening.also(case)
    return case


def _opened(opening: Opening, at: datetime) -> Happened:
    says = coming_in.told(opening.facts)
    return Happened("case_opened", opening.process_id, at, opening.by, opening.person_id, says)


@dataclass(frozen=True)
class Step:
    """One change to a case: what is done to the run, and what is written down about it."""

    act: Act
    event: Happened
    also: Also = field(default=_nothing)
    revision: int | None = None  # the one the form was shown at, if the act depends on it
    request_key: str = ""
    first: Also = field(default=_nothing)  # what changes of the case before its run is woken, such as its calendars
    into: Into = field(default=_same)  # the run in other drawings, where the step moves the case to them


def advance(case_id: UUID, step: Step, *, clock: Clock) -> Case:
    """Move a case on by one step.

    Raises ``CaseMovedOn`` when somebody or something got there first; ``StillOwed`` when it would close too early;
    ``CannotGoOn`` when the drawing cannot be followed, after stopping the case with an incident. Nothing of the step
    is kept in any of them. A post that was dealt with before gets its first answer again.
    """
    try:
        with transaction():
            case, kept = cases.lock_with_run(case_id)  # first of all: the same post twice at once waits here
            if step.request_key and drafts.answered(step.request_key):
                return case
            return _moved(case, kept, step, clock)
    except errors.CannotGoOn as problem:
        stop(case_id, problem.element or step.event.subject, str(problem), clock=clock)
        raise


def stop(case_id: UUID, element: str, says: str, *, clock: Clock) -> None:
    """Stop a case with an incident, unless one stands already."""
    with transaction():
        _stop(cases.lock(case_id), element, says, clock)


def note(case_id: UUID, event: Happened, also: Also, *, says: str, clock: Clock, request_key: str = "") -> None:
    """Write down what the drawing has no place for, and stop an open case so that a person looks at it.

    What was dealt with before, under the same key, is not written down again.
    """
    with transaction():
        case = cases.lock(case_id)
        if request_key and drafts.answered(request_key):
            return
        history.record(case, clocks.dated(case, [event]))
        if case.status != CLOSED:
            _stop(case, event.subject, says, clock)
        _remember(request_key, case, clock)
        also(case)


def _stop(case: Case, element: str, says: str, clock: Clock) -> None:
    if not case.is_stopped:
        at = clocks.of(case, clock)()
        cases.stop(case, element, says, at)
        history.record(case, [Happened("incident_opened", element, at, says={"says": says})])


def _moved(case: Case, kept: bytes, step: Step, clock: Clock) -> Case:
    at = clocks.of(case, clock)()
    if case.status == CLOSED or (step.revision is not None and step.revision != case.revision):
        raise errors.CaseMovedOn
    step.first(case)
    run = Run.wake(kept, procedures.of(case), at=at, opened_at=case.opened_at)
    standing = keeping.standing(run)
    run = step.into(case, run)
    step.act(run)
    run.settle()
    telling.remember_told(run, at)
    if not (run.is_over or run.open_tasks() or run.waiting_timers() or run.waits_for_messages()):
        raise errors.CannotGoOn("Nobody and nothing can move this case on.", element=step.event.subject)
    cases.keep(case, run.put_away())
    cases.release(case)
    keeping.keep(case, run, standing, at, clocks.dated(case, [step.event]))
    owing.check(case, run, step.event)
    _remember(step.request_key, case, clock)
    step.also(case)
    return case


def _remember(key: str, case: Case, clock: Clock) -> None:
    if key:
        drafts.add(RequestKey(key=key, case_id=case.id, made_at=clock()))
