"""Signs of life of the workers."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from app.store.db import db
from app.store.rows.working import WorkerBeat


def beat(worker: str, started_at: datetime, at: datetime) -> None:
    """Note that a worker is alive at ``at``."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    row = {"worker": worker, "started_at": started_at, "beat_at": at}
    said = insert(WorkerBeat.__table__).values(row)
    db.session.execute(said.on_conflict_do_update(index_elements=["worker"], set_={**row}))


def forget(before: datetime) -> None:
    """Forget workers that have given no sign since ``before``, all but the last of them."""
    last = select(WorkerBeat.worker).order_by(WorkerBeat.beat_at.desc()).limit(1).scalar_subquery()
    table = WorkerBeat.__table__
    db.session.execute(delete(table).where(table.c.beat_at < before, table.c.worker != last))


def newest(number: int) -> list[WorkerBeat]:
    """The last signs, one for each worker, the newest first."""
    query = select(WorkerBeat).order_by(WorkerBeat.beat_at.desc(), WorkerBeat.worker).limit(number)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))
