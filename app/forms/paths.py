"""Answers as nested dictionaries, reached by dotted keys such as ``victim.phone``."""

from collections.abc import Mapping
from typing import Any


def has(answers: Mapping[str, Any], key: str) -> bool:
    """True when something stands at ``key``, be it null; never at the empty key."""
    if not key:
        return False
    *above, last = key.split(".")
    inner = get(answers, ".".join(above)) if above else answers
    return isinstance(inner, Mapping) and last in inner


def get(answers: Mapping[str, Any], key: str) -> Any:
    """What stands at ``key``, or None."""
    found: Any = answers
    for part in key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def put(answers: dict[str, Any], key: str, value: Any) -> None:
    """``answers`` with ``value`` at ``key``; what stood in the way and was no dictionary is replaced."""
    *above, last = key.split(".")
    for part in above:
        inner = answers.get(part)
        if not isinstance(inner, dict):
            inner = answers[part] = {}
        answers = inner
    answers[last] = value


def merge(base: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """A new dictionary: dictionaries merge key by key, everything else (lists, nulls too) replaces."""
    merged = dict(base)
    for key, value in values.items():
        before = merged.get(key)
        if isinstance(value, Mapping):
            value = merge(before if isinstance(before, Mapping) else {}, value)
        merged[key] = value
    return merged
