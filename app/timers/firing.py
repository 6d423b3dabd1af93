"""Firing what is due.

A lease and a count of attempts are committed before each try, so that a case that kills its worker three times is
stopped with an incident and the others go on.
"""

import logging
from datetime import timedelta

from app import errors
from app.cases import advancing
from app.cases.advancing import Step
from app.clock import Clock
from app.store import cases, timers
from app.store.history import Happened
from app.store.rows.cases import Timer
from app.store.transactions import transaction

log = logging.getLogger(__name__)
BATCH = 50  # timers a sweep looks at before it asks again
LEASE = timedelta(seconds=30)  # how long a worker may take over one case, at the first attempt
ATTEMPTS = 3


def sweep(clock: Clock) -> int:
    """Fire every timer that is due now, oldest first. Gives how many fired.

    One transaction a timer: a case that cannot move does not hold up the next.
    """
    return sum(_fire(timer, clock) for timer in timers.due(clock(), BATCH))


def _fire(timer: Timer, clock: Clock) -> bool:
    case_id, timer_id, key, due_at = timer.case_id, timer.id, timer.key, timer.due_at
    if not _leased(timer, clock):
        return False
    at = clock()
    event = Happened(
        "timer_fired",
        key,
        at,
        says={"timer": timer_id.hex, "name": timer.name, "rule": timer.rule, "due_at": due_at.isoformat()},
    )
    try:
        advancing.advance(case_id, Step(lambda run: run.fire(timer_id, key, at=at), event), clock=clock)
    except errors.CaseMovedOn:
        log.info("timer overtaken", extra={"action": "timer_overtaken", "timer": key})
        return False
    except errors.CannotGoOn:
        log.exception("case stopped", extra={"action": "case_stopped", "case": str(case_id)})
        return False
    return True


def _leased(timer: Timer, clock: Clock) -> bool:
    """Take the case for this worker alone; stops it instead when it has been tried too often."""
    with transaction():
        attempts = cases.lease(timer.case_id, clock(), LEASE, ATTEMPTS)
        if attempts is not None and not timers.is_waiting(timer.id, timer.key):
            cases.release(cases.load(timer.case_id))
            return False
    if attempts is None:
        return False
    if attempts > ATTEMPTS:
        says = f"The limit ‘{timer.name}’ could not be dealt with: the system failed {ATTEMPTS} times."
        advancing.stop(timer.case_id, timer.key, says, clock=clock)
        return False
    return True
