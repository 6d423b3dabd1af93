"""Time limits: read from words, and counted with their working shown.

A limit counts from an anchor: the moment its timer starts, the application, or a fact of the case that holds
a day or an instant. Limits in days end with a day; limits in hours and minutes end at an instant.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app import errors
from app.law import calendar as days
from app.law.calendar import Calendar, Counted

START, APPLICATION = "start", "application"
LARGEST = {"minute": 100_000, "hour": 10_000, "day": 4_000, "week": 520, "month": 120, "working day": 1_000}
EXPECTED = (
    "a time limit such as ‘3 working days’, ‘working day 10’, ‘28 days’, ‘24 hours’, ‘1 month’, "
    "‘2 working days before panel.held_on’, ‘by panel.held_on’, ‘P10D’ or ‘2026-03-06’"
)
_UNIT = r"(?P<unit>working day|minute|hour|day|week|month|year)s?"
_FACT = r"(?P<fact>[A-Za-z_][\w.]*)"
_WORDS = re.compile(rf"(?P<amount>\d{{1,6}}) {_UNIT}(?: (?P<side>before|after) (?:the )?{_FACT})?")
_NUMBERED = re.compile(r"working day (?P<amount>\d{1,4})")
_BY = re.compile(rf"by {_FACT}")
_ISO = re.compile(
    r"P(?:(?P<year>\d{1,2})Y)?(?:(?P<month>\d{1,3})M)?(?:(?P<week>\d{1,3})W)?(?:(?P<day>\d{1,4})D)?"
    r"(?:T(?:(?P<hour>\d{1,5})H)?(?:(?P<minute>\d{1,6})M)?)?"
)
_CYCLE = re.compile(r"R(?P<times>\d{0,3})/(?P<each>P.+)")
YEARS = range(1900, 2200)  # of a day that somebody writes; beyond them dates cannot be counted with


@dataclass(frozen=True)
class Limit:
    """A time limit as somebody wrote it."""

    words: str
    amount: int = 0
    unit: str = "day"  # minute, hour, day, week, month, working day
    anchor: str = START  # START, APPLICATION, or the path of a fact such as "panel.held_on"
    fixed: str = ""  # ISO 8601 date or instant, for a limit that is not counted


@dataclass(frozen=True)
class Cycle:
    """A limit that comes round again; ``times`` is None for as long as it takes."""

    each: Limit
    times: int | None


@dataclass(frozen=True)
class Due:
    """When a limit ends, and how that was counted."""

    at: datetime  # aware, UTC: the first instant at which the limit has passed
    on: date | None  # the last day of a limit in days; None for hours and minutes
    start_at: datetime  # aware, UTC: what it counts from
    working: tuple[Counted, ...] = ()


def read(words: str) -> Limit:
    """The limit in ``words``, or ``NotUnderstood`` with what was expected.

    Source: published procedure (domain of the agreed timescales); ISO 8601 durations and dates.
    """
    text = " ".join(words.split())
    if found := _NUMBERED.fullmatch(text.lower()):
        return _checked(Limit(text, int(found["amount"]), "working day", APPLICATION))
    if found := _WORDS.fullmatch(text) or _WORDS.fullmatch(text.lower()):
        return _worded(text, found)
    if found := _BY.fullmatch(text):
        return Limit(text, 0, "day", found["fact"])
    if found := _ISO.fullmatch(text):
        return _iso(text, found)
    if _instant_or_day(text):
        return Limit(text, fixed=text)
    raise errors.NotUnderstood(f"‘{words}’ is not a time limit. Expected {EXPECTED}.", source=words)


def read_cycle(words: str) -> Cycle:
    """A limit that repeats, from ``every 28 days`` or ISO 8601 ``R3/P28D``; at least a minute, at most 999 times.

    Source: BPMN 2.0.2 table 10.101 (timeCycle); ISO 8601 repeating intervals.
    """
    text = " ".join(words.split())
    found = _CYCLE.fullmatch(text)
    if found:
        cycle = Cycle(read(found["each"]), int(found["times"]) if found["times"] else None)
    elif text.lower().startswith("every "):
        cycle = Cycle(read(text[6:]), None)
    else:
        raise errors.NotUnderstood(
            f"‘{words}’ does not say how often. Expected ‘every 28 days’ or ‘R3/P28D’.", source=words
        )
    if not cycle.each.amount or cycle.each.anchor != START or cycle.times == 0:
        raise errors.NotUnderstood(f"‘{words}’ cannot come round again.", source=words)
    return cycle


def due(
    limit: Limit, *, start_at: datetime, opened_at: datetime, fact: Callable[[str], Any], calendar: Calendar
) -> Due:
    """When ``limit`` ends. ``fact`` gives the value of a fact by its path, None when it is not known.

    Raises ``CannotGoOn`` when the limit counts from a fact that is not there or is not a day.
    Source: published procedure; working days by ``calendar.count_working_days``, months by ``months_after``.
    """
    if limit.fixed:
        return _fixed(limit.fixed, start_at)
    start = {START: start_at, APPLICATION: opened_at}.get(limit.anchor) or _anchor(limit, fact(limit.anchor))
    if limit.unit in ("minute", "hour"):
        return Due(start + timedelta(**{f"{limit.unit}s": limit.amount}), None, start)
    first = days.day_of(start)
    counted: tuple[Counted, ...] = ()
    if limit.unit == "working day":
        counted = tuple(days.count_working_days(first, limit.amount, calendar))
        last = counted[-1].day if counted else first
    else:
        last = {
            "month": lambda: days.months_after(first, limit.amount),
            "week": lambda: first + timedelta(weeks=limit.amount),
            "day": lambda: first + timedelta(days=limit.amount),
        }[limit.unit]()
    return Due(days.end_of(last), last, start, counted)


def following(cycle: Cycle, previous: Due, *, now_at: datetime, calendar: Calendar) -> Due:
    """The next round of ``cycle`` that is still to come: rounds missed meanwhile are one, not many.

    Source: reliability rule "missed cycle timers collapse into one".
    """
    coming = previous
    if cycle.each.unit in ("minute", "hour") and coming.at <= now_at:
        step = timedelta(**{f"{cycle.each.unit}s": cycle.each.amount})
        start_at = coming.at + step * ((now_at - coming.at) // step)
        return Due(start_at + step, None, start_at)
    while coming.at <= now_at:
        start_at = coming.at if coming.on is None else coming.at - timedelta(hours=1)
        coming = due(cycle.each, start_at=start_at, opened_at=start_at, fact=lambda _: None, calendar=calendar)
    return coming


def _worded(text: str, found: re.Match[str]) -> Limit:
    amount, unit = int(found["amount"]), found["unit"].removesuffix("s")
    if unit == "year":
        amount, unit = amount * 12, "month"
    sign = -1 if found["side"] == "before" else 1
    return _checked(Limit(text, sign * amount, unit, found["fact"] or START))


def _iso(text: str, found: re.Match[str]) -> Limit:
    parts = {unit: int(found[unit]) for unit in ("year", "month", "week", "day", "hour", "minute") if found[unit]}
    if "year" in parts:
        parts["month"] = parts.get("month", 0) + 12 * parts.pop("year")
    if set(parts) == {"day", "hour"}:
        parts = {"hour": 24 * parts["day"] + parts["hour"]}
    if len(parts) != 1:
        raise errors.NotUnderstood(
            f"‘{text}’ mixes units or has none. Expected one, such as P10D or PT24H.", source=text
        )
    ((unit, amount),) = parts.items()
    return _checked(Limit(text, amount, unit))


def _checked(limit: Limit) -> Limit:
    if abs(limit.amount) > LARGEST[limit.unit]:
        most = f"{LARGEST[limit.unit]:,} {limit.unit}s"
        raise errors.NotUnderstood(f"‘{limit.words}’ is too long. Expected at most {most}.", source=limit.words)
    return limit


def _instant_or_day(text: str) -> datetime | date | None:
    """A day, or an instant with its zone; None for anything else (an instant without zone has no meaning)."""
    try:
        is_day = len(text) == len("2026-03-06")
        value = date.fromisoformat(text) if is_day else datetime.fromisoformat(text)
    except ValueError:
        return None
    has_meaning = value.year in YEARS and (is_day or getattr(value, "tzinfo", None) is not None)
    return value if has_meaning else None


def _fixed(text: str, start_at: datetime) -> Due:
    value = _instant_or_day(text)
    if isinstance(value, datetime):
        return Due(value.astimezone(UTC), None, start_at)
    if value is None:
        raise errors.NotUnderstood(f"‘{text}’ is neither a day nor an instant with its zone.", source=text)
    return Due(days.end_of(value), value, start_at)


def _anchor(limit: Limit, value: Any) -> datetime:
    found = _instant_or_day(value) if isinstance(value, str) else None
    if found is None:
        raise errors.CannotGoOn(f"The limit ‘{limit.words}’ counts from {limit.anchor}, which has no date yet.")
    return found if isinstance(found, datetime) else days.end_of(found) - timedelta(hours=1)
