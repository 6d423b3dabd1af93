"""Clocks: a timer whose time is not written is read from its words; else a person says when it has come."""

from collections.abc import Iterator

from app import errors
from app.drawing import edits
from app.drawing.asking import ARRIVED, ASKS
from app.drawing.completing import labels
from app.drawing.completing.page import Page
from app.drawing.findings import WARNING, Finding
from app.drawing.sheet import Node, kind, name, property_of, text_of
from app.law import limit_words

TIMER = "timerEventDefinition"
SPECS = ("timeDate", "timeDuration", "timeCycle")


def timed(page: Page, node: Node) -> Iterator[Finding]:
    """A timer whose time is not written, or cannot be read."""
    if reads(page, node):
        return
    written, words = _time(node), name(node)
    again, limit = labels.cycle_in(words), labels.limit_in(words)
    says = f"Its time cannot be read: ‘{written[:80]}’." if written else "It does not say how long it waits."
    if comes_round(node) and (once := labels.each_of(written)):
        says = "It says that it comes again, and here it can come only once."
        yield _timed(page, node, says, "timeDuration", once)
    elif again and _comes_again(node):
        yield _timed(page, node, says, "timeCycle", f"every {again}")
    elif limit := limit or again:
        yield _timed(page, node, says, "timeDuration", limit)
    else:
        reading = "A person says when the time has come."
        change = edits.put_property(node.get("id"), ASKS, ARRIVED)
        yield page.open(node, "timer_without_time", says, reading, "Ask a person", change, severity=WARNING)


def _timed(page: Page, node: Node, says: str, spec: str, limit: str) -> Finding:
    own = node.get("id")
    changes = (edits.clear_in(own, TIMER, *SPECS), edits.write(own, f"{TIMER}/{spec}", limit))
    return page.open(node, "timer_without_time", says, f"Its words are read: {limit}.", f"Write ‘{limit}’", *changes)


def _time(node: Node) -> str:
    return next((text for spec in SPECS if (text := text_of(node, f"{TIMER}/{spec}"))), "")


def comes_round(node: Node) -> bool:
    """Whether a timer is written as one that comes again and again."""
    return bool(text_of(node, f"{TIMER}/timeCycle"))


def _comes_again(node: Node) -> bool:
    """Whether it can happen more than once: beside a step, or at the start of a frame."""
    return kind(node) == "startEvent" or node.get("cancelActivity") == "false"


def reads(page: Page, node: Node) -> bool:
    """Whether a timer is executed as it is written. A fact that nobody knows is no time."""
    if property_of(node, ASKS):
        return True
    text = _time(node)
    if text.startswith("="):
        return not page.unclear(text)
    try:
        if comes_round(node):
            limit_words.read_cycle(text)
            return _comes_again(node)
        return bool(text) and bool(limit_words.read(text))
    except errors.NotUnderstood:
        return False
