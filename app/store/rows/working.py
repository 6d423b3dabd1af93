"""What workers leave behind about their own work: signs of life, and how late time limits fired."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import Instant
from app.store.db import db


class WorkerBeat(db.Model):
    """The last sign of life of one worker process."""

    worker: Mapped[str] = mapped_column(primary_key=True)  # its machine and process id
    started_at: Mapped[datetime] = mapped_column(Instant)
    beat_at: Mapped[datetime] = mapped_column(Instant, index=True)


class FiredLate(db.Model):
    """How many timers have ever fired that late. Kept in slots, so that workers need not wait for one another."""

    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    up_to: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # seconds after due; 0: longer than all
    fired: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float] = mapped_column(default=0.0)  # of all of them together
