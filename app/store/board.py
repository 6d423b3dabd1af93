"""Open real cases as managers look at them: the most urgent first, counted, or a column for each step or agency.

The number of statements does not depend on the number of cases, and no run is read. Where only some open tasks are
asked for (those of a step, or of whoever has them), a case stands by the limit of these, so that nobody is shown as
late for what others have to do. A case without a limit comes last.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, literal, or_, select

from app.store.db import db
from app.store.rows.cases import OPEN, Case, Task
from app.store.tasks import NO_LIMIT_LAST, TRAINING

IS_ON_BOARD = and_(Case.status == literal(OPEN, literal_execute=True), Case.virtual_at.is_(None))
SHOWN = (Case.id, Case.reference, Case.title, Case.risk, Case.last_word_at, Case.is_stopped)
LATE, CLOSE, FINE, STOPPED = "late", "close", "fine", "stopped"
STEP, AGENCY = "step", "agency"  # what columns stand for
# tasks are open in open cases only, and few cases are of these kinds: to name them is quicker than to read every case
STOPPED_ONES = select(Case.id).where(IS_ON_BOARD, Case.is_stopped)


@dataclass(frozen=True)
class Held:
    """Which open tasks are asked for; by default no one asks."""

    key: str = ""  # of this step
    agency_key: str = ""
    person_id: int | None = None
    role: str = ""
    but_role: str = ""  # of any role but this one
    is_agencys: bool | None = None
    is_taken: bool | None = None


@dataclass(frozen=True)
class Wanted:
    """Which cases are asked for."""

    process_id: str = ""
    risk: str | None = None  # "" where it is not known yet
    text: str = ""  # in the reference or the title
    held: Held = field(default_factory=Held)
    is_idle: bool = False  # nobody has anything to do in them
    after: datetime | None = None  # their limit ends later
    until: datetime | None = None  # and not later than this


@dataclass(frozen=True)
class Bounds:
    """Up to when a limit is late, close, and in which week it ends: of each week the instants around its limits."""

    now: datetime
    close_until: datetime
    weeks: Sequence[tuple[datetime, datetime | None]]


@dataclass(frozen=True)
class Counts:
    """How many cases; ``weeks`` as in ``Bounds``. A stopped case counts as late, close or fine as well."""

    total: int
    late: int
    close: int
    stopped: int
    weeks: tuple[int, ...]

    @property
    def fine(self) -> int:
        """Those that are neither late nor close to their limit."""
        return self.total - self.late - self.close

    def of(self, state: str) -> int:
        """How many of one state; of all, where none is named."""
        return int(getattr(self, state)) if state else self.total


def count(wanted: Wanted, bounds: Bounds) -> Counts:
    """How many cases there are, whatever their state."""
    cases = _standing(wanted).subquery()
    tests = [_in(state, cases, bounds) for state in (LATE, CLOSE, STOPPED)]
    tests += [_between(cases.c.due_at, *week) for week in bounds.weeks]
    numbers: list[Any] = [func.count(), *(func.count().filter(test) for test in tests)]
    total, late, close, stopped, *weeks = db.session.execute(select(*numbers).select_from(cases)).one()
    return Counts(total, late, close, stopped, tuple(weeks))


def listed(wanted: Wanted, state: str, bounds: Bounds, offset: int, limit: int) -> list[Any]:
    """Rows of ``SHOWN`` and ``due_at``: those that are stopped first, then by their limit, from ``offset``."""
    cases = _standing(wanted).subquery()
    query = select(cases.c.case_id, cases.c.due_at)
    if state:
        query = query.where(_in(state, cases, bounds))
    page = query.order_by(*_urgent_first(cases)).offset(offset).limit(limit).subquery()
    rows = select(*SHOWN, page.c.due_at).join_from(page, Case, Case.id == page.c.case_id)
    return list(db.session.execute(rows.order_by(Case.is_stopped.desc(), page.c.due_at.asc().nulls_last(), Case.id)))


def named(case_ids: Collection[UUID]) -> dict[UUID, Any]:
    """{case: its ``SHOWN``}."""
    return {row.id: row for row in db.session.execute(select(*SHOWN).where(Case.id.in_(case_ids)))}


def open_tasks(case_ids: Collection[UUID], held: Held | None = None) -> list[Any]:
    """What is open in these cases, the most urgent first; only what is asked for, where it is said."""
    shown = (Task.case_id, Task.key, Task.name, Task.role, Task.agency_key, Task.person_id)
    limit = (Task.start_at, Task.due_at, Task.due_on)
    which = [Task.case_id.in_(case_ids), *(_of(held) if held else ())]
    return list(db.session.execute(select(*shown, *limit).where(*which).order_by(*NO_LIMIT_LAST)))


def by_agency(now: datetime) -> list[tuple[str, int, int]]:
    """Each agency that is waited for as (key, cases, cases in which it is late)."""
    cases = _standing(Wanted(held=Held(is_agencys=True)), Task.agency_key).subquery()
    late = func.count().filter(cases.c.due_at <= now)
    query = select(cases.c.value, func.count(), late).group_by(cases.c.value).order_by(cases.c.value)
    return [(key, number, number_late) for key, number, number_late in db.session.execute(query)]


def columns(by: str, others: str, wanted: Wanted, state: str, bounds: Bounds, most: int) -> list[Any]:
    """The first ``most`` cases of each column as rows of value, number, late, case_id, due_at.

    A column is a step, or an agency; what is no agency's stands under "", of the role ``others`` under that role.
    """
    own = case((Task.role == others, others), else_="")
    cases = _standing(wanted, Task.key if by == STEP else func.coalesce(Task.agency_key, own)).subquery()
    whole, late = cases.c.value, func.count().filter(cases.c.due_at <= bounds.now)
    counted: Select[Any] = select(
        *cases.c,
        func.count().over(partition_by=whole).label("number"),
        late.over(partition_by=whole).label("late"),
        func.row_number().over(partition_by=whole, order_by=_urgent_first(cases)).label("place"),
    )
    if state:
        counted = counted.where(_in(state, cases, bounds))
    ranked = counted.subquery()
    query = select(ranked.c.value, ranked.c.number, ranked.c.late, ranked.c.case_id, ranked.c.due_at)
    return list(db.session.execute(query.where(ranked.c.place <= most).order_by(ranked.c.value, ranked.c.place)))


def _standing(wanted: Wanted, value: Any = None) -> Select[Any]:
    """The cases that are asked for, as case_id, is_stopped and the limit by which each stands.

    With ``value``, a column of tasks or made of one, each case stands once for every value that its tasks have.
    """
    if value is None and wanted.held == Held():
        shown: list[Any] = [Case.id.label("case_id"), Case.is_stopped, Case.due_at]
        return select(*shown).where(IS_ON_BOARD, *_that_are(wanted), _between(Case.due_at, wanted.after, wanted.until))
    groups = (Task.case_id,) if value is None else (value.label("value"), Task.case_id)
    due = func.min(Task.due_at)
    query: Select[Any] = select(*groups, Task.case_id.in_(STOPPED_ONES).label("is_stopped"), due.label("due_at"))
    query = query.where(*_of(wanted.held), Task.case_id.not_in(TRAINING))
    if asked := _that_are(wanted):
        query = query.where(Task.case_id.in_(select(Case.id).where(IS_ON_BOARD, *asked)))
    query = query.group_by(*((Task.case_id,) if value is None else (value, Task.case_id)))
    return query.having(_between(due, wanted.after, wanted.until)) if wanted.after or wanted.until else query


def _urgent_first(cases: Subquery) -> tuple[Any, ...]:
    return cases.c.is_stopped.desc(), cases.c.due_at.asc().nulls_last(), cases.c.case_id


def _that_are(wanted: Wanted) -> list[ColumnElement[bool]]:
    which: list[ColumnElement[bool]] = []
    if wanted.process_id:
        which.append(Case.process_id == wanted.process_id)
    if wanted.risk is not None:
        which.append(Case.risk == wanted.risk)
    if wanted.text:
        places = (Case.reference, Case.title)
        which.append(or_(*(place.icontains(wanted.text, autoescape=True) for place in places)))
    if wanted.is_idle:
        which += [Case.due_at.is_(None), ~exists().where(Task.case_id == Case.id)]  # without a task there is no limit
    return which


def _of(held: Held) -> list[ColumnElement[bool]]:
    tests: dict[str, Callable[[Any], ColumnElement[bool]]] = {
        "key": lambda key: Task.key == key,
        "agency_key": lambda key: Task.agency_key == key,
        "person_id": lambda person_id: Task.person_id == person_id,
        "role": lambda role: Task.role == role,
        "but_role": lambda role: Task.role != role,
        "is_agencys": lambda yes: Task.agency_key.is_not(None) if yes else Task.agency_key.is_(None),
        "is_taken": lambda yes: Task.person_id.is_not(None) if yes else Task.person_id.is_(None),
    }
    asked = [(one.name, getattr(held, one.name)) for one in fields(held)]
    return [tests[name](value) for name, value in asked if value not in ("", None)]


def _in(state: str, cases: Subquery, bounds: Bounds) -> ColumnElement[bool]:
    due = cases.c.due_at
    tests: dict[str, ColumnElement[bool]] = {
        LATE: due <= bounds.now,
        CLOSE: and_(due > bounds.now, due <= bounds.close_until),
        FINE: or_(due > bounds.close_until, due.is_(None)),
        STOPPED: cases.c.is_stopped,
    }
    return tests[state]


def _between(due: Any, after: datetime | None, until: datetime | None) -> ColumnElement[bool]:
    return and_(True, *([due > after] if after else ()), *([due <= until] if until else ()))
