"""How far a case has come: the line with its stops, from what was finished and what is open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.cases import access, kinds
from app.law import calendar, wording
from app.law.wording import Time
from app.status.case_file import CaseFile
from app.store.rows.cases import CLOSED, Task
from app.store.rows.history import Event


@dataclass(frozen=True)
class Stop:
    """A stop on the line. ``state`` is done, now or late; ``when`` says it in words."""

    key: str
    title: str
    text: str
    state: str
    when: str


def stops(file: CaseFile) -> list[Stop]:
    """Every step that was finished, in order, then those that are open, the most urgent first."""
    finished = _by_subject(event for event in file.events if event.kind == "task_completed")
    still_open: dict[str, list[Task]] = {}
    for task in file.tasks:
        still_open.setdefault(task.key, []).append(task)
    begun = kinds.kind(file.procedure, file.case.process_id).start_name or "Opened"
    found = [Stop("", begun, "", "done", f"Done {_day(file.events[0])}")] if file.events else []
    found += [_done(key, events) for key, events in finished.items() if key not in still_open]
    found += [_open(file, key, tasks, finished.get(key, [])) for key, tasks in still_open.items()]
    if file.case.status == CLOSED and file.case.closed_at:
        closed_on = wording.day(calendar.day_of(file.case.closed_at))
        found.append(Stop("", "Case closed", "", "done", f"Done {closed_on}"))
    return found


def time_of(file: CaseFile, task: Task) -> Time | None:
    """The limit of a task as it stands; None where it has none."""
    if task.due_at is None:
        return None
    start = task.start_at or task.opened_at
    return wording.due(
        task.due_at, task.due_on, now=file.now, start_at=start, calendar=file.procedure.calendars.own
    )  # fmt: skip


def _by_subject(events: Iterable[Event]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(event.subject, []).append(event)
    return found


def _day(event: Event) -> str:
    return wording.day(calendar.day_of(event.at))


def _done(key: str, events: Sequence[Event]) -> Stop:
    last = events[-1]
    times = f"Done {len(events)} times, last on" if len(events) > 1 else "Done"
    return Stop(key, str(last.says.get("name", key)), "", "done", f"{times} {_day(last)} by {last.by}")


def _open(file: CaseFile, key: str, tasks: Sequence[Task], finished: Sequence[Event]) -> Stop:
    first = tasks[0]
    time = time_of(file, first)
    is_late = time is not None and time.state == "late"
    when = f"{time.words}, {time.detail}" if time and time.detail else time.words if time else ""
    return Stop(key, first.name, _waits_for(file, tasks, finished), "late" if is_late else "now", when)


def _waits_for(file: CaseFile, tasks: Sequence[Task], finished: Sequence[Event]) -> str:
    """Whose turn it is: agencies by name, else who has taken it, else the role."""
    agencies = [file.agencies.get(task.agency_key, task.agency_key) for task in tasks if task.agency_key]
    if agencies:
        done = f"{len(finished)} of {len(finished) + len(tasks)} are in. " if finished else ""
        return f"{done}Waiting for {', '.join(agencies)}."
    if tasks[0].role == access.APPLICANT:
        return "Waiting for the person who asked."
    taken = file.names.get(tasks[0].person_id or 0)
    return f"{taken} has this." if taken else f"For the {tasks[0].role}. Nobody has taken it yet."
