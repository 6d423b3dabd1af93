"""Drawing what a fix adds: a shape beside another, an arrow between two. Lengths are the drawing's own units.

A drawing without a picture stays without one.
"""

import math

from lxml import etree

from app.drawing.sheet import DC, DD, DI, Node, Sheet

SIZES = {"startEvent": (36.0, 36.0), "endEvent": (36.0, 36.0)}
GATEWAY = (50.0, 50.0)
GAP = 40.0
Box = tuple[float, float, float, float]  # x, y, width, height


def place(sheet: Sheet, element: str, kind: str, near: str, side: str) -> None:
    """A shape on the left or right of another, in the middle of its height, below what stands there already."""
    beside = sheet.shapes.get(near)
    box = _box(beside) if beside is not None else None
    if beside is None or box is None:
        return
    width, height = SIZES.get(kind, GATEWAY)
    gap = _gap(sheet, box, width, side)
    x = box[0] - gap - width if side == "left" else box[0] + box[2] + gap
    y = box[1] + box[3] / 2 - height / 2
    shape = etree.Element(f"{DI}BPMNShape", id=f"{element}_di", bpmnElement=element)
    bounds = {"x": x, "y": _free(sheet, (x, y, width, height)), "width": width, "height": height}
    etree.SubElement(shape, f"{DC}Bounds", {key: f"{value:g}" for key, value in bounds.items()})
    beside.addnext(shape)
    sheet.shapes[element] = shape


def move_end(sheet: Sheet, arrow: str, end: str, to: str) -> None:
    """The same line with its first (``sourceRef``) or last point at the edge of another shape."""
    edge, shape = sheet.shapes.get(arrow), sheet.shapes.get(to)
    box = _box(shape) if shape is not None else None
    points = list(edge.iterfind(f"{DD}waypoint")) if edge is not None else []
    if box is None or len(points) < 2:
        return
    near, moved = (points[1], points[0]) if end == "sourceRef" else (points[-2], points[-1])
    try:
        towards = (float(near.get("x", "")), float(near.get("y", "")), 0.0, 0.0)
    except ValueError:
        return
    for key, value in zip(("x", "y"), _border(box, towards), strict=True):
        moved.set(key, f"{value:g}")


def draw_arrow(sheet: Sheet, arrow: str, source: str, target: str) -> None:
    """A straight line between the edges of two shapes, in place of the one that was there."""
    ends = [sheet.shapes.get(source), sheet.shapes.get(target)]
    boxes = [_box(shape) if shape is not None else None for shape in ends]
    old = sheet.shapes.get(arrow)
    if boxes[0] is None or boxes[1] is None:
        return
    edge = old if old is not None else etree.Element(f"{DI}BPMNEdge", id=f"{arrow}_di", bpmnElement=arrow)
    for child in list(edge):
        edge.remove(child)
    for x, y in (_border(boxes[0], boxes[1]), _border(boxes[1], boxes[0])):
        etree.SubElement(edge, f"{DD}waypoint", x=f"{x:g}", y=f"{y:g}")
    if old is None and ends[0] is not None:
        ends[0].addnext(edge)
        sheet.shapes[arrow] = edge


def _gap(sheet: Sheet, box: Box, width: float, side: str) -> float:
    """How far away something new stands: in the middle, where the next shape leaves room for it but not for more."""
    edges = [found for shape in sheet.root.iter(f"{DI}BPMNShape") if (found := _box(shape))]
    rooms = [one[0] - box[0] - box[2] if side == "right" else box[0] - one[0] - one[2] for one in edges]
    room = min((one for one in rooms if one >= width), default=width + 2 * GAP)
    return min(GAP, (room - width) / 2)


def _box(shape: Node) -> Box | None:
    bounds = shape.find(f"{DC}Bounds")
    if bounds is None:
        return None
    try:
        x, y, width, height = (float(bounds.get(key, "")) for key in ("x", "y", "width", "height"))
    except ValueError:
        return None
    return (x, y, width, height) if all(map(math.isfinite, (x, y, width, height))) else None


def _border(box: Box, towards: Box) -> tuple[float, float]:
    """The point on the edge of a box from which a line to another begins: left, right, above or below."""
    x, y, width, height = box
    middle_x, middle_y = x + width / 2, y + height / 2
    across, down = towards[0] + towards[2] / 2 - middle_x, towards[1] + towards[3] / 2 - middle_y
    if abs(across) >= abs(down):
        return (x + width if across > 0 else x), middle_y
    return middle_x, (y + height if down > 0 else y)


def _free(sheet: Sheet, box: Box) -> float:
    """The y at which nothing of the like size stands yet."""
    x, y, width, height = box
    boxes = [found for shape in sheet.root.iter(f"{DI}BPMNShape") if (found := _box(shape)) and found[2] < 4 * width]
    while any(_meet((x, y, width, height), other) for other in boxes):
        y += height + 10
    return y


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )
