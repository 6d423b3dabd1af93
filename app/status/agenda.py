"""The agenda of a panel: the victim first, each agency, what is found, the plan."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.forms.paths import get
from app.law import calendar, wording
from app.status import returns
from app.status.case_file import CaseFile

WELCOME, VICTIM, AGENCY, ADVICE, FINDINGS, PLAN = 5, 20, 10, 5, 20, 20  # minutes
HEARD = {
    "attends": "The victim speaks",
    "representative": "Somebody speaks for the victim",
    "statement": "The victim’s statement is read",
}
NOT_HEARD = "Victim Support says what is known of the victim’s wishes"


@dataclass(frozen=True)
class Item:
    """One item: when it begins ("" while no time is set), how long, what, and who leads it."""

    begins: str
    minutes: int
    what: str
    who: str


def of(file: CaseFile) -> tuple[Item, ...]:
    """The items in order. The victim’s slot is always there, also for one who does not want to be heard."""
    facts = file.facts
    chair = str(get(facts, "panel.chair") or "The chair")
    listed = [
        (WELCOME, "Welcome, who is here, any conflict of interest", chair),
        (VICTIM, HEARD.get(str(get(facts, "statement.how")), NOT_HEARD), "Victim Support"),
        *((AGENCY, f"{file.agencies.get(key, key)}: what was reported and done", who) for key, who in _agencies(facts)),
    ]
    if get(facts, "advice.text"):
        listed.append((ADVICE, "Health and care advice", "The mental health professional"))
    listed += [(FINDINGS, "What we find, for each agency", chair), (PLAN, "Recommendations and actions", chair)]
    begins = wording.read_instant(get(facts, "panel.held_at"))
    items = []
    for minutes, what, who in listed:
        at = wording.time_of_day(begins.astimezone(calendar.LONDON).time()) if begins else ""
        items.append(Item(at, minutes, what, who))
        begins = begins + timedelta(minutes=minutes) if begins else None
    return tuple(items)


def _agencies(facts: Any) -> list[tuple[str, str]]:
    told = returns.by_agency(facts)
    return [(key, str(get(told.get(key, {}), "information.attending") or "")) for key in returns.asked(facts)]
