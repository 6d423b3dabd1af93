"""Copying what a run says into rows: open tasks, timers, events, effects.

The rows are an index. What people added to them (who has taken a task) stays as long as the task is open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from app.cases import access, clocks, kinds, retaining, telling
from app.cases.telling import Turned
from app.engine.nearing import NEAR
from app.engine.run import OpenTask, Run, WaitingTimer
from app.forms.paths import get
from app.law import wording
from app.store import history, tasks, timers
from app.store.history import Happened
from app.store.rows.cases import CLOSED, FIRED, MOVED, STOOD_DOWN, Case
from app.store.rows.history import Effect


@dataclass(frozen=True)
class Standing:
    """What the rows of a case say: its open tasks and its waiting timers."""

    open: frozenset[UUID] = frozenset()
    waiting: frozenset[timers.Name] = frozenset()


NOTHING = Standing()
DRAWN = ("key", "process", "name", "role", "form", "instructions")  # the columns of a task that its drawing says
WATCHED = ("process", "name", "rule", "task_key", "milestone")  # the same of a timer
RISK, LAST_WORD = "risk.band", "told.victim"  # the facts of any procedure that lists of cases show
FIRINGS = ("timer_fired", "limit_near")  # the kinds of event with which a timer ends
Record = dict[str, Any]


def standing(run: Run) -> Standing:
    """What the rows say of a run that has just been woken: they are its exact index."""
    return Standing(frozenset(task.id for task in run.open_tasks()), frozenset(map(_name, run.waiting_timers())))


def _name(timer: WaitingTimer) -> timers.Name:
    return timer.id, timer.key, timer.due_at


def keep(case: Case, run: Run, before: Standing, at: datetime, events: Sequence[Happened]) -> None:
    """Keep everything that followed from a step: call it once, in the transaction of the step."""
    waiting = run.waiting_timers()
    limits = {task.id: limit(task, waiting) for task in run.open_tasks()}
    _keep_timers(case, waiting, before, at, events)
    turned = _keep_tasks(case, run, limits, before, at, _because(run, events))
    _keep_outline(case, run.facts)
    history.add(*asked_for(case, run, at, _watched(run, events)))
    if run.is_over:
        case.status, case.closed_at = CLOSED, at
        case.retain_until = retaining.until(case.process_id, run.facts, at)
    history.record(case, telling.lines(run, case.process_id, turned, events, at))


def _keep_outline(case: Case, facts: Mapping[str, Any]) -> None:
    """What lists of cases are sorted and filtered by: the next limit, the risk, the last word to the person.

    A limit that has passed stays with its task, though no timer waits for it any more: so the rows say which is next.
    """
    case.due_at = tasks.earliest_limit(case.id)
    case.risk = str(get(facts, RISK) or "")
    case.last_word_at = wording.read_instant(get(facts, LAST_WORD))


def _because(run: Run, events: Sequence[Happened]) -> Record | None:
    """The limit whose passing this step is about, so that whoever is asked to step in knows what is late."""
    passed = next((event.says for event in events if event.kind == "timer_fired" and event.says.get("task")), None)
    if passed is None:
        return None
    named = [
        drawing.by_id[passed["task"]].name
        for drawing in run.procedure.drawings.values()
        if passed["task"] in drawing.by_id
    ]
    name = named[0] if named else passed["task"]
    return {"name": name, "rule": passed["rule"], "due_on": passed.get("due_on"), "due_at": passed["due_at"]}


def _watched(run: Run, events: Sequence[Happened]) -> Record | None:
    """The limit that this step is about, for letters to those who have the work: its step, its end, and whose it is."""
    about = next((event.says for event in events if event.kind in FIRINGS and event.says.get("task")), None)
    if about is None:
        return None
    drawn = [d.by_id[about["task"]] for d in run.procedure.drawings.values() if about["task"] in d.by_id]
    name, role = (drawn[0].name, drawn[0].lane) if drawn else (about["task"], "")
    return {"name": name, "task": about["task"], "role": role, "limit": _last_day(run, about) or about["due_at"]}


def _last_day(run: Run, about: Mapping[str, Any]) -> str | None:
    """The last day of the limit itself, also where this step is only about its coming near."""
    key = (UUID(about["timer"]), about.get("key", ""))
    waiting = next((t for t in run.waiting_timers() if (t.id, t.key + NEAR) == key), None)
    return telling.end(waiting.due_at, waiting.due_on) if waiting else about.get("due_on")


def _keep_tasks(
    case: Case, run: Run, limits: Mapping[UUID, Record], before: Standing, at: datetime, because: Record | None
) -> Turned:
    now_open = {task.id: task for task in run.open_tasks()}
    gone = tasks.remove(before.open - now_open.keys())
    opened = [task for key, task in now_open.items() if key not in before.open]
    asker = kinds.kind(run.procedure, case.process_id).asker
    tasks.add([{**_task(case, task, asker, at), **limits[task.id], "because": because} for task in opened])
    touched = {(moved.timer.process, moved.timer.task_key) for moved in run.moved}
    kept = {key: task for key, task in now_open.items() if key in before.open}
    moved = [key for key, task in kept.items() if (task.process, task.key) in touched]
    for key in moved:
        tasks.set_limit(key, limits[key])
    return Turned(opened, gone, {key: limits[key] for key in (*moved, *(task.id for task in opened))})


def describe(case: Case, run: Run) -> None:
    """Say in the rows what the drawings of a run say now of what was open and waiting before, under the same ids."""
    asker = kinds.kind(run.procedure, case.process_id).asker
    for task in run.open_tasks():
        said = _task(case, task, asker, case.opened_at)
        tasks.set_limit(task.id, {name: said[name] for name in DRAWN} | limit(task, run.waiting_timers()))
    for timer in run.waiting_timers():
        said = _timer(case, timer)
        timers.describe(_name(timer), {name: said[name] for name in WATCHED})


def limit(task: OpenTask, waiting: Sequence[WaitingTimer]) -> Record:
    """The columns of a task that say by when: of the last timer that watches it, earlier ones are its reminders."""
    watching = [
        timer
        for timer in waiting
        if (timer.task_key, timer.process) == (task.key, task.process) and timer.item in (None, task.item)
    ]
    last = max(watching, key=lambda timer: timer.due_at, default=None)
    if last and last.held_at:  # nobody is late while the clock stands
        return {"start_at": last.start_at, "due_at": None, "due_on": None, "rule": last.rule}
    return {
        "start_at": last.start_at if last else None,
        "due_at": last.due_at if last else None,
        "due_on": last.due_on if last else None,
        "rule": last.rule if last else "",
    }


def _task(case: Case, task: OpenTask, asker: str, at: datetime) -> Record:
    return {
        "id": task.id,
        "case_id": case.id,
        "key": task.key,
        "process": task.process,
        "name": task.name,
        "role": access.APPLICANT if asker and task.role == asker else task.role,
        "form": task.form,
        "instructions": task.instructions,
        "item": task.item,
        "agency_key": telling.agency_of(task.item),
        "opened_at": at,
    }


def _keep_timers(
    case: Case, waiting: list[WaitingTimer], before: Standing, at: datetime, events: Sequence[Happened]
) -> None:
    """New timers are added; those that wait no more have fired, where an event says so, moved or were stood down.

    A timer ends at the instant that its event gives, so that row and history say the same.
    """
    now_waiting = {_name(timer): timer for timer in waiting}
    fired = {(event.says["timer"], event.subject): event.at for event in events if event.kind in FIRINGS}
    moved = {(timer.id, timer.key) for timer in waiting}
    ended = []
    for name in before.waiting - now_waiting.keys():
        fired_at = fired.get((name[0].hex, name[1]))
        state = FIRED if fired_at else MOVED if name[:2] in moved else STOOD_DOWN
        ended.append((name, state, fired_at or at))
    timers.end(ended, is_counted=case.virtual_at is None)
    new = now_waiting.keys() - before.waiting
    was_waiting = {name[:2] for name in before.waiting}
    # it may have moved back to where it was; a cycle also after it fired, or rested for a while
    timers.drop([name for name in new if name[:2] in was_waiting or now_waiting[name].comes_again])
    timers.add([_timer(case, now_waiting[name]) for name in new])


def _timer(case: Case, timer: WaitingTimer) -> dict[str, Any]:
    return {
        "id": timer.id,
        "key": timer.key,
        "due_at": timer.due_at,
        "case_id": case.id,
        "process": timer.process,
        "name": timer.name,
        "rule": timer.rule,
        "task_key": timer.task_key,
        "start_at": timer.start_at,
        "due_on": timer.due_on,
        "milestone": timer.milestone,
        "first_due_on": timer.first_due_on,
        "held_at": timer.held_at,
    }


def asked_for(case: Case, run: Run, at: datetime, watched: Record | None = None) -> list[Effect]:
    """What a run asks of the world outside, as rows that nobody has kept yet."""
    return [
        Effect(
            id=uuid4(),
            case_id=case.id,
            key=effect.key,
            kind=effect.kind,
            wants=dict(effect.wants),
            item=watched if effect.item is None else effect.item,
            facts=run.facts,
            made_at=at,
            next_try_at=clocks.for_worker(case, at),
        )
        for effect in run.effects
    ]
