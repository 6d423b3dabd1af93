"""What people have begun and not finished, and what they sent along."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import Instant, Record
from app.store.db import db

QUARANTINED, CLEAN, REFUSED = "quarantined", "clean", "refused"


class TaskDraft(db.Model):
    """Answers to a task that is not finished; they may be invalid. Kept when the task is taken away by a timer."""

    task_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    task_key: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(Record)
    page: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ApplicationDraft(db.Model):
    """An application that is being written. Found again by a link whose hash stands here; gone after 30 days."""

    link_hash: Mapped[str] = mapped_column(primary_key=True)
    answers: Mapped[dict[str, Any]] = mapped_column(Record)
    page: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime] = mapped_column(Instant, index=True)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"))  # once it has been sent


class Document(db.Model):
    """A file somebody sent. It stays in quarantine until it has been looked at."""

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    name: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    state: Mapped[str] = mapped_column(default=QUARANTINED)
    uploaded_at: Mapped[datetime] = mapped_column(Instant)


class Link(db.Model):
    """A secret link to one case, for the person who asked, or to one task, for an agency. Only its hash is kept."""

    hash: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)  # a one-time link is used once
    tries: Mapped[int] = mapped_column(default=0)  # wrong references typed with it; to a task, people who came
    task_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)  # the one task it opens; none for the case itself


class RequestKey(db.Model):
    """A form post that has been dealt with, and the case it went to: the same post again gets the same answer."""

    key: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
