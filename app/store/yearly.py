"""What is counted, published and kept long enough: read for the yearly work."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from app.store.db import db
from app.store.rows.cases import CLOSED, Case
from app.store.rows.yearly import Disposal, Publication


def one_opened_by(process_id: str, at: datetime) -> bool:
    """Whether a real case of a process was opened before an instant."""
    which = (Case.process_id == process_id, Case.opened_at < at, Case.virtual_at.is_(None))
    return db.session.scalar(select(Case.id).where(*which).limit(1)) is not None


def kept_long_enough(today: date, but: Iterable[str], limit: int, *, only: str = "") -> list[Case]:
    """Closed real cases that may be deleted: their time is over and nobody has a reason to keep them. Oldest first."""
    which = [Case.status == CLOSED, Case.virtual_at.is_(None), Case.retain_until < today]
    which += [or_(Case.kept_because == "", Case.kept_until < today), Case.process_id.not_in(list(but))]
    which += [Case.process_id == only] if only else []
    query = select(Case).where(*which).order_by(Case.retain_until, Case.reference).limit(limit)
    return list(db.session.scalars(query))


def case_if_there(case_id: UUID) -> Case | None:
    """A case as it is now, held until the transaction ends; None where it is deleted."""
    query = select(Case).where(Case.id == case_id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)


def id_of(reference: str) -> UUID | None:
    """The id of the case with a reference; None where it is deleted."""
    return db.session.scalar(select(Case.id).where(Case.reference == reference))


def publications() -> list[Publication]:
    """What was published, the newest period first."""
    return list(db.session.scalars(select(Publication).order_by(Publication.first_on.desc())))


def is_published(first_on: date) -> bool:
    """Whether the numbers of the period that begins on a day are published."""
    return db.session.get(Publication, first_on) is not None


def disposals() -> list[list[Any]]:
    """The steps of every review that was deleted."""
    return list(db.session.scalars(select(Disposal.steps).order_by(Disposal.id)))


def add(*rows: Publication | Disposal) -> None:
    """Keep new rows."""
    db.session.add_all(rows)
