"""What stays when cases are gone: the numbers that were published, and the days of cases that were deleted."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import Instant, Record
from app.store.db import db


class Publication(db.Model):
    """The numbers of a reporting period as they were published. They never change afterwards."""

    first_on: Mapped[date] = mapped_column(primary_key=True)
    last_on: Mapped[date]
    numbers: Mapped[dict[str, Any]] = mapped_column(Record)
    approved_by: Mapped[str]
    published_at: Mapped[datetime] = mapped_column(Instant)


class Disposal(db.Model):
    """A review that was deleted: what the counting needs of it, and nothing about anybody."""

    id: Mapped[int] = mapped_column(primary_key=True)
    steps: Mapped[list[Any]] = mapped_column(Record)  # [kind, day (ISO 8601), with recommendations], in order
    deleted_at: Mapped[datetime] = mapped_column(Instant)
