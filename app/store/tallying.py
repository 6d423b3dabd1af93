"""Keeping the numbers in step with the histories: what is new in which cases, and adding it once.

A case is claimed by the number of lines that were counted before: of two workers that counted the same lines, the
second finds the number changed and keeps nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.store.db import db
from app.store.rows.cases import Case, Timer
from app.store.rows.history import Event
from app.store.rows.numbers import LIMIT, TASK, Stint, Tally

CASE, STINT, TABLE = Case.__table__, Stint.__table__, Tally.__table__
COLUMNS = [column.name for column in TABLE.primary_key]
TURNS = ("counts_from", "due_at", "ended_at", "ended", "person_id", "hours", "share", "is_late")  # of a stint


def untallied(limit: int) -> list[Case]:
    """Real cases with lines of history that are not in the numbers."""
    query = select(Case).where(Case.tallied < Case.told, Case.virtual_at.is_(None)).order_by(Case.id).limit(limit)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def new_lines(case_ids: Collection[UUID]) -> list[Event]:
    """The lines of these cases that are not in the numbers, each case's in order."""
    query = select(Event).join(Case, Case.id == Event.case_id)
    query = query.where(Event.case_id.in_(case_ids), Event.number > Case.tallied)
    return list(db.session.scalars(query.order_by(Event.case_id, Event.number)))


def open_stints(case_ids: Collection[UUID]) -> list[Stint]:
    """The tasks of these cases that had not ended when they were last counted. What is done to them is not kept."""
    which = (Stint.case_id.in_(case_ids), Stint.kind == TASK, Stint.ended_at.is_(None))
    found = list(db.session.scalars(select(Stint).where(*which).execution_options(populate_existing=True)))
    for stint in found:
        db.session.expunge(stint)
    return found


def counted_limits(case_ids: Collection[UUID]) -> frozenset[UUID]:
    """The timers whose limits are counted."""
    return frozenset(db.session.scalars(select(Stint.id).where(Stint.case_id.in_(case_ids), Stint.kind == LIMIT)))


def timers(case_ids: Collection[UUID]) -> list[Timer]:
    """Every timer on a step of these cases."""
    return list(db.session.scalars(select(Timer).where(Timer.case_id.in_(case_ids), Timer.task_key != "")))


def claim(case_id: UUID, tallied: int, told: int) -> bool:
    """Note that a case is counted up to a line; False where another worker has counted it meanwhile."""
    mine = update(CASE).where(CASE.c.id == case_id, CASE.c.tallied == tallied).values(tallied=told)
    return bool(db.session.execute(mine).rowcount)


def keep(stints: Iterable[Stint]) -> None:
    """Keep stints, new ones and those that were open."""
    rows = [{column.name: getattr(stint, column.name) for column in STINT.columns} for stint in stints]
    if rows:
        adding = _insert(STINT)
        more = {name: adding.excluded[name] for name in TURNS}
        db.session.execute(adding.on_conflict_do_update(index_elements=["id", "timer_key"], set_=more), rows)


def add(rows: Sequence[Mapping[str, Any]]) -> None:
    """Add to the sums; each row has the columns of ``Tally``. In one order: two workers never lock crosswise."""
    if rows:
        adding = _insert(TABLE)
        more = {name: TABLE.c[name] + adding.excluded[name] for name in ("number", "late", "hours")}
        ordered = sorted(rows, key=lambda row: tuple(str(row[name]) for name in COLUMNS))
        db.session.execute(adding.on_conflict_do_update(index_elements=COLUMNS, set_=more), ordered)


def forget() -> None:
    """Forget every number, so that all of them are made anew from the histories that are there."""
    db.session.execute(delete(Tally))
    db.session.execute(delete(Stint))
    db.session.execute(update(CASE).values(tallied=0))


def _insert(table: Any) -> Any:
    return (postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert)(table)
