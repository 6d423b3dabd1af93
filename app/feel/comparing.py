"""Equality, order and membership, each true, false or null where two values cannot be compared.

Our one extension: a text compares with a date, time or duration when it reads as the same kind, because case
data is JSON and keeps days and instants as text. Source: DMN 1.5, 10.3.2.13, table 53.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from app.feel.bounds import spend
from app.feel.far import FAR, ordered
from app.feel.temporal import read_date, read_date_and_time, read_duration, read_time, with_offset
from app.feel.values import Months, Range, kind

_READERS: dict[type, Callable[[str], Any]] = {
    date: read_date,
    time: read_time,
    datetime: read_date_and_time,
    timedelta: read_duration,
    Months: read_duration,
}
_ORDERED = frozenset({Decimal, str, *_READERS})


def alike(a: Any, b: Any) -> tuple[Any, Any] | None:
    """Both values as one kind: a text beside a temporal value is read; None where the kinds differ."""
    if type(a) is type(b):
        return a, b
    if type(a) is str and type(b) in _READERS:
        a = _READERS[type(b)](a)
    elif type(b) is str and type(a) in _READERS:
        b = _READERS[type(a)](b)
    return (a, b) if type(a) is type(b) else None


def _comparable(pair: tuple[Any, Any]) -> tuple[Any, Any]:
    """The two as Python can compare them: a time in a zone has no offset there, so it would count as local."""
    return (with_offset(pair[0]), with_offset(pair[1])) if type(pair[0]) is time else pair


def equal(a: Any, b: Any) -> bool | None:
    """Whether two values are the same; null for values of different kinds."""
    if a is None or b is None:
        return a is b
    if type(a) is list and type(b) is list:
        return _equal_lists(a, b)
    if type(a) is dict and type(b) is dict:
        return _equal_contexts(a, b)
    pair = alike(a, b)
    if pair is None:
        return False if kind(a) == kind(b) else None  # one of them far
    if type(a) is Range:
        return _equal_ranges(a, b)
    pair = _comparable(pair)
    return bool(pair[0] == pair[1])


def _equal_lists(a: list[Any], b: list[Any]) -> bool:
    spend(1 + min(len(a), len(b)))
    return len(a) == len(b) and all(equal(x, y) is True for x, y in zip(a, b, strict=True))


def _equal_contexts(a: dict[str, Any], b: dict[str, Any]) -> bool:
    spend(1 + min(len(a), len(b)))
    return a.keys() == b.keys() and all(equal(a[key], b[key]) is True for key in a)


def _equal_ranges(a: Range, b: Range) -> bool:
    same_ends = (a.low_included, a.high_included) == (b.low_included, b.high_included)
    return same_ends and equal(a.low, b.low) is True and equal(a.high, b.high) is True


def less(a: Any, b: Any) -> bool | None:
    """Whether ``a`` comes before ``b``; null where the two have no order."""
    pair = alike(a, b)
    if pair is None or type(pair[0]) not in _ORDERED:
        return ordered(a, b) if isinstance(a, FAR) or isinstance(b, FAR) else None
    pair = _comparable(pair)
    try:
        return bool(pair[0] < pair[1])
    except TypeError:  # a local time beside one with a zone
        return None


def at_most(a: Any, b: Any) -> bool | None:
    """Whether ``a`` comes before ``b`` or is the same; null where the two have no order."""
    return _not(less(b, a))


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


COMPARISONS: dict[str, Callable[[Any, Any], bool | None]] = {
    "=": equal,
    "!=": lambda a, b: _not(equal(a, b)),
    "<": less,
    ">": lambda a, b: less(b, a),
    "<=": at_most,
    ">=": lambda a, b: at_most(b, a),
}


def both(a: bool | None, b: bool | None) -> bool | None:
    """The three-valued "and" of two conditions."""
    if a is False or b is False:
        return False
    return None if a is None or b is None else True


def joined(values: Iterator[Any], decisive: bool) -> bool | None:
    """The three-valued "or" (``decisive`` true) or "and" (false) of values, asked one by one until one decides."""
    unknown = False
    for value in values:
        if not isinstance(value, bool):
            unknown = True
        elif value == decisive:
            return decisive
    return None if unknown else not decisive


def within(value: Any, span: Range) -> bool | None:
    """Whether the value lies in the range; null where it cannot be compared with an end."""
    above: bool | None = True
    below: bool | None = True
    if span.low is not None:
        above = (at_most if span.low_included else less)(span.low, value)
    if span.high is not None:
        below = (at_most if span.high_included else less)(value, span.high)
    return both(above, below) if value is not None else None


def fits(value: Any, test: Any) -> bool | None:
    """Whether the value passes a test value: it equals it, lies in the range, or is in the list.

    Values of different kinds are not equal here; null is left for what cannot be ordered against a range.
    Source: DMN 1.5, table 55 (the ``in`` operator).
    """
    if type(test) is Range:
        return equal(value, test) if type(value) is Range else within(value, test)
    if type(test) is list and (type(value) is not list or equal(value, test) is not True):
        spend(1 + len(test))
        return any(fits(value, one) is True for one in test if type(one) is not list or type(value) is list)
    return equal(value, test) is True
