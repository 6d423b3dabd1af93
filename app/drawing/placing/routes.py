"""The way of an arrow between two shapes: horizontal and vertical, around everything, with few bends and crossings."""

import heapq
from collections.abc import Iterator
from dataclasses import replace

from app.drawing.placing import ground as grounds
from app.drawing.placing import ports, words
from app.drawing.placing.boxes import Box, Line, Point, corners, pieces
from app.drawing.placing.canvas import Arrow, Canvas
from app.drawing.placing.ground import Ground
from app.drawing.placing.ports import ACROSS, DOWNWARDS, Port

BEND, SHORT, BACK = 8.0, 4.0, 1.2  # a corner; one right before the arrow ends; a step to the left
STUB = 10.0  # how far a line goes straight on before it may turn
CRAMPED = 8.0  # what it costs to turn before the words of an arrow
LABEL = 25.0  # the same down or up, where words stand on it
SHORTER = 5.0  # by so much is it tried to be shorter
Steps = list[tuple[int, list[float], dict[int, float]]]


def route(canvas: Canvas, arrow: Arrow) -> Line:
    """The best way for an arrow; a plain elbow where there is no room for any."""
    leaving, arriving = ports.leaving(canvas, arrow), ports.arriving(canvas, arrow)
    boxes = grounds.obstacles(canvas, arrow)
    straight = _straight(canvas, arrow, leaving, arriving, boxes)
    if straight:
        return straight
    starts = [start for port in leaving for start in _starts(canvas, arrow, port, boxes)]
    goals = [(port, port.beyond(STUB)) for port in arriving]
    ground = grounds.ground(canvas, arrow, [point for _, point in (*starts, *goals)])
    search = _Search(ground, canvas.boxes[arrow.target])
    found = search.find(starts, goals)
    return found or elbow(canvas.boxes[arrow.source], canvas.boxes[arrow.target])


def _starts(canvas: Canvas, arrow: Arrow, port: Port, boxes: list[Box]) -> Iterator[tuple[Port, Point]]:
    """Where a line that begins at a port may turn first: behind its words, or for a price before them."""
    far = _stub(canvas, arrow, port, boxes)
    yield port, port.beyond(far)
    if far > STUB:
        yield replace(port, cost=port.cost + CRAMPED), port.beyond(STUB)


def _stub(canvas: Canvas, arrow: Arrow, port: Port, boxes: list[Box]) -> float:
    """How far a line goes straight on from its beginning: past its words, where there is room."""
    wanted = STUB
    if arrow.name:
        wanted = words.size(arrow.name)[0] + 16 if port.side in (ports.LEFT, ports.RIGHT) else LABEL
    own = canvas.boxes[arrow.source]
    while wanted > STUB and any(_reach(port, wanted + STUB).meets(box) for box in boxes if box != own):
        wanted -= SHORTER
    return max(wanted, STUB)


def _reach(port: Port, far: float) -> Box:
    (x, y), (u, v) = port.at, port.beyond(far)
    return Box(min(x, u), min(y, v), max(x, u), max(y, v)).grown(2)


def _straight(canvas: Canvas, arrow: Arrow, leaving: list[Port], arriving: list[Port], boxes: list[Box]) -> Line | None:
    """A straight line between two sides that face each other, where nothing at all is in its way."""
    pairs = [
        (a.cost + b.cost, a, b)
        for a in leaving
        for b in arriving
        if (b.side + 2) % 4 == a.side and _face(a, b) and a.cost + b.cost < 12
    ]
    for _, one, other in sorted(pairs, key=lambda pair: pair[0]):
        (line,) = pieces((one.at, other.at))
        if not _is_hindered(canvas, arrow, line, boxes):
            return one.at, other.at
    return None


def _face(one: Port, other: Port) -> bool:
    across, down = other.at[0] - one.at[0], other.at[1] - one.at[1]
    ahead = across * ACROSS[one.side] + down * DOWNWARDS[one.side]
    aside = abs(across * DOWNWARDS[one.side]) + abs(down * ACROSS[one.side])
    return ahead > 0 and aside < 0.5


def _is_hindered(canvas: Canvas, arrow: Arrow, line: Box, boxes: list[Box]) -> bool:
    own = (canvas.boxes[arrow.source], canvas.boxes[arrow.target])
    if any(line.grown(5).meets(box) for box in boxes if box not in own):
        return True
    if any(line.grown(1).meets(box) for id_, box in canvas.words.items() if id_ != arrow.id):
        return True
    for other in canvas.arrows.values():
        if other.id != arrow.id and other.kind == "sequenceFlow":
            if any(one.grown(3).meets(line.grown(3)) for one in pieces(canvas.lines.get(other.id, ()))):
                return True
    return False


def elbow(source: Box, target: Box) -> Line:
    """A line with at most two corners from one shape to another, whatever is in its way."""
    (x, y), (u, v) = source.middle, target.middle
    if target.left >= source.right:
        half = (source.right + target.left) / 2
        return corners([(source.right, y), (half, y), (half, v), (target.left, v)])
    edge, onto = (source.bottom, target.top) if v > y else (source.top, target.bottom)
    half = (edge + onto) / 2
    return corners([(x, edge), (x, half), (u, half), (u, onto)])


class _Search:
    """A search for the cheapest way (A*). A state is a point of the ground and the side towards which the line goes."""

    def __init__(self, ground: Ground, target: Box) -> None:
        self.ground = ground
        self.queue: list[tuple[float, float, int]] = []  # the least that a way can cost, what it has cost, its state
        self.costs: dict[int, float] = {}
        self.came: dict[int, int] = {}
        self.across = [max(target.left - x, BACK * (x - target.right), 0.0) / grounds.GRID for x in ground.xs]
        self.down = [max(target.top - y, y - target.bottom, 0.0) / grounds.GRID for y in ground.ys]

    def find(self, starts: list[tuple[Port, Point]], goals: list[tuple[Port, Point]]) -> Line | None:
        first: dict[int, Port] = {}
        for port, beyond in sorted(starts, key=lambda one: -one[0].cost):
            point = self.ground.point(beyond)
            if point is not None and not self.ground.shut[point]:
                first[4 * point + port.side] = port
                self.costs[4 * point + port.side] = port.cost
        self.queue = [(self.costs[state], self.costs[state], state) for state in first]
        heapq.heapify(self.queue)
        last: dict[int, list[Port]] = {}
        for port, beyond in goals:
            point = self.ground.point(beyond)
            if point is not None:
                last.setdefault(point, []).append(port)
        state, into = self._run(last)
        return self._traced(state, into, first) if into is not None else None

    def _run(self, last: dict[int, list[Port]]) -> tuple[int, Port | None]:
        best = float("inf")
        found: tuple[int, Port | None] = (0, None)
        steps, done = self._steps(), set[int]()
        while self.queue:
            guess, cost, state = heapq.heappop(self.queue)
            if guess >= best:
                break
            if state in done:
                continue
            done.add(state)
            point, side = divmod(state, 4)
            for port in last.get(point, ()):
                whole = cost + port.cost + _turned(side, (port.side + 2) % 4)
                if whole < best:
                    best, found = whole, (state, port)
            self._spread(point, side, cost, steps)
        return found

    def _steps(self) -> Steps:
        """For each side: how far the next point is in numbers, what a step there costs, and what that point costs."""
        xs, ys, wide = self.ground.xs, self.ground.ys, len(self.ground.xs)
        right = [*((b - a) / grounds.GRID for a, b in zip(xs, xs[1:], strict=False)), -1.0]
        down = [*((b - a) / grounds.GRID for a, b in zip(ys, ys[1:], strict=False)), -1.0]
        left = [-1.0, *(one * BACK for one in right[:-1])]
        flat, upright = self.ground.flat, self.ground.upright
        return [(1, right, flat), (wide, down, upright), (-1, left, flat), (-wide, [-1.0, *down[:-1]], upright)]

    def _spread(self, point: int, side: int, cost: float, steps: Steps) -> None:
        row, column = divmod(point, len(self.ground.xs))
        shut, costs = self.ground.shut, self.costs
        for turn in (side, (side + 1) % 4, (side + 3) % 4):
            number, lengths, more = steps[turn]
            length = lengths[row if turn % 2 else column]
            onto = point + number
            if length < 0 or shut[onto]:
                continue
            price = cost + length + more.get(onto, 0.0) + (BEND if turn != side else 0.0)
            state = 4 * onto + turn
            if price < costs.get(state, float("inf")):
                costs[state] = price
                self.came[state] = 4 * point + side
                heapq.heappush(self.queue, (price + self._far(onto, turn), price, state))

    def _far(self, point: int, side: int) -> float:
        """The least that is still to come: the way to the target, and the corners that it needs."""
        row, column = divmod(point, len(self.across))
        across, down = self.across[column], self.down[row]
        bends = BEND if (across and down) or (across and side % 2) or (down and not side % 2) else 0.0
        return across + down + bends - 1.5

    def _traced(self, state: int, into: Port, first: dict[int, Port]) -> Line:
        points = [into.at, self.ground.place(state // 4)]
        while state in self.came:
            state = self.came[state]
            points.append(self.ground.place(state // 4))
        points.append(first[state].at)
        return corners(reversed(points))


def _turned(side: int, into: int) -> float:
    if side == into:
        return 0.0
    return 2 * BEND + 20 if (side + 2) % 4 == into else BEND + SHORT
