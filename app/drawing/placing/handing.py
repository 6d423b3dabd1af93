"""A step that goes to another lane, with what hangs on it, or to another place on its way."""

from collections.abc import Iterator
from functools import partial

from app.drawing.placing import closing, room, tidying
from app.drawing.placing.boxes import Box, Point, hull
from app.drawing.placing.canvas import GROUND, Canvas
from app.drawing.placing.inserting import GUTTER, ROW

APART = 12.0  # units that a step keeps away from others
FOOT = 12.0  # between what hangs lowest and the edge of the lane
ASIDE = 0.06  # what speaks against each unit that a step moves sideways


def hand(canvas: Canvas, step: str, lane: str) -> Canvas:
    """The page with a step in another lane, at about the same place on its way."""
    gap = canvas.boxes[step]
    for one in (step, *canvas.hanging(step)):
        canvas.lanes[one] = lane
    drawn = tidying.best(canvas, _attempts(canvas, step, lane))
    return closing.closed(drawn, [gap]) if drawn is not None else canvas


def _attempts(canvas: Canvas, step: str, lane: str) -> Iterator[tidying.Attempt]:
    x = canvas.middle(step)[0]
    for y in (*_rows(canvas, step, lane), canvas.boxes[lane].bottom + ROW / 2):
        for across in (0.0, ROW + 20, -ROW - 20):
            yield partial(_try, step=step, lane=lane, middle=(x + across, y), widening=0.0)
        yield partial(_try, step=step, lane=lane, middle=(x, y), widening=_footprint(canvas, step).width + GUTTER)


def _rows(canvas: Canvas, step: str, lane: str) -> list[float]:
    hanging = {one for host in canvas.nodes for one in canvas.hanging(host)}
    ys: list[float] = []
    for id_, own in canvas.lanes.items():
        if own == lane and id_ in canvas.boxes and id_ != step and id_ not in hanging and not canvas.nodes[id_].is_open:
            y = canvas.middle(id_)[1]
            if all(abs(y - one) > 10 for one in ys):
                ys.append(y)
    return ys or [canvas.boxes[lane].top + ROW / 2]


def _try(canvas: Canvas, *, step: str, lane: str, middle: Point, widening: float) -> float | None:
    own = {step, *canvas.hanging(step)}
    if widening:
        room.widen(canvas, canvas.boxes[step].left - 1, widening, stay=[step])
    touched = [a.id for a in canvas.arrows.values() if (a.source in own) != (a.target in own)]
    x, y = canvas.middle(step)
    room.shift(canvas, [step], middle[0] - x, middle[1] - y)
    for id_ in touched:
        if canvas.arrows[id_].kind == "sequenceFlow":
            canvas.lines.pop(id_, None)
            canvas.words.pop(id_, None)
    lowest = max(middle[1] + ROW / 2, _footprint(canvas, step).bottom + FOOT)
    if lowest > canvas.boxes[lane].bottom:
        room.deepen(canvas, canvas.boxes[lane].bottom, 10 * -(-(lowest - canvas.boxes[lane].bottom) // 10), stay=[step])
    if _footprint(canvas, step).left < canvas.boxes[lane].left + 40 or _is_crowded(canvas, step, own):
        return None
    return ASIDE * abs(middle[0] - x) + 3 * bool(widening)


def _footprint(canvas: Canvas, step: str) -> Box:
    own = [step, *canvas.hanging(step)]
    drawn = [canvas.boxes[id_] for id_ in own] + [canvas.words[id_] for id_ in own if id_ in canvas.words]
    return hull(drawn) or canvas.boxes[step]


def _is_crowded(canvas: Canvas, step: str, own: set[str]) -> bool:
    room_for = _footprint(canvas, step).grown(APART)
    inside = {id_ for id_ in canvas.nodes if step in canvas.frames_around(id_)}
    apart = own | inside | set(canvas.frames_around(step))
    shapes = [node.id for node in canvas.nodes.values() if node.kind not in GROUND and node.id not in apart]
    return any(room_for.meets(canvas.boxes[one]) for one in shapes) or any(
        canvas.boxes[step].grown(4).meets(box) for id_, box in canvas.words.items() if id_ not in apart
    )
