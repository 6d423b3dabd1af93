"""Finding people and agencies."""

from collections.abc import Iterable

from sqlalchemy import func, select

from app.store.db import db
from app.store.rows.people import Agency, Person, RoleGrant


def load(person_id: int) -> Person | None:
    """The person with this id, if there is one."""
    return db.session.get(Person, person_id)


def lock(person_id: int) -> None:
    """Hold a person until the transaction ends."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def by_email(email: str) -> Person | None:
    """The person with this e-mail address, in any case of letters."""
    return db.session.scalar(select(Person).where(func.lower(Person.email) == email.strip().lower()))


def with_role(role: str, agency_key: str | None = None) -> list[Person]:
    """Everybody active who has a role, by name; of one agency where it is named."""
    query = select(Person).join(RoleGrant).where(RoleGrant.role == role, Person.is_active).order_by(Person.name)
    if agency_key is not None:
        query = query.where(RoleGrant.agency_key == agency_key)
    return list(db.session.scalars(query).unique())


def everybody() -> list[Person]:
    """Everybody who can sign in, by name."""
    return list(db.session.scalars(select(Person).where(Person.is_active).order_by(Person.name)))


def all_there_were() -> list[Person]:
    """Everybody, also who cannot sign in any more: their work is still there."""
    return list(db.session.scalars(select(Person).order_by(Person.name)))


def names(ids: Iterable[int]) -> dict[int, str]:
    """Names by id, in one query."""
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(set(ids))))
    return {person_id: name for person_id, name in rows}


def agencies(*, relevant_only: bool = False) -> list[Agency]:
    """All agencies by name, or only the relevant bodies."""
    query = select(Agency).order_by(Agency.name)
    return list(db.session.scalars(query.where(Agency.is_relevant_body) if relevant_only else query))


def add(*rows: Person | Agency | RoleGrant) -> None:
    """Keep new rows."""
    db.session.add_all(rows)
    db.session.flush()
