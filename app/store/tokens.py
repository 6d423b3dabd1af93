"""Secrets that stand in an address: made here, and known afterwards by their hash alone.

Invariant: nothing but a whole token is ever looked up, and only by hash, so that no answer tells how near a guess was.
"""

import base64
import hashlib
import re
import secrets

from app import errors

LENGTH = 32  # bytes of randomness
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def make() -> str:
    """A new secret of 43 characters that may stand in an address."""
    return secrets.token_urlsafe(LENGTH)


def hashed(token: str) -> str:
    """The hash by which a secret is found again. Raises ``NotFound`` for what cannot be one of ours."""
    if not _TOKEN.fullmatch(token):
        raise errors.NotFound("We could not find that link.")
    return hashlib.sha256(token.encode()).hexdigest()


def derived(token: str, purpose: str) -> str:
    """A second secret that follows from the first, so that the same post gives the same link again."""
    digest = hashlib.sha256(f"{purpose}:{token}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
