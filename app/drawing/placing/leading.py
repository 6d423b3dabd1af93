"""Arrows that lead elsewhere or say something else: drawn anew, with room for their words where that is lacking."""

from collections.abc import Iterator, Sequence
from functools import partial

from app.drawing.placing import room, tidying, words
from app.drawing.placing.canvas import Arrow, Canvas

BESIDE_WORDS = 26.0  # units that an arrow is longer than its words
WIDER = 0.5  # what speaks against making the page wider


def lead(canvas: Canvas, arrows: Sequence[Arrow]) -> Canvas:
    """The page with these arrows as they are now. Those between steps that are not drawn are left out."""
    shown = [one for one in arrows if one.source in canvas.boxes and one.target in canvas.boxes]
    return (tidying.best(canvas, _attempts(canvas, shown)) or canvas) if shown else canvas


def _attempts(canvas: Canvas, arrows: Sequence[Arrow]) -> Iterator[tidying.Attempt]:
    yield partial(_draw, arrows=arrows, more=0.0)
    lacking = max((_lacking(canvas, arrow) for arrow in arrows), default=0.0)
    if lacking > 0:
        yield partial(_draw, arrows=arrows, more=10 * -(-lacking // 10))


def _lacking(canvas: Canvas, arrow: Arrow) -> float:
    """How much too close the step is to which a worded arrow leads."""
    source, target = canvas.boxes[arrow.source], canvas.boxes[arrow.target]
    if not arrow.name or target.left < source.right:
        return 0.0
    return words.size(arrow.name)[0] + BESIDE_WORDS - (target.left - source.right)


def _draw(canvas: Canvas, *, arrows: Sequence[Arrow], more: float) -> float:
    source = arrows[0].source
    if more:
        room.widen(canvas, canvas.boxes[source].right - 1, more, source, stay=[source])
    for arrow in arrows:
        canvas.arrows[arrow.id] = arrow
        canvas.lines.pop(arrow.id, None)
        canvas.words.pop(arrow.id, None)
    return WIDER * bool(more)
