"""Who is away when, and which of their tasks were moved."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import aliased

from app import errors
from app.store.db import db
from app.store.rows.absences import Absence, Handover
from app.store.rows.cases import Case, Task

TABLE, HANDOVER = Absence.__table__, Handover.__table__
STANDS = Absence.ended_at.is_(None)


def load(absence_id: int) -> Absence:
    """An absence, read anew, or ``NotFound``."""
    found = db.session.get(Absence, absence_id, populate_existing=True)
    if found is None:
        raise errors.NotFound("We could not find that absence.")
    return found


def on(day: date) -> dict[int, Absence]:
    """Who is away on a day, by person."""
    return {one.person_id: one for one in between(day, day)}


def between(first: date, last: date | None) -> list[Absence]:
    """The absences that have a day in a time and were not ended, the earliest first. ``last`` None: for good."""
    which: list[ColumnElement[bool]] = [STANDS, or_(Absence.last_on.is_(None), Absence.last_on >= first)]
    which += [Absence.first_on <= last] if last else []
    return list(db.session.scalars(select(Absence).where(*which).order_by(Absence.first_on, Absence.id)))


def of_person(person_id: int, limit: int = 10) -> list[Absence]:
    """The absences of somebody, the latest first."""
    query = select(Absence).where(Absence.person_id == person_id)
    return list(db.session.scalars(query.order_by(Absence.first_on.desc(), Absence.id.desc()).limit(limit)))


def beginning(today: date, limit: int) -> list[int]:
    """Absences that have begun and whose tasks are not all moved yet."""
    which = (STANDS, Absence.started_at.is_(None), Absence.first_on <= today)
    return list(db.session.scalars(select(Absence.id).where(*which).order_by(Absence.id).limit(limit)))


def add(row: Absence | Handover) -> None:
    """Keep a new row."""
    db.session.add(row)
    db.session.flush()


def start(absence_id: int, at: datetime) -> None:
    """Note that every task was moved."""
    mine = (TABLE.c.id == absence_id, TABLE.c.started_at.is_(None))
    db.session.execute(update(TABLE).where(*mine).values(started_at=at))


def to_move(absence: Absence, limit: int) -> list[tuple[UUID, UUID]]:
    """The open tasks of whoever is away that this absence has not moved yet, as (task, case). None for training."""
    moved = select(Handover.task_id).where(Handover.absence_id == absence.id)
    query = select(Task.id, Task.case_id).join(Case, Case.id == Task.case_id)
    which = (Task.person_id == absence.person_id, Case.virtual_at.is_(None), Task.id.not_in(moved))
    rows = db.session.execute(query.where(*which).order_by(Task.due_at, Task.id).limit(limit))
    return [(task_id, case_id) for task_id, case_id in rows]


def is_moved(absence_id: int, task_id: UUID) -> bool:
    """Whether an absence has moved a task."""
    which = (Handover.absence_id == absence_id, Handover.task_id == task_id)
    return db.session.scalar(select(Handover.id).where(*which)) is not None


def moved(absence_ids: Collection[int]) -> list[tuple[Handover, Task, Case]]:
    """What absences moved and is still open, the most urgent first; not what was settled."""
    query = select(Handover, Task, Case).join(Task, Task.id == Handover.task_id).join(Case, Case.id == Task.case_id)
    which = (Handover.absence_id.in_(absence_ids), Handover.settled_at.is_(None))
    rows = db.session.execute(query.where(*which).order_by(Task.due_at, Task.id))
    return [(handover, task, case) for handover, task, case in rows]


def last_moves(task_ids: Collection[UUID]) -> dict[UUID, Handover]:
    """The last move of each task because of any absence."""
    rows = db.session.scalars(select(Handover).where(Handover.task_id.in_(task_ids)).order_by(Handover.id))
    return {row.task_id: row for row in rows}


def settle(absence_id: int, task_id: UUID, at: datetime) -> None:
    """Note that a task is with whoever was away again, or that they leave it where it is."""
    mine = (HANDOVER.c.absence_id == absence_id, HANDOVER.c.task_id == task_id)
    db.session.execute(update(HANDOVER).where(*mine).values(settled_at=at))


def stood_in_for(person_id: int, today: date) -> list[Absence]:
    """The absences of today in which tasks were moved to somebody."""
    mine = select(Handover.absence_id).where(Handover.to_id == person_id)
    query = select(Absence).where(STANDS, Absence.id.in_(mine), Absence.first_on <= today)
    return list(db.session.scalars(query.where(or_(Absence.last_on.is_(None), Absence.last_on >= today))))


def that_matter(person_id: int, today: date) -> list[Absence]:
    """The absences of somebody that are on, or are over while tasks moved in them are open where they went."""
    put = aliased(Handover)
    is_put = Task.person_id.in_(select(put.to_id).where(put.task_id == Task.id))
    left: Any = select(Handover.absence_id).join(Task, Task.id == Handover.task_id)
    left = left.where(Handover.settled_at.is_(None), or_(Task.person_id.is_(None), is_put))
    over = or_(Absence.ended_at.is_not(None), Absence.last_on < today) & Absence.id.in_(left)
    is_on = STANDS & (Absence.first_on <= today) & or_(Absence.last_on.is_(None), Absence.last_on >= today)
    query = select(Absence).where(Absence.person_id == person_id, or_(over, is_on))
    return list(db.session.scalars(query.order_by(Absence.id)))
