"""What somebody is writing to us and has not sent: kept from the first page on, right or wrong.

Found again by a secret link, or, for what belongs to a case, by the case. Gone 30 days after the last touch.
"""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from app import errors
from app.clock import Clock
from app.store import drafts, tokens
from app.store.rows.drafts import ApplicationDraft
from app.store.transactions import transaction

KEPT = timedelta(days=30)


def begin(clock: Clock, known: Mapping[str, Any] = MappingProxyType({})) -> str:
    """A new application, empty but for what is ``known``; gives the secret by which it is found again."""
    token = tokens.make()
    with transaction():
        drafts.add(ApplicationDraft(link_hash=tokens.hashed(token), answers=dict(known), saved_at=clock()))
    return token


def find(token: str, clock: Clock) -> ApplicationDraft:
    """The application a secret belongs to. Raises ``NotFound`` when there is none, or it is too old."""
    draft = drafts.application(tokens.hashed(token))
    if draft is None or draft.saved_at < clock() - KEPT:
        raise errors.NotFound("We could not find what you began. We keep it for 30 days.")
    return draft


def keep(link_hash: str, answers: Mapping[str, Any], page: int, clock: Clock) -> None:
    """Keep the answers so far. What has been sent is not written over."""
    with transaction():
        draft = drafts.lock_application(link_hash)
        if draft is None:
            drafts.add(ApplicationDraft(link_hash=link_hash, answers=dict(answers), page=page, saved_at=clock()))
        elif draft.case_id is None:
            draft.answers, draft.page, draft.saved_at = dict(answers), page, clock()


def key_in_case(purpose: str, case_id: UUID) -> str:
    """The key of what is being written inside a case; no secret leads to it, because no token has a colon."""
    return hashlib.sha256(f"{purpose}:{case_id.hex}".encode()).hexdigest()


def answers_in_case(key: str) -> dict[str, Any]:
    """The answers so far of what is being written inside a case."""
    draft = drafts.application(key)
    return dict(draft.answers) if draft else {}
