"""The tables that are given out: their columns, and the rows of one case. ``docs/exports.md`` describes each column.

A column never changes its name or meaning; new ones stand at the end.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.law.calendar import HOURS_A_DAY
from app.records.exporting.activities import NAMED
from app.records.exporting.reading import PLACES, Line, Matter, Work

TEXT, NUMBER, WHOLE, INSTANT, YES_NO = "text", "number", "whole number", "instant", "yes or no"
Value = str | float | int | bool | datetime | None
Rows = Iterator[tuple[Value, ...]]


@dataclass(frozen=True)
class Table:
    """One table: {column: its type}, and the rows that a case gives."""

    columns: Mapping[str, str]
    rows: Callable[[Matter], Rows]


def _days(hours: float | None) -> float | None:
    return None if hours is None else round(hours / HOURS_A_DAY, PLACES)


def _case(matter: Matter) -> Rows:
    case, lines, work = matter.case, matter.lines, matter.work
    hours = matter.hours(case.opened_at, case.closed_at or matter.at)
    yield (
        *(case.reference, case.process_id, case.release_key, case.calendar_key, case.status, case.is_stopped),
        *(case.opened_at, case.closed_at, hours, _days(hours)),
        sum(one.outcome == "open" for one in work),
        sum(one.outcome == "completed" for one in work),
        sum(one.kind == "timer_fired" for one in lines),
        len(lines),
    )


def _tasks(matter: Matter) -> Rows:
    return (_task(matter, one) for one in matter.work)


def _task(matter: Matter, one: Work) -> tuple[Value, ...]:
    return (
        *(one.id, matter.case.reference, matter.case.process_id, one.key, one.name, one.role, one.agency, one.person),
        *(one.outcome, one.opened_at, one.ended_at, one.is_late, one.hours, _days(one.hours)),
    )


def _events(matter: Matter) -> Rows:
    return (_event(matter, line) for line in matter.lines)


def _event(matter: Matter, line: Line) -> tuple[Value, ...]:
    says = line.says
    return (
        *(line.id, matter.case.reference, matter.case.process_id, line.number, line.at, line.kind, line.subject),
        *(_plain(line), line.role, line.agency, line.actor, line.person, line.task),
        *(str(says.get("letter") or ""), str(says.get("due_on") or ""), line.hours, _days(line.hours)),
    )


def _plain(line: Line) -> str:
    """The name of a step or limit as the drawing gives it; no other line has a name that comes from a drawing."""
    return str(line.says.get("name") or "") if line.kind in NAMED else ""


TABLES: Mapping[str, Table] = {
    "cases": Table(
        {
            "case_reference": TEXT,
            "procedure": TEXT,
            "release": TEXT,
            "calendar": TEXT,
            "status": TEXT,
            "is_stopped": YES_NO,
            "opened_at": INSTANT,
            "closed_at": INSTANT,
            "working_hours": NUMBER,
            "working_days": NUMBER,
            "tasks_open": WHOLE,
            "tasks_completed": WHOLE,
            "limits_passed": WHOLE,
            "events": WHOLE,
        },
        _case,
    ),
    "tasks": Table(
        {
            "task_id": TEXT,
            "case_reference": TEXT,
            "procedure": TEXT,
            "step": TEXT,
            "name": TEXT,
            "role": TEXT,
            "agency": TEXT,
            "person": TEXT,
            "outcome": TEXT,
            "opened_at": INSTANT,
            "ended_at": INSTANT,
            "is_late": YES_NO,
            "working_hours": NUMBER,
            "working_days": NUMBER,
        },
        _tasks,
    ),
    "events": Table(
        {
            "event_id": WHOLE,
            "case_reference": TEXT,
            "procedure": TEXT,
            "number": WHOLE,
            "at": INSTANT,
            "kind": TEXT,
            "subject": TEXT,
            "name": TEXT,
            "role": TEXT,
            "agency": TEXT,
            "actor": TEXT,
            "person": TEXT,
            "task_id": TEXT,
            "letter": TEXT,
            "due_on": TEXT,
            "working_hours_since_opening": NUMBER,
            "working_days_since_opening": NUMBER,
        },
        _events,
    ),
}
