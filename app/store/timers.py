"""Timers: what is due, and what became of each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, bindparam, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from app.store import lateness
from app.store.columns import Instant
from app.store.db import db
from app.store.rows.cases import CLOSED, FIRED, MOVED, WAITING, Case, Timer

TABLE = Timer.__table__  # written to as a table, see ``tasks``


# Statements are built once: SQLAlchemy takes longer to build one of these than PostgreSQL to answer it.
_NOW = bindparam("now", type_=Instant)
DUE = (
    select(Timer, Case)
    .join(Case, Case.id == Timer.case_id)
    .where(Timer.state == WAITING, Timer.due_at <= _NOW)
    .where(Case.virtual_at.is_(None))  # the clock of a training case is moved by hand
    .where(Case.status != CLOSED)  # not “is open”: by its index SQLite would look through every open case
    .where(Case.is_stopped.is_(False), or_(Case.leased_until.is_(None), Case.leased_until <= _NOW))
    .order_by(Timer.due_at)  # and by nothing else: all that is due at one instant would be read to be sorted
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(skip_locked=True)  # both rows: a timer that another worker has just fired is seen to have fired
    .execution_options(populate_existing=True)
)
_earlier = aliased(Timer)
_NEXT = select(Timer.id).where(
    *(Timer.id == bindparam("id"), Timer.key == bindparam("key"), Timer.state == WAITING, Timer.due_at <= _NOW),
    ~exists().where(
        *(_earlier.case_id == Timer.case_id, _earlier.state == WAITING, _earlier.due_at < Timer.due_at),
    ),
)

_END = (
    update(TABLE)
    .where(TABLE.c.id == bindparam("of"), TABLE.c.key == bindparam("named"), TABLE.c.due_at == bindparam("due"))
    .values(state=bindparam("is"), ended_at=bindparam("at"))
)


def due(now: datetime, limit: int) -> list[tuple[Timer, Case]]:
    """Up to ``limit`` timers that are due, longest overdue first, each with its case; held until the transaction ends.

    Left out are cases that are stopped or leased, and on PostgreSQL those that somebody else holds at this moment.
    """
    return [(timer, case) for timer, case in db.session.execute(DUE, {"now": now, "limit": limit})]


# the first of the index whose case is real: a minimum of the two tables joined would read them whole
_FIRST = (
    select(Timer.due_at)
    .join(Case, Case.id == Timer.case_id)
    .where(Timer.state == WAITING, Case.virtual_at.is_(None))
    .order_by(Timer.due_at)
    .limit(1)
)
_COMING = _FIRST.where(Timer.due_at > _NOW)


def next_due() -> datetime | None:
    """When the next waiting timer is due, or was. Training cases are left out."""
    return db.session.scalar(_FIRST)


def coming(now: datetime) -> datetime | None:
    """When the next timer will be due that is not due yet. Training cases are left out."""
    return db.session.scalar(_COMING, {"now": now})


def waiting(case_id: UUID) -> list[Timer]:
    """The waiting timers of a case, the earliest first."""
    query = select(Timer).where(Timer.case_id == case_id, Timer.state == WAITING).order_by(Timer.due_at)
    return list(db.session.scalars(query))


def running(without: str) -> list[tuple[str, str, str, str, int]]:
    """How many open cases have a timer waiting: [(process, key, milestone, rule, cases)], and for each milestone
    [("", "", milestone, rule, cases)], as one case may have several of it.

    Training cases are left out, and timers whose keys end in ``without``.
    """
    counted = func.count(Timer.case_id.distinct())
    there = (Timer.state == WAITING, Case.status != CLOSED, Case.virtual_at.is_(None))
    found: list[tuple[str, str, str, str, int]] = []
    for columns in ((Timer.process, Timer.key, Timer.milestone, Timer.rule), (Timer.milestone, Timer.rule)):
        query = select(*columns, counted).join(Case, Case.id == Timer.case_id).where(*there)
        query = query.where(~Timer.key.endswith(without, autoescape=True)).group_by(*columns)
        found += [(*("",) * (4 - len(columns)), *row) for row in db.session.execute(query)]
    return found


def of_case(case_id: UUID) -> list[Timer]:
    """Every timer a case has had, in order of their due instants."""
    return list(db.session.scalars(select(Timer).where(Timer.case_id == case_id).order_by(Timer.due_at, Timer.key)))


def is_due(timer_id: UUID, key: str, now: datetime) -> bool:
    """Whether this timer is the next of its case to fire, read anew.

    A cycle's next round, which is not due yet, has the same id and key. Nothing of a case fires before what was due
    before it, however many workers there are.
    """
    return db.session.scalar(_NEXT, {"id": timer_id, "key": key, "now": now}) is not None


Name = tuple[UUID, str, datetime]  # what tells a timer from all others: id, key, due instant


def describe(name: Name, columns: Mapping[str, Any]) -> None:
    """Keep what its drawing says of a waiting timer now; the columns but for those of ``Name``."""
    which = (TABLE.c.id == name[0], TABLE.c.key == name[1], TABLE.c.due_at == name[2], TABLE.c.state == WAITING)
    db.session.execute(update(TABLE).where(*which).values(**columns))


def end(ended: Sequence[tuple[Name, str, datetime]], *, is_counted: bool = True) -> None:
    """Note what became of timers, each with its state and when; and how late those were that fired, if counted."""
    if ended:
        db.session.execute(
            _END,
            [
                {"of": timer_id, "named": key, "due": due_at, "is": state, "at": at}
                for (timer_id, key, due_at), state, at in ended
            ],
        )
    for (timer_id, _, due_at), state, at in ended:
        if state == FIRED and is_counted:
            lateness.count(timer_id, due_at, at)


def drop(names: Sequence[Name]) -> None:
    """Take away what is noted of timers at these instants, where they were before and moved from."""
    for timer_id, key, due_at in names:
        one = (TABLE.c.id == timer_id, TABLE.c.key == key, TABLE.c.due_at == due_at, TABLE.c.state == MOVED)
        db.session.execute(delete(TABLE).where(*one))


def add(rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep new timers; each row has the columns of ``Timer``."""
    if rows:
        db.session.execute(insert(TABLE), rows)
