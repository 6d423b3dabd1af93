"""Time limits inside a sentence: *within 3 working days*, *after 14 days*, *every 5 working days*.

A drawing may name the limit that was agreed (``=timescale("interview")``); what was agreed is told by the caller.
"""

import re
from collections.abc import Callable
from datetime import date

from app import errors
from app.drawing.model import Element
from app.drawing.outlining.english import person, plain
from app.law import limit_words, wording
from app.law.limits import APPLICATION, START, Cycle, Limit

Timescales = Callable[[str, str], str]  # milestone, label of the timer: the agreed limit in words, or ""
AGREED = re.compile(r"""=?\s*timescale\(\s*["'](?P<name>[^"']*)["']\s*\)""")
_HOURS = {"minute": 1 / 60, "hour": 1, "working hour": 3, "day": 24, "working day": 34, "week": 168, "month": 730}
_NOWHERE = "the agreed time"


def written(element: Element, timescales: Timescales) -> str:
    """The limit of a timer as somebody wrote or agreed it: ``10 working days``; "" where nothing says."""
    text = plain(element.timer or element.name)
    found = AGREED.fullmatch(text)
    if found is None:
        return plain(element.name) or text if text.startswith("=") else text
    label = plain(element.name)
    agreed = timescales(found["name"], label)
    is_time = label[:1].isdigit() or _limit(label) is not None
    return agreed or (label if is_time else _agreed_for(found["name"]))


def within(words: str) -> str:
    """When something must be done at the latest: ``within 3 working days``, ``by 6 March 2026``."""
    limit = _limit(words)
    if isinstance(limit, Cycle):
        return every(words)
    if limit is None:
        return _unread(words, "within")
    if limit.fixed or limit.amount <= 0:
        return f"{'at least' if limit.amount < 0 else 'by'} {_until(limit)}"
    return f"within {_length(limit)}{_counted_from(limit, 'of')}{_hour(limit)}"


def after(words: str) -> str:
    """When something happens: ``after 14 days``, ``on 6 March 2026``, ``2 working days before the panel``."""
    limit = _limit(words)
    if isinstance(limit, Cycle):
        return every(words)
    if limit is None:
        return _unread(words, "after")
    if limit.fixed or not limit.amount:
        return f"on {_until(limit)}"
    if limit.amount < 0:
        return _until(limit)
    start = _counted_from(limit, "after")
    return f"{_length(limit)}{start}" if start else f"after {_length(limit)}"


def every(words: str) -> str:
    """How often something comes round: ``every 5 working days``, ``every 28 days, 3 times``."""
    limit = _limit(words)
    if limit is None or not (isinstance(limit, Cycle) or limit.amount > 0):
        return (
            words
            if words.lower().startswith("every ")
            else f"again and again ({words})"
            if words
            else "again and again"
        )
    cycle = limit if isinstance(limit, Cycle) else Cycle(limit, None)
    if cycle.each.anchor != START and cycle.times is None:
        passed = "has passed" if cycle.each.amount == 1 else "have passed"
        return f"whenever {_length(cycle.each)} {passed}{_counted_from(cycle.each, 'since')}"
    said = f"every {_length(cycle.each)}{_counted_from(cycle.each, 'after')}".replace("every 1\u00a0", "every ")
    return said if cycle.times is None else f"{said}, {wording.counted(cycle.times, 'time')}"


def is_read(words: str) -> bool:
    """Whether a text reads as a time limit."""
    return _limit(words) is not None


def hours(words: str) -> float:
    """About how many hours a limit is long; 0 where that cannot be told."""
    limit = _limit(words)
    one = limit.each if isinstance(limit, Cycle) else limit
    return one.amount * _HOURS[one.unit] if one is not None else 0.0


def _limit(words: str) -> Limit | Cycle | None:
    for read in (limit_words.read, limit_words.read_cycle):
        try:
            return read(words)
        except (errors.NotUnderstood, ValueError, OverflowError):
            continue
    return None


def _length(limit: Limit) -> str:
    amount = abs(limit.amount)
    if limit.unit == "month" and amount % 12 == 0:
        return wording.counted(amount // 12, "year")
    return wording.counted(amount, limit.unit)


def _counted_from(limit: Limit, word: str) -> str:
    if limit.anchor == START:
        return ""
    if limit.anchor == APPLICATION:
        return f" {word} the application"
    begins = "beginning with" if limit.first_counts else word
    return f" {begins} {wording.subject(limit.anchor)}"


def _until(limit: Limit) -> str:
    if limit.fixed:
        return _day(limit.fixed)
    if not limit.amount:
        return "the end of the day" if limit.anchor in (START, APPLICATION) else wording.subject(limit.anchor)
    return f"{_length(limit)} before {'the start' if limit.anchor == START else wording.subject(limit.anchor)}"


def _hour(limit: Limit) -> str:
    return f", by {wording.time_of_day(limit.until)}" if limit.until else ""


def _day(text: str) -> str:
    try:
        return wording.day(date.fromisoformat(text[:10]), year=True)
    except ValueError:
        return text


def _unread(words: str, word: str) -> str:
    if not words:
        return f"{word} {_NOWHERE}"
    if words.startswith(_NOWHERE):
        return f"{word} {words}"
    if words.startswith("="):
        return f"at the time that is worked out from ‘{words[1:].strip()}’"
    if words.lower().startswith(("by ", "before ", "after ", "within ", "when ")):
        return words
    has_number = any(letter.isdigit() for letter in words)
    return f"{word} {words}" if has_number else f"{'by' if word == 'within' else 'on'} {person(words)}"


def _agreed_for(name: str) -> str:
    named = name.replace("_", " ").strip()
    return f"{_NOWHERE} for {named}" if named else _NOWHERE
