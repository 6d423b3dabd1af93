"""Which calendars count: for new cases the edition in force, for a case the one it was given."""

from functools import lru_cache

from app.law import calendars
from app.law.calendars import Calendars
from app.store import calendars as editions

KEPT = 32  # editions in memory


def in_force() -> Calendars:
    """The calendars that new cases are counted in, and pages that belong to no case."""
    row = editions.in_force()
    return calendars.read(row.changes) if row else Calendars()


def of(key: str) -> Calendars:
    """The calendars of an edition; "" is the package's data as they are."""
    return _read(key) if key else Calendars()


@lru_cache(KEPT)
def _read(key: str) -> Calendars:
    return calendars.read(editions.edition(key).changes)
