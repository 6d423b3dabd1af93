"""Rectangles and lines on a page. Lengths are the drawing's own units, y grows downwards."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple, TypeAlias

Point: TypeAlias = tuple[float, float]
Line: TypeAlias = tuple[Point, ...]


class Box(NamedTuple):
    """A rectangle by its edges; a piece of a line is one without width or height."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How tall it is."""
        return self.bottom - self.top

    @property
    def middle(self) -> Point:
        """Its centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def meets(self, other: "Box", by: float = 0) -> bool:
        """Whether the two overlap by more than ``by``."""
        across = self.left + by < other.right and other.left + by < self.right
        return across and self.top + by < other.bottom and other.top + by < self.bottom

    def grown(self, by: float) -> "Box":
        """The same with so much more on each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def moved(self, across: float, down: float) -> "Box":
        """The same elsewhere."""
        return Box(self.left + across, self.top + down, self.right + across, self.bottom + down)

    def along(self, other: "Box") -> float:
        """How far two straight pieces run on the same line; 0 where they only touch or cross."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(across, down, 0) if min(across, down) == 0 else 0


def around(middle: Point, width: float, height: float) -> Box:
    """The box of that size around a point."""
    x, y = middle
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def hull(boxes: Iterable[Box]) -> Box | None:
    """The smallest box around all of these; None for none."""
    all_of = list(boxes)
    if not all_of:
        return None
    return Box(
        min(box.left for box in all_of),
        min(box.top for box in all_of),
        max(box.right for box in all_of),
        max(box.bottom for box in all_of),
    )


def pieces(line: Line) -> Iterator[Box]:
    """The straight pieces of a line."""
    for (x, y), (u, v) in pairwise(line):
        yield Box(min(x, u), min(y, v), max(x, u), max(y, v))


def is_slanted(line: Line) -> bool:
    """Whether a piece of a line is neither horizontal nor vertical."""
    return any(abs(x - u) > 0.5 and abs(y - v) > 0.5 for (x, y), (u, v) in pairwise(line))


def length(line: Line) -> float:
    """How long a line is, along its horizontal and vertical pieces."""
    return sum(abs(x - u) + abs(y - v) for (x, y), (u, v) in pairwise(line))


def corners(points: Iterable[Point]) -> Line:
    """The line through these points, without those at which it goes straight on."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept[-1] = point
        else:
            kept.append(point)
    return tuple(kept)
