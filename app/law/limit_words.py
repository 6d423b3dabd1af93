"""Reading time limits: from words, from ISO 8601, from a day.

The same reader serves the labels of timers, the table of timescales and the command line.
"""

import re
from dataclasses import replace
from datetime import time

from app import errors
from app.law.calendars import NAMES
from app.law.limits import APPLICATION, BACK, FORWARD, START, Cycle, Limit, instant_or_day

LARGEST = {"minute": 100_000, "hour": 10_000, "working hour": 10_000, "day": 4_000, "week": 520}
LARGEST |= {"month": 120, "working day": 1_000}
EXPECTED = (
    "a time limit such as ‘3 working days’, ‘working day 10’, ‘28 days’, ‘24 hours’, ‘8 working hours’, ‘1 month’, "
    "‘1 month beginning with report.made_on’, ‘2 working days before the panel’, ‘by panel.held_on’, ‘P10D’ or "
    "‘2026-03-06’"
)
READS: tuple[tuple[str, str], ...] = (  # for people: (words, what they mean)
    ("3 working days", "from when the task opens; the day itself is not counted"),
    ("working day 10", "ten working days from the application"),
    ("28 days, 2 weeks, 1 month, 1 year", "calendar time; a month ends on the same day, or the month's last"),
    ("24 hours, 90 minutes, 8 working hours", "to the minute; working hours run from 9am to 5pm on working days"),
    ("2 working days before the panel", "counted back from a day of the case: before, after or from it"),
    ("1 month beginning with report.made_on", "that day is the first one counted, as in the Act"),
    ("by panel.held_on, 2026-03-06", "that very day"),
    ("P10D, P1M, PT24H", "ISO 8601"),
    ("… in Scotland", "counted there: England and Wales, Scotland, Northern Ireland, any UK nation"),
    ("…, by 5pm", "ends at that hour of the last day"),
    ("…, cut-off 4pm", "what comes at 4pm or later counts as of the next working day"),
    ("…, or the next working day", "where the last day is none; also ‘or the working day before’"),
    ("…, extendable by 5 working days", "the most it may be extended by; also ‘not extendable’"),
)
_UNIT = r"(?P<unit>working day|working hour|minute|hour|day|week|month|year)s?"
_FACT = r"(?:the )?(?P<fact>[A-Za-z_][\w.]*)"
_SIDE = r"(?: (?P<side>before|after|from|beginning with) "
_WORDS = re.compile(rf"(?P<amount>\d{{1,6}}) {_UNIT}{_SIDE}{_FACT})?")
_NUMBERED = re.compile(rf"working day (?P<amount>\d{{1,4}})(?: (?:after|from) {_FACT})?")
_BY = re.compile(rf"by {_FACT}")
_ISO = re.compile(
    r"P(?:(?P<year>\d{1,2})Y)?(?:(?P<month>\d{1,3})M)?(?:(?P<week>\d{1,3})W)?(?:(?P<day>\d{1,4})D)?"
    r"(?:T(?:(?P<hour>\d{1,5})H)?(?:(?P<minute>\d{1,6})M)?)?"
)
_CYCLE = re.compile(r"R(?P<times>\d{0,3})/(?P<each>P.+)")
_HOUR = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?(?P<half>am|pm)?")
_IN = re.compile(r"(?P<rest>.+?),? in (?P<place>england and wales|scotland|northern ireland|any uk nation)")
_KEYS = {name.lower(): key for key, name in NAMES.items()}
_ROLLS = {"or the next working day": FORWARD, "or the working day before": BACK}


def read(words: str) -> Limit:
    """The limit in ``words``, or ``NotUnderstood`` with what was expected.

    Source: published procedure (domain of the agreed timescales); ISO 8601 durations and dates.
    """
    text = " ".join(words.split())
    main, *qualifiers = text.split(", ")
    limit = Limit(text)
    for qualifier in qualifiers:
        limit = _qualified(limit, qualifier.lower(), text)
    if found := _IN.fullmatch(main.lower()):
        main, limit = main[: len(found["rest"])], replace(limit, calendar=_KEYS[found["place"]])
    return _checked(_main(limit, main))


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
    if cycle.each.amount < 1 or cycle.each.anchor == APPLICATION or cycle.times == 0:
        raise errors.NotUnderstood(f"‘{words}’ cannot come round again.", source=words)
    return cycle


def _main(limit: Limit, text: str) -> Limit:
    """The part that says how long, or until when."""
    if found := _NUMBERED.fullmatch(text) or _NUMBERED.fullmatch(text.lower()):
        return replace(limit, amount=int(found["amount"]), unit="working day", anchor=found["fact"] or APPLICATION)
    if found := _WORDS.fullmatch(text) or _WORDS.fullmatch(text.lower()):
        return _worded(limit, found)
    if found := _BY.fullmatch(text):
        return replace(limit, anchor=found["fact"])
    if found := _ISO.fullmatch(text):
        return _iso(limit, found)
    if instant_or_day(text):
        return replace(limit, fixed=text)
    raise errors.NotUnderstood(f"‘{limit.words}’ is not a time limit. Expected {EXPECTED}.", source=limit.words)


def _qualified(limit: Limit, text: str, words: str) -> Limit:
    """The limit with one of the parts behind a comma."""
    if text in _ROLLS:
        return replace(limit, rolls=_ROLLS[text])
    if text == "not extendable":
        return replace(limit, extension="")
    if text.startswith("extendable by "):
        most = read(text.removeprefix("extendable by "))
        return replace(limit, extension=most.words)
    if text.startswith("by ") and (hour := _hour(text[3:])):
        return replace(limit, until=hour)
    if text.startswith("cut-off ") and (hour := _hour(text[8:])):
        return replace(limit, cut_off=hour)
    known = "‘by 5pm’, ‘cut-off 4pm’, ‘or the next working day’, ‘extendable by 5 working days’ or ‘not extendable’"
    raise errors.NotUnderstood(f"‘{text}’ in ‘{words}’ cannot be read. Expected {known}.", source=words)


def _hour(text: str) -> time | None:
    """An hour of the day: ``5pm``, ``4:30pm``, ``16:30``, ``midday``; None for anything else."""
    found = _HOUR.fullmatch("12pm" if text == "midday" else text)
    if found is None or (not found["half"] and not found["minute"]):
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] == "pm" else 0) if 1 <= hour <= 12 else 99
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _worded(limit: Limit, found: re.Match[str]) -> Limit:
    amount, unit = int(found["amount"]), found["unit"].removesuffix("s")
    if unit == "year":
        amount, unit = amount * 12, "month"
    begins = found["side"] == "beginning with"
    if begins and (not amount or unit in ("minute", "hour", "working hour")):
        raise errors.NotUnderstood(f"‘{limit.words}’ cannot begin with a day.", source=limit.words)
    sign = -1 if found["side"] == "before" else 1
    return replace(limit, amount=sign * amount, unit=unit, anchor=found["fact"] or START, first_counts=begins)


def _iso(limit: Limit, found: re.Match[str]) -> Limit:
    parts = {unit: int(found[unit]) for unit in ("year", "month", "week", "day", "hour", "minute") if found[unit]}
    if "year" in parts:
        parts["month"] = parts.get("month", 0) + 12 * parts.pop("year")
    if set(parts) == {"day", "hour"}:
        parts = {"hour": 24 * parts["day"] + parts["hour"]}
    if set(parts) > {"minute"} and set(parts) <= {"day", "hour", "minute"}:
        parts = {"minute": 1440 * parts.get("day", 0) + 60 * parts.get("hour", 0) + parts["minute"]}
    if len(parts) != 1:
        raise errors.NotUnderstood(
            f"‘{limit.words}’ mixes units or has none. Expected one, such as P10D or PT24H.", source=limit.words
        )
    ((unit, amount),) = parts.items()
    return replace(limit, amount=amount, unit=unit)


def _checked(limit: Limit) -> Limit:
    if abs(limit.amount) > LARGEST[limit.unit]:
        most = f"{LARGEST[limit.unit]:,} {limit.unit}s"
        raise errors.NotUnderstood(f"‘{limit.words}’ is too long. Expected at most {most}.", source=limit.words)
    return limit
