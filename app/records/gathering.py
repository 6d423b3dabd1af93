"""What the counting of a period reads: of each review that can matter the lines that count, and what is deleted.

It is read anew when a line was added to any history. In between, the last few periods are kept at hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from itertools import groupby
from uuid import UUID

from app.cases.kinds import REVIEWS
from app.law import calendar
from app.law.statistics import Period
from app.store import picking
from app.store.picking import Line, Span, Wanted

OUTCOME, STOPPED, REFUSAL = "outcome", "review_stopped", "refusal"
INVITED, HIGH_RISK = "panel_invitation", "high_risk"
PLAN, INTERVIEW, PANEL, APPEAL = "agree_plan", "interview_applicant", "choose_panel", "decide_appeal"
ASKED_OF_PLAN = ("say_view_of_plan", "speak_for_victim")
RETURNED, NO_RETURN = "return_information", "record_no_return"
DECISION, APPEALED = "threshold.decision", "appeal.outcome"
RESULT, CHAIR, ACTIONS = "interview.result", "panel.chair_service", "agreed_actions"
KEPT = 4  # periods
A_DAY = timedelta(days=1)


def _path(answer: str) -> tuple[str, ...]:
    return ("answers", *answer.split("."))


WANTED = Wanted(
    letters=(OUTCOME, STOPPED, REFUSAL, INVITED, HIGH_RISK),
    done=(PLAN, INTERVIEW, PANEL, APPEAL, *ASKED_OF_PLAN, NO_RETURN),
    answered={_path(DECISION): "not met", _path(APPEALED): "overturned"},
    opened=(NO_RETURN,),
    texts=(
        ("letter",),
        ("task",),
        ("agency",),
        ("came", "channel"),
        ("came", "heard_from"),
        *(_path(answer) for answer in (DECISION, APPEALED, RESULT, CHAIR)),
    ),
    lists={PLAN: _path(ACTIONS)},
)


@dataclass(frozen=True)
class Told:
    """The lines of each case that can matter to a period, oldest first."""

    period: Period
    lines: Mapping[UUID, tuple[Line, ...]]

    @cached_property
    def within(self) -> tuple[Line, ...]:
        """The lines of the days of the period, case by case."""
        of = span(self.period)
        every = (line for lines in self.lines.values() for line in lines)
        return tuple(line for line in every if of.since <= line.at < of.before)


def span(period: Period, process_id: str = REVIEWS) -> Span:
    """From the first instant of a period to the first after it, for real cases of a process."""
    return Span(process_id, calendar.end_of(period.first - A_DAY), calendar.end_of(period.last))


def told(period: Period) -> Told:
    """What the histories of all real reviews tell of a period."""
    return _told(period, picking.newest())


@lru_cache(maxsize=KEPT)
def _told(period: Period, _newest: tuple[int, str]) -> Told:
    picked = picking.lines(span(period), WANTED)
    return Told(period, {case_id: tuple(lines) for case_id, lines in groupby(picked, lambda line: line.case_id)})
