"""Where everything stands on a drawn page. Unit: one drawing unit is one pixel at 100 %."""

from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from typing import NamedTuple

from lxml import etree

from tests.processes import published
from tests.processes.published import NAMES


class Box(NamedTuple):
    """Left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box", by: float = 0) -> bool:
        """Whether the two overlap by more than ``by``."""
        across = self.left + by < other.right and other.left + by < self.right
        return across and self.top + by < other.bottom and other.top + by < self.bottom

    def along(self, other: "Box") -> float:
        """How far two straight pieces run on the same line; 0 where they only touch or cross."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(across, down) if min(across, down) == 0 else 0


Line = list[tuple[float, float]]


@dataclass(frozen=True)
class Picture:
    """Shapes, words and lines of a page by the id of their element; lanes and pools are left out."""

    shapes: dict[str, Box]
    words: dict[str, Box]
    lines: dict[str, Line]
    ends: dict[str, tuple[str, str]]  # of each line: source, target
    frames: dict[str, str]  # of each line inside a frame: the frame


@cache
def of(name: str) -> Picture:
    """The picture of a page."""
    return drawn(published.page(name))


def drawn(root: etree._Element) -> Picture:
    """The picture in the root of a file."""
    elements = {e.get("id"): e for e in root.iter() if isinstance(e.tag, str) and e.get("id")}
    shapes, words, lines, ends, frames = {}, {}, {}, {}, {}
    for shape in root.iterfind(".//d:BPMNShape", NAMES):
        key = shape.get("bpmnElement")
        if published.kind(elements[key]) not in ("participant", "lane"):
            shapes[key] = _box(shape.find("c:Bounds", NAMES))
            words |= _label(shape, key)
    for edge in root.iterfind(".//d:BPMNEdge", NAMES):
        key = edge.get("bpmnElement")
        lines[key] = [(float(p.get("x")), float(p.get("y"))) for p in edge.iterfind("i:waypoint", NAMES)]
        ends[key] = (elements[key].get("sourceRef"), elements[key].get("targetRef"))
        frames |= (
            {key: elements[key].getparent().get("id")} if elements[key].getparent().get("triggeredByEvent") else {}
        )
        words |= _label(edge, key)
    return Picture(shapes, words, lines, ends, frames)


def pieces(line: Line) -> list[Box]:
    """The straight pieces of a line, as boxes without width."""
    return [Box(min(x, u), min(y, v), max(x, u), max(y, v)) for (x, y), (u, v) in pairwise(line)]


def crossings(picture: Picture) -> int:
    """How often lines cross that have no end in common."""
    return sum(
        one.meets(other, by=-0.1)
        for (a, line), (b, second) in combinations(picture.lines.items(), 2)
        if not set(picture.ends[a]) & set(picture.ends[b])
        for one in pieces(line)
        for other in pieces(second)
    )


def _box(bounds: etree._Element) -> Box:
    left, top, wide, high = (float(bounds.get(key)) for key in ("x", "y", "width", "height"))
    return Box(left, top, left + wide, top + high)


def _label(of: etree._Element, key: str) -> dict[str, Box]:
    bounds = of.find("d:BPMNLabel/c:Bounds", NAMES)
    return {} if bounds is None else {key: _box(bounds)}
