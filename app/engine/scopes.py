"""Subprocesses and multi-instances over shared facts, and events that stay in their scope.

Mended here, each with its own small drawing in tests/engine: SpiffWorkflow 3.2 copies data in and out of every
subprocess; refuses a second round of a multi-instance; and hands an escalation or error to every listener of the
run, where BPMN 2.0.2 clause 10.5.7 hands it to the innermost scope that catches it.
"""

from typing import Any

from SpiffWorkflow.bpmn.specs.data_spec import TaskDataReference
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.spiff.specs.defaults import CallActivity, EventSubprocess, SubWorkflowTask, TransactionSubprocess
from SpiffWorkflow.spiff.specs.event_definitions import ErrorEventDefinition, EscalationEventDefinition
from SpiffWorkflow.spiff.specs.spiff_task import SpiffBpmnTask
from SpiffWorkflow.task import Task

from app import errors
from app.engine import facts


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
    """The list that a multi-instance goes through: a fact of the case, by name or path."""

    def get(self, my_task: Task) -> Any:
        """The list. Raises ``CannotGoOn`` when the fact is missing or no list."""
        found = facts.find(facts.seen_from(my_task), self.bpmn_id)
        if not isinstance(found, list):
            raise errors.CannotGoOn(f"‘{self.bpmn_id}’ is not a list yet.", element=my_task.task_spec.bpmn_id or "")
        return found

    def exists(self, my_task: Task) -> bool:
        """Whether the list is there."""
        return isinstance(facts.find(facts.seen_from(my_task), self.bpmn_id), list)


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
    top = scope.top_workflow
    while scope is not None:
        if scope is top:
            top.event_manager.update_collaboration(event)
        for task in _listeners(scope, event):
            task.task_spec.catch(task, event)
            task.task_spec._update(task)
            return True
        scope = scope.parent_workflow
    return False


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
