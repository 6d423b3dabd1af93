"""How far the library looks ahead: two steps, whatever the drawing.

SpiffWorkflow 3.2 predicts every definite way to its end, and on a loop that no question interrupts that has none: it
recurses until Python stops it (``TaskSpec._predict`` compares a task with the specifications it has seen). What
happens does not depend on what is predicted further on, so it is bounded here once for all its specifications.
"""

from typing import Any

from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

STEPS = 2


def _predict(
    spec: TaskSpec, my_task: Task, seen: Any = None, looked_ahead: int = 0, mask: int = TaskState.PREDICTED_MASK
) -> None:
    """Add the tasks that may follow ``my_task``, two steps deep."""
    if my_task.has_state(mask):
        spec._predict_hook(my_task)
    for child in my_task.children if looked_ahead + 1 < STEPS else ():
        if child.has_state(mask):
            child.task_spec._predict(child, None, looked_ahead + 1, mask)


def _is_descendant_of(task: Task, other: Task) -> bool:
    """Whether ``other`` came before, on the way to ``task``. The library asks itself anew at each step of the way.

    Gateways compare all their arrivals with it, so on a long way its recursion took most of the time of a run.
    """
    tasks, before = task.workflow.tasks, task
    while (before := tasks.get(before._parent)) is not None:
        if before is other:
            return True
    return False


def bound() -> None:
    """Bound it. To be called before a run is begun or woken; calling it again changes nothing."""
    TaskSpec._predict = _predict
    Task.is_descendant_of = _is_descendant_of
