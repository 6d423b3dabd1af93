"""Editions of the calendars: what differs from the package's bank holidays."""

from datetime import datetime
from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import Instant, Record
from app.store.db import db


class CalendarEdition(db.Model):
    """One edition. ``key`` is the hash of its changes; the one that was put in force last counts for new cases."""

    key: Mapped[str] = mapped_column(primary_key=True)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(Record)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str]
    note: Mapped[str] = mapped_column(Text, default="")
    in_force_at: Mapped[datetime | None] = mapped_column(Instant, index=True)  # None while it is only proposed
