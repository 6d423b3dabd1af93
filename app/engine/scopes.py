"""Subprocesses and multi-instances over shared facts.

Mended here, each with its own small drawing in tests/engine: SpiffWorkflow 3.2 copies data in and out of every
subprocess; refuses a second round of a multi-instance; has no bound for one; and goes on with the insides of what was
interrupted.
"""

from typing import Any

from SpiffWorkflow.bpmn.specs.data_spec import TaskDataReference
from SpiffWorkflow.spiff.specs.defaults import CallActivity, EventSubprocess, SubWorkflowTask, TransactionSubprocess
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


def open_scopes(top: Any) -> list[Any]:
    """The process itself and every page or subprocess in it that is under way; none when it is over.

    The library keeps what was interrupted among its subprocesses, and never calls it completed.
    """
    return [] if top.completed else [top, *(scope for scope in top.subprocesses.values() if _is_open(top, scope))]


def _is_open(top: Any, scope: Any) -> bool:
    # what is completed is most of a long case, and to find the task around it takes a look at every page
    return not scope.completed and bool(top.get_task_from_id(scope.parent_task_id).has_state(LIVE))


def forget(workflow: Any, removed: Task) -> None:
    """Forget all that went on inside a task that is removed.

    The library removes the instances of a multi-instance that is interrupted, and would go on with their insides.
    """
    top = workflow.top_workflow
    scope = top.subprocesses.pop(removed.id, None)
    for task in list(scope.tasks.values()) if scope is not None else ():
        top.event_manager.remove_task(task)
        forget(scope, task)
