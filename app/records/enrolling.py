"""Agencies and people coming into the partnership."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from werkzeug.security import generate_password_hash

from app import errors
from app.cases import access, kinds, procedures
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
    """Add agencies and people, all with one password, or none of them.

    Raises ``Refused`` for a key or address that is taken, ``NotFound`` for an agency that is not there.
    """
    hashed = generate_password_hash(password)
    with transaction():
        for body in bodies:
            _check_new("key", any(agency.key == body.key for agency in people.agencies()), body.key)
            people.add(Agency(key=body.key, name=body.name, email=body.email, is_relevant_body=body.is_relevant))
        for member in members:
            _add(member, hashed, clock)


def leave(email: str) -> None:
    """End somebody's access at once. What they did stays on record. Raises ``NotFound`` for an unknown address."""
    with transaction():
        person = people.by_email(email)
        if person is None:
            raise errors.NotFound(f"Nobody has the address ‘{email}’.")
        person.is_active = False


def roles() -> list[str]:
    """Every role there is: the lanes of the live drawings, and the product's own."""
    _, procedure = procedures.live()
    lanes = {lane.name for drawing in procedure.drawings.values() for lane in drawing.lanes}
    askers = {access.APPLICANT, *(one.asker for one in kinds.every(procedure))}
    return sorted((lanes - askers) | access.WITHOUT_TASKS)


def _add(member: Member, hashed: str, clock: Clock) -> None:
    _check_new("email", people.by_email(member.email) is not None, member.email)
    if member.agency is not None and member.agency not in {agency.key for agency in people.agencies()}:
        raise errors.NotFound(f"There is no agency ‘{member.agency}’.")
    person = Person(
        name=member.name,
        email=member.email,
        phone=member.phone,
        password_hash=hashed,
        created_at=clock(),
        roles=[],
    )
    people.add(person)
    people.add(*(RoleGrant(person_id=person.id, role=role, agency_key=member.agency) for role in member.roles))


def _check_new(field: str, is_there: bool, value: str) -> None:
    if is_there:
        raise errors.Refused({field: f"‘{value}’ is taken already."})
