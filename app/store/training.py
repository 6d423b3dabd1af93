"""The rows of training cases: copied from another case; and deleting a case, which of real ones only old ones are."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, delete

from app.store import tasks, timers
from app.store.db import db
from app.store.rows.cases import Case, Task, Timer

CASE = Case.__table__
Rename = Callable[[UUID], UUID]


def copy_index(source_id: UUID, case_id: UUID, rename: Rename, items: Mapping[UUID, Any]) -> None:
    """Copy the open tasks and all timers of a case under other ids. ``items``: new id of a task, what it is for.

    Nobody has taken a task of the copy.
    """
    free = {"case_id": case_id, "person_id": None, "taken_at": None}
    opened = [_columns(task) | free for task in tasks.of_case(source_id)]
    tasks.add([row | {"id": rename(row["id"]), "item": items[rename(row["id"])]} for row in opened])
    ran = [_columns(timer) | {"case_id": case_id} for timer in timers.of_case(source_id)]
    timers.add([row | {"id": rename(row["id"])} for row in ran])


def _columns(row: Task | Timer) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def delete_case(case: Case) -> None:
    """Delete a case that is held with everything that belongs to it, whatever table it stands in."""
    db.session.expunge(case)
    for table in reversed(db.metadata.sorted_tables):
        for column in _to_a_case(table):
            db.session.execute(delete(table).where(column == case.id))
    db.session.execute(delete(CASE).where(CASE.c.id == case.id))


def _to_a_case(table: Table) -> list[Column[Any]]:
    """The columns of a table that say to which case a row belongs."""
    return [column for column in table.columns if any(key.column.table is CASE for key in column.foreign_keys)]
