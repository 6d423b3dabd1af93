"""A case and the index of its run."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import Instant, Record
from app.store.db import db

BEGINNING = "0" * 64  # what the first line of a history is chained to
OPEN, CLOSED = "open", "closed"
WAITING, FIRED, STOOD_DOWN, MOVED = "waiting", "fired", "stood_down", "moved"

_ON_BOARD = text("status = 'open' AND virtual_at IS NULL")
_TRAINING = text("virtual_at IS NOT NULL")
_AGENCYS = text("agency_key IS NOT NULL")
_WAITS = text("state = 'waiting'")
_UNTALLIED = text("tallied < told AND virtual_at IS NULL")


class Case(db.Model):
    """One matter, from application to closure."""

    __table_args__ = (
        Index("ix_case_correlation", "process_id", "correlation_key"),
        Index("ix_case_training", "id", postgresql_where=_TRAINING, sqlite_where=_TRAINING),
        Index("ix_case_untallied", "id", postgresql_where=_UNTALLIED, sqlite_where=_UNTALLIED),
    )
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    process_id: Mapped[str]
    release_key: Mapped[str] = mapped_column(ForeignKey("release.key"))
    timescales_key: Mapped[str | None] = mapped_column(ForeignKey("release.key"))  # whose agreed times, if others count
    calendar_key: Mapped[str] = mapped_column(default="")  # the edition of the calendars its days are counted in
    title: Mapped[str]  # whom it is about, in a few words
    status: Mapped[str] = mapped_column(default=OPEN, index=True)
    opened_at: Mapped[datetime] = mapped_column(Instant, index=True)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    revision: Mapped[int] = mapped_column(default=0)  # one more with each step
    told: Mapped[int] = mapped_column(default=0)  # how many lines its history has
    head: Mapped[str] = mapped_column(default=BEGINNING)  # the hash of the last of them
    attempts: Mapped[int] = mapped_column(default=0)  # by the worker, since it last succeeded
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    is_stopped: Mapped[bool] = mapped_column(default=False)  # by an incident, until somebody has looked
    virtual_at: Mapped[datetime | None] = mapped_column(Instant)  # what its own clock shows; real cases have none
    correlation_key: Mapped[str] = mapped_column(default="", server_default="")  # whom or what it is about, hashed
    retain_until: Mapped[date | None] = mapped_column(index=True)  # since it closed; None where it is kept for good
    kept_because: Mapped[str] = mapped_column(Text, default="", server_default="")  # why it must not be deleted
    kept_until: Mapped[date | None]  # the last day of that; None where no day is known
    due_at: Mapped[datetime | None] = mapped_column(Instant)  # the earliest limit of its open tasks
    risk: Mapped[str] = mapped_column(default="", server_default="")  # how high it was found to be; "" until then
    last_word_at: Mapped[datetime | None] = mapped_column(Instant)  # when the person was last written to
    tallied: Mapped[int] = mapped_column(default=0, server_default="0")  # how many lines of its history are in numbers
    __mapper_args__ = {"version_id_col": revision, "version_id_generator": False}


_STOPPED_FIRST = (Case.is_stopped.desc(), Case.due_at, Case.id)  # then by their limit
Index("ix_case_board", *_STOPPED_FIRST, postgresql_where=_ON_BOARD, sqlite_where=_ON_BOARD)


class Snapshot(db.Model):
    """The run of a case at rest. This is the truth; tasks and waiting timers are its index."""

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Task(db.Model):
    """A task that is open, copied from the run; and who has taken it."""

    __table_args__ = (
        Index("ix_task_step", "key", "case_id", "due_at"),
        Index("ix_task_agency", "agency_key", "case_id", "due_at", postgresql_where=_AGENCYS, sqlite_where=_AGENCYS),
    )
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    key: Mapped[str]
    process: Mapped[str]
    name: Mapped[str]
    role: Mapped[str] = mapped_column(index=True)
    form: Mapped[str] = mapped_column(default="")
    instructions: Mapped[str] = mapped_column(Text, default="")
    item: Mapped[Any | None] = mapped_column(Record)
    agency_key: Mapped[str | None]
    opened_at: Mapped[datetime] = mapped_column(Instant)
    because: Mapped[dict[str, Any] | None] = mapped_column(
        Record
    )  # the limit whose passing opened it: name, rule, due_on
    start_at: Mapped[datetime | None] = mapped_column(Instant)  # what its limit counts from
    due_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    due_on: Mapped[date | None]
    rule: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    taken_at: Mapped[datetime | None] = mapped_column(Instant)


class Timer(db.Model):
    """A timer: waiting, fired, stood down because what it watched was done in time, or moved to another instant."""

    __table_args__ = (
        Index(
            "ix_timer_waiting_due",
            "due_at",
            postgresql_where=text("state = 'waiting'"),
            sqlite_where=text("state = 'waiting'"),
        ),
        Index(  # for how late timers were, lately
            "ix_timer_fired",
            "ended_at",
            "due_at",
            postgresql_where=text("state = 'fired'"),
            sqlite_where=text("state = 'fired'"),
        ),
        Index("ix_timer_case", "case_id"),
        Index("ix_timer_waiting_on", "task_key", "due_at", postgresql_where=_WAITS, sqlite_where=_WAITS),
    )
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)  # of the waiting task in the run
    key: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column(Instant, primary_key=True)  # a cycle has a row for each round
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    process: Mapped[str]
    name: Mapped[str]
    rule: Mapped[str]
    task_key: Mapped[str] = mapped_column(default="")
    start_at: Mapped[datetime] = mapped_column(Instant)
    due_on: Mapped[date | None]
    milestone: Mapped[str] = mapped_column(default="")  # in the table of agreed timescales
    first_due_on: Mapped[date | None]  # the day that was promised first, where it has moved
    held_at: Mapped[datetime | None] = mapped_column(Instant)  # since when its clock is held; due when that must end
    state: Mapped[str] = mapped_column(default=WAITING)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class Incident(db.Model):
    """A case that cannot move, until somebody has looked."""

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    element: Mapped[str] = mapped_column(default="")
    says: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    resolved_at: Mapped[datetime | None] = mapped_column(Instant)
    resolved_by: Mapped[str] = mapped_column(default="")


class ReferenceNumber(db.Model):
    """The last number given out in a year, so that references have no gaps and no doubles."""

    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)
    training: Mapped[int] = mapped_column(default=0, server_default="0")  # the same for training cases
    others: Mapped[int] = mapped_column(default=0, server_default="0")  # the same for all that is no review
