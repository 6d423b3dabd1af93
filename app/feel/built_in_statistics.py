"""Built-in functions that make one number of many (DMN 1.5, 10.3.4.4): sums, means and spreads.

Null where the list is empty or has anything but numbers; durations can be summed and averaged too.
"""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from app.feel.arithmetic import combined
from app.feel.bounds import NUMBERS, spend
from app.feel.signatures import BuiltIn, built_in

STATISTICS: dict[str, BuiltIn] = {}


def _numbers(items: list[Any]) -> list[Decimal] | None:
    return items if items and all(isinstance(item, Decimal) for item in items) else None


def _folded(items: list[Any], sign: str) -> Any:
    total = items[0]
    for item in items[1:]:
        total = combined(sign, total, item)
    return total


def _of_numbers(items: list[Any], rule: Callable[[list[Decimal]], Any]) -> Any:
    numbers = _numbers(items)
    return None if numbers is None else rule(numbers)


@built_in(STATISTICS, "sum(...list: number|days and time duration|years and months duration)")
def _sum(items: list[Any]) -> Any:
    return _folded(items, "+") if items else None


@built_in(STATISTICS, "mean(...list: number|days and time duration|years and months duration)")
def _mean(items: list[Any]) -> Any:
    return combined("/", _folded(items, "+"), Decimal(len(items))) if items else None


@built_in(STATISTICS, "product(...list: number)")
def _product(items: list[Any]) -> Any:
    return _of_numbers(items, lambda numbers: _folded(numbers, "*"))


@built_in(STATISTICS, "median(...list: number)")
def _median(items: list[Any]) -> Any:
    def middle(numbers: list[Decimal]) -> Decimal:
        ordered = sorted(numbers)
        low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
        return low if low == high else NUMBERS.divide(NUMBERS.add(low, high), Decimal(2))

    return _of_numbers(items, middle)


@built_in(STATISTICS, "stddev(...list: number)")
def _stddev(items: list[Any]) -> Any:
    def spread(numbers: list[Decimal]) -> Decimal | None:
        if len(numbers) < 2:
            return None
        spend(4 * len(numbers))
        mean = NUMBERS.divide(_folded(numbers, "+"), Decimal(len(numbers)))
        squares = [NUMBERS.power(NUMBERS.subtract(number, mean), 2) for number in numbers]
        return NUMBERS.sqrt(NUMBERS.divide(_folded(squares, "+"), Decimal(len(numbers) - 1)))

    return _of_numbers(items, spread)


@built_in(STATISTICS, "mode(...list: number)")
def _mode(items: list[Any]) -> Any:
    counts = Counter(items)
    most = max(counts.values(), default=0)
    return sorted(item for item, count in counts.items() if count == most)
