"""Giving many tasks of one person to somebody else at once, or back to the team: looked at first, then moved.

A portion at a time. Each task moves by itself with its own key, so the same post again moves nothing twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from app import errors
from app.cases import apart, away
from app.cases.access import Who
from app.cases.away import StandIn
from app.clock import Clock
from app.store import drafts, people, workload
from app.store.rows.cases import Case, Task
from app.store.rows.people import Person
from app.store.workload import Held
from app.tasks import absences, passing
from app.tasks.passing import Passing

PORTION = 100  # tasks in one post
TEAM = 0  # where a form asks for somebody


@dataclass(frozen=True)
class Looked:
    """One task, and why it cannot be given; "" where it can."""

    task: Task
    case: Case
    why: str


@dataclass(frozen=True)
class Preview:
    """What would go to whom. ``to`` None is the team."""

    giver: Person
    to: Person | None
    tasks: tuple[Looked, ...]

    @property
    def going(self) -> list[Looked]:
        """What can go."""
        return [one for one in self.tasks if not one.why]

    @property
    def staying(self) -> list[Looked]:
        """What cannot."""
        return [one for one in self.tasks if one.why]


def colleagues(giver: Person) -> list[Person]:
    """Everybody who could take some of a person's work, by name."""
    found = {one.id: one for role in absences.roles(giver) for one in absences.colleagues(giver, role)}
    return sorted(found.values(), key=lambda one: one.name)


def preview(giver_id: int, ids: Sequence[UUID], to_id: int, who: Who, *, clock: Clock) -> Preview:
    """What would become of these tasks of a person. Raises ``Refused`` where none is chosen or nobody to take them."""
    found = _looked_at(giver_id, ids, to_id, who, clock)
    if not found.tasks:
        raise errors.Refused({"task": "Select a task that they still have"})
    return found


def _looked_at(giver_id: int, ids: Sequence[UUID], to_id: int, who: Who, clock: Clock) -> Preview:
    passing.check_may(who, giver_id)
    giver = absences.person(giver_id)
    to = _chosen(giver, to_id)
    rows = workload.listed(Held(giver_id, ids=tuple(ids[:PORTION])), 0, PORTION)
    bars = apart.of_tasks(rows)
    here = "" if to is None else _away(to, clock)
    looked = [Looked(task, case, _why(task, giver, to, bars[task.id], here)) for task, case in rows]
    return Preview(giver, to, tuple(looked))


def give(giver_id: int, ids: Sequence[UUID], to_id: int, who: Who, request_key: str, *, clock: Clock) -> int:
    """Give the tasks. Gives how many went, also when the same post comes again, which moves nothing.

    Those that cannot go, or moved on meanwhile, stay where they are.
    """
    found = _looked_at(giver_id, ids, to_id, who, clock)
    reason, going = f"Given by {who.name} from {found.giver.name}.", [(one.task.id, one.case.id) for one in found.going]
    decide = partial(_decide, giver_id, found.to.id if found.to else None, clock)
    keys = {task_id: f"{request_key} {task_id.hex}" for task_id in ids[:PORTION]} if request_key else {}
    went = sum(drafts.answered(key) is not None for key in keys.values())
    for task_id, case_id in going:
        one = Passing(task_id, case_id, giver_id, decide, who, reason, request_key=keys.get(task_id, ""))
        went += passing.perform(one, clock=clock) is not None
    return went


def _decide(giver_id: int, to_id: int | None, clock: Clock, task: Task, case: Case) -> StandIn | None:
    if to_id is None:
        return StandIn(None)
    to, giver = absences.person(to_id), absences.person(giver_id)
    why = _why(task, giver, to, apart.of_task(task, case), _away(to, clock))
    return None if why else StandIn(to)


def _why(task: Task, giver: Person, to: Person | None, bars: dict[int, apart.Bar], here: str) -> str:
    return "" if to is None else here or away.cannot(task, to, bars, giver)


def _away(to: Person, clock: Clock) -> str:
    absence = away.on(passing.today(clock)).get(to.id)
    return f"{to.name} is {away.says(absence)}." if absence else ""


def _chosen(giver: Person, to_id: int) -> Person | None:
    if to_id == TEAM:
        return None
    to = people.load(to_id) if to_id > 0 else None
    if to is None or to.id == giver.id or to.id not in {one.id for one in colleagues(giver)}:
        raise errors.Refused({"to": "Select the team or a colleague"})
    return to
