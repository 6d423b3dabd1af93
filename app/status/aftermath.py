"""What followed from a step, and what became of a task that is not open any more: read from the case's history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from app import errors
from app.cases import procedures
from app.cases.access import AGENCIES, Who
from app.forms.parts import Component, flat
from app.law import wording
from app.status import timeline
from app.status.chosen import form_of
from app.store import cases, history, tasks, timers
from app.store.rows.cases import FIRED, Case
from app.store.rows.history import Event

FOLLOWED = ("task_opened", "effect_asked", "case_closed")


@dataclass(frozen=True)
class Aftermath:
    """What somebody's finished task led to. ``opened``: (task, for whom)."""

    case: Case
    name: str
    opened: tuple[tuple[str, str], ...]
    asked: tuple[str, ...]  # of the system
    is_over: bool


def after(reference: str, task_id: UUID, who: Who) -> Aftermath:
    """What followed when this person finished this task. Raises ``NotFound`` for anybody else."""
    case = cases.by_reference(reference)
    events = history.of_case(case.id)
    mine = _of_task(events, "task_completed", task_id)
    if mine is None or not _is_by(mine, who):
        raise errors.NotFound("We could not find that task.")
    followed = list(_followed(events, mine.number))
    opened = [(str(e.says.get("name")), str(e.says.get("role") or "")) for e in followed if e.kind == "task_opened"]
    asked = [timeline.said(e.kind, e.says)[0] for e in followed if e.kind == "effect_asked"]
    is_over = any(e.kind == "case_closed" for e in followed)
    return Aftermath(
        case, str(mine.says.get("name")), tuple(dict.fromkeys(opened)), tuple(dict.fromkeys(asked)), is_over
    )


@dataclass(frozen=True)
class Gone:
    """What became of a task. ``says`` tells it in a sentence; ``parts`` are its form's questions by key."""

    case: Case
    name: str
    says: str
    parts: Mapping[str, Component]
    is_open: bool  # after all: a colleague has it


def gone(reference: str, task_id: UUID, who: Who) -> Gone:
    """What became of a task that was open once. Raises ``NotFound`` where it never was in this person's lanes."""
    case = cases.by_reference(reference)
    events = history.of_case(case.id)
    opened = _of_task(events, "task_opened", task_id)
    if opened is None or not _is_theirs(who, opened):
        raise errors.NotFound("We could not find that task.")
    done = _of_task(events, "task_completed", task_id)
    says = _finished(done, who) if done else _ended(case, opened)
    is_open = any(task.id == task_id for task in tasks.of_case(case.id))
    return Gone(case, str(opened.says.get("name")), says, _parts(case, opened, events), is_open)


def is_for_agency(who: Who) -> bool:
    """Whether somebody works for an agency only, and so is not told what happens in the case."""
    return who.roles <= {AGENCIES}


def _parts(case: Case, opened: Event, events: Iterable[Event]) -> dict[str, Component]:
    """The questions of the form that an element of the drawing names, by key."""
    release_key = procedures.release_at(case, events, opened.number)
    form = form_of(release_key, case.calendar_key, opened.subject)
    return {part.key: part for page in form.pages for part, _ in flat(page.components) if part.key} if form else {}


def _of_task(events: Iterable[Event], kind: str, task_id: UUID) -> Event | None:
    return next((e for e in events if e.kind == kind and e.says.get("task") == task_id.hex), None)


def _followed(events: Iterable[Event], number: int) -> Iterable[Event]:
    """The lines right after a step that it led to."""
    for event in events:
        if event.number > number:
            if event.kind not in FOLLOWED:
                return
            yield event


def _is_theirs(who: Who, opened: Event) -> bool:
    if who.task_id is not None:
        return bool(opened.says.get("task") == who.task_id.hex)
    role, agency = opened.says.get("role"), opened.says.get("agency")
    return any(p.role == role and (p.agency_key is None or agency in (None, p.agency_key)) for p in who.places)


def _is_by(event: Event, who: Who) -> bool:
    return event.person_id == who.id and (who.id is not None or event.by == who.name)


def _finished(event: Event, who: Who) -> str:
    by = "You" if _is_by(event, who) else event.by
    return f"{by} finished this task on {wording.moment(event.at)}."


def _ended(case: Case, opened: Event) -> str:
    """Nobody finished it: a limit ended it, or the case took another way."""
    fired = [t for t in timers.of_case(case.id) if t.task_key == opened.subject and t.state == FIRED and t.ended_at]
    if fired and fired[-1].ended_at:
        passed = wording.moment(fired[-1].ended_at)
        return f"The time limit ‘{wording.limit(fired[-1].rule)}’ passed on {passed}, so this task was closed."
    return "The case took another way, so this task is not needed any more."
