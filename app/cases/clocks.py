"""Which clock a case goes by: everybody's, or for a training case its own.

The clock of a training case stands still until somebody moves it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from app.clock import Clock
from app.store.history import Happened
from app.store.rows.cases import Case


def of(case: Case, clock: Clock) -> Clock:
    """The clock of a case: ``clock``, unless the case has its own."""
    return clock if case.virtual_at is None else still(case.virtual_at)


def still(at: datetime) -> Clock:
    """A clock that stands at an instant."""
    return lambda: at


def for_worker(case: Case, at: datetime) -> datetime:
    """From when the worker may carry out what a case asks for at ``at``: it goes by everybody's clock.

    What a training case asks for may be done at once, whatever day it is there.
    """
    return at if case.virtual_at is None else min(at, case.opened_at)


def dated(case: Case, happened: Iterable[Happened]) -> list[Happened]:
    """What happens in a case now, by the clock it goes by."""
    at = case.virtual_at
    return [event if at is None else replace(event, at=at) for event in happened]
