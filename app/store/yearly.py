"""What is counted, published and kept long enough: read for the yearly work."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from app.store.db import db
from app.store.rows.cases import CLOSED, FIRED, STOOD_DOWN, Case, Timer
from app.store.rows.history import Event
from app.store.rows.yearly import Disposal, Publication

COUNTED = ("case_opened", "task_completed", "effect_asked", "case_closed")


def events(process_id: str) -> Iterator[Event]:
    """What the counting needs of the history of every real case of a process, case by case, oldest first."""
    query = select(Event).join(Case, Case.id == Event.case_id).where(Event.kind.in_(COUNTED))
    query = query.where(Case.process_id == process_id, Case.virtual_at.is_(None))
    return iter(db.session.scalars(query.order_by(Event.case_id, Event.number)))


def one_opened_by(process_id: str, at: datetime) -> bool:
    """Whether a real case of a process was opened before an instant."""
    which = (Case.process_id == process_id, Case.opened_at < at, Case.virtual_at.is_(None))
    return db.session.scalar(select(Case.id).where(*which).limit(1)) is not None


def limits(process_id: str, since: datetime, before: datetime, *, but: str) -> dict[str, tuple[int, int]]:
    """{milestone: (kept, missed)} of the time limits of real cases that ended in a time.

    Timers whose key ends with ``but`` are left out.
    """
    which = (Timer.milestone != "", Timer.key.not_like(f"%{but}"), Timer.state.in_((FIRED, STOOD_DOWN)))
    query = select(Timer.milestone, Timer.state, func.count()).join(Case, Case.id == Timer.case_id)
    query = query.where(*which, Timer.ended_at >= since, Timer.ended_at < before)
    query = query.where(Case.process_id == process_id, Case.virtual_at.is_(None))
    found: dict[str, tuple[int, int]] = {}
    for milestone, state, number in db.session.execute(query.group_by(Timer.milestone, Timer.state)):
        kept, missed = found.get(milestone, (0, 0))
        found[milestone] = (kept + number, missed) if state == STOOD_DOWN else (kept, missed + number)
    return found


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
