"""Who is away, who stands in for them, and which of their tasks were moved because of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import Instant, Record
from app.store.db import db


class Absence(db.Model):
    """The days on which somebody is away, and the rules for their work.

    ``rules``: {role: {"to": a colleague or none for the team, "high": the same for cases of high risk}}.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    first_on: Mapped[date]
    last_on: Mapped[date | None]  # none where nobody knows when they are back
    rules: Mapped[dict[str, dict[str, Any]]] = mapped_column(Record)
    note: Mapped[str] = mapped_column(Text, default="")  # to whoever takes over
    noted_by: Mapped[str]
    noted_at: Mapped[datetime] = mapped_column(Instant)
    started_at: Mapped[datetime | None] = mapped_column(Instant)  # when the last of their tasks was moved
    ended_at: Mapped[datetime | None] = mapped_column(Instant)  # when they were back, or it was called off


class Handover(db.Model):
    """A task that was moved because of an absence."""

    __table_args__ = (UniqueConstraint("absence_id", "task_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    absence_id: Mapped[int] = mapped_column(ForeignKey("absence.id"))
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    task_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # none: back to the team
    why: Mapped[str] = mapped_column(Text, default="")  # it did not go to whom the rules name
    moved_at: Mapped[datetime] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)  # when it was taken back, or left where it is
