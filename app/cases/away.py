"""Who is away, and who then stands in: the rules of an absence, followed to somebody who is there and may do the task.

A stand-in who is away as well has rules of their own, which are followed in turn. Where that leads nowhere, or to
somebody who may not do the task, the team has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.cases import apart
from app.cases.apart import Bar
from app.law import wording
from app.store import absences, people
from app.store.rows.absences import Absence
from app.store.rows.cases import Case, Task
from app.store.rows.people import Person

HIGH = "high"  # the risk of a case, and the rule for it
TO = "to"


@dataclass(frozen=True)
class StandIn:
    """Who does a task instead; ``person`` None is the team, ``why`` says why not whom the rules name."""

    person: Person | None
    why: str = ""

    @property
    def name(self) -> str:
        """In a sentence: a name, or the team."""
        return self.person.name if self.person else "the team"


def says(absence: Absence) -> str:
    """Until when somebody is away: ``away until Friday 6 March``."""
    return f"away until {wording.day(absence.last_on)}" if absence.last_on else "away, nobody knows until when"


def is_on(absence: Absence, day: date) -> bool:
    """Whether somebody is away on a day."""
    ends = absence.last_on or date.max
    return absence.ended_at is None and absence.first_on <= day <= ends


def on(day: date) -> dict[int, Absence]:
    """Who is away on a day, by person."""
    return absences.on(day)


def rule(absence: Absence, role: str, risk: str) -> int | None:
    """The colleague whom an absence names for the tasks of a role; None for the team."""
    named = absence.rules.get(role) or {}
    return named.get(HIGH) if risk == HIGH and HIGH in named else named.get(TO)


def stand_in(task: Task, case: Case, absence: Absence, away: Mapping[int, Absence], bars: Mapping[int, Bar]) -> StandIn:
    """Who has a task of whoever is away. ``away``: everybody who is; ``bars``: whom the case keeps from the task."""
    giver, passed, here = people.load(absence.person_id), {absence.person_id}, absence
    while True:
        wanted = rule(here, task.role, case.risk)
        if wanted is None:
            return StandIn(None)
        if wanted in passed:
            return StandIn(None, "Those who stand in for one another are all away.")
        passed.add(wanted)
        if wanted not in away:
            break
        here = away[wanted]
    person = people.load(wanted)
    why = cannot(task, person, bars, giver)
    return StandIn(None, why) if why or person is None else StandIn(person)


def cannot(task: Task, person: Person | None, bars: Mapping[int, Bar], giver: Person | None = None) -> str:
    """Why somebody may not be given a task, in a sentence; "" where they may.

    ``giver``: whose task it is now. What somebody does for an agency stays in that agency.
    """
    if person is None or not person.is_active:
        return f"{person.name if person else 'That colleague'} cannot sign in any more."
    if person.id in bars:
        return bars[person.id].says(person.name)
    held = agencies(person, task.role)
    if not held:
        return f"{person.name} does not have the role ‘{task.role}’."
    own = agencies(giver, task.role) if giver else set()
    if (task.agency_key is not None and task.agency_key not in held) or (own and not own & held):
        return f"{person.name} works for another agency."
    return ""


def agencies(person: Person, role: str) -> set[str | None]:
    """For whom somebody has a role: the keys of agencies, None for all; empty where they do not have it."""
    return {grant.agency_key for grant in person.roles if grant.role == role}


def check_is_here(task: Task, case: Case, person: Person, today: date) -> str:
    """Why a task is not given to somebody who is away, and who stands in; "" where they are here."""
    away = on(today)
    absence = away.get(person.id)
    if absence is None:
        return ""
    found = stand_in(task, case, absence, away, apart.of_task(task, case))
    stands = f"{found.name} stands in: give it to them." if found.person else "Give the task back to the team instead."
    return f"{person.name} is {says(absence)}. {stands}"
