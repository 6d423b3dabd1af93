"""Taking a case for one worker: a lease and a count of attempts, committed before each try.

A case that kills its worker again and again is stopped with an incident, and the others go on. What broke off because
the database went away says nothing about the case: such an attempt is taken back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.cases import advancing
from app.clock import Clock
from app.store import cases, timers
from app.store.transactions import transaction

LENGTH = timedelta(seconds=30)  # how long a worker may take over one case, at the first attempt
ATTEMPTS = 3


@dataclass(frozen=True)
class Lease:
    """A worker's hold on a case. ``until`` also tells it from the lease of anybody who came later."""

    case_id: UUID
    until: datetime


def take(case_id: UUID, timer_id: UUID, key: str, *, clock: Clock) -> Lease | None:
    """The hold on a case that this worker has now, to fire this timer; None where it may not.

    Stops the case when it has been tried too often.
    """
    with transaction():
        attempts = cases.lease(case_id, clock(), LENGTH, ATTEMPTS)
        if attempts is None:
            return None
        case = cases.load(case_id)
        if not timers.is_due(timer_id, key, clock()):
            cases.release(case)
            return None
        lease = Lease(case_id, case.leased_until or clock())
    if attempts > ATTEMPTS:
        says = f"A time limit could not be dealt with: the system failed {ATTEMPTS} times."
        advancing.stop(case_id, key, says, clock=clock)
        return None
    return lease


def take_back(lease: Lease) -> None:
    """Do not count the attempt of this lease: the database broke it off.

    The lease runs on, so that other cases come first. Where the database is still away, the attempt stays counted.
    """
    with transaction():
        cases.uncount(lease.case_id, lease.until)
