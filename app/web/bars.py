"""Bars beside one another, as the component ``bars`` paints them. Unit: the picture's own, 620 wide.

A picture only repeats a table on the same page, for people who would rather look than read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, ABOVE, BELOW = 620, 120, 26, 34
WIDEST = 90


@dataclass(frozen=True)
class Amount:
    """What one bar shows. ``part`` of the number is painted in a second colour, from the ground up."""

    label: str
    number: int
    part: int = 0


@dataclass(frozen=True)
class Bar:
    """One bar. ``middle`` is where its words stand, ``part`` how high its part is."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    part: float
    amount: Amount


@dataclass(frozen=True)
class Bars:
    """A picture. ``says`` is all of it in words; ``part_words`` what the second colour is, "" where there is none."""

    key: str
    title: str
    says: str
    part_words: str
    bars: tuple[Bar, ...]
    width: int = WIDTH
    height: int = ABOVE + HEIGHT + BELOW
    ground: int = ABOVE + HEIGHT


def bars(key: str, title: str, amounts: Sequence[Amount], *, most: int = 0, part_words: str = "") -> Bars:
    """A bar for each amount, from left to right. ``most`` is as high as the picture; without it, the largest number.

    ``key`` names the picture among those of its page.
    """
    highest = max(1, most, *(amount.number for amount in amounts))
    place = WIDTH / max(1, len(amounts))
    painted = tuple(_bar(amount, place * (at + 0.5), place, highest) for at, amount in enumerate(amounts))
    return Bars(key, title, "; ".join(_said(amount, part_words) for amount in amounts), part_words, painted)


def _bar(amount: Amount, middle: float, place: float, highest: int) -> Bar:
    width = min(WIDEST, place * 0.6)
    height, part = (round(HEIGHT * number / highest, 1) for number in (amount.number, amount.part))
    x, y = round(middle - width / 2, 1), round(ABOVE + HEIGHT - height, 1)
    return Bar(x, y, round(width, 1), height, round(middle, 1), part, amount)


def _said(amount: Amount, part_words: str) -> str:
    said = f"{amount.label}: {amount.number}"
    return f"{said}, of which {amount.part} {part_words}" if part_words else said
