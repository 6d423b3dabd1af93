"""Words beside shapes and on arrows, and the badges that say how far a step has come."""

from app.drawing.model import Bounds
from app.drawing.paint.tags import rect, tag, words
from app.drawing.paint.text import LEADING, SIZE, block, height, width, wrap

ROOM = 90.0  # units that words beside a shape may take
WIDEST = 130.0  # units that one long word may take before it is cut
BOLD = 1.08  # how much wider bold letters are


def label(text: str, place: Bounds) -> str:
    """Words in their place. One word too wide for it may stand out to both sides."""
    longest = max((width(word) for word in text.split()), default=0.0)
    lines = wrap(text, max(place.width + 2, min(longest, WIDEST)))
    spare = place.height - height(lines)
    top = place.y + spare / 2 if 0 < spare < SIZE * LEADING else place.y
    return block(lines, place.middle[0], top, "d-text d-text--beside")


def below(bounds: Bounds) -> Bounds:
    """Where words stand when the file does not say: below the shape, in its middle."""
    return Bounds(bounds.middle[0] - ROOM / 2, bounds.bottom + 4, ROOM, SIZE)


def badge(text: str, state: str, bounds: Bounds) -> str:
    """A few words on the upper right corner of a shape, in the colour of its state.

    Limits hang below a task and arrows arrive at its middle, so this corner is where nothing else stands.
    """
    wide = width(text) * BOLD + 16
    x = max(bounds.x - 4, min(bounds.right - min(46, bounds.width * 0.46), bounds.right + 36 - wide))
    y = bounds.y - 12
    pill = rect(x, y, wide, 20, f"d-badge d-badge--{state}", 10)
    return pill + tag("text", words(text), class_="d-badge-text", text_anchor="middle", x=x + wide / 2, y=y + 14.2)
