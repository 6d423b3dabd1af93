"""A row as the record that programs get: the fields of ``shapes``, and nothing else of what a row holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.records.exporting.activities import NAMED, OF_TASKS
from app.records.exporting.delimited import instant
from app.store.history import SYSTEM
from app.store.rows.cases import Case, Task, Timer
from app.store.rows.history import Event
from app.store.rows.people import Agency

Record = dict[str, Any]
Person = Callable[[int | None], str | None]


@dataclass(frozen=True)
class Seen:
    """How much a program may see: the names of victims, and how a member of staff is called."""

    with_names: bool
    person: Person
    public_url: str


def case(row: Case, seen: Seen) -> Record:
    """A case."""
    return {
        "reference": row.reference,
        "procedure": row.process_id,
        "release": row.release_key,
        "calendar": row.calendar_key,
        "status": row.status,
        "is_stopped": row.is_stopped,
        "opened_at": instant(row.opened_at),
        "closed_at": _at(row.closed_at),
        "revision": row.revision,
        "title": row.title if seen.with_names else None,
        "page": f"{seen.public_url}/cases/{row.reference}",
    }


def task(row: Task, reference: str, seen: Seen) -> Record:
    """An open task."""
    return {
        "id": row.id.hex,
        "case_reference": reference,
        "step": row.key,
        "name": row.name,
        "role": row.role,
        "agency": row.agency_key,
        "person": seen.person(row.person_id),
        "opened_at": instant(row.opened_at),
        "taken_at": _at(row.taken_at),
        "rule": row.rule,
        "due_at": _at(row.due_at),
        "due_on": row.due_on.isoformat() if row.due_on else None,
    }


def limit(row: Timer, reference: str) -> Record:
    """A time limit."""
    return {
        "id": row.id.hex,
        "case_reference": reference,
        "key": row.key,
        "name": row.name,
        "step": row.task_key,
        "milestone": row.milestone,
        "rule": row.rule,
        "state": row.state,
        "start_at": instant(row.start_at),
        "due_at": instant(row.due_at),
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "first_due_on": row.first_due_on.isoformat() if row.first_due_on else None,
        "held_at": _at(row.held_at),
        "ended_at": _at(row.ended_at),
    }


def event(row: Event, reference: str, seen: Seen) -> Record:
    """A line of history, without what people wrote."""
    says = row.says
    actor = "staff" if row.person_id else "system" if row.by == SYSTEM else "outside"
    return {
        "id": row.id,
        "case_reference": reference,
        "number": row.number,
        "at": instant(row.at),
        "kind": row.kind,
        "subject": row.subject,
        "name": _text(says, "name") if row.kind in NAMED else None,
        "role": _text(says, "role") if row.kind == "task_opened" else None,
        "agency": _text(says, "agency") if row.kind in NAMED else None,
        "actor": actor,
        "person": seen.person(row.person_id),
        "task": _text(says, "task") if row.kind in OF_TASKS else None,
        "letter": _text(says, "letter") if row.kind == "effect_asked" else None,
        "due_on": _text(says, "due_on") if row.kind in ("task_opened", "timer_fired", "limit_near") else None,
    }


def agency(row: Agency) -> Record:
    """An agency."""
    return {"key": row.key, "name": row.name, "is_relevant_body": row.is_relevant_body}


def _text(says: Mapping[str, Any], key: str) -> str | None:
    return str(says[key]) if says.get(key) else None


def _at(at: datetime | None) -> str | None:
    return instant(at) if at else None
