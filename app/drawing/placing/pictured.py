"""Between the file and the canvas: a page's picture read from the BPMN DI, and what was changed written back.

Only what has another place is touched: colours and other makers' marks on a shape stay on it.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from app.drawing.model import DATA, EVENTS, GATEWAYS, SUB_PROCESSES
from app.drawing.placing import words
from app.drawing.placing.boxes import Box, Line
from app.drawing.placing.canvas import LANE, POOL, Arrow, Canvas, Node
from app.drawing.sheet import DC, DD, DI, Sheet, kind, name, process_of, scope_of
from app.drawing.sheet import Node as Element

PLANE = f"{DI}BPMNPlane"
LABELLED = EVENTS | GATEWAYS | DATA  # what has its words beside its shape


def plane_of(sheet: Sheet, element: str) -> Element | None:
    """The page on which an element is drawn; None where it is on none."""
    shape = sheet.shapes.get(element)
    plane = shape.getparent() if shape is not None else None
    return plane if plane is not None and plane.tag == PLANE else None


def canvas_of(sheet: Sheet, plane: Element) -> Canvas:
    """What is drawn on a page. What lies in a closed subprocess is left out."""
    canvas = Canvas()
    shapes = {one.get("bpmnElement", ""): one for one in plane.iterfind(f"{DI}BPMNShape")}
    for id_, shape in shapes.items():
        element = sheet.index.get(id_)
        if element is not None and not _is_hidden(element, shapes):
            _take(canvas, element, shape, shapes)
    for edge in plane.iterfind(f"{DI}BPMNEdge"):
        flow = sheet.index.get(edge.get("bpmnElement", ""))
        if flow is not None and not _is_hidden(flow, shapes):
            _take_line(canvas, flow, edge)
    canvas.lanes = dict(_lanes(sheet, canvas))
    canvas.margin = _margin(canvas)
    return canvas


def _take(canvas: Canvas, element: Element, shape: Element, shapes: Mapping[str, Element]) -> None:
    id_ = element.get("id")
    around = scope_of(element) if kind(element) not in (POOL, LANE) else None
    process = process_of(element)
    canvas.nodes[id_] = Node(
        id=id_,
        kind=kind(element),
        name=name(element),
        frame=around.get("id", "") if around is not None and around.get("id") in shapes else "",
        host=element.get("attachedToRef", ""),
        process=element.get("processRef", "") or (process.get("id", "") if process is not None else ""),
        is_open=kind(element) in SUB_PROCESSES and shape.get("isExpanded") == "true",
    )
    box = _bounds(shape)
    canvas.boxes[id_] = box if box is not None else Box(0, 0, 0, 0)
    if kind(element) in LABELLED and name(element):
        canvas.words[id_] = _bounds(shape.find(f"{DI}BPMNLabel")) or words.below(canvas.boxes[id_], name(element))


def _take_line(canvas: Canvas, flow: Element, edge: Element) -> None:
    id_ = flow.get("id")
    canvas.arrows[id_] = Arrow(id_, kind(flow), _end(flow, "sourceRef"), _end(flow, "targetRef"), name(flow))
    points = tuple((float(one.get("x", "0")), float(one.get("y", "0"))) for one in edge.iterfind(f"{DD}waypoint"))
    canvas.lines[id_] = points
    if name(flow):
        canvas.words[id_] = _bounds(edge.find(f"{DI}BPMNLabel")) or words.beside(points, name(flow))


def _end(flow: Element, end: str) -> str:
    found = next((one for one in flow if isinstance(one.tag, str) and etree.QName(one).localname == end), None)
    return str(flow.get(end) or (found.text or "" if found is not None else "")).strip()


def _is_hidden(element: Element, shapes: Mapping[str, Element]) -> bool:
    around = scope_of(element)
    while around is not None:
        shape = shapes.get(around.get("id", ""))
        if shape is not None and shape.get("isExpanded") != "true" and kind(around) in SUB_PROCESSES:
            return True
        around = scope_of(around)
    return False


def _lanes(sheet: Sheet, canvas: Canvas) -> Iterator[tuple[str, str]]:
    """Each step with the innermost lane that names it and is drawn."""
    for id_ in canvas.of_kind(LANE):
        for ref in sheet.index[id_]:
            if isinstance(ref.tag, str) and etree.QName(ref).localname == "flowNodeRef":
                yield (ref.text or "").strip(), id_


def _margin(canvas: Canvas) -> float:
    content = canvas.content()
    pools = [canvas.boxes[id_].right for id_ in canvas.of_kind(POOL)]
    free = max(pools) - content.right if pools and content is not None else canvas.margin
    return min(max(free, 20.0), canvas.margin)


def _bounds(around: Element | None) -> Box | None:
    bounds = around.find(f"{DC}Bounds") if around is not None else None
    if bounds is None:
        return None
    x, y, width, height = (float(bounds.get(key, "0")) for key in ("x", "y", "width", "height"))
    return Box(x, y, x + width, y + height)


def write(sheet: Sheet, plane: Element, before: Canvas, after: Canvas) -> None:
    """The picture of a page as it is on the canvas ``after``, where that differs from ``before``."""
    taken = {one.get("id") for one in sheet.root.iter() if one.get("id")}
    for id_ in set(before.boxes) - set(after.boxes) | set(before.lines) - set(after.lines):
        if id_ in sheet.shapes and sheet.shapes[id_].getparent() is not None:
            sheet.shapes[id_].getparent().remove(sheet.shapes[id_])
    sheet.changed("shapes")
    _write_shapes(sheet, plane, before, after, taken)
    _write_lines(sheet, plane, before, after, taken)
    sheet.changed("shapes")


def _write_shapes(sheet: Sheet, plane: Element, before: Canvas, after: Canvas, taken: set[str]) -> None:
    for id_, box in after.boxes.items():
        shape = sheet.shapes.get(id_)
        if shape is None:
            shape = _new(plane, "BPMNShape", id_, taken, after.nodes[id_])
        if before.boxes.get(id_) != box:
            _write_bounds(shape, box)
        _write_words(shape, id_, before, after)


def _write_lines(sheet: Sheet, plane: Element, before: Canvas, after: Canvas, taken: set[str]) -> None:
    for id_, line in after.lines.items():
        edge = sheet.shapes.get(id_)
        if edge is None:
            edge = _new(plane, "BPMNEdge", id_, taken, None)
        if before.lines.get(id_) != line:
            _write_line(edge, line)
        _write_words(edge, id_, before, after)


def _new(plane: Element, tag: str, id_: str, taken: set[str], node: Node | None) -> Element:
    wanted = f"{id_}_{'shape' if node else 'edge'}"
    own = next(one for one in (wanted, *(f"{wanted}_{n}" for n in range(2, len(taken) + 3))) if one not in taken)
    taken.add(own)
    drawn = etree.SubElement(plane, f"{DI}{tag}", id=own, bpmnElement=id_)
    if node is not None and node.kind in (POOL, LANE):
        drawn.set("isHorizontal", "true")
    if node is not None and node.kind == "exclusiveGateway":
        drawn.set("isMarkerVisible", "true")
    if node is not None and node.is_open:
        drawn.set("isExpanded", "true")
    if node is not None:
        first_edge = plane.find(f"{DI}BPMNEdge")
        if first_edge is not None:
            first_edge.addprevious(drawn)
    return drawn


def _write_words(drawn: Element, id_: str, before: Canvas, after: Canvas) -> None:
    old, new = before.words.get(id_), after.words.get(id_)
    label = drawn.find(f"{DI}BPMNLabel")
    if new is None:
        if label is not None and old is not None:
            drawn.remove(label)
        return
    if old == new or (label is None and _moved_along(id_, before, after)):
        return
    if label is None:
        label = etree.SubElement(drawn, f"{DI}BPMNLabel")
    _write_bounds(label, new)


def _moved_along(id_: str, before: Canvas, after: Canvas) -> bool:
    """Whether words that the file does not place are still where they stand by themselves."""
    old, new = before.words.get(id_), after.words[id_]
    own = before.boxes.get(id_)
    if old is None or own is None:
        return False
    now = after.boxes[id_]
    return new == old.moved(now.left - own.left, now.top - own.top)


def _write_bounds(around: Element, box: Box) -> None:
    bounds = around.find(f"{DC}Bounds")
    if bounds is None:
        bounds = etree.Element(f"{DC}Bounds")
        around.insert(0, bounds)
    for key, value in (("x", box.left), ("y", box.top), ("width", box.width), ("height", box.height)):
        bounds.set(key, _number(value))


def _write_line(edge: Element, line: Line) -> None:
    for old in edge.findall(f"{DD}waypoint"):
        edge.remove(old)
    for place, (x, y) in enumerate(line):
        edge.insert(place, etree.Element(f"{DD}waypoint", x=_number(x), y=_number(y)))


def _number(value: float) -> str:
    return format(round(value, 2), ".10g")
