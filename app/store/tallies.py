"""Reading the sums of managers' numbers: each in one statement, however many cases there were."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select

from app.store.db import db
from app.store.rows.cases import CLOSED, WAITING, Case, Task, Timer
from app.store.rows.numbers import LIMIT, Stint, Tally
from app.store.tasks import TRAINING

IS_OPEN = (Case.status != CLOSED, Case.virtual_at.is_(None))
TOTALS = (func.sum(Tally.number), func.sum(Tally.late), func.sum(Tally.hours))


@dataclass(frozen=True)
class Part:
    """Which of a procedure’s numbers: from one month to another, both included; of one role, agency or release."""

    first: date  # of its first month
    last: date  # of its last month
    role: str = ""
    agency_key: str = ""
    release_key: str = ""


@dataclass(frozen=True)
class Total:
    """A sum over the months of a part."""

    kind: str
    process: str
    key: str
    detail: str
    size: int
    number: int
    late: int
    hours: float


@dataclass(frozen=True)
class Used:
    """How many limits of a step ended in a month with a share of their time used, and whether they were late."""

    month: date  # its first day
    process: str
    key: str
    agency_key: str
    size: int
    is_late: bool
    number: int


def totals(process_id: str, part: Part, *, kinds: Collection[str] = ()) -> list[Total]:
    """The sums of a procedure, for each step, way of ending and size."""
    what = (Tally.kind, Tally.process, Tally.key, Tally.detail, Tally.size)
    which = [*_which(process_id, part), *([Tally.kind.in_(kinds)] if kinds else [])]
    rows = db.session.execute(select(*what, *TOTALS).where(*which).group_by(*what))
    return [Total(*row[:5], int(row[5]), int(row[6]), float(row[7])) for row in rows]


def by_month(process_id: str, process: str, key: str, part: Part) -> list[tuple[date, Total]]:
    """The sums of one step, month by month, in order."""
    what = (Tally.month, Tally.kind, Tally.process, Tally.key, Tally.detail)
    which = (*_which(process_id, part), Tally.process.in_((process, "")), Tally.key == key)
    rows = db.session.execute(select(*what, *TOTALS).where(*which).group_by(*what).order_by(Tally.month))
    return [(row[0], Total(*row[1:5], 0, int(row[5]), int(row[6]), float(row[7]))) for row in rows]


def by_agency(process_id: str, process: str, key: str, part: Part) -> list[tuple[str, str, Total]]:
    """The tasks and limits of one step as (agency, role, sum), for each way of ending and size."""
    what = (Tally.agency_key, Tally.role, Tally.kind, Tally.process, Tally.key, Tally.detail, Tally.size)
    which = (*_which(process_id, part), Tally.process == process, Tally.key == key, Tally.role != "")
    rows = db.session.execute(select(*what, *TOTALS).where(*which).group_by(*what))
    return [(row[0], row[1], Total(*row[2:7], int(row[7]), int(row[8]), float(row[9]))) for row in rows]


def used(since: date) -> list[Used]:
    """What share of their limits the steps used, from a month on; the months together, each as ``since``."""
    what = (Tally.process, Tally.key, Tally.agency_key, Tally.size, Tally.late > 0)
    which = (Tally.kind == LIMIT, Tally.month >= since)
    rows = db.session.execute(select(*what, func.sum(Tally.number)).where(*which).group_by(*what))
    return [Used(since, row[0], row[1], row[2], row[3], bool(row[4]), int(row[5])) for row in rows]


def used_by_month(since: date, sizes: Sequence[int]) -> list[Used]:
    """The same month by month, in order; sizes only as exact as these, which ascend: each stands for those above it."""
    size = case(*((Tally.size >= one, one) for one in reversed(sizes)), else_=0)
    what = (Tally.month, Tally.process, Tally.key, Tally.agency_key, size, Tally.late > 0)
    which = (Tally.kind == LIMIT, Tally.month >= since)
    rows = db.session.execute(select(*what, func.sum(Tally.number)).where(*which).group_by(*what).order_by(Tally.month))
    return [Used(row[0], row[1], row[2], row[3], row[4], bool(row[5]), int(row[6])) for row in rows]


def open_now(process_id: str, part: Part, now: datetime) -> list[tuple[str, str, int, int]]:
    """The open tasks of a procedure as (drawing, step, how many, how many of them late)."""
    late = func.count(case((Task.due_at <= now, 1)))
    query = select(Task.process, Task.key, func.count(), late).join(Case, Case.id == Task.case_id)
    which: list[ColumnElement[bool]] = [*IS_OPEN, Case.process_id == process_id]
    which += [Task.role == part.role] if part.role else []
    which += [Task.agency_key == part.agency_key] if part.agency_key else []
    which += [Case.release_key == part.release_key] if part.release_key else []
    rows = db.session.execute(query.where(*which).group_by(Task.process, Task.key))
    return [(process, key, number, overdue) for process, key, number, overdue in rows]


def open_cases(now: datetime) -> dict[str, tuple[int, int]]:
    """{process: how many cases are open, how many of them have a late step}."""
    late = func.count(case((Case.due_at <= now, 1)))
    rows = db.session.execute(select(Case.process_id, func.count(), late).where(*IS_OPEN).group_by(Case.process_id))
    return {process_id: (number, overdue) for process_id, number, overdue in rows}


def kept(first: date, last: date) -> dict[str, tuple[int, int]]:
    """{process: limits that ended, how many of them late}, from one month to another, both included."""
    which = (Tally.kind == LIMIT, Tally.month.between(first, last))
    query = select(Tally.process_id, func.sum(Tally.number), func.sum(Tally.late)).where(*which)
    rows = db.session.execute(query.group_by(Tally.process_id))
    return {process_id: (int(number), int(late)) for process_id, number, late in rows}


def choices(process_id: str) -> tuple[list[str], list[str]]:
    """The roles and the agencies that had work in a procedure, by name."""
    which = (Tally.process_id == process_id, Tally.kind == "task")
    rows = db.session.execute(select(Tally.role, Tally.agency_key).where(*which).distinct()).all()
    return sorted({role for role, _ in rows if role}), sorted({agency for _, agency in rows if agency})


def latest(process_id: str, process: str, key: str, part: Part, limit: int) -> list[tuple[Stint, Case]]:
    """The stints of a step that ended last, newest first, with their cases."""
    query = select(Stint, Case).join(Case, Case.id == Stint.case_id)
    which: list[Any] = [Stint.process_id == process_id, Stint.process == process, Stint.key == key]
    which += [Stint.ended_at.is_not(None)]
    which += [Stint.role == part.role] if part.role else []
    which += [Stint.agency_key == part.agency_key] if part.agency_key else []
    which += [Stint.release_key == part.release_key] if part.release_key else []
    rows = db.session.execute(query.where(*which).order_by(Stint.ended_at.desc(), Stint.id).limit(limit))
    return [(stint, found) for stint, found in rows]


def late_now(now: datetime) -> int:
    """How many open tasks are late."""
    which = (Task.due_at <= now, Task.case_id.not_in(TRAINING))
    return db.session.scalar(select(func.count()).select_from(Task).where(*which)) or 0


def awaited(now: datetime, limit: int, reference: str = "") -> list[tuple[Task, Case]]:
    """Open tasks whose limit has not passed, with their cases: those whose limit ends first; of one case if named."""
    query = select(Task, Case).join(Case, Case.id == Task.case_id).where(*IS_OPEN, Task.due_at > now)
    query = query.where(Case.reference == reference) if reference else query
    return [(task, found) for task, found in db.session.execute(query.order_by(Task.due_at, Task.id).limit(limit))]


def awaited_on(keys: Collection[str], now: datetime, limit: int, reference: str = "") -> list[tuple[Timer, Case]]:
    """The same of timers that hang on these elements, with their cases. One whose clock stands still is left out."""
    waits = (Timer.state == literal(WAITING, literal_execute=True), Timer.due_at > now, Timer.held_at.is_(None))
    query = select(Timer, Case).join(Case, Case.id == Timer.case_id).where(*IS_OPEN, *waits, Timer.task_key.in_(keys))
    query = query.where(Case.reference == reference) if reference else query
    return [(timer, found) for timer, found in db.session.execute(query.order_by(Timer.due_at, Timer.id).limit(limit))]


def behind() -> int:
    """How many cases have lines of history that are not in the numbers yet."""
    which = (Case.tallied < Case.told, Case.virtual_at.is_(None))
    return db.session.scalar(select(func.count()).select_from(Case).where(*which)) or 0


def _which(process_id: str, part: Part) -> Sequence[ColumnElement[bool]]:
    which: list[ColumnElement[bool]] = [Tally.process_id == process_id, Tally.month.between(part.first, part.last)]
    which += [Tally.role == part.role] if part.role else []
    which += [Tally.agency_key == part.agency_key] if part.agency_key else []
    which += [Tally.release_key == part.release_key] if part.release_key else []
    return which
