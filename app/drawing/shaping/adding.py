"""Adding a step to a drawing, on an arrow or where nothing follows yet."""

from collections.abc import Collection

from app.drawing import edits
from app.drawing.shaping import asking, drawing_in, making, places, teams
from app.drawing.shaping.places import Spot
from app.drawing.shaping.values import End, New, Place, Question, Shaped
from app.drawing.shaping.work import Page, Work, called
from app.drawing.sheet import Node, kind


def add(content: bytes, file: str, step: New, place: Place, *, taken: Collection[str] = ()) -> Shaped:
    """The drawing with a new step. ``taken`` are ids in use elsewhere, which it does not get.

    ``Refused`` with fields of the step (and ``place``), ``NotFound``, ``DrawingBroken``.
    """
    work = Work(content, file, taken)
    spot = places.spot(work, place)
    page = work.page(spot.source.get("id", ""))
    node = put(work, page, step, spot)
    return work.done(node.get("id", ""), f"{called(node)} was added {_where(spot)}.")


def put(work: Work, page: Page | None, step: New, spot: Spot) -> Node:
    """A new step in the file and in its picture."""
    node = making.element(work, step, spot.source)
    lane = teams.stand(work, page, node, step.team, spot.source)
    if isinstance(step, Question):
        asking.put(work, page, step, node, lane, spot)
    elif isinstance(step, End):
        end_here(work, page, node, lane, spot)
    else:
        cut(work, page, node, lane, spot)
    return node


def cut(work: Work, page: Page | None, node: Node, lane: str, spot: Spot) -> Node | None:
    """Have a step stand on an arrow; gives the new arrow behind it, None where nothing follows."""
    id_ = node.get("id", "")
    if spot.way is None or spot.target is None:
        way = making.flow(work, spot.source.get("id", ""), id_, spot.source)
        drawing_in.inserted(page, node, lane, way, None)
        return None
    onward = making.flow(work, id_, spot.target.get("id", ""), spot.way)
    work.apply(*(edits.set_to(way.get("id"), "targetRef", id_) for way in (spot.way, *spot.others)))
    work.sheet.changed("_arriving", "_leaving")
    drawing_in.pointed(page, *spot.others)
    drawing_in.inserted(page, node, lane, spot.way, onward)
    return onward


def end_here(work: Work, page: Page | None, node: Node, lane: str, spot: Spot) -> None:
    """Have a way end with this end. An end to which nothing leads any more is taken away."""
    id_ = node.get("id", "")
    if spot.way is None or spot.target is None:
        drawing_in.inserted(page, node, lane, making.flow(work, spot.source.get("id", ""), id_, spot.source), None)
        return
    work.apply(edits.set_to(spot.way.get("id"), "targetRef", id_))
    work.sheet.changed("_arriving", "_leaving")
    drawing_in.pointed(page, spot.way)
    drop_if_lost(work, page, spot.target)
    drawing_in.inserted(page, node, lane, spot.way, None)


def drop_if_lost(work: Work, page: Page | None, node: Node) -> None:
    """An end that no arrow leads to is no end of anything."""
    if kind(node) == "endEvent" and not work.sheet.arriving(node):
        drawing_in.gone(page, [node.get("id", "")])
        work.apply(edits.remove(node.get("id")))


def _where(spot: Spot) -> str:
    words = spot.way.get("name") if spot.way is not None else ""
    return f"after {called(spot.source)}" + (f", for the answer ‘{words}’" if words else "")
