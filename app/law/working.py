"""The working of a time limit as a record: what a page, a program and the command line show of it.

Days are ISO 8601 days, instants ISO 8601 with their offset from London's clock.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.law import reading_out, wording
from app.law.calendar import LONDON, day_of
from app.law.calendars import PACKAGE, Calendars
from app.law.changes import Extension
from app.law.limits import Due
from app.law.steps import Day, Step, Working

Record = dict[str, Any]


def record(working: Working, rule: str = "") -> Record:
    """Everything about a count: ``rule``, ``starts``, ``due_at``, ``working`` (day by day), ``changes``, ``sentences``.

    ``rule`` is as it was agreed, where that says more than the limit: that it comes round again.
    Source: published procedure, "say what we promised, and how we counted".
    """
    limit, base, due = working.limit, working.base, working.due
    words = rule or limit.words
    return {
        "rule": words,
        "rule_in_words": _plain(wording.limit(words)),
        "starts": reading_out.starts(working),
        "start_at": _instant(base.start_at),
        "start_on": (base.first_on or day_of(base.start_at)).isoformat(),
        "unit": limit.unit,
        "calendar": working.calendar.key,
        "calendar_edition": edition(working.calendars),
        **ends(due),
        "working": [day(one) for one in working.days],
        "changes": [change(step) for step in working.steps],
        "sentences": [_plain(sentence) for sentence in reading_out.sentences(working)],
    }


def edition(calendars: Calendars) -> str:
    """Which edition of the calendars counts: the package's name and version, and the key of what differs from it.

    Source: the edition itself.
    """
    return f"{PACKAGE}, edition {calendars.key}" if calendars.key else PACKAGE


def ends(due: Due) -> Record:
    """``due_at`` and ``due_on``; the day is None for hours and minutes. Source: ISO 8601."""
    return {"due_at": _instant(due.at), "due_on": due.on.isoformat() if due.on else None}


def day(one: Day) -> Record:
    """One day: ``on``, ``day`` in words, its number in ``counted`` or None, ``why_not``, ``part``.

    In working hours ``time`` is what the day gave.
    Source: ``calendar.count_working_days``.
    """
    said = {
        "on": one.on.isoformat(),
        "day": _plain(wording.day(one.on, year=True)),
        "counted": one.number,
        "why_not": wording.closure(one.why_not),
        "part": one.part,
    }
    return said if one.time is None else said | {"time": _plain(wording.length(one.time))}


def change(step: Step) -> Record:
    """What a change did: its kind and measure, whether it was undone, and the end before and after it.

    Source: ``changes.changed``.
    """
    one = step.change
    if isinstance(one, Extension):
        said: Mapping[str, Any] = {"kind": "extension", "by": one.by}
    else:
        until = _instant(one.until_at) if one.until_at else None
        said = {"kind": "hold", "from_at": _instant(one.from_at), "until_at": until, "most": one.most}
    return {**said, "undone": one.undone, "old": ends(step.old), "new": ends(step.new)}


def _instant(at: datetime) -> str:
    return at.astimezone(LONDON).isoformat()


def _plain(text: str) -> str:
    """Without the spaces that do not break, which mean nothing to a program."""
    return text.replace(wording.NBSP, " ")
