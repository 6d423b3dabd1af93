"""What leaves the house for other programs: tokens for the API, webhooks, and the weekly digest."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import Instant, Record
from app.store.db import db

WAITING, SENT, FAILED = "waiting", "sent", "failed"
_WAITING = text("state = 'waiting'")


class ApiToken(db.Model):
    """A token with which a program reads the API. Only its hash is kept."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)
    begins: Mapped[str]  # the first characters, so that people can tell tokens apart
    scopes: Mapped[list[str]] = mapped_column(Record)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str]
    ends_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)  # to the nearest few minutes
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_by: Mapped[str] = mapped_column(default="")


class FeedMark(db.Model):
    """Up to which event the history is whole: one row. See ``store.feed`` for how it moves."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    settled_id: Mapped[int] = mapped_column(default=0)  # every event up to it is there, or never will be
    last_id: Mapped[int] = mapped_column(default=0)  # the newest event that was seen
    writers: Mapped[list[str]] = mapped_column(Record)  # the transactions that wrote events when it was seen


class Subscription(db.Model):
    """An address that is told of some kinds of events."""

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    url: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(Record)
    secret: Mapped[str]  # signs what is sent
    old_secret: Mapped[str] = mapped_column(default="")  # signs beside it, for a while
    old_until: Mapped[datetime | None] = mapped_column(Instant)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str]
    told_up_to: Mapped[int]  # the id of the last event that was looked at for it
    is_on: Mapped[bool] = mapped_column(default=True)
    failing_since: Mapped[datetime | None] = mapped_column(Instant)  # since the last delivery that arrived
    turned_off_because: Mapped[str] = mapped_column(Text, default="")


class Delivery(db.Model):
    """One thing to tell one subscription. Its id is the ``webhook-id`` that stays the same in every try."""

    __table_args__ = (
        UniqueConstraint("subscription_id", "event_id"),
        Index("ix_delivery_waiting", "next_try_at", postgresql_where=_WAITING, sqlite_where=_WAITING),
    )
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    subscription_id: Mapped[UUID] = mapped_column(ForeignKey("subscription.id"), index=True)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    event_id: Mapped[int | None]  # no foreign key: it only tells what was told already; none for a test
    kind: Mapped[str]
    body: Mapped[str] = mapped_column(Text)  # exactly as it is signed
    made_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(default=WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    problem: Mapped[str] = mapped_column(Text, default="")


class DigestChoice(db.Model):
    """Whether somebody wants the weekly digest, where they have said so."""

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    is_wanted: Mapped[bool]


class Digest(db.Model):
    """The digest of one week for one person."""

    __table_args__ = (
        UniqueConstraint("person_id", "week_on"),
        Index("ix_digest_waiting", "next_try_at", postgresql_where=_WAITING, sqlite_where=_WAITING),
    )
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    week_on: Mapped[date]  # the Monday on which it is sent
    address: Mapped[str]
    subject: Mapped[str]
    html: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(default=WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    problem: Mapped[str] = mapped_column(Text, default="")
