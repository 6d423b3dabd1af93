"""A time limit on the lower edge of a step, and straight below it who is told when it is missed.

It stands at the left corner where that is free. What is below makes room for it, and the lane grows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from app.drawing.placing import judging, room, tidying
from app.drawing.placing.boxes import Box, around
from app.drawing.placing.canvas import POOL, Arrow, Canvas, Node
from app.drawing.placing.inserting import EVENT

CORNER = 10.0  # units from the edge of the step to the middle of the clock
BELOW = 60.0  # from the lower edge of the step to the middle of who is told
FOOT = 12.0  # between what hangs lowest and the edge of the lane
APART = 40.0  # between the middles of two clocks on one step
BESIDE = 120.0  # the same on a step that is drawn wide enough for the words of all
WIDER = 60.0  # how much room is made beside a step whose limits' words have none
NOT_LEFT = 6.0  # what speaks against any place but the left corner


@dataclass(frozen=True)
class Hung:
    """A new event on the edge of ``node.host``; ``told`` is the end below it, None where its arrow leads elsewhere."""

    node: Node
    arrow: Arrow
    told: Node | None = None
    lane: str = ""


def hang(canvas: Canvas, new: Hung) -> Canvas:
    """The page with the new time limit on it."""
    fresh = (new.node.id, new.told.id) if new.told else (new.node.id,)
    known = judging.troubles(canvas)
    drawn = tidying.best(canvas, _attempts(canvas, new, wide=0.0), fresh)
    if drawn is None or any(what != "crossing" for what, _, _ in judging.troubles(drawn) - known):
        wider = tidying.best(canvas, _attempts(canvas, new, wide=WIDER), fresh)
        if wider is not None and (drawn is None or judging.badness(wider) < judging.badness(drawn)):
            return wider
    return drawn or canvas


def _attempts(canvas: Canvas, new: Hung, wide: float) -> Iterator[tidying.Attempt]:
    host = canvas.boxes[new.node.host]
    free = [x for x in _places(host) if all(abs(x - canvas.middle(one)[0]) >= APART for one in _events(canvas, new))]
    for number, x in enumerate(free or list(_places(host))):
        for deep in (False, True):
            if not wide:
                yield partial(_try, new=new, x=x, against=NOT_LEFT * number, deep=deep)
                continue
            yield partial(_try, new=new, x=x + wide, against=NOT_LEFT * number, deep=deep, left=wide)
            yield partial(_try, new=new, x=x, against=NOT_LEFT * number, deep=deep, right=wide)
    if wide:
        last = max((canvas.middle(one)[0] for one in _events(canvas, new)), default=host.left + CORNER - BESIDE)
        for deep in (False, True):
            yield partial(
                _try, new=new, x=last + BESIDE, against=0.0, deep=deep, until=last + BESIDE + CORNER + BESIDE / 2
            )


def _places(host: Box) -> Iterator[float]:
    yield from (host.left + CORNER, host.right - CORNER, host.middle[0])
    yield from (host.left + CORNER + APART * n for n in range(1, int((host.width - 2 * CORNER) // APART)))


def _events(canvas: Canvas, new: Hung) -> list[str]:
    return [node.id for node in canvas.nodes.values() if node.host == new.node.host]


def _try(
    canvas: Canvas,
    *,
    new: Hung,
    x: float,
    against: float,
    deep: bool,
    left: float = 0.0,
    right: float = 0.0,
    until: float = 0.0,
) -> float | None:
    """A clock at ``x``, with room made left or right of its step, or with the step drawn wider ``until`` there."""
    _make_room(canvas, new.node.host, left, right, until)
    host = canvas.boxes[new.node.host]
    lowest = host.bottom + (BELOW + EVENT[1] / 2 if new.told else EVENT[1] / 2) + FOOT
    zone = Box(x - 22, host.bottom + 1, x + 22, lowest)
    needed = max(_lacking(canvas, new, lowest), _taken(canvas, new, zone) if deep else 0.0)
    if deep and not needed:
        return None
    if needed:
        room.deepen(canvas, host.bottom + 1, 10 * -(-needed // 10), new.node.host)
    canvas.nodes[new.node.id] = new.node
    canvas.boxes[new.node.id] = around((x, host.bottom), *EVENT)
    canvas.arrows[new.arrow.id] = new.arrow
    for one in (new.node.id, new.told.id if new.told else ""):
        if one and new.lane:
            canvas.lanes[one] = new.lane
    if new.told is not None:
        canvas.nodes[new.told.id] = new.told
        canvas.boxes[new.told.id] = around((x, host.bottom + BELOW), *EVENT)
    room.fit_frames(canvas, new.node.host)
    return against


def _make_room(canvas: Canvas, id_: str, left: float, right: float, until: float) -> None:
    own = canvas.boxes[id_]
    if left:
        room.widen(canvas, own.left - 1, left, id_)
    elif right:
        room.widen(canvas, own.right - 1, right, id_, stay=[id_])
    elif until > own.right:
        room.widen(canvas, own.right - 1, 10 * -(-(until - own.right) // 10), id_, stay=[id_])
        canvas.boxes[id_] = own._replace(right=10 * -(-until // 10))


def _lacking(canvas: Canvas, new: Hung, lowest: float) -> float:
    """How much too shallow the lane is, or the pool; a frame grows by itself."""
    area = canvas.lane_box(new.node.host)
    if canvas.nodes[new.node.host].frame:
        return 0.0
    if area is None:
        own = canvas.nodes[new.node.host].process
        area = next((canvas.boxes[p] for p in canvas.of_kind(POOL) if canvas.nodes[p].process == own), None)
    return max(0.0, lowest - area.bottom) if area is not None else 0.0


def _taken(canvas: Canvas, new: Hung, zone: Box) -> float:
    """How far down what stands below the step has to move."""
    own = {new.node.host, *canvas.hanging(new.node.host), *canvas.frames_around(new.node.host)}
    shapes = [canvas.boxes[node.id] for node in canvas.solid() if node.id not in own]
    others = [box for id_, box in canvas.words.items() if id_ not in own]
    tops = [box.top for box in (*shapes, *others) if box.meets(zone)]
    for piece in (one for line in canvas.lines.values() for one in _flat(line)):
        if piece.grown(1).meets(zone):
            tops.append(piece.top)
    return max(0.0, zone.bottom - min(tops)) if tops else 0.0


def _flat(line: tuple[tuple[float, float], ...]) -> Iterator[Box]:
    for (x, y), (u, v) in zip(line, line[1:], strict=False):
        if abs(y - v) < 1:
            yield Box(min(x, u), y, max(x, u), y)
