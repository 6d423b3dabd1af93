"""Where labels stand: how much room words take, and the places beside a shape or on an arrow that they may have."""

import math
from collections.abc import Iterator

from app.drawing.model import EVENTS, GATEWAYS
from app.drawing.paint.text import width, wrap
from app.drawing.placing.boxes import Box, Line
from app.drawing.placing.canvas import Canvas

LINE = 15.0  # units that one line of words takes
EVENLY = 4.0  # how finely lines are made equally long
BESIDE, NARROW = 90.0, 70.0  # how wide words may run: beside an event or a question, beside a time limit


def size(text: str, room: float = BESIDE) -> tuple[float, float]:
    """How wide and tall words are in as few lines as that room allows, the lines about equally long."""
    longest = max((width(word) for word in text.split()), default=0.0)
    lines = wrap(text, max(room, longest)) or [""]
    narrower = longest
    while len(lines) > 1 and narrower < room:
        if len(tried := wrap(text, narrower)) <= len(lines):
            lines = tried
            break
        narrower += EVENLY
    return math.ceil(max(map(width, lines))) + 4.0, LINE * len(lines)


def below(box: Box, text: str) -> Box:
    """Words in the middle below a shape, where they stand when a file does not say."""
    wide, high = size(text)
    return _at(box.middle[0] - wide / 2, box.bottom + 4, wide, high)


def beside(line: Line, text: str) -> Box:
    """The words of an arrow above its longest piece, where they stand when a file does not say."""
    wide, high = size(text)
    ends = max(zip(line, line[1:], strict=False), key=lambda ends: math.dist(*ends), default=(line[0], line[0]))
    x, y = (ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2
    return _at(x - wide / 2, y - high - 2, wide, high)


def spots(canvas: Canvas, element: str, text: str) -> Iterator[Box]:
    """The places that words beside a shape may have, the usual one first; nothing where they stand inside it."""
    node, box = canvas.nodes[element], canvas.boxes[element]
    if node.kind == "boundaryEvent":
        yield from _on_edge(box, text)
    elif element in canvas.told():
        yield from (_right(box, text, NARROW), _left(box, text, NARROW))
    elif node.kind in GATEWAYS:
        yield from (_above(box, text), _below(box, text), *_beside_corners(box, text))
    elif node.kind in EVENTS:
        yield from (below(box, text), _above(box, text), _right(box, text, BESIDE), _left(box, text, BESIDE))


def answers(line: Line, text: str) -> Iterator[Box]:
    """The places that an answer may have on its arrow: beside the first piece, on either side."""
    wide, high = size(text)
    (x, y), (u, v) = line[0], line[1]
    if abs(x - u) < 1:
        top = y + 4 if v > y else y - high - 4
        yield from (_at(x + 5, top, wide, high), _at(x - 5 - wide, top, wide, high))
    else:
        left = x + 6 if u > x else x - wide - 6
        yield from (_at(left, y - high - 2, wide, high), _at(left, y + 3, wide, high))


def _on_edge(box: Box, text: str) -> Iterator[Box]:
    is_long = size(text, NARROW)[1] > 2 * LINE
    for room in (BESIDE, NARROW) if is_long else (NARROW, BESIDE):
        wide, high = size(text, room)
        yield _at(box.right + 2, box.middle[1] + 2, wide, high)
        yield _at(box.left - 2 - wide, box.middle[1] + 2, wide, high)


def _above(box: Box, text: str) -> Box:
    wide, high = size(text)
    return _at(box.middle[0] - wide / 2, box.top - 1 - high, wide, high)


def _below(box: Box, text: str) -> Box:
    return below(box, text).moved(0, -2)


def _right(box: Box, text: str, room: float) -> Box:
    wide, high = size(text, room)
    return _at(box.right + 4, box.middle[1] - high / 2, wide, high)


def _left(box: Box, text: str, room: float) -> Box:
    wide, high = size(text, room)
    return _at(box.left - 4 - wide, box.middle[1] - high / 2, wide, high)


def _beside_corners(box: Box, text: str) -> Iterator[Box]:
    """Right or left of an arrow that leaves the upper or lower corner."""
    wide, high = size(text)
    for top in (box.top - 1 - high, box.bottom + 2):
        yield _at(box.middle[0] + 6, top, wide, high)
        yield _at(box.middle[0] - 6 - wide, top, wide, high)


def _at(left: float, top: float, wide: float, high: float) -> Box:
    return Box(round(left), round(top), round(left) + wide, round(top) + high)
