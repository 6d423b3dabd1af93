"""The numbers that are published for each reporting period, counted from what happened.

Every application is one ``Matter``: its steps, in order. It waits for a decision from the day it is made until the
first step that settles it, and again after an appeal that reopens it. So the numbers balance, whatever happens:
waiting before + applications + reopened = not met + reviews + withdrawn + waiting after.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass, fields
from datetime import date, timedelta

from app.law import calendar, wording

DEFINITIONS = "1"  # the newest edition of what the numbers mean; see ``app.law.definitions``
APPLIED, NOT_MET, REVIEWED, WITHDRAWN, REOPENED = "applied", "not_met", "reviewed", "withdrawn", "reopened"
SETTLED = frozenset({NOT_MET, REVIEWED, WITHDRAWN})
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
    """Something that may count. ``recommended``: of a review, that recommendations came of it."""

    kind: str
    on: date
    recommended: bool = False


@dataclass(frozen=True)
class Matter:
    """One application, from the day it was made. ``key`` says whose it is; "" where its case is deleted."""

    steps: tuple[Step, ...]
    key: str = ""


@dataclass(frozen=True)
class Instance:
    """One of those that a number counts: the matter, and the step that counts or since which it waits."""

    matter: Matter
    step: Step


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


NUMBERS = tuple(field.name for field in fields(Numbers))
NUMBER_OF = {  # the number that a step of each kind is counted in
    APPLIED: "applications",
    NOT_MET: "not_met",
    REVIEWED: "reviews",
    WITHDRAWN: "withdrawn",
    REOPENED: "reopened",
}


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


def behind(matters: Iterable[Matter], period: Period, version: str = DEFINITIONS) -> dict[str, list[Instance]]:
    """What stands behind each number of a period, by the names of ``Numbers``, oldest first.

    Raises ``KeyError`` for a version of the definitions that there never was.
    Source: ASBCPA 2014 s.104(9): (a) applications; (b) times the threshold was decided not to be met; (c) reviews
    carried out; (d) reviews that resulted in recommendations; each in the period.
    """
    counts = EDITIONS[version]
    found: dict[str, list[Instance]] = {name: [] for name in NUMBERS}
    for matter in matters:
        steps = list(counts(matter))
        for name, step in (*_within(steps, period), *_waiting(steps, period)):
            found[name].append(Instance(matter, step))
    return {name: sorted(those, key=lambda one: one.step.on) for name, those in found.items()}


def count(matters: Iterable[Matter], period: Period, version: str = DEFINITIONS) -> Numbers:
    """The numbers of a period as a version of the definitions counts them. Raises ``KeyError`` as ``behind`` does.

    Source: ASBCPA 2014 s.104(9), as for ``behind``: each number is the length of its list.
    """
    return numbers(behind(matters, period, version))


def numbers(listed: Mapping[str, Sized]) -> Numbers:
    """The numbers of what stands behind them.

    Source: ASBCPA 2014 s.104(9), as for ``behind``.
    """
    return Numbers(**{name: len(those) for name, those in listed.items()})


def balances(numbers: Numbers) -> bool:
    """Whether every application is accounted for.

    Source: invariant I14 of the published procedure: applications = not met + reviews + withdrawn + pending.
    """
    came = numbers.waiting_before + numbers.applications + numbers.reopened
    return came == numbers.not_met + numbers.reviews + numbers.withdrawn + numbers.waiting_after


def _within(steps: Iterable[Step], period: Period) -> Iterator[tuple[str, Step]]:
    """What a matter's steps add to the numbers of the days of a period."""
    for step in steps:
        if period.has(step.on):
            yield NUMBER_OF[step.kind], step
            if step.kind == REVIEWED and step.recommended:
                yield "with_recommendations", step


def _waiting(steps: Iterable[Step], period: Period) -> Iterator[tuple[str, Step]]:
    """Whether a matter waited when the period began, and when it ended: since the last step until then."""
    for name, until in (("waiting_before", period.first - timedelta(days=1)), ("waiting_after", period.last)):
        *_, newest = (None, *(step for step in steps if step.on <= until))
        if newest is not None and newest.kind not in SETTLED:
            yield name, newest


EDITIONS: Mapping[str, Callable[[Matter], Iterator[Step]]] = {DEFINITIONS: counting}  # the old ones stay
