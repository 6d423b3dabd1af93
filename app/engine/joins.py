"""Where branches meet: gateways that take one token from each arrow, no more and no fewer.

SpiffWorkflow 3.2 counts every token that ever arrived, forgets what came twice, drops the way of a token that passed
the same gateway before another, and follows only the first arrow back when it asks what can still arrive. Here a
gateway counts what stands before it (BPMN 2.0.2 clauses 13.4.1 and 13.4.3). What has arrived and waits is one task
that is WAITING, and, for every further token, one that is CANCELLED and has no children.
"""

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable
from typing import Any

from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway, ParallelGateway
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

LIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED


class Meeting:
    """How a gateway takes what arrives."""

    inputs: list[Any]

    def _update_hook(self, my_task: Task) -> bool:
        """Whether it fires with this token, and what else stands before it."""
        arrived = _arrived(my_task)
        for task in arrived:
            if task is not my_task and task.state == TaskState.WAITING:
                task.cancel()
        if not self._fires(my_task, Counter(task.parent.task_spec.name for task in arrived)):
            my_task._set_state(TaskState.WAITING)
            return False
        my_task._inherit_data()
        return True

    def _take(self, my_task: Task) -> None:
        """Take one token of each arrow; what is left goes on waiting."""
        taken = Counter(one.name for one in self.inputs)
        taken[my_task.parent.task_spec.name] -= 1
        left = []
        for task in _arrived(my_task):
            name = task.parent.task_spec.name
            if task is not my_task and taken[name] > 0:
                taken[name] -= 1
                my_task.workflow._remove_task(task.id)
            elif task is not my_task:
                left.append(task)
        if left:
            left[-1]._set_state(TaskState.WAITING)

    def _before(self, ends: Iterable[Any]) -> set[str]:
        """Everything from which one of ``ends`` can be reached without passing this gateway."""
        found: set[str] = set()
        waiting = list(ends)
        while waiting:
            spec = waiting.pop()
            if spec.name not in found and spec is not self:
                found.add(spec.name)
                waiting.extend(spec.inputs)
        return found

    @abstractmethod
    def _fires(self, my_task: Task, arrived: Counter[str]) -> bool:
        """Whether what has arrived, by the name of where it came from, is enough."""


class Parallel(Meeting, ParallelGateway):
    """A parallel gateway: waits for a token on each arrow."""

    def _fires(self, my_task: Task, arrived: Counter[str]) -> bool:
        return Counter(one.name for one in self.inputs) <= arrived

    def _run_hook(self, my_task: Task) -> bool:
        """Take what it waited for."""
        self._take(my_task)
        my_task._inherit_data()
        return True


class Inclusive(Meeting, InclusiveGateway):
    """An inclusive gateway: waits while another token can still come to it on an arrow that has none yet."""

    def _fires(self, my_task: Task, arrived: Counter[str]) -> bool:
        come = [one for one in self.inputs if arrived[one.name]]
        missing = [one for one in self.inputs if not arrived[one.name]]
        may_come, would_follow = self._before(missing), self._before(come)
        standing = {task.task_spec.name for task in my_task.workflow.tasks.values() if self._stands(task, my_task)}
        return not any(name in may_come and name not in would_follow for name in standing)

    def _run_hook(self, my_task: Task) -> bool:
        """Take what it waited for, then choose the ways out. The library would first drop what another token began."""
        self._take(my_task)
        my_task._inherit_data()
        chosen, default = self._get_matching_outputs(my_task)
        if not chosen and not default:
            raise WorkflowTaskException("No conditions satisfied on gateway", task=my_task)
        my_task._sync_children(chosen or default, TaskState.FUTURE)
        return True

    def _stands(self, task: Task, my_task: Task) -> bool:
        """Whether a task is a token elsewhere."""
        is_next = (
            task.state == TaskState.FUTURE and task.parent is not None and task.parent.state == TaskState.COMPLETED
        )
        return (task.has_state(LIVE) or is_next) and task.task_spec is not my_task.task_spec


def waiting(scope: Any) -> list[Task]:
    """The inclusive gateways of a scope that wait: they may fire when a token elsewhere has gone."""
    return [t for t in scope.tasks.values() if t.state == TaskState.WAITING and isinstance(t.task_spec, Inclusive)]


def standing_before(scope: Any, gateway: Any) -> list[Task]:
    """The tokens that have come to a gateway and wait there."""
    return [t for t in scope.tasks.values() if t.task_spec is gateway and _has_come(t) and _is_kept(t)]


def _arrived(my_task: Task) -> list[Task]:
    """The tokens that stand before a gateway, in the order in which they came."""
    same = [task for task in my_task.workflow.tasks.values() if task.task_spec is my_task.task_spec]
    return [task for task in same if _has_come(task) and (task is my_task or _is_kept(task))]


def _has_come(task: Task) -> bool:
    return task.parent is not None and task.parent.state == TaskState.COMPLETED


def _is_kept(task: Task) -> bool:
    return task.state == TaskState.WAITING or (task.state == TaskState.CANCELLED and not task._children)
