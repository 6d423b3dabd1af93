"""Training cases: a copy of a case to practise on, its clock, and its end.

A training case moves like any other, in a time of its own, and reaches nobody. It is no record, so it can be deleted;
a real case never can, nor can its clock be moved.
"""

import re
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from app import errors
from app.cases import clocks, leaving_out, procedures
from app.cases.access import Who
from app.clock import Clock
from app.engine import copying, snapshot
from app.engine.copying import Rename
from app.engine.run import Run
from app.forms.paths import get
from app.law import calendar
from app.store import cases, history, training
from app.store.history import SYSTEM, Happened
from app.store.rows.cases import CLOSED, Case
from app.store.rows.history import Event
from app.store.transactions import transaction

TITLE = "Training: {}"
SOMEBODY = "somebody"
# of the history of a case the copy has what the drawing did, and of that only words of the drawing
KINDS = {"case_opened", "task_opened", "task_completed", "task_withdrawn", "timer_fired", "effect_asked"}
KINDS |= {"limit_moved", "limit_extended", "limit_held", "limit_resumed", "limit_restored", "limit_near", "hold_ended"}
SAYS = {"name", "role", "agency", "task", "timer", "rule", "start_at", "due_at", "due_on", "old", "new", "letter", "to"}
SAYS |= {"process", "way", "key", "change", "by"}  # of an extension: which, and by how much
NAMED = {"task", "timer"}  # of these what stands under another id in the copy
ID = re.compile(r"[0-9a-f]{32}")


def check(case: Case) -> None:
    """Raises ``NotAllowed`` for a case that is real."""
    if case.virtual_at is None:
        raise errors.NotAllowed("This is a real case. Only a training copy has a clock that moves, or can be deleted.")


def copy(case_id: UUID, who: Who, *, clock: Clock) -> Case:
    """A training copy of an open case, at the instant at which it stands. ``CaseMovedOn`` for one that is closed.

    It has the same open tasks, time limits and choices; the people are invented and what was typed is left out.
    """
    with transaction():
        year = calendar.day_of(clock()).year
        cases.lock_references(year)
        source, kept = cases.lock_with_run(case_id)
        if source.status == CLOSED:
            raise errors.CaseMovedOn("This case is closed, so there is nothing to practise on.")
        reference = cases.next_reference(year, training=True)
        case = _like(source, uuid4(), reference, clocks.of(source, clock)())
        _keep(case, source, kept)
        _tell(case, source, who)
    return case


def move(case_id: UUID, at: datetime) -> Case:
    """Move the clock of a training case on to ``at``; never back. Raises ``NotAllowed`` for a real case."""
    with transaction():
        case = cases.lock(case_id)
        check(case)
        case.virtual_at = max(at, case.virtual_at or at)
    return case


def delete(case_id: UUID) -> None:
    """Delete a training case with all that belongs to it. Raises ``NotAllowed`` for a real case."""
    with transaction():
        case = cases.lock(case_id)
        check(case)
        training.delete_case(case)


def _like(source: Case, case_id: UUID, reference: str, at: datetime) -> Case:
    return Case(
        id=case_id,
        reference=reference,
        process_id=source.process_id,
        release_key=source.release_key,
        timescales_key=source.timescales_key,
        calendar_key=source.calendar_key,
        title=reference,
        opened_at=source.opened_at,
        virtual_at=at,
    )


def _keep(case: Case, source: Case, kept: bytes) -> None:
    """The run of the copy, and its rows."""
    rename, words = _renaming(case), leaving_out.words_of(case.release_key)
    facts = leaving_out.facts_of(snapshot.read(kept)["facts"], case.reference, words)
    case.title = TITLE.format(get(facts, "victim.name") or get(facts, "victim.organisation") or case.reference)
    run = copying.copied(kept, facts, rename, lambda said: leaving_out.retold(said, words))
    cases.add(case, run)
    at = case.virtual_at or case.opened_at
    woken = Run.wake(run, procedures.of(case), at=at, opened_at=case.opened_at)
    training.copy_index(source.id, case.id, rename, {task.id: task.item for task in woken.open_tasks()})


def _renaming(case: Case) -> Rename:
    """What becomes of an id in this copy: the same of the same, so that history, rows and run agree."""
    return lambda old: uuid5(case.id, old.hex)


def _tell(case: Case, source: Case, who: Who) -> None:
    """The history of the copy: what happened before, in the drawing's own words, and that it was copied."""
    before = [_retold(event, _renaming(case)) for event in history.of_case(source.id) if event.kind in KINDS]
    says = {"reference": source.reference}
    at = case.virtual_at or case.opened_at
    history.record(case, [*before, Happened("training_copied", source.process_id, at, who.name, who.id, says)])


def _retold(event: Event, rename: Rename) -> Happened:
    says = {key: value for key, value in event.says.items() if key in SAYS}
    says |= {key: _new_id(says[key], rename) for key in NAMED & says.keys()}
    return Happened(event.kind, event.subject, event.at, SYSTEM if event.by == SYSTEM else SOMEBODY, says=says)


def _new_id(value: Any, rename: Rename) -> Any:
    return rename(UUID(value)).hex if isinstance(value, str) and ID.fullmatch(value) else value
