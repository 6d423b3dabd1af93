"""What a draft does to a time limit, in sentences for whoever approves it."""

from collections.abc import Iterator
from datetime import date

from app.editor.time_limits.dating import Dated, Side
from app.law import wording


def name(one: Dated) -> str:
    """What a limit is called, with what else must hold for it: ``Interview (risk: high)``."""
    limit = one.limit
    return f"{limit.name} ({', '.join(limit.when)})" if limit.when else limit.name


def change(one: Dated, day: date) -> str:
    """What is different, with the dates that it comes to from ``day``; "" where nothing is."""
    return " ".join(_change(one, day))


def _change(one: Dated, day: date) -> Iterator[str]:
    now, then = one.now, one.then
    if now is None or then is None:
        if then:
            yield f"New: {then.words}.{_ends(then, day)}"
        elif now:
            yield f"Taken out. It was {now.words}."
        return
    if now.limit.source != then.limit.source:
        yield f"‘{now.words}’ becomes ‘{then.words}’."
        yield from _moves(one, day)
    if now.limit.warn != then.limit.warn:
        yield f"It warns at ‘{then.warns}’ instead of ‘{now.warns or 'never'}’." if then.warns else "It warns no more."
    if now.limit.told != then.limit.told:
        yield f"When it is missed, ‘{then.limit.told or 'nobody'}’ is told instead of ‘{now.limit.told or 'nobody'}’."
    if then.warns_in_vain:
        yield "It would warn no sooner than it ends, so nobody is warned."


def _moves(one: Dated, day: date) -> Iterator[str]:
    now, then = one.now and one.now.end, one.then and one.then.end
    if now and then and one.shift:
        yield f"Counted from {wording.day(day)}, it ends {then.says} instead of {now.says}: {one.shift}."
    elif now and then:
        yield f"Counted from {wording.day(day)}, it ends {then.says} either way."
    elif one.then and one.then.end:
        yield _ends(one.then, day).strip()


def _ends(side: Side, day: date) -> str:
    return f" Counted from {wording.day(day)}, it ends {side.end.says}." if side.end else ""
