"""Words in a picture: how wide they are, where their lines break, and the lines as SVG.

The server has no fonts, so widths are those of Helvetica (as published with its metrics), a little enlarged
for the faces that a reader may have instead.
"""

import unicodedata
from collections.abc import Sequence

from app.drawing.model import Bounds
from app.drawing.paint.tags import number, tag, words

SIZE = 12.0  # units
LEADING = 1.2
_WIDER = 1.04
_WIDTHS = (  # thousandths of the size of the letters
    (191, "'"),
    (222, "ijl‘’"),
    (260, "|"),
    (278, " !,./:;I[\\]ft·"),
    (333, "()-`r{}“”"),
    (355, '"'),
    (389, "*"),
    (469, "^"),
    (500, "Jcksvxyz"),
    (556, "#$0123456789?L_abdeghnopqu–"),
    (584, "+<=>~"),
    (611, "FTZ"),
    (667, "&ABEKPSVXY"),
    (722, "CDHNRUw"),
    (778, "GOQ"),
    (833, "Mm"),
    (889, "%"),
    (944, "W"),
    (1000, "—…"),
    (1015, "@"),
)
_WIDTH = {letter: width for width, letters in _WIDTHS for letter in letters}


def width(text: str, size: float = SIZE) -> float:
    """About how wide a line of text is, in units."""
    return sum(_letter(letter) for letter in text) * size * _WIDER / 1000


def wrap(text: str, room: float, size: float = SIZE) -> list[str]:
    """The text in lines no wider than ``room``. A word that is wider than that is cut, with a hyphen."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in _pieces(paragraph, room, size):
            longer = f"{line} {word}" if line else word
            if line and width(longer, size) > room:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def block(lines: Sequence[str], x: float, top: float, class_: str, *, anchor: str = "middle") -> str:
    """Lines of text below one another, the first one's upper edge at ``top``."""
    base = top + SIZE * 0.95
    spans = (
        tag("tspan", words(line), x=x, y=number(base + i * SIZE * LEADING)) for i, line in enumerate(lines) if line
    )
    return tag("text", *spans, class_=class_, text_anchor=anchor)


def height(lines: Sequence[str]) -> float:
    """How tall the lines stand, in units."""
    return len(lines) * SIZE * LEADING


def centred(text: str, bounds: Bounds, class_: str, padding: float = 5, limit: int = 0) -> str:
    """Text in the middle of a shape, ending in "…" where there is no room for all of it."""
    lines = wrap(text, bounds.width - 2 * padding)
    fits = limit or max(1, int((bounds.height - 2) / (SIZE * LEADING)))
    if len(lines) > fits:
        lines = [*lines[: fits - 1], lines[fits - 1].rstrip(" .,-") + "…"]
    x, y = bounds.middle
    return block(lines, x, y - height(lines) / 2, class_) if text else ""


def upright(text: str, x: float, y: float, room: float, class_: str) -> str:
    """Text that runs upwards around a point, for the heads of pools and lanes."""
    lines = wrap(text, room)[:2]
    turned = tag(
        "g", block(lines, 0, -height(lines) / 2, class_), transform=f"translate({number(x)} {number(y)}) rotate(-90)"
    )
    return turned if text else ""


def _letter(letter: str) -> int:
    if letter in _WIDTH:
        return _WIDTH[letter]
    plain = unicodedata.normalize("NFD", letter)[0]  # é is as wide as e
    return _WIDTH.get(plain, 1000 if unicodedata.east_asian_width(letter) in "WF" else 600)


def _pieces(paragraph: str, room: float, size: float) -> list[str]:
    pieces = []
    for word in paragraph.split():
        while width(word, size) > room and len(word) > 1:
            cut = max(i for i in range(1, len(word)) if i == 1 or width(word[:i] + "-", size) <= room)
            pieces.append(word[:cut] + "-")
            word = word[cut:]
        pieces.append(word)
    return pieces
