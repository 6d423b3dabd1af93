"""How tidy a page is: what is wrong on it, and one number by which two ways to draw the same can be compared.

The rules are those that the house drawings are held to: no line through a shape or through words, everything
horizontal or vertical, few bends and crossings, and time from left to right.
"""

from collections.abc import Iterator
from itertools import combinations

from app.drawing.model import GATEWAYS
from app.drawing.placing.boxes import Box, hull, is_slanted, length, pieces
from app.drawing.placing.canvas import GROUND, LANE, POOL, Arrow, Canvas
from app.drawing.placing.ports import FANS

Trouble = tuple[str, str, str]  # what is wrong, and the two things that are in each other's way
WEIGHTS = {"shape": 5000.0, "outside": 3000.0, "through": 2000.0, "slanted": 900.0, "along": 500.0, "words": 400.0}
WEIGHTS |= {"label": 400.0, "border": 60.0, "crossing": 30.0}
BEND, LENGTH, WIDTH, HEIGHT, BACKWARDS, RISES = 6.0, 0.02, 0.05, 0.12, 25.0, 4.0


def troubles(canvas: Canvas) -> set[Trouble]:
    """Everything that is in the way of something else, or slanted, or outside its lane."""
    return {
        *overlaps(canvas),
        *_outside(canvas),
        *_through(canvas),
        *_slanted(canvas),
        *_together(canvas),
        *_labels(canvas),
    }


def badness(canvas: Canvas, found: set[Trouble] | None = None) -> float:
    """How untidy a page is: less is better. ``found`` are its troubles where they are known."""
    wrong = troubles(canvas) if found is None else found
    cost = sum(WEIGHTS[what] for what, _, _ in wrong)
    for arrow, line in _flows(canvas):
        cost += BEND * (len(line) - 2) + LENGTH * length(line)
        cost += BACKWARDS * (len(line) > 1 and line[-1][0] < line[-2][0] - 1)
        cost += BACKWARDS * (canvas.boxes[arrow.target].right < canvas.boxes[arrow.source].left)
        cost += _rises(canvas, arrow)
    page = hull([*canvas.boxes.values(), *canvas.words.values()])
    return cost + (WIDTH * page.width + HEIGHT * page.height if page else 0)


def _trouble(what: str, one: str, other: str) -> Trouble:
    """Two things in each other's way, in one order."""
    return what, min(one, other), max(one, other)


def _rises(canvas: Canvas, arrow: Arrow) -> float:
    """A way out of a question that goes up within its lane, where the usual way is straight and repairs are below."""
    source, target = canvas.middle(arrow.source), canvas.middle(arrow.target)
    same_lane = canvas.lanes.get(arrow.source) == canvas.lanes.get(arrow.target)
    return RISES if same_lane and target[1] < source[1] - 1 and canvas.nodes[arrow.source].kind in GATEWAYS else 0.0


def _flows(canvas: Canvas) -> Iterator[tuple[Arrow, tuple[tuple[float, float], ...]]]:
    for id_, arrow in canvas.arrows.items():
        ends = arrow.source in canvas.boxes and arrow.target in canvas.boxes
        if arrow.kind == "sequenceFlow" and ends and len(canvas.lines.get(id_, ())) > 1:
            yield arrow, canvas.lines[id_]


def overlaps(canvas: Canvas) -> set[Trouble]:
    """The shapes that stand on each other, though neither is around the other."""
    return set(_overlaps(canvas))


def _overlaps(canvas: Canvas) -> Iterator[Trouble]:
    shapes = [node for node in canvas.nodes.values() if node.kind not in GROUND]
    for one, other in combinations(shapes, 2):
        if canvas.boxes[one.id].meets(canvas.boxes[other.id], by=1):
            apart = one.id not in (other.host, *canvas.frames_around(other.id))
            if apart and other.id not in (one.host, *canvas.frames_around(one.id)):
                yield _trouble("shape", one.id, other.id)


def _outside(canvas: Canvas) -> Iterator[Trouble]:
    for id_, lane in canvas.lanes.items():
        if id_ in canvas.boxes and lane in canvas.boxes and not canvas.nodes[id_].host:
            room, box = canvas.boxes[lane], canvas.boxes[id_]
            if box.top < room.top or box.bottom > room.bottom or box.left < room.left or box.right > room.right:
                yield "outside", id_, lane
    for id_, node in canvas.nodes.items():
        if node.frame in canvas.boxes and not node.host:
            room, box = canvas.boxes[node.frame], canvas.boxes[id_]
            if box.top < room.top or box.bottom > room.bottom or box.left < room.left or box.right > room.right:
                yield "outside", id_, node.frame


def _through(canvas: Canvas) -> Iterator[Trouble]:
    """Lines through shapes that are not around them, and through words."""
    shapes = [(node.id, canvas.boxes[node.id]) for node in canvas.solid()]
    for arrow, line in _flows(canvas):
        around = {*canvas.frames_around(arrow.source), *canvas.frames_around(arrow.target)}
        inside = [(id_, box) for id_, box in shapes if id_ not in around]
        for piece in pieces(line):
            for id_, box in inside:
                if piece.meets(box, by=1):
                    yield "through", arrow.id, id_
            for id_, box in canvas.words.items():
                if piece.meets(box, by=2):
                    yield "words", arrow.id, id_


def _slanted(canvas: Canvas) -> Iterator[Trouble]:
    for arrow, line in _flows(canvas):
        if is_slanted(line):
            yield "slanted", arrow.id, ""


def _together(canvas: Canvas) -> Iterator[Trouble]:
    """Lines on top of each other, unless they end at one step or part at one sign; and crossings."""
    drawn = [(arrow, list(pieces(line))) for arrow, line in _flows(canvas)]
    around = {arrow.id: hull(parts) or Box(0, 0, 0, 0) for arrow, parts in drawn}
    for (one, parts), (other, others) in combinations(drawn, 2):
        if not around[one.id].grown(1).meets(around[other.id]):
            continue
        both = [(a, b) for a in parts for b in others]
        if not _may_share(canvas, one, other) and any(a.along(b) > 1 for a, b in both):
            yield _trouble("along", one.id, other.id)
        ends = {one.source, one.target} & {other.source, other.target}
        if not ends and any(a.meets(b, by=-0.1) for a, b in both):
            yield _trouble("crossing", one.id, other.id)


def _may_share(canvas: Canvas, one: Arrow, other: Arrow) -> bool:
    if one.target == other.target:
        return True
    return one.source == other.source and canvas.nodes[one.source].kind in FANS


def _labels(canvas: Canvas) -> Iterator[Trouble]:
    """Words on other words, on shapes, and across the edge of a lane."""
    for (one, box), (other, second) in combinations(canvas.words.items(), 2):
        if box.meets(second, by=1):
            yield _trouble("label", one, other)
    shapes = [(n.id, canvas.boxes[n.id]) for n in canvas.solid() if not canvas.is_edge(n.id)]
    lanes = [canvas.boxes[id_] for id_ in canvas.of_kind(LANE, POOL)]
    for id_, box in canvas.words.items():
        for other, shape in shapes:
            if box.meets(shape, by=1):
                yield "label", id_, other
        for lane in lanes:
            if box.top + 2 < lane.bottom < box.bottom - 2 or box.top + 2 < lane.top < box.bottom - 2:
                yield "border", id_, ""
                break
