"""Tasks of a training case that nobody who practises may do: done with invented answers, as their people would.

A trainee plays one part. The applicant and the agencies have theirs, and the case must go on.
"""

from typing import Any
from uuid import UUID

from app import errors
from app.cases import access, advancing, clocks, procedures, training
from app.cases.access import Who
from app.cases.advancing import Step
from app.clock import Clock
from app.engine.run import Run
from app.forms import answers as checking
from app.forms import inventing
from app.law import calendar
from app.store import cases, tasks
from app.store.history import Happened
from app.store.rows.cases import Case, Task
from app.tasks import asked

UNINVENTED = "No answers could be invented that its form accepts. Somebody with the role must do this task."


def others(case: Case, open_tasks: list[Task], who: Who) -> list[Task]:
    """The tasks of a training case that are not this person's; none of a real case."""
    return [task for task in open_tasks if case.virtual_at is not None and not access.may_do(who, task)]


def pretend(task_id: UUID, who: Who, *, clock: Clock) -> Case:
    """Finish a task of a training case with invented answers. History says who had it done.

    Raises ``NotAllowed`` for a task of a real case, ``CaseMovedOn`` where it is not open any more, ``Refused`` where
    no answers can be invented.
    """
    task = tasks.load(task_id)
    case = cases.load(task.case_id)
    training.check(case)
    made = _answers(case, task, clock)
    says = {"name": task.name, "answers": made, "task": task_id.hex, "invented": True}
    event = Happened("task_completed", task.key, clock(), f"{who.name}, for the {task.role}", who.id, says)
    return advancing.advance(case.id, Step(lambda run: run.complete(task_id, made), event), clock=clock)


def _answers(case: Case, task: Task, clock: Clock) -> dict[str, Any]:
    at, form = clocks.of(case, clock)(), asked.form_of(case, task)
    run = Run.wake(cases.snapshot(case.id), procedures.of(case), at=at, opened_at=case.opened_at)
    facts, today = run.seen_by(task.id), calendar.day_of(at)
    try:
        made = inventing.invent(form, facts, today=today)
    except ValueError as problem:
        raise errors.Refused({"task": UNINVENTED}) from problem
    return checking.applicable(form, made, facts, today=today)
