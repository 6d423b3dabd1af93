"""The plays that people have open in drafts, one for each person and draft."""

from uuid import UUID

from sqlalchemy import delete

from app.store.db import db
from app.store.rows.releasing import DraftPlay


def of(draft_id: UUID, person_id: int) -> DraftPlay | None:
    """The play that somebody has open in a draft."""
    return db.session.get(DraftPlay, (draft_id, person_id), populate_existing=True)


def keep(play: DraftPlay) -> None:
    """Keep a play, replacing the one that stood there."""
    db.session.merge(play)


def drop(draft_id: UUID, person_id: int) -> None:
    """Forget a play."""
    mine = (DraftPlay.draft_id == draft_id, DraftPlay.person_id == person_id)
    db.session.execute(delete(DraftPlay).where(*mine))
