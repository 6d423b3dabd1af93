"""After something moved or came: arrows that no longer fit are drawn anew, and words get a place where they are free.

What was not right before is left as it was: somebody drew it so.
"""

from collections.abc import Callable, Collection, Iterable

from app.drawing.placing import judging, room, words
from app.drawing.placing.boxes import Box, Line, hull, is_slanted, pieces
from app.drawing.placing.canvas import LANE, POOL, Canvas
from app.drawing.placing.judging import Trouble
from app.drawing.placing.routes import route

REDRAWN = frozenset({"through", "words", "along", "slanted"})  # troubles of a line
JOG = 15.0  # units: what is shorter between two pieces of a line is a small step in it
ROUNDS, MOST = 3, 6  # how often lines are drawn again; how many ways to change a page are drawn to their end
Attempt = Callable[[Canvas], float | None]  # changes a canvas; gives what speaks against it, None where it cannot be


def best(canvas: Canvas, attempts: Iterable[Attempt], fresh: Collection[str] = ()) -> Canvas | None:
    """The tidiest of several ways to change a page. ``fresh`` are the ids of what is new or has new words."""
    known = judging.troubles(canvas)
    tried: list[tuple[float, float, int, Canvas]] = []
    for number, attempt in enumerate(attempts):
        changed = canvas.copy()
        against = attempt(changed)
        if against is not None and not judging.overlaps(changed) - known:
            tried.append((against + _roughly(changed), against, number, changed))
    chosen: Canvas | None = None
    least = float("inf")
    for _, against, _, changed in sorted(tried, key=lambda one: one[:3])[:MOST]:
        settle(changed, known, fresh)
        cost = judging.badness(changed) + against
        if cost < least:
            chosen, least = changed, cost
    if chosen is not None:
        _straighten(chosen, canvas)
    return chosen


def _straighten(canvas: Canvas, before: Canvas) -> None:
    """Without the small steps in lines at what moved, where the room for a straight line has come meanwhile."""
    moved = {id_ for id_, box in canvas.boxes.items() if before.boxes.get(id_) != box}
    for id_, line in list(canvas.lines.items()):
        arrow = canvas.arrows[id_]
        if arrow.kind != "sequenceFlow" or not _has_jog(line) or not {arrow.source, arrow.target} & moved:
            continue
        tried = canvas.copy()
        redraw(tried, [id_])
        if len(tried.lines[id_]) < len(line) and judging.badness(tried) < judging.badness(canvas):
            canvas.lines, canvas.words = tried.lines, tried.words


def _has_jog(line: Line) -> bool:
    inner = list(pieces(line))[1:-1]
    return any(max(one.width, one.height) < JOG for one in inner)


def _roughly(canvas: Canvas) -> float:
    """About how untidy a page will be, as far as that can be told before its lines are drawn."""
    cost = 0.0
    for id_, arrow in canvas.arrows.items():
        line = canvas.lines.get(id_, ())
        if arrow.kind != "sequenceFlow" or arrow.source not in canvas.boxes or arrow.target not in canvas.boxes:
            continue
        if not line or is_slanted(line):
            (x, y), (u, v) = canvas.middle(arrow.source), canvas.middle(arrow.target)
            cost += 8 * (abs(x - u) > 1 and abs(y - v) > 1) + (abs(x - u) + abs(y - v)) / 30 + 15 * (u < x - 1)
    page = hull(canvas.boxes.values())
    return cost + (judging.WIDTH * page.width + judging.HEIGHT * page.height if page else 0)


def settle(canvas: Canvas, known: Collection[Trouble], fresh: Collection[str] = ()) -> None:
    """Draw what has no line yet and what no longer fits; place the words of what is ``fresh``."""
    room.fit(canvas)
    for id_ in fresh:
        place_words(canvas, id_)
    todo = [id_ for id_ in canvas.arrows if not canvas.lines.get(id_)]
    for _ in range(ROUNDS):
        redraw(canvas, todo)
        for id_ in _wordy(judging.troubles(canvas) - set(known)):
            place_words(canvas, id_)
        _room_for_words(canvas, judging.troubles(canvas) - set(known))
        wrong = judging.troubles(canvas) - set(known)
        todo = sorted({id_ for trouble in wrong for id_ in _unfit(trouble)} | set(_loose(canvas)))
        if not todo:
            break
    room.fit(canvas)


def _unfit(trouble: Trouble) -> tuple[str, ...]:
    """The lines that a trouble is about."""
    what, one, other = trouble
    return () if what not in REDRAWN else (one, other) if what == "along" else (one,)


def _room_for_words(canvas: Canvas, wrong: Collection[Trouble]) -> None:
    """Deeper lanes, where words stand across the edge of the lane of their step."""
    for id_ in sorted(one for what, one, _ in wrong if what == "border"):
        step = canvas.arrows[id_].source if id_ in canvas.arrows else id_
        lane, place = canvas.lane_box(step) if step in canvas.nodes else None, canvas.words.get(id_)
        if lane is None or place is None:
            continue
        if place.bottom > lane.bottom - 2:
            room.deepen(canvas, lane.bottom, 10 * -(-(place.bottom + 2 - lane.bottom) // 10), step)
        elif place.top < lane.top + 2:
            room.deepen(canvas, lane.top + 1, 10 * -(-(lane.top + 2 - place.top) // 10), step)


def _wordy(wrong: Collection[Trouble]) -> list[str]:
    """What has words that are in the way, or in whose way something is; the words of steps first."""
    found = {other for what, _, other in wrong if what == "words"}
    found |= {one for what, *both in wrong if what in ("label", "border") for one in both if one}
    return sorted(found)


def redraw(canvas: Canvas, arrows: Collection[str]) -> None:
    """These arrows on their best ways, short ones first so that they stay straight."""
    for id_ in arrows:
        canvas.lines.pop(id_, None)
        canvas.words.pop(id_, None)
    for id_ in sorted(arrows, key=lambda one: (_far(canvas, one), one)):
        arrow = canvas.arrows[id_]
        if arrow.source in canvas.boxes and arrow.target in canvas.boxes:
            canvas.lines[id_] = route(canvas, arrow)
            place_words(canvas, id_)


def place_words(canvas: Canvas, id_: str) -> None:
    """The words of a step or an arrow where they are freest; nothing where they stand inside a shape."""
    if id_ in canvas.arrows:
        named = canvas.arrows[id_].name
        places = list(words.answers(canvas.lines[id_], named)) if named and canvas.lines.get(id_) else []
    else:
        named = canvas.nodes[id_].name if id_ in canvas.nodes else ""
        places = list(words.spots(canvas, id_, named)) if named else []
    canvas.words.pop(id_, None)
    if places:
        canvas.words[id_] = min(places, key=lambda place: _crowded(canvas, id_, place))


def _crowded(canvas: Canvas, id_: str, place: Box) -> float:
    """How much is in the way of words at a place. Of two that are equally free the first is taken."""
    shapes = [canvas.boxes[n.id] for n in canvas.solid() if not canvas.is_edge(n.id)]
    others = [box for one, box in canvas.words.items() if one != id_]
    lines = [piece for line in canvas.lines.values() for piece in pieces(line)]
    lanes = [canvas.boxes[one] for one in canvas.of_kind(LANE, POOL)]
    crossed = any(place.top + 2 < edge < place.bottom - 2 for lane in lanes for edge in (lane.top, lane.bottom))
    return (
        10 * sum(place.meets(box, by=1) for box in (*shapes, *others))
        + 8 * sum(piece.meets(place, by=2) for piece in lines)
        + 3 * crossed
    )


def _far(canvas: Canvas, id_: str) -> float:
    arrow = canvas.arrows[id_]
    if arrow.source not in canvas.boxes or arrow.target not in canvas.boxes:
        return 0.0
    (x, y), (u, v) = canvas.middle(arrow.source), canvas.middle(arrow.target)
    return abs(x - u) + abs(y - v)


def _loose(canvas: Canvas) -> list[str]:
    """The flows that do not begin and end at the edge of their shapes, or run into them."""
    found = []
    for id_, arrow in canvas.arrows.items():
        line, ends = canvas.lines.get(id_), (canvas.boxes.get(arrow.source), canvas.boxes.get(arrow.target))
        if arrow.kind == "sequenceFlow" and line and ends[0] and ends[1]:
            if not (_is_docked(line, ends[0]) and _is_docked(line[::-1], ends[1])):
                found.append(id_)
    return found


def _is_docked(line: Line, box: Box) -> bool:
    """Whether a line begins at the edge of a shape and leads away from it."""
    (x, y), after = line[0], line[1]
    near, inner = box.grown(2), box.grown(-2)
    is_near = near.left <= x <= near.right and near.top <= y <= near.bottom
    is_deep = inner.left < x < inner.right and inner.top < y < inner.bottom
    middle = ((x + after[0]) / 2, (y + after[1]) / 2)
    is_within = inner.left < middle[0] < inner.right and inner.top < middle[1] < inner.bottom
    return is_near and not is_deep and not is_within
