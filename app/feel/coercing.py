"""Bringing a value to a type: the implicit conversions of DMN 1.5, 10.3.2.9.4.

One value becomes a list of it, a list of one becomes that one, a date becomes its midnight in UTC; what still is not
of the type, or is not among the values a defined type allows, becomes null.
"""

from datetime import date
from typing import Any

from app.feel.arithmetic import midnight
from app.feel.nodes import Type
from app.feel.temporal import read_date, read_date_and_time, read_duration, read_time
from app.feel.types import NO_BOOK, Allows, Book, conforms, is_known, resolved

_READERS = {
    "date": read_date,
    "time": read_time,
    "date and time": read_date_and_time,
    "days and time duration": read_duration,
    "years and months duration": read_duration,
}


def coerced(value: Any, wanted: Type | None, book: Book = NO_BOOK, allows: Allows | None = None) -> Any:
    """The value as one of the type, or null. No type, or one that is not defined: the value as it is."""
    if wanted is None or value is None or conforms(value, wanted, book, allows) or not is_known(wanted, book):
        return value
    whole = resolved(wanted, book)
    for other in _others(value, whole):
        if conforms(other, wanted, book, allows):
            return other
    return None


def _others(value: Any, whole: Type) -> list[Any]:
    """What else the value could be."""
    if whole.name == "date and time" and type(value) is date:
        return [midnight(value)]
    if whole.name == "list" and type(value) is not list:
        return [[value]]
    if whole.name != "list" and type(value) is list and len(value) == 1:
        return [value[0]]
    return []


def from_text(value: Any, wanted: Type | None, book: Book) -> Any:
    """The value with texts read as dates, times and durations wherever the type wants one of those.

    JSON has none of these, so what comes in as JSON has them as ISO 8601 text.
    """
    if wanted is None or value is None:
        return value
    whole = resolved(wanted, book)
    if type(value) is str:
        return _read(value, whole.name)
    if type(value) is list:
        inner = whole.of[0] if whole.name == "list" and whole.of else None
        return [from_text(one, inner, book) for one in value]
    if type(value) is dict and whole.name == "context":
        entries = dict(zip(whole.keys, whole.of, strict=True))
        return {key: from_text(one, entries.get(key), book) for key, one in value.items()}
    return value


def _read(text: str, name: str) -> Any:
    found = _READERS[name](text) if name in _READERS else None
    return text if found is None else found
