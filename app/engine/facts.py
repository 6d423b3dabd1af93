"""The facts of a case, as the drawing sees them.

BPMN 2.0.2 clause 10.4 keeps data with the process instance, and tokens carry none. SpiffWorkflow 3.2 copies data
from task to task instead, so branches do not see each other's answers. Here the facts stand once, in the run;
a task's own ``data`` stays empty, except in one instance of a multi-instance, which keeps its item and its answers
to itself until it is collected.
"""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.task import Task

KEY = "facts"  # where the run keeps them, in ``workflow.data``
INSTANCE_MARKS = ("key_or_index", "item")  # SpiffWorkflow 3.2 sets one of them on each instance


def seen_from(task: Task) -> dict[str, Any]:
    """All facts visible at ``task``: the case's, then those of each instance it stands in, the innermost last."""
    facts = dict(task.workflow.top_workflow.data.get(KEY, {}))
    for instance in reversed(_instances(task)):
        facts.update(instance.data)
    return facts


def lay(task: Task, values: Mapping[str, Any]) -> None:
    """Keep ``values`` where ``task`` keeps its answers: records merge into records, everything else replaces."""
    instances = _instances(task)
    merge(instances[0].data if instances else task.workflow.top_workflow.data.setdefault(KEY, {}), values)


def merge(base: dict[str, Any], values: Mapping[str, Any]) -> None:
    """Merge ``values`` into ``base``, in depth for records."""
    for key, value in values.items():
        if isinstance(value, Mapping) and isinstance(base.get(key), dict):
            merge(base[key], value)
        else:
            base[key] = dict(value) if isinstance(value, Mapping) else value


def find(facts: Mapping[str, Any], path: str) -> Any:
    """The fact at a path such as ``risk.band``; None when any part of it is missing."""
    value: Any = facts
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def nested(path: str, value: Any) -> dict[str, Any]:
    """``value`` as a record that holds it at ``path``."""
    for part in reversed(path.split(".")):
        value = {part: value}
    return value


def item_of(task: Task) -> Any:
    """What the innermost instance that ``task`` stands in is for; None outside a multi-instance."""
    for instance in _instances(task):
        item = getattr(instance.parent.task_spec, "input_item", None)
        return instance.data.get(item.bpmn_id) if item else None
    return None


def _instances(task: Task) -> list[Task]:
    """The multi-instance instances around ``task``, innermost first."""
    found: list[Task] = []
    here: Task | None = task
    while here is not None:
        if any(mark in here.internal_data for mark in INSTANCE_MARKS):
            found.append(here)
        here = here.parent or _outer(here)
    return found


def _outer(task: Task) -> Task | None:
    """The task of the surrounding process that stands for the one ``task`` is in."""
    workflow = task.workflow
    return workflow.top_workflow.get_task_from_id(workflow.parent_task_id) if workflow.parent_task_id else None
