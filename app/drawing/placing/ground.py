"""The page as a grid over which an arrow finds its way: what blocks it, what it should keep clear of.

Costs are in steps of ten units. Lines that are there already may be crossed for a price, and shared only by arrows
that end at the same step, or that part at the same sign.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.drawing.placing.boxes import Box, Line, Point, pieces
from app.drawing.placing.canvas import LANE, POOL, Arrow, Canvas
from app.drawing.placing.ports import FANS

GRID = 10.0
CLEAR = 9.9  # units that a line keeps away from shapes
OWN_WORDS = 4.0  # of the steps at its ends, which can stand elsewhere
WORDS, CROSS, SHARE, CLOSE, BORDER, TOGETHER = 40.0, 6.0, 40.0, 2.0, 2.0, 0.3
HEAD = 60.0  # the heads of a pool and its lane, at the left


@dataclass
class Ground:
    """The grid for one arrow. A point is a number: its row times the number of columns, and its column."""

    xs: list[float]
    ys: list[float]
    shut: bytearray
    flat: dict[int, float] = field(default_factory=dict)  # what it costs to come to a point from left or right
    upright: dict[int, float] = field(default_factory=dict)  # … from above or below

    def point(self, at: Point) -> int | None:
        """The number of a point on the grid; None where it is not on it."""
        column, row = bisect_left(self.xs, at[0] - 0.01), bisect_left(self.ys, at[1] - 0.01)
        if column == len(self.xs) or row == len(self.ys):
            return None
        if abs(self.xs[column] - at[0]) > 0.1 or abs(self.ys[row] - at[1]) > 0.1:
            return None
        return row * len(self.xs) + column

    def place(self, point: int) -> Point:
        """Where a point is."""
        row, column = divmod(point, len(self.xs))
        return self.xs[column], self.ys[row]


def ground(canvas: Canvas, arrow: Arrow, stops: Iterable[Point]) -> Ground:
    """The grid for an arrow, with lines through all of ``stops``."""
    page = _page(canvas, arrow)
    points = list(stops)
    xs = _lines(page.left, page.right, [x for x, _ in points])
    ys = _lines(page.top, page.bottom, [y for _, y in points])
    made = Ground(xs, ys, bytearray(len(xs) * len(ys)))
    for box in obstacles(canvas, arrow):
        _shut(made, box.grown(CLEAR))
    for id_, box in canvas.words.items():
        if id_ != arrow.id:
            _cost(made, box.grown(1), OWN_WORDS if id_ in (arrow.source, arrow.target) else WORDS)
    for lane in canvas.of_kind(LANE, POOL):
        for y in (canvas.boxes[lane].top, canvas.boxes[lane].bottom):
            _along(made, Box(canvas.boxes[lane].left, y, canvas.boxes[lane].right, y), BORDER, 0.0, 0.0)
    for other in canvas.arrows.values():
        if other.id != arrow.id and other.kind == "sequenceFlow":
            _avoid(made, canvas, arrow, other, canvas.lines.get(other.id, ()))
    return made


def obstacles(canvas: Canvas, arrow: Arrow) -> list[Box]:
    """What an arrow may not run through: its own ends too, but for where it leaves and arrives."""
    around = {*canvas.frames_around(arrow.source), *canvas.frames_around(arrow.target)}
    shown = (node for node in canvas.solid() if node.id not in around)
    inside = {arrow.source, arrow.target}
    return [canvas.boxes[n.id] for n in shown if n.frame not in canvas.nodes or n.frame in around or n.id in inside]


def _page(canvas: Canvas, arrow: Arrow) -> Box:
    """The part of the page on which an arrow may run: its frame, else its pool, else everything and some more."""
    common = [one for one in canvas.frames_around(arrow.source) if one in canvas.frames_around(arrow.target)]
    if common:
        return canvas.boxes[common[0]].grown(-5)
    process = canvas.nodes[arrow.source].process
    for pool in canvas.of_kind(POOL):
        if canvas.nodes[pool].process == process:
            box = canvas.boxes[pool]
            return Box(box.left + HEAD, box.top + 5, box.right - 5, box.bottom - 5)
    content = canvas.content()
    return (content or Box(0, 0, 0, 0)).grown(60)


def _lines(first: float, last: float, more: Iterable[float]) -> list[float]:
    """Multiples of the grid between two places, and the others in ``more``."""
    begin, end = int(first // GRID) + 1, int(last // GRID)
    found = {n * GRID for n in range(begin, end + 1)}
    return sorted(found | set(more))


def _span(lines: list[float], low: float, high: float) -> range:
    """The numbers of the lines strictly between two places."""
    return range(bisect_right(lines, low), bisect_left(lines, high))


def _shut(made: Ground, box: Box) -> None:
    columns, wide = _span(made.xs, box.left, box.right), len(made.xs)
    if not columns:
        return
    for row in _span(made.ys, box.top, box.bottom):
        begin = row * wide + columns.start
        made.shut[begin : begin + len(columns)] = b"\1" * len(columns)


def _cost(made: Ground, box: Box, cost: float) -> None:
    for row in _span(made.ys, box.top, box.bottom):
        for column in _span(made.xs, box.left, box.right):
            point = row * len(made.xs) + column
            made.flat[point] = made.flat.get(point, 0.0) + cost
            made.upright[point] = made.upright.get(point, 0.0) + cost


def _avoid(made: Ground, canvas: Canvas, arrow: Arrow, other: Arrow, line: Line) -> None:
    joins = other.target == arrow.target
    parts = other.source == arrow.source and canvas.nodes[arrow.source].kind in FANS
    for piece in pieces(line):
        if joins or parts:
            _along(made, piece, TOGETHER, 0.0, 0.0)
        else:
            _along(made, piece, SHARE, CROSS, CLOSE)


def _along(made: Ground, piece: Box, share: float, cross: float, close: float) -> None:
    """Costs along a straight piece of another line, across it, and close beside it."""
    is_flat = piece.height <= piece.width
    own, others = (made.ys, made.xs) if is_flat else (made.xs, made.ys)
    at, begin, end = (piece.top, piece.left, piece.right) if is_flat else (piece.left, piece.top, piece.bottom)
    with_it, over_it = (made.flat, made.upright) if is_flat else (made.upright, made.flat)
    for line in _span(own, at - GRID - 0.5, at + GRID + 0.5):
        is_on = abs(own[line] - at) <= GRID / 2
        for n in _span(others, begin - 0.5, end + 0.5):
            point = line * len(made.xs) + n if is_flat else n * len(made.xs) + line
            with_it[point] = with_it.get(point, 0.0) + (share if is_on else close)
            if is_on and cross:
                over_it[point] = over_it.get(point, 0.0) + cross
