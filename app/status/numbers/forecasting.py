"""How likely it is that an open step misses its limit, from what became of the same step before.

Of all earlier limits of the step that were still open when this much of their time was used, so many were missed. Where
there are few, the whole procedure is asked with the weight of a few cases; and where even it has few, a stated prior:
1 in 5 at the beginning, 9 in 10 at the end. Time is working time, and a limit of 7 days is compared with one of 10 by
the share that is used. Every number says how many cases it rests on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.cases import calendars, kinds, procedures
from app.cases.access import APPLICANT
from app.clock import Clock
from app.law import calendar, wording
from app.law.calendar import Calendar
from app.status.numbers import parts
from app.status.stints import SHARE_SIZE, TWENTIETHS
from app.store import people, tallies
from app.store.rows.cases import Case, Task
from app.store.tallies import Used

MONTHS = 36  # of history that counts
WEIGHT = 5  # cases that all steps together, or the prior, count as
ENOUGH = 20  # limits of a step for one agency; below, those for all agencies count
FIRST, LAST = 0.2, 0.9  # the stated prior: at the beginning of a limit, and at its end
FULL = 100 // SHARE_SIZE  # the size from which a limit is used up
LOOKED_AT = 500  # open limits, those that end first
A_PAGE = 100  # of them, the likeliest to be missed
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
    whose: str  # the agency's, the step's, the procedure's, or the prior


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


@dataclass(frozen=True)
class Forecast:
    """One open limit. ``day`` of ``days`` is how many working days are used, today among them."""

    task: Task
    case: Case
    likely: Likelihood
    procedure: str
    waits_for: str
    day: int
    days: int
    by: str

    @property
    def percent(self) -> int:
        """The likelihood in hundredths, in steps of 5: more would claim more than is known."""
        return min(95, max(5, 5 * round(self.likely.value * 20)))

    @property
    def reason(self) -> str:
        """Why, in a sentence."""
        waits = f"Waiting for {self.waits_for}, " if self.waits_for else "Working "
        when = f"{waits}day {self.day} of {self.days}." if self.days else f"{waits.rstrip(', ')}."
        return f"{when} {self._rests_on}"

    @property
    def _rests_on(self) -> str:
        found = self.likely
        if found.whose in ("agency", "step"):
            whose = f" by {self.waits_for}" if found.whose == "agency" else ""
            were = "was" if found.of == 1 else "were"
            return (
                f"Of {found.of} earlier ones{whose} that {were} still open at this point, {found.missed} became late."
            )
        if found.whose == "whole":
            return "This step has no history yet: all steps together count."
        return "There is no history yet: we start from 1 in 5, rising to 9 in 10 at the end."


def forecasts(*, clock: Clock) -> list[Forecast]:
    """Of the open limits that end first, those that are likeliest to be missed. What is late already is no forecast."""
    now, own = clock(), calendars.in_force().own
    found = tallies.awaited(now, LOOKED_AT)
    known = history(tallies.used(parts.month_before(calendar.day_of(now), MONTHS)))
    names, named = parts.agencies(), people.names(task.person_id for task, _ in found if task.person_id)
    titles = {kind.process_id: kind.name for kind in kinds.every(procedures.live()[1])}
    told = []
    for task, case in found:
        share, day, days = _stands(task, now, own)
        likely = known.likely(task.process, task.key, task.agency_key or "", share)
        by = wording.day(task.due_on) if task.due_on else wording.moment(task.due_at or now)
        waits_for = _waits_for(task, names, named)
        told.append(Forecast(task, case, likely, titles.get(case.process_id, ""), waits_for, day, days, by))
    return sorted(told, key=lambda one: (-one.percent, one.task.due_at or now, one.case.reference))[:A_PAGE]


def _waits_for(task: Task, agencies: Mapping[str, str], people_named: Mapping[int, str]) -> str:
    if task.agency_key:
        return agencies.get(task.agency_key, task.agency_key)
    if task.role == APPLICANT:
        return "the person who asked"
    return people_named.get(task.person_id or 0) or f"the {task.role}"


def _stands(task: Task, now: datetime, days: Calendar) -> tuple[float, int, int]:
    """How much of a task's limit is used, 0 to 1; on which working day it is, and of how many."""
    start, due = min(task.start_at or task.opened_at, task.opened_at), task.due_at or now
    allowed = calendar.working_time_between(start, due, days)
    gone = calendar.working_time_between(start, now, days)
    share = min(gone / allowed, 0.999) if allowed > timedelta() else 0.999
    begun, last = calendar.day_of(start), calendar.day_of(due - timedelta(microseconds=1))
    between = [calendar.working_days_between(begun, day, days) for day in (calendar.day_of(now), last)]
    return share, max(1, min(between[0], between[1])), max(0, between[1])
