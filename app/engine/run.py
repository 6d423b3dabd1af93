"""One run of one procedure: wake it, change it, let it come to rest, put it away.

The rest of the system sees ``Run`` and the frozen records it hands out; it never sees a SpiffWorkflow object.
A run never reads a clock: it is told the instant at which it is woken, and which timer fired.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent, ThrowingEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import MultiInstanceTask
from SpiffWorkflow.bpmn.specs.mixins.service_task import ServiceTask
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.spiff.specs.event_definitions import MessageEventDefinition
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app import errors
from app.drawing.decisions import DecisionTable
from app.engine import awaiting, events, facts, moving, notes, scopes, snapshot, stepping, views
from app.engine.feel_engine import FeelEngine
from app.engine.library import Procedure
from app.engine.nearing import NEAR, NearTimer
from app.engine.timing import TIMERS, LimitTimer
from app.engine.views import Effect, Moved, OpenTask, Passed, Taken, WaitingTimer
from app.law.limits import Due

__all__ = ["Effect", "Moved", "OpenTask", "Passed", "Run", "Taken", "WaitingTimer"]

STEPS = 500  # that one settling may take
SECONDS = 10.0  # that one settling may take
GROWTH = 1_000  # tasks that one settling may add to a page: more come of forks that lead back into themselves


@dataclass
class Run:
    """A process instance (BPMN 2.0.2 clause 13.2)."""

    procedure: Procedure
    _workflow: BpmnWorkflow
    effects: list[Effect] = field(default_factory=list)  # asked for since it was woken
    passed: list[Passed] = field(default_factory=list)  # gone through since it was woken
    taken: list[Taken] = field(default_factory=list)  # since it was woken, where ways part
    moved: list[Moved] = field(default_factory=list)  # time limits that came to end at another instant since then
    _steps: int = 0
    _most: int = GROWTH  # tasks that a page may have before the run has come to rest

    def __post_init__(self) -> None:
        """Listen on every page, and to what is interrupted."""
        listeners = events.Listeners(self._workflow)
        listeners.tasks = self._workflow.event_manager.tasks
        self._workflow.event_manager = listeners
        self._workflow.task_removed_event.connect(scopes.forget)

    @classmethod
    def start(cls, procedure: Procedure, process_id: str, given: Mapping[str, Any], *, at: datetime) -> "Run":
        """A new run at its first resting point. ``given`` are the facts it starts with."""
        engine = FeelEngine(at=at, opened_at=at, tables=procedure.tables, calendars=procedure.calendars)
        workflow = BpmnWorkflow(procedure.spec(process_id), procedure.specs, script_engine=engine)
        workflow.data[facts.KEY] = {}
        facts.merge(workflow.data[facts.KEY], given)
        run = cls(procedure, workflow)
        run.settle()
        return run

    @classmethod
    def wake(cls, kept: bytes, procedure: Procedure, *, at: datetime, opened_at: datetime) -> "Run":
        """The run as it was when it was put away, at the instant ``at``."""
        engine = FeelEngine(at=at, opened_at=opened_at, tables=procedure.tables, calendars=procedure.calendars)
        return cls(procedure, snapshot.wake(kept, procedure, engine))

    def put_away(self) -> bytes:
        """Everything needed to wake this run again."""
        return snapshot.put_away(self._workflow)

    @property
    def is_over(self) -> bool:
        """No token is left: every path has reached its end event."""
        return bool(self._workflow.completed)

    @property
    def decided(self) -> list[tuple[str, dict[str, Any]]]:
        """The decision tables that were asked since it was woken, each by its id with what it said."""
        return list(self._workflow.script_engine.decided)

    @property
    def facts(self) -> dict[str, Any]:
        """The facts of the case."""
        return self._workflow.data[facts.KEY]

    def seen_by(self, task_id: UUID) -> dict[str, Any]:
        """The facts that a task sees: those of the case and, in a repeated task, its own. ``CaseMovedOn`` when gone."""
        awaited = awaiting.find(self._workflow, task_id)
        task = awaited.task if awaited else self._find(task_id)
        if task is None:
            raise errors.CaseMovedOn
        return facts.seen_from(task)

    def lay(self, values: Mapping[str, Any]) -> None:
        """Add to the facts of the case, or correct them."""
        facts.merge(self.facts, values)

    def complete(self, task_id: UUID, answers: Mapping[str, Any]) -> None:
        """Finish an open task with its answers. Raises ``CaseMovedOn`` when it is not open any more."""
        awaited = awaiting.find(self._workflow, task_id)
        if awaited is not None:
            facts.lay(awaited.task, answers)
            awaited.confirm()
            return
        task = self._find(task_id)
        if task is None or not task.has_state(TaskState.READY) or not task.task_spec.manual:
            raise errors.CaseMovedOn
        facts.lay(task, answers)
        self._note(task)
        snapshot.predict(task)
        task.run()

    def fire(self, task_id: UUID, key: str, *, at: datetime) -> None:
        """Tell the run that a timer has fired. Raises ``CaseMovedOn`` when it waits for it no more."""
        task = self._timing(task_id, key)
        if notes.held_at(task.internal_data[TIMERS][key]):  # as long as it may be held
            moving.let_go(task, key, at)
            return
        views.timers_of(task)[key].fire(task, at)
        if task.has_state(TaskState.WAITING):
            task.task_spec._update(task)

    def change_limit(self, task_id: UUID, key: str, change: Callable[[Task], None]) -> None:
        """Extend, hold or let go on the time limit that a timer watches; ``change`` is of ``moving``.

        Raises ``CaseMovedOn`` when the run waits for it no more, and what ``change`` raises.
        """
        change(self._timing(task_id, key))

    def read_rules_anew(self, before: Mapping[str, DecisionTable]) -> None:
        """Hold every waiting timer to what the tables say now, where the tables ``before`` say something else.

        What it counts from stays, so the time already used is credited; so do its extensions and holds. It is counted
        anew when the run settles.
        """
        for task, key, noted in self._noted():
            task.internal_data[TIMERS][key] = views.timers_of(task)[key].read_anew(task, noted, before)

    def working(self, task_id: UUID, key: str) -> Due:
        """How a waiting timer's end is counted, day by day. Raises ``CaseMovedOn`` when it waits no more."""
        task = self._timing(task_id, key)
        return views.timers_of(task)[key].counted(task, task.internal_data[TIMERS][key])

    def now(self, at: datetime) -> None:
        """Tell a run that stays in memory that it is later."""
        self._workflow.script_engine.at = at

    def receive(self, message: str, values: Mapping[str, Any]) -> None:
        """Hand the run a message from outside. Raises ``CaseMovedOn`` when nothing in it waits for one."""
        event = BpmnEvent(MessageEventDefinition(message), payload={})
        if not self.expects(message):
            raise errors.CaseMovedOn(f"This case is not waiting for ‘{message}’.")
        facts.merge(self.facts, values)
        self._workflow.send_event(event)

    def expects(self, message: str) -> bool:
        """Whether a message of this name would be taken."""
        event = BpmnEvent(MessageEventDefinition(message), payload={})
        waiting = self._workflow.event_manager.tasks.values()
        return any(t.task_spec.catches(t, event) for t in waiting) or any(
            events.frames(scope, event) for scope in scopes.open_scopes(self._workflow)
        )

    def settle(self) -> None:
        """Let everything run that needs no person and no waiting.

        Raises ``CannotGoOn``, naming the element, when the drawing cannot be followed or does not come to rest.
        """
        began, self._steps = time.monotonic(), 0
        self._most = GROWTH + max(len(scope.tasks) for scope in (self._workflow, *self._workflow.subprocesses.values()))
        try:
            stepping.go_on(self._workflow, lambda task: self._before(task, began), self._after)
        except WorkflowException as problem:
            raise _stopped(problem) from problem
        except RecursionError as problem:
            raise errors.CannotGoOn("The drawing goes too deep.") from problem
        self._arm_frames()
        self._recount()
        self._arm_near()

    def open_tasks(self) -> list[OpenTask]:
        """What people may do now."""
        drawn = [views.open_task(t) for t in self._everywhere(TaskState.READY) if t.task_spec.manual]
        return drawn + [views.arrival(one.task, one.arrival, one.spec) for one in awaiting.awaited(self._workflow)]

    def waiting_timers(self) -> list[WaitingTimer]:
        """What will happen if they do not."""
        return [views.waiting_timer(task, key) for task, key, noted in self._noted() if not noted.get("rests")]

    def stands_at(self) -> list[str]:
        """The elements at which something waits or may be done, by their ids, in the order of the drawing."""
        live = [t for state in (TaskState.WAITING, TaskState.READY) for t in self._everywhere(state)]
        return list(dict.fromkeys(views.key_of(task) for task in live if task.task_spec.bpmn_id))

    def waits_for_messages(self) -> bool:
        """Whether some token waits for a message."""
        waiting = self._everywhere(TaskState.WAITING)
        return any(isinstance(t.task_spec, CatchingEvent) and not views.timers_of(t) for t in waiting)

    def _arm_frames(self) -> None:
        """Start the clock of each event subprocess that a timer opens, on every page that has just begun."""
        for scope in scopes.open_scopes(self._workflow):
            root = scope.task_tree
            for key, timer in views.timers_of(root).items():
                if key not in root.internal_data.setdefault(TIMERS, {}):
                    root.internal_data[TIMERS][key] = timer.armed(root)

    def _arm_near(self) -> None:
        """Beside each limit of a milestone, note the moment at which it comes near, where a frame waits for that."""
        for task, key, noted in self._noted():
            timer, known = views.timers_of(task)[key], task.internal_data[TIMERS]
            if type(timer) is LimitTimer and key + NEAR not in known:
                known[key + NEAR] = NearTimer(timer).armed_beside(task, noted)

    def _recount(self) -> None:
        """Count anew what a fact, the calendar or somebody moved."""
        for task, key, noted in self._noted():
            anew = views.timers_of(task)[key].recounted(task, noted)
            task.internal_data[TIMERS][key] = anew
            if anew["due_at"] != noted["due_at"] and not noted.get("rests"):
                before = notes.due_of(noted)
                self.moved.append(Moved(views.waiting_timer(task, key), before.at, before.on))

    def _noted(self) -> list[tuple[Task, str, notes.Note]]:
        """Every waiting timer: the task it stands with, its key and its note."""
        roots = [scope.task_tree for scope in scopes.open_scopes(self._workflow)]
        return [
            (task, key, noted)
            for task in [*self._everywhere(TaskState.WAITING), *roots]
            if (timers := task.internal_data.get(TIMERS))
            for key in views.timers_of(task)
            if (noted := timers.get(key))
        ]

    def _timing(self, task_id: UUID, key: str) -> Task:
        """The task a waiting timer stands with, or ``CaseMovedOn``."""
        for task, known, noted in self._noted():
            if (task.id, known) == (task_id, key) and not noted.get("rests"):
                return task
        raise errors.CaseMovedOn

    def _before(self, task: Task, began: float) -> None:
        self._steps += 1
        goes_round = self._steps > STEPS or len(task.workflow.tasks) > self._most
        if goes_round or time.monotonic() - began > SECONDS:
            raise errors.NeverRests("The drawing goes round without coming to rest.", element=views.key_of(task))
        self._note(task)
        snapshot.predict(task)
        if isinstance(task.task_spec, (ServiceTask, ThrowingEvent)) and views.wants(task):
            self.effects.append(views.effect(task))

    def _after(self, task: Task) -> None:
        """Tidy behind the library: events on an edge are heard again, a multi-instance leaves no data."""
        events.goes_on_listening(task)
        self.taken += views.taken(task)
        if isinstance(task.task_spec, MultiInstanceTask):
            task.data = dict(task.parent.data)

    def _note(self, task: Task) -> None:
        if task.task_spec.bpmn_id:
            self.passed.append(views.passed(task))

    def _everywhere(self, state: int) -> list[Task]:
        return [t for scope in scopes.open_scopes(self._workflow) for t in scope.tasks.values() if t.has_state(state)]

    def _find(self, task_id: UUID) -> Task | None:
        everywhere = (self._workflow, *self._workflow.subprocesses.values())
        return next((scope.tasks[task_id] for scope in everywhere if task_id in scope.tasks), None)


def _stopped(problem: WorkflowException) -> errors.CannotGoOn:
    """What the library says, in our words where we know them."""
    says = str(problem).splitlines()[0]
    if "No conditions satisfied" in says or "No default task" in says or "did not match" in says:
        says = "None of the ways out of this question fits the answers."
    return errors.CannotGoOn(says, element=getattr(problem.task_spec, "bpmn_id", None) or "")
