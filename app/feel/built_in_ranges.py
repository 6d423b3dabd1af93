"""Built-in functions on ranges (DMN 1.5, 10.3.4.7, table 78): how points and ranges lie to each other.

An open end lies beyond every value. Null where ends cannot be compared.
"""

from typing import Any

from app.errors import NotUnderstood
from app.feel.built_in_temporal import TEMPORAL
from app.feel.comparing import both, equal, less, within
from app.feel.nodes import Call, Literal, Name, Node, RangeLiteral
from app.feel.parsing import parse
from app.feel.signatures import BuiltIn, built_in
from app.feel.values import Range

RANGES: dict[str, BuiltIn] = {}
_READERS = ("date", "time", "date and time", "duration")
Truth = bool | None


def _span(value: Any) -> Range:
    return value if isinstance(value, Range) else Range(value, value, True, True)


def _either(a: Truth, b: Truth) -> Truth:
    if a is True or b is True:
        return True
    return None if a is None or b is None else False


def _touch(high: Any, low: Any) -> Truth:
    """Whether the end of one and the start of another are the same value."""
    return False if high is None or low is None else equal(high, low)


def _before(a: Range, b: Range) -> Truth:
    if a.high is None or b.low is None:
        return False
    apart = not (a.high_included and b.low_included)
    return _either(less(a.high, b.low), both(apart, equal(a.high, b.low)))


def _starts_within(a: Range, b: Range) -> Truth:
    """Whether ``a`` begins no earlier than ``b``."""
    if b.low is None or a.low is None:
        return b.low is None
    return _either(less(b.low, a.low), both(b.low_included or not a.low_included, equal(b.low, a.low)))


def _ends_within(a: Range, b: Range) -> Truth:
    """Whether ``a`` ends no later than ``b``."""
    if b.high is None or a.high is None:
        return b.high is None
    return _either(less(a.high, b.high), both(b.high_included or not a.high_included, equal(a.high, b.high)))


def _inside(a: Range, b: Range) -> Truth:
    return both(_starts_within(a, b), _ends_within(a, b))


def _same_low(a: Range, b: Range) -> Truth:
    same = a.low is b.low if a.low is None or b.low is None else equal(a.low, b.low)
    return both(same, a.low_included == b.low_included)


def _same_high(a: Range, b: Range) -> Truth:
    same = a.high is b.high if a.high is None or b.high is None else equal(a.high, b.high)
    return both(same, a.high_included == b.high_included)


@built_in(RANGES, "before(range1: range, range2: range)")
@built_in(RANGES, "before(point: any, range: range)")
@built_in(RANGES, "before(range: range, point: any)")
@built_in(RANGES, "before(point1: any, point2: any)")
def before(a: Any, b: Any) -> Truth:
    """Whether ``a`` ends before ``b`` begins."""
    return None if a is None or b is None else _before(_span(a), _span(b))


@built_in(RANGES, "after(range1: range, range2: range)")
@built_in(RANGES, "after(point: any, range: range)")
@built_in(RANGES, "after(range: range, point: any)")
@built_in(RANGES, "after(point1: any, point2: any)")
def after(a: Any, b: Any) -> Truth:
    """Whether ``a`` begins after ``b`` ends."""
    return before(b, a)


@built_in(RANGES, "meets(range1: range, range2: range)")
def meets(a: Range, b: Range) -> Truth:
    """Whether ``a`` ends with the value with which ``b`` begins, and both have it."""
    return both(a.high_included and b.low_included, _touch(a.high, b.low))


@built_in(RANGES, "met by(range1: range, range2: range)")
def met_by(a: Range, b: Range) -> Truth:
    """Whether ``a`` begins with the value with which ``b`` ends, and both have it."""
    return meets(b, a)


@built_in(RANGES, "overlaps(range1: range, range2: range)")
def overlaps(a: Range, b: Range) -> Truth:
    """Whether the two have a value in common."""
    apart = _either(_before(a, b), _before(b, a))
    return None if apart is None else not apart


@built_in(RANGES, "overlaps before(range1: range, range2: range)")
def overlaps_before(a: Range, b: Range) -> Truth:
    """Whether ``a`` begins before ``b``, and ends in it."""
    begins_later = _starts_within(a, b)
    earlier = None if begins_later is None else not begins_later
    return both(both(earlier, overlaps(a, b)), _ends_within(a, b))


@built_in(RANGES, "overlaps after(range1: range, range2: range)")
def overlaps_after(a: Range, b: Range) -> Truth:
    """Whether ``a`` begins in ``b``, and ends after it."""
    ends_sooner = _ends_within(a, b)
    later = None if ends_sooner is None else not ends_sooner
    return both(both(later, overlaps(a, b)), _starts_within(a, b))


@built_in(RANGES, "finishes(point: any, range: range)")
def finishes(a: Any, b: Range) -> Truth:
    """Whether ``a`` is the end of ``b``, or a range in ``b`` with the same end."""
    if not isinstance(a, Range):
        return both(b.high_included, _touch(a, b.high))
    return both(_same_high(a, b), _starts_within(a, b))


@built_in(RANGES, "finished by(range: range, point: any)")
def finished_by(a: Range, b: Any) -> Truth:
    """Whether ``b`` finishes ``a``."""
    return finishes(b, a)


@built_in(RANGES, "includes(range: range, point: any)")
def includes(a: Range, b: Any) -> Truth:
    """Whether all of ``b`` lies in ``a``."""
    return _inside(b, a) if isinstance(b, Range) else within(b, a)


@built_in(RANGES, "during(point: any, range: range)")
def during(a: Any, b: Range) -> Truth:
    """Whether all of ``a`` lies in ``b``."""
    return includes(b, a)


@built_in(RANGES, "starts(point: any, range: range)")
def starts(a: Any, b: Range) -> Truth:
    """Whether ``a`` is the beginning of ``b``, or a range in ``b`` with the same beginning."""
    if not isinstance(a, Range):
        return both(b.low_included, _touch(a, b.low))
    return both(_same_low(a, b), _ends_within(a, b))


@built_in(RANGES, "started by(range: range, point: any)")
def started_by(a: Range, b: Any) -> Truth:
    """Whether ``b`` starts ``a``."""
    return starts(b, a)


@built_in(RANGES, "coincides(range1: range, range2: range)")
@built_in(RANGES, "coincides(point1: any, point2: any)")
def coincides(a: Any, b: Any) -> Truth:
    """Whether the two are the same."""
    return None if a is None or b is None else equal(a, b)


@built_in(RANGES, "range(from: string)")
def _range(text: str) -> Range | None:
    """Source: DMN 1.5, table 73: both ends are literals of one kind, in order; an end left out is open."""
    try:
        tree = parse(text)
    except NotUnderstood:
        return None
    if not isinstance(tree, RangeLiteral) or tree.unary:
        return None
    if not all(end is None or _is_literal(end) for end in (tree.low, tree.high)):
        return None
    low, high = (None if end is None else _literal(end) for end in (tree.low, tree.high))
    ordered = low is None or high is None or less(high, low) is False
    given = (low is None) == (tree.low is None) and (high is None) == (tree.high is None)
    return Range(low, high, tree.low_included, tree.high_included) if ordered and given else None


def _is_literal(end: Node) -> bool:
    if isinstance(end, Call):
        return isinstance(end.of, Name) and end.of.text in _READERS and all(map(_is_literal, end.arguments))
    return isinstance(end, Literal)


def _literal(end: Node) -> Any:
    if isinstance(end, Call) and isinstance(end.of, Name):
        return TEMPORAL[end.of.text].call([_literal(one) for one in end.arguments])
    return end.value if isinstance(end, Literal) else None
