"""What has been published: drawings, tables and forms by content."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.store.columns import Instant
from app.store.db import db


class Version(db.Model):
    """The content of one file, known by its hash."""

    hash: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Release(db.Model):
    """A set of files that were published together. ``key`` is the hash of the set; the newest one is live."""

    key: Mapped[str] = mapped_column(primary_key=True)
    published_at: Mapped[datetime] = mapped_column(Instant, index=True)
    published_by: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    draft_id: Mapped[UUID | None] = mapped_column(Uuid)  # that it was prepared as; none where it came with the system


class ReleaseFile(db.Model):
    """That a release holds a version under a file name."""

    release_key: Mapped[str] = mapped_column(ForeignKey("release.key"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    version_hash: Mapped[str] = mapped_column(ForeignKey("version.hash"))
