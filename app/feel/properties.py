"""What stands after a dot: entries of contexts, and parts of dates, durations and ranges (DMN 1.5, table 65)."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from app.feel.bounds import spend
from app.feel.far import FarDate, FarInstant, FineTime
from app.feel.temporal import write
from app.feel.values import Months, Range

_Part = Callable[[Any], Any]
_SECOND = timedelta(seconds=1)


def _number(name: str) -> _Part:
    return lambda value: Decimal(getattr(value, name))


def _signed(value: int, sign: int) -> Decimal:
    return Decimal(value * sign)


def _seconds(value: timedelta) -> int:
    return int(abs(value) // _SECOND)


def _sign(value: timedelta) -> int:
    return -1 if value < timedelta() else 1


def _of_day(value: FarInstant, name: str) -> Any:
    return entry(value.day, name)


def _of_clock(value: FarInstant, name: str) -> Any:
    return entry(value.clock, name)


def _zone(value: Any) -> str | None:
    if isinstance(value.tzinfo, ZoneInfo):
        return value.tzinfo.key
    return write(value)[-1:].replace("Z", "UTC") if write(value).endswith("Z") else None


_DAY: dict[str, _Part] = {
    "year": _number("year"),
    "month": _number("month"),
    "day": _number("day"),
    "weekday": lambda value: Decimal(value.isoweekday()),
}
_CLOCK: dict[str, _Part] = {
    "hour": _number("hour"),
    "minute": _number("minute"),
    "second": lambda value: Decimal(value.second) + Decimal(value.microsecond) / 1_000_000,
    "time offset": lambda value: value.utcoffset(),
    "timezone": _zone,
}
_FINE: dict[str, _Part] = {
    "hour": _number("hour"),
    "minute": _number("minute"),
    "second": lambda value: _second(value),
    "time offset": lambda value: value.near.utcoffset(),
    "timezone": lambda value: _zone(value.near),
}


def _second(clock: Any) -> Decimal:
    near = clock.near if isinstance(clock, FineTime) else clock
    nanosecond = clock.nanosecond if isinstance(clock, FineTime) else 0
    return Decimal(near.second) + (Decimal(near.microsecond) * 1000 + nanosecond) / 1_000_000_000


_FAR_DAY: dict[str, _Part] = {name: _number(name) for name in ("year", "month", "day")}
_PARTS: dict[type, dict[str, _Part]] = {
    FarDate: _FAR_DAY,
    FineTime: _FINE,
    FarInstant: {
        **{name: partial(_of_day, name=name) for name in ("year", "month", "day", "weekday")},
        **{name: partial(_of_clock, name=name) for name in _FINE},
        "date": lambda value: value.day,
        "time": lambda value: value.clock,
    },
    date: _DAY,
    time: _CLOCK,
    datetime: _DAY | _CLOCK | {"date": lambda value: value.date(), "time": lambda value: value.timetz()},
    timedelta: {
        "days": lambda value: _signed(_seconds(value) // 86_400, _sign(value)),
        "hours": lambda value: _signed(_seconds(value) // 3_600 % 24, _sign(value)),
        "minutes": lambda value: _signed(_seconds(value) // 60 % 60, _sign(value)),
        "seconds": lambda value: _signed(_seconds(value) % 60, _sign(value)),
    },
    Months: {
        "years": lambda value: _signed(abs(value.count) // 12, -1 if value.count < 0 else 1),
        "months": lambda value: _signed(abs(value.count) % 12, -1 if value.count < 0 else 1),
    },
    Range: {
        "start": lambda value: value.low,
        "end": lambda value: value.high,
        "start included": lambda value: value.low_included,
        "end included": lambda value: value.high_included,
    },
}


def entry(value: Any, name: str) -> Any:
    """The entry or part of that name, of each item where the value is a list; null where there is none."""
    if type(value) is dict:
        return value.get(name)
    if type(value) is list:
        spend(len(value))
        return [entry(one, name) for one in value]
    part = _PARTS.get(type(value), {}).get(name)
    return None if part is None else part(value)
