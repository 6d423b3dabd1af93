"""Days and times as people write them and say them. The zone is Europe/London; texts out are ISO 8601."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from app.law import wording
from app.law.calendar import LONDON
from app.law.wording import MONTHS

NAMED_TIMES = {"midday": time(12), "noon": time(12), "midnight": time(0)}

_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?\s*(am|pm)?", re.IGNORECASE)
_WHOLE = re.compile(r"([0-9]{1,2})[\s/.-]+([0-9]{1,2}|[A-Za-z]+)[\s/.,-]+([0-9]{4})")
_WHOLE_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def spread(parts: Mapping[str, str]) -> dict[str, str]:
    """The boxes of a date, with a whole date that was pasted into the first box spread over all three."""
    boxes = dict(parts)
    if boxes.get("month") or boxes.get("year"):
        return boxes
    written = boxes.get("day", "")
    if found := _WHOLE.fullmatch(written):
        boxes["day"], boxes["month"], boxes["year"] = found.groups()
    elif found := _WHOLE_ISO.fullmatch(written):
        boxes["year"], boxes["month"], boxes["day"] = found.groups()
    return boxes


def month_number(written: str) -> int:
    """1 to 12 for ``3``, ``03``, ``Mar`` or ``march``. Raises ValueError."""
    if re.fullmatch(r"[0-9]{1,2}", written):
        return int(written)
    matching = [n for n, name in enumerate(MONTHS, 1) if len(written) > 2 and name.lower().startswith(written.lower())]
    matching = matching or [9] * (written.lower() == "sept")
    if not matching:
        raise ValueError(written)
    return matching[0]


def read_day(day: str, month: str, year: str) -> date:
    """The day that three boxes name. Raises ValueError where there is no such day."""
    if not re.fullmatch(r"[0-9]{1,2}", day) or not re.fullmatch(r"[0-9]{4}", year):
        raise ValueError(day)
    return date(int(year), month_number(month), int(day))


def read_time(written: str) -> time:
    """The time of day that ``2:30pm``, ``2pm``, ``14:30``, ``14.30`` or ``midday`` names. Raises ValueError."""
    written = written.strip()
    if named := NAMED_TIMES.get(written.lower()):
        return named
    found = _CLOCK.fullmatch(written)
    if not found or not (found[2] or found[3]):
        raise ValueError(written)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError(written)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute)


def local(written: str) -> datetime:
    """The London date and time of an ISO text; a text without an offset is London time. Raises ValueError."""
    moment = datetime.fromisoformat(written)
    return moment.replace(tzinfo=LONDON) if moment.tzinfo is None else moment.astimezone(LONDON)


def said(written: str) -> str:
    """An ISO day, time or instant as people say it; any other text as it is."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", written):
            return _day(date.fromisoformat(written))
        if re.fullmatch(r"\d\d:\d\d(:\d\d)?", written):
            return wording.time_of_day(time.fromisoformat(written))
        if re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", written):
            moment = local(written)
            return f"{_day(moment.date())} at {wording.time_of_day(moment.time())}"
    except (ValueError, OverflowError):
        pass
    return written


def _day(value: date) -> str:
    """The day with its year. Its spaces are plain, because it stands in texts that people search and copy."""
    return wording.day(value, year=True).replace(wording.NBSP, " ")
