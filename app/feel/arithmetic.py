"""Adding, subtracting, multiplying, dividing and raising, for numbers, texts, dates and durations.

Numbers are exact decimals of 34 digits. What has no meaning gives null; a number out of bounds is an error.
Source: DMN 1.5, 10.3.2.13, tables 56 to 58.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, Overflow
from typing import Any

from app.feel.bounds import CURVE_COST, MAX_EXPONENT, NUMBERS, fitting, spend, too_large
from app.feel.values import Months

Rule = Callable[[Any, Any], Any]
_MICROSECOND = timedelta(microseconds=1)


def calculated(rule: Callable[..., Any], *values: Any) -> Any:
    """What the rule gives; null where it is undefined; ``NotUnderstood`` where a number is too large."""
    try:
        return rule(*values)
    except Overflow:
        raise too_large() from None
    except (ArithmeticError, ValueError, OverflowError, TypeError):
        return None


def in_month(day: int, year: int, month: int) -> int:
    """The day, or the last day of that month where the month is shorter."""
    return min(day, monthrange(year, month)[1])


def add_months(value: Any, months: Months) -> Any:
    """A date, or date and time, so many months later; the 31st becomes the last day of a shorter month."""
    year, month = divmod(value.year * 12 + value.month - 1 + months.count, 12)
    if not 1 <= year <= 9999:
        return None
    return value.replace(year=year, month=month + 1, day=in_month(value.day, year, month + 1))


def midnight(value: date) -> datetime:
    """The date as the date and time at which it begins, in UTC (DMN 1.5, 10.3.2.3.6)."""
    return datetime.combine(value, time(), UTC)


def _add_to_date(value: date, duration: timedelta) -> date:
    return (midnight(value) + duration).date()


def _add_to_instant(value: datetime, duration: timedelta) -> datetime:
    if value.tzinfo is None:
        return value + duration
    return (value.astimezone(UTC) + duration).astimezone(value.tzinfo)


def _add_to_time(value: time, duration: timedelta) -> time:
    moved = datetime.combine(date(2000, 1, 2), value.replace(tzinfo=None)) + timedelta(seconds=duration.seconds)
    return moved.time().replace(tzinfo=value.tzinfo)


def _between_instants(a: datetime, b: datetime) -> timedelta:
    return a.astimezone(UTC) - b.astimezone(UTC) if a.tzinfo and b.tzinfo else a - b


def _between_times(a: time, b: time) -> timedelta:
    return datetime.combine(date(2000, 1, 1), a) - datetime.combine(date(2000, 1, 1), b)


def _longer(duration: timedelta, factor: Decimal) -> timedelta:
    whole = NUMBERS.multiply(Decimal(duration // _MICROSECOND), factor)
    return timedelta(microseconds=int(NUMBERS.to_integral_value(whole)))


def _shorter(duration: timedelta, divisor: Decimal) -> timedelta:
    return _longer(duration, NUMBERS.divide(Decimal(1), divisor))


def _ratio(a: timedelta, b: timedelta) -> Decimal:
    return NUMBERS.divide(Decimal(a // _MICROSECOND), Decimal(b // _MICROSECOND))


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    if abs(exponent) > MAX_EXPONENT:
        raise too_large()
    spend(CURVE_COST)
    return NUMBERS.power(base, exponent) if exponent else Decimal(1)


def _turned(rule: Rule) -> Rule:
    return lambda a, b: rule(b, a)


_PLUS: dict[tuple[type, type], Rule] = {
    (Decimal, Decimal): NUMBERS.add,
    (str, str): lambda a, b: fitting(a + b),
    (date, timedelta): _add_to_date,
    (datetime, timedelta): _add_to_instant,
    (time, timedelta): _add_to_time,
    (date, Months): add_months,
    (datetime, Months): add_months,
    (timedelta, timedelta): lambda a, b: a + b,
    (Months, Months): lambda a, b: Months(a.count + b.count),
}
_PLUS |= {(right, left): _turned(rule) for (left, right), rule in list(_PLUS.items()) if left is not right}
_MINUS: dict[tuple[type, type], Rule] = {
    (Decimal, Decimal): NUMBERS.subtract,
    (date, date): lambda a, b: a - b,
    (datetime, datetime): _between_instants,
    (date, datetime): lambda a, b: _between_instants(midnight(a), b),
    (datetime, date): lambda a, b: _between_instants(a, midnight(b)),
    (time, time): _between_times,
    (date, timedelta): lambda a, b: _add_to_date(a, -b),
    (datetime, timedelta): lambda a, b: _add_to_instant(a, -b),
    (time, timedelta): lambda a, b: _add_to_time(a, -b),
    (date, Months): lambda a, b: add_months(a, Months(-b.count)),
    (datetime, Months): lambda a, b: add_months(a, Months(-b.count)),
    (timedelta, timedelta): lambda a, b: a - b,
    (Months, Months): lambda a, b: Months(a.count - b.count),
}
_TIMES: dict[tuple[type, type], Rule] = {
    (Decimal, Decimal): NUMBERS.multiply,
    (timedelta, Decimal): _longer,
    (Decimal, timedelta): lambda a, b: _longer(b, a),
    (Months, Decimal): lambda a, b: Months(int(NUMBERS.multiply(Decimal(a.count), b))),
    (Decimal, Months): lambda a, b: Months(int(NUMBERS.multiply(Decimal(b.count), a))),
}
_OVER: dict[tuple[type, type], Rule] = {
    (Decimal, Decimal): NUMBERS.divide,
    (timedelta, Decimal): _shorter,
    (timedelta, timedelta): _ratio,
    (Months, Decimal): lambda a, b: Months(int(NUMBERS.divide(Decimal(a.count), b))),
    (Months, Months): lambda a, b: NUMBERS.divide(Decimal(a.count), Decimal(b.count)),
}
_POWER: dict[tuple[type, type], Rule] = {(Decimal, Decimal): _power}
_RULES = {"+": _PLUS, "-": _MINUS, "*": _TIMES, "/": _OVER, "**": _POWER}


def combined(sign: str, a: Any, b: Any) -> Any:
    """The result of one of ``+ - * / **`` on two values; null where their kinds do not go together."""
    rule = _RULES[sign].get((type(a), type(b)))
    return None if rule is None else calculated(rule, a, b)


def negative(value: Any) -> Any:
    """The value with the other sign: a number or a duration; null for all else."""
    if type(value) is Decimal:
        return NUMBERS.minus(value)
    if type(value) is timedelta:
        return calculated(lambda duration: -duration, value)
    return Months(-value.count) if type(value) is Months else None
