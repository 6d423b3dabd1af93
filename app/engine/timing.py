"""Timer events that never read a clock.

SpiffWorkflow 3.2 reads ``datetime.now`` in six places, takes the server's offset at import, counts a month from
31 January to 3 March and bursts after an outage. These definitions replace all of it: on arrival a timer reads its
rule and notes when it started and when it is due; it has fired when the run was told so, and not before.
Kept with the task, by timer: ``{"timers": {key: {"rule", "start_at", "due_at", "due_on"}}, "fired": [key]}``; None
instead of the record for a timer whose last round is over.
"""

from datetime import date, datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.timer import CycleTimerEventDefinition, TimerEventDefinition
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app import errors
from app.engine import facts
from app.law import limits

TIMERS, FIRED = "timers", "fired"


class LimitTimer(TimerEventDefinition):
    """A timer with one time limit: in words, in FEEL (``=timescale("interview")``) or in ISO 8601."""

    def has_fired(self, my_task: Task) -> bool:
        """Whether the run was told that this timer fired. Arms the timer on arrival."""
        if self.name in my_task.internal_data.get(FIRED, []):
            return True
        if self.name not in my_task.internal_data.setdefault(TIMERS, {}):
            my_task.internal_data[TIMERS][self.name] = self._armed(my_task)
        return False

    def fire(self, my_task: Task, at: datetime) -> None:
        """Note that the timer fired."""
        my_task.internal_data.setdefault(FIRED, []).append(self.name)

    def update_task(self, my_task: Task) -> None:
        """Nothing: time passes outside."""

    def reset(self, my_task: Task) -> None:
        """Forget the timer once its event has been dealt with."""
        my_task.internal_data.pop(FIRED, None)
        my_task.internal_data.pop(TIMERS, None)

    def _armed(self, my_task: Task) -> dict[str, Any]:
        rule = rule_of(my_task, self.expression)
        engine = my_task.workflow.script_engine
        seen = facts.seen_from(my_task)
        try:
            due = limits.due(
                self._limit(rule),
                start_at=engine.at,
                opened_at=engine.opened_at,
                fact=lambda path: facts.find(seen, path),
                calendar=engine.calendar,
            )
        except (errors.NotUnderstood, errors.CannotGoOn) as problem:
            raise errors.CannotGoOn(str(problem), element=my_task.task_spec.bpmn_id) from problem
        return note(rule, due)

    @staticmethod
    def _limit(rule: str) -> limits.Limit:
        return limits.read(rule)


class CycleTimer(LimitTimer, CycleTimerEventDefinition):
    """A timer that comes round again, each time starting what follows it once."""

    def fire(self, my_task: Task, at: datetime) -> None:
        """Start what follows, and arm the next round: rounds missed in the meantime are one."""
        armed = my_task.internal_data[TIMERS][self.name]
        cycle = limits.read_cycle(armed["rule"])
        rounds = armed.get("rounds", 0) + 1
        my_task.internal_data[TIMERS][self.name] = None
        if cycle.times is None or rounds < cycle.times:
            coming = limits.following(cycle, due_of(armed), now_at=at, calendar=my_task.workflow.script_engine.calendar)
            my_task.internal_data[TIMERS][self.name] = note(armed["rule"], coming) | {"rounds": rounds}
        for output in my_task.task_spec.outputs:
            _start(my_task, output)

    def cycle_complete(self, my_task: Task) -> bool:
        """Never of itself: rounds begin when the run is told."""
        return False

    @staticmethod
    def _limit(rule: str) -> limits.Limit:
        return limits.read_cycle(rule).each


def rule_of(task: Task, expression: str) -> str:
    """The rule of a timer in words: as written, or what its FEEL expression gives."""
    text = (expression or "").strip()
    if not text.startswith("="):
        return text
    said = task.workflow.script_engine.evaluate(task, text)
    if not isinstance(said, str) or not said:
        raise errors.CannotGoOn(f"The time limit ‘{text}’ gave no limit.", element=task.task_spec.bpmn_id)
    return said


def note(rule: str, due: limits.Due) -> dict[str, Any]:
    """What a timer keeps: its rule, what it counted from and when it is due."""
    return {
        "rule": rule,
        "start_at": due.start_at.isoformat(),
        "due_at": due.at.isoformat(),
        "due_on": due.on.isoformat() if due.on else None,
    }


def due_of(noted: dict[str, Any]) -> limits.Due:
    """The same, read back."""
    on = date.fromisoformat(noted["due_on"]) if noted["due_on"] else None
    return limits.Due(datetime.fromisoformat(noted["due_at"]), on, datetime.fromisoformat(noted["start_at"]))


def _start(task: Task, output: Any) -> None:
    child = task._add_child(output, TaskState.FUTURE)
    child.task_spec._predict(child, mask=TaskState.NOT_FINISHED_MASK)
    child.task_spec._update(child)
