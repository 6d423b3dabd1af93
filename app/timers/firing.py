"""Firing what is due, oldest first, one transaction a timer."""

import logging

from app import errors
from app.cases import advancing, leasing
from app.cases.advancing import Step
from app.clock import Clock
from app.engine.run import Run
from app.store import sessions, timers
from app.store.history import Happened
from app.store.rows.cases import Timer

log = logging.getLogger(__name__)
BATCH = 50  # timers a sweep looks at before it asks again


def sweep(clock: Clock) -> int:
    """Fire every timer that is due now. Gives how many fired. A case that cannot move does not hold up the next."""
    return sum(_tried(timer, clock) for timer in timers.due(clock(), BATCH))


def _tried(timer: Timer, clock: Clock) -> bool:
    """Whether it fired. What nobody foresaw leaves the attempt counted: after three the case is stopped."""
    says = {"action": "timer_failed", "timer": timer.key, "case": str(timer.case_id)}
    try:
        return fire(timer, clock)
    except sessions.Unreachable:
        raise
    except Exception:
        log.exception("timer failed", extra=says)
        return False


def fire(timer: Timer, clock: Clock) -> bool:
    """Fire a timer that was found due. Gives whether it did: another worker, or a person, may have been faster."""
    case_id, timer_id, key = timer.case_id, timer.id, timer.key
    says = {
        "timer": timer_id.hex,
        "name": timer.name,
        "rule": timer.rule,
        "task": timer.task_key,
        "due_at": timer.due_at.isoformat(),
        "due_on": timer.due_on.isoformat() if timer.due_on else None,
    }
    lease = leasing.take(case_id, timer_id, key, clock=clock)
    if lease is None:
        return False
    at = clock()

    def act(run: Run) -> None:
        if not timers.is_due(timer_id, key, at):  # put off, or gone round, since it was found
            raise errors.CaseMovedOn
        run.fire(timer_id, key, at=at)

    step = Step(act, Happened("timer_fired", key, at, says=says))
    try:
        advancing.advance(case_id, step, clock=clock)
    except sessions.Unreachable:
        leasing.take_back(lease)
        raise
    except errors.CaseMovedOn:
        log.info("timer overtaken", extra={"action": "timer_overtaken", "timer": key})
        return False
    except errors.CannotGoOn:
        log.exception("case stopped", extra={"action": "case_stopped", "case": str(case_id)})
        return False
    return True
