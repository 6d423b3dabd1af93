"""History in words: one sentence for each kind of event, and a plain one for kinds we do not know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from types import MappingProxyType
from typing import Any

from app.law import wording
from app.store.history import SYSTEM
from app.store.rows.history import Event

SENTENCES = {  # kind: title, text; the words in braces stand in the event
    "case_opened": ("The case was opened", ""),
    "case_closed": ("The case was closed", ""),
    "task_opened": ("A task opened: {name}", "For the {role}."),
    "task_completed": ("{name}: done", ""),
    "task_withdrawn": ("No longer needed: {name}", "The case took another way."),
    "task_taken": ("{to} took a task", "{name}{because}"),
    "task_given": ("A task was given to {to}", "{name}{because}"),
    "task_given_back": ("A task was given back to the team", "{name}{because}"),
    "link_opened": ("Somebody came by the link in a letter", "They gave the address {email}, to answer: {name}"),
    "alarm_raised": ("Alarm raised: {about}", "{text}"),
    "statement_added": ("Victim Support added to the victim’s statement", "{text}"),
    "update_wanted": ("Victim Support asked for an update for the victim", "{text}"),
    "timer_fired": ("A time limit passed: {name}", "The limit was {rule}."),
    "effect_asked": ("The system acts: {name}", ""),
    "victim_said": ("They told us: {about}", "{text}"),
    "message_received": ("News came in from the person who asked", ""),
    "message_failed": ("A letter did not arrive", "To {name}. {problem}"),
    "incident_opened": ("The case stopped", "{says}"),
    "incident_resolved": ("The case was started again", "{reason}"),
    "limit_near": ("A time limit comes near: {name}", "Whoever has it is reminded."),
    "numbers_counted": ("The numbers were counted", "For {name}."),
    "report_logged": ("Another report was logged", ""),
    "cases_deleted": ("What was decided about old cases was done", ""),
    "old_case_deleted": ("{reference} was deleted", "It was closed on {closed_on}."),
    "old_case_kept": ("{reference} was kept", "{reason}"),
    "records_kept": ("These records must be kept", "{reason}"),
    "records_not_kept": ("Nobody needs these records any more", "They are deleted once their time is over."),
    "training_copied": (
        "A training copy was made of {reference}",
        "What came before is told without names and answers.",
    ),
    "clock_moved": ("The clock of this training copy was moved", "It was {old}. It is now {new}."),
    "limit_moved": ("A time limit moved: {name}", "It was {old}. It is now {new}."),
    "limit_extended": ("A time limit was extended: {name}", "It was {old}. It is now {new}. {reason}"),
    "limit_held": ("The clock was stopped: {name}", "{reason} It runs again by {new} at the latest."),
    "hold_ended": ("The clock runs again: {name}", "It was stopped for as long as it may be."),
    "limit_resumed": ("The clock runs again: {name}", "It is now {new}. {reason}"),
    "calendar_changed": ("The working days of this case are counted anew", "{reason}"),
    "timescales_changed": ("This case follows the new agreed times", "{reason}"),
    "step_in_asked": ("Somebody asked to step in by hand: {name}", "{reason}"),
    "step_in_refused": ("Stepping in by hand was refused: {name}", "{reason}"),
    "stepped_in": (
        "A second person approved stepping in by hand: {name}",
        "{asked_by} asked: {why} Approved: {reason}",
    ),
    "case_moved": ("This case was moved to another version of the procedure", "{reason}"),
    "case_moved_back": ("This case was moved back to the version it followed before", "{reason}"),
    "limit_restored": ("A change of a time limit was taken back: {name}", "It is now {new}. {reason}"),
}


@dataclass(frozen=True)
class Line:
    """One line of a timeline, in words."""

    title: str
    text: str
    by: str
    iso: str  # instant, ISO 8601
    at: str  # the same in words
    href: str = ""
    link: str = ""


def letter(says: Mapping[str, Any]) -> str:
    """The letter that a drawing asks for: ``A letter to the victim: threshold met``."""
    to = str(says.get("to") or "victim").split(":")[-1].replace("_", " ")
    return f"A letter to the {to}: {str(says['letter']).replace('_', ' ')}"


def _for(agencies: Mapping[str, str], *events: Event) -> str:
    """Whom several lines that read the same are for."""
    keys = [str(event.says.get("agency") or "") for event in events]
    named = [agencies.get(key, key) for key in keys if key]
    return f"For {', '.join(named)}." if named else f"{len(events)} times."


class _Blank(dict[str, Any]):
    """What an event says; what it does not say is left out."""

    def __missing__(self, key: str) -> str:
        return ""


def lines(
    events: Iterable[Event], agencies: Mapping[str, str], steps: Mapping[str, str] = MappingProxyType({})
) -> list[Line]:
    """What happened, newest first. The same task for several agencies (key: name) is one line.

    ``steps`` has, for each timer, the name of the step it watches.
    """
    found = []
    for _, same in groupby(events, lambda event: (event.at, event.subject, said(event.kind, event.says)[0])):
        first, *others = list(same)
        told = line(first, steps.get(first.subject, ""))
        found.append(replace(told, text=_for(agencies, first, *others)) if others else told)
    return found[::-1]


def line(event: Event, step: str = "") -> Line:
    """One event in words. ``step`` is what a timer watches: its own label seldom says."""
    is_limit = event.kind.startswith(("timer_fired", "limit_", "hold_")) and step
    title, text = said(event.kind, {**event.says, "name": step} if is_limit else event.says)
    by = "" if event.by == SYSTEM else event.by
    return Line(title, text, by, event.at.isoformat(), wording.moment(event.at))


def said(kind: str, says: Mapping[str, Any]) -> tuple[str, str]:
    """Title and text of a kind of event; a kind we do not know is said with its own words."""
    if kind == "effect_asked" and says.get("letter"):
        return letter(says), "The system sends it by itself."
    title, text = SENTENCES.get(kind, (kind.replace("_", " ").capitalize(), "{name} {reason}"))
    known = _Blank({key: value for key, value in says.items() if isinstance(value, str | int | float)})
    known.update({name: end_of_limit(known[name]) for name in ("old", "new") if name in known})
    known["because"] = f": {known['reason']}" if known["reason"] else ""
    if "rule" in known:
        known["rule"] = wording.limit(known["rule"])
    filled = text.format_map(known).strip() if all(known[name] for name in _names(text)) or "{" not in text else ""
    if kind not in SENTENCES:
        filled = " ".join(text.format_map(known).split())
    return title.format_map(known).strip(" :"), filled


def end_of_limit(iso: Any) -> str:
    """The end of a limit in words, from ISO text: a day, or an instant of a limit in hours."""
    written = str(iso)
    if len(written) == len("2026-03-06"):
        return wording.day(date.fromisoformat(written))
    return wording.moment(datetime.fromisoformat(written))


def _names(text: str) -> list[str]:
    return [part.split("}")[0] for part in text.split("{")[1:]][:1]
