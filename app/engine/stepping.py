"""Going on until only people and clocks are waited for.

As the library does it, with two differences: a task is looked at again before it runs, since one that ran before it in
the same sweep may have ended it (a terminate end); and gateways that wait are asked again once everything else stands.
"""

from collections.abc import Callable
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.engine import awaiting, joins, scopes

Seen = Callable[[Task], None]


def go_on(run: Any, before: Seen, after: Seen) -> None:
    """Run everything that needs nobody. ``before`` and ``after`` see each task that is run."""
    while _round(run, before, after) or _asked_again(run):
        pass
    run.refresh_timers()


def _round(run: Any, before: Seen, after: Seen) -> bool:
    """One sweep through every page, the inner ones first. Whether anything was done: it may have opened a page."""
    done = False
    for page in sorted(run.get_active_subprocesses(), key=lambda one: one.depth, reverse=True):
        while _sweep(page, before, after):
            done = True
        around = run.get_task_from_id(page.parent_task_id)
        around.task_spec._update(around)
    return _sweep(run, before, after) or done


def _sweep(page: Any, before: Seen, after: Seen) -> bool:
    done = False
    for task in _ready(page):
        if task.has_state(TaskState.READY) and task.id in page.tasks:
            before(task)
            task.run()
            after(task)
            done = True
    return done


def _ready(page: Any) -> list[Task]:
    """What is ready on a page and needs nobody, in the order of the tree.

    The library finds it by walking through the whole tree, the pages within it and all that may still come, which took
    half the time of a long case. Few are ready at a time: we look at the tasks of the page, and order those.
    """
    found = [task for task in page.tasks.values() if task.has_state(TaskState.READY) and not task.task_spec.manual]
    return sorted(found, key=_place) if len(found) > 1 else found


def _place(task: Task) -> list[int]:
    """Where a task stands in the tree: which child to take at each step from the root. Parents come first."""
    place: list[int] = []
    while (parent := task.parent) is not None:
        place.append([child.id for child in parent.children].index(task.id))
        task = parent
    return place[::-1]


def _asked_again(run: Any) -> bool:
    """Whether a gateway that waited, or a condition, has become ready because something else has moved."""
    for page in scopes.open_scopes(run):
        for task in joins.waiting(page):
            task.task_spec._update(task)
            if task.has_state(TaskState.READY):
                return True
    return awaiting.conditions_hold(run)
