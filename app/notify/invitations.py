"""Invitations to a meeting, as calendars read them (RFC 5545, RFC 5546).

Made from what the letter was asked with and from the letters before it, so that the same letter has the same
invitation each time. One panel keeps its UID; each letter about it has a higher SEQUENCE. Nothing in it says what the
meeting is about: calendars are seen by others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from icalendar import Calendar, Event, vCalAddress

from app.config import Settings
from app.engine.facts import find
from app.law import wording
from app.notify.recipients import REPRESENTATIVE, VICTIM
from app.store import cases, history
from app.store.rows.history import Message

INVITING = frozenset({"panel_invitation", "agency_invitation", "panel_moved"})
ENDING = frozenset({"no_invitation", "review_stopped"})
RECORDED = "record_panel"
VICTIMS_PART, WHOLE = timedelta(minutes=30), timedelta(hours=2)
COMES = {VICTIM: ("attends",), REPRESENTATIVE: ("attends", "representative")}  # what ``statement.how`` says of them
REQUEST, CANCEL = "REQUEST", "CANCEL"
FILE = "meeting.ics"


@dataclass(frozen=True)
class Invitation:
    """One invitation. ``content`` is a whole iCalendar object, ``page`` the address of a page that has it to download.

    ``is_wanted``: it leaves with the letter by itself.
    """

    method: str
    content: bytes
    page: str
    is_wanted: bool


def of(message: Message, settings: Settings) -> Invitation | None:
    """The invitation, or its cancellation, that belongs to a letter; None for a letter about no meeting."""
    if message.letter not in INVITING | ENDING:
        return None
    effect, case = history.effect(message.effect_id), cases.load(message.case_id)
    if effect is None or case.virtual_at is not None:  # nobody comes to a meeting of a training copy
        return None
    held_at = wording.read_instant(find(effect.facts, "panel.held_at"))
    before = _before(message)
    method = _method(message.letter, held_at, effect.made_at, before)
    if held_at is None or method is None:
        return None
    event = Event()
    event.add("uid", _uid(case.id, effect.made_at, settings))
    event.add("sequence", len(before))
    event.add("dtstamp", effect.made_at)
    event.add("dtstart", held_at.astimezone(effect.made_at.tzinfo))
    event.add("duration", VICTIMS_PART if message.recipient in COMES else WHOLE)
    event.add("summary", f"Meeting {case.reference}")
    event.add("location", str(find(effect.facts, "panel.place") or ""))
    event.add("description", f"Questions? Call {settings.help_phone}.")
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("organizer", vCalAddress(f"mailto:{settings.mail_from}"))
    if message.address:
        event.add("attendee", vCalAddress(f"mailto:{message.address}"))
    path = "track" if message.recipient in COMES else f"cases/{case.reference}/papers"
    is_wanted = method == CANCEL or _comes(message.recipient, effect.facts)
    return Invitation(method, _calendar(event, method), f"{settings.public_url}/{path}", is_wanted)


def _calendar(event: Event, method: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Case review//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _before(message: Message) -> list[Message]:
    """The earlier letters to the same person about a meeting of this case."""
    sent = history.messages(message.case_id, message.recipient)
    known = [one for one in sent if one.letter in INVITING | ENDING and one.id != message.id]
    return [one for one in known if one.made_at < message.made_at]


def _method(letter: str, held_at: datetime | None, asked_at: datetime, before: list[Message]) -> str | None:
    """To come, where the meeting is still ahead; not to come, where somebody was invited before; else nothing."""
    if letter in INVITING and held_at is not None and held_at > asked_at:
        return REQUEST
    is_invited = bool(before) and before[0].letter in INVITING
    return CANCEL if is_invited else None


def _uid(case_id: UUID, asked_at: datetime, settings: Settings) -> str:
    """One for each panel of a case: the next begins when one was held with enough services."""
    held = [e for e in history.of_case(case_id) if e.kind == "task_completed" and e.subject == RECORDED]
    number = 1 + sum(1 for e in held if e.at < asked_at and find(e.says, "answers.panel.quorate") == "yes")
    return f"{case_id.hex}-panel-{number}@{settings.mail_from.partition('@')[2]}"


def _comes(recipient: str, facts: Mapping[str, Any]) -> bool:
    """Whether somebody means to be there: agencies do, the victim where they said so."""
    return recipient not in COMES or find(facts, "statement.how") in COMES[recipient]
