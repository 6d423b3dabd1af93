"""What the history says of one step of a run: the event, the tasks that opened, the limits that moved, the letters.

It reads the run and keeps nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.engine.nearing import NEAR
from app.engine.run import Moved, OpenTask, Run, WaitingTimer
from app.store.history import Happened
from app.store.rows.cases import Timer
from app.store.tasks import Removed

Record = dict[str, Any]


@dataclass(frozen=True)
class Turned:
    """What became of the tasks of a case in one step."""

    opened: Sequence[OpenTask] = ()
    gone: Sequence[Removed] = ()  # finished, or not needed any more
    limits: Mapping[UUID, Record] = field(default_factory=dict)  # of those that opened, or whose limit moved


def remember_told(run: Run, at: datetime) -> None:
    """Lay down as the fact ``told.<whom>`` when somebody was last written to: a limit may count from it."""
    written = [e.wants.get("to", "") for e in run.effects if e.kind == "letter" and e.item is None]
    whom = {name for to in written for name in to.replace(",", " ").split() if name.isidentifier()}
    if whom:
        run.lay({"told": {name: at.isoformat() for name in sorted(whom)}})
        run.settle()


def lines(run: Run, process_id: str, turned: Turned, events: Sequence[Happened], at: datetime) -> list[Happened]:
    """The lines of a step, in order: its events, what they opened, moved and asked for, and that the case closed."""
    told = [*_with_way(events, run, turned), *_withdrawn(turned, events, at)]
    told += [Happened("task_opened", task.key, at, says=_opened(task, turned)) for task in turned.opened]
    moves = [m for m in run.moved if not (m.timer.comes_again or m.timer.key.endswith(NEAR) or _is_told(m, events))]
    told += [Happened("limit_moved", m.timer.key, at, says=_moved(m, events)) for m in moves]
    told += [Happened("effect_asked", e.key, at, says={"name": e.name, **e.wants}) for e in run.effects]
    return [*told, Happened("case_closed", process_id, at)] if run.is_over else told


def fired(timer: Timer | WaitingTimer, at: datetime) -> Happened:
    """The event with which a timer ends at ``at``."""
    says = {
        "timer": timer.id.hex,
        "key": timer.key,
        "name": timer.name,
        "rule": timer.rule,
        "task": timer.task_key,
        "due_at": timer.due_at.isoformat(),
        "due_on": timer.due_on.isoformat() if timer.due_on else None,
    }
    return Happened(kind_of(timer), timer.key, at, says=says)


def kind_of(timer: Timer | WaitingTimer) -> str:
    """What it means that a timer is due: a held clock runs on, a limit comes near, or it has passed."""
    if timer.held_at:
        return "hold_ended"
    return "limit_near" if timer.key.endswith(NEAR) else "timer_fired"


def _with_way(events: Sequence[Happened], run: Run, turned: Turned) -> list[Happened]:
    """The events of a step, the first with the way the run went and the limits that it moved.

    ``way``: [process, element] for each element it passed. ``limits``: for each task that was open before and whose
    limit is another now, when that starts and ends (see ``_limit``).
    """
    new = {task.id for task in turned.opened}
    moved = {key.hex: _limit(one) for key, one in turned.limits.items() if key not in new}
    marks = {"way": [[step.process, step.key] for step in run.passed], "limits": moved}
    more = {name: mark for name, mark in marks.items() if mark}
    return [replace(e, says={**e.says, **more}) if more and e is events[0] else e for e in events]


def _withdrawn(turned: Turned, events: Sequence[Happened], at: datetime) -> list[Happened]:
    """The tasks that went away although nobody finished them: the case took another way."""
    finished = {event.says.get("task") for event in events if event.kind == "task_completed"}
    return [
        Happened("task_withdrawn", one.key, at, says=_gone(one)) for one in turned.gone if one.id.hex not in finished
    ]


def _is_told(moved: Moved, events: Sequence[Happened]) -> bool:
    """Whether an event of the step says itself that this limit moved."""
    name = (moved.timer.id.hex, moved.timer.key)
    return any((event.says.get("timer"), event.subject) == name and "new" in event.says for event in events)


def _moved(moved: Moved, events: Sequence[Happened]) -> Record:
    """A limit that came to end at another instant, from when to when, and what moved it."""
    return {
        "name": moved.timer.name,
        "task": moved.timer.task_key,
        "timer": moved.timer.id.hex,
        "rule": moved.timer.rule,
        "old": end(moved.due_at, moved.due_on),
        "new": end(moved.timer.due_at, moved.timer.due_on),
        "because": events[0].kind,
    }


def end(at: datetime, on: date | None) -> str:
    """The end of a limit as history keeps it: its last day, or its instant where it has none. ISO 8601."""
    return on.isoformat() if on else at.isoformat()


def _opened(task: OpenTask, turned: Turned) -> dict[str, Any]:
    """What history keeps of a task: its row goes when it is finished."""
    where = {"task": task.id.hex, "process": task.process, "role": task.role, "agency": agency_of(task.item)}
    return {"name": task.name, **where, **_limit(turned.limits.get(task.id, {}))}


def _gone(task: Removed) -> dict[str, Any]:
    return {"name": task.name, "task": task.id.hex, "agency": task.agency_key}


def _limit(limit: Record) -> Record:
    """A task's limit as history keeps it: ``start_at``, ``due_at`` and ``due_on`` in ISO 8601; nothing for none."""
    return {name: limit[name].isoformat() for name in ("start_at", "due_at", "due_on") if limit.get(name)}


def agency_of(item: Any) -> str | None:
    """The agency an instance is for: the item itself, or the ``agency`` of a record."""
    found = item.get("agency") if isinstance(item, dict) else item
    return found if isinstance(found, str) else None
