"""Subscriptions: made, tried, turned off and on, given a new secret, taken away."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID, uuid4

from app import errors
from app.clock import Clock
from app.config import Settings
from app.notify.webhooks import kinds, reaching, signing, telling
from app.store import feed, webhooks
from app.store.rows.out import WAITING, Delivery, Subscription
from app.store.transactions import transaction

OVERLAP = timedelta(hours=24)  # both secrets sign after a change
KEPT = timedelta(days=30)  # deliveries, after they ended
BATCH = 500


def subscribe(url: str, which: Collection[str], *, by: str, settings: Settings, clock: Clock) -> Subscription:
    """Tell an address of some kinds of events from now on. Its secret stands in the row, to be shown once.

    Raises ``Refused`` for an address that we do not send to, or for no kind.
    """
    problems: dict[str, str] = {}
    try:
        reaching.check(url, may_be_private=settings.webhooks_may_be_private)
    except errors.Refused as refused:
        problems |= refused.problems
    if not which or not set(which) <= kinds.KINDS.keys():
        problems["kinds"] = "Choose what it shall be told"
    if problems:
        raise errors.Refused(problems)
    with transaction():
        row = Subscription(
            id=uuid4(),
            url=url,
            kinds=[kind for kind in kinds.KINDS if kind in which],
            secret=signing.make(),
            made_at=clock(),
            made_by=by,
            told_up_to=feed.readable(),
        )
        webhooks.add(row)
    return row


def try_out(subscription_id: UUID, *, settings: Settings, clock: Clock) -> None:
    """Send something that tells nothing, to see whether it arrives."""
    with transaction():
        telling.try_out(_held(subscription_id), settings, clock)


def new_secret(subscription_id: UUID, *, clock: Clock) -> Subscription:
    """Sign with a new secret from now on; for a day the old one signs beside it."""
    with transaction():
        row = _held(subscription_id)
        row.old_secret, row.old_until = row.secret, clock() + OVERLAP
        row.secret = signing.make()
    return row


def turn(subscription_id: UUID, *, on: bool) -> Subscription:
    """Turn a subscription on or off. What happened while it was off is not told afterwards."""
    with transaction():
        row = _held(subscription_id)
        if on and not row.is_on:
            row.told_up_to, row.failing_since, row.turned_off_because = feed.readable(), None, ""
        row.is_on = on
    return row


def remove(subscription_id: UUID) -> str:
    """Take a subscription away with its deliveries; gives its address."""
    with transaction():
        row = _held(subscription_id)
        webhooks.remove(row)
    return row.url


def send_again(delivery_id: UUID, *, clock: Clock) -> Delivery:
    """Send a delivery once more, under the same id, with all its tries before it. Raises ``NotFound``."""
    with transaction():
        row = webhooks.delivery(delivery_id)
        if row is None:
            raise errors.NotFound("We could not find that delivery.")
        row.state, row.attempts, row.next_try_at = WAITING, 0, clock()
        row.ended_at, row.problem = None, ""
    return row


def forget(clock: Clock) -> int:
    """Delete deliveries that ended a month ago. Gives how many."""
    found = webhooks.old(clock() - KEPT, BATCH)
    if found:
        with transaction():
            webhooks.forget(found)
    return len(found)


def _held(subscription_id: UUID) -> Subscription:
    row = webhooks.lock(subscription_id)
    if row is None:
        raise errors.NotFound("We could not find that webhook.")
    return row
