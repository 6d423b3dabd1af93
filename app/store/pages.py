"""Pages of rows for programs, each begun after the last row of the one before: one statement, however far one reads.

Training cases are never given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, tuple_

from app.store.db import db
from app.store.rows.cases import MOVED, Case, Task, Timer
from app.store.rows.history import Event
from app.store.rows.people import Agency

REAL = Case.virtual_at.is_(None)


@dataclass(frozen=True)
class Asked:
    """Which rows: after the key of the last one, at most so many; "" and None ask for all."""

    after: tuple[Any, ...] | None
    limit: int
    since: datetime | None = None
    case: str = ""  # reference
    procedure: str = ""  # id of a process
    agency: str = ""
    role: str = ""
    status: str = ""  # of a case, or the state of a limit
    kind: str = ""  # of an event


def cases(asked: Asked) -> list[Case]:
    """Cases in the order of opening. ``since``: something happened in them from then on."""
    query = select(Case).where(REAL, *_of_case(asked))
    query = query.where(Case.status == asked.status) if asked.status else query
    if asked.since:
        query = query.where(Case.id.in_(select(Event.case_id).where(Event.at >= asked.since)))
    return list(db.session.scalars(_page(query, asked, (Case.opened_at, Case.id))))


def tasks(asked: Asked) -> list[tuple[Task, str]]:
    """Open tasks with the references of their cases, in the order of opening."""
    query = select(Task, Case.reference).join(Case, Case.id == Task.case_id).where(REAL, *_of_case(asked))
    query = query.where(Task.opened_at >= asked.since) if asked.since else query
    query = query.where(Task.role == asked.role) if asked.role else query
    query = query.where(Task.agency_key == asked.agency) if asked.agency else query
    found = db.session.execute(_page(query, asked, (Task.opened_at, Task.id)))
    return [(task, reference) for task, reference in found]


def limits(asked: Asked, without: str) -> list[tuple[Timer, str]]:
    """Time limits with the references of their cases, in the order of their beginning.

    ``since``: they began or ended from then on. Left out are those that moved, and keys that end in ``without``.
    """
    query = select(Timer, Case.reference).join(Case, Case.id == Timer.case_id).where(REAL, *_of_case(asked))
    query = query.where(Timer.state != MOVED, Timer.key.not_like(f"%{without}"))
    query = query.where(Timer.state == asked.status) if asked.status else query
    if asked.since:
        query = query.where(or_(Timer.start_at >= asked.since, Timer.ended_at >= asked.since))
    found = db.session.execute(_page(query, asked, (Timer.start_at, Timer.id, Timer.key, Timer.due_at)))
    return [(timer, reference) for timer, reference in found]


def events(asked: Asked, up_to: int) -> list[tuple[Event, str]]:
    """Events with the references of their cases, by id, none after ``up_to``."""
    query = select(Event, Case.reference).join(Case, Case.id == Event.case_id).where(REAL, *_of_case(asked))
    query = query.where(Event.id <= up_to)
    query = query.where(Event.at >= asked.since) if asked.since else query
    query = query.where(Event.kind == asked.kind) if asked.kind else query
    found = db.session.execute(_page(query, asked, (Event.id,)))
    return [(event, reference) for event, reference in found]


def agencies(asked: Asked) -> list[Agency]:
    """Agencies by key."""
    return list(db.session.scalars(_page(select(Agency), asked, (Agency.key,))))


def of_case(case_id: UUID, without: str) -> tuple[list[Task], list[Timer]]:
    """The open tasks and the limits of one case, in the order of their beginning."""
    opened = select(Task).where(Task.case_id == case_id).order_by(Task.opened_at, Task.id)
    which = (Timer.case_id == case_id, Timer.state != MOVED, Timer.key.not_like(f"%{without}"))
    ran = select(Timer).where(*which).order_by(Timer.start_at, Timer.id, Timer.key, Timer.due_at)
    return list(db.session.scalars(opened)), list(db.session.scalars(ran))


def _of_case(asked: Asked) -> list[ColumnElement[bool]]:
    which: list[ColumnElement[bool]] = [Case.reference == asked.case] if asked.case else []
    return [*which, Case.process_id == asked.procedure] if asked.procedure else which


def _page(query: Any, asked: Asked, key: Sequence[Any]) -> Any:
    after = query.where(tuple_(*key) > asked.after) if asked.after else query
    return after.order_by(*key).limit(asked.limit)
