"""Whether forecasts came true: what would have been said month after month, from what was known then.

For each limit that ended, the forecast is made anew at five points of its time, from the months before only, and held
against what became of it. So a forecast of 70 per cent is right if about 70 of 100 such limits were missed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from app.status.numbers.forecasting import FULL, History, Place
from app.store import tallies
from app.store.tallies import Used

POINTS = (0.0, 0.25, 0.5, 0.75, 0.9)  # how much of the limit is used when the forecast is made
BANDS = 10


@dataclass
class Band:
    """The forecasts between two likelihoods: how many, what they said on average, how many became late."""

    low: float
    high: float
    number: int = 0
    said: float = 0.0  # summed
    late: int = 0

    @property
    def forecast(self) -> float:
        """What was said on average, 0 to 1."""
        return self.said / self.number if self.number else 0.0

    @property
    def came(self) -> float:
        """How many were late, 0 to 1."""
        return self.late / self.number if self.number else 0.0


@dataclass
class Calibration:
    """The record of the forecasts. ``error`` is the mean of (said - came)², 0 for a perfect one (Brier score)."""

    bands: list[Band] = field(default_factory=lambda: [Band(n / BANDS, (n + 1) / BANDS) for n in range(BANDS)])
    squares: float = 0.0

    @property
    def number(self) -> int:
        """How many forecasts there are."""
        return sum(band.number for band in self.bands)

    @property
    def late(self) -> int:
        """How many of the limits were missed."""
        return sum(band.late for band in self.bands)

    @property
    def error(self) -> float:
        """The Brier score; None of it for no forecasts."""
        return self.squares / self.number if self.number else 0.0

    @property
    def plain_error(self) -> float:
        """The score of whoever always says how often limits are missed on the whole."""
        share = self.late / self.number if self.number else 0.0
        return share * (1 - share)

    def add(self, said: float, number: int, late: int) -> None:
        """Note forecasts of one likelihood and what became of them."""
        band = self.bands[min(int(said * BANDS), BANDS - 1)]
        band.number, band.said, band.late = band.number + number, band.said + said * number, band.late + late
        self.squares += late * (1 - said) ** 2 + (number - late) * said**2


def record(since: date) -> Calibration:
    """The record of the forecasts for limits that ended from a month on."""
    return calibration(tallies.used_by_month(since, [int(point * FULL) for point in POINTS]))


def calibration(used: Iterable[Used]) -> Calibration:
    """The record over these limits, which come in order of their months."""
    found, known = Calibration(), History()
    for _, month in groupby(used, lambda one: one.month):
        ended = list(month)
        if known.whole.number:  # nobody would have been told anything before there was any history
            for (place, point), (number, late) in _at_points(ended).items():
                found.add(known.likely(*place, point).value, number, late)
        for one in ended:
            known.add(one)
    return found


def _at_points(ended: Iterable[Used]) -> dict[tuple[Place, float], tuple[int, int]]:
    """{(step and agency, point): how many were still open there, how many of them became late}."""
    found: dict[tuple[Place, float], tuple[int, int]] = {}
    for one in ended:
        for point in POINTS:
            if one.size >= point * FULL:
                key = (one.process, one.key, one.agency_key), point
                number, late = found.get(key, (0, 0))
                found[key] = number + one.number, late + (one.number if one.is_late else 0)
    return found
