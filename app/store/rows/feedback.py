"""What people tell us without their name, and the links by which they may."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import Instant, Record
from app.store.db import db


class Feedback(db.Model):
    """Answers to one form, tied to nothing but a month and a procedure. Never a name, a case or an instant."""

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    form: Mapped[str] = mapped_column(index=True)
    month: Mapped[str]  # 2026-03
    process_id: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(Record)


class FeedbackLink(db.Model):
    """A secret link to say once how a case went. Only its hash is kept, and whether it was used, not when."""

    hash: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    is_used: Mapped[bool] = mapped_column(default=False)
