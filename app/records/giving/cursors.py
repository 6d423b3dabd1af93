"""The place in a list at which the next page begins, as a text that programs hand back and do not read."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app import errors

Key = tuple[Any, ...]
READ: Mapping[str, Callable[[Any], Any]] = {  # by the letter of each kind of value
    "i": int,
    "s": str,
    "u": UUID,
    "t": lambda text: datetime.fromisoformat(text).astimezone(UTC),
}
LETTERS: tuple[tuple[type, str], ...] = ((UUID, "u"), (datetime, "t"), (int, "i"), (str, "s"))
LONGEST = 500  # characters


def written(resource: str, key: Key) -> str:
    """The cursor after a row with this key."""
    told = [resource, [[_letter(value), _plain(value)] for value in key]]
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


def read(resource: str, kinds: str, cursor: str) -> Key | None:
    """The key in a cursor of ours; None where there is none. ``kinds``: a letter for each value that it must have.

    Raises ``Refused`` for anything else.
    """
    if not cursor:
        return None
    try:
        if len(cursor) > LONGEST:
            raise ValueError
        named, values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if named != resource or "".join(letter for letter, _ in values) != kinds:
            raise ValueError
        return tuple(READ[letter](value) for letter, value in values)
    except (ValueError, TypeError, KeyError, binascii.Error, OverflowError, RecursionError) as problem:
        raise errors.Refused({"cursor": "This is no cursor of this list. Begin again without one."}) from problem


def _letter(value: Any) -> str:
    return next(letter for kind, letter in LETTERS if isinstance(value, kind))


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | str) else value.isoformat() if isinstance(value, datetime) else str(value)
