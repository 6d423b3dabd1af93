"""What a running timer keeps with its task, as JSON.

``{"rule", "start_at", "due_at", "due_on"}`` always; ``first_due_on`` and ``first_due_at`` once it moved;
``changes`` (extensions and holds, each with its ``id``) once somebody changed it, ``stale`` until that is counted;
``rounds`` and ``last`` (the end of the round before) for a cycle, ``rests`` while that waits for another day to count
from; ``calendar`` where it was counted in an edition of the calendars; ``begun_at``, when it began to run, where it
counts from something else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.law import limits
from app.law.calendars import Calendars
from app.law.changes import Change, Extension, Hold
from app.law.limits import Cycle, Due

Note = dict[str, Any]


def new(rule: str, start_at: datetime) -> Note:
    """The note of a timer that begins at an instant, its end not counted yet."""
    return {"rule": rule, "start_at": start_at.isoformat()}


def ends(due: Due, calendars: Calendars) -> Note:
    """The part of a note that says when it ends, as counted in ``calendars``."""
    said: Note = {"start_at": due.start_at.isoformat(), **_end(due)}
    if calendars.key:
        said["calendar"] = calendars.key
    return said


def moved(noted: Mapping[str, Any], end: Note) -> Note:
    """The note with another end. What was promised first is kept, but for a cycle: each round is its own promise."""
    kept = {key: value for key, value in noted.items() if key not in ("stale", "calendar")}
    has_moved = end["due_at"] != noted["due_at"] and not noted.get("last")
    first = {"first_due_at": noted["due_at"], "first_due_on": noted["due_on"]} if has_moved else {}
    has_begun = {"begun_at": noted["start_at"]} if end["start_at"] != noted["start_at"] else {}
    return first | has_begun | kept | end


def next_round(noted: Mapping[str, Any], coming: Due, rounds: int, calendars: Calendars) -> Note:
    """The note of the round that follows: what was changed was changed for the round that is over."""
    own = {key: noted[key] for key in ("rule",)}
    return own | ends(coming, calendars) | {"rounds": rounds, "last": _end(due_of(noted))}


def is_stale(noted: Mapping[str, Any], calendars: Calendars) -> bool:
    """Whether its end must be counted anew: it was changed, or the calendars are others than then."""
    return bool(noted.get("stale")) or noted.get("calendar", "") != calendars.key


def begun_at(noted: Mapping[str, Any]) -> datetime:
    """When it began to run: what it counts from, unless its rule names something else."""
    return datetime.fromisoformat(noted.get("begun_at", noted["start_at"]))


def due_of(noted: Mapping[str, Any]) -> Due:
    """When it ends, as noted."""
    on = date.fromisoformat(noted["due_on"]) if noted["due_on"] else None
    return Due(datetime.fromisoformat(noted["due_at"]), on, datetime.fromisoformat(noted["start_at"]))


def last_of(noted: Mapping[str, Any]) -> Due | None:
    """When the round before ended; None in the first."""
    return due_of({**noted["last"], "start_at": noted["start_at"]}) if noted.get("last") else None


def changes_of(noted: Mapping[str, Any]) -> Sequence[Change]:
    """The extensions and holds of a timer, in order."""
    return [_change(record) for record in noted.get("changes", ())]


def held_at(noted: Mapping[str, Any]) -> datetime | None:
    """Since when its clock is held; None while it runs."""
    holds = [one for one in changes_of(noted) if isinstance(one, Hold) and one.until_at is None and not one.undone]
    return holds[-1].from_at if holds else None


def plain(cycle: Cycle) -> Cycle:
    """The cycle counted from the end of the round before, whatever its first round counted from."""
    return replace(cycle, each=replace(cycle.each, anchor=limits.START))


def _change(record: Mapping[str, Any]) -> Change:
    undone = bool(record.get("undone"))
    if record["kind"] == "extension":
        return Extension(record["by"], undone)
    until = record.get("until_at")
    return Hold(
        datetime.fromisoformat(record["from_at"]),
        record["most"],
        datetime.fromisoformat(until) if until else None,
        undone,
    )


def _end(due: Due) -> Note:
    return {"due_at": due.at.isoformat(), "due_on": due.on.isoformat() if due.on else None}
