"""Built-in functions on lists (DMN 1.5, 10.3.4.4 and 10.3.4.9). Positions count from 1, or from the end from -1."""

from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key
from typing import Any

from app.feel.bounds import spend
from app.feel.built_in_texts import slice_from
from app.feel.comparing import equal, less
from app.feel.signatures import BuiltIn, built_in
from app.feel.values import Function

LISTS: dict[str, BuiltIn] = {}


def _same(a: Any, b: Any) -> bool:
    spend(1)
    return equal(a, b) is True


@built_in(LISTS, "list contains(list: list, element: any)")
def _list_contains(items: list[Any], element: Any) -> bool:
    return any(_same(item, element) for item in items)


@built_in(LISTS, "count(list: list)")
def _count(items: list[Any]) -> Decimal:
    return Decimal(len(items))


def _extreme(items: list[Any], before: Callable[[Any, Any], bool | None]) -> Any:
    best = items[0] if items else None
    for item in items[1:]:
        ordered = before(item, best)
        if ordered is None:
            return None
        best = item if ordered else best
    return best


@built_in(LISTS, "min(...list: any)")
def _min(items: list[Any]) -> Any:
    return _extreme(items, less)


@built_in(LISTS, "max(...list: any)")
def _max(items: list[Any]) -> Any:
    return _extreme(items, lambda a, b: less(b, a))


@built_in(LISTS, "all(...list: any)")
def _all(items: list[Any]) -> bool | None:
    if any(item is False for item in items):
        return False
    return True if all(item is True for item in items) else None


@built_in(LISTS, "any(...list: any)")
def _any(items: list[Any]) -> bool | None:
    if any(item is True for item in items):
        return True
    return False if all(item is False for item in items) else None


@built_in(LISTS, "sublist(list: list, start position: number, length: number?)")
def _sublist(items: list[Any], start: Decimal, length: Decimal | None = None) -> list[Any] | None:
    part = slice_from(len(items), start, length)
    return None if part is None else items[part]


@built_in(LISTS, "append(list: list, *item: any)")
def _append(items: list[Any], more: list[Any]) -> list[Any]:
    return [*items, *more]


@built_in(LISTS, "concatenate(*list: any)")
def _concatenate(lists: list[Any]) -> list[Any] | None:
    return None if any(one is None for one in lists) else _joined(lists)


def _joined(lists: list[Any]) -> list[Any]:
    joined: list[Any] = []
    for one in lists:
        items = one if isinstance(one, list) else [one]
        spend(len(items))
        joined.extend(items)
    return joined


def _place(items: list[Any], position: Decimal, *, end: int = 0) -> int | None:
    index = int(position) - 1 if position > 0 else len(items) + int(position)
    return index if position and 0 <= index < len(items) + end else None


@built_in(LISTS, "insert before(list: list, position: number, newItem: any)")
def _insert_before(items: list[Any], position: Decimal, item: Any) -> list[Any] | None:
    place = _place(items, position, end=1)
    return None if place is None else [*items[:place], item, *items[place:]]


@built_in(LISTS, "remove(list: list, position: number)")
def _remove(items: list[Any], position: Decimal) -> list[Any] | None:
    place = _place(items, position)
    return None if place is None else items[:place] + items[place + 1 :]


@built_in(LISTS, "list replace(list: list, position: number, newItem: any)")
def _replace_at(items: list[Any], position: Decimal, item: Any) -> list[Any] | None:
    place = _place(items, position) if position == int(position) else None
    return None if place is None else [*items[:place], item, *items[place + 1 :]]


@built_in(LISTS, "list replace(list: list, match: function, newItem: any)")
def _replace_where(items: list[Any], match: Function, item: Any) -> list[Any] | None:
    matched = [match.call([one, item]) for one in items]
    if not all(isinstance(one, bool) for one in matched):
        return None
    return [item if hit else one for one, hit in zip(items, matched, strict=True)]


@built_in(LISTS, "reverse(list: list)")
def _reverse(items: list[Any]) -> list[Any]:
    return items[::-1]


@built_in(LISTS, "index of(list: list, match: any)")
def _index_of(items: list[Any], match: Any) -> list[Decimal]:
    return [Decimal(place) for place, item in enumerate(items, 1) if _same(item, match)]


def _distinct(items: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for item in items:
        if not any(_same(item, other) for other in kept):
            kept.append(item)
    return kept


@built_in(LISTS, "distinct values(list: list)")
def _distinct_values(items: list[Any]) -> list[Any]:
    return _distinct(items)


@built_in(LISTS, "union(*list: any)")
def _union(lists: list[Any]) -> list[Any]:
    return _distinct(_joined(lists))


@built_in(LISTS, "duplicate values(list: list)")
def _duplicate_values(items: list[Any]) -> list[Any]:
    return [item for item in _distinct(items) if sum(_same(item, other) for other in items) > 1]


@built_in(LISTS, "flatten(list: list)")
def _flatten(items: list[Any]) -> list[Any]:
    spend(len(items))
    flat: list[Any] = []
    for item in items:
        flat.extend(_flatten(item) if isinstance(item, list) else [item])
    return flat


@built_in(LISTS, "is empty(list: list)")
def _is_empty(items: list[Any]) -> bool:
    return not items


@built_in(LISTS, "sort(list: list, precedes: function)")
def _sort(items: list[Any], precedes: Function) -> list[Any]:
    def order(a: Any, b: Any) -> int:
        if precedes.call([a, b]) is True:
            return -1
        return 1 if precedes.call([b, a]) is True else 0

    return sorted(items, key=cmp_to_key(order))


@built_in(LISTS, "sort(list: list)")
def _sort_upwards(items: list[Any]) -> list[Any] | None:
    if any(less(items[0], item) is None for item in items):
        return None
    spend(4 * len(items))
    return sorted(items, key=cmp_to_key(lambda a, b: -1 if less(a, b) else 1 if less(b, a) else 0))
