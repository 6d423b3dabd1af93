"""Subprocesses and multi-instances over shared facts, and events that stay in their scope.

Mended here, each with its own small drawing in tests/engine: SpiffWorkflow 3.2 copies data in and out of every
subprocess; refuses a second round of a multi-instance; and hands an escalation or error to every listener of the
run, where BPMN 2.0.2 clause 10.5.7 hands it to the innermost scope that catches it.
"""

from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.data_spec import TaskDataReference
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.util.event import BpmnEvent, EventManager
from SpiffWorkflow.spiff.specs.defaults import CallActivity, EventSubprocess, SubWorkflowTask, TransactionSubprocess
from SpiffWorkflow.spiff.specs.event_definitions import ErrorEventDefinition, EscalationEventDefinition
from SpiffWorkflow.spiff.specs.spiff_task import SpiffBpmnTask
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app import errors
from app.engine import facts

LIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED
ITEMS = "items"  # where a multi-instance notes what it goes through
MOST_INSTANCES = 200  # of one multi-instance; more would be a mistake of the drawing or of an answer


class SharedFacts:
    """A subprocess works on the facts of its case: nothing is copied in or out."""

    def copy_data(self, my_task: Task, subworkflow: Any) -> None:
        """Nothing to copy."""

    def update_data(self, my_task: Task, subworkflow: Any) -> None:
        """Nothing to copy back."""


class Subprocess(SharedFacts, SubWorkflowTask):
    """An embedded subprocess."""


class CalledProcess(SharedFacts, CallActivity):
    """A call activity: another drawing, on the same case."""


class Transaction(SharedFacts, TransactionSubprocess):
    """A transaction subprocess."""


class EventScope(SharedFacts, EventSubprocess):
    """An event subprocess: the dotted frame."""


class DecisionTask(SpiffBpmnTask):
    """A business rule task. The table is asked through the run's engine, so the drawing holds only its name."""

    def __init__(self, wf_spec: Any, bpmn_id: str, decision: str = "", **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.decision = decision

    def _run_hook(self, my_task: Task) -> bool:
        my_task.workflow.script_engine.decide(my_task, self.decision)
        return True


class Collection(TaskDataReference):
    """The list that a multi-instance goes through: a fact of the case, by name or path.

    It is looked up once, when the activity is reached (BPMN 2.0.2 clause 13.3.7), so a list that changes meanwhile
    changes nothing. The library would look again for each instance, and stop at a list that became shorter.
    """

    def get(self, my_task: Task) -> list[Any]:
        """The list. Raises ``CannotGoOn`` when it is missing, no list, or too long."""
        if ITEMS not in my_task.internal_data:
            my_task.internal_data[ITEMS] = self._bounded(my_task)
        return my_task.internal_data[ITEMS]

    def exists(self, my_task: Task) -> bool:
        """Always: a list that is not there stops the case when it is looked up."""
        return True

    def _bounded(self, my_task: Task) -> list[Any]:
        items = self._items(my_task)
        if len(items) > MOST_INSTANCES:
            raise _unusable(my_task, f"‘{self.bpmn_id}’ is too long: at most {MOST_INSTANCES} may be asked.")
        return items

    def _items(self, my_task: Task) -> list[Any]:
        found = facts.find(facts.seen_from(my_task), self.bpmn_id)
        if not isinstance(found, list):
            raise _unusable(my_task, f"‘{self.bpmn_id}’ is not a list yet.")
        if None in found:
            raise _unusable(my_task, f"‘{self.bpmn_id}’ has an empty entry.")
        return list(found)


class Numbered(Collection):
    """The numbers from 0 that a multi-instance goes through where the drawing says how many (``loopCardinality``)."""

    def _items(self, my_task: Task) -> list[Any]:
        count = my_task.workflow.script_engine.evaluate(my_task, self.bpmn_id)
        if type(count) is not int or count < 0:
            raise _unusable(my_task, f"‘{self.bpmn_id}’ does not say how many.")
        return list(range(min(count, MOST_INSTANCES + 1)))


def _unusable(my_task: Task, says: str) -> errors.CannotGoOn:
    return errors.CannotGoOn(says, element=my_task.task_spec.name)  # the name of an activity is its id


class Collected(TaskDataReference):
    """Where the answers of a multi-instance go: a fact that is emptied when a round begins."""

    def exists(self, my_task: Task) -> bool:
        """Never before a round: each round starts with an empty list."""
        return False

    def set(self, my_task: Task, value: Any) -> None:
        """Keep the list as a fact."""
        facts.lay(my_task, facts.nested(self.bpmn_id, value))

    def get(self, my_task: Task) -> Any:
        """The list as it stands."""
        return facts.find(facts.seen_from(my_task), self.bpmn_id)


class Nowhere(Collected):
    """The answers of a multi-instance whose drawing does not say where they go: they end with it."""

    def set(self, my_task: Task, value: Any) -> None:
        """Keep nothing."""

    def get(self, my_task: Task) -> Any:
        """A list that nobody reads."""
        return []


class InstanceAnswers(TaskDataReference):
    """What one instance gives: its item as ``for``, and the answers given within it."""

    def exists(self, my_task: Task) -> bool:
        """Whether ``my_task`` is an instance: the library asks this of the whole activity as well."""
        return any(mark in my_task.internal_data for mark in facts.INSTANCE_MARKS)

    def get(self, my_task: Task) -> dict[str, Any]:
        """The record to collect."""
        item = getattr(my_task.parent.task_spec, "input_item", None)
        own = dict(my_task.data)
        return {"for": own.pop(item.bpmn_id, None) if item else None} | own


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
        _open_frames(scope, event)
        for task in _listeners(scope, event):
            task.task_spec.catch(task, event)
            task.task_spec._update(task)
            if isinstance(definition, Fault) and not isinstance(task.task_spec, BoundaryEvent):
                _end_all_else(scope, {my_task.id, task.workflow.parent_task_id})
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
            _open_frames(scope, event)


def open_scopes(top: Any) -> list[Any]:
    """The process itself and every page or subprocess in it that is under way; none when it is over.

    The library keeps what was interrupted among its subprocesses, and never calls it completed.
    """
    return [] if top.completed else [top, *(scope for scope in top.subprocesses.values() if _is_open(top, scope))]


def _is_open(top: Any, scope: Any) -> bool:
    around = top.get_task_from_id(scope.parent_task_id)
    return not scope.completed and bool(around.has_state(LIVE))


def forget(workflow: Any, removed: Task) -> None:
    """Forget all that went on inside a task that is removed.

    The library removes the instances of a multi-instance that is interrupted, and would go on with their insides.
    """
    top = workflow.top_workflow
    scope = top.subprocesses.pop(removed.id, None)
    for task in list(scope.tasks.values()) if scope is not None else ():
        top.event_manager.remove_task(task)
        forget(scope, task)


def frames(scope: Any, event: BpmnEvent) -> list[str]:
    """The names of the event subprocesses around a scope's tasks that the event starts."""
    specs = scope.top_workflow.subprocess_specs
    return [
        name
        for name in scope.spec.start.trigger_specs
        if any(start.event_definition == event.event_definition for start in specs[name].bpmn_start_events)
    ]


def _open_frames(scope: Any, event: BpmnEvent) -> None:
    for name in frames(scope, event):
        scope.spec.start.trigger_wf(scope.task_tree, name)


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
