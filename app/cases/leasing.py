"""Taking a case for one worker: a lease and a count of attempts, committed before each try.

A case that kills its worker again and again is stopped with an incident, and the others go on. So cases are taken
one by one, each just before it is tried: a worker that dies keeps none of the others waiting, nor counts against them.
What broke off because the database went away says nothing about the case: such an attempt is taken back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.cases import advancing
from app.clock import Clock
from app.store import cases, timers
from app.store.rows.cases import Timer
from app.store.transactions import transaction

LENGTH = timedelta(seconds=30)  # how long a worker may take over one case, at the first attempt
ATTEMPTS = 3


@dataclass(frozen=True)
class Lease:
    """A worker's hold on a case, to fire a timer of it. ``until`` tells it from the lease of anybody who came later."""

    timer: Timer
    until: datetime


def take(clock: Clock) -> Lease | None:
    """The timer that is longest overdue, its case taken for this worker; None when there is nothing to take.

    What another worker has taken, or is taking at this moment, is passed over. A case that has been tried too often
    is stopped on the way.
    """
    while found := _taken(clock):
        lease, attempts = found
        if attempts <= ATTEMPTS:
            return lease
        says = f"A time limit could not be dealt with: the system failed {ATTEMPTS} times."
        advancing.stop(lease.timer.case_id, lease.timer.key, says, clock=clock)
    return None


def take_back(lease: Lease) -> None:
    """Do not count the attempt of this lease: the database broke it off.

    The lease runs on, so that other cases come first. Where the database is still away, the attempt stays counted.
    """
    with transaction():
        cases.uncount(lease.timer.case_id, lease.until)


def _taken(clock: Clock) -> tuple[Lease, int] | None:
    with transaction():
        at = clock()
        for timer, case in timers.due(at, 1):
            attempts = cases.lease(case, at, LENGTH, ATTEMPTS)
            return Lease(timer, case.leased_until or at), attempts
    return None
