"""What is said about the system's health: on the page for administrators, and on the command line."""

from datetime import datetime, timedelta
from math import ceil, floor

from app.law import wording
from app.store.lateness import BOUNDS, Spread
from app.store.standing import Counts, Timers

UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def span(seconds: float) -> str:
    """A stretch of time in whole units that are over: ``12 seconds``, ``3 minutes``, ``2 days``."""
    size, unit = _unit(seconds)
    return wording.counted(floor(seconds / size), unit)


def within(seconds: float) -> str:
    """A stretch of time that is at least as long as ``seconds``: ``1 second``, ``4 minutes``."""
    size, unit = _unit(seconds)
    return wording.counted(max(1, ceil(seconds / size)), unit)


def _unit(seconds: float) -> tuple[int, str]:
    return next(((size, unit) for size, unit in UNITS if seconds >= size), (1, "second"))


def overdue(late: timedelta, latest: timedelta) -> str:
    """That a time limit waits to be dealt with."""
    return (
        f"A time limit that passed {span(late.total_seconds())} ago has not been dealt with. "
        f"It should take {span(latest.total_seconds())} at most. Is the worker running?"
    )


def silent(last: datetime | None) -> str:
    """That no worker gives a sign of life."""
    if last is None:
        return "No worker has ever run here. Start one: time limits pass unseen and letters stay here until it runs."
    said = wording.moment(last)
    return f"No worker has given a sign of life since {said}. Start it: until then no time limit is dealt with."


def ahead(by: timedelta) -> str:
    """That the clocks of two machines differ, or one was set back."""
    return (
        f"The worker’s last sign of life lies {span(by.total_seconds())} in the future. The clock of this machine or "
        "of the worker’s is wrong. Time limits go by the worker’s clock."
    )


def steps() -> list[str]:
    """The steps of the table of lateness, in words; as many as ``Spread.by_bound`` has."""
    return [*(f"up to {span(bound)}" for bound in BOUNDS), f"longer than {span(BOUNDS[-1])}"]


def shares(spread: Spread) -> list[int]:
    """For each step the share of all in per cent, rounded; 0 where none fired."""
    return [round(100 * number / spread.fired) if spread.fired else 0 for number in spread.by_bound]


def spread(found: Spread, when: str) -> str:
    """Lateness in a sentence."""
    if not found.fired or found.half_within is None or found.most_within is None:
        return f"No time limit came due in {when}."
    half, most = within(found.half_within), within(found.most_within)
    if found.fired == 1:
        return f"In {when} 1 time limit was dealt with, within {most}."
    number = f"{found.fired:,} time limits were dealt with"
    return f"In {when} {number}: half of them within {half}, 99 of 100 within {most}."


def facts(timers: Timers, counts: Counts, beat_at: datetime | None) -> list[tuple[str, str]]:
    """What waits and what is late: [(name, number or instant in words)]."""
    late = str(timers.overdue)
    if timers.oldest_due_at:
        late += f", the oldest since {wording.moment(timers.oldest_due_at)}"
    return [
        ("The worker’s last sign of life", wording.moment(beat_at) if beat_at else "none"),
        ("Time limits that wait", str(timers.waiting)),
        ("The next one passes", wording.moment(timers.next_due_at) if timers.next_due_at else "none is to come"),
        ("Overdue", late),
        ("Held back because their case is stopped", str(timers.held_back)),
        ("Cases open", str(counts.cases_open)),
        ("Cases stopped", str(counts.cases_stopped)),
        ("Letters that wait to leave", str(counts.letters_waiting)),
        ("Letters that did not arrive, last 7 days", str(counts.letters_failed_lately)),
    ]
