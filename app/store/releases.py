"""Published drawings, tables and forms."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from app import errors
from app.store.db import db
from app.store.rows.releases import Release, ReleaseFile, Version


def live() -> Release:
    """The release that new cases follow, or ``NotFound`` when nothing has been published."""
    found = db.session.scalar(select(Release).order_by(Release.published_at.desc(), Release.key).limit(1))
    if found is None:
        raise errors.NotFound("No procedure has been published yet.")
    return found


def every() -> list[Release]:
    """Every release, the live one first."""
    return list(db.session.scalars(select(Release).order_by(Release.published_at.desc(), Release.key)))


def release(key: str) -> Release:
    """The release with this key, or ``NotFound``."""
    found = db.session.get(Release, key)
    if found is None:
        raise errors.NotFound(f"There is no release ‘{key}’.")
    return found


def files(key: str) -> dict[str, bytes]:
    """The files of a release as {name: content}."""
    query = (
        select(ReleaseFile.name, Version.content)
        .join(Version, Version.hash == ReleaseFile.version_hash)
        .where(ReleaseFile.release_key == key)
    )
    found = {name: content for name, content in db.session.execute(query)}
    if not found:
        raise errors.NotFound(f"There is no release ‘{key}’.")
    return found


def digest(content: bytes) -> str:
    """The hash that a file is known by."""
    return hashlib.sha256(content).hexdigest()


def keep(contents: Iterable[bytes]) -> None:
    """Keep the content of files, each once."""
    texts = {digest(content): content for content in contents}
    known = set(db.session.scalars(select(Version.hash).where(Version.hash.in_(texts))))
    db.session.add_all(Version(hash=one, content=text) for one, text in texts.items() if one not in known)
    db.session.flush()


def publish(
    key: str, content: Mapping[str, bytes], *, at: datetime, by: str, note: str, draft_id: UUID | None = None
) -> Release:
    """Make these files the live release. The same set again becomes the newest one again.

    It becomes the newest also where the clock stands still or was set back: it is published just after the last one.
    """
    newest = db.session.scalar(select(func.max(Release.published_at)))
    if newest is not None and at <= newest:
        at = newest + timedelta(microseconds=1)
    release = db.session.get(Release, key)
    if release is None:
        release = Release(key=key, published_at=at, published_by=by, note=note)
        db.session.add(release)
        db.session.flush()
        keep(content.values())
        named = ((name, digest(text)) for name, text in content.items())
        db.session.add_all(ReleaseFile(release_key=key, name=name, version_hash=one) for name, one in named)
    release.published_at, release.published_by, release.note, release.draft_id = at, by, note, draft_id
    return release
