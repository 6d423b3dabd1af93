"""Who has not heard from us: worked out from letters that arrived and talks that took place, not from the drawings.

The drawing counts from the last letter that it asked for. This counts from what reached the person, so that it also
shows a letter that was lost, a case that is stopped, and a drawing that forgot somebody. The published promise is
the milestone ``update`` of the agreed times. Source: domain rule T12, S4 and S30 of the published account.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.cases import procedures
from app.clock import Clock
from app.engine import promises, snapshot
from app.engine.facts import find
from app.law import calendar
from app.notify.recipients import REPRESENTATIVE, VICTIM
from app.store import cases, silence
from app.store.rows.cases import Case

MILESTONE = "update"
TALKS = {  # the task in which somebody talks to them: the answer that says that they did, and how it is said
    "interview_applicant": ("interview.result", "spoken", "we talked to them"),
    "reach_another_way": ("contact_again.result", "yes", "we reached them another way"),
    "consider_withdrawal": ("withdrawal.spoken_to", "yes", "we talked to them"),
}
ASKED, LETTER = "they asked for a review", "a letter reached them"
SOON = 2  # working days before the promise passes


@dataclass(frozen=True)
class Silent:
    """One case whose person waits for word. ``due_on`` is the last day on which they were to hear from us."""

    case: Case
    last_at: datetime
    how: str  # goes on after *last*
    days: int  # working days since
    due_on: date
    is_late: bool
    because: tuple[str, ...]  # what stands in the way, in words


def silent(*, clock: Clock) -> list[Silent]:
    """The open cases whose person has waited longer than agreed, or will in two working days, the longest first."""
    at = clock()
    reached, lost = _reached(), silence.lost_letters((VICTIM, REPRESENTATIVE))
    found = [_silent(case, *reached.get(case.id, (case.opened_at, ASKED)), lost, at) for case in silence.open_cases()]
    waiting = [one for one in found if one is not None]
    return sorted(waiting, key=lambda one: (one.due_on, one.case.reference))


def _reached() -> dict[UUID, tuple[datetime, str]]:
    """{case: when and how its person was last reached}, where they were since they asked."""
    found = {case_id: (at, LETTER) for case_id, at in silence.last_letters((VICTIM, REPRESENTATIVE)).items()}
    for event in silence.finished(TALKS):
        path, answer, how = TALKS[event.subject]
        given: Mapping[str, Any] = event.says.get("answers") or {}
        if find(given, path) == answer and event.at >= found.get(event.case_id, (event.at, ""))[0]:
            found[event.case_id] = (event.at, how)
    return found


def _silent(case: Case, last_at: datetime, how: str, lost: Mapping[UUID, datetime], at: datetime) -> Silent | None:
    procedure, today = procedures.of(case), calendar.day_of(at)
    facts = snapshot.read(cases.snapshot(case.id))["facts"]
    promised = promises.promised(procedure, facts, opened_at=case.opened_at, start_at=last_at).get(MILESTONE)
    if promised is None or promised.on is None:
        return None
    days, due_on = procedure.calendars.own, promised.on
    left = 0 if due_on < today else calendar.working_days_between(today, due_on, days)
    if left > SOON:
        return None
    since = calendar.working_days_between(calendar.day_of(last_at), today, days)
    because = ["The case is stopped."] if case.is_stopped else []
    because += ["A letter did not arrive."] if case.id in lost and lost[case.id] >= last_at else []
    return Silent(case, last_at, how, since, due_on, due_on < today, tuple(because))
