"""One page of a drawing while its picture is being changed: what stands where, and what belongs to what.

Nothing here knows the file. A canvas is cheap to copy, so that several ways to draw something can be compared.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.drawing.model import ACTIVITIES, EVENTS, GATEWAYS, SUB_PROCESSES
from app.drawing.placing.boxes import Box, Line, Point, hull, pieces

POOL, LANE = "participant", "lane"
GROUND = frozenset({POOL, LANE, "group"})  # what other things stand on, so that lines may run over it
STEPS = ACTIVITIES | EVENTS | GATEWAYS
MARGIN = 60.0  # to the right of the last step on a page


@dataclass(frozen=True)
class Node:
    """Something with a shape. ``frame`` is the open subprocess around it on this page, ``host`` what it hangs on."""

    id: str
    kind: str
    name: str = ""
    frame: str = ""
    host: str = ""
    process: str = ""
    is_open: bool = False  # a subprocess whose steps are drawn inside it


@dataclass(frozen=True)
class Arrow:
    """A flow of any kind, by its ends."""

    id: str
    kind: str
    source: str
    target: str
    name: str = ""


@dataclass
class Canvas:
    """What is drawn on one page. ``words`` are the places of labels, of shapes and of lines, by the element's id."""

    nodes: dict[str, Node] = field(default_factory=dict)
    arrows: dict[str, Arrow] = field(default_factory=dict)
    boxes: dict[str, Box] = field(default_factory=dict)
    words: dict[str, Box] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    lanes: dict[str, str] = field(default_factory=dict)  # the lane of each step that stands in one directly
    margin: float = MARGIN

    def copy(self) -> "Canvas":
        """The same page, to be changed without changing this one."""
        return Canvas(
            dict(self.nodes),
            dict(self.arrows),
            dict(self.boxes),
            dict(self.words),
            dict(self.lines),
            dict(self.lanes),
            self.margin,
        )

    def solid(self) -> Iterator[Node]:
        """What no line may run through: everything but pools, lanes and groups."""
        return (node for node in self.nodes.values() if node.kind not in GROUND)

    def of_kind(self, *kinds: str) -> Iterator[str]:
        """The ids of the shapes of these kinds."""
        return (node.id for node in self.nodes.values() if node.kind in kinds)

    def frames_around(self, element: str) -> list[str]:
        """The open subprocesses around something, the innermost first."""
        found: list[str] = []
        frame = self.nodes[element].frame if element in self.nodes else ""
        while frame and frame not in found:
            found.append(frame)
            frame = self.nodes[frame].frame if frame in self.nodes else ""
        return found

    def told(self) -> dict[str, str]:
        """{id of an end that only says who is told when a limit is missed: the event that it hangs below}."""
        into: dict[str, list[str]] = {}
        for arrow in self.arrows.values():
            if arrow.kind == "sequenceFlow":
                into.setdefault(arrow.target, []).append(arrow.source)
        return {
            id_: sources[0] for id_, sources in into.items() if len(sources) == 1 and self._hangs_below(id_, sources[0])
        }

    def _hangs_below(self, end: str, event: str) -> bool:
        node, above = self.nodes.get(end), self.nodes.get(event)
        if node is None or above is None or node.kind != "endEvent" or above.kind != "boundaryEvent":
            return False
        return abs(self.boxes[end].middle[0] - self.boxes[event].middle[0]) < 5 and node.frame == above.frame

    def hanging(self, host: str) -> list[str]:
        """The events on the edge of a step, and the ends straight below them."""
        events = [node.id for node in self.nodes.values() if node.host == host]
        return [*events, *(end for end, event in self.told().items() if event in events)]

    def carriers(self, opened: frozenset[str] = frozenset()) -> dict[str, str]:
        """{id: what it moves with}: the step that it hangs on, the frame around it unless that is ``opened``."""
        told = self.told()
        return {id_: self._carrier(id_, opened, told) for id_, node in self.nodes.items() if node.kind not in GROUND}

    def _carrier(self, id_: str, opened: frozenset[str], told: dict[str, str]) -> str:
        for _ in range(len(self.nodes)):
            node = self.nodes[id_]
            onto = node.host or told.get(id_, "") or (node.frame if node.frame not in opened else "")
            if onto not in self.nodes:
                return id_
            id_ = onto
        return id_

    def content(self) -> Box | None:
        """The box around all that is drawn, but for pools and lanes."""
        drawn = [self.boxes[node.id] for node in self.nodes.values() if node.kind not in (POOL, LANE)]
        return hull([*drawn, *self.words.values(), *(one for line in self.lines.values() for one in pieces(line))])

    def leaving(self, element: str) -> list[Arrow]:
        """The sequence flows out of a step that are drawn."""
        return [a for a in self.arrows.values() if a.source == element and a.kind == "sequenceFlow"]

    def arriving(self, element: str) -> list[Arrow]:
        """The sequence flows into a step that are drawn."""
        return [a for a in self.arrows.values() if a.target == element and a.kind == "sequenceFlow"]

    def lane_box(self, element: str) -> Box | None:
        """The lane that a step stands in, also through what is around it."""
        for one in (element, self.nodes[element].host, *self.frames_around(element)):
            if self.lanes.get(one, "") in self.boxes:
                return self.boxes[self.lanes[one]]
        return None

    def is_edge(self, frame: str) -> bool:
        """Whether something is an open subprocess, which lines inside it do not count as in their way."""
        return self.nodes[frame].is_open and self.nodes[frame].kind in SUB_PROCESSES

    def middle(self, element: str) -> Point:
        """The centre of a shape."""
        return self.boxes[element].middle
