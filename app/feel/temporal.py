"""Dates, times and durations as text: reading ISO 8601 with FEEL's zones, and writing it.

Bounds: years up to 999,999,999 and nanoseconds; what Python's types cannot hold is in ``far``. What cannot be read
gives None, as FEEL asks. Source: DMN 1.5, 10.3.2.3.
"""

import re
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from app.feel.far import FAR, FineTime, any_date, joined
from app.feel.values import Months

_DATE = re.compile(r"(-?(?:\d{4}|[1-9]\d{4,8}))-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(r"(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d(?::\d\d)?|@[\w/+-]{1,60})?", re.ASCII)
_ZONE = re.compile(r"[A-Za-z]\w*(?:/[A-Za-z][\w+-]*){0,2}", re.ASCII)
_ZEROS = re.compile(r"(\.\d*?[1-9])0+(?!\d)", re.ASCII)
_N = r"(\d{1,9})"
_DURATION = re.compile(
    rf"(-)?P(?=.)(?:{_N}Y)?(?:{_N}M)?(?:{_N}W)?(?:{_N}D)?"
    rf"(?:T(?=.)(?:{_N}H)?(?:{_N}M)?(?:{_N}(?:\.(\d{{0,9}}))?S)?)?",
    re.ASCII,
)


def read_date(text: str) -> Any:
    """The date in "2026-05-01"."""
    found = _DATE.fullmatch(text)
    try:
        return None if found is None else any_date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def read_time(text: str) -> Any:
    """The time in "09:30:00", with or without "Z", "+01:00" or "@Europe/London"; seconds may be left out."""
    found = _TIME.fullmatch(text)
    if not found:
        return None
    hour, minute, second, fraction, zone = found.groups()
    digits = (fraction or "").ljust(9, "0")
    try:
        near = time(int(hour), int(minute), int(second or 0), int(digits[:6]), read_zone(zone))
        return FineTime(near, int(digits[6:])) if int(digits[6:]) else near
    except (ValueError, OSError, KeyError):
        return None


def read_date_and_time(text: str) -> Any:
    """The instant or local time in "2026-05-01T09:30:00Z"; a date alone is its midnight."""
    day, joint, clock = text.partition("T")
    on = read_date(day)
    at = read_time(clock) if joint else time()
    return joined(on, at) if on is not None and at is not None else None


def read_zone(text: str | None) -> tzinfo | None:
    """The zone in "Z", "+01:00" or "@Europe/London"; ``ValueError``, ``KeyError`` or ``OSError`` when unknown."""
    if not text:
        return None
    if text == "Z":
        return UTC
    if text[0] == "@":
        if not _ZONE.fullmatch(text[1:]):
            raise ValueError(text)
        return UTC if text == "@UTC" else ZoneInfo(text[1:])
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    offset = timedelta(hours=hours, minutes=minutes, seconds=sum(seconds))
    if minutes > 59 or offset > timedelta(hours=14):
        raise ValueError(text)
    return timezone(-offset if text[0] == "-" else offset) if offset else UTC


def read_duration(text: str) -> timedelta | Months | None:
    """The duration in "P1DT2H" (days and time) or "P1Y2M" (years and months); never both in one."""
    found = _DURATION.fullmatch(text)
    if not found or text.endswith("T"):
        return None
    sign = -1 if found[1] else 1
    years, months, *rest = found.groups()[1:]
    if any(part is not None for part in rest):
        return None if years or months else _days_and_time(sign, rest)
    return Months(sign * (int(years or 0) * 12 + int(months or 0)))


def _days_and_time(sign: int, parts: list[str | None]) -> timedelta | None:
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in parts[:5])
    fraction = int((parts[5] or "0").ljust(6, "0")[:6])
    try:
        return sign * timedelta(days, seconds, fraction, 0, minutes, hours, weeks)
    except OverflowError:
        return None


def read_temporal(text: str) -> Any:
    """The value of an at-literal such as ``@"2026-05-01"``: whichever kind the text reads as."""
    if text.lstrip("-").startswith("P"):
        return read_duration(text)
    if "T" in text.partition("@")[0]:
        return read_date_and_time(text)
    return read_time(text) if ":" in text else read_date(text)


def with_offset(value: time) -> time:
    """The time with its zone's standard offset in place of the zone: a time alone has no day that could tell more."""
    if not isinstance(value.tzinfo, ZoneInfo):
        return value
    noon = datetime(2000, 1, 1, 12, tzinfo=value.tzinfo)
    offset = (noon.utcoffset() or timedelta()) - (noon.dst() or timedelta())
    return value.replace(tzinfo=timezone(offset) if offset else UTC)


def write(value: Any, *, region: bool = True) -> str:
    """The value as text. ``region`` keeps "@Europe/London"; without it an instant carries its offset (ISO 8601)."""
    if isinstance(value, FAR):
        return _shortened(str(value))
    if isinstance(value, Months):
        return _write_months(value.count)
    if isinstance(value, timedelta):
        return _write_days_and_time(value)
    if isinstance(value, datetime | time):
        return _write_clock(value, region)
    return str(value.isoformat())


def _write_clock(value: datetime | time, region: bool) -> str:
    zone = value.tzinfo
    if isinstance(zone, ZoneInfo) and (region or isinstance(value, time)):
        return f"{_shortened(value.replace(tzinfo=None).isoformat())}@{zone.key}"
    text = _shortened(value.isoformat())
    return text[:-6] + "Z" if zone is UTC and text.endswith("+00:00") else text


def _shortened(text: str) -> str:
    """The text without zeros at the end of a fraction of a second."""
    return _ZEROS.sub(r"\1", text)


def _write_months(count: int) -> str:
    years, months = divmod(abs(count), 12)
    text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
    return ("-" if count < 0 else "") + "P" + (text or "0M")


def _write_days_and_time(value: timedelta) -> str:
    size = abs(value)
    minutes, seconds = divmod(size.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{size.microseconds:06d}".rstrip("0") if size.microseconds else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{seconds}{fraction}S" if seconds or fraction else ""
    text = (f"{size.days}D" if size.days else "") + (f"T{clock}" if clock else "")
    return ("-" if value < timedelta() else "") + "P" + (text or "T0S")
