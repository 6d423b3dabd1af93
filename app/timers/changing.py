"""Giving a time limit more time, stopping its clock, letting it run on, and taking such a change back.

Nothing is erased: each change is an event with the day before and after it and a reason, and is undone by another.
More time is given before the old day, never after, and the victim is written to of each in the same transaction.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import uuid4

from app import errors
from app.cases import access, advancing, clocks, writing
from app.cases.access import Who
from app.cases.advancing import Step
from app.clock import Clock
from app.engine import moving
from app.engine.run import Run
from app.law import wording
from app.store.history import Happened
from app.store.rows.cases import Case
from app.timers.changeable import Changeable, end, of, woken

ROLES = ("Senior officer",)  # who may change a limit
LETTER = "limit_extended"
LONGEST = 1_000  # characters of a reason
MOST_DAYS = 60  # working days of one extension
WHY_HELD = {
    "asked": "The victim asked us to wait",
    "court": "A court must decide first",
    "police": "A police investigation must end first",
    "works": "Building or repair work must be done first",
    "ill": "Somebody who cannot be replaced is ill",
}


@dataclass(frozen=True)
class Moved:
    """Where a limit would end, or ends now: its last day, or its instant where it is counted in hours."""

    old: date | datetime
    new: date | datetime
    at: datetime  # the first instant at which it has then passed


def extended(limit: Changeable, days: int, *, clock: Clock) -> Moved:
    """Where the limit would end with so many more working days. Nothing is changed. Raises ``Refused``."""
    if not limit.may_extend:
        raise errors.CaseMovedOn("This time limit cannot be extended now.")
    if not 1 <= days <= MOST_DAYS:
        raise errors.Refused({"days": f"Enter a number of working days from 1 to {MOST_DAYS}"})
    try:
        return _tried(limit, partial(moving.extend, by=_by(days), change_id="preview"), clock)
    except errors.NotUnderstood as problem:
        raise errors.Refused({"days": str(problem)}) from problem


def extend(limit: Changeable, days: int, reason: str, who: Who, *, clock: Clock, old: str) -> Moved:
    """Give more time, and write to the victim. ``old`` is the end that was shown, in ISO 8601: another has been moved.

    Raises ``Refused``, ``NotAllowed`` or ``CaseMovedOn``.
    """
    access.check_has_role(who, *ROLES)
    if end(limit.timer).isoformat() != old:
        raise errors.CaseMovedOn("This time limit has moved since you opened the page.")
    moved = extended(limit, days, clock=clock)
    change = uuid4().hex
    says = {"reason": _reason(reason), "change": change, "by": _by(days)}
    act = partial(moving.extend, by=_by(days), change_id=change)
    _change(limit, "limit_extended", act, moved, says, who, clock)
    return moved


def hold(limit: Changeable, why: str, agreed_by: str, note: str, who: Who, *, clock: Clock) -> None:
    """Stop the clock, for a reason of ``WHY_HELD`` and as somebody agreed. Raises ``Refused`` or ``CaseMovedOn``."""
    access.check_has_role(who, *ROLES)
    if not limit.longest_hold or limit.is_held:
        raise errors.CaseMovedOn("The clock of this time limit cannot be stopped now.")
    problems = {} if why in WHY_HELD else {"why": "Select why the clock must stop"}
    if not agreed_by.strip():
        problems["agreed_by"] = "Enter who agreed to this"
    if problems:
        raise errors.Refused(problems)
    change, at = uuid4().hex, clocks.of(limit.case, clock)()
    act = partial(moving.hold, most=limit.longest_hold, change_id=change, at=at)
    agreed = f"Agreed by {agreed_by.strip()[:LONGEST]}."
    says = {"reason": " ".join(filter(None, (f"{WHY_HELD[why]}.", agreed, note.strip()[:LONGEST]))), "change": change}
    _change(limit, "limit_held", act, _tried(limit, act, clock), says, who, clock)


def resume(limit: Changeable, reason: str, who: Who, *, clock: Clock) -> None:
    """Let the clock run on with what was left. Raises ``Refused``, ``NotAllowed`` or ``CaseMovedOn``."""
    access.check_has_role(who, *ROLES)
    says = {"reason": _reason(reason, "resume_reason")}
    act = partial(moving.resume, at=clocks.of(limit.case, clock)())
    _change(limit, "limit_resumed", act, _tried(limit, act, clock), says, who, clock)


def restore(limit: Changeable, change_id: str, reason: str, who: Who, *, clock: Clock) -> None:
    """Take a change back, as if it had never been; what stood meanwhile stays in the history.

    Raises ``Refused``, ``NotAllowed``, or ``CaseMovedOn``, also where the day before the change is over: nobody is made
    late by it.
    """
    access.check_has_role(who, *ROLES)
    says = {"reason": _reason(reason, f"restore_{change_id}"), "change": change_id}
    act = partial(moving.undo, change_id=change_id)
    moved = _tried(limit, act, clock)
    if moved.at <= clocks.of(limit.case, clock)():
        raise errors.CaseMovedOn("The day before this change is over. It cannot be taken back any more.")
    _change(limit, "limit_restored", act, moved, says, who, clock)


def check_reason(text: str) -> None:
    """Raises ``Refused`` for a reason that is missing or too long."""
    _reason(text)


def _change(
    limit: Changeable,
    kind: str,
    change: Callable[..., None],
    moved: Moved,
    says: Mapping[str, Any],
    who: Who,
    clock: Clock,
) -> None:
    """One step: the change, its event and the letter to the victim."""
    at, facts = clocks.of(limit.case, clock)(), dict[str, Any]()

    def act(run: Run) -> None:
        if of(run, limit.timer.id, limit.timer.key).due_at != limit.timer.due_at:
            raise errors.CaseMovedOn("This time limit has moved since you opened the page.")
        run.change_limit(limit.timer.id, limit.timer.key, change)
        run.lay({"told": {"victim": at.isoformat()}})
        facts.update(run.facts)

    told = {
        "name": limit.step,
        "rule": limit.timer.rule,
        "task": limit.timer.task_key,
        "timer": limit.timer.id.hex,
        "old": moved.old.isoformat(),
        "new": moved.new.isoformat(),
        **says,
    }
    event = Happened(kind, limit.timer.key, at, by=who.name, person_id=who.id, says=told)
    first = limit.timer.first_due_on
    item = {**told, "kind": kind, "first": first.isoformat() if first else None}
    advancing.advance(limit.case.id, Step(act, event, also=partial(_write, facts=facts, item=item, at=at)), clock=clock)


def _write(case: Case, *, facts: Mapping[str, Any], item: Mapping[str, Any], at: datetime) -> None:
    writing.ask_for(case, LETTER, "victim", item, at, facts)


def _tried(limit: Changeable, change: Callable[..., None], clock: Clock) -> Moved:
    """Where the limit would end after a change that is not kept."""
    run = woken(limit.case, clock)
    run.change_limit(limit.timer.id, limit.timer.key, change)
    run.settle()
    timer = of(run, limit.timer.id, limit.timer.key)
    return Moved(end(limit.timer), end(timer), timer.due_at)


def _by(days: int) -> str:
    return wording.counted(days, "working day").replace(wording.NBSP, " ")


def _reason(text: str, field: str = "reason") -> str:
    if not text.strip():
        raise errors.Refused({field: "Enter the reason"})
    if len(text) > LONGEST:
        raise errors.Refused({field: f"The reason must be {LONGEST:,} characters or fewer"})
    return text.strip()
