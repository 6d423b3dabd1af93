"""Timers: what is due, and what became of each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, insert, or_, select, update
from sqlalchemy.orm import aliased

from app.store import lateness
from app.store.db import db
from app.store.rows.cases import FIRED, OPEN, WAITING, Case, Timer

TABLE = Timer.__table__  # written to as a table, see ``tasks``


def due(now: datetime, limit: int) -> list[Timer]:
    """Up to ``limit`` timers that are due, longest overdue first. Cases that are stopped or leased are left out.

    It takes no lock: whoever wants to fire one takes the case first, and looks again.
    """
    query = (
        select(Timer)
        .join(Case, Case.id == Timer.case_id)
        .where(Timer.state == WAITING, Timer.due_at <= now, Case.status == OPEN, Case.is_stopped.is_(False))
        .where(or_(Case.leased_until.is_(None), Case.leased_until <= now))
        .order_by(Timer.due_at, Timer.id)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def next_due() -> datetime | None:
    """When the next waiting timer is due."""
    return db.session.scalar(select(Timer.due_at).where(Timer.state == WAITING).order_by(Timer.due_at).limit(1))


def waiting(case_id: UUID) -> list[Timer]:
    """The waiting timers of a case, the earliest first."""
    query = select(Timer).where(Timer.case_id == case_id, Timer.state == WAITING).order_by(Timer.due_at)
    return list(db.session.scalars(query))


def of_case(case_id: UUID) -> list[Timer]:
    """Every timer a case has had, in order of their due instants."""
    return list(db.session.scalars(select(Timer).where(Timer.case_id == case_id).order_by(Timer.due_at, Timer.key)))


def is_due(timer_id: UUID, key: str, now: datetime) -> bool:
    """Whether this timer is the next of its case to fire, read anew.

    A cycle's next round, which is not due yet, has the same id and key. Nothing of a case fires before what was due
    before it, however many workers there are.
    """
    query = select(Timer.id).where(Timer.id == timer_id, Timer.key == key, Timer.state == WAITING, Timer.due_at <= now)
    earlier = aliased(Timer)
    before = (earlier.case_id == Timer.case_id, earlier.state == WAITING, earlier.due_at < Timer.due_at)
    return db.session.scalar(query.where(~exists().where(*before))) is not None


Name = tuple[UUID, str, datetime]  # what tells a timer from all others: id, key, due instant


def end(name: Name, state: str, at: datetime) -> None:
    """Note what became of a timer, and how late it was if it fired."""
    timer_id, key, due_at = name
    one = (TABLE.c.id == timer_id, TABLE.c.key == key, TABLE.c.due_at == due_at)
    db.session.execute(update(TABLE).where(*one).values(state=state, ended_at=at))
    if state == FIRED:
        lateness.count(timer_id, due_at, at)


def add(rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep new timers; each row has the columns of ``Timer``."""
    if rows:
        db.session.execute(insert(TABLE), rows)
