"""Columns and rows for a page that is laid out anew: time runs from left to right, each lane has rows of its own.

A step stands one column behind the last of those that lead to it; arrows that lead back do not count. The first way
out of a step goes straight on, the others go on in the rows below.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """A place on the grid: its lane, the row within it, its column."""

    lane: str
    row: int
    column: int


def cells(steps: Sequence[str], ways: Sequence[tuple[str, str]], lane_of: Mapping[str, str]) -> dict[str, Cell]:
    """A cell of its own for each step, in the order in which they are told. ``ways`` are arrows from step to step."""
    onward = _forward(steps, ways)
    columns = _columns(steps, onward)
    taken: set[Cell] = set()
    found: dict[str, Cell] = {}
    before = _by_target(onward)
    rank = {way: number for source in steps for number, way in enumerate(one for one in onward if one[0] == source)}
    for step in sorted(steps, key=lambda one: (columns[one], steps.index(one))):
        leads = [way for way in onward if way[1] == step and way[0] in found]
        lane = lane_of.get(step, "")
        row = _row(found, leads, rank, lane)
        while Cell(lane, row, columns[step]) in taken or _is_crossed(found, before, step, lane, row, columns[step]):
            row += 1
        found[step] = Cell(lane, row, columns[step])
        taken.add(found[step])
    return found


def _forward(steps: Sequence[str], ways: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The arrows without those that lead back to where one has been (found depth first, without recursion)."""
    leaving: dict[str, list[str]] = defaultdict(list)
    for source, target in ways:
        leaving[source].append(target)
    back: set[tuple[str, str]] = set()
    seen: set[str] = set()
    for first in steps:
        stack: list[tuple[str, int]] = [(first, 0)] if first not in seen else []
        on = {first}
        while stack:
            step, number = stack.pop()
            seen.add(step)
            if number == len(leaving[step]):
                on.discard(step)
                continue
            stack.append((step, number + 1))
            target = leaving[step][number]
            if target in on:
                back.add((step, target))
            elif target not in seen:
                on.add(target)
                stack.append((target, 0))
    return [way for way in dict.fromkeys(ways) if way not in back]


def _columns(steps: Sequence[str], onward: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The column of each step; what stands apart comes behind all others."""
    ways = list(onward)
    columns = dict.fromkeys(steps, 0)
    for _ in steps:
        moved = False
        for source, target in ways:
            if columns[target] <= columns[source]:
                columns[target], moved = columns[source] + 1, True
        if not moved:
            break
    ends = {end for way in ways for end in way}
    last = max((columns[one] for one in ends), default=-1)
    return columns | {one: last + 1 for one in steps if one not in ends and last >= 0}


def _by_target(ways: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for source, target in ways:
        found[target].append(source)
    return found


def _row(
    found: Mapping[str, Cell], leads: Sequence[tuple[str, str]], rank: Mapping[tuple[str, str], int], lane: str
) -> int:
    """The row of the step before, or one below it where another way goes straight on."""
    beside = [way for way in leads if found[way[0]].lane == lane]
    if not beside:
        return 0
    way = min(beside, key=lambda one: (rank[one], found[one[0]].row))
    return found[way[0]].row + (rank[way] > 0)


def _is_crossed(
    found: Mapping[str, Cell], before: Mapping[str, Sequence[str]], step: str, lane: str, row: int, column: int
) -> bool:
    """Whether another straight arrow would run through a cell."""
    for target, sources in before.items():
        if target == step or target not in found or found[target].lane != lane or found[target].row != row:
            continue
        for source in sources:
            if source in found and found[source].lane == lane and found[source].row == row and source != step:
                if found[source].column < column < found[target].column:
                    return True
    return False
