"""Built-in functions on dates, times and durations (DMN 1.5, 10.3.4.1 and 10.3.4.8). Names are in English."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from app.feel.arithmetic import midnight
from app.feel.comparing import equal
from app.feel.far import FarInstant, FineTime, any_date, joined
from app.feel.signatures import BuiltIn, built_in
from app.feel.temporal import read_date, read_date_and_time, read_duration, read_time, with_offset, write
from app.feel.values import Months, kind
from app.feel.writing import written

TEMPORAL: dict[str, BuiltIn] = {}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _whole(number: Decimal) -> int:
    if number != number.to_integral_value():
        raise ValueError(number)
    return int(number)


@built_in(TEMPORAL, "string(from: any)")
def _string(value: Any) -> str | None:
    return None if value is None else written(value)


@built_in(TEMPORAL, "date(from: string)")
def _date_read(text: str) -> Any:
    return read_date(text)


@built_in(TEMPORAL, "date(from: date|date and time)")
def _date_of(value: Any) -> Any:
    if isinstance(value, FarInstant):
        return value.day
    return value.date() if isinstance(value, datetime) else value


@built_in(TEMPORAL, "date(year: number, month: number, day: number)")
def _date(year: Decimal, month: Decimal, day: Decimal) -> Any:
    return any_date(_whole(year), _whole(month), _whole(day))


@built_in(TEMPORAL, "time(from: string)")
def _time_read(text: str) -> Any:
    return read_time(text)


@built_in(TEMPORAL, "time(from: date|time|date and time)")
def _time_of(value: Any) -> Any:
    if isinstance(value, FarInstant):
        return value.clock
    if isinstance(value, time | FineTime):
        return value
    return value.timetz() if isinstance(value, datetime) else midnight(value).timetz()


@built_in(TEMPORAL, "time(hour: number, minute: number, second: number, offset: days and time duration?)")
def _time(hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None) -> Any:
    whole, fraction = divmod(second, 1)
    zone = None if offset is None else timezone(offset) if offset else UTC
    micro, nano = divmod(int(fraction * 1_000_000_000), 1_000)
    near = time(_whole(hour), _whole(minute), int(whole), micro, zone)
    return FineTime(near, nano) if nano else near


@built_in(TEMPORAL, "date and time(from: string)")
def _date_and_time_read(text: str) -> Any:
    return read_date_and_time(text)


@built_in(TEMPORAL, "date and time(from: date and time)")
def _date_and_time_same(value: datetime) -> datetime:
    return value


@built_in(TEMPORAL, "date and time(date: date|date and time, time: time)")
def _date_and_time(day: Any, clock: Any) -> Any:
    return joined(_date_of(day), clock)


@built_in(TEMPORAL, "duration(from: string)")
def _duration(text: str) -> timedelta | Months | None:
    return read_duration(text)


@built_in(TEMPORAL, "duration(from: days and time duration|years and months duration)")
def _duration_same(value: timedelta | Months) -> timedelta | Months:
    return value


@built_in(TEMPORAL, "years and months duration(from: date|date and time, to: date|date and time)")
def _years_and_months_duration(start: date, end: date) -> Months:
    first, last = _date_of(start), _date_of(end)
    count = (last.year - first.year) * 12 + last.month - first.month
    if count > 0 and last.day < first.day:
        return Months(count - 1)
    return Months(count + 1 if count < 0 and last.day > first.day else count)


@built_in(TEMPORAL, "day of year(date: date|date and time)")
def _day_of_year(day: date) -> Decimal:
    return Decimal(day.timetuple().tm_yday)


@built_in(TEMPORAL, "day of week(date: date|date and time)")
def _day_of_week(day: date) -> str:
    return _WEEKDAYS[day.weekday()]


@built_in(TEMPORAL, "month of year(date: date|date and time)")
def _month_of_year(day: date) -> str:
    return _MONTHS[day.month - 1]


@built_in(TEMPORAL, "week of year(date: date|date and time)")
def _week_of_year(day: date) -> Decimal:
    return Decimal(day.isocalendar().week)


@built_in(TEMPORAL, "last day of month(date: date|date and time)")
def _last_day_of_month(day: date) -> date:
    first_of_next = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return first_of_next - timedelta(days=1)


@built_in(TEMPORAL, "abs(n: days and time duration|years and months duration)")
def _abs(value: timedelta | Months) -> timedelta | Months:
    return abs(value) if isinstance(value, timedelta) else Months(abs(value.count))


@built_in(TEMPORAL, "is(value1: any, value2: any)")
def _is(a: Any, b: Any) -> bool:
    if kind(a) != kind(b):
        return False
    if isinstance(a, datetime | time):
        return _fixed(a) == _fixed(b)
    return equal(a, b) is True


def _fixed(value: datetime | time) -> str:
    """The value as text, with its offset in place of its zone: the same hour elsewhere is not the same."""
    return write(with_offset(value) if isinstance(value, time) else value, region=False)
