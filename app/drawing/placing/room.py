"""Making room on a page: everything from some place on moves right or down, and what lies across it is stretched.

Steps keep their order and their rows, so what was tidy stays tidy; what no longer fits is found by ``troubles``.
"""

from collections.abc import Callable, Collection, Mapping
from functools import partial

from app.drawing.placing.boxes import Box, Line, Point, corners, hull
from app.drawing.placing.canvas import GROUND, LANE, POOL, Canvas

HERE = (0.0, 0.0)
IN_FRAME = 24.0  # units between what stands in a frame and its right edge
NEAR = 70.0  # units from the beginning of an arrow within which its words belong to that end
Move = Callable[[float], float]
Making = Callable[[Canvas, float, float, str], None]  # widen, deepen


def widen(
    canvas: Canvas, at: float, by: float, inside: str = "", *, stay: Collection[str] = (), go: Collection[str] = ()
) -> None:
    """What stands at ``at`` or further right moves right by ``by``; a negative ``by`` moves it left.

    ``inside`` is a step: the frames around it grow. What is named in ``stay`` or ``go`` does as it is told.
    """
    opened = frozenset(canvas.frames_around(inside))
    carriers = canvas.carriers(opened)
    shifts: dict[str, Point] = {}
    for id_, unit in carriers.items():
        moves = unit in go or (unit not in stay and canvas.boxes[unit].left >= at)
        shifts[id_] = (by, 0.0) if moves and id_ not in opened else HERE
    for frame in opened:
        canvas.boxes[frame] = canvas.boxes[frame]._replace(right=canvas.boxes[frame].right + by)
    _ground(canvas, lambda box: box if box.left < at else box.moved(by, 0), kinds=("group",))
    follow(canvas, shifts, partial(_beyond, at=at, by=by), _same)


def deepen(canvas: Canvas, at: float, by: float, inside: str = "", *, stay: Collection[str] = ()) -> None:
    """What stands at ``at`` or further down moves down by ``by``; the lane, pool and frame at ``at`` grow."""
    opened = frozenset(canvas.frames_around(inside))
    carriers = canvas.carriers(opened)
    shifts: dict[str, Point] = {}
    for id_, unit in carriers.items():
        moves = unit not in stay and canvas.boxes[unit].top >= at
        shifts[id_] = (0.0, by) if moves and id_ not in opened else HERE
    for frame in opened:
        canvas.boxes[frame] = canvas.boxes[frame]._replace(bottom=canvas.boxes[frame].bottom + by)
    _ground(canvas, lambda box: _lower(box, at, by))
    follow(canvas, shifts, _same, partial(_beyond, at=at, by=by))


def shift(canvas: Canvas, steps: Collection[str], across: float, down: float) -> None:
    """These steps, with all that hangs on them, elsewhere. The lines at them follow as far as they can."""
    carriers = canvas.carriers()
    shifts = {id_: (across, down) for id_, unit in carriers.items() if unit in steps or id_ in steps}
    follow(canvas, shifts, _same, _same)


def follow(canvas: Canvas, shifts: Mapping[str, Point], across: Move, down: Move) -> None:
    """Shapes moved by ``shifts``, lines after the shapes at their ends, and the rest of each line as the moves say."""
    for id_, (x, y) in shifts.items():
        if (x, y) != HERE:
            canvas.boxes[id_] = canvas.boxes[id_].moved(x, y)
            if id_ in canvas.words:
                canvas.words[id_] = canvas.words[id_].moved(x, y)
    for id_, line in canvas.lines.items():
        arrow = canvas.arrows[id_]
        begin, end = shifts.get(arrow.source, HERE), shifts.get(arrow.target, HERE)
        moved = _followed(line, begin, end, across, down)
        if id_ in canvas.words and moved != line:
            canvas.words[id_] = _along(canvas.words[id_], line, begin, end, across, down)
        canvas.lines[id_] = moved


def _followed(line: Line, begin: Point, end: Point, across: Move, down: Move) -> Line:
    if begin == end and begin != HERE:
        return tuple((x + begin[0], y + begin[1]) for x, y in line)
    xs = _run_by_run([x for x, _ in line], begin[0], end[0], across)
    ys = _run_by_run([y for _, y in line], begin[1], end[1], down)
    return corners(zip(xs, ys, strict=True))


def _run_by_run(places: list[float], begin: float, end: float, move: Move) -> list[float]:
    """One coordinate of each point: what hangs together with an end moves as that end does."""
    first = next((n for n, one in enumerate(places) if abs(one - places[0]) > 0.5), len(places))
    last = next((n for n, one in enumerate(reversed(places)) if abs(one - places[-1]) > 0.5), len(places))
    found = [move(one) for one in places]
    if first == len(places) and begin != end:  # one straight piece between two that part
        return [places[0] + begin, *(one + begin for one in places[1:-1]), places[-1] + end]
    for n in range(first):
        found[n] = places[n] + begin
    for n in range(len(places) - last, len(places)):
        found[n] = places[n] + end
    return found


def _along(words: Box, line: Line, begin: Point, end: Point, across: Move, down: Move) -> Box:
    x, y = words.middle
    for (u, v), moved in ((line[0], begin), (line[-1], end)):
        if abs(x - u) + abs(y - v) < NEAR:
            return words.moved(*moved)
    return words.moved(across(x) - x, down(y) - y)


def _ground(canvas: Canvas, change: Callable[[Box], Box], kinds: Collection[str] = GROUND) -> None:
    for id_ in list(canvas.of_kind(*kinds)):
        canvas.boxes[id_] = change(canvas.boxes[id_])


def _lower(box: Box, at: float, by: float) -> Box:
    if box.top >= at:
        return box.moved(0, by)
    return box._replace(bottom=box.bottom + by) if box.bottom >= at else box


def _same(place: float) -> float:
    return place


def _beyond(place: float, at: float, by: float) -> float:
    """A place moved where it lies at ``at`` or beyond; what is taken in is folded to ``at``."""
    return place if place < at else max(at, place + by)


def fit(canvas: Canvas) -> None:
    """Pools and lanes as wide as what stands in them needs, all of them ending at one edge; never narrower."""
    content = canvas.content()
    pools = list(canvas.of_kind(POOL))
    lanes = list(canvas.of_kind(LANE))
    if content is None or not (pools or lanes):
        return
    edge = max(canvas.boxes[id_].right for id_ in (pools or lanes))
    needed = max(edge, 10 * round((content.right + canvas.margin) / 10))
    if needed > edge:
        for id_ in [*pools, *lanes]:
            if canvas.boxes[id_].right >= edge - 1:
                canvas.boxes[id_] = canvas.boxes[id_]._replace(right=needed)


def fit_frames(canvas: Canvas, element: str) -> None:
    """The frames around a step as large as what stands in them needs; what is right of them or below makes room."""
    for frame in canvas.frames_around(element):
        inside = [id_ for id_, node in canvas.nodes.items() if node.frame == frame]
        drawn = [canvas.boxes[id_] for id_ in inside] + [canvas.words[id_] for id_ in inside if id_ in canvas.words]
        box, content = canvas.boxes[frame], hull(drawn)
        if content is None:
            continue
        across, down = content.right + IN_FRAME - box.right, content.bottom + IN_FRAME / 2 - box.bottom
        if across > 0:
            _grow(canvas, frame, element, 10 * -(-across // 10), 0.0)
        if down > 0:
            _grow(canvas, frame, element, 0.0, 10 * -(-down // 10))


def _grow(canvas: Canvas, frame: str, element: str, across: float, down: float) -> None:
    """A larger frame: over free ground where there is some, else everything beyond it moves."""
    box = canvas.boxes[frame]
    larger = Box(box.left, box.top, box.right + across, box.bottom + down)
    apart = {frame, *canvas.frames_around(frame)}
    inside = {id_ for id_ in canvas.nodes if frame in canvas.frames_around(id_)}
    others = [canvas.boxes[node.id] for node in canvas.solid() if node.id not in apart | inside]
    lane = canvas.lane_box(frame)
    is_free = not any(larger.grown(9).meets(other) for other in others)
    if is_free and (lane is None or larger.bottom + 10 <= lane.bottom):
        canvas.boxes[frame] = larger
    elif across:
        widen(canvas, box.right, across, element)
    else:
        deepen(canvas, box.bottom, down, element)


def level(canvas: Canvas) -> None:
    """All pools and lanes end at one edge on the right."""
    ground = [*canvas.of_kind(POOL, LANE)]
    edge = max((canvas.boxes[id_].right for id_ in ground), default=0.0)
    for id_ in ground:
        canvas.boxes[id_] = canvas.boxes[id_]._replace(right=edge)


def tighten(canvas: Canvas) -> None:
    """Pools and lanes no wider than what stands in them needs."""
    content = canvas.content()
    ground = [*canvas.of_kind(POOL, LANE)]
    if content is None or not ground:
        return
    edge = max(canvas.boxes[id_].right for id_ in ground)
    needed = min(edge, 10 * round((content.right + canvas.margin) / 10))
    for id_ in ground:
        if canvas.boxes[id_].right >= edge - 1:
            canvas.boxes[id_] = canvas.boxes[id_]._replace(right=needed)
