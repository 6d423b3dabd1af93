"""The shape of a record that anybody may have written: each part is asked for by its kind, what is wrong is told."""

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from app.errors import DrawingBroken, Problem

LONGEST = 200  # characters of a word, such as the key of a task
DEEPEST = 20  # levels of answers within each other
MOST_PROBLEMS = 20  # told of one file: more would help nobody
Checked = TypeVar("Checked")


class Shape:
    """What is wrong with one file, by place."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Problem] = []

    def tell(self, where: str, says: str) -> None:
        """Keep a problem; ``where`` is "" for the file as a whole."""
        if len(self.found) < MOST_PROBLEMS:
            self.found.append(Problem(self.file, where, says))

    def raise_any(self) -> None:
        """Raise ``DrawingBroken`` with everything that was told."""
        if self.found:
            raise DrawingBroken(*self.found)

    def only(self, record: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
        """Nothing but what is known."""
        for key in record:
            if key not in known:
                self.tell(where, f"‘{str(key)[:60]}’ is not known here. Known are: {', '.join(known)}.")

    def text(
        self, record: Mapping[str, Any], key: str, where: str, *, longest: int = LONGEST, needed: bool = True
    ) -> str:
        """A text on one line; "" where there is none."""
        found = record.get(key, "")
        if not isinstance(found, str) or (needed and not found.strip()):
            self.tell(where, f"‘{key}’ must be a text.")
            return ""
        if len(found) > longest:
            self.tell(where, f"‘{key}’ must be {longest:,} characters or fewer.")
        return " ".join(found[:longest].split())

    def flag(self, record: Mapping[str, Any], key: str, where: str) -> bool:
        """True or false; false where nothing is said."""
        found = record.get(key, False)
        if not isinstance(found, bool):
            self.tell(where, f"‘{key}’ must be true or false.")
        return found is True

    def number(self, record: Mapping[str, Any], key: str, where: str, most: int) -> int:
        """A whole number from 0; 0 where nothing is said."""
        found = record.get(key, 0)
        if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= most:
            self.tell(where, f"‘{key}’ must be a whole number up to {most:,}.")
            return 0
        return found

    def record(self, record: Mapping[str, Any], key: str, where: str) -> dict[str, Any]:
        """A record; empty where nothing is said."""
        found = record.get(key, {})
        if not isinstance(found, dict) or not is_plain(found):
            self.tell(where, f"‘{key}’ must be an object in braces, at most {DEEPEST} levels deep.")
            return {}
        return found

    def several(self, record: Mapping[str, Any], key: str, where: str, *, most: int) -> list[Any]:
        """A list; empty where nothing is said."""
        found = record.get(key, [])
        if not isinstance(found, list) or len(found) > most:
            self.tell(where, f"‘{key}’ must be a list of at most {most:,}.")
            return []
        return found

    def checked(self, check: Callable[[Any], Checked | None], record: Mapping[str, Any], key: str) -> Checked | None:
        """What an expectation says; None where nothing is said of it."""
        if key not in record:
            return None
        found = check(record[key])
        if found is None:
            self.tell("expects", f"‘{key}’ is not written as it should be: see docs/scenarios.md.")
        return found


def is_plain(value: Any, level: int = 0) -> bool:
    """Whether a value is JSON that a case may keep: not too deep, and with no number that is none."""
    if level > DEEPEST:
        return False
    if isinstance(value, dict):
        return "typename" not in value and all(is_plain(one, level + 1) for one in value.values())
    if isinstance(value, list):
        return all(is_plain(one, level + 1) for one in value)
    return not isinstance(value, float) or math.isfinite(value)
