"""What moved a time limit after it began: every line of history about it, and the changes that it was counted with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from app.engine import notes
from app.law import steps
from app.law.changes import Change
from app.status import timeline
from app.status.case_file import CaseFile
from app.store.history import SYSTEM
from app.store.rows.cases import Timer
from app.store.rows.history import Event

TITLES = {
    "limit_extended": "More time",
    "limit_held": "The clock was stopped",
    "limit_resumed": "The clock ran again",
    "limit_restored": "A change was taken back",
    "limit_moved": "It moved",
}
ENDED = "hold_ended"  # the clock ran again by itself, when it had been stopped for as long as it may be
DAY_HELD_TO_ITS_END = timedelta(microseconds=1)


@dataclass(frozen=True)
class Move:
    """One move of a limit, in words. ``old`` and ``new`` are ISO 8601: a day, or an instant of a limit in hours."""

    title: str
    old: str
    new: str
    why: str
    by: str
    at: datetime

    @property
    def old_in_words(self) -> str:
        """Where it ended before."""
        return timeline.end_of_limit(self.old)

    @property
    def new_in_words(self) -> str:
        """Where it ended afterwards."""
        return timeline.end_of_limit(self.new)


def of(file: CaseFile, timer: Timer) -> list[Move]:
    """Every move of a limit, the first first."""
    return [_move(file, event) for event in file.events if event.kind in TITLES and _is_about(event, timer)]


def changes_of(file: CaseFile, timer: Timer) -> list[Change]:
    """The extensions and holds of a limit: from the run while it waits, else from its history."""
    for waiting in file.run.waiting_timers():
        if (waiting.id, waiting.key, waiting.due_at) == (timer.id, timer.key, timer.due_at):
            return list(notes.changes_of({"changes": waiting.changes}))
    return list(notes.changes_of({"changes": _told(file, timer)}))


def _told(file: CaseFile, timer: Timer) -> list[dict[str, Any]]:
    """The changes as history tells them, in the form of a note."""
    found: list[dict[str, Any]] = []
    for event in _causes(file, timer):
        says = event.says
        if event.kind == "limit_extended":
            found.append({"id": says["change"], "kind": "extension", "by": says["by"]})
        elif event.kind == "limit_held":
            found.append(
                {"id": says["change"], "kind": "hold", "from_at": event.at.isoformat(), "most": "", "until_at": None}
            )
        for change in found:
            if event.kind in ("limit_resumed", ENDED) and change["kind"] == "hold" and not change["until_at"]:
                change["until_at"] = _ended(event).isoformat()
            if event.kind == "limit_restored" and change["id"] == says["change"]:
                change["undone"] = True
    return found


def _ended(event: Event) -> datetime:
    """When the clock ran again: a hold that lasted as long as it may was over then, however late that was noticed."""
    if event.kind != ENDED:
        return event.at
    over_at = datetime.fromisoformat(event.says["due_at"]).astimezone(UTC)
    return min(event.at, over_at - DAY_HELD_TO_ITS_END if event.says["due_on"] else over_at)


def _causes(file: CaseFile, timer: Timer) -> Iterator[Event]:
    """The events that changed a limit: its own, and those of another on its step that moved it as well."""
    is_round = steps.comes_again(timer.rule)  # what was changed in an earlier round was changed for that round
    moved_at = {event.at for event in file.events if event.kind == "limit_moved" and _is_about(event, timer)}
    for event in file.events:
        is_change = event.kind in TITLES.keys() - {"limit_moved"} | {ENDED}
        if is_round and event.at < timer.start_at:
            continue
        if is_change and (_is_about(event, timer) or (event.at in moved_at and event.says["task"] == timer.task_key)):
            yield event


def _is_about(event: Event, timer: Timer) -> bool:
    return (event.says.get("timer"), event.subject) == (timer.id.hex, timer.key)


def _move(file: CaseFile, event: Event) -> Move:
    """A line of history as a move; one that only says that it moved takes reason and person from what moved it."""
    because = event.says.get("because")
    cause = next((one for one in file.events if one.at == event.at and one.kind == because), event)
    title, text = timeline.said(cause.kind, cause.says)
    why = str(cause.says.get("reason") or (text or title if cause is not event else ""))
    by = "" if cause.by == SYSTEM else cause.by
    return Move(TITLES[event.kind], event.says["old"], event.says["new"], why, by, event.at)
