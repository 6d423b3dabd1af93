"""One task passed from whoever has it to somebody else, or back to the team, held against everybody else.

Who gets it is decided while the case is held: nobody gets a task that the case keeps from them, and one that was
finished or taken meanwhile is left alone. The draft stays with the task, so whoever has it next goes on from there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app import errors
from app.cases import access, away, clocks, noting
from app.cases.access import MANAGER, Who
from app.cases.away import StandIn
from app.clock import Clock
from app.law import calendar
from app.store import drafts, tasks
from app.store.history import Happened
from app.store.rows.cases import Case, Task
from app.store.rows.drafts import RequestKey
from app.tasks import claiming

Decide = Callable[[Task, Case], StandIn | None]  # None: it stays where it is
Also = Callable[[StandIn], None]
FOR_EVERYBODY = (MANAGER, "Senior officer")


@dataclass(frozen=True)
class Passing:
    """One task on its way. ``held_by`` is whose it must still be, None nobody's; ``also`` keeps more rows with it."""

    task_id: UUID
    case_id: UUID
    held_by: int | None
    decide: Decide
    by: Who
    reason: str
    kind: str = "task_given"
    request_key: str = ""
    also: Also = lambda _: None


def check_may(who: Who, person_id: int) -> None:
    """Raises ``NotAllowed`` unless it is about oneself, or one may do this for everybody."""
    if who.id is None or who.id != person_id:
        access.check_has_role(who, *FOR_EVERYBODY)


def perform(passing: Passing, *, clock: Clock) -> StandIn | None:
    """Pass the task on, with a line in the history. Gives who has it now, None where it stays where it is."""
    lines: list[Happened] = []
    found: list[StandIn] = []

    def hand(case: Case) -> None:
        standing = tasks.load(passing.task_id)
        if standing.person_id != passing.held_by or (passing.request_key and drafts.answered(passing.request_key)):
            return
        chosen = passing.decide(standing, case)
        if chosen is None:
            return
        at, to = clocks.of(case, clock)(), chosen.person
        standing.person_id, standing.taken_at = (to.id, at) if to else (None, None)
        lines.append(_line(passing, standing, chosen, clock))
        if passing.request_key:
            drafts.add(RequestKey(key=passing.request_key, case_id=case.id, made_at=clock()))
        passing.also(chosen)
        found.append(chosen)

    try:
        noting.write_down(passing.case_id, hand, lines)
    except (errors.CaseMovedOn, errors.NotFound):
        return None  # it was finished meanwhile, or went with its case
    return found[0] if found else None


def _line(passing: Passing, task: Task, chosen: StandIn, clock: Clock) -> Happened:
    kind = passing.kind if chosen.person else "task_given_back"
    reason = " ".join(filter(None, (passing.reason, chosen.why)))
    to, name = (chosen.person.id, chosen.person.name) if chosen.person else (None, "")
    return claiming.told(kind, task, clock(), passing.by, to, name, reason)


def away_until(day: date) -> dict[int, str]:
    """Who is away on a day, by person, and until when in words."""
    return {person_id: away.says(absence) for person_id, absence in away.on(day).items()}


def today(clock: Clock) -> date:
    """The day in London."""
    return calendar.day_of(clock())
