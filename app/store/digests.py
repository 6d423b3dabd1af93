"""The weekly digest: who gets it, the numbers in it, and what is to be sent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, select
from sqlalchemy.dialects import postgresql, sqlite

from app.store.db import db
from app.store.rows.cases import CLOSED, Case, Incident, Task
from app.store.rows.out import WAITING, Digest, DigestChoice
from app.store.rows.people import Person, RoleGrant

REAL = Case.virtual_at.is_(None)


@dataclass(frozen=True)
class Counts:
    """How many real cases."""

    open: int
    late: int  # open, and a time limit of a task has passed
    close: int  # open, and the next limit of a task passes soon
    opened: int  # in the week
    closed: int  # in the week
    stopped: int


def counts(now: datetime, soon: datetime, since: datetime, before: datetime) -> Counts:
    """The cases as they stand at ``now``; those that come near by ``soon``; the week from ``since`` to ``before``."""
    is_open = Case.status != CLOSED
    limits = select(Task.case_id, func.min(Task.due_at).label("due_at")).group_by(Task.case_id).subquery()
    due_at = limits.c.due_at
    query = select(
        func.count(case((is_open, 1))),
        func.count(case((and_(is_open, due_at <= now), 1))),
        func.count(case((and_(is_open, due_at > now, due_at <= soon), 1))),
        func.count(case((and_(Case.opened_at >= since, Case.opened_at < before), 1))),
        func.count(case((and_(Case.closed_at >= since, Case.closed_at < before), 1))),
    )
    query = query.select_from(Case).outerjoin(limits, limits.c.case_id == Case.id).where(REAL)
    stopped = select(func.count(Incident.case_id.distinct())).join(Case, Case.id == Incident.case_id)
    number = db.session.scalar(stopped.where(REAL, Incident.resolved_at.is_(None))) or 0
    return Counts(*db.session.execute(query).one(), number)


def to_tell(week_on: date, by_default: str, may: Collection[str], since: datetime) -> list[tuple[int, str, str]]:
    """(id, name, address) of everybody who gets the digest of a week and has none yet, by id.

    Those with the role ``by_default`` get it unless they said no, those with a role of ``may`` if they said yes.
    Whoever came after ``since`` begins with the next one.
    """
    has = select(RoleGrant.id).where(RoleGrant.person_id == Person.id)
    wants = select(DigestChoice.is_wanted).where(DigestChoice.person_id == Person.id).scalar_subquery()
    has_one = select(Digest.id).where(Digest.person_id == Person.id, Digest.week_on == week_on).exists()
    query = select(Person.id, Person.name, Person.email).where(
        *(Person.is_active, Person.created_at < since, ~has_one, has.where(RoleGrant.role.in_(list(may))).exists()),
        func.coalesce(wants, has.where(RoleGrant.role == by_default).exists()),
    )
    return [(key, name, address) for key, name, address in db.session.execute(query.order_by(Person.id))]


def choice(person_id: int) -> bool | None:
    """What somebody has chosen; None where they have not."""
    return db.session.scalar(select(DigestChoice.is_wanted).where(DigestChoice.person_id == person_id))


def choose(person_id: int, is_wanted: bool) -> None:
    """Keep what somebody chooses."""
    row = {"person_id": person_id, "is_wanted": is_wanted}
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    said = insert(DigestChoice.__table__).values(row)
    db.session.execute(said.on_conflict_do_update(index_elements=["person_id"], set_={"is_wanted": is_wanted}))


def promise(rows: Sequence[dict[str, Any]]) -> None:
    """Keep digests to be sent. Of one person and week there is one: a second is left out."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    said = insert(Digest.__table__).on_conflict_do_nothing(index_elements=["person_id", "week_on"])
    if rows:
        db.session.execute(said, rows)


def next_due(now: datetime) -> Digest | None:
    """The next digest to send, held until the transaction ends."""
    query = select(Digest).where(Digest.state == WAITING, Digest.next_try_at <= now).order_by(Digest.next_try_at)
    query = query.limit(1).with_for_update(skip_locked=True).execution_options(populate_existing=True)
    return db.session.scalar(query)


def load(digest_id: UUID) -> Digest | None:
    """A digest, read anew."""
    return db.session.get(Digest, digest_id, populate_existing=True)


def latest(person_id: int) -> Digest | None:
    """The newest digest of somebody."""
    query = select(Digest).where(Digest.person_id == person_id).order_by(Digest.week_on.desc()).limit(1)
    return db.session.scalar(query)
