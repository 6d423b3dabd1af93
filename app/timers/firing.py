"""Firing what is due, oldest first, one transaction a timer."""

import logging
from dataclasses import replace
from itertools import takewhile
from uuid import UUID

from app import errors
from app.cases import advancing, leasing, telling
from app.cases.advancing import Step
from app.cases.leasing import Lease
from app.cases.telling import agency_of
from app.clock import Clock
from app.engine.run import Run
from app.store import sessions, timers
from app.store.rows.cases import Timer

log = logging.getLogger(__name__)
BATCH = 50  # timers of one sweep, so that letters have their turn


def sweep(clock: Clock) -> int:
    """Fire timers that are due now, up to a batch. Gives how many fired.

    Each is taken just before, so that several workers never have the same one in hand. A case that cannot move does
    not hold up the next.
    """
    taken = takewhile(bool, (leasing.take(clock) for _ in range(BATCH)))
    return sum(_tried(lease, clock) for lease in taken if lease)


def pause(clock: Clock, most: float) -> float:
    """Seconds until the next timer comes due; ``most`` when that is later, or there is none."""
    now = clock()
    coming = timers.coming(now)
    return min(most, (coming - now).total_seconds()) if coming else most


def _agency(run: Run, timer_id: UUID, key: str) -> str | None:
    """The agency whose work a timer watches, where the work is one agency's."""
    return next((agency_of(t.item) for t in run.waiting_timers() if (t.id, t.key) == (timer_id, key)), None)


def _tried(lease: Lease, clock: Clock) -> bool:
    """Whether it fired. What nobody foresaw leaves the attempt counted: after three the case is stopped."""
    says = {"action": "timer_failed", "timer": lease.timer.key, "case": str(lease.timer.case_id)}
    try:
        return fire(lease, clock)
    except sessions.Unreachable:
        raise
    except Exception:
        log.exception("timer failed", extra=says)
        return False


def fire(lease: Lease, clock: Clock) -> bool:
    """Fire a timer whose case was taken. Gives whether it did: a person may have been faster."""
    try:
        return fire_now(lease.timer, clock)
    except sessions.Unreachable:
        leasing.take_back(lease)
        raise


def fire_now(timer: Timer, clock: Clock) -> bool:
    """Fire a timer that is due. Gives whether it did: a person may have been faster, or the case was stopped by it."""
    case_id, timer_id, key, at = timer.case_id, timer.id, timer.key, clock()
    fired = telling.fired(timer, at)
    says = dict(fired.says)

    def act(run: Run) -> None:
        if not timers.is_due(timer_id, key, at):  # put off, or gone round, since it was found
            raise errors.CaseMovedOn
        says["agency"] = _agency(run, timer_id, key)  # known only now that the run is awake
        run.fire(timer_id, key, at=at)

    step = Step(act, replace(fired, says=says))
    try:
        advancing.advance(case_id, step, clock=clock)
    except errors.CaseMovedOn:
        log.info("timer overtaken", extra={"action": "timer_overtaken", "timer": key})
        return False
    except errors.CannotGoOn:
        log.exception("case stopped", extra={"action": "case_stopped", "case": str(case_id)})
        return False
    return True
