"""What the open tasks have in common: steps, roles, people. Read from indexes alone, however many there are."""

from typing import Any

from sqlalchemy import func, select

from app.store.db import db
from app.store.rows.cases import Task


def steps() -> list[tuple[str, str]]:
    """Every step that somebody is at, as (key, name)."""
    walk = _each(Task.key)
    name = select(Task.name).where(Task.key == walk.c.value).order_by(Task.case_id).limit(1).scalar_subquery()
    return [(key, words) for key, words in db.session.execute(select(walk.c.value, name).where(walk.c.value != ""))]


def roles() -> list[str]:
    """Every role that has something to do."""
    walk = _each(Task.role)
    return list(db.session.scalars(select(walk.c.value).where(walk.c.value.is_not(None))))


def people() -> list[int]:
    """The ids of those who have taken a task."""
    walk = _each(Task.person_id)
    return list(db.session.scalars(select(walk.c.value).where(walk.c.value.is_not(None))))


def _each(column: Any) -> Any:
    """The values of an indexed column, walked through the index from one to the next: the rows are not read."""
    walk = select(func.min(column).label("value")).cte("walk", recursive=True)
    following = select(func.min(column)).where(column > walk.c.value).scalar_subquery()
    return walk.union_all(select(following).where(walk.c.value.is_not(None)))
