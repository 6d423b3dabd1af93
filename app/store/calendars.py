"""Keeping editions of the calendars."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import errors
from app.store.db import db
from app.store.rows.calendars import CalendarEdition


def in_force() -> CalendarEdition | None:
    """The edition that new cases are counted in; None for the package's data as they are."""
    query = select(CalendarEdition).where(CalendarEdition.in_force_at.is_not(None))
    return db.session.scalar(query.order_by(CalendarEdition.in_force_at.desc(), CalendarEdition.key).limit(1))


def edition(key: str) -> CalendarEdition:
    """The edition with this key, or ``NotFound``."""
    found = db.session.get(CalendarEdition, key)
    if found is None:
        raise errors.NotFound(f"There is no edition of the calendars ‘{key}’.")
    return found


def editions() -> Sequence[CalendarEdition]:
    """All of them, the newest first."""
    return list(db.session.scalars(select(CalendarEdition).order_by(CalendarEdition.made_at.desc())))


def propose(key: str, changes: list[dict[str, Any]], *, at: datetime, by: str, note: str) -> CalendarEdition:
    """Keep an edition that is not in force yet. The same one again is left as it is."""
    known = db.session.get(CalendarEdition, key)
    if known is not None:
        return known
    row = CalendarEdition(key=key, changes=changes, made_at=at, made_by=by, note=note, in_force_at=None)
    db.session.add(row)
    return row
