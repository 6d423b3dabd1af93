"""A lane more on a page, beside the one that its first step comes from, or one less."""

from app.drawing.placing import room
from app.drawing.placing.boxes import Box
from app.drawing.placing.canvas import Canvas, Node
from app.drawing.placing.inserting import ROW


def add(canvas: Canvas, lane: Node, beside: str) -> None:
    """A new lane below another. Nothing is drawn where that one is not."""
    if beside not in canvas.boxes:
        return
    above = canvas.boxes[beside]
    room.deepen(canvas, above.bottom, ROW)
    canvas.boxes[beside] = above
    canvas.nodes[lane.id] = lane
    canvas.boxes[lane.id] = Box(above.left, above.bottom, above.right, above.bottom + ROW)


def drop(canvas: Canvas, lane: str) -> None:
    """A lane in which nothing stands is gone, and what is below it moves up."""
    box = canvas.boxes.pop(lane)
    canvas.nodes.pop(lane)
    room.deepen(canvas, box.bottom, -box.height)
