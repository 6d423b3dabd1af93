"""Arrows: sequence flows, message flows and associations, with round corners and their words."""

import math
from itertools import pairwise

from app.drawing.model import Bounds, Edge, Element, Flow
from app.drawing.paint.tags import circle, number, path, tag

Point = tuple[float, float]
CORNER = 6.0  # units: the radius of a corner
_CLASSES = {"sequenceFlow": "d-flow", "messageFlow": "d-flow d-flow--message"}


def arrowheads(prefix: str) -> str:
    """The two arrowheads, once for a picture. ``prefix`` keeps their ids apart from those of other pictures."""
    size = {"viewBox": "0 0 10 10", "refX": "9.2", "refY": "5", "orient": "auto", "markerUnits": "userSpaceOnUse"}
    full = path("M0 1L9.5 5L0 9Z", "d-arrow")
    empty = path("M.8 1L9.2 5L.8 9Z", "d-arrow--open")
    return tag(
        "defs",
        tag("marker", full, id=f"{prefix}-full", markerWidth="11", markerHeight="11", **size),
        tag("marker", empty, id=f"{prefix}-open", markerWidth="12", markerHeight="12", **size),
    )


def arrow(flow: Flow, edge: Edge, source: Element | None, prefix: str) -> str:
    """An arrow along its points, with the marks of a default, a condition or a message at its start."""
    way = _rounded(edge.waypoints)
    class_ = _CLASSES.get(flow.kind, "d-flow d-flow--loose")
    if flow.kind == "sequenceFlow":
        return path(way, class_, marker_end=f"url(#{prefix}-full)") + _start(flow, edge, source)
    if flow.kind == "messageFlow":
        return path(way, class_, marker_end=f"url(#{prefix}-open)") + circle(*edge.waypoints[0], 3.5, "d-arrow--open")
    head = None if flow.kind == "association" else f"url(#{prefix}-open)"
    return path(way, class_, marker_end=head)


def label_place(edge: Edge) -> Bounds:
    """Where the words of an arrow stand when the file does not say: above the middle of its longest piece."""
    (ax, ay), (bx, by) = max(pairwise(edge.waypoints), key=lambda piece: math.dist(*piece))
    return Bounds((ax + bx) / 2 - 45, (ay + by) / 2 - 20, 90, 14)


def _start(flow: Flow, edge: Edge, source: Element | None) -> str:
    (ax, ay), (bx, by) = edge.waypoints[:2]
    turn = f"translate({number(ax)} {number(ay)}) rotate({number(math.degrees(math.atan2(by - ay, bx - ax)))})"
    if source is None:
        return ""
    if source.default == flow.id:
        return path("M6 5L11-5", "d-mark", transform=turn)
    if flow.condition and not source.kind.endswith("Gateway"):
        return path("M0 0L7-4.5L14 0L7 4.5Z", "d-arrow--open", transform=turn)
    return ""


def _rounded(points: tuple[Point, ...]) -> str:
    """The way through the points, each corner cut off and bridged by a curve."""
    way = f"M{_written(points[0])}"
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(CORNER, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        arrives, leaves = _towards(corner, before, reach), _towards(corner, after, reach)
        way += f"L{_written(arrives)}Q{_written(corner)} {_written(leaves)}"
    return f"{way}L{_written(points[-1])}"


def _towards(start: Point, end: Point, distance: float) -> Point:
    length = math.dist(start, end) or 1.0
    return (
        start[0] + (end[0] - start[0]) * distance / length,
        start[1] + (end[1] - start[1]) * distance / length,
    )


def _written(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"
