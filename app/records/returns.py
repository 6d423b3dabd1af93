"""The return of any period: the law's numbers, how they add up, the local ones, and how far they are published.

``as_data`` is what programs read; its shape is documented in docs/returns.md and only grows.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from app.law import definitions, statistics
from app.law.definitions import Definition, Edition
from app.law.statistics import DEFINITIONS, Numbers, Period
from app.records import approving, behind, counting, local
from app.records.approving import Approval
from app.records.local import Group

SHAPE = 1
WORDS = {  # in a sum, where the words of the Act are too long
    "waiting_before": "waiting before",
    "applications": "applications",
    "reopened": "reopened",
    "not_met": "not met",
    "reviews": "reviews",
    "withdrawn": "withdrawn",
    "waiting_after": "waiting after",
}


@dataclass(frozen=True)
class Return:
    """Everything about a period on one page."""

    period: Period
    edition: Edition
    numbers: Numbers
    deleted: int  # applications of the period whose cases are deleted
    local: list[Group]
    approval: Approval

    @property
    def four(self) -> list[tuple[Definition, int]]:
        """The numbers that the Act asks for."""
        return [(self.edition.of(name), getattr(self.numbers, name)) for name in definitions.FOUR]

    @property
    def sides(self) -> list[list[tuple[Definition, int]]]:
        """What came in, and what became of it."""
        return [[(self.edition.of(name), number) for name, number in side] for side in self._reconciled]

    @property
    def _reconciled(self) -> Sequence[list[tuple[str, int]]]:
        return definitions.reconciled(self.numbers)

    @property
    def totals(self) -> list[int]:
        """The sums of both sides."""
        return [sum(number for _, number in side) for side in self._reconciled]

    @property
    def balances(self) -> bool:
        """Whether both sides are the same."""
        return statistics.balances(self.numbers)

    @property
    def sum_in_words(self) -> str:
        """The whole sum in one line."""
        came, went = self._reconciled
        return f"{_added(came)} = {_added(went)}"

    @property
    def is_short(self) -> bool:
        """Whether nothing came over from before and nothing was taken up again: then the shorter sum holds."""
        return not (self.numbers.waiting_before or self.numbers.reopened)

    @property
    def short_sum(self) -> str:
        """Applications = not met + reviews + withdrawn + pending, as it stands or as it would have to."""
        _, went = self._reconciled
        return f"{_added([('applications', self.numbers.applications)])} = {_added(went)}"


def read(period: Period, begins: str, today: date, version: str = DEFINITIONS) -> Return:
    """The return of a period. Raises ``KeyError`` for a version of the definitions that there never was."""
    found = counting.behind(period, version)
    return Return(
        period=period,
        edition=definitions.edition(version),
        numbers=statistics.numbers(found),
        deleted=sum(not one.matter.key for one in found["applications"]),
        local=local.groups(period),
        approval=approving.approval(period, begins, today),
    )


def as_data(one: Return) -> dict[str, Any]:
    """The return for a program: counts, references of the cases behind them, and nobody's name."""
    return {
        "shape": SHAPE,
        "definitions": one.edition.version,
        "period": {"from": one.period.first.isoformat(), "to": one.period.last.isoformat()},
        "numbers": {name: getattr(one.numbers, name) for name in definitions.FOUR},
        "balance": {name: getattr(one.numbers, name) for name in WORDS},
        "balances": one.balances,
        "deleted_applications": one.deleted,
        "local": [
            {"group": group.key, "title": group.title, "numbers": {part.key: part.number for part in group.parts}}
            for group in one.local
        ],
        "cases": {
            each.name: [row.reference or None for row in each.rows]
            for each in behind.every(one.period, one.edition.version)
        },
        "published": _published(one.approval),
    }


def _published(approval: Approval) -> dict[str, Any] | None:
    if approval.year is None:
        return None
    year = approval.year
    return {
        "on": year.published_on.isoformat(),
        "approved_by": year.approved_by,
        "definitions": year.version,
        "numbers": dict(year.counted),
        "differences": [asdict(one) for one in approval.differences],
    }


def _added(side: list[tuple[str, int]]) -> str:
    return " + ".join(f"{number} {WORDS[name]}" for name, number in side)
