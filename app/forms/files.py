"""The files that answers name."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID


def ids(answers: Any) -> Iterator[UUID]:
    """The id of every file named in answers, however deep."""
    if isinstance(answers, Mapping) and {"id", "name", "size"} <= answers.keys():
        yield UUID(str(answers["id"]))
    elif isinstance(answers, Mapping | list):
        for value in answers.values() if isinstance(answers, Mapping) else answers:
            yield from ids(value)
