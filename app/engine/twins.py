"""Runs that are alike: copies of a run at rest, each under ids of its own.

Only for benches, which need a hundred thousand cases in seconds. What is copied was put away by a real run, so each
copy wakes, fires and settles as that run would.
"""

import zlib
from collections.abc import Iterator
from uuid import UUID, uuid4

import orjson

from app.engine import snapshot

Twin = tuple[bytes, dict[UUID, UUID]]  # a snapshot; and for each id in the first run the one that stands here


def twins(kept: bytes, number: int) -> Iterator[Twin]:
    """``number`` copies of the run in a snapshot."""
    record = snapshot.read(kept)
    rows = [*record["tasks"], *(row for scope in record["scopes"] for row in scope[2])]
    ids, text = [UUID(row[0]) for row in rows], orjson.dumps(record)
    for _ in range(number):
        named = {own: uuid4() for own in ids}
        yield zlib.compress(_renamed(text, named), 1), named


def _renamed(text: bytes, named: dict[UUID, UUID]) -> bytes:
    for before, now in named.items():
        text = text.replace(before.hex.encode(), now.hex.encode())
    return text
