"""Counting a reporting period from the histories of all reviews, and from what was kept of those that were deleted.

Letters and answers are counted by their names, which stay when a drawing changes: the answer ``not met``, the letters
``outcome`` and ``review_stopped``, an appeal that was ``overturned``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from app.cases.kinds import REVIEWS
from app.engine.nearing import NEAR
from app.forms.paths import get
from app.law import calendar, statistics
from app.law.statistics import Matter, Numbers, Period, Step
from app.store import yearly
from app.store.rows.history import Event

PROMISES = {
    "acknowledge": "Applications acknowledged",
    "interview": "Applicants interviewed",
    "threshold": "Decisions on the threshold",
    "panel": "Panels held",
    "outcome": "Outcomes sent",
    "appeal": "Appeals decided",
}
LETTERS = {"outcome": statistics.REVIEWED, "review_stopped": statistics.WITHDRAWN}
A_DAY = timedelta(days=1)
Counted = tuple[str, int]  # what, how many


def matters(events: Iterable[Event]) -> Iterator[Matter]:
    """Every review as the counting sees it; ``events`` come case by case, oldest first."""
    for _, of_case in groupby(events, lambda event: event.case_id):
        yield Matter(tuple(_steps(of_case)))


def returns(period: Period) -> dict[str, Any]:
    """The numbers of a period with their words, as the facts of its case and what is published hold them."""
    events = list(yearly.events(REVIEWS))
    gone = (Matter(tuple(_step(*kept) for kept in steps)) for steps in yearly.disposals())
    numbers = statistics.count([*matters(events), *gone], period)
    return {
        "definitions": statistics.DEFINITIONS,
        "counted": asdict(numbers),
        "numbers": _rows(_four(numbers)),
        "balance": _rows(_balance(numbers)),
        "balances": statistics.balances(numbers),
        "local": _rows([*_beside(events, period), *_promises(period)]),
    }


def written(matter: Matter) -> list[list[Any]]:
    """What is kept of a review that is deleted: see ``store.rows.yearly.Disposal``."""
    return [[step.kind, step.on.isoformat(), step.recommended] for step in matter.steps]


def _step(kind: str, on: str, recommended: bool) -> Step:
    return Step(kind, date.fromisoformat(on), recommended)


def _steps(events: Iterable[Event]) -> Iterator[Step]:
    recommends = False
    for event in events:
        said = _answers(event)
        if event.subject == "agree_plan" and event.kind == "task_completed":
            actions = get(said, "agreed_actions")
            recommends = any(one.get("kind") == "recommendation" for one in actions if isinstance(one, Mapping))
        kind = _kind(event, said)
        if kind:
            yield Step(kind, calendar.day_of(event.at), kind == statistics.REVIEWED and recommends)


def _kind(event: Event, said: Mapping[str, Any]) -> str:
    """What a line of history is to the counting; "" for most."""
    if event.kind in ("case_opened", "case_closed"):  # one that closes while it waits was given up
        return statistics.APPLIED if event.kind == "case_opened" else statistics.WITHDRAWN
    if event.kind == "effect_asked":
        return LETTERS.get(str(event.says.get("letter")), "")
    if get(said, "threshold.decision") == "not met":
        return statistics.NOT_MET
    return statistics.REOPENED if get(said, "appeal.outcome") == "overturned" else ""


def _rows(counted: Iterable[Counted]) -> list[dict[str, Any]]:
    return [{"what": what, "number": number} for what, number in counted]


def _four(numbers: Numbers) -> list[Counted]:
    """The four numbers, in the words of section 104(9)."""
    return [
        ("Applications for a review", numbers.applications),
        ("Times the threshold was decided not to be met", numbers.not_met),
        ("Reviews carried out", numbers.reviews),
        ("Reviews that resulted in recommendations", numbers.with_recommendations),
    ]


def _balance(numbers: Numbers) -> list[Counted]:
    return [
        ("Waiting for a decision when the period began", numbers.waiting_before),
        ("Applications", numbers.applications),
        ("Taken up again after an appeal", numbers.reopened),
        ("Threshold not met", numbers.not_met),
        ("Reviews carried out", numbers.reviews),
        ("Withdrawn, or ended in another way", numbers.withdrawn),
        ("Waiting for a decision when the period ended", numbers.waiting_after),
    ]


def _beside(events: Iterable[Event], period: Period) -> list[Counted]:
    """What the partnership wants to know beside the law."""
    within = [event for event in events if period.has(calendar.day_of(event.at))]
    done = [event for event in within if event.kind == "task_completed"]
    high = {event.case_id for event in within if event.says.get("letter") == "high_risk"}
    return [
        ("Cases at high risk", len(high)),
        ("Appeals decided", sum(event.subject == "decide_appeal" for event in done)),
        ("Appeals that were right", sum(_kind(event, _answers(event)) == statistics.REOPENED for event in done)),
        ("Agencies that did not answer", sum(event.subject == "record_no_return" for event in done)),
    ]


def _answers(event: Event) -> Mapping[str, Any]:
    return event.says.get("answers") or {}


def _promises(period: Period) -> Iterator[Counted]:
    """How many promises were kept, milestone by milestone."""
    found = yearly.limits(REVIEWS, calendar.end_of(period.first - A_DAY), calendar.end_of(period.last), but=NEAR)
    for milestone, what in PROMISES.items():
        kept, missed = found.get(milestone, (0, 0))
        if kept + missed:
            yield f"{what} in time", kept
            yield f"{what} late", missed
