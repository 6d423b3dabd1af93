"""Whether a value is of a type: what ``instance of`` asks (DMN 1.5, 10.3.2.9.3)."""

from typing import Any

from app.feel.bounds import spend
from app.feel.nodes import Type
from app.feel.values import Range, kind

_OTHER_NAMES = {
    "dateTime": "date and time",
    "date time": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "null": "Null",
    "any": "Any",
}


def conforms(value: Any, wanted: Type) -> bool:
    """Whether the value is of the type; null is of the type Null only."""
    name = _OTHER_NAMES.get(wanted.name, wanted.name)
    found = kind(value)
    if name == "Any":
        return value is not None
    if name == "duration":
        return found.endswith(" duration")
    if found != name:
        return False
    return not wanted.of or _inside(value, wanted)


def _inside(value: Any, wanted: Type) -> bool:
    if isinstance(value, list):
        spend(len(value))
        return all(one is None or conforms(one, wanted.of[0]) for one in value)
    if isinstance(value, dict):
        pairs = zip(wanted.keys, wanted.of, strict=True)
        return all(key in value and (value[key] is None or conforms(value[key], one)) for key, one in pairs)
    if isinstance(value, Range):
        return all(end is None or conforms(end, wanted.of[0]) for end in (value.low, value.high))
    return True  # a function: what it takes is not known before it is called
