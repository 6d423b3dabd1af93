"""Subscriptions of webhooks and their deliveries."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from app import errors
from app.store.db import db
from app.store.rows.cases import Case
from app.store.rows.history import Event
from app.store.rows.out import WAITING, Delivery, Subscription


def every() -> list[Subscription]:
    """All subscriptions, the oldest first."""
    return list(db.session.scalars(select(Subscription).order_by(Subscription.made_at, Subscription.id)))


def behind(settled_id: int) -> list[UUID]:
    """The subscriptions that are on and have not been told of everything up to an event."""
    which = (Subscription.is_on, Subscription.told_up_to < settled_id)
    return list(db.session.scalars(select(Subscription.id).where(*which)))


def load(subscription_id: UUID) -> Subscription:
    """The subscription, or ``NotFound``."""
    found = db.session.get(Subscription, subscription_id, populate_existing=True)
    if found is None:
        raise errors.NotFound("We could not find that webhook.")
    return found


def lock(subscription_id: UUID) -> Subscription | None:
    """The subscription as it is now, held until the transaction ends; None where it was removed meanwhile."""
    query = select(Subscription).where(Subscription.id == subscription_id)
    return db.session.scalar(query.with_for_update().execution_options(populate_existing=True))


def add(*rows: Subscription | Delivery) -> None:
    """Keep new rows."""
    db.session.add_all(rows)
    db.session.flush()


def add_deliveries(rows: Sequence[dict[str, Any]]) -> None:
    """Keep new deliveries in one statement; each row has the columns of ``Delivery``."""
    if rows:
        db.session.execute(insert(Delivery.__table__), rows)


def remove(subscription: Subscription) -> None:
    """Take away a subscription with its deliveries."""
    db.session.execute(delete(Delivery).where(Delivery.subscription_id == subscription.id))
    db.session.delete(subscription)


def lines(after: int, up_to: int, kinds: Iterable[str], limit: int) -> list[tuple[Event, str]]:
    """The next lines of these kinds in all real histories, each with the reference of its case, by id."""
    query = select(Event, Case.reference).join(Case, Case.id == Event.case_id).where(Case.virtual_at.is_(None))
    query = query.where(Event.id > after, Event.id <= up_to, Event.kind.in_(sorted(set(kinds))))
    return [(line, reference) for line, reference in db.session.execute(query.order_by(Event.id).limit(limit))]


def next_due(now: datetime) -> Delivery | None:
    """The next delivery to try, of a subscription that is on; held until the transaction ends."""
    query = select(Delivery).join(Subscription, Subscription.id == Delivery.subscription_id)
    query = query.where(Delivery.state == WAITING, Delivery.next_try_at <= now, Subscription.is_on)
    query = query.order_by(Delivery.next_try_at).limit(1).with_for_update(skip_locked=True, of=Delivery)
    return db.session.scalar(query.execution_options(populate_existing=True))


def delivery(delivery_id: UUID) -> Delivery | None:
    """A delivery; None where its case or subscription is gone."""
    return db.session.get(Delivery, delivery_id, populate_existing=True)


def latest(subscription_id: UUID, limit: int) -> list[tuple[Delivery, str | None]]:
    """The newest deliveries of a subscription, each with the reference of its case."""
    query = select(Delivery, Case.reference).outerjoin(Case, Case.id == Delivery.case_id)
    query = query.where(Delivery.subscription_id == subscription_id)
    query = query.order_by(Delivery.made_at.desc(), Delivery.event_id.desc(), Delivery.id).limit(limit)
    return [(one, reference) for one, reference in db.session.execute(query)]


def states() -> dict[UUID, dict[str, int]]:
    """{subscription: {state: how many deliveries}}."""
    found: dict[UUID, dict[str, int]] = {}
    query = select(Delivery.subscription_id, Delivery.state, func.count())
    for key, state, number in db.session.execute(query.group_by(Delivery.subscription_id, Delivery.state)):
        found.setdefault(key, {})[state] = number
    return found


def old(before: datetime, limit: int) -> list[UUID]:
    """Deliveries that ended before an instant."""
    return list(db.session.scalars(select(Delivery.id).where(Delivery.ended_at < before).limit(limit)))


def forget(ids: Iterable[UUID]) -> None:
    """Delete these deliveries."""
    db.session.execute(delete(Delivery).where(Delivery.id.in_(list(ids))))
