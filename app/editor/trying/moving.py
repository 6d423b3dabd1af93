"""One step of a play: what the heart does with a case, in memory. Wake, act, settle, look at what followed.

It is the twin of ``cases.advancing``: the same questions in the same order, and nothing is kept or sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app import errors
from app.cases import owing, telling
from app.cases.telling import Turned
from app.editor.trying.acts import Play, Record
from app.editor.trying.ground import Ground
from app.editor.trying.stand import Asked, Stand
from app.engine.nearing import NEAR
from app.engine.run import Run, WaitingTimer
from app.law import calendar
from app.law.invariants import owed as invariants
from app.store.history import Happened

MOST_STEPS = 2_000  # of one play: its acts, and every time limit that passes
AGENCIES: Mapping[str, Any] = {  # a partnership that there is not
    "agencies": [
        {"value": "police", "label": "Larkmere Police"},
        {"value": "council", "label": "Larkmere Council"},
        {"value": "nhs", "label": "Larkmere NHS board"},
        {"value": "thistledown_homes", "label": "Thistledown Homes"},
    ],
    "relevant_bodies": ["police", "council", "nhs", "thistledown_homes"],
}
REFERENCE = "TRY-0001"
APPLICANT = "the applicant"
NOBODY_MOVES = "Nobody and nothing can move this case on."


def begin(ground: Ground, play: Play, answers: Record) -> Stand:
    """The stand of a play that has just begun. Raises ``CannotGoOn`` where the drawing cannot be followed."""
    at, today = play.starts_at, calendar.day_of(play.starts_at).isoformat()
    given = {**AGENCIES, **play.known, **answers}
    if isinstance(answers.get("application"), Mapping):
        given["application"] = {**answers["application"], "received_on": today, "channel": "web"}
    given |= {"case": {"reference": REFERENCE, "opened_on": today}, "told": {"victim": at.isoformat()}}
    run = Run.start(ground.procedure(play.process), play.process, given, at=at)
    empty = Stand(at=at, opened_at=at, kept=b"", is_over=False)
    return _rest(ground, play, empty, run, Happened("case_opened", play.process, at, APPLICANT), set())


def step(ground: Ground, play: Play, stand: Stand, act: Callable[[Run], None], event: Happened) -> Stand:
    """The stand after ``act``, which is told in history as ``event``, at the instant of that.

    Raises what the act raises; ``StillOwed`` for a task that would close the case too early; ``CannotGoOn`` where the
    drawing cannot be followed, or the play has become too long.
    """
    if stand.steps >= MOST_STEPS:
        raise errors.NeverRests(f"The play has more than {MOST_STEPS:,} steps.", element=event.subject)
    run = wake(ground, play, replace(stand, at=event.at))
    before = {task.id for task in run.open_tasks()}
    act(run)
    run.settle()
    return _rest(ground, play, replace(stand, at=event.at), run, event, before)


def wake(ground: Ground, play: Play, stand: Stand) -> Run:
    """The run of a play, to look at or to move."""
    return Run.wake(stand.kept, ground.procedure(play.process), at=stand.at, opened_at=stand.opened_at)


def _rest(ground: Ground, play: Play, stand: Stand, run: Run, event: Happened, before: set[Any]) -> Stand:
    """The stand of a run that has settled after an event."""
    telling.remember_told(run, stand.at)
    timers = run.waiting_timers()
    expects = tuple(name for name in ground.messages(play.process) if run.expects(name))
    tasks = run.open_tasks()
    if not (run.is_over or tasks or timers or run.waits_for_messages()):
        raise errors.CannotGoOn(NOBODY_MOVES, element=event.subject)
    opened = [task for task in tasks if task.id not in before]
    lines = (*stand.lines, *telling.lines(run, play.process, Turned(opened), [event], stand.at))
    _check_owed(play, run, lines, event)
    kept = run.put_away()
    return replace(
        stand,
        kept=kept,
        is_over=run.is_over,
        lines=lines,
        letters=(*stand.letters, *_letters(run, kept, stand)),
        passed=(*stand.passed, *((one.process, one.key) for one in run.passed)),
        taken=(*stand.taken, *run.taken),
        limits={**stand.limits, **_limits(timers)},
        tables=(*stand.tables, *run.decided),
        open=tuple(tasks),
        timers=tuple(timers),
        expects=expects,
        stands_at=tuple(run.stands_at()),
        steps=stand.steps + 1,
    )


def _letters(run: Run, kept: bytes, stand: Stand) -> list[Asked]:
    letters = (effect for effect in run.effects if effect.kind == "letter")
    return [Asked(e.key, e.name, dict(e.wants), e.item, stand.at, kept) for e in letters]


def _limits(timers: list[WaitingTimer]) -> dict[str, WaitingTimer]:
    return {timer.key: timer for timer in timers if not timer.key.endswith(NEAR)}


def _check_owed(play: Play, run: Run, lines: tuple[Happened, ...], event: Happened) -> None:
    """As the heart does: nothing closes while something is owed under the Act."""
    is_closing = event.kind == "task_completed" and owing.closes(run.procedure, event.subject)
    if play.process not in owing.UNDER_THE_ACT or not (is_closing or run.is_over):
        return
    keys = {task.key for task in run.open_tasks()}
    left = invariants.owed(owing.record(lines, run.facts, keys, is_closed=run.is_over))
    if left and is_closing:
        raise errors.StillOwed(owing.by_element(left))
    if left:
        raise errors.CannotGoOn(f"The case would close while something is owed. {owing.said(left)}")
