"""Bars of one number over the years, as the component ``bars`` paints them. Unit: the picture's own, 620 wide.

The picture only repeats the table below it, for people who would rather look than read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, ABOVE, BELOW = 620, 120, 26, 34
WIDEST = 90


@dataclass(frozen=True)
class Bar:
    """One bar. ``middle`` is where its words stand."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    number: int


@dataclass(frozen=True)
class Bars:
    """A picture with what it says in words."""

    key: str
    title: str
    says: str
    bars: tuple[Bar, ...]
    width: int = WIDTH
    height: int = ABOVE + HEIGHT + BELOW
    ground: int = ABOVE + HEIGHT


def bars(key: str, title: str, numbers: Sequence[tuple[str, int]], most: int) -> Bars:
    """A bar for each (label, number), from left to right; ``most`` is as high as the picture."""
    place = WIDTH / len(numbers)
    width = min(WIDEST, place * 0.6)
    painted = []
    for at, (label, number) in enumerate(numbers):
        height = round(HEIGHT * number / max(1, most), 1)
        middle = round(place * (at + 0.5), 1)
        painted.append(Bar(middle - width / 2, ABOVE + HEIGHT - height, width, height, middle, label, number))
    return Bars(key, title, ", ".join(f"{label}: {number}" for label, number in numbers), tuple(painted))
