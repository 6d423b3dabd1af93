"""What goes from a page: its shapes and arrows, and the gap that it leaves, where that can be closed."""

from collections.abc import Collection

from app.drawing.placing import judging, room, tidying
from app.drawing.placing.boxes import Box
from app.drawing.placing.canvas import Canvas
from app.drawing.placing.inserting import CELL, GUTTER, ROW


def drop(canvas: Canvas, ids: Collection[str]) -> None:
    """These shapes and arrows are not drawn any more."""
    for id_ in ids:
        for kept in (canvas.nodes, canvas.boxes, canvas.words, canvas.lanes, canvas.arrows, canvas.lines):
            kept.pop(id_, None)


def closed(canvas: Canvas, gaps: Collection[Box], inside: str = "") -> Canvas:
    """The page with these gaps closed, across and down, each only where the page is tidier without it."""
    for gap in gaps:
        half = max(gap.width, CELL) / 2
        canvas = _better(canvas, room.widen, gap.middle[0] - half, 2 * half + GUTTER, inside)
        canvas = _better(canvas, room.deepen, gap.middle[1] - ROW / 2, ROW, inside)
        canvas = _better(canvas, room.deepen, gap.top, gap.height + 10, inside)
    return canvas


def _better(canvas: Canvas, make_room: "room.Making", at: float, by: float, inside: str) -> Canvas:
    known = judging.troubles(canvas)
    tried = canvas.copy()
    make_room(tried, at, -by, inside)
    room.tighten(tried)
    if judging.troubles(tried) - known:
        return canvas
    tidying.settle(tried, known)
    is_better = not judging.troubles(tried) - known and judging.badness(tried) < judging.badness(canvas)
    return tried if is_better else canvas
