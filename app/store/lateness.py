"""How long after its due instant each timer fired: counted as it fires, and read for a stretch of time.

Unit: seconds. The count since the beginning is kept as numbers, so that nobody has to read the whole history.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Float, case, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.store.db import db
from app.store.rows.cases import FIRED, Case, Timer
from app.store.rows.working import FiredLate

BOUNDS = (1, 2, 5, 10, 30, 60, 300, 3600)  # seconds; what is later than the last is in a count of its own
SLOTS = 16


@dataclass(frozen=True)
class Spread:
    """Lateness of the timers that fired in some stretch of time."""

    fired: int
    seconds: float  # of all of them together
    by_bound: tuple[int, ...]  # how many in each step of ``BOUNDS`` and not in one before; the last: later than all
    half_within: float | None = None  # p50: as late or less were half of them; None where none fired
    most_within: float | None = None  # p99
    longest: float | None = None


def count(timer_id: UUID, due_at: datetime, at: datetime) -> None:
    """Count a timer that fires at ``at``; in the transaction in which it fires."""
    late = (at - due_at).total_seconds()
    row = {"slot": timer_id.int % SLOTS, "up_to": _up_to(late), "fired": 1, "seconds": late}
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    found = {"fired": FiredLate.fired + 1, "seconds": FiredLate.seconds + late}
    db.session.execute(
        insert(FiredLate.__table__).values(row).on_conflict_do_update(index_elements=["slot", "up_to"], set_=found)
    )


def _up_to(late: float) -> int:
    place = bisect_left(BOUNDS, late)
    return BOUNDS[place] if place < len(BOUNDS) else 0


def ever() -> Spread:
    """Every timer that has fired since this is counted. The percentiles are left out."""
    totals = func.sum(FiredLate.fired), func.sum(FiredLate.seconds)
    rows = db.session.execute(select(FiredLate.up_to, *totals).group_by(FiredLate.up_to)).all()
    numbers = {up_to: int(fired) for up_to, fired, _ in rows}
    by_bound = tuple(numbers.get(bound, 0) for bound in (*BOUNDS, 0))
    return Spread(sum(by_bound), float(sum(seconds for *_, seconds in rows)), by_bound)


def since(at: datetime) -> Spread:
    """The timers of real cases that fired after ``at``."""
    late = seconds_between(Timer.due_at, Timer.ended_at)
    which = (Timer.state == literal(FIRED, literal_execute=True), Timer.ended_at > at)  # as the index has it
    place, number = func.row_number().over(order_by=late), func.count().over()
    columns = late.label("late"), place.label("place"), number.label("number")
    real = select(*columns).join_from(Timer, Case, Case.id == Timer.case_id).where(*which, Case.virtual_at.is_(None))
    rows = real.subquery()
    column = rows.c
    within = [func.count(case((column.late <= bound, 1))) for bound in BOUNDS]
    shares = [func.max(case((column.place * 100 <= column.number * share + 99, column.late))) for share in (50, 99)]
    asked = select(func.count(), func.sum(column.late), func.max(column.late), *shares, *within).select_from(rows)
    fired, seconds, longest, half, most, *cumulative = db.session.execute(asked).one()
    return Spread(fired, seconds or 0.0, _steps([*cumulative, fired]), half, most, longest)


def _steps(cumulative: Sequence[int]) -> tuple[int, ...]:
    return tuple(after - before for before, after in zip([0, *cumulative], cumulative, strict=False))


class seconds_between(FunctionElement[float]):  # noqa: N801  named as it is written in a query
    """From one instant to another, in seconds."""

    type = Float()
    inherit_cache = True


@compiles(seconds_between, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **how: Any) -> str:
    first, last = (compiler.process(clause, **how) for clause in element.clauses)
    return f"cast(extract(epoch from ({last} - {first})) as double precision)"


@compiles(seconds_between, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    first, last = (compiler.process(clause, **how) for clause in element.clauses)
    return f"round((julianday({last}) - julianday({first})) * 86400.0, 3)"
