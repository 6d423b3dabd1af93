"""Where on its way a new step goes: the arrow that is cut, and what stands at its two ends."""

from dataclasses import dataclass

from app.drawing.shaping.values import Place
from app.drawing.shaping.work import Work, called
from app.drawing.sheet import Node, kind
from app.errors import Refused


@dataclass(frozen=True)
class Spot:
    """An arrow with its ends; without ``way`` and ``target`` where nothing follows yet.

    ``others`` are further arrows to the target, which lead to the new step as well.
    """

    source: Node
    way: Node | None = None
    target: Node | None = None
    others: tuple[Node, ...] = ()


def spot(work: Work, place: Place) -> Spot:
    """The place of a new step. ``Refused`` where none can stand there, ``NotFound`` where it is not in the drawing."""
    if place.way:
        found = _on(work, work.arrow(place.way))
    elif place.after:
        found = _after(work, work.step(place.after))
    elif place.before:
        found = _before(work, work.step(place.before))
    else:
        raise Refused({"place": "Choose where it goes."})
    if kind(found.source) == "eventBasedGateway":
        says = f"{called(found.source)} waits for what comes first. Add the step after one of the things it waits for."
        raise Refused({"place": says})
    return found


def _on(work: Work, way: Node) -> Spot:
    return Spot(work.source(way), way, work.target(way))


def _after(work: Work, node: Node) -> Spot:
    if kind(node) == "endEvent":
        raise Refused({"place": f"Nothing follows {called(node)}. Add the step before it."})
    if node.get("triggeredByEvent") == "true":
        raise Refused({"place": f"{called(node)} stands apart. Add the step inside it."})
    ways = work.sheet.leaving(node)
    if len(ways) > 1:
        raise Refused({"place": f"Several ways leave {called(node)}. Choose one of them."})
    return _on(work, ways[0]) if ways else Spot(node)


def _before(work: Work, node: Node) -> Spot:
    if kind(node) in ("startEvent", "boundaryEvent"):
        raise Refused({"place": f"Nothing comes before {called(node)}. Add the step after it."})
    ways = work.sheet.arriving(node)
    if not ways:
        raise Refused({"place": f"Nothing leads to {called(node)} yet. Add the step after another one."})
    main = min(ways, key=lambda way: _leads_back(work, way))
    if kind(node) in ("parallelGateway", "inclusiveGateway") and len(ways) > 1:
        raise Refused({"place": "Several ways come together there. Choose one of them."})
    return Spot(work.source(main), main, node, tuple(way for way in ways if way is not main))


def _leads_back(work: Work, way: Node) -> bool:
    """Whether an arrow is drawn to the left; of several arrows the first that is not is the usual way."""
    page = work.page(way.get("id", ""))
    if page is None:
        return False
    source, target = way.get("sourceRef", ""), way.get("targetRef", "")
    boxes = page.canvas.boxes
    return source in boxes and target in boxes and boxes[target].right < boxes[source].left
