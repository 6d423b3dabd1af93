"""Drafts of releases: their saves, who edits what, comments and proposals."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select

from app import errors
from app.store.db import db
from app.store.rows.releases import ReleaseFile, Version
from app.store.rows.releasing import (
    OPEN,
    PROPOSED,
    Comment,
    Editing,
    Proposal,
    ReleaseChange,
    ReleaseDraft,
    ReleaseSave,
)


def contents(hashes: Iterable[str]) -> dict[str, bytes]:
    """The content of files by their hashes."""
    query = select(Version.hash, Version.content).where(Version.hash.in_(list(hashes)))
    return {one: content for one, content in db.session.execute(query)}


def hashes_of(release_key: str) -> dict[str, str]:
    """The files of a release: {name: hash}."""
    query = select(ReleaseFile.name, ReleaseFile.version_hash).where(ReleaseFile.release_key == release_key)
    return {name: one for name, one in db.session.execute(query)}


def add(row: ReleaseDraft | ReleaseSave | Comment | Proposal) -> None:
    """Keep a new row."""
    db.session.add(row)
    db.session.flush()


def draft(draft_id: UUID) -> ReleaseDraft:
    """The draft with this id, or ``NotFound``."""
    found = db.session.get(ReleaseDraft, draft_id)
    if found is None:
        raise errors.NotFound("We could not find that draft.")
    return found


def lock(draft_id: UUID) -> ReleaseDraft:
    """The draft, held until the transaction ends."""
    query = select(ReleaseDraft).where(ReleaseDraft.id == draft_id).with_for_update()
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise errors.NotFound("We could not find that draft.")
    return found


def drafts(states: Iterable[str] = (OPEN, PROPOSED)) -> list[ReleaseDraft]:
    """Drafts in these states, the one that was touched last first."""
    query = select(ReleaseDraft).where(ReleaseDraft.state.in_(list(states)))
    return list(db.session.scalars(query.order_by(ReleaseDraft.touched_at.desc(), ReleaseDraft.id)))


def change(draft_id: UUID, number: int, hashes: Mapping[str, str | None]) -> None:
    """Keep what a save changed: {name: hash, or None for a file that it took away}."""
    rows = (ReleaseChange(draft_id=draft_id, number=number, name=n, version_hash=h) for n, h in hashes.items())
    db.session.add_all(rows)
    db.session.flush()


def changes(draft_id: UUID, up_to: int) -> dict[str, str | None]:
    """What a draft says otherwise than its release, as save ``up_to`` left it: {name: hash, or None}."""
    last = (
        select(ReleaseChange.name, func.max(ReleaseChange.number).label("number"))
        .where(ReleaseChange.draft_id == draft_id, ReleaseChange.number <= up_to)
        .group_by(ReleaseChange.name)
        .subquery()
    )
    query = select(ReleaseChange.name, ReleaseChange.version_hash).join(
        last, (last.c.name == ReleaseChange.name) & (last.c.number == ReleaseChange.number)
    )
    return {name: one for name, one in db.session.execute(query.where(ReleaseChange.draft_id == draft_id))}


def saves(draft_id: UUID) -> list[tuple[ReleaseSave, list[str]]]:
    """Every save of a draft with the names of its files, the last first."""
    query = select(ReleaseSave).where(ReleaseSave.draft_id == draft_id).order_by(ReleaseSave.number.desc())
    named: dict[int, list[str]] = {}
    touched = select(ReleaseChange.number, ReleaseChange.name).where(ReleaseChange.draft_id == draft_id)
    for number, name in db.session.execute(touched.order_by(ReleaseChange.name)):
        named.setdefault(number, []).append(name)
    return [(save, named.get(save.number, [])) for save in db.session.scalars(query)]


def last_save(draft_id: UUID, name: str) -> ReleaseSave | None:
    """The save that touched a file last; None where the draft never did."""
    query = (
        select(ReleaseSave)
        .join(
            ReleaseChange,
            (ReleaseChange.draft_id == ReleaseSave.draft_id) & (ReleaseChange.number == ReleaseSave.number),
        )
        .where(ReleaseChange.draft_id == draft_id, ReleaseChange.name == name)
        .order_by(ReleaseSave.number.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def edits(row: Editing) -> None:
    """Note that somebody has a file open."""
    db.session.merge(row)


def stops_editing(draft_id: UUID, name: str, person_id: int) -> None:
    """Note that somebody has closed it."""
    which = (Editing.draft_id == draft_id, Editing.name == name, Editing.person_id == person_id)
    db.session.execute(delete(Editing).where(*which))


def editing(draft_ids: Iterable[UUID], since: datetime) -> list[Editing]:
    """Who has had files of these drafts open since an instant."""
    query = select(Editing).where(Editing.draft_id.in_(list(draft_ids)), Editing.seen_at >= since)
    return list(db.session.scalars(query.order_by(Editing.name, Editing.by)))


def comments(draft_id: UUID, name: str | None = None) -> list[Comment]:
    """The comments of a draft, or of one file in it, the oldest first."""
    query = select(Comment).where(Comment.draft_id == draft_id).order_by(Comment.at, Comment.id)
    return list(db.session.scalars(query if name is None else query.where(Comment.name == name)))


def comment(comment_id: int) -> Comment:
    """One comment, or ``NotFound``."""
    found = db.session.get(Comment, comment_id)
    if found is None:
        raise errors.NotFound("We could not find that comment.")
    return found


def proposals(draft_id: UUID) -> list[Proposal]:
    """Every time that a draft was put before a second person, the last first."""
    query = select(Proposal).where(Proposal.draft_id == draft_id).order_by(Proposal.id.desc())
    return list(db.session.scalars(query))
