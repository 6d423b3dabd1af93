"""The link by which somebody may say once, without their name, how their case went. Source: domain rule, 30 days.

It follows from the case and the installation's secret, so that the letter and the person's own page give the same one.
Only its hash is kept.
"""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from uuid import UUID

from app.config import Settings
from app.store import feedback
from app.store.rows.cases import Case
from app.store.rows.feedback import FeedbackLink

LETTERS = frozenset({"closure", "review_stopped"})  # that carry it
LIVES = timedelta(days=30)


def make(case: Case, settings: Settings, at: datetime) -> str:
    """The address of the link of a case, made if there is none; "" for a training case. Call it in a transaction."""
    if case.virtual_at is not None:
        return ""
    token = _token(case.id, settings)
    if feedback.link(_hashed(token)) is None:
        feedback.add(FeedbackLink(hash=_hashed(token), case_id=case.id, ends_at=at + LIVES, is_used=False))
    return _address(token, settings)


def standing(case_id: UUID, settings: Settings, at: datetime) -> str:
    """The address of the link of a case that may still be used; "" where none may."""
    token = _token(case_id, settings)
    found = feedback.link(_hashed(token))
    return _address(token, settings) if found and not found.is_used and found.ends_at > at else ""


def _token(case_id: UUID, settings: Settings) -> str:
    digest = hmac.digest(settings.secret_key.encode(), b"feedback:" + case_id.bytes, "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _address(token: str, settings: Settings) -> str:
    return f"{settings.public_url}/feedback/{token}"
