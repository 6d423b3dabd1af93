"""What process owners prepare: drafts of a release, every save of them, comments, and asking a second person."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import Instant
from app.store.db import db

OPEN, PROPOSED, PUBLISHED, DROPPED = "open", "proposed", "published", "dropped"


class ReleaseDraft(db.Model):
    """A release that is being prepared: what differs from the one that it is based on stands in its saves."""

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    title: Mapped[str]
    based_on: Mapped[str] = mapped_column(ForeignKey("release.key"))  # whose files its first save began from
    follows: Mapped[str] = mapped_column(ForeignKey("release.key"))  # what its changes are counted against
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str]
    state: Mapped[str] = mapped_column(default=OPEN)
    number: Mapped[int] = mapped_column(default=0)  # of the last save
    touched_at: Mapped[datetime] = mapped_column(Instant)


class ReleaseSave(db.Model):
    """One save of a draft, numbered from 1. It is never changed."""

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("release_draft.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(default="")


class ReleaseChange(db.Model):
    """A file as a save left it. Without a hash the file was taken away."""

    __table_args__ = (ForeignKeyConstraint(["draft_id", "number"], ["release_save.draft_id", "release_save.number"]),)
    draft_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(primary_key=True)
    version_hash: Mapped[str | None] = mapped_column(ForeignKey("version.hash"))


class Editing(db.Model):
    """That somebody has a file of a draft open. It counts for as long as their page says so."""

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("release_draft.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    by: Mapped[str]
    seen_at: Mapped[datetime] = mapped_column(Instant)


class Comment(db.Model):
    """What somebody says of a file of a draft, or of one element in it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("release_draft.id"), index=True)
    name: Mapped[str]
    element: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    resolved_at: Mapped[datetime | None] = mapped_column(Instant)
    resolved_by: Mapped[str] = mapped_column(default="")


class Proposal(db.Model):
    """That a draft, as one save left it, was put before a second person, and what they said."""

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("release_draft.id"), index=True)
    number: Mapped[int]  # of the save that is meant
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str]
    decision: Mapped[str] = mapped_column(default="")  # approved, sent_back or taken_back; "" while it waits
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(default="")


class DraftPlay(db.Model):
    """The play that somebody has open in a draft: a scenario, and how many of its acts are done."""

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("release_draft.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    scenario: Mapped[str]  # as its file is written
    name: Mapped[str] = mapped_column(default="")  # of the file that it came from
    place: Mapped[int] = mapped_column(default=0)
    touched_at: Mapped[datetime] = mapped_column(Instant)
