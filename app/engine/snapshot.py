"""Putting a run away, and waking it.

SpiffWorkflow's serializer writes the drawing and every predicted task into each snapshot: 64 ms and 124 kB a step
at thirty tasks with limits (measured, 3.2.0). Ours names the procedure instead, predicts again on waking, and keeps
of what has finished only what something still waiting will look at. So a snapshot does not grow with the age of a
case. What must stay, and who looks at it in SpiffWorkflow 3.2:

1. tasks that wait, are ready or have started;
2. arrivals at a gateway that still waits for others (``ParallelGateway`` looks at their parents);
3. the split above an activity with boundary events, and all its children, while the activity is not finished
   (``BoundaryEventJoin`` looks for it by name);
4. the instances of a multi-instance that goes on (it counts them);
5. the parent of a join, by which the join knows the way it was reached.

Format: JSON, compressed; ``format`` is its version, and any other is refused.
"""

import zlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import orjson
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit, _EndJoin
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.specs.Join import Join
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app import errors
from app.engine import facts
from app.engine.library import Procedure
from app.engine.scopes import LIVE, open_scopes

FORMAT = 1


def put_away(run: BpmnWorkflow) -> bytes:
    """The run at rest, compressed."""
    record = {
        "format": FORMAT,
        "process": run.spec.name,
        "over": run.completed,
        "facts": run.data.get(facts.KEY, {}),
        "tasks": _rows(run),
        "scopes": [
            [scope.parent_task_id.hex, scope.spec.name, _rows(scope)] for scope in open_scopes(run) if scope is not run
        ],
    }
    return written(record)


def written(record: dict[str, Any]) -> bytes:
    """The snapshot of a record."""
    return zlib.compress(orjson.dumps(record), 1)


def read(snapshot: bytes) -> dict[str, Any]:
    """The record in a snapshot. Raises ``CannotGoOn`` for one that is damaged or of a format we do not know."""
    try:
        record = orjson.loads(zlib.decompress(snapshot))
    except (zlib.error, orjson.JSONDecodeError) as damage:
        raise errors.CannotGoOn("What was kept of this case is damaged.") from damage
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise errors.CannotGoOn("What was kept of this case is in a format that this version does not know.")
    return record


def wake(snapshot: bytes, procedure: Procedure, engine: Any) -> BpmnWorkflow:
    """The run as it was put away, following ``procedure``, its expressions answered by ``engine``.

    Raises ``CannotGoOn`` for a snapshot that is damaged, of an unknown format, or of another drawing.
    """
    record = read(snapshot)
    try:
        return _woken(record, procedure, engine)
    except (KeyError, ValueError, TypeError, AttributeError, errors.NotFound) as unfit:
        raise errors.CannotGoOn("What was kept of this case does not fit its drawing.") from unfit


def _woken(record: dict[str, Any], procedure: Procedure, engine: Any) -> BpmnWorkflow:
    run = BpmnWorkflow(procedure.spec(record["process"]), procedure.specs, script_engine=engine, deserializing=True)
    run.data[facts.KEY] = record["facts"]
    run.completed = record["over"]
    _grow(run, record["tasks"])
    for parent, spec, rows in record["scopes"]:
        _wake_scope(run, UUID(parent), procedure.spec(spec), rows)
    for scope in [*run.subprocesses.values(), run]:
        _expect(scope)
    return run


def _wake_scope(run: BpmnWorkflow, parent: UUID, spec: Any, rows: list[Any]) -> None:
    task = run.get_task_from_id(parent)
    scope = BpmnSubWorkflow(spec, parent, run, deserializing=True)
    run.subprocesses[parent] = scope
    _grow(scope, rows)
    scope.completed_event.connect(task.task_spec._on_subworkflow_completed, task)


def _grow(workflow: Any, rows: list[Any]) -> None:
    """The task tree from its rows; parents stand before their children."""
    for own, parent, spec, state, triggered, internal, data in rows:
        task = Task(workflow, workflow.spec.task_specs[spec], state=state, id=UUID(own))
        task.triggered, task.internal_data, task.data = triggered, internal or {}, data or {}
        if parent is None:
            workflow.task_tree = task
        else:
            elder = workflow.tasks[UUID(parent)]
            task._parent = elder.id
            elder._children.append(task.id)


def _expect(workflow: Any) -> None:
    """Make ready for what may happen to each live task."""
    for task in [t for t in workflow.tasks.values() if t.has_state(LIVE)]:
        predict(task)
        if isinstance(task.task_spec, CatchingEvent) and task.has_state(TaskState.WAITING):
            workflow.top_workflow.event_manager.add_task(task)


def predict(task: Task) -> None:
    """Predict one step after ``task`` and one more, where that has not been done.

    The library predicts a whole path on arrival, which costs with the size of the drawing; what happens does not
    depend on it. Call it for a task that is about to run.
    """
    if all(child.triggered for child in task.children):
        task.task_spec._predict_hook(task)
    for child in task.children:
        if child.state == TaskState.FUTURE and not child._children:
            child.task_spec._predict_hook(child)


def _rows(workflow: Any) -> list[list[Any]]:
    """The rows of what must stay, each hung below the nearest ancestor that stays too."""
    kept = _kept(workflow)
    return [
        [
            task.id.hex,
            _elder(task, kept),
            task.task_spec.name,
            task.state,
            task.triggered,
            _internal(task),
            task.data or None,
        ]
        for task in _downwards(workflow.task_tree)
        if task.id in kept
    ]


def _kept(workflow: Any) -> set[UUID]:
    """Which tasks must stay; see the list at the top of this module."""
    kept = {workflow.task_tree.id}
    live = [task for task in workflow.tasks.values() if task.has_state(LIVE)]
    waiting_joins = {task.task_spec.name for task in live if _joins(task) and task.state == TaskState.WAITING}
    arrivals = [
        task
        for task in workflow.tasks.values()
        if task.state == TaskState.CANCELLED and task.task_spec.name in waiting_joins and _has_arrived(task)
    ]
    for task in [*live, *arrivals]:
        kept.add(task.id)
        kept.update(_needed_around(task))
    return kept


def _needed_around(task: Task) -> Iterator[UUID]:
    """What a task that stays needs beside it."""
    if isinstance(task.task_spec, Join) and task.parent is not None:
        yield task.parent.id
    if isinstance(task.task_spec, BoundaryEventJoin):
        yield from _family(task.find_ancestor(task.task_spec.split_task))
    elif task.parent is not None and isinstance(task.parent.task_spec, BoundaryEventSplit):
        yield from _family(task.parent)
    if isinstance(task.task_spec, LoopTask):
        yield from (child.id for child in task.children if child.triggered)


def _family(split: Task | None) -> Iterator[UUID]:
    """A split and all its branches: the activity, and the events on its boundary."""
    if split is not None:
        yield split.id
        yield from (child.id for child in split.children)


def _joins(task: Task) -> bool:
    """Whether this stands at a gateway that counts its arrivals; the end of a process only looks at what goes on."""
    return isinstance(task.task_spec, UnstructuredJoin) and not isinstance(task.task_spec, _EndJoin)


def _has_arrived(task: Task) -> bool:
    """Whether this is a token that came to a gateway and waits there, represented by a later one."""
    return task.parent is not None and task.parent.state == TaskState.COMPLETED


def _elder(task: Task, kept: set[UUID]) -> str | None:
    above = task.parent
    while above is not None and above.id not in kept:
        above = above.parent
    return above.id.hex if above else None


def _internal(task: Task) -> dict[str, Any] | None:
    """What the library notes for itself, without what refers to objects in memory or says nothing."""
    noted = {key: value for key, value in task.internal_data.items() if key != "seen_events"}
    if not noted.get("event_fired"):
        noted.pop("event_fired", None)
    return noted or None


def _downwards(task: Task) -> Iterator[Task]:
    stack = [task]
    while stack:
        here = stack.pop()
        yield here
        stack.extend(reversed(here.children))
