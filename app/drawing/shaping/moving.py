"""Moving a step to another place on its way, with everything that it says and all that hangs on it."""

from collections.abc import Iterator

from app.drawing import edits
from app.drawing.placing.canvas import Arrow
from app.drawing.placing.canvas import Node as Shape
from app.drawing.placing.hanging import Hung
from app.drawing.shaping import drawing_in, making, places, removing
from app.drawing.shaping.places import Spot
from app.drawing.shaping.values import Place, Shaped
from app.drawing.shaping.work import Page, Work, called
from app.drawing.sheet import Node, scope_of
from app.errors import Refused


def move(content: bytes, file: str, element: str, place: Place) -> Shaped:
    """The drawing with a step at another place, done by the same team. ``Refused`` with ``step`` or ``place``."""
    work = Work(content, file)
    node = work.step(element)
    page = work.page(element)
    check(work, page, node)
    spot = places.spot(work, place)
    if node in (spot.source, spot.target):
        raise Refused({"place": f"{called(node)} stands there already."})
    if scope_of(spot.source) is not scope_of(node):
        raise Refused({"place": "That is another part of the drawing. A step moves only within its own."})
    hung = list(_hung(page, element))
    lane = page.canvas.lanes.get(element, "") if page is not None else ""
    arriving, leaving = work.sheet.arriving(node), work.sheet.leaving(node)
    _join(work, node, arriving, leaving[0])
    onward = _cut(work, node, spot, leaving[0])
    if page is not None and element in page.canvas.boxes:
        drawing_in.taken_up(page, element, hung, arriving, leaving[0])
        drawing_in.pointed(page, *spot.others)
        drawing_in.set_down(page, element, lane, spot.way, onward, hung)
    return work.done(element, f"{called(node)} now comes after {called(spot.source)}.")


def check(work: Work, page: Page | None, node: Node) -> None:
    """``Refused`` where a step cannot be moved."""
    removing.check(work, node)
    ways = work.sheet.leaving(node)
    if len(ways) > 1:
        raise Refused({"step": "A question does not move with its answers. Add one there, and remove this one."})
    if not ways or not work.sheet.arriving(node) or ways[0].get("targetRef") == node.get("id"):
        raise Refused({"step": f"{called(node)} stands at the end of a way. Lead that way elsewhere instead."})
    if page is not None and node.get("id") in page.canvas.nodes and page.canvas.nodes[node.get("id", "")].is_open:
        raise Refused({"step": "Steps are drawn inside it. Move it in the diagram."})


def _join(work: Work, node: Node, arriving: list[Node], onward: Node) -> None:
    """What led to the step leads to what follows it."""
    target = work.target(onward)
    removing.check_join(work, arriving, target)
    work.apply(*(edits.set_to(way.get("id"), "targetRef", target.get("id")) for way in arriving))


def _cut(work: Work, node: Node, spot: Spot, onward: Node) -> Node:
    """The step on its new arrow; it keeps its own, which now leads to what follows there."""
    id_ = node.get("id", "")
    if spot.way is None or spot.target is None:
        making.flow(work, spot.source.get("id", ""), id_, spot.source)
        raise Refused({"place": f"Nothing follows {called(spot.source)}. Add an end after it first."})
    work.apply(*(edits.set_to(way.get("id"), "targetRef", id_) for way in (spot.way, *spot.others)))
    work.apply(edits.set_to(onward.get("id"), "targetRef", spot.target.get("id")))
    work.sheet.changed("_arriving", "_leaving")
    return onward


def _hung(page: Page | None, element: str) -> Iterator[Hung]:
    """What hangs on a step, each event with its arrow and the end below it."""
    if page is None or element not in page.canvas.boxes:
        return
    canvas, told = page.canvas, page.canvas.told()
    for id_ in canvas.hanging(element):
        for arrow in canvas.leaving(id_):
            below = arrow.target if told.get(arrow.target) == id_ else ""
            yield _hanging(canvas.nodes[id_], arrow, canvas.nodes.get(below), canvas.lanes.get(id_, ""))


def _hanging(event: Shape, arrow: Arrow, told: Shape | None, lane: str) -> Hung:
    return Hung(event, arrow, told, lane)
