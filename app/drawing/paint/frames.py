"""Pools, lanes, groups and open sub-processes: what lies around other shapes."""

from app.drawing.model import Bounds, Element, Shape
from app.drawing.paint.nodes import feet_marks
from app.drawing.paint.tags import rect
from app.drawing.paint.text import SIZE, block, centred, upright, wrap

HEAD = 30.0  # units: the strip that holds the name of a pool or lane


def pool(name: str, shape: Shape, *, empty: bool) -> str:
    """A pool. One that shows no process is a plain box with its name in the middle."""
    bounds = shape.bounds
    outline = rect(bounds.x, bounds.y, bounds.width, bounds.height, "d-pool")
    if empty:
        return outline + centred(name, bounds, "d-text d-text--lane")
    return outline + _head(name, shape)


def lane(name: str, shape: Shape) -> str:
    """A lane with its name at its head."""
    bounds = shape.bounds
    return rect(bounds.x, bounds.y, bounds.width, bounds.height, "d-lane") + _head(name, shape)


def open_sub_process(element: Element, shape: Shape) -> str:
    """A sub-process that shows what is in it: dotted where an event starts it, doubled for a transaction."""
    bounds = shape.bounds
    dots = " d-frame--events" if element.by_event else ""
    outline = rect(bounds.x, bounds.y, bounds.width, bounds.height, f"d-frame{dots}", 10)
    if element.kind == "transaction":
        outline += rect(bounds.x + 3, bounds.y + 3, bounds.width - 6, bounds.height - 6, "d-frame", 8)
    name = block(wrap(element.name, bounds.width - 20)[:2], bounds.middle[0], bounds.y + 5, "d-text")
    feet = [element.repeats] if element.repeats else []
    feet += ["adHoc"] if element.kind == "adHocSubProcess" else []
    return outline + (name if element.name else "") + feet_marks(feet, bounds)


def group(element: Element, shape: Shape) -> str:
    """A group: a frame around shapes that belong together."""
    bounds = shape.bounds
    return rect(bounds.x, bounds.y, bounds.width, bounds.height, "d-frame d-frame--group", 10)


def _head(name: str, shape: Shape) -> str:
    bounds = shape.bounds
    if shape.horizontal:
        strip = rect(bounds.x, bounds.y, HEAD, bounds.height, "d-lane-head")
        return strip + upright(name, bounds.x + HEAD / 2, bounds.middle[1], bounds.height - 8, "d-text d-text--lane")
    strip = rect(bounds.x, bounds.y, bounds.width, HEAD, "d-lane-head")
    top = Bounds(bounds.x, bounds.y, bounds.width, max(HEAD, SIZE * 2))
    return strip + centred(name, top, "d-text d-text--lane", limit=2)
