"""The numbers of each reporting period: a case of its own once the period is over, counted, approved, published."""

from datetime import date
from typing import Any

from app import errors
from app.cases import advancing, correlating
from app.cases.advancing import Opening, Step
from app.cases.kinds import PUBLICATION, REVIEWS
from app.clock import Clock
from app.law import calendar, statistics
from app.law.statistics import Period
from app.records import counting
from app.store import cases, history, yearly
from app.store.history import SYSTEM, Happened
from app.store.rows.cases import Case
from app.store.rows.history import DONE, Effect
from app.store.rows.yearly import Publication
from app.store.transactions import transaction

APPROVAL = "approve_publication"


def open_due(begins: str, clock: Clock) -> int:
    """Open the case of the newest period that is over, once, if anybody had applied by then. Gives how many."""
    period = statistics.last_period(calendar.day_of(clock()), statistics.begin_of(begins))
    key = correlating.key_of(period.first.isoformat())
    if cases.with_key(PUBLICATION, key) or not yearly.one_opened_by(REVIEWS, calendar.end_of(period.last)):
        return 0
    about = {"from_on": period.first.isoformat(), "to_on": period.last.isoformat(), "name": period.name}
    opening = Opening(PUBLICATION, f"Numbers for {period.name}", {"period": about}, by=SYSTEM)
    try:
        correlating.open_once(opening, key, ever=True, clock=clock)
    except (errors.CaseMovedOn, errors.NotFound):  # another worker was faster; a release without this drawing
        return 0
    return 1


def count(effect: Effect, clock: Clock) -> None:
    """Count the numbers and give them to the case."""
    found = counting.returns(_period(effect))
    event = Happened("numbers_counted", effect.key, clock(), says={"name": effect.facts["period"]["name"]})
    values = {"returns": {**found, "right": None, "approved": None}}

    def done(_: Case) -> None:
        effect.state = DONE

    step = Step(
        lambda run: run.receive("numbers_counted", values), event, also=done, request_key=f"service {effect.id.hex}"
    )
    advancing.advance(effect.case_id, step, clock=clock)


def publish(effect: Effect, clock: Clock) -> None:
    """Put the numbers that were approved on the public page, once."""
    period, numbers = _period(effect), dict(effect.facts["returns"])
    with transaction():
        if not yearly.is_published(period.first):
            by = [e.by for e in history.of_case(effect.case_id) if e.subject == APPROVAL and e.kind == "task_completed"]
            row = Publication(
                first_on=period.first,
                last_on=period.last,
                numbers=numbers,
                approved_by=by[-1] if by else "",
                published_at=clock(),
            )
            yearly.add(row)
        effect.state = DONE


def _period(effect: Effect) -> Period:
    about: dict[str, Any] = effect.facts["period"]
    return Period(date.fromisoformat(about["from_on"]), date.fromisoformat(about["to_on"]))
