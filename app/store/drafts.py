"""Drafts, documents, links and the keys of posts already dealt with."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from app import errors
from app.store.db import db
from app.store.rows.drafts import ApplicationDraft, Document, Link, RequestKey, TaskDraft


def of_task(task_id: UUID) -> TaskDraft | None:
    """The draft of a task, if somebody began one."""
    return db.session.get(TaskDraft, task_id, populate_existing=True)


def keep_task_draft(draft: TaskDraft) -> None:
    """Keep what somebody has written so far, replacing what stood there."""
    db.session.merge(draft)


def drop_task_draft(task_id: UUID) -> None:
    """Forget the draft of a task that has been finished."""
    db.session.execute(delete(TaskDraft).where(TaskDraft.task_id == task_id))


def application(link_hash: str) -> ApplicationDraft | None:
    """The application that a link belongs to."""
    return db.session.get(ApplicationDraft, link_hash, populate_existing=True)


def add(row: ApplicationDraft | Document | Link | RequestKey) -> None:
    """Keep a new row."""
    db.session.add(row)


def untouched_since(before: datetime, limit: int) -> list[ApplicationDraft]:
    """Up to ``limit`` applications nobody has touched since ``before``."""
    old = select(ApplicationDraft).where(ApplicationDraft.saved_at < before).order_by(ApplicationDraft.saved_at)
    return list(db.session.scalars(old.limit(limit)))


def link(link_hash: str) -> Link | None:
    """The link with this hash."""
    return db.session.get(Link, link_hash, populate_existing=True)


def lock_link(link_hash: str) -> Link | None:
    """The link with this hash, held until the transaction ends, so that it is used once and tries are counted."""
    query = select(Link).where(Link.hash == link_hash).with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)


def end_links_to(task_id: UUID, at: datetime) -> None:
    """End every link to a task that has not ended yet."""
    db.session.execute(update(Link).where(Link.task_id == task_id, Link.ends_at > at).values(ends_at=at))


def lock_application(link_hash: str) -> ApplicationDraft | None:
    """The application that a link belongs to, held until the transaction ends."""
    query = select(ApplicationDraft).where(ApplicationDraft.link_hash == link_hash)
    return db.session.scalar(query.with_for_update().execution_options(populate_existing=True))


def drop_application(link_hash: str) -> None:
    """Forget what somebody has begun to write."""
    db.session.execute(delete(ApplicationDraft).where(ApplicationDraft.link_hash == link_hash))


def drop_documents(ids: list[UUID]) -> None:
    """Delete files that belong to no case yet; files of a case are left alone."""
    db.session.execute(delete(Document).where(Document.id.in_(ids), Document.case_id.is_(None)))


def answered(key: str) -> UUID | None:
    """The case a post with this key went to, if it has been dealt with."""
    row = db.session.get(RequestKey, key)
    return row.case_id if row else None


def documents(case_id: UUID) -> list[Document]:
    """The files of a case, newest first, without their content."""
    query = select(Document).where(Document.case_id == case_id).order_by(Document.uploaded_at.desc(), Document.name)
    return list(db.session.scalars(query))


def claim_documents(ids: list[UUID], case_id: UUID) -> None:
    """Hang files that were sent with an application on its case; files of another case are left alone."""
    query = select(Document).where(Document.id.in_(ids), Document.case_id.is_(None))
    for document in db.session.scalars(query):
        document.case_id = case_id


def document(document_id: UUID) -> Document:
    """A file, or ``NotFound``."""
    found = db.session.get(Document, document_id)
    if found is None:
        raise errors.NotFound("We could not find that file.")
    return found


def of_person(ids: list[UUID]) -> dict[UUID, Any]:
    """The drafts of several tasks by task, in one query."""
    return {d.task_id: d for d in db.session.scalars(select(TaskDraft).where(TaskDraft.task_id.in_(ids)))}
