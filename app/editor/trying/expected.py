"""What is expected of a play. A section that says nothing is not looked at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.editor.trying.shape import is_plain

CLOSED, OPEN, STUCK = "closed", "open", "stuck"  # how a play ends
MOST = 1_000  # entries of one section
LONGEST = 200  # characters of one
Words = tuple[str, ...]


@dataclass(frozen=True)
class Expected:
    """What is expected, section by section; None where nothing is."""

    path: Words | None = None  # elements that it goes through, in this order; others may come in between
    ends: str | None = None  # ``closed``, ``open`` or ``stuck``
    open: Words | None = None  # the tasks that are open at the end, by key, in order of their keys
    dates: Mapping[str, str] | None = None  # the last day of a milestone or limit, as it was last; ISO 8601
    limits_passed: Words | None = None  # whose time limits passed, in order
    letters: Mapping[str, Words] | None = None  # all letters to each of these recipients, in order
    tables: Mapping[str, Mapping[str, Any]] | None = None  # what a table said last, by the path of its output

    @property
    def is_empty(self) -> bool:
        """Whether nothing is expected at all."""
        return all(getattr(self, key) is None for key in SECTIONS)

    def as_record(self) -> dict[str, Any]:
        """As JSON says it."""
        found = {key: getattr(self, key) for key in SECTIONS if getattr(self, key) is not None}
        return {key: _plain(value) for key, value in found.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _words(said: Any) -> Words | None:
    is_right = isinstance(said, list) and len(said) <= MOST and all(_is_word(one) for one in said)
    return tuple(said) if is_right else None


def _end(said: Any) -> str | None:
    return said if said in (CLOSED, OPEN, STUCK) else None


def _sorted(said: Any) -> Words | None:
    words = _words(said)
    return None if words is None else tuple(sorted(words))


def _dates(said: Any) -> dict[str, str] | None:
    return dict(said) if _is_record(said) and all(_is_word(one) for one in said.values()) else None


def _letters(said: Any) -> dict[str, Words] | None:
    found = {who: _words(letters) for who, letters in said.items()} if _is_record(said) else {"": None}
    return None if None in found.values() else {who: words or () for who, words in found.items()}


def _tables(said: Any) -> dict[str, Mapping[str, Any]] | None:
    is_right = _is_record(said) and all(_is_record(one) and is_plain(one) for one in said.values())
    return dict(said) if is_right else None


def _is_record(said: Any) -> bool:
    return isinstance(said, dict) and len(said) <= MOST and all(_is_word(key) for key in said)


def _is_word(said: Any) -> bool:
    return isinstance(said, str) and 0 < len(said) <= LONGEST


SECTIONS: Mapping[str, Callable[[Any], Any]] = {  # the sections in the order in which they are looked at
    "path": _words,
    "ends": _end,
    "open": _sorted,
    "dates": _dates,
    "limits_passed": _words,
    "letters": _letters,
    "tables": _tables,
}
