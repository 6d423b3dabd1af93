"""What a run waits for that no clock and no message brings: what people confirm, and conditions that come true."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.event_definitions.conditional import ConditionalEventDefinition
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.engine import events, scopes
from app.engine.arriving import Arrival, arrival_id, arrivals


@dataclass(frozen=True)
class Awaited:
    """An event that a person is asked to confirm, and the task that waits for it.

    For the start of an event subprocess that is the task with which the process around it began.
    """

    task: Task
    arrival: Arrival
    spec: Any  # the event as it was drawn

    def confirm(self) -> None:
        """It has come."""
        if self.task is self.task.workflow.task_tree:
            events.arrive(self.task.workflow, self.arrival.event)
            return
        self.task.task_spec.catch(self.task, self.arrival.event)
        self.task.task_spec._update(self.task)


def awaited(run: Any) -> Iterator[Awaited]:
    """Everything that people are asked to confirm now."""
    for scope in scopes.open_scopes(run):
        for task in scope.tasks.values():
            if task.has_state(TaskState.WAITING):
                specs = scope.spec.task_specs
                yield from (Awaited(task, one, specs.get(one.element, task.task_spec)) for one in arrivals(task))
        for start in events.awaited(scope):
            yield Awaited(scope.task_tree, start.event_definition, start)


def find(run: Any, task_id: UUID) -> Awaited | None:
    """What is confirmed by an open task of this id; None where it is another task, or has gone."""
    return next((one for one in awaited(run) if arrival_id(one.task, one.arrival) == task_id), None)


def conditions_hold(run: Any) -> bool:
    """Look at every condition that is waited for (BPMN 2.0.2 clause 10.5.5). Whether one has come true."""
    waiting = [
        task
        for scope in scopes.open_scopes(run)
        for task in list(scope.tasks.values())
        if task.has_state(TaskState.WAITING)
        and isinstance(getattr(task.task_spec, "event_definition", None), ConditionalEventDefinition)
    ]
    for task in waiting:
        task.task_spec._update(task)
    return any(task.has_state(TaskState.READY) for task in waiting)
