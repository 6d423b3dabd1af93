"""What only a bench asks of the rows: a case many times over, what became of a crowd of timers, the work of a query."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count, islice
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select, text

from app.store import timers
from app.store.db import db
from app.store.rows.cases import BEGINNING, FIRED, Case, Snapshot, Task, Timer
from app.store.rows.history import Event

AT_ONCE = 1_000  # copies in one statement
Ids = Mapping[UUID, UUID]  # for each id in the first case the one in the copy
Row = dict[str, Any]


def multiply(case_id: UUID, copies: Iterator[tuple[bytes, Ids]]) -> None:
    """Add a case like this one for each snapshot: its row, its open tasks and its timers, and no history so far.

    A timer that has fired stands in no run any more: its copies have new ids.

    Call it in the transaction in which the case is kept.
    """
    one = _rows(Case, Case.id == case_id)[0] | {"told": 0, "head": BEGINNING}
    below = {table: _rows(table, table.case_id == case_id) for table in (Task, Timer)}
    numbers = count(1)
    while some := [(uuid4(), *copy) for copy in islice(copies, AT_ONCE)]:
        references = [f"{one['reference']}-{next(numbers)}" for _ in some]
        _add(Case, [one | {"id": new, "reference": ref} for (new, _, _), ref in zip(some, references, strict=True)])
        _add(Snapshot, [{"case_id": new, "content": kept} for new, kept, _ in some])
        for table, rows in below.items():
            _add(table, [_copied(row, new, ids) for new, _, ids in some for row in rows])


def _copied(row: Row, case_id: UUID, ids: Ids) -> Row:
    return row | {"id": ids.get(row["id"]) or uuid4(), "case_id": case_id}


def _rows(table: Any, which: Any) -> list[Row]:
    return [dict(row) for row in db.session.execute(select(table.__table__).where(which)).mappings()]


def _add(table: Any, rows: list[Row]) -> None:
    if rows:
        db.session.execute(table.__table__.insert(), rows)


def take_stock() -> None:
    """Let the database tidy and count its rows, as PostgreSQL does by itself in time, so that it plans for them."""
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("vacuum analyze"))


def fired(since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """(due, fired) of each timer that was due in this time, both included, in the order in which they fired."""
    query = select(Timer.due_at, Timer.ended_at).where(Timer.state == FIRED, Timer.due_at.between(since, until))
    return [(due_at, ended_at) for due_at, ended_at in db.session.execute(query.order_by(Timer.ended_at))]


def firings(since: datetime, until: datetime) -> Counter[int]:
    """How many timers that were due in this time have fired how often, by the histories and revisions of their cases.

    For cases with one timer each, none of which anybody else has moved. A case whose revision is not the number of
    firings in its history counts as -1.
    """
    told = select(Event.case_id, func.count().label("times")).where(Event.kind == "timer_fired")
    by_case = told.group_by(Event.case_id).subquery()
    query = (
        select(func.coalesce(by_case.c.times, 0), Case.revision)
        .select_from(Timer)
        .join(Case, Case.id == Timer.case_id)
        .outerjoin(by_case, by_case.c.case_id == Timer.case_id)
        .where(Timer.due_at.between(since, until))
    )
    return Counter(times if times == revision else -1 for times, revision in db.session.execute(query))


@dataclass(frozen=True)
class Work:
    """What a query cost PostgreSQL: counted, not timed."""

    rows: int  # that the steps of its plan touched, all together
    buffers: int  # pages of 8 kB that it touched
    indexes: frozenset[str]  # that it used


def work_of_due(now: datetime, limit: int = 1) -> Work:
    """What PostgreSQL does for ``timers.due``: its very statement is carried out and explained.

    End the transaction afterwards: as in a worker, what was found is held.
    """
    statement = timers.DUE.compile(db.engine)
    explained = f"explain (analyze, buffers, format json) {statement.string}"
    given = statement.construct_params({"now": now, "limit": limit})
    plan = db.session.connection().exec_driver_sql(explained, given).scalar_one()[0]["Plan"]
    steps = list(_steps(plan))
    return Work(
        rows=sum(_touched(step) for step in steps),
        buffers=plan["Shared Hit Blocks"] + plan["Shared Read Blocks"],
        indexes=frozenset(step["Index Name"] for step in steps if "Index Name" in step),
    )


def _steps(plan: Row) -> Iterator[Row]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _steps(below)


def _touched(step: Row) -> int:
    removed = sum(step.get(f"Rows Removed by {why}", 0) for why in ("Filter", "Join Filter", "Index Recheck"))
    return int((step["Actual Rows"] + removed) * step["Actual Loops"])
