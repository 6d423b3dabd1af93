"""Whether the system does its work: is a worker alive, is any time limit overdue, how late did they fire.

Every number comes from the database, so that several web processes and workers give one truth. It takes the same
few statements however many rows there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.clock import Clock
from app.status import health_words
from app.store import beats, lateness, standing
from app.store.lateness import Spread
from app.store.standing import Counts, Timers

LATEST = timedelta(minutes=1)  # that a time limit may be overdue before somebody must look
SILENCE = timedelta(minutes=1)  # of all workers, beside their own pause, before somebody must look
AHEAD = timedelta(seconds=5)  # that two clocks may differ
DAY, WEEK = timedelta(days=1), timedelta(days=7)
WORKERS = 100  # that are looked at


@dataclass(frozen=True)
class Health:
    """How things stand at an instant. ``alarms`` says in words what somebody must look at now."""

    at: datetime
    alarms: tuple[str, ...]
    worker_beat_at: datetime | None  # the last sign of any worker
    workers: int  # that have given a sign lately
    timers: Timers
    oldest_overdue_seconds: float  # 0 where none is overdue
    counts: Counts
    day: Spread  # of the last 24 hours
    week: Spread  # of the last 7 days


def read(*, clock: Clock, worker_pause: float) -> Health:
    """How things stand now. ``worker_pause`` is in seconds: how long a worker without work is silent."""
    at = clock()
    signs = [beat.beat_at for beat in beats.newest(WORKERS)]
    silent_since = at - SILENCE - timedelta(seconds=worker_pause)
    timers = standing.timers(at)
    overdue = at - timers.oldest_due_at if timers.oldest_due_at else timedelta()
    return Health(
        at=at,
        alarms=tuple(filter(None, (_overdue(overdue), _silent(signs, silent_since, at + AHEAD), _ahead(signs, at)))),
        worker_beat_at=signs[0] if signs else None,
        workers=sum(silent_since < sign <= at + AHEAD for sign in signs),
        timers=timers,
        oldest_overdue_seconds=overdue.total_seconds(),
        counts=standing.counts(at - WEEK),
        day=lateness.since(at - DAY),
        week=lateness.since(at - WEEK),
    )


def _overdue(late: timedelta) -> str:
    return health_words.overdue(late, LATEST) if late > LATEST else ""


def _silent(signs: Sequence[datetime], since: datetime, until: datetime) -> str:
    """A sign that lies in the future is none: that worker may have ended before the clock was set back."""
    believed = [sign for sign in signs if sign <= until]
    if signs and not believed:
        return ""  # that the clocks differ is said in its place
    return health_words.silent(max(believed, default=None)) if max(believed, default=since) <= since else ""


def _ahead(signs: Sequence[datetime], at: datetime) -> str:
    return health_words.ahead(signs[0] - at) if signs and signs[0] > at + AHEAD else ""
