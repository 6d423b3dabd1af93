"""Where an arrow may leave a shape and where it may arrive, and how well each place is liked.

An arrow leaves to the right and arrives from the left where it can: time runs from left to right.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.drawing.model import ACTIVITIES, GATEWAYS
from app.drawing.placing.boxes import Box, Point
from app.drawing.placing.canvas import Arrow, Canvas

RIGHT, DOWN, LEFT, UP = 0, 1, 2, 3
ACROSS, DOWNWARDS = (1, 0, -1, 0), (0, 1, 0, -1)  # of each side
LEAVES = {RIGHT: 0.0, DOWN: 4.0, UP: 5.0, LEFT: 16.0}
ARRIVES = {LEFT: 0.0, DOWN: 4.0, UP: 4.0, RIGHT: 14.0}
GOING_BACK = 5.0  # out of the left side, where the arrow leads back
FROM_EDGE = {DOWN: 0.0, LEFT: 8.0, RIGHT: 8.0, UP: 60.0}  # an event on the lower edge of a step
AGAINST, BESIDE_ONE, WITH_ONE = 90.0, 90.0, 3.0  # what comes and goes at one point; what leaves there too; arrives too
FANS = frozenset({"parallelGateway", "inclusiveGateway", "eventBasedGateway"})  # whose ways may begin as one line
ASIDE = {True: 2.0, False: 0.6}  # for each step away from the middle of a side: leaving, arriving
REACH, STEP = 4, 10.0  # how far from the middle of a side: so many steps of so many units


@dataclass(frozen=True)
class Port:
    """A point on the outline of a shape, the side it is on, and what it costs to use it."""

    at: Point
    side: int
    cost: float

    def beyond(self, far: float) -> Point:
        """The point so far outside the shape, straight ahead."""
        return self.at[0] + ACROSS[self.side] * far, self.at[1] + DOWNWARDS[self.side] * far


def leaving(canvas: Canvas, arrow: Arrow) -> list[Port]:
    """Where an arrow may begin."""
    liked = FROM_EDGE if canvas.nodes[arrow.source].kind == "boundaryEvent" else LEAVES
    if canvas.boxes[arrow.target].right <= canvas.boxes[arrow.source].left:
        liked = liked | {LEFT: GOING_BACK}
    return list(_ports(canvas, arrow.source, liked, arrow, is_leaving=True))


def arriving(canvas: Canvas, arrow: Arrow) -> list[Port]:
    """Where an arrow may end."""
    return list(_ports(canvas, arrow.target, ARRIVES, arrow, is_leaving=False))


def _ports(canvas: Canvas, element: str, liked: dict[int, float], arrow: Arrow, *, is_leaving: bool) -> Iterator[Port]:
    box = canvas.boxes[element]
    is_wide = canvas.nodes[element].kind in ACTIVITIES
    events = [canvas.boxes[node.id] for node in canvas.nodes.values() if node.host == element]
    for side, cost in liked.items():
        for point, more in _points(box, side, ASIDE[is_leaving], is_wide=is_wide):
            if not any(_is_on(point, event) for event in events):
                used = _used(canvas, element, point, arrow, is_leaving=is_leaving)
                yield Port(point, side, cost + more + used)


def _points(box: Box, side: int, aside: float, *, is_wide: bool) -> Iterator[tuple[Point, float]]:
    x, y = box.middle
    if side in (LEFT, RIGHT):
        yield (box.left if side == LEFT else box.right, y), 0.0
        return
    edge = box.top if side == UP else box.bottom
    yield (x, edge), 0.0
    for n in range(1, REACH + 1) if is_wide else ():
        if n * STEP <= box.width / 2 - 10:
            yield (x - n * STEP, edge), aside * n
            yield (x + n * STEP, edge), aside * n


def _is_on(point: Point, event: Box) -> bool:
    """Whether an event on the edge of a step stands where an arrow would begin or end."""
    close = event.grown(4)
    return close.left < point[0] < close.right and close.top < point[1] < close.bottom


def _used(canvas: Canvas, element: str, point: Point, arrow: Arrow, *, is_leaving: bool) -> float:
    """What it costs that other arrows begin or end at this point."""
    kind = canvas.nodes[element].kind
    cost = 0.0
    for other in canvas.arrows.values():
        line = canvas.lines.get(other.id)
        if other.id == arrow.id or not line or other.kind != "sequenceFlow":
            continue
        if other.source == element and _same(line[0], point):
            cost += (WITH_ONE if kind in FANS else BESIDE_ONE) if is_leaving else AGAINST
        if other.target == element and _same(line[-1], point):
            cost += AGAINST if is_leaving else (1.0 if kind in GATEWAYS else WITH_ONE)
    return cost


def _same(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < 6 and abs(one[1] - other[1]) < 6
