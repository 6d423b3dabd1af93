"""Who has a task: taking it, giving it back, giving it to a colleague. Each is written into the case's history."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from app import errors
from app.cases import access, apart, away, clocks, noting
from app.cases.access import Who
from app.clock import Clock
from app.law import calendar, wording
from app.store import cases, people, tasks
from app.store.history import Happened
from app.store.rows.cases import Case, Task
from app.store.rows.people import Person


def seen(task_id: UUID, who: Who) -> Task:
    """An open task of this person's lanes. Raises ``NotFound`` for another's, ``CaseMovedOn`` when it is not open."""
    task = tasks.load(task_id)
    access.check_may_do(who, task)
    return task


def colleagues(task: Task) -> list[Person]:
    """Everybody who may be given the task, by name; not those whom an earlier task of the case sets apart."""
    return apart.free(task, apart.of_task(task, cases.load(task.case_id)))


def set_apart(task: Task) -> list[str]:
    """Why some who have the role of a task may not do it, in a sentence each."""
    bars = apart.of_task(task, cases.load(task.case_id))
    return [bars[one.id].says(one.name) for one in people.with_role(task.role, task.agency_key) if one.id in bars]


def check_is_free(task: Task, who: Who) -> None:
    """Raises ``CaseMovedOn``, with the colleague's name, when somebody else has taken the task."""
    if task.person_id in (None, who.id) or task.taken_at is None:
        return
    name = people.names([task.person_id]).get(task.person_id, "A colleague")
    raise errors.CaseMovedOn(f"{name} took this task on {wording.moment(task.taken_at)}.")


def take(task_id: UUID, who: Who, *, clock: Clock) -> Task:
    """Take a task for oneself, also from a colleague: history says so.

    Raises ``NotFound`` and ``CaseMovedOn``, and ``SetApart`` where somebody else must do it.
    """
    task = seen(task_id, who)
    apart.check(task, cases.load(task.case_id), who)
    return _hand(task_id, who, who.id, "task_taken", who.name, clock)


def give_back(task_id: UUID, who: Who, *, clock: Clock) -> Task:
    """Put a task back for anybody in the team. Raises ``NotFound`` and ``CaseMovedOn``."""
    return _hand(task_id, who, None, "task_given_back", "", clock)


def give(task_id: UUID, who: Who, person_id: int, *, clock: Clock) -> Task:
    """Give a task to a colleague. Raises ``Refused`` when that person may not do it, or is away: then who stands in."""
    task = seen(task_id, who)
    found = _find(colleagues(task), person_id)
    if stands := away.check_is_here(task, cases.load(task.case_id), found, calendar.day_of(clock())):
        raise errors.Refused({"person": stands})
    return _hand(task_id, who, found.id, "task_given", found.name, clock)


def _find(found: Sequence[Person], person_id: int) -> Person:
    for person in found:
        if person.id == person_id:
            return person
    raise errors.Refused({"person": "Select a colleague who can do this task"})


def told(kind: str, task: Task, at: datetime, who: Who, to: int | None, name: str = "", reason: str = "") -> Happened:
    """The line of history that says who has a task now: ``to`` is a person's id and name, none for the team."""
    says = {"name": task.name, "to": name, "task": task.id.hex, "person": to}
    return Happened(kind, task.key, at, who.name, who.id, says | ({"reason": reason} if reason else {}))


def _hand(task_id: UUID, who: Who, to: int | None, kind: str, name: str, clock: Clock) -> Task:
    task = seen(task_id, who)
    line = told(kind, task, clock(), who, to, name)

    def hand(case: Case) -> None:
        standing = tasks.load(task_id)
        standing.person_id, standing.taken_at = to, clocks.of(case, clock)() if to else None

    noting.write_down(task.case_id, hand, [line])
    return task
