"""Separation of duties: who may not do a task because of what they did before in the same case.

The drawing says which tasks set people apart (``drawing.apart``), the history who finished them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app import errors
from app.cases import owing, procedures
from app.cases.access import Who
from app.cases.owing import Told
from app.drawing.apart import Before, before
from app.engine.library import Procedure
from app.feel import evaluating
from app.law import calendar, wording
from app.store import history, people
from app.store.rows.cases import Case, Task
from app.store.rows.people import Person

NOBODY = (
    "Nobody else here has the role ‘{role}’ and is free to do it. Ask somebody who has it elsewhere, such as in "
    "another borough: an administrator can add them."
)


@dataclass(frozen=True)
class Bar:
    """What somebody did that keeps them from a task."""

    name: str  # of the task that they finished
    at: datetime

    def says(self, who: str) -> str:
        """Why, in a sentence; ``who`` is a name or *You*."""
        on = wording.day(calendar.day_of(self.at))
        return f"{who} finished ‘{self.name}’ on {on}, so somebody else must do this task."


def named(procedure: Procedure, process: str, key: str) -> tuple[Before, ...]:
    """The tasks that set people apart from the task ``key``."""
    drawing = procedure.drawing_of(process)
    element = drawing.by_id.get(key) if drawing else None
    return before(element) if element else ()


def barred(named_before: Sequence[Before], told: Iterable[Told]) -> dict[int, Bar]:
    """Whom the history of a case keeps from a task, by their ids, each with the first reason."""
    conditions = {one.key: one.condition for one in named_before}
    found: dict[int, Bar] = {}
    for line in told:
        if line.kind != "task_completed" or line.subject not in conditions:
            continue
        person = owing.person_of(line)
        if person is not None and _counts(conditions[line.subject], line.says.get("answers")):
            found.setdefault(person, Bar(str(line.says.get("name") or line.subject), line.at))
    return found


def of_task(task: Task, case: Case) -> dict[int, Bar]:
    """Whom a task is kept from, by their ids."""
    return of_tasks([(task, case)])[task.id]


def reasons(rows: Sequence[tuple[Task, Case]], who: Who) -> dict[UUID, str]:
    """Why somebody may not do some of several tasks, by the ids of those tasks. One query, or none."""
    return {task_id: bars[who.id].says("You") for task_id, bars in of_tasks(rows).items() if who.id in bars}


def check(task: Task, case: Case, who: Who) -> None:
    """Raises ``SetApart``, which says why and who may, where a person may not do a task."""
    bars = of_task(task, case)
    if who.id in bars:
        raise errors.SetApart(f"{bars[who.id].says('You')} {_others(task, free(task, bars))}")


def free(task: Task, bars: Mapping[int, Bar]) -> list[Person]:
    """Everybody with the role of a task whom nothing keeps from it, by name."""
    return [person for person in people.with_role(task.role, task.agency_key) if person.id not in bars]


def _others(task: Task, several: Sequence[Person]) -> str:
    if not several:
        return NOBODY.format(role=task.role)
    names = [person.name for person in several]
    return f"{names[0]} can do it." if len(names) == 1 else f"These people can do it: {wording.listed(names)}."


def of_tasks(rows: Sequence[tuple[Task, Case]]) -> dict[UUID, dict[int, Bar]]:
    """Whom each of several tasks is kept from, by their ids. One query, or none."""
    apart = {task.id: named(procedures.of(case), task.process, task.key) for task, case in rows}
    asked = [task.case_id for task, _ in rows if apart[task.id]]
    told = history.finished(asked, {one.key for several in apart.values() for one in several}) if asked else []
    return {
        task.id: barred(apart[task.id], [line for line in told if line.case_id == task.case_id]) for task, _ in rows
    }


def _counts(condition: str, answers: object) -> bool:
    given = answers if isinstance(answers, Mapping) else {}
    return not condition or evaluating.is_true(condition, given)
