"""Taking a case for one worker: a lease and a count of attempts, committed before each try.

A case that kills its worker again and again is stopped with an incident, and the others go on. So cases are taken
one by one, each just before it is tried: a worker that dies keeps none of the others waiting, nor counts against them.
"""

from datetime import timedelta

from app.cases import advancing
from app.clock import Clock
from app.store import cases, timers
from app.store.rows.cases import Timer
from app.store.transactions import transaction

LENGTH = timedelta(seconds=30)  # how long a worker may take over one case, at the first attempt
ATTEMPTS = 3


def take(clock: Clock) -> Timer | None:
    """The timer that is longest overdue, its case taken for this worker; None when there is nothing to take.

    What another worker has taken, or is taking at this moment, is passed over. A case that has been tried too often
    is stopped on the way.
    """
    while found := _taken(clock):
        timer, attempts = found
        if attempts <= ATTEMPTS:
            return timer
        says = f"A time limit could not be dealt with: the system failed {ATTEMPTS} times."
        advancing.stop(timer.case_id, timer.key, says, clock=clock)
    return None


def _taken(clock: Clock) -> tuple[Timer, int] | None:
    with transaction():
        at = clock()
        for timer, case in timers.due(at, 1):
            return timer, cases.lease(case, at, LENGTH, ATTEMPTS)
    return None
