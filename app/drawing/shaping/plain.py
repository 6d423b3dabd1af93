"""What people enter, checked in plain words: each fault is ``Refused`` with the field and what to do about it."""

import re
from collections.abc import Callable, Collection
from typing import Any

from app import errors
from app.drawing import expressions
from app.drawing.model import ACTIVITIES
from app.drawing.paint.text import SIZE, wrap
from app.errors import NotUnderstood, Refused
from app.law import limit_words

_UNWRITABLE = re.compile("[\x00-\x09\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
MOST = 120  # letters beside an event or on an arrow
INSIDE, FOOT, PADDING = 5, 4, 5.0  # lines that fit in a step of the usual size, and above its sign; units at its sides
WHAT = {  # what to enter where nothing was entered
    "name": "Enter what is done, such as ‘Offer mediation’.",
    "team": "Enter the team that does it.",
    "label": "Enter the words of this answer.",
    "told": "Enter who is told.",
    "limit": "Enter a time limit, such as ‘5 working days’.",
    "until": "Enter how long to wait, such as ‘10 working days’.",
    "letter": "Choose a letter.",
    "to": "Choose who gets the letter.",
    "table": "Choose a decision table.",
    "page": "Choose a page.",
}


def line(text: str, field: str, most: int = MOST) -> str:
    """Words on one line. ``Refused`` where there are none, too many, or letters that a file cannot hold."""
    words = " ".join(text.split())
    if not words:
        raise Refused({field: WHAT.get(field.rpartition(".")[2], "Enter some words.")})
    if len(words) > most:
        raise Refused({field: f"Use at most {most} letters."})
    return _writable(words, field)


def name_for(text: str, kind: str, width: float = 100.0) -> str:
    """Words for an element of a kind. ``Refused`` where they do not fit in its box."""
    words = line(text, "name")
    if kind in ACTIVITIES:
        lines = wrap(words, width - 2 * PADDING)
        if len(lines) > (FOOT if kind == "callActivity" else INSIDE):
            raise Refused({"name": f"This does not fit in its box. Use at most about {int(width / SIZE * 6)} letters."})
    return words


def lines(text: str, field: str, most: int = 4_000) -> str:
    """Words on several lines, "" for none."""
    words = "\n".join(part.rstrip() for part in text.strip().splitlines())
    if len(words) > most:
        raise Refused({field: f"Use at most {most:,} letters."})
    return _writable(words, field)


def _writable(words: str, field: str) -> str:
    if _UNWRITABLE.search(words):
        raise Refused({field: "This has letters that cannot be read. Type it again."})
    return words


def key(text: str, field: str, known: Collection[str] | None = None) -> str:
    """The key of a form, letter, table or page. ``Refused`` where none is given, or it is not among those known."""
    words = line(text, field)
    if known is not None and words not in known:
        raise Refused({field: f"There is no {field} ‘{words}’. {WHAT.get(field, 'Choose one.')}"})
    return words


def limit(text: str, field: str = "limit", *, again: bool = False) -> str:
    """A time limit in words, as the engine counts it. ``Refused`` says what was expected."""
    words = line(text, field)
    _read(limit_words.read_cycle if again else limit_words.read, words, field)
    return words


def condition(text: str, field: str) -> str:
    """A condition in FEEL; ``Refused`` where it cannot be worked out."""
    words = _writable(text.strip(), field)
    problem = next(expressions.unreadable(words), "")
    if problem:
        raise Refused({field: problem})
    return words


def _read(read: Callable[[str], Any], words: str, field: str) -> None:
    try:
        read(words)
    except errors.NotUnderstood as problem:
        raise Refused({field: str(problem)}) from problem


def is_read(words: str) -> bool:
    """Whether words are a time limit."""
    try:
        return bool(limit_words.read(words))
    except NotUnderstood:
        return False
