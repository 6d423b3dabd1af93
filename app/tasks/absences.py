"""Noting that somebody is away, and that they are back.

An absence has rules for the work of each role: a colleague or the team, and if wanted another for cases of high risk.
Nobody stands in who may not, and nobody for whom the one who is away stands in on the same days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app import errors
from app.cases import access, away
from app.cases.access import Who
from app.clock import Clock
from app.store import absences, people
from app.store.rows.absences import Absence
from app.store.rows.people import Person
from app.store.transactions import transaction
from app.tasks import passing

LONGEST_NOTE = 2000
Rule = dict[str, int | None]


@dataclass(frozen=True)
class Noted:
    """What somebody notes. ``rules`` by role: {"to": a colleague, "high": the same for cases of high risk}."""

    person_id: int
    first_on: date
    last_on: date | None
    rules: Mapping[str, Rule]
    note: str = ""


def person(person_id: int) -> Person:
    """Somebody, or ``NotFound``."""
    found = people.load(person_id)
    if found is None:
        raise errors.NotFound("We could not find that person.")
    return found


def roles(one: Person) -> list[str]:
    """The roles of somebody in which they have tasks, by name."""
    return sorted({grant.role for grant in one.roles} - access.WITHOUT_TASKS)


def colleagues(one: Person, role: str) -> list[Person]:
    """Who may stand in for somebody in a role, by name: whoever has it for the same agency."""
    own = away.agencies(one, role)
    return [other for other in people.with_role(role) if other.id != one.id and own & away.agencies(other, role)]


def note(noted: Noted, who: Who, *, clock: Clock) -> int:
    """Keep an absence, and give its id. Raises ``Refused`` with {field: message}, ``NotAllowed``, ``NotFound``."""
    passing.check_may(who, noted.person_id)
    one, today = person(noted.person_id), passing.today(clock)
    with transaction():
        people.lock(one.id)  # two who note it at once: the second is told of the first
        problems = _problems(one, noted, today)
        if problems:
            raise errors.Refused(problems)
        row = Absence(
            person_id=one.id,
            first_on=noted.first_on,
            last_on=noted.last_on,
            rules={role: dict(rule) for role, rule in noted.rules.items()},
            note=noted.note[:LONGEST_NOTE],
            noted_by=who.name,
            noted_at=clock(),
        )
        absences.add(row)
        return row.id


def end(absence_id: int, who: Who, *, clock: Clock) -> Absence:
    """Note that somebody is back, or that an absence was called off. Nothing is moved by it."""
    passing.check_may(who, absences.load(absence_id).person_id)
    with transaction():
        found = absences.load(absence_id)
        found.ended_at = found.ended_at or clock()
    return found


def _problems(one: Person, noted: Noted, today: date) -> dict[str, str]:
    if noted.last_on is not None and noted.last_on < noted.first_on:
        return {"last": "The last day must be the first day or a later one"}
    if noted.last_on is not None and noted.last_on < today:
        return {"last": "Enter a last day that is not over yet"}
    others = absences.between(noted.first_on, noted.last_on)
    own = next((absence for absence in others if absence.person_id == one.id), None)
    if own is not None:
        return {"first": f"{one.name} is noted as {away.says(own)} already. End that first, or choose other days"}
    found = {}
    for role, rule in noted.rules.items():
        for level, to in rule.items():
            if to is not None and (says := _wrong(one, role, to, noted, others)):
                found[f"{level}-{role}"] = says
    return found


def _wrong(one: Person, role: str, to: int, noted: Noted, others: Sequence[Absence]) -> str:
    if to not in {other.id for other in colleagues(one, role)}:
        return "Select the team or a colleague who has this role"
    way = _circle([one.id], to, role, (noted.first_on, noted.last_on or date.max), others)
    if not way:
        return ""
    named = people.names(way)
    return (
        f"{named[to]} is away on some of these days too, and that work would come back to {one.name}. "
        "Select somebody else, or the team"
    )


def _circle(passed: list[int], to: int, role: str, days: tuple[date, date], others: Sequence[Absence]) -> list[int]:
    """The people through whom work would come back to the first of ``passed`` on some day; none where it does not."""
    if to == passed[0]:
        return passed
    if to in passed:
        return []
    for absence in others:
        first, last = max(days[0], absence.first_on), min(days[1], absence.last_on or date.max)
        if absence.person_id != to or first > last:
            continue
        for wanted in {to for to in (absence.rules.get(role) or {}).values() if to is not None}:
            if found := _circle([*passed, to], wanted, role, (first, last), others):
                return found
    return []
