"""The open limits of all cases, or of one, each with how likely it is missed and why.

A limit is that of an open task, or of a frame of several tasks together, such as that the panel is held in time. What
is late already is no forecast, and a clock that stands still has no end.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.cases import calendars, procedures
from app.cases.access import APPLICANT
from app.clock import Clock
from app.law import calendar, wording
from app.law.calendar import Calendar
from app.status import stints
from app.status.numbers import forecasting, parts
from app.status.numbers.forecasting import Likelihood
from app.store import people, tallies
from app.store.rows.cases import Case, Task, Timer

LOOKED_AT = 500  # open limits, those that end first
A_PAGE = 100  # of them, the likeliest to be missed


@dataclass(frozen=True)
class OpenLimit:
    """A limit that has not passed. ``process`` is the drawing on which its step stands."""

    case: Case
    process: str
    key: str
    name: str
    start_at: datetime
    due_at: datetime
    due_on: date | None
    agency_key: str = ""
    waits_for: str = ""  # an agency, a person or a team; "" for a frame of several


@dataclass(frozen=True)
class Forecast:
    """One open limit. ``day`` of ``days`` is how many working days are used, today among them; 0 for hours."""

    limit: OpenLimit
    likely: Likelihood
    day: int
    days: int

    @property
    def percent(self) -> int:
        """The likelihood in hundredths, in steps of 5: more would claim more than is known."""
        return min(95, max(5, 5 * round(self.likely.value * 20)))

    @property
    def by(self) -> str:
        """Its end, in words."""
        return wording.day(self.limit.due_on) if self.limit.due_on else wording.moment(self.limit.due_at)

    @property
    def reason(self) -> str:
        """Why, in sentences."""
        whom = f"Waiting for {self.limit.waits_for}" if self.limit.waits_for else "Several steps together"
        when = f", day {self.day} of {self.days}" if self.days else ""
        return f"{whom}{when}. {self._rests_on}"

    @property
    def _rests_on(self) -> str:
        found = self.likely
        if found.whose == "whole":
            return "This step has no history yet: all steps together count."
        if found.whose == "prior":
            return "There is no history yet: we start from 1 in 5, rising to 9 in 10 at the end."
        whose = f" by {self.limit.waits_for}" if found.whose == "agency" else ""
        were = "was" if found.of == 1 else "were"
        return f"Of {found.of} earlier ones{whose} that {were} still open at this point, {found.missed} became late."


def forecasts(*, clock: Clock, reference: str = "") -> list[Forecast]:
    """Of the open limits that end first, of all cases or one, those likeliest to be missed, the likeliest first."""
    now, own = clock(), calendars.in_force().own
    known = forecasting.known(calendar.day_of(now))
    told, limits = [], list(_of_tasks(now, reference))
    for limit in [*limits, *_of_frames(now, reference, {one.case.release_key for one in limits})]:
        share, day, days = _stands(limit, now, own)
        likely = known.likely(limit.process, limit.key, limit.agency_key, share)
        told.append(Forecast(limit, likely, day, days))
    return sorted(told, key=lambda one: (-one.percent, one.limit.due_at, one.limit.case.reference))[:A_PAGE]


def _of_tasks(now: datetime, reference: str) -> Iterator[OpenLimit]:
    found = tallies.awaited(now, LOOKED_AT, reference)
    names, named = parts.agencies(), people.names(task.person_id for task, _ in found if task.person_id)
    for task, case in found:
        yield OpenLimit(
            case=case,
            process=procedures.of(case).home(task.process),
            key=task.key,
            name=task.name,
            start_at=min(task.start_at or task.opened_at, task.opened_at),
            due_at=task.due_at or now,
            due_on=task.due_on,
            agency_key=task.agency_key or "",
            waits_for=_waits_for(task, names, named),
        )


def _of_frames(now: datetime, reference: str, followed: set[str]) -> Iterator[OpenLimit]:
    for timer, case in _last(tallies.awaited_on(_frames(followed), now, LOOKED_AT, reference)):
        procedure = procedures.of(case)
        if stints.is_of_frame(timer, procedure):  # no reminder of one, and no round
            process = procedure.home(timer.process)
            name = stints.name_of(timer, procedure)
            yield OpenLimit(case, process, timer.task_key, name, timer.start_at, timer.due_at, timer.due_on)


def _frames(followed: set[str]) -> set[str]:
    """The frames with a timer on their edge, in the live drawings and in those that the cases at hand follow.

    Ids stay when a drawing changes: a frame of another release is missed only where none of these has it.
    """
    read = [procedures.live()[1], *(procedures.followed(key, None, "") for key in followed)]
    drawings = [drawing for procedure in read for drawing in procedure.drawings.values()]
    watched = [one.by_id.get(e.attached_to) for one in drawings for e in one.elements if e.event == "timer"]
    return {element.id for element in watched if element is not None and element.kind in stints.FRAMES}


def _last(found: Iterable[tuple[Timer, Case]]) -> list[tuple[Timer, Case]]:
    """Of several timers on one frame the last: earlier ones are its reminders. They come by their due instant."""
    last = {(timer.case_id, timer.process, timer.task_key, timer.start_at): (timer, case) for timer, case in found}
    return list(last.values())


def _waits_for(task: Task, agencies: Mapping[str, str], people_named: Mapping[int, str]) -> str:
    if task.agency_key:
        return agencies.get(task.agency_key, task.agency_key)
    if task.role == APPLICANT:
        return "the person who asked"
    return people_named.get(task.person_id or 0) or f"the {task.role}"


def _stands(limit: OpenLimit, now: datetime, days: Calendar) -> tuple[float, int, int]:
    """How much of a limit is used, 0 to 1; on which working day it is, and of how many."""
    allowed = calendar.working_time_between(limit.start_at, limit.due_at, days)
    gone = calendar.working_time_between(limit.start_at, now, days)
    share = min(gone / allowed, 0.999) if allowed > timedelta() else 0.999
    begun, last = calendar.day_of(limit.start_at), calendar.day_of(limit.due_at - timedelta(microseconds=1))
    used, given = (calendar.working_days_between(begun, day, days) for day in (calendar.day_of(now), last))
    return share, max(1, min(used, given)), max(0, given)
