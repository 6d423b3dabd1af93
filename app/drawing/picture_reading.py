"""The picture inside a BPMN file (BPMN DI): shapes, edges, and where their words stand."""

import math
from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree

from app.drawing.model import Bounds, Edge, Shape
from app.drawing.xml import local
from app.errors import DrawingBroken, Problem

FARTHEST = 100_000.0  # units; whatever lies outside was not drawn by a person


def pictures(root: etree._Element, file: str) -> tuple[tuple[Shape, ...], tuple[Edge, ...], tuple[str, ...]]:
    """The shapes, the edges, and the ids of the pages (planes), the main one first.

    ``DrawingBroken`` where a place is not a number, or lies too far away.
    """
    shapes: list[Shape] = []
    edges: list[Edge] = []
    planes: list[str] = []
    for plane in (node for node in root.iter() if local(node) == "BPMNPlane"):
        planes.append(plane.get("bpmnElement", ""))
        for node in plane:
            if local(node) == "BPMNShape":
                shapes.append(_shape(node, planes[-1], file))
            elif local(node) == "BPMNEdge":
                edges.append(_edge(node, planes[-1], file))
    return tuple(shapes), tuple(edges), tuple(planes)


def unreadable(root: etree._Element) -> Iterator[etree._Element]:
    """The shapes, edges and labels whose place cannot be read, in the order of the file."""
    for plane in (node for node in root.iter() if local(node) == "BPMNPlane"):
        for node in plane:
            if local(node) in ("BPMNShape", "BPMNEdge"):
                yield from _unreadable(node, _shape if local(node) == "BPMNShape" else _edge)


def _unreadable(node: etree._Element, read: Callable[..., object]) -> Iterator[etree._Element]:
    try:
        read(node, "", "")
    except DrawingBroken:
        if not _reads_without_label(node, read):
            yield node
        else:
            yield from (child for child in node if local(child) == "BPMNLabel")


def _reads_without_label(node: etree._Element, read: Callable[..., object]) -> bool:
    bare = deepcopy(node)
    for child in [child for child in bare if local(child) == "BPMNLabel"]:
        bare.remove(child)
    try:
        return bool(read(bare, "", ""))
    except DrawingBroken:
        return False


def _shape(node: etree._Element, plane: str, file: str) -> Shape:
    bounds = _bounds(node, file)
    if bounds is None:
        raise _broken(node, "The picture does not say where this stands.", file)
    return Shape(
        element=node.get("bpmnElement", ""),
        bounds=bounds,
        label=_label(node, file),
        horizontal=node.get("isHorizontal", "true") == "true",
        expanded=node.get("isExpanded") == "true",
        marker=node.get("isMarkerVisible", "true") == "true",
        plane=plane,
    )


def _edge(node: etree._Element, plane: str, file: str) -> Edge:
    points = tuple((_number(way, "x", file), _number(way, "y", file)) for way in node if local(way) == "waypoint")
    if len(points) < 2:
        raise _broken(node, "The picture does not say where this line runs.", file)
    return Edge(node.get("bpmnElement", ""), points, _label(node, file), plane)


def _label(node: etree._Element, file: str) -> Bounds | None:
    for child in node:
        if local(child) == "BPMNLabel":
            return _bounds(child, file)
    return None


def _bounds(node: etree._Element, file: str) -> Bounds | None:
    for child in node:
        if local(child) == "Bounds":
            x, y, width, height = (_number(child, key, file) for key in ("x", "y", "width", "height"))
            if width < 0 or height < 0:
                raise _broken(node, "The picture gives this a size below nothing.", file)
            return Bounds(x, y, width, height)
    return None


def _number(node: etree._Element, key: str, file: str) -> float:
    try:
        number = float(node.get(key, ""))
    except ValueError:
        number = math.nan
    if not abs(number) <= FARTHEST:  # also true of what is not a number
        raise _broken(node.getparent(), f"The picture has a place that we cannot read ({key}).", file)
    return number


def _broken(node: etree._Element, says: str, file: str) -> DrawingBroken:
    owner = node if node.get("bpmnElement") else node.getparent()
    return DrawingBroken(Problem(file, owner.get("bpmnElement", "") if owner is not None else "", says))
