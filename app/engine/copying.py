"""A second run like a run at rest: the same tasks under other ids, and what people said replaced."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from app.engine import snapshot
from app.engine.timing import TIMERS

Rename = Callable[[UUID], UUID]  # the id that a task has in the copy
Retell = Callable[[Any], Any]  # a fact, or anything else that people said, as the copy may know it
Record = dict[str, Any]


def copied(kept: bytes, facts: Record, rename: Rename, retell: Retell) -> bytes:
    """The run in a snapshot, put away once more with other ``facts`` of the case."""
    record = snapshot.read(kept)
    ids = {row[0] for rows in _pages(record) for row in rows}
    new = {known: rename(UUID(known)) for known in ids}

    def row_of(row: list[Any]) -> list[Any]:
        own, parent, spec, state, triggered, internal, data = row
        return [
            new[own].hex,
            parent and new[parent].hex,
            *(spec, state, triggered),
            internal and _internal(internal, new, retell),
            data and retell(data),
        ]

    record["facts"] = facts
    record["tasks"] = [row_of(row) for row in record["tasks"]]
    record["scopes"] = [
        [rename(UUID(parent)).hex, spec, [row_of(row) for row in rows]] for parent, spec, rows in record["scopes"]
    ]
    return snapshot.written(record)


def _pages(record: Record) -> Iterator[list[list[Any]]]:
    """The rows of the process itself, and of each that is open inside it."""
    yield record["tasks"]
    yield from (rows for *_, rows in record["scopes"])


def _internal(noted: Record, new: dict[str, UUID], retell: Retell) -> Record:
    """What the library notes: ids of tasks in either spelling, items of a multi-instance, and our timers."""
    return {key: value if key == TIMERS else _renamed(value, new, retell) for key, value in noted.items()}


def _renamed(value: Any, new: dict[str, UUID], retell: Retell) -> Any:
    if isinstance(value, list):
        return [_renamed(one, new, retell) for one in value]
    if isinstance(value, str) and (known := value.replace("-", "")) in new:
        return str(new[known]) if "-" in value else new[known].hex
    return retell(value)
