"""What a wish changes in the picture: new steps on arrows, arrows that lead elsewhere, shapes that are gone.

A drawing without a picture stays without one.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from app.drawing.placing import closing, hanging, inserting, judging, leading, tidying
from app.drawing.placing.canvas import Arrow
from app.drawing.placing.canvas import Node as Shape
from app.drawing.placing.hanging import Hung
from app.drawing.shaping.work import Page
from app.drawing.sheet import Node, kind, name, process_of


def shape_of(page: Page, node: Node, beside: str) -> Shape:
    """A new step as something to be drawn in the same frame as another."""
    frame = page.canvas.nodes[beside].frame if beside in page.canvas.nodes else ""
    return Shape(node.get("id", ""), kind(node), name(node), frame, process=process_of(node).get("id", ""))


def arrow_of(flow: Node) -> Arrow:
    """An arrow as something to be drawn."""
    ends = (flow.get("sourceRef", ""), flow.get("targetRef", ""))
    return Arrow(flow.get("id", ""), kind(flow), *ends, name=name(flow))


def inserted(page: Page | None, node: Node, lane: str, way: Node, onward: Node | None) -> None:
    """A new step on an arrow."""
    if page is None:
        return
    id_ = way.get("id", "")
    if id_ not in page.canvas.arrows:
        page.canvas.arrows[id_] = arrow_of(way)
    source = way.get("sourceRef", "")
    if source not in page.canvas.boxes:
        return
    target = arrow_of(onward) if onward is not None else None
    page.canvas = inserting.insert(page.canvas, inserting.Inserted(shape_of(page, node, source), lane, id_, target))


def led(page: Page | None, *flows: Node) -> None:
    """Arrows that are new, lead elsewhere or say something else, drawn anew."""
    if page is not None:
        page.canvas = leading.lead(page.canvas, [arrow_of(flow) for flow in flows])


def awaited(page: Page | None, *flows: Node) -> None:
    """New arrows out of what is not drawn yet: they are drawn together with it."""
    for flow in flows:
        if page is not None and flow.get("targetRef") in page.canvas.boxes:
            page.canvas.arrows[flow.get("id", "")] = arrow_of(flow)


def pointed(page: Page | None, *flows: Node) -> None:
    """Arrows that will lead to what is not drawn yet: they are drawn together with it."""
    for flow in flows:
        if page is not None and flow.get("id") in page.canvas.arrows:
            page.canvas.arrows[flow.get("id", "")] = arrow_of(flow)
            page.canvas.lines.pop(flow.get("id", ""), None)
            page.canvas.words.pop(flow.get("id", ""), None)


def gone(page: Page | None, ids: Collection[str], *, close: bool = True) -> None:
    """Shapes and arrows that are no longer there, and the gaps that they leave."""
    if page is None:
        return
    canvas = page.canvas.copy()
    for one in ids:
        if one in canvas.boxes and not canvas.nodes[one].host:
            page.gaps.append((canvas.boxes[one], canvas.nodes[one].frame))
    closing.drop(canvas, ids)
    page.canvas = canvas
    if close:
        close_gaps(page)


def close_gaps(page: Page | None) -> None:
    """What stands behind a gap moves up, where the page is tidier then."""
    while page is not None and page.gaps:
        gap, frame = page.gaps.pop()
        beside = next((one for one, node in page.canvas.nodes.items() if frame and node.frame == frame), "")
        page.canvas = closing.closed(page.canvas, [gap], beside)


def taken_up(page: Page, element: str, hung: Sequence[Hung], joined: Sequence[Node], onward: Node) -> None:
    """A step taken from its place, with what hangs on it; the arrows into it lead on."""
    hanging_ids = [one for new in hung for one in (new.node.id, new.arrow.id, new.told.id if new.told else "") if one]
    page.kept = page.canvas.nodes[element], page.canvas.boxes[element]
    pointed(page, *joined)
    gone(page, [element, *hanging_ids, onward.get("id", "")], close=False)
    led(page, *joined)
    close_gaps(page)


def set_down(page: Page, element: str, lane: str, way: Node | None, onward: Node, hung: Sequence[Hung]) -> None:
    """A step that was taken up at its new place."""
    if page.kept is None or way is None:
        return
    node, box = page.kept
    new = inserting.Inserted(node, lane, way.get("id", ""), arrow_of(onward), (box.width, box.height))
    page.canvas = inserting.insert(page.canvas, new)
    for one in hung:
        page.canvas = hanging.hang(page.canvas, one)


def renamed(page: Page | None, node: Node) -> None:
    """A step with other words, which stand where they are free."""
    id_ = node.get("id", "")
    if page is None or id_ not in page.canvas.nodes:
        return
    canvas = page.canvas.copy()
    known = judging.troubles(canvas)
    canvas.nodes[id_] = replace(canvas.nodes[id_], name=name(node))
    if id_ in canvas.words or not name(node) or _has_words_beside(canvas.nodes[id_].kind):
        tidying.settle(canvas, known, (id_,))
    page.canvas = canvas


def _has_words_beside(kind_: str) -> bool:
    return kind_.endswith(("Event", "Gateway"))
