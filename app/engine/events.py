"""Events that stay in their scope, and frames that open wherever they are drawn.

Mended here, each with its own small drawing in tests/engine: SpiffWorkflow 3.2 hands an escalation or error to every
listener of the run, where BPMN 2.0.2 clause 10.5.7 hands it to the innermost scope that catches it; and it opens event
subprocesses only on the first page of a drawing.
"""

from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.event_definitions.conditional import ConditionalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.util.event import BpmnEvent, EventManager
from SpiffWorkflow.spiff.specs.event_definitions import ErrorEventDefinition, EscalationEventDefinition
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app import errors
from app.engine.arriving import Arrival
from app.engine.scopes import LIVE, open_scopes


class Escalation(EscalationEventDefinition):
    """An escalation: goes up scope by scope until one catches it; nobody catching it is no fault."""

    def throw(self, my_task: Task) -> None:
        """Hand it to the innermost scope that listens."""
        throw_within_scopes(self, my_task)


class Fault(ErrorEventDefinition):
    """An error: as an escalation, but one that nobody catches stops the case."""

    def throw(self, my_task: Task) -> None:
        """Hand it to the innermost scope that listens; raises ``CannotGoOn`` when none does."""
        if not throw_within_scopes(self, my_task):
            name = self.code or self.name or "An error"
            raise errors.CannotGoOn(f"‘{name}’ was raised and nothing catches it.", element=my_task.task_spec.bpmn_id)


def throw_within_scopes(definition: Any, my_task: Task) -> bool:
    """Give the event to the first scope outwards that catches it. True if one did."""
    event, scope = BpmnEvent(definition, payload=None), my_task.workflow
    while scope is not None:
        open_frames(scope, event, thrower=my_task)
        for task in _listeners(scope, event):
            task.task_spec.catch(task, event)
            task.task_spec._update(task)
            if isinstance(definition, Fault) and not isinstance(task.task_spec, BoundaryEvent):
                _end_all_else(scope, {my_task.id, task.workflow.parent_task_id})
            return True
        scope = scope.parent_workflow
    return False


def goes_on_listening(happened: Task) -> None:
    """Wait for an event on the edge of an activity once more: one that does not interrupt may come several times.

    SpiffWorkflow 3.2 hears it once (BPMN 2.0.2 clause 10.5.4). Timers come again by their cycle, and a condition that
    still holds has not come true again.
    """
    spec = happened.task_spec
    once = (TimerEventDefinition, ConditionalEventDefinition)
    if not isinstance(spec, BoundaryEvent) or spec.cancel_activity or isinstance(spec.event_definition, once):
        return
    siblings = happened.parent.children
    if any(t.has_state(LIVE) for t in siblings if not isinstance(t.task_spec, BoundaryEvent)):
        again = happened.parent._add_child(spec, TaskState.WAITING)
        spec._update(again)


def is_caught(my_task: Task, definition: Any) -> bool:
    """Whether an event subprocess around a task, on its page or on one that called it, starts with this event."""
    event, scope = BpmnEvent(definition, payload=None), my_task.workflow
    while scope is not None:
        if frames(scope, event):
            return True
        scope = scope.parent_workflow
    return False


def _end_all_else(scope: Any, stay: set[UUID]) -> None:
    """End what goes on in a scope but for some tasks: an error always interrupts (BPMN 2.0.2 clause 10.5.6)."""
    for task in list(scope.tasks.values()):
        if task.has_state(LIVE) and task.id not in stay:
            task.cancel()


class Listeners(EventManager):
    """Who waits for events in a run. The library opens event subprocesses only on the first page of a drawing."""

    def update_collaboration(self, event: BpmnEvent) -> None:
        """Open every event subprocess, on any page that is under way, that the event starts."""
        for scope in open_scopes(self.workflow):
            open_frames(scope, event)


def frames(scope: Any, event: BpmnEvent) -> list[str]:
    """The names of the event subprocesses around a scope's tasks that the event starts."""
    specs = scope.top_workflow.subprocess_specs
    return [
        name
        for name in scope.spec.start.trigger_specs
        if any(start.event_definition == event.event_definition for start in specs[name].bpmn_start_events)
    ]


def open_frames(scope: Any, event: BpmnEvent, thrower: Task | None = None) -> None:
    """Open every event subprocess of a scope that the event starts; one that interrupts ends all else in the scope."""
    for name in frames(scope, event):
        begin_frame(scope.task_tree, name, thrower)


def begin_frame(root: Task, name: str, thrower: Task | None = None) -> None:
    """Open an event subprocess. ``root`` is the task that began the process around it.

    SpiffWorkflow 3.2 never reads ``isInterrupting`` of its start (BPMN 2.0.2 clause 10.5.6). A task that threw what
    opened it is left to end by itself, and nothing follows it.
    """
    opened = root.task_spec.trigger_wf(root, name)
    specs = root.workflow.top_workflow.subprocess_specs
    if any(getattr(start, "interrupts", False) for start in specs[name].bpmn_start_events):
        _end_all_else(root.workflow, {opened, *({thrower.id, thrower.workflow.parent_task_id} if thrower else ())})
        for child in list(thrower.children) if thrower else ():
            child.cancel()


def arrive(scope: Any, event: BpmnEvent) -> None:
    """Open the event subprocess of a scope that begins with what a person confirmed."""
    open_frames(scope, event)
    for task in _listeners(scope, event):
        task.task_spec.catch(task, event)
        task.task_spec._update(task)


def awaited(scope: Any) -> list[Any]:
    """The starts of the event subprocesses around a scope's tasks that people are asked to confirm."""
    specs = scope.top_workflow.subprocess_specs
    starts = [start for name in scope.spec.start.trigger_specs for start in specs[name].bpmn_start_events]
    return [start for start in starts if isinstance(start.event_definition, Arrival)]


def _listeners(scope: Any, event: BpmnEvent) -> list[Task]:
    """Who listens around ``scope``: event subprocesses within it, then boundary events on the task it stands for."""
    top = scope.top_workflow
    waiting = [t for t in top.event_manager.tasks.values() if t.task_spec.catches(t, event)]
    inside = [t for t in waiting if t.workflow.parent_workflow is scope and not isinstance(t.task_spec, BoundaryEvent)]
    around = [t for t in waiting if isinstance(t.task_spec, BoundaryEvent) and _is_on(t, scope)]
    return inside + around


def _is_on(boundary: Task, scope: Any) -> bool:
    """Whether a boundary event hangs on the activity that ``scope`` is the inside of, or on its multi-instance."""
    if scope.parent_task_id is None or boundary.workflow is not scope.parent_workflow:
        return False
    activity = scope.top_workflow.get_task_from_id(scope.parent_task_id)
    siblings = (activity.parent, activity.parent.parent)
    return boundary.parent in siblings
