"""Moving the work of whoever is away by the rules of their absence, and offering it back when they are there again.

It is moved once, when the absence begins: by the worker, a portion at a time, or at once where it begins at once. A
worker may be killed at any instant, and two may do it together: each task moves in its own transaction, and a task that
an absence has moved is not moved by it again. Nothing is moved back by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from app.cases import apart, away
from app.cases.access import Who
from app.cases.away import StandIn
from app.clock import Clock
from app.store import absences, drafts, people
from app.store.history import SYSTEM
from app.store.rows.absences import Absence, Handover
from app.store.rows.cases import Case, Task
from app.store.transactions import transaction
from app.tasks import passing
from app.tasks.passing import Passing

PORTION = 100  # tasks in one round
THE_SYSTEM = Who(None, SYSTEM, ())


@dataclass(frozen=True)
class Moved:
    """A task that was moved while somebody was away. ``now`` is who has it, "" for nobody."""

    task: Task
    case: Case
    handover: Handover
    now: str
    is_offered: bool  # it can be taken back: it is where an absence put it, and nothing keeps them from it
    is_begun: bool
    apart: str = ""  # why they may not have it any more


def sweep(clock: Clock) -> int:
    """Move a portion of the work of everybody whose absence has begun. Gives how many things were done."""
    return sum(begin(one, clock=clock) for one in absences.beginning(passing.today(clock), PORTION))


def begin(absence_id: int, *, clock: Clock) -> int:
    """Move a portion of the work of one person. Gives how many tasks were looked at; 1 where that was all."""
    today = passing.today(clock)
    absence = absences.load(absence_id)
    if absence.ended_at is not None or absence.started_at is not None or absence.first_on > today:
        return 0
    found = absences.to_move(absence, PORTION)
    for task_id, case_id in found:
        _move(absence, task_id, case_id, today, clock)
    if len(found) < PORTION:
        with transaction():
            absences.start(absence_id, clock())
    return len(found) or 1


def _move(absence: Absence, task_id: UUID, case_id: UUID, today: date, clock: Clock) -> None:
    absence_id, person_id = absence.id, absence.person_id
    names = people.names([person_id])
    reason = f"{names[person_id]} is {away.says(absence)}."

    def decide(task: Task, case: Case) -> StandIn | None:
        here = absences.load(absence_id)
        if here.ended_at is not None or absences.is_moved(absence_id, task_id):
            return None
        return away.stand_in(task, case, here, away.on(today), apart.of_task(task, case))

    def keep(found: StandIn) -> None:
        to = found.person.id if found.person else None
        row = {"absence_id": absence_id, "case_id": case_id, "task_id": task_id, "to_id": to, "why": found.why}
        absences.add(Handover(**row, moved_at=clock()))

    passing.perform(Passing(task_id, case_id, person_id, decide, THE_SYSTEM, reason, also=keep), clock=clock)


def moved(person_id: int, absence_ids: Sequence[int]) -> list[Moved]:
    """What some absences of a person moved and is still open, the most urgent first."""
    found = absences.moved(absence_ids)
    last = absences.last_moves({task.id for _, task, _ in found})
    names = people.names(task.person_id for _, task, _ in found if task.person_id)
    bars = apart.of_tasks([(task, case) for _, task, case in found])
    begun = drafts.of_person([task.id for _, task, _ in found])
    told = []
    for handover, task, case in found:
        is_put = task.person_id == last[task.id].to_id
        bar = bars[task.id].get(person_id)
        kept = bar.says("You") if bar else ""
        name = names.get(task.person_id or 0, "")
        told.append(Moved(task, case, handover, name, is_put and not kept, task.id in begun, kept))
    return told


def over(person_id: int, *, clock: Clock) -> list[Moved]:
    """What was moved while a person was away, is still open, and can be offered back: they are there again."""
    today = passing.today(clock)
    ended = [one.id for one in absences.that_matter(person_id, today) if not away.is_on(one, today)]
    return moved(person_id, ended) if ended else []


def take_back(person_id: int, who: Who, *, clock: Clock) -> int:
    """Give a person back what they are offered. Gives how many tasks that were; what moved on meanwhile is left."""
    passing.check_may(who, person_id)
    found = [(one.task.id, one.case.id, one.handover.absence_id) for one in over(person_id, clock=clock)]
    back = 0
    for task_id, case_id, absence_id in found:
        back += _take_back(task_id, case_id, absence_id, person_id, who, clock)
    return back


def leave(person_id: int, who: Who, *, clock: Clock) -> None:
    """Leave what a person is offered where it is: it is not offered again."""
    passing.check_may(who, person_id)
    left = [(one.handover.absence_id, one.task.id) for one in over(person_id, clock=clock)]
    with transaction():
        for absence_id, task_id in left:
            absences.settle(absence_id, task_id, clock())


def _take_back(task_id: UUID, case_id: UUID, absence_id: int, person_id: int, who: Who, clock: Clock) -> bool:
    last = absences.last_moves([task_id])[task_id]
    kind = "task_taken" if who.id == person_id else "task_given"

    def decide(task: Task, case: Case) -> StandIn | None:
        person = people.load(person_id)
        return None if person is None or away.cannot(task, person, apart.of_task(task, case)) else StandIn(person)

    also = partial(_settle, absence_id, task_id, clock)
    here = Passing(task_id, case_id, last.to_id, decide, who, "Back again.", kind, also=also)
    return passing.perform(here, clock=clock) is not None


def _settle(absence_id: int, task_id: UUID, clock: Clock, _: StandIn) -> None:
    absences.settle(absence_id, task_id, clock())


def notice(person_id: int, *, clock: Clock) -> str:
    """What somebody should know when their day begins: that they are noted as away, or that work waits for them; or "".

    One statement.
    """
    today = passing.today(clock)
    found = absences.that_matter(person_id, today)
    absence = next((one for one in found if away.is_on(one, today)), None)
    if absence is not None:
        return f"You are noted as {away.says(absence)}."
    return "Work of yours that went to others while you were away is still open." if found else ""
