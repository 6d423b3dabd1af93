"""Doing one act of a play: sending a form, finishing a task, a message that comes in, and time that passes."""

from dataclasses import replace
from datetime import datetime

from app import errors
from app.cases import telling
from app.editor.trying import acts, answering, moving
from app.editor.trying.acts import Act, Apply, Finish, Play, Tell, Wait
from app.editor.trying.ground import Ground
from app.editor.trying.stand import Stand
from app.engine.run import OpenTask, WaitingTimer
from app.law import wording
from app.store.history import Happened


def begun(ground: Ground, play: Play) -> Stand:
    """The stand of a play that begins, with the form that somebody sends first, where they do. Raises as ``done``."""
    first = play.acts[0] if play.acts else None
    if not isinstance(first, Apply):
        return moving.begin(ground, play, {})
    asking = answering.of_start(ground, play)
    if asking is None:
        raise errors.NotFound("Nothing is asked when this begins: it has no form to apply with.")
    return moving.begin(ground, play, asking.kept(first.answers, made_up=first.made_up))


def done(ground: Ground, play: Play, stand: Stand, act: Act) -> Stand:
    """The stand after one act. Raises ``NotFound``, ``CaseMovedOn``, ``Refused`` and ``CannotGoOn``."""
    if isinstance(act, Wait):
        return _waited(ground, play, stand, act.end(stand.at))
    if isinstance(act, Finish):
        return _finished(ground, play, stand, act)
    if isinstance(act, Tell):
        return _told(ground, play, stand, act)
    raise errors.Refused({"act": "Somebody can apply only at the beginning"})


def _waited(ground: Ground, play: Play, stand: Stand, to: datetime) -> Stand:
    if to < stand.at:
        raise errors.Refused({"until": f"It is {wording.moment(stand.at, year=True)} already. Time only goes forward"})
    if to > play.starts_at + acts.FARTHEST:
        raise errors.Refused({"until": "Choose a day within ten years of the first one"})
    while stand.timers and (timer := min(stand.timers, key=_when)).due_at <= to:
        stand = _fired(ground, play, stand, timer)
    return replace(stand, at=to)


def _when(timer: WaitingTimer) -> tuple[datetime, str, str]:
    return timer.due_at, timer.key, str(timer.item)


def _fired(ground: Ground, play: Play, stand: Stand, timer: WaitingTimer) -> Stand:
    """A time limit passes, at its instant."""
    at = max(stand.at, timer.due_at)
    fired = telling.fired(timer, at)
    says = {**fired.says, "agency": telling.agency_of(timer.item)}
    event = Happened(fired.kind, fired.subject, at, says=says)
    return moving.step(ground, play, stand, lambda run: run.fire(timer.id, timer.key, at=at), event)


def _finished(ground: Ground, play: Play, stand: Stand, act: Finish) -> Stand:
    tasks = _meant(ground, play, stand, act)
    if act.each:
        for task in tasks:
            if any(one.id == task.id for one in stand.open):  # what was done before it may have stood it down
                stand = _completed(ground, play, stand, task, act)
        return stand
    if len(tasks) > 1:
        whom = [stand.whom(task) for task in tasks]
        says = f"{len(tasks)} of ‘{tasks[0].name}’ are open, for {wording.listed(whom)}. Say which one is meant"
        raise errors.CaseMovedOn(says)
    return _completed(ground, play, stand, tasks[0], act)


def _meant(ground: Ground, play: Play, stand: Stand, act: Finish) -> list[OpenTask]:
    """The open tasks that an act means. Raises ``NotFound`` for a step that is gone, ``CaseMovedOn`` for none."""
    if ground.element(play.process, act.task) is None:
        raise errors.NotFound(f"The step ‘{act.task}’ is not in the drawings any more.")
    tasks = [task for task in stand.open if task.key == act.task and act.whom in ("", stand.whom(task))]
    if act.number:
        tasks = tasks[act.number - 1 : act.number]
    if not tasks:
        named = f"‘{ground.name(play.process, act.task)}’{' for ' + act.whom if act.whom else ''}"
        open_ones = list(dict.fromkeys(f"‘{task.name}’" for task in stand.open))
        raise errors.CaseMovedOn(f"{named} is not open. Open are: {', '.join(open_ones) or 'no tasks'}.")
    return tasks


def _completed(ground: Ground, play: Play, stand: Stand, task: OpenTask, act: Finish) -> Stand:
    run = moving.wake(ground, play, stand)
    asking = answering.of_task(ground, play, stand, run, task)
    kept = answering.of_finished(asking.kept(act.answers, made_up=act.made_up))
    says = {"name": task.name, "answers": kept, "task": task.id.hex, "agency": telling.agency_of(task.item)}
    event = Happened("task_completed", task.key, stand.at, task.role or "somebody", says=says)
    return moving.step(ground, play, stand, lambda run: run.complete(task.id, kept), event)


def _told(ground: Ground, play: Play, stand: Stand, act: Tell) -> Stand:
    if act.message not in ground.messages(play.process):
        raise errors.NotFound(f"No drawing waits for the message ‘{act.message}’ any more.")
    given = answering.received(ground, play, stand, act)
    name = ground.messages(play.process)[act.message]
    event = Happened("message_received", act.message, stand.at, moving.APPLICANT, says={"name": name})
    return moving.step(ground, play, stand, lambda run: run.receive(act.message, given), event)
