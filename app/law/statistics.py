"""The numbers that are published for each reporting period, counted from what happened.

Every application is one ``Matter``: its steps, in order. It waits for a decision from the day it is made until the
first step that settles it, and again after an appeal that reopens it. So the numbers balance, whatever happens:
waiting before + applications + reopened = not met + reviews + withdrawn + waiting after.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.law import calendar, wording

DEFINITIONS = "1"  # what the numbers mean; another meaning is another edition, and published numbers stay
APPLIED, NOT_MET, REVIEWED, WITHDRAWN, REOPENED = "applied", "not_met", "reviewed", "withdrawn", "reopened"
SETTLED = frozenset({NOT_MET, REVIEWED, WITHDRAWN})
FEWEST = 5  # a smaller local number could point at somebody
MONTHS = 12  # the longest reporting period
SHORTEST_MONTH = 28


@dataclass(frozen=True)
class Period:
    """A reporting period, both days counted."""

    first: date
    last: date

    def has(self, day: date) -> bool:
        """Whether a day is in it. Source: ASBCPA 2014 s.104(9)."""
        return self.first <= day <= self.last

    @property
    def name(self) -> str:
        """The period in words. Source: ASBCPA 2014 s.104(9)."""
        return f"{wording.short(self.first)} {self.first.year} to {wording.short(self.last)} {self.last.year}"


@dataclass(frozen=True)
class Step:
    """Something that counts. ``recommended``: of a review, that recommendations came of it."""

    kind: str
    on: date
    recommended: bool = False


@dataclass(frozen=True)
class Matter:
    """One application, from the day it was made."""

    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Numbers:
    """What is published for a period."""

    applications: int
    not_met: int
    reviews: int
    with_recommendations: int
    withdrawn: int
    reopened: int
    waiting_before: int
    waiting_after: int


def begin_of(text: str) -> tuple[int, int]:
    """The month and day on which every period begins, from MM-DD such as ``04-01``. Raises ``ValueError``.

    Source: ASBCPA 2014 s.104(9): the bodies fix the period, at most 12 months.
    """
    month, day = (int(part) for part in text.split("-"))
    date(2026, month, day)
    if day > SHORTEST_MONTH:
        raise ValueError(text)
    return month, day


def last_period(today: date, begins: tuple[int, int]) -> Period:
    """The newest period that is over on a day.

    Source: ASBCPA 2014 s.104(9): published as soon as practicable after the end of each period.
    """
    this_year = date(today.year, *begins)
    next_first = this_year if this_year <= today else date(today.year - 1, *begins)
    return Period(calendar.months_after(next_first, -MONTHS), next_first - timedelta(days=1))


def counting(matter: Matter) -> Iterator[Step]:
    """The steps of a matter that count: what settles it while it waits, what reopens it once it is settled.

    Source: ASBCPA 2014 s.104(9)(a) to (d); invariant I14 of the published procedure.
    """
    waits = None
    for step in matter.steps:
        counts = step.kind == APPLIED if waits is None else step.kind in (SETTLED if waits else {REOPENED})
        if counts:
            waits = step.kind not in SETTLED
            yield step


def count(matters: Iterable[Matter], period: Period) -> Numbers:
    """The numbers of a period.

    Source: ASBCPA 2014 s.104(9): (a) applications; (b) times the threshold was decided not to be met; (c) reviews
    carried out; (d) reviews that resulted in recommendations; each in the period.
    """
    steps = [step for matter in matters for step in counting(matter)]
    within = [step for step in steps if period.has(step.on)]
    number = {kind: sum(step.kind == kind for step in within) for kind in (*SETTLED, APPLIED, REOPENED)}
    return Numbers(
        applications=number[APPLIED],
        not_met=number[NOT_MET],
        reviews=number[REVIEWED],
        with_recommendations=sum(step.kind == REVIEWED and step.recommended for step in within),
        withdrawn=number[WITHDRAWN],
        reopened=number[REOPENED],
        waiting_before=sum(_turns(step) for step in steps if step.on < period.first),
        waiting_after=sum(_turns(step) for step in steps if step.on <= period.last),
    )


def balances(numbers: Numbers) -> bool:
    """Whether every application is accounted for.

    Source: invariant I14 of the published procedure: applications = not met + reviews + withdrawn + pending.
    """
    came = numbers.waiting_before + numbers.applications + numbers.reopened
    return came == numbers.not_met + numbers.reviews + numbers.withdrawn + numbers.waiting_after


def shown(number: int) -> str:
    """A local number as it may be published.

    Source: ICO guidance on small numbers in published statistics: nobody is to be found behind one.
    """
    return f"Fewer than {FEWEST}" if 0 < number < FEWEST else str(number)


def _turns(step: Step) -> int:
    return -1 if step.kind in SETTLED else 1
