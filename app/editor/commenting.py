"""What people say of a draft: of a file as a whole, or of one element in it. Nothing is deleted; it is dealt with."""

from uuid import UUID

from app import errors
from app.cases.access import Who
from app.clock import Clock
from app.editor import drafts
from app.store import releasing
from app.store.rows.releasing import Comment
from app.store.transactions import transaction

LONGEST = 2_000  # characters


def say(draft_id: UUID, name: str, element: str, text: str, who: Who, *, clock: Clock) -> Comment:
    """Keep a comment on a file of a draft. Raises ``Refused`` naming ``text``, ``NotFound`` for another file."""
    words = text.strip()
    if not words:
        raise errors.Refused({"text": "Write what you want to say"})
    if len(words) > LONGEST:
        raise errors.Refused({"text": f"What you say must be {LONGEST:,} characters or fewer"})
    if who.id is None:
        raise errors.NotAllowed
    draft = releasing.draft(draft_id)
    if name not in drafts.hashes(draft):
        raise errors.NotFound("We could not find that file in this draft.")
    with transaction():
        row = Comment(
            draft_id=draft_id,
            name=name,
            element=element[:200],
            text=words,
            at=clock(),
            by=who.name,
            person_id=who.id,
            resolved_by="",
        )
        releasing.add(row)
        return row


def deal_with(draft_id: UUID, comment_id: int, who: Who, *, clock: Clock) -> None:
    """Note that a comment is dealt with."""
    with transaction():
        row = releasing.comment(comment_id)
        if row.draft_id != draft_id:
            raise errors.NotFound("We could not find that comment.")
        if row.resolved_at is None:
            row.resolved_at, row.resolved_by = clock(), who.name
