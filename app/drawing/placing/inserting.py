"""A new step on an arrow: several places are tried, with the room that each needs, and the tidiest is kept.

It may stand behind the step before it, in front of the step after it, below, or in another lane; whatever is in its
way moves to the right, alone or with the rest of the page, and a lane without a free row grows by one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from app.drawing.model import ACTIVITIES, EVENTS
from app.drawing.placing import room, tidying, words
from app.drawing.placing.boxes import Box, Point, around, hull
from app.drawing.placing.canvas import GROUND, POOL, Arrow, Canvas, Node

TASK, EVENT, GATEWAY = (100.0, 80.0), (36.0, 36.0), (50.0, 50.0)
GUTTER, ROW = 40.0, 120.0  # units between two steps, and from the middle of one row to that of the next
CELL = 80.0  # how wide a step with words beside it is thought of
APART = Box(35, 10, 35, 10)  # units that a new step keeps away from what is beside it: left, top, right, bottom
Room = Callable[[Canvas, Box], float | None]
LEFT_OF, NOT_RIGHT, OWN_ROW, MOVES, NEW_ROW = 20.0, 5.0, 8.0, 0.4, 6.0  # what speaks against a place


def size_of(kind: str) -> tuple[float, float]:
    """How wide and tall a new element of a kind is drawn."""
    return TASK if kind in ACTIVITIES else EVENT if kind in EVENTS else GATEWAY


@dataclass(frozen=True)
class Inserted:
    """A new step on an arrow; ``onward`` is the new arrow behind it, None where the way ends with the step."""

    node: Node
    lane: str  # the id of its lane; "" where it has none of its own
    way: str  # the arrow on which it comes
    onward: Arrow | None = None
    size: tuple[float, float] | None = None  # where it is not drawn as usual


def insert(canvas: Canvas, new: Inserted) -> Canvas:
    """The page with the new step on it."""
    places = _Places(canvas, new)
    fresh = (new.node.id,)
    return tidying.best(canvas, places.attempts(), fresh) or tidying.best(canvas, places.last(), fresh) or canvas


def _stand(canvas: Canvas, new: Inserted, box: Box) -> None:
    canvas.nodes[new.node.id] = new.node
    canvas.boxes[new.node.id] = box
    if new.lane:
        canvas.lanes[new.node.id] = new.lane
    canvas.arrows[new.way] = replace(canvas.arrows[new.way], target=new.node.id)
    if new.onward is not None:
        canvas.arrows[new.onward.id] = new.onward
    for arrow in (new.way, new.onward.id if new.onward else ""):
        canvas.lines.pop(arrow, None)
        canvas.words.pop(arrow, None)


@dataclass
class _Places:
    """The places that a new step may have on a page."""

    canvas: Canvas
    new: Inserted

    def __post_init__(self) -> None:
        way = self.canvas.arrows[self.new.way]
        self.source, self.words = way.source, way.name
        self.target = self.new.onward.target if self.new.onward else ""
        self.before, self.after = self.canvas.boxes[way.source], self.canvas.boxes.get(self.target)
        self.size = self.new.size or size_of(self.new.node.kind)
        self.half = max(self.size[0], CELL) / 2

    def attempts(self) -> Iterator[tidying.Attempt]:
        """Each place with each way to make room for it."""
        for middle in self._middles():
            yield partial(self._try, middle=middle, make_room=self._nothing)
            yield partial(self._try, middle=middle, make_room=self._push)
            yield partial(self._try, middle=middle, make_room=self._widen)
            yield partial(self._try, middle=middle, make_room=self._widen_before)

    def last(self) -> Iterator[tidying.Attempt]:
        """A row of its own below all others, where every other place is taken."""
        for x in (self._behind(), self.before.middle[0]):
            yield partial(self._try, middle=(x, self._new_row()), make_room=self._nothing, is_last=True)

    def _middles(self) -> list[Point]:
        """Behind the step before, in front of the step after, straight above or below either, in every row."""
        xs = [self._behind(), self.before.middle[0]]
        if self.after is not None:
            xs += [self._in_front(self.after), self.after.middle[0]]
        ys = dict.fromkeys([*self._rows(), self._new_row()])
        return list(dict.fromkeys((x, y) for y in ys for x in xs))

    def _behind(self) -> float:
        edge = self.before.middle[0] + self._half_of(self.source)
        gap = max(GUTTER, self.before.right + words.size(self.words)[0] + 24 - edge) if self.words else GUTTER
        return _rounded(edge + gap + self.half)

    def _in_front(self, after: Box) -> float:
        return _rounded(after.middle[0] - self._half_of(self.target) + self.half)

    def _half_of(self, element: str) -> float:
        box = self.canvas.boxes[element]
        return max(box.width, CELL if element in self.canvas.words else 0) / 2

    def _area(self, canvas: Canvas) -> Box | None:
        """The frame or lane, else the pool, in which the step is to stand."""
        for id_ in (self.new.node.frame, self.new.lane):
            if id_ in canvas.boxes:
                return canvas.boxes[id_]
        pools = (canvas.boxes[p] for p in canvas.of_kind(POOL) if canvas.nodes[p].process == self.new.node.process)
        return next(pools, None)

    def _fellows(self) -> list[str]:
        """The steps that stand where the new one is to stand, without what hangs on them."""
        carriers = self.canvas.carriers(frozenset([self.new.node.frame, *self._frames()]))
        own = [id_ for id_, unit in carriers.items() if id_ == unit and self._is_fellow(id_)]
        return own

    def _frames(self) -> list[str]:
        found, frame = [], self.new.node.frame
        while frame in self.canvas.nodes and frame not in found:
            found.append(frame)
            frame = self.canvas.nodes[frame].frame
        return found

    def _is_fellow(self, id_: str) -> bool:
        node = self.canvas.nodes[id_]
        if node.kind in GROUND or node.frame != self.new.node.frame or node.is_open:
            return False
        return bool(self.new.node.frame) or self.canvas.lanes.get(id_, "") == self.new.lane

    def _rows(self) -> list[float]:
        """The middles of the rows there, those of the two neighbours first where they stand there too."""
        fellows = self._fellows()
        near = [id_ for id_ in (self.source, self.target) if id_ in fellows]
        ys: list[float] = []
        for id_ in [*near, *fellows]:
            y = self.canvas.middle(id_)[1]
            if all(abs(y - one) > 10 for one in ys):
                ys.append(y)
        return ys

    def _new_row(self) -> float:
        """The middle of a row that is not there yet, below the others."""
        area = self._area(self.canvas)
        last = max(self._rows(), default=None)
        if self.new.node.frame and last is not None:
            return last + ROW
        if area is not None:
            return area.bottom + ROW / 2 if last is not None else area.top + ROW / 2
        content = self.canvas.content()
        return content.bottom + ROW / 2 if content else ROW / 2

    def _try(self, canvas: Canvas, *, middle: Point, make_room: Room, is_last: bool = False) -> float | None:
        """One place with one way to make room; None where the step would still stand on something."""
        box = around(middle, *self.size)
        cost = make_room(canvas, box)
        if cost is None:
            return None
        area = self._area(canvas)
        if area is not None and middle[1] + ROW / 2 > area.bottom + 25:
            room.deepen(canvas, area.bottom, 10 * round((middle[1] + ROW / 2 - area.bottom) / 10), self._inside())
            cost += NEW_ROW
        _stand(canvas, self.new, box)
        room.fit_frames(canvas, self.new.node.id)
        return cost + self._against(canvas, box) if is_last or not _stands_on(canvas, self.new.node.id) else None

    def _inside(self) -> str:
        is_beside = self.canvas.nodes[self.source].frame == self.new.node.frame
        return self.source if is_beside or not self.target else self.target

    def _against(self, canvas: Canvas, box: Box) -> float:
        """What speaks against a place that the picture itself does not show."""
        x, y = box.middle
        before = canvas.middle(self.source)
        after = canvas.middle(self.target) if self.after is not None else before
        cost = LEFT_OF * (x < before[0] - 1) + NOT_RIGHT * (x <= before[0] + 1)
        if after[0] > before[0] + 1:
            cost += LEFT_OF * (x > after[0] + 1) + NOT_RIGHT * (x >= after[0] - 1)
        return cost + OWN_ROW * (abs(y - before[1]) > 1 and abs(y - after[1]) > 1)

    def _nothing(self, canvas: Canvas, box: Box) -> float | None:
        return 0.0

    def _needed(self, canvas: Canvas, box: Box) -> float:
        """How far what comes next has to move right."""
        after = self.after
        if after is None:
            return 2 * self.half + GUTTER
        in_row = after.top < box.bottom + APART.bottom and box.top - APART.top < after.bottom
        if in_row and after.middle[0] > box.middle[0] - self.half:
            return box.middle[0] + self.half + GUTTER - (after.middle[0] - self._half_of(self.target))
        return 2 * self.half + GUTTER

    def _push(self, canvas: Canvas, box: Box) -> float | None:
        """Only what is in the way, beginning with what comes next, and what that would stand on."""
        by = self._needed(canvas, box)
        carriers = canvas.carriers(frozenset(self._frames()))
        first = carriers.get(self.target, "")
        if not first or by <= 0 or first == carriers.get(self.source) or canvas.nodes[first].is_open:
            return None
        moved = _pushed(canvas, first, by, {carriers.get(self.source, ""), self.new.node.frame}, carriers)
        if moved is None:
            return None
        room.shift(canvas, moved, by, 0)
        return MOVES * len(moved)

    def _widen(self, canvas: Canvas, box: Box) -> float | None:
        """Everything to the right of the step before."""
        by = self._needed(canvas, box)
        if by <= 0:
            return None
        room.widen(canvas, self.before.right - 1, by, self._inside(), stay=[self.source])
        return MOVES

    def _widen_before(self, canvas: Canvas, box: Box) -> float | None:
        """Everything from the step after on, that step itself included, but not the step before."""
        by = self._needed(canvas, box)
        if by <= 0 or self.after is None or self.target == self.source:
            return None
        if self.after.left >= self.before.right or self.after.right <= self.before.left:
            return None
        carriers = canvas.carriers(frozenset(self._frames()))
        if carriers.get(self.target) == carriers.get(self.source):
            return None
        room.widen(canvas, self.after.left - 1, by, self._inside(), stay=[carriers.get(self.source, self.source)])
        return 2 * MOVES


def _pushed(canvas: Canvas, first: str, by: float, fixed: set[str], carriers: dict[str, str]) -> set[str] | None:
    """What has to move along when a step moves right, until nothing stands on anything; None where that cannot be."""
    moved, waiting = {first}, [first]
    prints = {unit: _footprint(canvas, unit, carriers) for unit in set(carriers.values())}
    while waiting:
        swept = prints[waiting.pop()].moved(by, 0).grown(12)
        for unit, box in prints.items():
            if unit not in moved and not canvas.nodes[unit].is_open and swept.meets(box):
                moved.add(unit)
                waiting.append(unit)
            elif canvas.nodes[unit].is_open and unit not in fixed and swept.meets(box):
                return None
    return moved if not moved & fixed else None


def _footprint(canvas: Canvas, unit: str, carriers: dict[str, str]) -> Box:
    own = [id_ for id_, carrier in carriers.items() if carrier == unit]
    drawn = [canvas.boxes[id_] for id_ in own] + [canvas.words[id_] for id_ in own if id_ in canvas.words]
    return hull(drawn) or canvas.boxes[unit]


def _stands_on(canvas: Canvas, element: str) -> bool:
    """Whether a step has no free place around it."""
    box = canvas.boxes[element]
    wide = Box(box.left - APART.left, box.top - APART.top, box.right + APART.right, box.bottom + APART.bottom)
    around_it = {element, *canvas.frames_around(element)}
    shapes = [canvas.boxes[node.id] for node in canvas.solid() if node.id not in around_it]
    words = [place for id_, place in canvas.words.items() if id_ != element]
    return any(wide.meets(other) for other in shapes) or any(box.grown(4).meets(other) for other in words)


def _rounded(place: float) -> float:
    return 10.0 * -(-place // 10)
