"""What people have chosen to see, kept under a name."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import Instant
from app.store.db import db


class SavedView(db.Model):
    """The choice of one person on one page. ``query`` is what stands behind its address."""

    __table_args__ = (UniqueConstraint("person_id", "page", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    page: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    query: Mapped[str]
    is_shared: Mapped[bool] = mapped_column(default=False)  # with everybody who may open the page
    saved_at: Mapped[datetime] = mapped_column(Instant)
