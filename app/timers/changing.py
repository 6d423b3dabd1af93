"""Giving a time limit more time, stopping its clock, letting it run on, and taking such a change back.

Nothing is erased: each change is an event with the day before and after it and a reason, and is undone by another.
More time is given before the old day, never after, and the victim is written to in the same transaction.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from app import errors
from app.cases import access, advancing, clocks, procedures
from app.cases.access import Who
from app.cases.advancing import Step
from app.clock import Clock
from app.engine import moving, promises
from app.engine.run import Run, WaitingTimer
from app.law import limit_words, wording
from app.store import cases, history
from app.store.history import Happened
from app.store.rows.cases import Case
from app.store.rows.history import Effect, Event

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
class Changeable:
    """A time limit that runs, and what may be done with it now."""

    case: Case
    timer: WaitingTimer
    step: str  # the name of what it watches
    may_extend: bool
    longest_hold: str  # in words; "" where its clock may not be stopped

    @property
    def is_held(self) -> bool:
        """Whether its clock stands."""
        return self.timer.held_at is not None


@dataclass(frozen=True)
class Moved:
    """Where a limit would end, or ends now: its last day, or its instant where it is counted in hours."""

    old: date | datetime
    new: date | datetime


def running(case_id: UUID, timer_id: UUID, key: str, *, clock: Clock) -> Changeable:
    """A time limit that runs now. Raises ``CaseMovedOn`` when it does not any more."""
    case = cases.load(case_id)
    run = _woken(case, clock)
    timer = _of(run, timer_id, key)
    agreed = promises.row(run.procedure, timer.milestone, run.facts) if timer.milestone else {}
    own = limit_words.read(timer.rule.removeprefix("every ")).extension
    may_extend = own != "" and bool(agreed.get("extendable") or own) and not timer.held_at and not timer.comes_again
    is_late = timer.due_at <= clocks.of(case, clock)()
    return Changeable(case, timer, step_of(run, timer), may_extend and not is_late, str(agreed.get("hold") or ""))


def extended(limit: Changeable, days: int, *, clock: Clock) -> Moved:
    """Where the limit would end with so many more working days. Nothing is changed. Raises ``Refused``."""
    if not limit.may_extend:
        raise errors.CaseMovedOn("This time limit cannot be extended now.")
    if not 1 <= days <= MOST_DAYS:
        raise errors.Refused({"days": f"Enter a number of working days from 1 to {MOST_DAYS}"})
    run = _woken(limit.case, clock)
    try:
        run.change_limit(limit.timer.id, limit.timer.key, partial(moving.extend, by=_by(days), change_id="preview"))
    except errors.NotUnderstood as problem:
        raise errors.Refused({"days": str(problem)}) from problem
    run.settle()
    return Moved(_end(limit.timer), _end(_of(run, limit.timer.id, limit.timer.key)))


def extend(limit: Changeable, days: int, reason: str, who: Who, *, clock: Clock, old: str) -> Moved:
    """Give more time, and write to the victim. ``old`` is the end that was shown, in ISO 8601: another has been moved.

    Raises ``Refused``, ``NotAllowed`` or ``CaseMovedOn``.
    """
    access.check_has_role(who, *ROLES)
    if _end(limit.timer).isoformat() != old:
        raise errors.CaseMovedOn("This time limit has moved since you opened the page.")
    moved = extended(limit, days, clock=clock)
    change = uuid4().hex
    says = {"reason": _reason(reason), "change": change, "by": _by(days)}
    act = partial(moving.extend, by=_by(days), change_id=change)
    _change(limit, "limit_extended", act, moved, says, who, clock, tell=True)
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
    run = _tried(limit, act, clock)
    moved = Moved(_end(limit.timer), _end(_of(run, limit.timer.id, limit.timer.key)))
    agreed = f"Agreed by {agreed_by.strip()[:LONGEST]}."
    says = {"reason": " ".join(filter(None, (f"{WHY_HELD[why]}.", agreed, note.strip()[:LONGEST]))), "change": change}
    _change(limit, "limit_held", act, moved, says, who, clock, tell=False)


def resume(limit: Changeable, reason: str, who: Who, *, clock: Clock) -> None:
    """Let the clock run on with what was left. Raises ``Refused``, ``NotAllowed`` or ``CaseMovedOn``."""
    access.check_has_role(who, *ROLES)
    says = {"reason": _reason(reason)}
    act = partial(moving.resume, at=clocks.of(limit.case, clock)())
    _change(limit, "limit_resumed", act, _after(limit, act, clock), says, who, clock, tell=False)


def restore(limit: Changeable, change_id: str, reason: str, who: Who, *, clock: Clock) -> None:
    """Take a change back, as if it had never been; what stood meanwhile stays in the history."""
    access.check_has_role(who, *ROLES)
    act = partial(moving.undo, change_id=change_id)
    says = {"reason": _reason(reason), "change": change_id}
    _change(limit, "limit_restored", act, _after(limit, act, clock), says, who, clock, tell=True)


@dataclass(frozen=True)
class Told:
    """A change that was made, in words; ``may_be_undone`` while it counts."""

    id: str
    words: str
    at: datetime
    by: str
    reason: str
    may_be_undone: bool


def told(limit: Changeable) -> list[Told]:
    """The extensions and holds of a limit, oldest first, those that were taken back too."""
    undone = {change["id"] for change in limit.timer.changes if change.get("undone")}
    counts = {change["id"] for change in limit.timer.changes} - undone
    return [
        Told(e.says["change"], _in_words(e), e.at, e.by, e.says.get("reason", ""), e.says["change"] in counts)
        for e in history.of_case(limit.case.id)
        if e.kind in ("limit_extended", "limit_held") and e.says.get("change") in counts | undone
    ]


def _in_words(event: Event) -> str:
    return f"{event.says['by'].capitalize()} more" if event.kind == "limit_extended" else "The clock was stopped"


def check_reason(text: str) -> None:
    """Raises ``Refused`` for a reason that is missing or too long."""
    _reason(text)


def step_of(run: Run, timer: WaitingTimer) -> str:
    """The name of the step that a timer watches, else its own label."""
    drawing = run.procedure.drawings.get(timer.process)
    element = drawing.by_id.get(timer.task_key) if drawing else None
    return element.name if element and element.name else timer.name


def _change(
    limit: Changeable,
    kind: str,
    change: Callable[..., None],
    moved: Moved,
    says: Mapping[str, Any],
    who: Who,
    clock: Clock,
    *,
    tell: bool,
) -> None:
    """One step: the change, its event, and where it is told, the letter to the victim."""
    at, facts = clocks.of(limit.case, clock)(), dict[str, Any]()

    def act(run: Run) -> None:
        if _of(run, limit.timer.id, limit.timer.key).due_at != limit.timer.due_at:
            raise errors.CaseMovedOn("This time limit has moved since you opened the page.")
        run.change_limit(limit.timer.id, limit.timer.key, change)
        if tell:
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
    letter = partial(_write, facts=facts, item=told, at=at)
    advancing.advance(limit.case.id, Step(act, event, also=letter if tell else _nothing), clock=clock)


def _nothing(_: Case) -> None:
    """No letter."""


def _write(case: Case, *, facts: Mapping[str, Any], item: Mapping[str, Any], at: datetime) -> None:
    history.add(
        Effect(
            id=uuid4(),
            case_id=case.id,
            key=LETTER,
            kind="letter",
            wants={"letter": LETTER, "to": "victim"},
            item=dict(item),
            facts=dict(facts),
            made_at=at,
            next_try_at=clocks.for_worker(case, at),
        )
    )


def _after(limit: Changeable, change: Callable[..., None], clock: Clock) -> Moved:
    run = _tried(limit, change, clock)
    return Moved(_end(limit.timer), _end(_of(run, limit.timer.id, limit.timer.key)))


def _tried(limit: Changeable, change: Callable[..., None], clock: Clock) -> Run:
    """The run after a change that is not kept."""
    run = _woken(limit.case, clock)
    run.change_limit(limit.timer.id, limit.timer.key, change)
    run.settle()
    return run


def _woken(case: Case, clock: Clock) -> Run:
    at = clocks.of(case, clock)()
    return Run.wake(cases.snapshot(case.id), procedures.of(case), at=at, opened_at=case.opened_at)


def _of(run: Run, timer_id: UUID, key: str) -> WaitingTimer:
    found = next((t for t in run.waiting_timers() if (t.id, t.key) == (timer_id, key)), None)
    if found is None:
        raise errors.CaseMovedOn("This time limit does not run any more.")
    return found


def _end(timer: WaitingTimer) -> date | datetime:
    return timer.due_on or timer.due_at


def _by(days: int) -> str:
    return wording.counted(days, "working day").replace(wording.NBSP, " ")


def _reason(text: str) -> str:
    _check(bool(text.strip()), "reason", "Enter the reason")
    _check(len(text) <= LONGEST, "reason", f"The reason must be {LONGEST:,} characters or fewer")
    return text.strip()


def _check(is_so: bool, field: str, says: str) -> None:
    if not is_so:
        raise errors.Refused({field: says})
