"""From the history to deliveries: each line once for each subscription, in the order of the events.

Nothing is promised in the transactions of cases. The place up to which a subscription was told moves in the same
transaction that keeps its deliveries, and never beyond what is settled (see ``store.feed``): so none is lost, and none
is told twice, with any number of workers.
"""

from uuid import UUID, uuid4

from app.clock import Clock
from app.config import Settings
from app.notify.webhooks import kinds
from app.store import feed, webhooks
from app.store.rows.out import Delivery, Subscription
from app.store.transactions import transaction

AT_ONCE = 500  # lines
Row = dict[str, object]


def sweep(settings: Settings, clock: Clock) -> int:
    """Settle what can be settled, and keep what is to be told of it. Gives how many deliveries were made."""
    settled_id = _settled()
    return sum(_tell(key, settled_id, settings, clock) for key in webhooks.behind(settled_id))


def _settled() -> int:
    """Up to which event the history is whole; the mark is moved where it can be."""
    settled_id = feed.settled()
    if feed.newest() == settled_id:
        return settled_id
    seen = feed.look()
    with transaction():
        return feed.settle(seen)


def _tell(subscription_id: UUID, settled_id: int, settings: Settings, clock: Clock) -> int:
    with transaction():
        subscription = webhooks.lock(subscription_id)
        if subscription is None or not subscription.is_on or subscription.told_up_to >= settled_id:
            return 0
        wanted = {kinds.KINDS[name].lines for name in subscription.kinds if name in kinds.KINDS}
        lines = webhooks.lines(subscription.told_up_to, settled_id, wanted, AT_ONCE)
        rows = [
            _row(subscription, name, clock, case_id=line.case_id, event_id=line.id)
            | {"body": kinds.payload(name, line, reference, settings.public_url)}
            for line, reference in lines
            for name in kinds.told_by(line)
            if name in subscription.kinds
        ]
        webhooks.add_deliveries(rows)
        subscription.told_up_to = lines[-1][0].id if len(lines) == AT_ONCE else settled_id
    return len(rows)


def try_out(subscription: Subscription, settings: Settings, clock: Clock) -> None:
    """Make a delivery that tells nothing, in the transaction around it."""
    body = kinds.trial_payload(clock(), settings.public_url)
    row = _row(subscription, kinds.TEST, clock, case_id=None, event_id=None) | {"body": body}
    webhooks.add(Delivery(**row))


def _row(subscription: Subscription, kind: str, clock: Clock, *, case_id: UUID | None, event_id: int | None) -> Row:
    at = clock()
    return {
        "id": uuid4(),
        "subscription_id": subscription.id,
        "case_id": case_id,
        "event_id": event_id,
        "kind": kind,
        "made_at": at,
        "next_try_at": at,
    }
