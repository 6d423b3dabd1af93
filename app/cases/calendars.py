"""Which calendars count: for new cases the edition in force, for a case the one it was given.

An edition is proposed first, and put in force when somebody has seen what it would do.
"""

from datetime import timedelta
from functools import lru_cache

from app.clock import Clock
from app.law import calendars
from app.law.calendars import Calendars
from app.store import calendars as editions
from app.store.transactions import transaction

KEPT = 32  # editions in memory


def in_force() -> Calendars:
    """The calendars that new cases are counted in, and pages that belong to no case."""
    row = editions.in_force()
    return calendars.read(row.changes) if row else Calendars()


def of(key: str) -> Calendars:
    """The calendars of an edition; "" is the package's data as they are."""
    return _read(key) if key else Calendars()


def propose(proposed: Calendars, *, by: str, note: str, clock: Clock) -> str:
    """Keep an edition that is not in force yet, and give its key. One that is known already is left as it is."""
    with transaction():
        editions.propose(proposed.key, calendars.written(proposed), at=clock(), by=by, note=note)
    return proposed.key


def put_in_force(key: str, *, clock: Clock) -> None:
    """Let new cases be counted in this edition. Raises ``NotFound`` for an unknown one."""
    with transaction():
        row, now, at = editions.edition(key), editions.in_force(), clock()
        if now is None or now.in_force_at is None:
            row.in_force_at = at
        elif now.key != row.key:  # the last one counts, also where the clock was set back meanwhile
            row.in_force_at = max(at, now.in_force_at + timedelta(microseconds=1))


@lru_cache(KEPT)
def _read(key: str) -> Calendars:
    return calendars.read(editions.edition(key).changes)
