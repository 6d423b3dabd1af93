"""Who uses the system, in which roles, for which agency."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.store.columns import Instant
from app.store.db import db


class Agency(db.Model):
    """A body of the partnership. ``key`` is the name that drawings and facts use."""

    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    is_relevant_body: Mapped[bool] = mapped_column(default=True)  # ASBCPA 2014 s.105


class Person(db.Model):
    """Somebody who signs in."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    phone: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str] = mapped_column(default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    roles: Mapped[list["RoleGrant"]] = relationship(lazy="selectin")


class RoleGrant(db.Model):
    """A role a person has. A role is the name of a lane, or one of the product's own (see ``cases.access``)."""

    __table_args__ = (UniqueConstraint("person_id", "role", "agency_key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(index=True)
    agency_key: Mapped[str | None] = mapped_column(ForeignKey("agency.key"))
    agency: Mapped[Agency | None] = relationship(lazy="joined")
