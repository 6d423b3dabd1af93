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
from app.engine.library import Procedure
from app.law import calendar, wording
from app.notify import letters, recipients
from app.notify.channels import Channel, NotSent, Post
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
TRAINING = "training"  # the channel of letters that are written to be read here, and never sent


@dataclass(frozen=True)
class Postroom:
    """What sending needs to know."""

    settings: Settings
    channel: Channel
    procedure_of: Callable[[Case], Procedure]


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
            case = cases.lock(effect.case_id)
            if not case.is_stopped:
                at = case.virtual_at or clock()
                cases.stop(case, effect.key, says, at)
                history.record(case, [Happened("incident_opened", effect.key, at, says={"says": says})])


def _write(effect: Effect, postroom: Postroom, at: datetime) -> None:
    effect.state = DONE
    if effect.kind != "letter":
        return
    case = cases.load(effect.case_id)
    at = effect.made_at if case.virtual_at else at
    values = values_of(case, effect.facts, effect.item, postroom, at)
    for who in recipients.of(effect):
        letter = letters.write(effect.wants["letter"], {**values, "recipient": who})
        history.add(
            Message(
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
                **_way(case, who, postroom.settings, at),
            )
        )


def _way(case: Case, who: Recipient, settings: Settings, at: datetime) -> dict[str, Any]:
    """The columns of a letter that say how it leaves. One of a training case has nowhere to go."""
    if case.virtual_at is not None:
        return {"address": "", "channel": TRAINING, "state": KEPT, "ended_at": at}
    way = {"address": who.address, "channel": settings.channel}
    return way | ({"state": FAILED, "problem": who.problem, "ended_at": at} if who.problem else {"state": WAITING})


def values_of(case: Case, facts: Mapping[str, Any], item: Any, postroom: Postroom, at: datetime) -> dict[str, Any]:
    """What a letter may use."""
    settings = postroom.settings
    promised = promises.promised(postroom.procedure_of(case), facts, opened_at=case.opened_at, start_at=at)
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
        "dates": {name: wording.day(due.on) for name, due in promised.items() if due.on},
        "track_url": f"{settings.public_url}/track",
        "public_url": settings.public_url,
        "today": calendar.day_of(at),
    }


def _contact(settings: Settings) -> dict[str, str]:
    """The point of contact: the coordinator. Source: ASBCPA 2014 s.104(3)(a)."""
    found = next(iter(people.with_role("Coordinator")), None)
    if found is None:
        return {"name": settings.partnership_name, "role": "Case review team", "phone": settings.help_phone}
    return {"name": found.name, "role": "Coordinator", "phone": found.phone or settings.help_phone}


def _send_all(postroom: Postroom, clock: Clock) -> int:
    sent = 0
    while sent < BATCH and (taken := _take(clock)):
        _send(*taken, postroom, clock)
        sent += 1
    return sent


def _take(clock: Clock) -> tuple[UUID, Post] | None:
    """The next message, put off so that nobody else sends it meanwhile."""
    with transaction():
        found = next(iter(history.waiting_messages(clock(), 1)), None)
        if found is None:
            return None
        found.attempts += 1
        found.next_try_at = clock() + PAUSE
        return found.id, Post(found.id, found.address, found.name, found.subject, found.html)


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
