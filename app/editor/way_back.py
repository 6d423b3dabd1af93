"""The way back for a case that was moved to another release, and until when it is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app import errors
from app.cases import clocks, procedures
from app.cases.procedures import MOVED, MOVED_BACK
from app.clock import Clock
from app.editor import moving_releases
from app.editor.moving_cases import Why
from app.editor.moving_releases import CLEAN
from app.engine import crossing
from app.engine.crossing import Way
from app.engine.library import Procedure
from app.store import cases, history
from app.store.rows.cases import CLOSED, Case
from app.store.rows.history import Event

DONE = ("task_completed", "timer_fired", "message_received")


@dataclass(frozen=True)
class Back:
    """The move that could be taken back; ``problem`` says why it cannot be any more, "" where it can."""

    release: str  # the key of the release that the case would follow again
    times: str | None  # and of the one whose agreed times, where they were another's
    problem: str


def of(case: Case, *, clock: Clock) -> Back | None:
    """The last move of an open case that was not taken back yet; None where there is none."""
    lines = history.of_case(case.id)
    moves = [line for line in lines if line.kind in (MOVED, MOVED_BACK)]
    if case.status == CLOSED or not moves or moves[-1].kind != MOVED:
        return None
    last = moves[-1]
    says = last.says
    there = procedures.followed(says["from"], says["from_times"], case.calendar_key)
    return Back(says["from"], says["from_times"], _problem(case, there, lines[lines.index(last) + 1 :], clock))


def take(case_id: UUID, why: Why, *, clock: Clock) -> Case:
    """Move a case back. Raises ``Refused`` naming ``reason`` or ``case``, ``CaseMovedOn`` where nothing was moved."""
    back = of(cases.load(case_id), clock=clock)
    if back is None:
        raise errors.CaseMovedOn("This case was not moved, or is back already.")
    if back.problem:
        raise errors.Refused({"case": back.problem})
    return moving_releases.move_back(case_id, (back.release, back.times), why, clock=clock)


def _problem(case: Case, there: Procedure, since: Iterable[Event], clock: Clock) -> str:
    """Why the case cannot go back: something was done that only its version has, or it stands there."""
    for line in since:
        if line.kind in DONE and not any(line.subject in drawing.by_id for drawing in there.drawings.values()):
            name = line.says.get("name") or line.subject
            return f"‘{name}’ was done since, and the earlier version does not have it."
    at = clocks.of(case, clock)()
    seen = moving_releases.foresee(case, cases.snapshot(case.id), there, Way(crossing.BACK), at)
    if seen.outcome == CLEAN:
        return ""
    return seen.problem or f"‘{seen.lost[0].name}’ is open, and the earlier version does not have it."
