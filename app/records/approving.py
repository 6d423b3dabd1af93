"""How far the numbers of a reporting period are on their way to the public page; and whether they still count the same.

What was published never changes. Where a count of today gives another number, both are shown.
"""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from app.cases import correlating
from app.cases.kinds import PUBLICATION
from app.law import calendar, definitions, statistics
from app.law.statistics import Period
from app.records import counting, published
from app.records.published import Year
from app.store import cases, tasks
from app.store.rows.cases import OPEN, Case, Task

LATEST = 5  # reporting periods to choose from


@dataclass(frozen=True)
class Difference:
    """A number that was published, and what it is when it is counted today by the same definitions."""

    words: str
    published: int
    now: int


@dataclass(frozen=True)
class Approval:
    """The way of one period to the public page."""

    is_over: bool
    is_reporting_period: bool
    year: Year | None  # as it is published
    differences: tuple[Difference, ...]
    reference: str  # of the case in which it is approved; "" where there is none
    waits_for: tuple[Task, ...]  # its open tasks

    @property
    def is_published(self) -> bool:
        """Whether everybody can read them."""
        return self.year is not None


def periods(begins: str, today: date) -> list[Period]:
    """The reporting period of today and those before it, the newest first."""
    month_and_day = statistics.begin_of(begins)
    newest = statistics.last_period(calendar.months_after(today, statistics.MONTHS), month_and_day)
    found = [newest]
    while len(found) < LATEST:
        found.append(statistics.last_period(found[-1].last, month_and_day))
    return found


def approval(period: Period, begins: str, today: date) -> Approval:
    """Where the numbers of a period stand."""
    year = published.year(period.first)
    year = year if year and year.period == period else None
    case = _case(period)
    return Approval(
        is_over=period.last < today,
        is_reporting_period=_is_one(period, begins),
        year=year,
        differences=tuple(_differences(year)) if year else (),
        reference=case.reference if case else "",
        waits_for=tuple(tasks.of_case(case.id)) if case and case.status == OPEN else (),
    )


def _case(period: Period) -> Case | None:
    """The case that publishes the period: it is about its first day."""
    found = cases.with_key(PUBLICATION, correlating.key_of(period.first.isoformat()))
    return found[0] if found else None


def _is_one(period: Period, begins: str) -> bool:
    return statistics.last_period(period.last + timedelta(days=1), statistics.begin_of(begins)) == period


def _differences(year: Year) -> list[Difference]:
    if year.version not in definitions.EDITIONS:
        return []
    now = asdict(statistics.numbers(counting.behind(year.period, year.version)))
    edition = definitions.edition(year.version)
    return [
        Difference(edition.of(name).words, said, now[name]) for name, said in year.counted.items() if said != now[name]
    ]
