"""What managers' numbers are read from: the work of each case piece by piece, and sums of it by the month.

Both are worked out from the history and can be made anew. Training cases are in neither.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.law.calendar import HOURS_A_DAY
from app.store.columns import Instant
from app.store.db import db

TASK, LIMIT = "task", "limit"  # the kinds of stint
DONE, WITHDRAWN, KEPT, MISSED = "done", "withdrawn", "kept", "missed"  # how one ended


class Stint(db.Model):
    """A task, or a time limit on a step, from when it began to when it ended."""

    __table_args__ = (
        Index("ix_stint_step", "process_id", "process", "key", "ended_at"),
        Index("ix_stint_person", "person_id", "ended_at"),
    )
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)  # of the task or of the timer
    timer_key: Mapped[str] = mapped_column(primary_key=True, default="")  # "" for a task
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str]
    process_id: Mapped[str]  # of the case
    release_key: Mapped[str]
    process: Mapped[str]  # the drawing on which it stands
    key: Mapped[str]  # the element
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    agency_key: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # who finished it
    started_at: Mapped[datetime] = mapped_column(Instant)
    counts_from: Mapped[datetime | None] = mapped_column(Instant)  # what its limit counts from
    due_at: Mapped[datetime | None] = mapped_column(Instant)  # as it stood last
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended: Mapped[str] = mapped_column(default="")
    hours: Mapped[float | None]  # working hours from its beginning to its end
    share: Mapped[int | None]  # of the working time of its limit, in hundredths
    is_late: Mapped[bool] = mapped_column(default=False)

    @property
    def days(self) -> float:
        """The working days that it took; 0 while it is open."""
        return (self.hours or 0.0) / HOURS_A_DAY


class Tally(db.Model):
    """How often something happened in one month, and how long it took. Nothing about anybody.

    ``kind`` is task, limit, pass (an element that cases went through), answer or case. ``detail`` is how a stint
    ended, an answer as *key=value*, or opened and closed. ``size`` is half working days for a task, twentieths of the
    limit for a limit; longer ones count as the longest.
    """

    month: Mapped[date] = mapped_column(primary_key=True)  # its first day
    process_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    process: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    detail: Mapped[str] = mapped_column(primary_key=True)
    release_key: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    agency_key: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    late: Mapped[int]
    hours: Mapped[float]
