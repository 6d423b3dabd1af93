"""Walking the cases that open by themselves."""

from sqlalchemy import select

from app.cli.walking import Walk
from app.store.db import db
from app.store.rows.cases import Case


def opened(process_id):
    """The cases of a process, oldest first."""
    db.session.rollback()
    query = select(Case).where(Case.process_id == process_id).order_by(Case.opened_at, Case.reference)
    return list(db.session.scalars(query, execution_options={"populate_existing": True}))


def walking(process_id, settings, clock):
    """The newest of them, to be walked."""
    walk = Walk(settings, clock)
    walk.id = opened(process_id)[-1].id
    return walk
