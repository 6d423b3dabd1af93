"""Sending deliveries: outside any transaction, at least once, tried again for days with growing pauses.

A delivery keeps its id in every try, so that a receiver knows what came twice. An address that answers *410 Gone*, or
that has taken nothing for days, is turned off, and the page for administrators says so.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from app.clock import Clock
from app.config import Settings
from app.law import wording
from app.notify.webhooks import reaching, signing
from app.notify.webhooks.reaching import NotReached
from app.store import webhooks
from app.store.rows.out import FAILED, SENT, WAITING, Delivery, Subscription
from app.store.transactions import transaction

log = logging.getLogger(__name__)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PAUSES = (
    timedelta(seconds=5),
    *(5 * MINUTE, 30 * MINUTE),
    *(number * HOUR for number in (2, 5, 10, 14, 20, 24)),
)  # after each try: ten tries in a little more than three days
HELD = 5 * MINUTE  # while one worker tries, no other does
LONGEST_FAILING = timedelta(days=5)
BATCH = 20


@dataclass(frozen=True)
class Taken:
    """What is about to be sent."""

    id: UUID
    url: str
    body: str
    secrets: Sequence[str]


@dataclass(frozen=True)
class Outcome:
    """What became of a try. ``says``: why it failed; "" for what arrived."""

    says: str = ""
    is_gone: bool = False
    is_slow: bool = False


def sweep(settings: Settings, clock: Clock) -> int:
    """Send what is due. Gives how many were tried. After one that takes long, time limits have their turn first."""
    tried = 0
    while tried < BATCH and (taken := _take(clock)):
        outcome = _send(taken, settings, clock)
        _keep(taken.id, outcome, clock)
        tried += 1
        if outcome.is_slow:
            break
    return tried


def _take(clock: Clock) -> Taken | None:
    """The next delivery, put off so that nobody else sends it meanwhile."""
    if webhooks.next_due(clock()) is None:
        return None
    with transaction():
        found = webhooks.next_due(clock())
        if found is None:
            return None
        found.attempts += 1
        found.next_try_at = clock() + HELD
        subscription = webhooks.load(found.subscription_id)
        return Taken(found.id, subscription.url, found.body, valid_secrets(subscription, clock()))


def valid_secrets(subscription: Subscription, at: datetime) -> list[str]:
    """The secrets with which a delivery is signed: after a change for a while the old one as well."""
    is_old_valid = subscription.old_until is not None and at < subscription.old_until
    return [subscription.secret, *([subscription.old_secret] if is_old_valid else [])]


def _send(taken: Taken, settings: Settings, clock: Clock) -> Outcome:
    headers = signing.headers(taken.id.hex, clock(), taken.body, taken.secrets)
    try:
        where = reaching.target(taken.url, may_be_private=settings.webhooks_may_be_private)
        status = reaching.post(where, taken.body.encode(), headers)
    except NotReached as problem:
        return Outcome(str(problem), is_slow=problem.is_slow)
    except Exception as problem:  # one that nobody foresaw does not hold up the others
        log.exception("webhook not sent", extra={"action": "webhook_not_sent", "delivery": str(taken.id)})
        return Outcome(f"It could not be sent: {type(problem).__name__}.")
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Outcome()
    return Outcome(f"It answered {status}.", is_gone=status == HTTPStatus.GONE)


def _keep(delivery_id: UUID, outcome: Outcome, clock: Clock) -> None:
    with transaction():
        found = webhooks.delivery(delivery_id)
        if found is None:
            return
        subscription, at = webhooks.lock(found.subscription_id), clock()
        found.problem = outcome.says
        if not outcome.says:
            found.state, found.ended_at = SENT, at
        elif found.attempts > len(PAUSES):
            found.state, found.ended_at = FAILED, at
        else:
            found.state, found.next_try_at = WAITING, at + PAUSES[found.attempts - 1]
        if subscription is not None:
            _judge(subscription, found, outcome, at)


def _judge(subscription: Subscription, delivery: Delivery, outcome: Outcome, at: datetime) -> None:
    """Whether an address is still worth trying."""
    if not outcome.says:
        subscription.failing_since = None
        return
    since = subscription.failing_since = subscription.failing_since or at
    if outcome.is_gone:
        subscription.is_on, subscription.turned_off_because = False, "It answered that it is gone for good (410)."
    elif at - since >= LONGEST_FAILING:
        says = f"Nothing has arrived since {wording.moment(since)}. The last answer: {outcome.says}"
        subscription.is_on, subscription.turned_off_because = False, says
    if not subscription.is_on:
        log.warning("webhook turned off", extra={"action": "webhook_turned_off", "webhook": str(subscription.id)})
