"""Finding, locking and keeping cases."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app import errors
from app.store.db import db
from app.store.rows.cases import CLOSED, Case, Incident, ReferenceNumber, Snapshot

REVIEW = "CT"  # what the reference of a review begins with
_RUNS = Snapshot.__table__
_KEEP = update(_RUNS).where(_RUNS.c.case_id == bindparam("of")).values(content=bindparam("content"))
_WITH_RUN = (  # built once, see ``timers``
    select(Case, Snapshot.content)
    .join(Snapshot, Snapshot.case_id == Case.id)
    .where(Case.id == bindparam("case_id"))
    .with_for_update()  # both rows: who had to wait for the case would get the run as it was before (PostgreSQL 13.2.1)
    .execution_options(populate_existing=True)
)


def add(case: Case, snapshot: bytes) -> None:
    """Keep a new case with its run."""
    db.session.add(case)
    db.session.flush()
    db.session.add(Snapshot(case_id=case.id, content=snapshot))


def load(case_id: UUID) -> Case:
    """The case, or ``NotFound``."""
    case = db.session.get(Case, case_id)
    if case is None:
        raise errors.NotFound("We could not find that case.")
    return case


def by_reference(reference: str) -> Case:
    """The case with this reference, or ``NotFound``."""
    case = db.session.scalar(select(Case).where(Case.reference == reference.strip().upper()))
    if case is None:
        raise errors.NotFound("We could not find a case with that reference.")
    return case


def lock(case_id: UUID) -> Case:
    """The case as it is now, held until the transaction ends, so that nobody else can move it meanwhile."""
    query = select(Case).where(Case.id == case_id).with_for_update().execution_options(populate_existing=True)
    case = db.session.scalar(query)
    if case is None:
        raise errors.NotFound("We could not find that case.")
    return case


def lock_with_run(case_id: UUID) -> tuple[Case, bytes]:
    """The case, locked as by ``lock``, and its run at rest."""
    row = db.session.execute(_WITH_RUN, {"case_id": case_id}).one_or_none()
    if row is None:
        raise errors.NotFound("We could not find that case.")
    return row[0], row[1]


def snapshot(case_id: UUID) -> bytes:
    """The run of the case at rest."""
    return db.session.scalars(select(Snapshot.content).where(Snapshot.case_id == case_id)).one()


def keep(case: Case, snapshot: bytes) -> None:
    """Keep the run of a case that is held, as its next revision.

    Where somebody has moved the case in spite of the lock, ending the transaction raises ``CaseMovedOn``.
    """
    db.session.execute(_KEEP, {"of": case.id, "content": snapshot})
    case.revision += 1  # last: before each statement the session writes what has changed, and more changes follow


def open_cases() -> list[UUID]:
    """The cases that are not closed, in the order of their references; no training cases."""
    which = (Case.status != CLOSED, Case.virtual_at.is_(None))
    return list(db.session.scalars(select(Case.id).where(*which).order_by(Case.reference)))


def open_elsewhere(release_key: str) -> list[tuple[UUID, str]]:
    """The open cases that do not follow a release, as ``open_cases`` gives them, each with its reference."""
    which = (Case.status != CLOSED, Case.virtual_at.is_(None), Case.release_key != release_key)
    found = db.session.execute(select(Case.id, Case.reference).where(*which).order_by(Case.reference))
    return [(case_id, reference) for case_id, reference in found]


def closed_since(at: datetime) -> list[Case]:
    """The cases that were closed since then, in the order of their references; no training cases."""
    which = (Case.status == CLOSED, Case.closed_at >= at, Case.virtual_at.is_(None))
    return list(db.session.scalars(select(Case).where(*which).order_by(Case.reference)))


def with_runs(case_ids: Sequence[UUID]) -> list[tuple[Case, bytes]]:
    """These cases with their runs at rest, as they are now, in the order of their references. Nothing is held."""
    query = select(Case, Snapshot.content).join(Snapshot, Snapshot.case_id == Case.id).where(Case.id.in_(case_ids))
    query = query.order_by(Case.reference).execution_options(populate_existing=True)
    return [(case, kept) for case, kept in db.session.execute(query)]


def followed() -> list[tuple[str, str | None, int]]:
    """How many open cases follow a release and the agreed times of another: (release, other release, number)."""
    which = (Case.release_key, Case.timescales_key)
    real = (Case.status != CLOSED, Case.virtual_at.is_(None))
    query = select(*which, func.count()).where(*real).group_by(*which).order_by(*which)
    return [(release, times, number) for release, times, number in db.session.execute(query)]


def lock_references(year: int) -> None:
    """Hold the numbers of the year until the transaction ends, so that cases are opened one after the other."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    first = insert(ReferenceNumber).values(year=year, last=0)
    db.session.execute(first.on_conflict_do_nothing())  # two may open the first case of a year at once
    db.session.execute(select(ReferenceNumber.year).where(ReferenceNumber.year == year).with_for_update())


def next_reference(year: int, *, training: bool = False, prefix: str = REVIEW) -> str:
    """The next reference of the year: CT-2026-0001 and on. Call ``lock_references`` in the same transaction before.

    Training cases have their own: TRAINING-2026-0001 and on. What is no review has another ``prefix``, and is numbered
    in one row whatever it is, so that the references of reviews have no gaps.
    """
    own = ReferenceNumber.last if prefix == REVIEW else ReferenceNumber.others
    column = ReferenceNumber.training if training else own
    counted = update(ReferenceNumber).where(ReferenceNumber.year == year).values({column: column + 1})
    last = db.session.scalars(counted.returning(column)).one()
    return f"{'TRAINING' if training else prefix}-{year}-{last:04d}"


def with_key(process_id: str, key: str) -> list[Case]:
    """The cases of a process that are about this key, newest first."""
    which = (Case.process_id == process_id, Case.correlation_key == key, Case.virtual_at.is_(None))
    return list(db.session.scalars(select(Case).where(*which).order_by(Case.opened_at.desc(), Case.id)))


def listed(
    text: str,
    status: str,
    offset: int,
    limit: int,
    *,
    training: bool = False,
    process_id: str = "",
) -> tuple[list[Case], int]:
    """Cases whose reference or title has ``text``, newest first, from ``offset``; and how many there are in all.

    Only real cases, or only those for training; of one process where it is named.
    """
    which: list[ColumnElement[bool]] = [Case.virtual_at.is_not(None) if training else Case.virtual_at.is_(None)]
    if status:
        which.append(Case.status == status)
    if process_id:
        which.append(Case.process_id == process_id)
    if text:
        which.append(or_(Case.reference.icontains(text, autoescape=True), Case.title.icontains(text, autoescape=True)))
    found = select(Case).where(*which).order_by(Case.opened_at.desc(), Case.id).offset(offset).limit(limit)
    total = db.session.scalar(select(func.count()).select_from(Case).where(*which))
    return list(db.session.scalars(found)), total or 0


def lease(case: Case, now: datetime, length: timedelta, most_attempts: int) -> int:
    """Count one more attempt of the worker with a case that is held, and keep other workers away for ``length``.

    Gives the number of attempts; each makes the lease longer, up to ``most_attempts``.
    """
    case.attempts += 1
    case.leased_until = now + length * min(case.attempts, most_attempts)
    return case.attempts


def uncount(case_id: UUID, leased_until: datetime) -> None:
    """Take back the attempt of the lease that ends at ``leased_until``, if it still stands. The lease itself stays."""
    stands = (Case.id == case_id, Case.leased_until == leased_until, Case.attempts > 0)
    db.session.execute(update(Case.__table__).where(*stands).values(attempts=Case.attempts - 1))


def release(case: Case) -> None:
    """Note that the worker has succeeded with the case."""
    case.attempts, case.leased_until = 0, None


def stop(case: Case, element: str, says: str, at: datetime) -> Incident:
    """Stop the case with an incident, for a person to look at. One open incident is enough for a case."""
    standing = db.session.scalar(select(Incident).where(Incident.case_id == case.id, Incident.resolved_at.is_(None)))
    if standing is not None:
        return standing
    incident = Incident(case_id=case.id, element=element, says=says, opened_at=at, resolved_by="")
    case.is_stopped, case.attempts, case.leased_until = True, 0, None
    db.session.add(incident)
    return incident


def incidents(*, case_id: UUID | None = None) -> list[tuple[Incident, Case]]:
    """Open incidents with their cases, oldest first; those of training cases only where one is named."""
    query = select(Incident, Case).join(Case, Case.id == Incident.case_id).where(Incident.resolved_at.is_(None))
    query = query.where(Incident.case_id == case_id if case_id else Case.virtual_at.is_(None))
    return [(incident, case) for incident, case in db.session.execute(query.order_by(Incident.opened_at))]


def incident(incident_id: int) -> Incident:
    """An incident, read anew, or ``NotFound``."""
    found = db.session.get(Incident, incident_id, populate_existing=True)
    if found is None:
        raise errors.NotFound
    return found
