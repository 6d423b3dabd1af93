"""Events, activities, gateways, data and notes: the shapes that words and arrows join."""

from app.drawing.model import ACTIVITIES, EVENTS, GATEWAYS, SUB_PROCESSES, Bounds, Element, Shape
from app.drawing.paint.marks import event_mark, foot_mark, gateway_mark, task_mark
from app.drawing.paint.tags import circle, number, path, rect
from app.drawing.paint.text import block, centred, wrap

THROWING = ("endEvent", "intermediateThrowEvent")
DOUBLE = ("intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent")
FOOT = 13.0  # units from the middle of a foot mark to the lower edge


def node(element: Element, shape: Shape) -> str:
    """The outline, marks and inner words of an element. Words beside it are painted later, above the arrows."""
    if element.kind in EVENTS:
        return _event(element, shape.bounds)
    if element.kind in GATEWAYS:
        return _gateway(element, shape)
    if element.kind in ACTIVITIES:
        return _activity(element, shape)
    if element.kind == "textAnnotation":
        return _note(element, shape.bounds)
    return _data(element, shape.bounds)


def has_words_inside(element: Element) -> bool:
    """Whether an element's name stands in its shape, and not beside it."""
    return element.kind in ACTIVITIES or element.kind in ("textAnnotation", "group")


def _event(element: Element, bounds: Bounds) -> str:
    x, y = bounds.middle
    radius = bounds.width / 2
    wait = "" if element.interrupting else " d-node--wait"
    end = " d-node--end" if element.kind == "endEvent" else ""
    rings = circle(x, y, radius - (1 if end else 0), f"d-node{end}{wait}")
    if element.kind in DOUBLE:
        rings += circle(x, y, radius - 3.5, f"d-node d-node--thin{wait}")
    return rings + event_mark(element.event, x, y, full=element.kind in THROWING)


def _gateway(element: Element, shape: Shape) -> str:
    x, y = shape.bounds.middle
    half, tall = shape.bounds.width / 2, shape.bounds.height / 2
    right, down = number(half), number(tall)
    around = f"M{number(x)} {number(y - tall)}l{right} {down} -{right} {down} -{right} -{down}Z"
    mark = gateway_mark(element.kind, x, y, shows_cross=shape.marker, instantiates=element.instantiates)
    return path(around, "d-node d-node--gateway") + mark


def _activity(element: Element, shape: Shape) -> str:
    bounds = shape.bounds
    call = " d-node--call" if element.kind == "callActivity" else ""
    events = " d-node--events" if element.by_event else ""
    outline = rect(bounds.x, bounds.y, bounds.width, bounds.height, f"d-node{call}{events}", 10)
    if element.kind == "transaction":
        outline += rect(bounds.x + 3, bounds.y + 3, bounds.width - 6, bounds.height - 6, "d-node d-node--thin", 8)
    feet = _feet(element)
    room = Bounds(bounds.x, bounds.y, bounds.width, bounds.height - (FOOT if feet and bounds.height < 90 else 0))
    text = centred(element.name, room if len(wrap(element.name, room.width - 10)) > 2 else bounds, "d-text")
    return outline + task_mark(element.kind, bounds.x + 16, bounds.y + 15) + text + feet_marks(feet, bounds)


def feet_marks(feet: list[str], bounds: Bounds) -> str:
    """The marks at the foot of an activity, side by side in its middle."""
    middle, step = bounds.middle[0], 18.0
    first = middle - step * (len(feet) - 1) / 2
    return "".join(foot_mark(kind, first + i * step, bounds.bottom - FOOT + 1) for i, kind in enumerate(feet))


def _feet(element: Element) -> list[str]:
    inside = element.kind in SUB_PROCESSES or element.kind == "callActivity"
    return (
        (["compensation"] if element.compensates else [])
        + ([element.repeats] if element.repeats else [])
        + (["inside"] if inside else [])
        + (["adHoc"] if element.kind == "adHocSubProcess" else [])
    )


def _note(element: Element, bounds: Bounds) -> str:
    bracket = f"M{number(bounds.x + 12)} {number(bounds.y)}H{number(bounds.x)}V{number(bounds.bottom)}h12"
    lines = wrap(element.name, bounds.width - 10)
    return path(bracket, "d-frame") + block(lines, bounds.x + 7, bounds.y + 4, "d-text", anchor="start")


def _data(element: Element, bounds: Bounds) -> str:
    x, y, wide, tall = bounds.x, bounds.y, bounds.width, bounds.height
    if element.kind == "dataStoreReference":
        lid = tall * 0.13
        rim = f"a{number(wide / 2)} {number(lid)} 0 0 0 {number(wide)} 0"
        barrel = f"M{number(x)} {number(y + lid)}V{number(y + tall - lid)}{rim}V{number(y + lid)}"
        top = f"a{number(wide / 2)} {number(lid)} 0 0 0 {number(-wide)} 0{rim}"
        return path(barrel + top, "d-node")
    fold = min(wide, tall) * 0.3
    page = (
        f"M{number(x)} {number(y)}h{number(wide - fold)}l{number(fold)} {number(fold)}V{number(y + tall)}H{number(x)}Z"
    )
    corner = f"M{number(x + wide - fold)} {number(y)}v{number(fold)}h{number(fold)}"
    many = foot_mark("parallel", x + wide / 2, y + tall - 8) if element.repeats else ""
    return path(page, "d-node") + path(corner, "d-node d-node--thin") + many
