"""The marks inside events, gateways and tasks, drawn around a point.

Each event mark is drawn as an outline where the event waits, and full where it sends.
"""

import math
from collections.abc import Callable

from app.drawing.paint.tags import circle, number, path, rect

LINE = "d-mark"
FULL = "d-mark d-mark--full"
BOLD = "d-mark d-mark--bold"


def event_mark(kind: str, x: float, y: float, *, full: bool) -> str:
    """The mark of an event definition around ``x, y``, or ``""`` for a plain event."""
    draw = _EVENTS.get(kind)
    return draw(x, y, full) if draw else ""


def gateway_mark(kind: str, x: float, y: float, *, shows_cross: bool = True, instantiates: bool = False) -> str:
    """The mark of a gateway around ``x, y``."""
    if kind == "exclusiveGateway":
        return _at(x, y, "M-6.5-9L6.5 9M6.5-9L-6.5 9", BOLD) if shows_cross else ""
    if kind == "parallelGateway":
        return _at(x, y, "M0-12V12M-12 0H12", BOLD)
    if kind == "inclusiveGateway":
        return circle(x, y, 11, "d-mark d-mark--bold")
    if kind == "complexGateway":
        return _at(x, y, "M0-12V12M-12 0H12M-8.5-8.5L8.5 8.5M8.5-8.5L-8.5 8.5", BOLD)
    rings = circle(x, y, 13.5, LINE) + ("" if instantiates else circle(x, y, 11, LINE))
    return rings + _at(x, y, _polygon(5, 7.5), LINE)


def task_mark(kind: str, x: float, y: float) -> str:
    """The mark in the upper left corner of a task, around ``x, y``, or ``""`` for a plain task."""
    draw = _TASKS.get(kind)
    return draw(x, y) if draw else ""


def foot_mark(kind: str, x: float, y: float) -> str:
    """A mark at the foot of an activity: its repeats, its inside, its being ad hoc or compensating."""
    return _at(x, y, _FEET[kind], FULL if kind == "compensation" else LINE)


def tick(x: float, y: float) -> str:
    """The tick of what is done."""
    return _at(x, y, "M-6 0L-1.5 5L7-5.5", "d-tick")


def _at(x: float, y: float, d: str, class_: str) -> str:
    return path(d, class_, transform=f"translate({number(x)} {number(y)})")


def _polygon(corners: int, radius: float, turn: float = -math.pi / 2) -> str:
    angles = (turn + i * math.tau / corners for i in range(corners))
    points = (f"{number(radius * math.cos(a))} {number(radius * math.sin(a))}" for a in angles)
    return f"M{'L'.join(points)}Z"


def _rays(count: int, start: float, end: float) -> str:
    """Short lines that point away from the middle, evenly around it."""
    turns = ((math.cos(a), math.sin(a)) for a in (i * math.tau / count for i in range(count)))
    return "".join(f"M{number(start * x)} {number(start * y)}L{number(end * x)} {number(end * y)}" for x, y in turns)


def _glyph(d: str) -> Callable[[float, float, bool], str]:
    """An event's mark that is one closed outline."""
    return lambda x, y, full: _at(x, y, d, FULL if full else LINE)


def _timer(x: float, y: float, _full: bool) -> str:
    ticks = _rays(12, 9, 11)
    return circle(x, y, 11.5, LINE) + _at(x, y, ticks + "M1.5-7.5L0 0L5.5 1", LINE)


def _envelope(x: float, y: float, full: bool, half: float = 9.5, tall: float = 6.5) -> str:
    flap = f"M{-half} {-tall}L0 {tall * 0.15}L{half} {-tall}"
    box = rect(x - half, y - tall, 2 * half, 2 * tall, FULL if full else LINE)
    return box + _at(x, y, flap, "d-mark d-mark--paper" if full else LINE)


def _conditional(x: float, y: float, _full: bool) -> str:
    return rect(x - 7, y - 9, 14, 18, LINE) + _at(x, y, "M-4-5.5H4M-4-1.8H4M-4 1.8H4M-4 5.5H4", LINE)


def _person(x: float, y: float) -> str:
    return _at(x, y, "M-7 8.5C-7 2-4 .5 0 .5S7 2 7 8.5Z", LINE) + circle(x, y - 4, 4.2, "d-mark d-mark--head")


def _table(x: float, y: float) -> str:
    head = rect(x - 9, y - 6.5, 18, 4, FULL)
    return rect(x - 9, y - 6.5, 18, 13, LINE) + head + _at(x, y, "M-9 2H9M-3.5-2.5V6.5", LINE)


def _gear(x: float, y: float) -> str:
    teeth = _rays(8, 5.5, 8.5)
    return _at(x, y, teeth, "d-mark d-mark--tooth") + circle(x, y, 5.7, LINE) + circle(x, y, 2.1, LINE)


def _script(x: float, y: float) -> str:
    page = "M-4-8H7C3-4.5 3-2.5 5 0S7 5 4 8H-7C-4 5-4 3-6 0S-8-5-4-8Z"
    return _at(x, y, page + "M-4-4.5H2M-4-1.2H2.5M-3 2H4M-3 5H4", LINE)


def _hand(x: float, y: float) -> str:
    fingers = (
        "M-8-2L-3-7H0L-1.5-4.5H7A1.6 1.6 0 0 1 7-1.5H1.5M7-1.5A1.5 1.5 0 0 1 7 1.5H1.5M6.5 1.5A1.4 1.4 0 0 1 6 4.3H1.5"
    )
    return _at(x, y, fingers + "M5 4.3A1.3 1.3 0 0 1 4.5 7H-4L-8 4.5Z", LINE)


_EVENTS: dict[str, Callable[[float, float, bool], str]] = {
    "timer": _timer,
    "message": _envelope,
    "conditional": _conditional,
    "escalation": _glyph("M0-9.5L7.5 9L0 2.5L-7.5 9Z"),
    "error": _glyph("M-9.5 8.5L-4.5-7.5L2.5 1.5L9.5-8.5L4.5 8L-2.5-1Z"),
    "signal": _glyph("M0-9.5L9 6.5H-9Z"),
    "link": _glyph("M-9-4H2V-8.5L10 0L2 8.5V4H-9Z"),
    "compensate": _glyph("M-10 0L-1-7V7ZM-1 0L8-7V7Z"),
    "cancel": _glyph("M-9-6L-6-9L0-3L6-9L9-6L3 0L9 6L6 9L0 3L-6 9L-9 6L-3 0Z"),
    "multiple": _glyph(_polygon(5, 10)),
    "parallelMultiple": _glyph("M-2.5-9.5H2.5V-2.5H9.5V2.5H2.5V9.5H-2.5V2.5H-9.5V-2.5H-2.5Z"),
    "terminate": lambda x, y, _full: circle(x, y, 10.5, FULL),
}
_TASKS: dict[str, Callable[[float, float], str]] = {
    "userTask": _person,
    "sendTask": lambda x, y: _envelope(x, y - 1, True, 9, 6),
    "receiveTask": lambda x, y: _envelope(x, y - 1, False, 9, 6),
    "businessRuleTask": _table,
    "serviceTask": _gear,
    "scriptTask": _script,
    "manualTask": _hand,
}
_FEET = {
    "parallel": "M-4-5.5V5.5M0-5.5V5.5M4-5.5V5.5",
    "sequential": "M-5.5-4H5.5M-5.5 0H5.5M-5.5 4H5.5",
    "standard": "M1 5.5A5.5 5.5 0 1 0-3.9 3.9M-4.4-.2L-3.7 4.1L-8 4.4",
    "inside": "M-7-7H7V7H-7ZM0-4V4M-4 0H4",
    "adHoc": "M-6 1.5C-4-3-1.5-2 0 0S4 3 6-1.5",
    "compensation": "M-7 0L0-5V5ZM0 0L7-5V5Z",
}
