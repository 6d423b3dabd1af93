"""What a run shows of itself: frozen records, so that nobody outside holds an object of SpiffWorkflow."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.mixins.service_task import ServiceTask
from SpiffWorkflow.task import Task

from app.drawing.asking import form_key
from app.engine import facts, notes
from app.engine.arriving import Arrival, arrival_id
from app.engine.frame_timing import frame_starts
from app.engine.nearing import NEAR, NearTimer
from app.engine.timing import TIMERS, CycleTimer, LimitTimer, property_of
from app.engine.weaving import ASKING

EDGE = ".BoundaryEventSplit"  # behind the id of an activity: where the library opens the events on its edge


@dataclass(frozen=True)
class OpenTask:
    """A task that a person may do now."""

    id: UUID
    key: str  # the element's id in the drawing
    process: str  # the process it stands in
    name: str  # the element's label, as people read it
    role: str  # the lane it stands in, or its candidate group
    form: str  # the key of its form; "" for the plain one
    instructions: str  # markdown, from the drawing
    item: Any = None  # what this instance of a multi-instance is for


@dataclass(frozen=True)
class WaitingTimer:
    """A timer that the run waits for."""

    id: UUID  # of the waiting task; together with ``key`` it names the timer
    key: str  # the element's id in the drawing
    process: str
    name: str
    rule: str  # the limit as agreed, in words
    start_at: datetime  # what it counts from
    due_at: datetime  # the first instant at which it has passed
    due_on: date | None  # the last day, for a limit in days
    task_key: str = ""  # the element it hangs on, for a boundary timer
    interrupts: bool = False
    item: Any = None  # what the instance it stands in is for
    milestone: str = ""  # in the table of agreed timescales
    first_due_on: date | None = None  # the day that was promised first, where it has moved
    comes_again: bool = False  # a round of a cycle
    held_at: datetime | None = None  # since when its clock is held
    changes: tuple[Mapping[str, Any], ...] = ()  # extensions and holds, each with its ``id``


@dataclass(frozen=True)
class Moved:
    """A waiting timer that came to end at another instant."""

    timer: WaitingTimer  # as it is now
    due_at: datetime  # as it was
    due_on: date | None


@dataclass(frozen=True)
class Effect:
    """What a drawing asks the world outside to do. Kept with the case, carried out later."""

    key: str  # the element's id
    kind: str  # the element's kind: "letter" or "service"
    name: str  # its label
    wants: Mapping[str, str]  # the element's properties: letter, to, ...
    item: Any = None


@dataclass(frozen=True)
class Passed:
    """An element that the run went through while it settled."""

    key: str
    process: str
    name: str
    kind: str


@dataclass(frozen=True)
class Taken:
    """The way a run took where ways part: from an element to the next one, by their ids."""

    process: str
    source: str
    target: str


def open_task(task: Task) -> OpenTask:
    """A task as people see it."""
    spec = task.task_spec
    properties, extensions = _properties(task), getattr(spec, "extensions", None) or {}
    return OpenTask(
        id=task.id,
        key=key_of(task),
        process=task.workflow.spec.name,
        name=spec.bpmn_name or key_of(task),
        role=properties.get("candidateGroup") or spec.lane or _lane_around(task),
        form=properties.get("formRef", ""),
        instructions=extensions.get("instructionsForEndUser") or spec.documentation or "",
        item=facts.item_of(task),
    )


def arrival(task: Task, awaited: Arrival, spec: Any) -> OpenTask:
    """What a person is asked to confirm, as an open task; ``spec`` is the event as it was drawn."""
    extensions = getattr(spec, "extensions", None) or {}
    properties = extensions.get("properties") or {}
    return OpenTask(
        id=arrival_id(task, awaited),
        key=awaited.element,
        process=task.workflow.spec.name,
        name=spec.bpmn_name or awaited.element,
        role=properties.get("candidateGroup") or spec.lane or task.task_spec.lane or _lane_around(task),
        form=form_key(awaited.element),
        instructions=spec.documentation or "",
        item=facts.item_of(task),
    )


def waiting_timer(task: Task, key: str) -> WaitingTimer:
    """One of the timers of a task, as the rest of the system sees it."""
    noted, spec = task.internal_data[TIMERS][key], timers_of(task)[key].drawn(task)
    due = notes.due_of(noted)
    is_boundary = hasattr(spec, "cancel_activity")
    first = noted.get("first_due_on")
    return WaitingTimer(
        id=task.id,
        key=key,
        process=task.workflow.spec.name,
        name=spec.bpmn_name or key,
        rule=noted["rule"],
        start_at=due.start_at,
        due_at=due.at,
        due_on=due.on,
        task_key=task.parent.task_spec.name.removesuffix(EDGE) if is_boundary else "",
        interrupts=bool(getattr(spec, "cancel_activity", False)),
        item=facts.item_of(task),
        milestone=property_of(spec, "milestone"),
        first_due_on=date.fromisoformat(first) if first else None,
        comes_again=isinstance(timers_of(task)[key], CycleTimer),
        held_at=notes.held_at(noted),
        changes=tuple(noted.get("changes", ())),
    )


def effect(task: Task) -> Effect:
    """What a task asks the world outside to do."""
    wanted = wants(task)
    kind = "letter" if "letter" in wanted else "service"
    return Effect(key_of(task), kind, task.task_spec.bpmn_name or "", wanted, facts.item_of(task))


def wants(task: Task) -> dict[str, str]:
    """The properties of an element that asks for an effect; events without any ask for none."""
    properties = _properties(task)
    if isinstance(task.task_spec, ServiceTask) or "letter" in properties:
        return {"element": key_of(task)} | properties
    return {}


def _properties(task: Task) -> dict[str, str]:
    return (getattr(task.task_spec, "extensions", None) or {}).get("properties") or {}


def passed(task: Task) -> Passed:
    """A task as an element that the run went through."""
    spec = task.task_spec
    return Passed(key_of(task), task.workflow.spec.name, spec.bpmn_name or "", type(spec).__name__)


def taken(task: Task) -> list[Taken]:
    """The ways out that a task took when it was run, where it has several; also those that only the library knows."""
    if len(task.task_spec.outputs) < 2 or not task.task_spec.bpmn_id:
        return []
    process, targets = task.workflow.spec.name, [key_of(child).removesuffix(EDGE) for child in task.children]
    return [Taken(process, key_of(task), target) for target in dict.fromkeys(targets)]


def key_of(task: Task) -> str:
    """The element's id in the drawing: the library renames the inner part of a repeated task, we the asking part."""
    return (task.task_spec.bpmn_id or str(task.task_spec.name).removesuffix(" [child]")).removesuffix(ASKING)


def _lane_around(task: Task) -> str:
    """The lane of the nearest surrounding activity that stands in one."""
    workflow = task.workflow
    while workflow.parent_task_id is not None:
        outer = workflow.top_workflow.get_task_from_id(workflow.parent_task_id)
        if outer.task_spec.lane:
            return str(outer.task_spec.lane)
        workflow = outer.workflow
    return ""


def timers_of(task: Task) -> dict[str, LimitTimer]:
    """The timers a task listens to by the ids of their events.

    Its own, those of an event-based gateway, or of the event subprocesses around the process that it began.
    """
    definition = getattr(task.task_spec, "event_definition", None)
    several = getattr(definition, "event_definitions", None) or [definition]
    several = [*several, *(start.event_definition.timer for _, start in frame_starts(task))]
    found = {d.name: d for d in several if isinstance(d, LimitTimer)}
    noted = task.internal_data.get(TIMERS, {})
    return found | {key + NEAR: NearTimer(timer) for key, timer in found.items() if noted.get(key + NEAR)}
