"""Codes for people in what leaves the house: a name that tells nobody who they are."""

import hashlib
import hmac
import secrets

from app.config import Settings


class Pseudonyms:
    """A name for each person that tells nobody who they are: the same in every file of this installation.

    It follows from the installation's secret key. Without one it holds for one file only.
    """

    def __init__(self, settings: Settings) -> None:
        self._key = (settings.secret_key or secrets.token_hex()).encode()

    def of(self, person_id: int | None) -> str:
        """The pseudonym; "" for nobody."""
        if person_id is None:
            return ""
        return "p_" + hmac.new(self._key, f"export person {person_id}".encode(), hashlib.sha256).hexdigest()[:12]
