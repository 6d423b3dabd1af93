"""What happened in a case, and what is owed to the world outside."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import Instant, Record
from app.store.db import db

WAITING, SENT, DONE, FAILED = "waiting", "sent", "done", "failed"
KEPT = "kept"  # a letter of a training case: written to be read here, never sent
_WAITING, _FAILED = text("state = 'waiting'"), text("state = 'failed'")


class Event(db.Model):
    """A line in a case's history. Added, never changed; each holds the hash of the one before."""

    __table_args__ = (UniqueConstraint("case_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    number: Mapped[int]  # within the case, from 1
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    by: Mapped[str]  # a person's name, or "the system"
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(index=True)  # past tense: case_opened, task_completed, timer_fired
    subject: Mapped[str]  # an element's id, or what it was about
    says: Mapped[dict[str, Any]] = mapped_column(Record)
    hash: Mapped[str]


class Effect(db.Model):
    """What a drawing asked for, kept in the case's own transaction and carried out later, at least once."""

    __table_args__ = (Index("ix_effect_waiting", "next_try_at", postgresql_where=_WAITING, sqlite_where=_WAITING),)
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)  # also the key that makes it safe to repeat
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    key: Mapped[str]
    kind: Mapped[str]
    wants: Mapped[dict[str, str]] = mapped_column(Record)
    item: Mapped[Any | None] = mapped_column(Record)
    facts: Mapped[dict[str, Any]] = mapped_column(Record)  # as they stood when it was asked for
    made_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(default=WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(Instant)


class Message(db.Model):
    """A letter, e-mail or text to one recipient."""

    __table_args__ = (
        UniqueConstraint("effect_id", "recipient"),
        Index("ix_message_waiting", "next_try_at", postgresql_where=_WAITING, sqlite_where=_WAITING),
        Index("ix_message_failed", "ended_at", postgresql_where=_FAILED, sqlite_where=_FAILED),
    )
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)  # the reference given to the channel
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    effect_id: Mapped[UUID] = mapped_column(ForeignKey("effect.id"))
    letter: Mapped[str]
    recipient: Mapped[str]  # "victim", an agency's key, or a role
    name: Mapped[str]  # of whoever gets it
    address: Mapped[str]  # e-mail address; "" where only paper or a call will do
    channel: Mapped[str]
    subject: Mapped[str]
    html: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(default=WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    problem: Mapped[str] = mapped_column(Text, default="")
    is_reported: Mapped[bool] = mapped_column(default=False)  # a failed one: its case has been told
    task_id: Mapped[UUID | None] = mapped_column(Uuid)  # the task that it asks an agency to do, by a link in it


class Reading(db.Model):
    """Who looked at which case, and where."""

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # none for somebody who came by a link
    name: Mapped[str] = mapped_column(default="", server_default="")  # of somebody who came by a link
    at: Mapped[datetime] = mapped_column(Instant)
    page: Mapped[str]
