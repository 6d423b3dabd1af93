"""Timers that start an event subprocess, while what is around it goes on.

The note of such a timer stands with the task that began the process around the frame, which has long ended: so
nobody waits for it, and the process can end.
"""

from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.task import Task

from app.engine import events
from app.engine.timing import TIMERS, CycleTimer, LimitTimer


class Opens:
    """What a timer does that starts an event subprocess: the note stands with the task that began the process."""

    name: str

    def drawn(self, my_task: Task) -> Any:
        """The start event of the frame."""
        return next(start for _, start in frame_starts(my_task) if start.event_definition.timer is self)

    def _begin(self, my_task: Task) -> None:
        frame = next(name for name, start in frame_starts(my_task) if start.event_definition.timer is self)
        events.begin_frame(my_task, frame)


class OpensOnce(Opens, LimitTimer):
    """A limit that opens a frame."""

    def fire(self, my_task: Task, at: datetime) -> None:
        """Open it, and wait no more."""
        my_task.internal_data[TIMERS][self.name] = None
        self._begin(my_task)


class OpensAgain(Opens, CycleTimer):
    """A cycle that opens a frame each time."""


class FrameTimer(EventDefinition):
    """The timer that starts an event subprocess, while what is around it goes on.

    SpiffWorkflow 3.2 would open the subprocess at once, wait in it, and so never end the process around it. So this
    is none of the library's timers: ``timer`` waits outside, and the start event has fired when it is reached.
    """

    def __init__(self, timer: LimitTimer) -> None:
        super().__init__(timer.name)
        self.timer = timer

    def has_fired(self, my_task: Task) -> bool:
        """Always: the frame is opened when it has."""
        return True


def frame_starts(task: Task) -> list[tuple[str, Any]]:
    """The frames around the process that ``task`` began, with the start event of each that a timer starts."""
    specs = task.workflow.top_workflow.subprocess_specs
    return [
        (name, start)
        for name in getattr(task.task_spec, "trigger_specs", ())
        for start in specs[name].bpmn_start_events
        if isinstance(start.event_definition, FrameTimer)
    ]
