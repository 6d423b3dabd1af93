"""Until when a case is kept: noted when it closes, from the table of retention, else by how it ended."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.cases.kinds import NOTICE, PUBLICATION, RETENTION
from app.engine.facts import find
from app.law import calendar, retention

FOR_GOOD = frozenset({PUBLICATION, RETENTION})  # they hold nothing about anybody
ENDINGS = {
    retention.CLOSED: "Reviewed and closed",
    retention.REFUSED: "The threshold was not met",
    retention.WITHDRAWN: "Withdrawn",
    retention.NOTICE: "Told of the right to a review",
}


def until(process_id: str, facts: Mapping[str, Any], closed_at: datetime) -> date | None:
    """The last day on which a case must be kept that closes now; None where it is kept for good."""
    if process_id in FOR_GOOD:
        return None
    said = find(facts, "retention.years")
    is_number = isinstance(said, int | float) and not isinstance(said, bool) and said >= 0
    years = int(said) if is_number else retention.YEARS[ending(process_id, facts)]
    return retention.kept_until(calendar.day_of(closed_at), years)


def ending(process_id: str, facts: Mapping[str, Any]) -> str:
    """How a case ended."""
    if process_id == NOTICE:
        return retention.NOTICE
    if find(facts, "withdrawal.decision") == "stop":
        return retention.WITHDRAWN
    is_refused = find(facts, "threshold.decision") == "not met" and find(facts, "appeal.outcome") != "overturned"
    return retention.REFUSED if is_refused else retention.CLOSED
