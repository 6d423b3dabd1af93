"""The right to take part in the panel: when and where it is, how the person takes part, and changing that.

Source: ASB statutory guidance for frontline professionals, July 2025: the victim chooses the level of involvement and
is invited, in person or virtually.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.engine.facts import find
from app.intake import stops
from app.intake.progress import Progress
from app.law import wording
from app.store import history
from app.store.rows.history import Event

PANEL_HELD = "record_panel"  # the task that is finished once the panel has met
INTERVIEW = "interview_applicant"
ANNOUNCED = "choose_panel"  # the task in which its day and place are settled
WAYS = {
    "attend": "You come to a part of the meeting.",
    "online": "You join by video or phone.",
    "representative": "Someone speaks for you.",
    "statement": "You send a statement.",
    "no": "You do not want to take part.",
}
MODES = {"in_person": "In person", "video": "By video", "both": "In person or by video"}


@dataclass(frozen=True)
class Attending:
    """What somebody needs to know to take part. Texts are "" and days None where nothing is settled yet."""

    by: date | None  # the last day on which the panel should meet
    at: str = ""  # its day and time in words
    place: str = ""
    mode: str = ""
    way: str = ""  # how they take part, as they last said
    not_invited: str = ""  # the chair's reasons, where the chair has decided against it


def of(facts: Mapping[str, Any], events: Sequence[Event], progress: Progress) -> Attending | None:
    """How to take part in the panel that lies ahead; None where none does."""
    if not _may_choose(events) or not progress.panel_ahead:
        return None
    way = find(facts, "interview.taking_part") or find(facts, "application.taking_part")
    found = Attending(progress.panel_by, way=WAYS.get(str(way), ""))
    if not _is_settled(events):
        return found
    if find(facts, "panel.victim_invited") == "no":
        return Attending(found.by, way=found.way, not_invited=str(find(facts, "panel.not_invited_reason") or ""))
    held_at = wording.read_instant(find(facts, "panel.held_at"))
    return Attending(
        found.by,
        wording.moment(held_at) if held_at else "",
        str(find(facts, "panel.place") or ""),
        MODES.get(str(find(facts, "panel.mode")), ""),
        found.way,
    )


def may_choose(case_id: UUID) -> bool:
    """Whether it can still be said how they take part: a panel may come, or comes, and has not met."""
    return _may_choose(history.of_case(case_id))


def chosen(case_id: UUID, way: str) -> dict[str, Any]:
    """The facts that hold the choice: before the interview also those that the interview begins with."""
    done = {event.subject for event in history.of_case(case_id) if event.kind == "task_completed"}
    choice = {"taking_part": way}
    return {"interview": choice} if INTERVIEW in done else {"interview": choice, "application": choice}


def _may_choose(events: Sequence[Event]) -> bool:
    """Not after a refusal, a panel that has met, a review that was stopped, or the closing of the case."""
    state = True
    for event in events:
        if event.kind == "effect_asked" and event.subject == stops.MET:
            state = True  # also after an appeal that was won
        elif event.kind == "effect_asked" and (event.subject == stops.REFUSED or stops.is_stopping(event)):
            state = False
        elif event.kind == "case_closed" or (event.kind, event.subject) == ("task_completed", PANEL_HELD):
            state = False
    return state


def _is_settled(events: Sequence[Event]) -> bool:
    """Whether the panel that lies ahead has its day: settled after the last decision that there is a review."""
    met = max((e.number for e in events if e.kind == "effect_asked" and e.subject == stops.MET), default=0)
    return any(e.kind == "task_completed" and e.subject == ANNOUNCED and e.number > met for e in events)
