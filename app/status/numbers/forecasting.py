"""How likely it is that an open step misses its limit, from what became of the same step before.

Of all earlier limits of the step that were still open when this much of their time was used, so many were missed. Where
there are few, the whole procedure is asked with the weight of a few cases; and where even it has few, a stated prior:
1 in 5 at the beginning, 9 in 10 at the end. Time is working time, and a limit of 7 days is compared with one of 10 by
the share that is used. Every number says how many cases it rests on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from app.status.numbers import parts
from app.status.stints import SHARE_SIZE, TWENTIETHS
from app.store import tallies
from app.store.tallies import Used

MONTHS = 36  # of history that counts
WEIGHT = 5  # cases that all steps together, or the prior, count as
ENOUGH = 20  # limits of a step for one agency; below, those for all agencies count
FIRST, LAST = 0.2, 0.9  # the stated prior: at the beginning of a limit, and at its end
FULL = 100 // SHARE_SIZE  # the size from which a limit is used up
Place = tuple[str, str, str]  # drawing, step, agency


@dataclass
class Past:
    """What became of limits: how many ended with each share used, and how many of them were missed."""

    ended: list[int] = field(default_factory=lambda: [0] * (TWENTIETHS + 1))
    missed: int = 0

    def add(self, used: Used) -> None:
        """Count limits that ended."""
        self.ended[used.size] += used.number
        self.missed += used.number if used.is_late else 0

    def still_open(self, size: int) -> int:
        """How many were still open when that much was used; those that were missed were."""
        return sum(self.ended[min(size, FULL) :])

    @property
    def number(self) -> int:
        """How many ended."""
        return sum(self.ended)


@dataclass(frozen=True)
class Likelihood:
    """How likely a limit is missed, 0 to 1, and what it rests on."""

    value: float
    of: int  # earlier limits that were still open at this point
    missed: int  # of those
    whose: str  # agency, step, whole (all steps together), prior; late where the limit has passed


@dataclass
class History:
    """What became of earlier limits."""

    by_agency: dict[Place, Past] = field(default_factory=dict)
    by_step: dict[tuple[str, str], Past] = field(default_factory=dict)
    whole: Past = field(default_factory=Past)

    def add(self, one: Used) -> None:
        """Count limits that ended."""
        step = self.by_step.setdefault((one.process, one.key), Past())
        agency = self.by_agency.setdefault((one.process, one.key, one.agency_key), Past())
        for past in (self.whole, step, agency):
            past.add(one)

    def likely(self, process: str, key: str, agency: str, share: float) -> Likelihood:
        """How likely a limit of this step is missed of which ``share`` of the working time is used, 0 to 1."""
        if share >= 1:
            return Likelihood(1.0, 0, 0, "late")
        size = int(share * FULL)
        mine = self.by_agency.get((process, key, agency)) if agency else None
        whose = "agency" if mine and mine.number >= ENOUGH else "step"
        past = mine if mine and whose == "agency" else self.by_step.get((process, key), Past())
        behind = self._behind(size, share)
        of, missed = past.still_open(size), past.missed
        value = (missed + WEIGHT * behind) / (of + WEIGHT)
        return Likelihood(value, of, missed, whose if of else "whole" if self.whole.number >= ENOUGH else "prior")

    def _behind(self, size: int, share: float) -> float:
        """What counts where a step has few: all steps together, else the stated prior."""
        of = self.whole.still_open(size)
        return self.whole.missed / of if of >= ENOUGH else prior(share)


def prior(share: float) -> float:
    """How likely a limit is missed where nothing is known but how much of it is used."""
    return FIRST + (LAST - FIRST) * share * share


def history(used: Iterable[Used]) -> History:
    """What became of these limits."""
    found = History()
    for one in used:
        found.add(one)
    return found


def known(today: date) -> History:
    """What became of every limit of the last years."""
    return history(tallies.used(parts.month_before(today, MONTHS)))
