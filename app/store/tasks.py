"""Open tasks: the index of what people may do now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, insert, or_, select, update

from app import errors
from app.store.columns import Instant
from app.store.db import db
from app.store.rows.cases import Case, Task

TABLE = Task.__table__  # written to as a table: the objects in a session are read, never kept in step
TRAINING = select(Case.id).where(Case.virtual_at.is_not(None))  # few: cheaper than to join every case
NO_LIMIT_LAST = (Task.due_at.is_(None), Task.due_at, Task.opened_at, Task.id)
_OF_CASE = (
    select(Task).where(Task.case_id == bindparam("case_id")).order_by(*NO_LIMIT_LAST)
)  # built once, see ``timers``
_OPENED = select(Task, Case).join(Case, Case.id == Task.case_id).where(Task.opened_at == bindparam("at", type_=Instant))
_OPENED = _OPENED.order_by(Case.reference, Task.key)


@dataclass(frozen=True)
class Place:
    """Where a person stands: a role, for one agency or for all."""

    role: str
    agency_key: str | None = None


@dataclass(frozen=True)
class Wanted:
    """Which tasks to list."""

    places: Sequence[Place]  # tasks of these roles only
    person_id: int | None = None  # taken by this person
    nobodys: bool = False  # taken by nobody
    key: str = ""  # of this kind
    text: str = ""  # in the reference or title of the case
    due_before: datetime | None = None
    training: bool = False  # of training cases, and no others


def of_case(case_id: UUID) -> list[Task]:
    """The open tasks of a case, the most urgent first."""
    return list(db.session.scalars(_OF_CASE, {"case_id": case_id}))


def opened_at(at: datetime) -> list[tuple[Task, Case]]:
    """The tasks that opened at an instant and are still open, each with its case, by reference."""
    return [(task, case) for task, case in db.session.execute(_OPENED, {"at": at})]


def by_case() -> list[tuple[Case, list[Task]]]:
    """Every open task, case by case in the order of their references; no training cases."""
    query = select(Task, Case).join(Case, Case.id == Task.case_id).where(Case.virtual_at.is_(None))
    rows = db.session.execute(query.order_by(Case.reference, Task.key))
    return [(case, [task for task, _ in several]) for case, several in groupby(rows, lambda row: row[1])]


def load(task_id: UUID) -> Task:
    """The open task. One that has been done, or taken away by a timer, raises ``CaseMovedOn``."""
    task = db.session.get(Task, task_id, populate_existing=True)
    if task is None:
        raise errors.CaseMovedOn("This task is not open any more.")
    return task


def set_limit(task_id: UUID, columns: Mapping[str, Any]) -> None:
    """Keep another limit of an open task: ``start_at``, ``due_at``, ``due_on``, ``rule``; or what its drawing says."""
    db.session.execute(update(TABLE).where(TABLE.c.id == task_id).values(**columns))


def earliest_limit(case_id: UUID) -> Any:
    """The earliest limit of the open tasks of a case: a value that the database works out when it is written."""
    return select(func.min(TABLE.c.due_at)).where(TABLE.c.case_id == case_id).scalar_subquery()


@dataclass(frozen=True)
class Removed:
    """A task that was open."""

    id: UUID
    key: str
    name: str
    agency_key: str | None


def remove(ids: Collection[UUID]) -> list[Removed]:
    """Take away tasks that are not open any more, and give what they were, by their names."""
    if not ids:
        return []
    gone = delete(TABLE).where(TABLE.c.id.in_(list(ids)))
    found = db.session.execute(gone.returning(TABLE.c.id, TABLE.c.key, TABLE.c.name, TABLE.c.agency_key))
    return sorted((Removed(*row) for row in found), key=lambda one: (one.name, one.agency_key or "", one.id.hex))


def add(rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep new open tasks; each row has the columns of ``Task``."""
    if rows:
        db.session.execute(insert(TABLE), rows)


def listed(wanted: Wanted, offset: int, limit: int) -> tuple[list[tuple[Task, Case]], int]:
    """Tasks with their cases, the most urgent first, from ``offset``; and how many there are in all."""
    which = _which(wanted)
    query = select(Task, Case).join(Case, Case.id == Task.case_id).where(*which).order_by(*NO_LIMIT_LAST)
    rows = db.session.execute(query.offset(offset).limit(limit))
    return [(task, case) for task, case in rows], count(wanted)


def count(wanted: Wanted) -> int:
    """How many tasks there are."""
    return db.session.scalar(select(func.count()).select_from(Task).where(*_which(wanted))) or 0


def kinds(wanted: Wanted) -> list[tuple[str, str, int]]:
    """Each kind of task in the list as (key, name, how many)."""
    query = select(Task.key, func.min(Task.name), func.count()).where(*_which(wanted))
    query = query.group_by(Task.key).order_by(func.min(Task.name))
    return [(key, name, number) for key, name, number in db.session.execute(query)]


def _which(wanted: Wanted) -> list[ColumnElement[bool]]:
    which: list[ColumnElement[bool]] = [or_(*map(_place, wanted.places)) if wanted.places else Task.role == ""]
    which.append(Task.case_id.in_(TRAINING) if wanted.training else Task.case_id.not_in(TRAINING))
    if wanted.person_id is not None:
        which.append(Task.person_id == wanted.person_id)
    if wanted.nobodys:
        which.append(Task.person_id.is_(None))
    if wanted.key:
        which.append(Task.key == wanted.key)
    if wanted.text:
        named = (column.icontains(wanted.text, autoescape=True) for column in (Case.reference, Case.title))
        which.append(Task.case_id.in_(select(Case.id).where(or_(*named))))
    if wanted.due_before:
        which.append(Task.due_at <= wanted.due_before)
    return which


def _place(place: Place) -> ColumnElement[bool]:
    if place.agency_key is None:
        return Task.role == place.role
    return and_(Task.role == place.role, or_(Task.agency_key == place.agency_key, Task.agency_key.is_(None)))
