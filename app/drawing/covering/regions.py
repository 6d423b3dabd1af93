"""The answers to one question of a table, cut into regions in which every cell says the same.

The values that cells name cut the line of numbers or days, and the texts, into finitely many pieces; one value stands
for each. Whether a row fits that value is asked of the evaluator that will decide, so both cannot differ. A cell that
works something out (that names a fact, or ``?``) may fit anywhere: it is never said that it does, or that it does not.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from app import errors
from app.drawing.decisions import Input
from app.feel import evaluating, nodes, parsing
from app.feel.nodes import Node, Tests

ANYTHING = ("", "-")
MOST = 400  # pieces of one question
OTHER = "\N{HORIZONTAL ELLIPSIS}"  # stands for every text that nothing names
ONE = {date: timedelta(days=1), datetime: timedelta(seconds=1), Decimal: Decimal(1)}
CONSTANT = (nodes.Literal, nodes.Negation, nodes.RangeLiteral, nodes.ListLiteral)
MAKERS = frozenset({"date", "date and time"})


class Untold(Exception):
    """Nothing can be said of a question: its cells name values of several kinds, or of a kind that is not cut."""


@dataclass(frozen=True)
class Region:
    """Answers of which every cell says the same. Rows are bits: 1 for the first, 2 for the second, 4 …"""

    value: Any  # one of these answers
    sure: int  # rows that fit
    maybe: int  # rows that fit or may fit
    unheard_of: bool = False  # whether nobody can say that there is such an answer


def regions(asked: Input, cells: Sequence[str], choices: Set[str] | None) -> tuple[Region, ...]:
    """The regions of one column, none twice. ``choices`` are all texts that may come; None where that is not known."""
    exact = {number: cell for number, cell in enumerate(cells) if cell not in ANYTHING and is_exact(cell)}
    always = sum(1 << number for number, cell in enumerate(cells) if cell in ANYTHING)
    unsure = sum(1 << number for number, cell in enumerate(cells) if cell not in ANYTHING) - sum(1 << n for n in exact)
    found: dict[int, Region] = {}
    try:
        for value in _values(asked, list(exact.values()), choices):
            fits = sum(1 << number for number, cell in exact.items() if evaluating.verdict(cell, value, {}) is True)
            unheard_of = value == OTHER and not fits
            found.setdefault(fits, Region(value, fits | always, fits | always | unsure, unheard_of))
    except Untold:
        return (Region(None, always, (1 << len(cells)) - 1),)
    return tuple(found.values()) or (Region(None, always, (1 << len(cells)) - 1),)


def is_exact(cell: str) -> bool:
    """Whether a cell names its values, and nothing has to be worked out for it."""
    if cell in ANYTHING:
        return True
    try:
        tests = parsing.parse_tests(cell)
    except errors.NotUnderstood:
        return False
    return all(not one.asks and _is_constant(one.operand) for one in tests.tests)


def named(cell: str) -> list[Any]:
    """The values that an exact cell names: texts, numbers, days, yes and no, nothing."""
    return [value for one in _tests(cell).tests for value in _ends(one.operand)]


def texts(cell: str) -> list[str]:
    """The texts that an exact cell names."""
    return [value for value in named(cell) if isinstance(value, str)] if is_exact(cell) else []


def _tests(cell: str) -> Tests:
    return parsing.parse_tests(cell)


def _is_constant(node: Node) -> bool:
    if isinstance(node, nodes.Call):
        return isinstance(node.of, nodes.Name) and node.of.text in MAKERS and all(map(_is_constant, node.arguments))
    return isinstance(node, CONSTANT) and all(_is_constant(part) for part in nodes.parts(node))


def _ends(node: Node) -> Iterator[Any]:
    if isinstance(node, nodes.RangeLiteral | nodes.ListLiteral):
        for part in nodes.parts(node):
            yield from _ends(part)
    else:
        yield evaluating.constant(node)


def _values(asked: Input, cells: Sequence[str], choices: Set[str] | None) -> list[Any]:
    """One answer for each piece. Raises ``Untold``."""
    ends = [value for cell in cells for value in named(cell)]
    known = [value for value in ends if value is not None]
    nothing = [None] if len(known) < len(ends) else []
    kinds = {type(value) for value in known}
    if not known:
        found: list[Any] = [OTHER] if nothing else []
    elif kinds == {bool}:
        found = [True, False]
    elif kinds == {str}:
        listed = sorted(choices) if choices is not None else [OTHER]
        found = list(dict.fromkeys([*known, *listed]))
    elif len(kinds) == 1 and kinds <= set(ONE):
        found = _pieces(sorted(set(known)), asked)
    else:
        raise Untold
    if len(found) > MOST:
        raise Untold
    return [value for value in found if _is_allowed(asked, value)] + nothing


def _pieces(ends: list[Any], asked: Input) -> list[Any]:
    """The ends themselves, and one value below, between and above them. Whole numbers are asked for whole numbers."""
    step = ONE[type(ends[0])]
    is_whole = not isinstance(ends[0], Decimal) or all(end == end.to_integral_value() for end in ends)
    try:
        found = [ends[0] - step]
        for here, after in zip(ends, [*ends[1:], None], strict=True):
            between = here + step if after is None or is_whole else (here + after) / 2
            found += [here, between] if after is None or between < after else [here]
    except (OverflowError, ValueError):
        raise Untold from None
    counts = asked.expression.startswith("count(")
    return [value for value in found if not counts or value >= 0]


def _is_allowed(asked: Input, value: Any) -> bool:
    return value is None or not asked.allowed or evaluating.verdict(asked.allowed, value, {}) is not False
