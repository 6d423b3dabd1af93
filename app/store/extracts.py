"""Reading the histories of many cases in batches, for files that others work on. Training cases never count.

A batch is read whole and let go: no cursor stays open while somebody slowly takes a file, and memory holds one batch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, tuple_

from app.store.db import db
from app.store.rows.cases import Case, Task
from app.store.rows.history import Event

BATCH = 200  # cases
OF_A_CASE = (
    *(Case.id, Case.reference, Case.process_id, Case.release_key, Case.calendar_key, Case.status, Case.is_stopped),
    *(Case.opened_at, Case.closed_at),
)
OF_A_LINE = (
    *(Event.case_id, Event.id, Event.number, Event.at, Event.by, Event.person_id, Event.kind, Event.subject),
    Event.says,
)


@dataclass(frozen=True)
class Told:
    """A case with its whole history, oldest first, and the hex ids of its tasks that are open."""

    case: Any  # the columns of OF_A_CASE
    lines: Sequence[Any]  # the columns of OF_A_LINE
    open_tasks: frozenset[str]


def opened_between(since: datetime | None, before: datetime | None, batch: int = BATCH) -> Iterator[Told]:
    """Every real case that was opened from ``since`` on and before ``before``, in the order of opening."""
    which: list[ColumnElement[bool]] = [Case.virtual_at.is_(None)]
    which += [Case.opened_at >= since] if since else []
    which += [Case.opened_at < before] if before else []
    query = select(*OF_A_CASE).where(*which).order_by(Case.opened_at, Case.id).limit(batch)
    last: tuple[datetime, UUID] | None = None
    while True:
        after = query if last is None else query.where(tuple_(Case.opened_at, Case.id) > last)
        found = db.session.execute(after).all()
        yield from _told(found)
        if len(found) < batch:
            return
        last = (found[-1].opened_at, found[-1].id)


def _told(found: Sequence[Any]) -> Iterator[Told]:
    ids = [case.id for case in found]
    lines: dict[UUID, list[Any]] = {case_id: [] for case_id in ids}
    for line in db.session.execute(
        select(*OF_A_LINE).where(Event.case_id.in_(ids)).order_by(Event.case_id, Event.number)
    ):
        lines[line.case_id].append(line)
    standing: dict[UUID, set[str]] = {case_id: set() for case_id in ids}
    for case_id, task_id in db.session.execute(select(Task.case_id, Task.id).where(Task.case_id.in_(ids))):
        standing[case_id].add(task_id.hex)
    for case in found:
        yield Told(case, lines[case.id], frozenset(standing[case.id]))
