"""Secrets and signatures of webhooks, as the Standard Webhooks specification has them.

What is signed is the id, the time in seconds since 1970 and the body, with dots between: HMAC-SHA256, in base64.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime

PREFIX = "whsec_"
LENGTH = 32  # bytes of randomness; the specification asks for 24 to 64


def make() -> str:
    """A new secret."""
    return PREFIX + base64.b64encode(secrets.token_bytes(LENGTH)).decode()


def headers(key: str, at: datetime, body: str, with_secrets: Iterable[str]) -> Mapping[str, str]:
    """The headers of a delivery: a signature with each secret, so that a receiver may know either."""
    seconds = str(int(at.timestamp()))
    signed = f"{key}.{seconds}.{body}".encode()
    return {
        "Content-Type": "application/json",
        "webhook-id": key,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(f"v1,{_signature(secret, signed)}" for secret in with_secrets),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
