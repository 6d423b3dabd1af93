"""Changing time limits that run: more time, a hold, and taking either back by another change.

A change reaches every timer that hangs on the same activity, so that reminders move with what they remind of.
Each change has an ``id``, given by whoever makes it; nothing is ever removed from a note.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app import errors
from app.engine import notes
from app.engine.timing import TIMERS
from app.engine.views import timers_of
from app.law import changes

Note = dict[str, Any]


def extend(task: Task, by: str, change_id: str) -> None:
    """More time: ``by`` is a length in words. Raises ``NotUnderstood`` for what is no length, or is not allowed."""
    for timer, key, noted in group(task):
        changes.check_extension(by, timers_of(timer)[key].limit(noted["rule"]))
        _add(noted, {"id": change_id, "kind": "extension", "by": by})


def hold(task: Task, most: str, change_id: str, at: datetime) -> None:
    """Stop the clock at an instant, for ``most`` at the longest. Raises ``CaseMovedOn`` where it is held already."""
    for _, _, noted in group(task):
        if notes.held_at(noted):
            raise errors.CaseMovedOn("The clock is held already.")
        _add(noted, {"id": change_id, "kind": "hold", "from_at": at.isoformat(), "most": most, "until_at": None})


def resume(task: Task, at: datetime) -> None:
    """Let the clock run on. Raises ``CaseMovedOn`` where it is not held."""
    open_holds = [
        record
        for _, _, noted in group(task)
        for record in noted.get("changes", ())
        if record["kind"] == "hold" and not record["until_at"] and not record.get("undone")
    ]
    if not open_holds:
        raise errors.CaseMovedOn("The clock is not held.")
    for record in open_holds:
        record["until_at"] = at.isoformat()
    _count_anew(task)


def let_go(task: Task, key: str, at: datetime) -> None:
    """Let the clock run on that has been held for as long as it may be, from when that time was over."""
    due = notes.due_of(task.internal_data[TIMERS][key])
    over_at = due.at - timedelta(microseconds=1) if due.on else due.at  # a day that was held is held to its end
    resume(task, min(at, over_at))


def undo(task: Task, change_id: str) -> None:
    """Take a change back, as if it had never been. Raises ``CaseMovedOn`` where it is not there or was undone."""
    found = [
        record
        for _, _, noted in group(task)
        for record in noted.get("changes", ())
        if record["id"] == change_id and not record.get("undone")
    ]
    if not found:
        raise errors.CaseMovedOn("That change was taken back already.")
    for record in found:
        record["undone"] = True
    _count_anew(task)


def group(task: Task) -> Iterator[tuple[Task, str, Note]]:
    """The waiting timers on the same activity as ``task``, itself included: (task, key, note)."""
    split = task.parent if task.parent and isinstance(task.parent.task_spec, BoundaryEventSplit) else None
    for one in split.children if split else [task]:
        if one is task or one.has_state(TaskState.WAITING):
            for key in timers_of(one):
                noted = one.internal_data.get(TIMERS, {}).get(key)
                if noted:
                    yield one, key, noted


def _add(noted: Note, record: Mapping[str, Any]) -> None:
    noted.setdefault("changes", []).append(dict(record))
    noted["stale"] = True


def _count_anew(task: Task) -> None:
    for _, _, noted in group(task):
        noted["stale"] = True
