"""A page laid out anew: every step in a cell of its own, every arrow on its best way.

What it does not do: it keeps nothing of how the page was arranged, it does not look for the order of lanes with the
fewest crossings, and notes, data and groups, which have no place in the order of steps, stand in a row below.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.drawing.placing import grids, room, tidying, words
from app.drawing.placing.boxes import Box, Point, around
from app.drawing.placing.canvas import LANE, POOL, STEPS, Arrow, Canvas, Node
from app.drawing.placing.grids import Cell
from app.drawing.placing.hanging import BELOW, BESIDE, CORNER, FOOT
from app.drawing.placing.inserting import CELL, EVENT, GUTTER, ROW, size_of
from app.drawing.placing.routes import elbow

HEAD, BEGIN = 30.0, 20.0  # the head of a pool or a lane; what is left free before the first column
BETWEEN = 40.0  # units between two pools
FRAME = Box(30, 30, 30, 36)  # what a frame leaves free inside: left, top, right, bottom
ARTIFACT = (100.0, 50.0)


@dataclass(frozen=True)
class Process:
    """What is to be laid out together: a process with its pool ("" for none) and its lanes, from above."""

    id: str
    pool: str
    lanes: tuple[str, ...]


@dataclass
class Anew:
    """The parts of a page, in the order of the file; ``lanes`` is the lane of each step that stands in one."""

    nodes: Mapping[str, Node]
    arrows: Mapping[str, Arrow]
    lanes: Mapping[str, str]
    processes: Sequence[Process]
    canvas: Canvas = field(default_factory=Canvas)

    def page(self) -> Canvas:
        """The page."""
        self.canvas = Canvas(dict(self.nodes), dict(self.arrows), lanes=dict(self.lanes))
        self.told = self._told()
        top = 0.0
        for process in self.processes:
            top = self._process(process, top) + BETWEEN
        self._rest(top)
        self.canvas.nodes = {id_: node for id_, node in self.nodes.items() if id_ in self.canvas.boxes}
        for id_ in self.canvas.nodes:
            tidying.place_words(self.canvas, id_)
        self._ties()
        tidying.settle(self.canvas, ())
        room.level(self.canvas)
        return self.canvas

    def _told(self) -> dict[str, str]:
        """{end: event on the edge of a step from which alone it is reached}."""
        into: dict[str, list[str]] = defaultdict(list)
        for arrow in self.arrows.values():
            into[arrow.target].append(arrow.source)
        alone = {id_: ones[0] for id_, ones in into.items() if len(ones) == 1 and ones[0] in self.nodes}
        kinds = {id_: node.kind for id_, node in self.nodes.items()}
        return {i: e for i, e in alone.items() if kinds.get(i) == "endEvent" and kinds[e] == "boundaryEvent"}

    def _process(self, process: Process, top: float) -> float:
        """Lays a process out below ``top``; gives its lower edge."""
        left = (HEAD if process.pool else 0.0) + (HEAD if process.lanes else 0.0)
        inside = [one for one in self.nodes.values() if one.process == process.id and not one.frame]
        bands = self._scope(inside, (left + BEGIN, top), process.lanes)
        right = max([self.canvas.boxes[n.id].right for n in inside if n.id in self.canvas.boxes], default=left) + GUTTER
        edge = top
        for lane, height in bands.items():
            if lane:
                self.canvas.boxes[lane] = Box(left - HEAD, edge, right, edge + height)
            edge += height
        if process.pool:
            self.canvas.boxes[process.pool] = Box(0, top, right, edge)
        return edge

    def _scope(self, inside: Sequence[Node], at: Point, lanes: Sequence[str]) -> dict[str, float]:
        """Places the steps of one scope; gives the height of each lane, "" where there are none."""
        steps = [one.id for one in inside if one.kind in STEPS and not one.host and one.id not in self.told]
        steps.sort(key=lambda one: (self.nodes[one].kind != "startEvent", one not in self._joined()))
        lane_of = {one: self._lane(one, lanes) for one in steps}
        cells = grids.cells(steps, self._ways(steps), lane_of)
        sizes = {one: self._size(one) for one in steps}
        xs, heights = self._columns(cells, sizes, at[0]), self._heights(cells, sizes, lanes)
        top = at[1]
        for lane, rows in heights.items():
            for row, height in enumerate(rows):
                for one in [one for one, cell in cells.items() if (cell.lane, cell.row) == (lane, row)]:
                    self._stand(one, sizes[one], (xs[cells[one].column], top))
                top += height
        return {lane: sum(rows) for lane, rows in heights.items()}

    def _lane(self, step: str, lanes: Sequence[str]) -> str:
        own = self.lanes.get(step, "")
        return own if own in lanes else lanes[0] if lanes else ""

    def _joined(self) -> set[str]:
        return {end for arrow in self.arrows.values() for end in (arrow.source, arrow.target)}

    def _ways(self, steps: Sequence[str]) -> list[tuple[str, str]]:
        known = set(steps)
        found = []
        for arrow in self.arrows.values():
            host = self.nodes[arrow.source].host if arrow.source in self.nodes else ""
            if arrow.kind == "sequenceFlow" and (host or arrow.source) in known and arrow.target in known:
                found.append((host or arrow.source, arrow.target))
        return found

    def _events(self, step: str) -> list[str]:
        return [node.id for node in self.nodes.values() if node.host == step]

    def _size(self, step: str) -> tuple[float, float]:
        """How large a step is drawn: wide enough for its limits, an open subprocess around what is in it."""
        node = self.nodes[step]
        if node.is_open:
            return self._frame_size(step)
        wide, high = size_of(node.kind)
        return max(wide, BESIDE * len(self._events(step)) - BEGIN), high

    def _frame_size(self, frame: str) -> tuple[float, float]:
        inside = [node for node in self.nodes.values() if node.frame == frame]
        self._scope(inside, (0.0, 0.0), ())
        boxes = [self.canvas.boxes[one.id] for one in inside if one.id in self.canvas.boxes]
        if not boxes:
            return 2 * ROW, ROW
        right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
        return right + FRAME.left + FRAME.right, bottom + FRAME.top + FRAME.bottom

    def _columns(self, cells: Mapping[str, Cell], sizes: Mapping[str, tuple[float, float]], left: float) -> list[float]:
        """The middle of each column."""
        middles: list[float] = []
        for column in range(1 + max((cell.column for cell in cells.values()), default=-1)):
            own = [one for one, cell in cells.items() if cell.column == column]
            wide = max(max(sizes[one][0], CELL) for one in own) if own else CELL
            middles.append(10 * round((left + wide / 2) / 10))
            left = middles[-1] + wide / 2 + self._gutter(own)
        return middles

    def _gutter(self, steps: Sequence[str]) -> float:
        named = [words.size(a.name)[0] for a in self.arrows.values() if a.source in steps and a.name]
        return max([GUTTER, *(width - 5 for width in named)])

    def _heights(
        self, cells: Mapping[str, Cell], sizes: Mapping[str, tuple[float, float]], lanes: Sequence[str]
    ) -> dict[str, list[float]]:
        """The height of each row, by lane."""
        found: dict[str, list[float]] = {}
        for lane in lanes or ("",):
            rows = 1 + max((cell.row for cell in cells.values() if cell.lane == lane), default=0)
            found[lane] = [
                self._height([o for o, c in cells.items() if (c.lane, c.row) == (lane, row)], sizes)
                for row in range(rows)
            ]
        return found

    def _height(self, steps: Sequence[str], sizes: Mapping[str, tuple[float, float]]) -> float:
        high = max([ROW, *(sizes[one][1] + GUTTER for one in steps)])
        tells = [one for one in steps if any(event in self.told.values() for event in self._events(one))]
        below = max((sizes[one][1] for one in tells), default=0.0) + BELOW + EVENT[1] / 2 + FOOT + GUTTER / 2
        return max(high, below) if tells else high

    def _stand(self, step: str, size: tuple[float, float], at: Point) -> None:
        """A step in its cell, of which ``at`` is the middle of the upper edge; what is in it and on it goes along."""
        high = max(size[1], ROW - GUTTER)
        box = around((at[0], at[1] + GUTTER / 2 + high / 2), *size)
        if self.nodes[step].is_open:
            self._fill(step, box)
        self.canvas.boxes[step] = box
        for number, event in enumerate(self._events(step)):
            x = min(box.left + CORNER + BESIDE * number, box.right - CORNER)
            self.canvas.boxes[event] = around((x, box.bottom), *EVENT)
            for end in (end for end, above in self.told.items() if above == event):
                self.canvas.boxes[end] = around((x, box.bottom + BELOW), *EVENT)

    def _fill(self, frame: str, box: Box) -> None:
        for id_ in [id_ for id_ in self.canvas.boxes if frame in self.canvas.frames_around(id_)]:
            self.canvas.boxes[id_] = self.canvas.boxes[id_].moved(box.left + FRAME.left, box.top + FRAME.top)

    def _rest(self, top: float) -> None:
        """What has no place among the steps, in a row below."""
        left = HEAD
        for node in self.nodes.values():
            if node.id not in self.canvas.boxes and node.kind not in (LANE, POOL, *STEPS):
                self.canvas.boxes[node.id] = Box(left, top, left + ARTIFACT[0], top + ARTIFACT[1])
                left += ARTIFACT[0] + GUTTER

    def _ties(self) -> None:
        """Messages and dotted lines, as simple as they can be."""
        for arrow in list(self.canvas.arrows.values()):
            ends = (self.canvas.boxes.get(arrow.source), self.canvas.boxes.get(arrow.target))
            if ends[0] is None or ends[1] is None:
                del self.canvas.arrows[arrow.id]
            elif arrow.kind != "sequenceFlow":
                self.canvas.lines[arrow.id] = elbow(ends[0], ends[1])
