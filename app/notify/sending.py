"""Carrying out effects: writing the letters that were asked for, and sending them.

At least once: a message is marked after it has left, so a crash in between sends it again, with the same reference.
Nothing is sent inside a transaction.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from app import errors
from app.clock import Clock
from app.config import Settings
from app.engine import promises
from app.engine.facts import find
from app.engine.library import Procedure
from app.law import calendar
from app.notify import answer_links, feedback_links, invitations, languages, letters, recipients
from app.notify.channels import Channel, NotSent, Post
from app.notify.filling import Letters
from app.notify.letters import Letter
from app.notify.recipients import Recipient
from app.store import cases, history, people
from app.store.history import Happened
from app.store.rows.cases import Case
from app.store.rows.history import DONE, FAILED, KEPT, SENT, WAITING, Effect, Message
from app.store.transactions import transaction

log = logging.getLogger(__name__)
BATCH = 20
WRITING_ATTEMPTS = 3
ATTEMPTS = 48  # every five minutes for four hours
PAUSE = timedelta(minutes=5)
NO_SENIOR_OFFICER = f"role:{recipients.SENIOR_OFFICER}"
UNHEARD = "There is no senior officer to hear of this case. The managers got the letter. Give somebody the role."
TRAINING = "training"  # the channel of letters that are written to be read here, and never sent


@dataclass(frozen=True)
class Postroom:
    """What sending needs to know."""

    settings: Settings
    channel: Channel
    procedure_of: Callable[[Case], Procedure]
    letters_of: Callable[[Case], Letters]
    keeps: Callable[[Recipient], bool] = lambda _: False  # whose letters are only kept here: there is nothing to send


def sweep(postroom: Postroom, clock: Clock) -> int:
    """Write the letters that are owed and send those that are due. Gives how many were dealt with."""
    return _write_all(postroom, clock) + _send_all(postroom, clock)


def _write_all(postroom: Postroom, clock: Clock) -> int:
    written = 0
    while written < BATCH and (effect_id := _take_effect(clock)):
        try:
            with transaction():
                _write(_to_write(effect_id), postroom, clock())
        except Exception:  # one letter that cannot be written does not hold up the others
            log.exception("letter not written", extra={"action": "letter_not_written", "effect": str(effect_id)})
            _give_up_on(effect_id, clock)
        written += 1
    return written


def _take_effect(clock: Clock) -> UUID | None:
    """The next effect, put off so that nobody else carries it out meanwhile."""
    with transaction():
        found = next(iter(history.waiting_effects(clock(), 1)), None)
        if found is None:
            return None
        found.attempts += 1
        found.next_try_at = clock() + PAUSE
        return found.id


def _to_write(effect_id: UUID) -> Effect:
    """The effect, unless it has been tried too often: a letter that ends the worker each time leaves no other trace."""
    effect = history.effect(effect_id)
    if effect is None:
        raise errors.NotFound("The case of this letter was deleted.")
    if effect.attempts > WRITING_ATTEMPTS:
        raise errors.CannotGoOn("The system failed each time it wrote this letter.", element=effect.key)
    return effect


def _give_up_on(effect_id: UUID, clock: Clock) -> None:
    """After three tries, stop the case so that a person looks at it."""
    with transaction():
        effect = history.effect(effect_id)
        if effect is not None and effect.attempts >= WRITING_ATTEMPTS:
            effect.state = FAILED
            says = f"The letter ‘{effect.wants.get('letter')}’ could not be written."
            _stop(effect, says, clock())


def _stop(effect: Effect, says: str, at: datetime) -> None:
    """Stop the case of an effect with an incident, unless one stands already."""
    case = cases.lock(effect.case_id)
    if not case.is_stopped:
        at = case.virtual_at or at
        cases.stop(case, effect.key, says, at)
        history.record(case, [Happened("incident_opened", effect.key, at, says={"says": says})])


def _write(effect: Effect, postroom: Postroom, at: datetime) -> None:
    effect.state = DONE
    case = cases.load(effect.case_id)
    at = effect.made_at if case.virtual_at else at
    found, texts = recipients.of(effect), postroom.letters_of(case)
    is_dated = letters.asks(effect.wants["letter"], "dates", texts)
    values = values_of(case, effect.facts, effect.item, postroom, at, is_dated=is_dated)
    if effect.wants["letter"] in feedback_links.LETTERS:
        values["feedback_url"] = feedback_links.make(case, postroom.settings, at)
    if case.virtual_at is None and any(who.key == NO_SENIOR_OFFICER for who in found):
        _stop(effect, UNHEARD, at)
    history.add(*[_message(case, effect, who, values, texts, postroom, at) for who in found])


def _message(
    case: Case,
    effect: Effect,
    who: Recipient,
    values: Mapping[str, Any],
    texts: Letters,
    postroom: Postroom,
    at: datetime,
) -> Message:
    """The letter to one recipient, as it is kept."""
    task_id = answer_links.asked(case, effect, who)
    link = answer_links.HERE if task_id else ""
    letter = addressed(effect.wants["letter"], {**values, "answer_link": link}, who, texts)
    message = Message(
        id=uuid4(),
        case_id=case.id,
        effect_id=effect.id,
        letter=effect.wants["letter"],
        recipient=who.key,
        name=who.name,
        subject=letter.subject,
        html=letter.html,
        made_at=at,
        next_try_at=at,
        task_id=task_id,
        **_way(case, who, postroom.settings, at),
    )
    if message.state == WAITING and postroom.keeps(who):
        answer_links.put_in(message, postroom.settings, lambda: at)
        message.state, message.attempts, message.ended_at = SENT, 1, at
    return message


def addressed(name: str, values: Mapping[str, Any], who: Recipient, texts: Letters) -> Letter:
    """The letter to one recipient; in the language the victim chose only where it is for them or who acts for them."""
    language = values["language"] if who.key in (recipients.VICTIM, recipients.REPRESENTATIVE) else None
    return letters.write(name, {**values, "recipient": who, "language": language}, texts)


def _way(case: Case, who: Recipient, settings: Settings, at: datetime) -> dict[str, Any]:
    """The columns of a letter that say how it leaves. One of a training case has nowhere to go."""
    if case.virtual_at is not None:
        return {"address": "", "channel": TRAINING, "state": KEPT, "ended_at": at}
    way = {"address": who.address, "channel": settings.channel}
    return way | ({"state": FAILED, "problem": who.problem, "ended_at": at} if who.problem else {"state": WAITING})


def values_of(
    case: Case, facts: Mapping[str, Any], item: Any, postroom: Postroom, at: datetime, *, is_dated: bool = True
) -> dict[str, Any]:
    """What a letter may use; with the promised days only for a letter that ``is_dated``: they take long to count."""
    settings, followed = postroom.settings, postroom.procedure_of(case)
    promised = promises.promised(followed, facts, opened_at=case.opened_at, start_at=at) if is_dated else {}
    return {
        "case": {"reference": case.reference, "title": case.title, "opened_on": calendar.day_of(case.opened_at)},
        "facts": facts,
        "item": item,
        "partnership": {
            "name": settings.partnership_name,
            "phone": settings.help_phone,
            "address": settings.help_address,
            "email": settings.help_email,
        },
        "contact": _contact(settings),
        "support": _support(),
        "language": languages.chosen(find(facts, "contact.language")),
        "dates": {name: due.on for name, due in promised.items() if due.on},
        "track_url": f"{settings.public_url}/track",
        "public_url": settings.public_url,
        "today": calendar.day_of(at),
    }


def _contact(settings: Settings) -> dict[str, str]:
    """The point of contact: the coordinator. Source: ASBCPA 2014 s.104(3)(a)."""
    found = people.first("Coordinator")
    if found is None:
        return {"name": settings.partnership_name, "role": "Case review team", "phone": settings.help_phone}
    return {"name": found.name, "role": "Coordinator", "phone": found.phone or settings.help_phone}


def _support() -> dict[str, str]:
    """Who of Victim Support stands by the victim, named from the start; nobody yet where it is empty."""
    found = people.first("Victim Support officer")
    return {"name": found.name, "phone": found.phone} if found else {}


def _send_all(postroom: Postroom, clock: Clock) -> int:
    sent = 0
    while sent < BATCH and (taken := _take(postroom.settings, clock)):
        _send(*taken, postroom, clock)
        sent += 1
    return sent


def _take(settings: Settings, clock: Clock) -> tuple[UUID, Post] | None:
    """The next message, put off so that nobody else sends it meanwhile."""
    with transaction():
        found = next(iter(history.waiting_messages(clock(), 1)), None)
        if found is None:
            return None
        found.attempts += 1
        found.next_try_at = clock() + PAUSE
        html = answer_links.put_in(found, settings, clock)
        invitation = invitations.of(found, settings)
        wanted = invitation if invitation and invitation.is_wanted else None
        return found.id, Post(found.id, found.address, found.name, found.subject, html, wanted)


def _send(message_id: UUID, post: Post, postroom: Postroom, clock: Clock) -> None:
    try:
        postroom.channel(post)
        state, says = SENT, ""
    except NotSent as problem:
        state, says = (FAILED if problem.is_final else WAITING), str(problem)
    except Exception as problem:  # one letter that nobody foresaw does not hold up the others
        log.exception("letter not sent", extra={"action": "letter_not_sent", "letter": str(message_id)})
        state, says = WAITING, f"It could not be sent: {type(problem).__name__}."
    with transaction():
        message = history.message(message_id)
        message.problem = says
        message.state = FAILED if state == WAITING and message.attempts >= ATTEMPTS else state
        message.ended_at = None if message.state == WAITING else clock()
