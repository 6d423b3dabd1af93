"""The tokens of programs that read the API."""

from sqlalchemy import select

from app import errors
from app.store.db import db
from app.store.rows.out import ApiToken


def every() -> list[ApiToken]:
    """All that were ever made, the newest first."""
    return list(db.session.scalars(select(ApiToken).order_by(ApiToken.made_at.desc(), ApiToken.id.desc())))


def by_hash(hashed: str) -> ApiToken | None:
    """The token with this hash, if there is one."""
    return db.session.scalar(select(ApiToken).where(ApiToken.hash == hashed))


def load(token_id: int) -> ApiToken:
    """The token, read anew, or ``NotFound``."""
    found = db.session.get(ApiToken, token_id, populate_existing=True)
    if found is None:
        raise errors.NotFound("We could not find that token.")
    return found


def add(token: ApiToken) -> None:
    """Keep a new token."""
    db.session.add(token)
    db.session.flush()
