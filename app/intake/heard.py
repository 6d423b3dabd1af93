"""What the person has told us, as they see it again: when, what about, and what became of it. Never our own notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.law import calendar, wording
from app.store.rows.cases import Task
from app.store.rows.history import Event

READ_BY = {  # the task that opens with it in our drawings
    "new_incident": "record_incident",
    "withdrawn": "consider_withdrawal",
    "information_received": "read_information",
}
WORDS = {
    "new_incident": "that it happened again",
    "late_appeal": "that you do not agree with us",
    "information_received": "something about your review",
    "withdrawn": "that you want to stop your review",
    "taking_part": "how you want to take part in the meeting",
    "in_danger": "that somebody is in danger",
}
READABLE = "Your contact can read it."
OPEN = "An officer is looking at it."
OPEN_WITHDRAWN = "An officer will talk to you first, in a way that is safe. Your review goes on until then."
URGENT = "We told your contact and a senior officer at once. Only 999 can send help."
TAKEN = "We have told your contact and Victim Support."


@dataclass(frozen=True)
class Told:
    """One thing that they told us."""

    on: date
    about: str  # goes on after *You told us*
    became: str


def told(events: Sequence[Event], tasks: Sequence[Task]) -> tuple[Told, ...]:
    """Everything that they told us since they asked, the latest first."""
    open_ones = {task.id.hex for task in tasks}
    said = [event for event in events if event.kind == "victim_said"]
    return tuple(
        Told(calendar.day_of(one.at), WORDS.get(one.subject, "something"), _became(one, events, open_ones))
        for one in reversed(said)
    )


def _became(said: Event, events: Sequence[Event], open_ones: set[str]) -> str:
    if said.subject == "in_danger":
        return URGENT
    if said.subject == "taking_part":
        return TAKEN
    reads = READ_BY.get(said.subject, "")
    after = [event for event in events if event.number > said.number and event.subject == reads]
    opened = next((event for event in after if event.kind == "task_opened" and event.at == said.at), None)
    if opened is None:
        return READABLE
    if opened.says.get("task") in open_ones:
        return OPEN_WITHDRAWN if said.subject == "withdrawn" else OPEN
    done = next((event for event in after if event.kind == "task_completed"), None)
    return f"An officer looked at it on {wording.day(calendar.day_of(done.at))}." if done else READABLE
