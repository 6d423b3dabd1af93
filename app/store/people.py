"""Finding people and agencies."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from app.store.db import db
from app.store.rows.people import Agency, Person, RoleGrant


class Called(NamedTuple):
    """Somebody by name, and the number at which they are called."""

    name: str
    phone: str


# built once, see ``timers``
_WITH_ROLE = (
    select(Person).join(RoleGrant).where(RoleGrant.role == bindparam("role"), Person.is_active).order_by(Person.name)
)
_OF_AGENCY = _WITH_ROLE.where(RoleGrant.agency_key == bindparam("agency"))
_FIRST = (
    select(Person.name, Person.phone)
    .join(RoleGrant)
    .where(RoleGrant.role == bindparam("role"), Person.is_active)
    .order_by(Person.name)
    .limit(1)
)
_AGENCIES = select(Agency).order_by(Agency.name)
_RELEVANT = _AGENCIES.where(Agency.is_relevant_body)


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
    query = _WITH_ROLE if agency_key is None else _OF_AGENCY
    return list(db.session.scalars(query, {"role": role, "agency": agency_key}).unique())


def first(role: str) -> Called | None:
    """How to reach the first, by name, who is active and has a role."""
    found = db.session.execute(_FIRST, {"role": role}).first()
    return Called(*found) if found else None


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
    return list(db.session.scalars(_RELEVANT if relevant_only else _AGENCIES))


def add(*rows: Person | Agency | RoleGrant) -> None:
    """Keep new rows."""
    db.session.add_all(rows)
    db.session.flush()
