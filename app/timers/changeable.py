"""A time limit that runs: what may be done with it now, and what was done with it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app import errors
from app.cases import clocks, procedures
from app.clock import Clock
from app.engine import promises
from app.engine.run import Run, WaitingTimer
from app.law import limit_words
from app.store import cases, history
from app.store.rows.cases import Case
from app.store.rows.history import Event


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
class Told:
    """A change that was made, in words; ``may_be_undone`` while it counts."""

    id: str
    words: str
    at: datetime
    by: str
    reason: str
    may_be_undone: bool


def running(case_id: UUID, timer_id: UUID, key: str, *, clock: Clock) -> Changeable:
    """A time limit that runs now. Raises ``CaseMovedOn`` when it does not any more."""
    case = cases.load(case_id)
    run = woken(case, clock)
    timer = of(run, timer_id, key)
    agreed = promises.row(run.procedure, timer.milestone, run.facts) if timer.milestone else {}
    own = limit_words.read(timer.rule.removeprefix("every ")).extension
    may_extend = own != "" and bool(agreed.get("extendable") or own) and not timer.held_at and not timer.comes_again
    is_late = timer.due_at <= clocks.of(case, clock)()
    return Changeable(case, timer, _step(run, timer), may_extend and not is_late, str(agreed.get("hold") or ""))


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


def _step(run: Run, timer: WaitingTimer) -> str:
    """The name of the step that a timer watches, else its own label."""
    drawing = run.procedure.drawing_of(timer.process)
    element = drawing.by_id.get(timer.task_key) if drawing else None
    return element.name if element and element.name else timer.name


def woken(case: Case, clock: Clock) -> Run:
    """The run of a case, to try something on that is not kept."""
    at = clocks.of(case, clock)()
    return Run.wake(cases.snapshot(case.id), procedures.of(case), at=at, opened_at=case.opened_at)


def of(run: Run, timer_id: UUID, key: str) -> WaitingTimer:
    """The timer of a limit that runs. Raises ``CaseMovedOn`` when it does not any more."""
    found = next((t for t in run.waiting_timers() if (t.id, t.key) == (timer_id, key)), None)
    if found is None:
        raise errors.CaseMovedOn("This time limit does not run any more.")
    return found


def end(timer: WaitingTimer) -> date | datetime:
    """Where a limit ends: its last day, or its instant where it is counted in hours."""
    return timer.due_on or timer.due_at
