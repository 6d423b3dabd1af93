"""What ``for``, ``some``, ``every`` and filters go through: items of a list, or values of a range one by one."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.feel.scopes import Scope
from app.feel.values import Range

_ONE: dict[type, Any] = {Decimal: Decimal(1), date: timedelta(days=1)}


def items_of(domain: Any) -> Iterator[Any] | None:
    """The items in order; None for null and for ranges without steps. One value stands for a list of itself."""
    if domain is None:
        return None
    if isinstance(domain, list):
        return iter(domain)
    if not isinstance(domain, Range):
        return iter([domain])
    low, high = domain.low, domain.high
    if type(low) is not type(high) or type(low) not in _ONE:
        return None
    return _counted(domain)


def _counted(span: Range) -> Iterator[Any]:
    one = _ONE[type(span.low)]
    step = one if span.low <= span.high else -one
    value = span.low
    while (value <= span.high) if step is one else (value >= span.high):
        if not _left_out(value, span):
            yield value
        if value == span.high:  # the last of all days has no day after it
            return
        value += step


def _left_out(value: Any, span: Range) -> bool:
    return (value == span.low and not span.low_included) or (value == span.high and not span.high_included)


def item_scope(item: Any, scope: Scope) -> Scope:
    """The scope in which a filter looks at an item: as ``item``, and by the names of its entries."""
    named = scope.inner({"item": item})
    return named.inner(item) if type(item) is dict else named


def item_at(items: list[Any], position: Decimal) -> Any:
    """The item at a position, from the end where that is negative; null where there is none."""
    if position != position.to_integral_value() or not 1 <= abs(position) <= len(items):
        return None
    return items[int(position) - (1 if position > 0 else 0)]
