"""The page for whoever takes over: each case with its step, by when, last word to the victim, risk, note.

Whoever answers for everybody sees all of it, a stand-in what went to them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app import errors
from app.cases import away
from app.cases.access import Who
from app.clock import Clock
from app.law import calendar, wording
from app.store import absences, drafts, people, workload
from app.store.rows.absences import Absence
from app.store.rows.cases import Case, Task
from app.store.rows.people import Person
from app.store.workload import Held

LONGEST = 500  # tasks on paper


@dataclass(frozen=True)
class Row:
    """One open task. ``went_to`` is who has it now, "" for the person themselves."""

    task: Task
    case: Case
    went_to: str
    begun_on: str  # the day of the draft in words, "" where there is none


@dataclass(frozen=True)
class Handover:
    """The work of one person. ``absence`` is the one that is on, or comes next."""

    person: Person
    absence: Absence | None
    rows: Sequence[Row]

    @property
    def until(self) -> str:
        """When they are away, in words; "" for no absence."""
        if self.absence is None:
            return ""
        begins, ends = self.absence.first_on, self.absence.last_on
        return f"Away from {wording.day(begins)}{f' to {wording.day(ends)}' if ends else ''}."


def of(person_id: int, who: Who, *, sees_all: bool, clock: Clock) -> Handover:
    """What somebody hands over, as ``who`` may see it. Raises ``NotFound`` for whoever has nothing to do with it."""
    person = people.load(person_id)
    absence = _absence(person_id, calendar.day_of(clock()))
    moved = absences.moved([absence.id]) if absence else []
    if not sees_all:
        moved = [one for one in moved if who.id is not None and one[0].to_id == one[1].person_id == who.id]
    if person is None or not (sees_all or moved):
        raise errors.NotFound("We could not find that person.")
    rows = [(task, case) for _, task, case in moved]
    if sees_all:
        held = workload.listed(Held(person_id), 0, LONGEST)
        rows = held + [row for row in rows if row[0].person_id != person_id]
    return Handover(person, absence, _rows(person_id, rows))


def _absence(person_id: int, today: date) -> Absence | None:
    coming = [one for one in absences.between(today, None) if one.person_id == person_id]
    return coming[0] if coming else None


def _rows(person_id: int, found: Sequence[tuple[Task, Case]]) -> list[Row]:
    names = people.names(task.person_id for task, _ in found if task.person_id)
    begun = drafts.of_person([task.id for task, _ in found])
    told = []
    for task, case in found:
        now = "" if task.person_id == person_id else names.get(task.person_id or 0, "The team")
        on = wording.day(calendar.day_of(begun[task.id].saved_at)) if task.id in begun else ""
        told.append(Row(task, case, now, on))
    return told


def stood_in_for(who: Who, *, clock: Clock) -> list[tuple[int, str, str, str]]:
    """For whom somebody stands in now, as (id, name, until when, note)."""
    found = absences.stood_in_for(who.id or 0, calendar.day_of(clock()))
    names = people.names(one.person_id for one in found)
    return [(one.person_id, names[one.person_id], away.says(one), one.note) for one in found]
