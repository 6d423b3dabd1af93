"""Agencies and people coming into the partnership."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from werkzeug.security import generate_password_hash

from app.clock import Clock
from app.store import people
from app.store.rows.people import Agency, Person, RoleGrant
from app.store.transactions import transaction


@dataclass(frozen=True)
class Body:
    """An agency of the partnership."""

    key: str
    name: str
    email: str
    is_relevant: bool  # a relevant body in the sense of ASBCPA 2014 s.105


@dataclass(frozen=True)
class Member:
    """Somebody who will sign in."""

    name: str
    email: str
    phone: str
    roles: Sequence[str]
    agency: str | None = None


def enrol(bodies: Iterable[Body], members: Iterable[Member], password: str, *, clock: Clock) -> None:
    """Add agencies and people, all with one password, in one go."""
    hashed = generate_password_hash(password)
    with transaction():
        people.add(*(Agency(key=b.key, name=b.name, email=b.email, is_relevant_body=b.is_relevant) for b in bodies))
        for member in members:
            person = Person(
                name=member.name,
                email=member.email,
                phone=member.phone,
                password_hash=hashed,
                created_at=clock(),
                roles=[],
            )
            people.add(person)
            people.add(*(RoleGrant(person_id=person.id, role=r, agency_key=member.agency) for r in member.roles))
