"""Published drawings, tables and forms."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app import errors
from app.store.db import db
from app.store.rows.releases import Release, ReleaseFile, Version


def live() -> Release:
    """The release that new cases follow, or ``NotFound`` when nothing has been published."""
    found = db.session.scalar(select(Release).order_by(Release.published_at.desc(), Release.key).limit(1))
    if found is None:
        raise errors.NotFound("No procedure has been published yet.")
    return found


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


def publish(key: str, content: Mapping[str, bytes], *, at: datetime, by: str, note: str) -> Release:
    """Make these files the live release. The same set again becomes the newest one again."""
    release = db.session.get(Release, key)
    if release is None:
        release = Release(key=key, published_at=at, published_by=by, note=note)
        db.session.add(release)
        db.session.flush()
        for name, text in content.items():
            digest = hashlib.sha256(text).hexdigest()
            if db.session.get(Version, digest) is None:
                db.session.add(Version(hash=digest, content=text))
                db.session.flush()
            db.session.add(ReleaseFile(release_key=key, name=name, version_hash=digest))
    release.published_at, release.published_by, release.note = at, by, note
    return release
