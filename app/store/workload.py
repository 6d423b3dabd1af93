"""How much work people have and had: each in one statement, however much there is. Training cases never count."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, case, cast, func, literal_column, select

from app.store.db import db
from app.store.rows.cases import Case, Task
from app.store.rows.numbers import DONE, TASK, Stint
from app.store.tasks import NO_LIMIT_LAST, TRAINING

THOUSANDTHS = literal_column("1000", Integer)  # of an hour
HALF_A_DAY = literal_column("4000", Integer)  # in those; written out, so that PostgreSQL sees one expression twice


@dataclass(frozen=True)
class Open:
    """The open tasks of a role and agency that one person has, or nobody."""

    role: str
    agency_key: str
    person_id: int | None
    number: int
    late: int
    close: int  # late tomorrow if nothing is done
    oldest_at: datetime


@dataclass(frozen=True)
class Done:
    """The tasks that one person finished and that took so long: ``size`` counts half working days."""

    role: str
    agency_key: str
    person_id: int | None
    size: int
    number: int
    limits: int  # of those that had a limit
    late: int


@dataclass(frozen=True)
class Held:
    """Which open tasks to list. ``role`` and ``agency_key`` choose a team where ``person_id`` is None: nobody's."""

    person_id: int | None
    role: str = ""
    agency_key: str = ""
    key: str = ""
    reference: str = ""
    due_after: datetime | None = None
    due_by: datetime | None = None
    ids: tuple[UUID, ...] | None = None


def open_now(now: datetime, close: datetime) -> list[Open]:
    """The open tasks of everybody, counted. ``close``: due by then is close to its limit."""
    who = (Task.role, Task.agency_key, Task.person_id)
    late = func.count(case((Task.due_at <= now, 1)))
    soon = func.count(case(((Task.due_at > now) & (Task.due_at <= close), 1)))
    query = select(*who, func.count(), late, soon, func.min(Task.opened_at)).where(Task.case_id.not_in(TRAINING))
    return [Open(row[0], row[1] or "", *row[2:]) for row in db.session.execute(query.group_by(*who))]


def done_since(person_ids: Collection[int], at: datetime) -> list[Done]:
    """What people finished since an instant, counted."""
    size = cast(func.round(Stint.hours * THOUSANDTHS), Integer) // HALF_A_DAY
    who = (Stint.role, Stint.agency_key, Stint.person_id)
    limits, late = func.count(Stint.due_at), func.count(case((Stint.is_late, 1)))
    query = select(*who, size, func.count(), limits, late).where(*_finished(person_ids, at)).group_by(*who, size)
    return [Done(*row) for row in db.session.execute(query)]


def finished(person_id: int, since: datetime, limit: int) -> list[tuple[Stint, Case]]:
    """What one person finished since an instant, the latest first."""
    query = select(Stint, Case).join(Case, Case.id == Stint.case_id).where(*_finished([person_id], since))
    rows = db.session.execute(query.order_by(Stint.ended_at.desc(), Stint.id).limit(limit))
    return [(stint, found) for stint, found in rows]


def _finished(person_ids: Collection[int], at: datetime) -> tuple[ColumnElement[bool], ...]:
    return Stint.person_id.in_(person_ids), Stint.ended_at >= at, Stint.kind == TASK, Stint.ended == DONE


def listed(held: Held, offset: int, limit: int) -> list[tuple[Task, Case]]:
    """Open tasks with their cases, the most urgent first."""
    query = select(Task, Case).join(Case, Case.id == Task.case_id).where(*_which(held)).order_by(*NO_LIMIT_LAST)
    rows = db.session.execute(query.offset(offset).limit(limit).execution_options(populate_existing=True))
    return [(task, found) for task, found in rows]


def count(held: Held) -> int:
    """How many there are."""
    query = select(func.count()).select_from(Task).join(Case, Case.id == Task.case_id).where(*_which(held))
    return db.session.scalar(query) or 0


def steps(person_id: int) -> list[tuple[str, str, int]]:
    """The steps of somebody's open tasks as (key, name, how many), by name."""
    name = func.min(Task.name)
    query = select(Task.key, name, func.count()).where(Task.person_id == person_id, Task.case_id.not_in(TRAINING))
    return [(key, said, number) for key, said, number in db.session.execute(query.group_by(Task.key).order_by(name))]


def _which(held: Held) -> list[ColumnElement[bool]]:
    which = [Task.person_id == held.person_id if held.person_id is not None else Task.person_id.is_(None)]
    which += [Case.virtual_at.is_(None)]
    which += [Task.role == held.role, func.coalesce(Task.agency_key, "") == held.agency_key] if held.role else []
    which += [Task.key == held.key] if held.key else []
    which += [Case.reference == held.reference] if held.reference else []
    which += [Task.due_at > held.due_after] if held.due_after else []
    which += [Task.due_at <= held.due_by] if held.due_by else []
    which += [Task.id.in_(held.ids)] if held.ids is not None else []
    return which
