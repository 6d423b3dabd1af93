"""Dates and times that Python's own types cannot hold: years before 1 and after 9999, and nanoseconds.

They can be written, compared, taken apart and put together; counting with them gives null, as ``__getattr__`` makes
every rule for nearer dates end with a ``ValueError``. Source: DMN 1.5, 10.3.2.3.4 to 10.3.2.3.6.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

MAX_YEAR = 999_999_999
_LEAP, _COMMON = 2000, 2001  # years of which the months are as long as those of any leap or common year


class _Far:
    """A value beyond Python's calendar."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise ValueError(f"{name} is not known for so far a date.")


@dataclass(frozen=True, slots=True, order=True)
class FarDate(_Far):
    """A day of any year up to ``MAX_YEAR`` before or after the first."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True, slots=True)
class FineTime(_Far):
    """A time with nanoseconds beside those that Python counts."""

    near: time
    nanosecond: int  # 0 to 999

    @property
    def hour(self) -> int:
        """The hour."""
        return self.near.hour

    @property
    def minute(self) -> int:
        """The minute."""
        return self.near.minute

    @property
    def tzinfo(self) -> tzinfo | None:
        """The zone."""
        return self.near.tzinfo

    def __str__(self) -> str:
        near = self.near.replace(tzinfo=None).isoformat(timespec="microseconds")
        return f"{near}{self.nanosecond:03d}{zone_text(self.near)}"


@dataclass(frozen=True, slots=True)
class FarInstant(_Far):
    """A date and time of which one is far or fine."""

    day: "date | FarDate"
    clock: "time | FineTime"

    def __str__(self) -> str:
        clock = self.clock
        if isinstance(clock, FineTime):
            return f"{self.day}T{clock}"
        return f"{self.day}T{clock.replace(tzinfo=None).isoformat()}{zone_text(clock)}"


FAR = (FarDate, FineTime, FarInstant)


def zone_text(clock: time) -> str:
    """The zone of a time as FEEL writes it: "", "Z", "+01:00" or "@Europe/London"."""
    if clock.tzinfo is None:
        return ""
    if isinstance(clock.tzinfo, ZoneInfo):
        return f"@{clock.tzinfo.key}"
    return "Z" if clock.tzinfo is UTC else clock.isoformat()[-6:]


def any_date(year: int, month: int, day: int) -> "date | FarDate":
    """The day, whichever type can hold it. ``ValueError`` where there is none."""
    if 1 <= year <= 9999:
        return date(year, month, day)
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    date(_LEAP if is_leap else _COMMON, month, day)  # is there such a day?
    if abs(year) > MAX_YEAR:
        raise ValueError(year)
    return FarDate(year, month, day)


def joined(day: "date | FarDate", clock: "time | FineTime") -> "datetime | FarInstant":
    """The date and time of both."""
    if isinstance(day, date) and isinstance(clock, time):
        return datetime.combine(day, clock)
    return FarInstant(day, clock)


def ordered(a: Any, b: Any) -> bool | None:
    """Whether ``a`` comes before ``b``, where at least one of the two is far; null where that is not known."""
    if isinstance(a, date | FarDate) and isinstance(b, date | FarDate):
        return _day(a) < _day(b)
    return None


def _day(value: "date | FarDate") -> tuple[int, int, int]:
    return value.year, value.month, value.day
