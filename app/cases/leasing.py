"""Taking a case for one worker: a lease and a count of attempts, committed before each try.

A case that kills its worker again and again is stopped with an incident, and the others go on.
"""

from datetime import timedelta
from uuid import UUID

from app.cases import advancing
from app.clock import Clock
from app.store import cases, timers
from app.store.transactions import transaction

LENGTH = timedelta(seconds=30)  # how long a worker may take over one case, at the first attempt
ATTEMPTS = 3


def take(case_id: UUID, timer_id: UUID, key: str, *, clock: Clock) -> bool:
    """Whether this worker has the case now, to fire this timer. Stops the case when it has been tried too often."""
    with transaction():
        attempts = cases.lease(case_id, clock(), LENGTH, ATTEMPTS)
        if attempts is not None and not timers.is_due(timer_id, key, clock()):
            cases.release(cases.load(case_id))
            return False
    if attempts is not None and attempts > ATTEMPTS:
        says = f"A time limit could not be dealt with: the system failed {ATTEMPTS} times."
        advancing.stop(case_id, key, says, clock=clock)
        return False
    return attempts is not None
