"""What must be passed on the way to a step: the tree from which an outline takes its shape.

A step dominates another when every way from the start leads through it. So what a branch dominates belongs to the
branch; what several branches lead to does not, and comes after them.
Source: Cooper, Harvey and Kennedy, *A Simple, Fast Dominance Algorithm*, 2001.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

ROOT = ""  # before every start; no element has this id


@dataclass(frozen=True)
class Tree:
    """Who is directly below whom, in the order of telling; how many are below each, itself counted."""

    below: Mapping[str, tuple[str, ...]]
    sizes: Mapping[str, int]
    _entered: Mapping[str, int]
    _left: Mapping[str, int]

    def dominates(self, one: str, other: str) -> bool:
        """Whether every way to ``other`` leads through ``one``."""
        return self._entered[one] <= self._entered[other] and self._left[other] <= self._left[one]


def tree(roots: Sequence[str], leading: Mapping[str, Sequence[str]]) -> Tree:
    """The tree of all that is reached from ``roots``; ``leading`` gives what follows a step, the first first."""
    following = {**leading, ROOT: roots}
    order = _order(following)
    place = {id_: n for n, id_ in enumerate(order)}
    above = _above(order, place, following)
    below: dict[str, list[str]] = {id_: [] for id_ in order}
    for id_ in order[1:]:
        below[above[id_]].append(id_)
    return _measured({id_: tuple(ids) for id_, ids in below.items()})


def _order(following: Mapping[str, Sequence[str]]) -> list[str]:
    """Every step that is reached, each before what it leads to, but for the ways back; the first way first.

    Which ways lead back is found by going the first way first. Without them the order is that of a walk that goes
    the last way first, read from its end.
    """
    back: set[tuple[str, str]] = set()
    _finished(following, back.add)
    onward = {at: [one for one in reversed(ways) if (at, one) not in back] for at, ways in following.items()}
    return _finished(onward, back.add)[::-1]


def _finished(following: Mapping[str, Sequence[str]], found_back: Callable[[tuple[str, str]], None]) -> list[str]:
    """Every step that is reached, in the order in which a walk in depth leaves it; and the ways back it meets."""
    seen, under_way, finished = {ROOT}, {ROOT}, []
    stack: list[tuple[str, Iterator[str]]] = [(ROOT, iter(following[ROOT]))]
    while stack:
        at, rest = stack[-1]
        one = next((one for one in rest if one not in seen or one in under_way), None)
        if one is None:
            finished.append(at)
            under_way.discard(at)
            stack.pop()
        elif one in under_way:
            found_back((at, one))
        else:
            seen.add(one)
            under_way.add(one)
            stack.append((one, iter(following.get(one, ()))))
    return finished


def _above(order: Sequence[str], place: Mapping[str, int], following: Mapping[str, Sequence[str]]) -> dict[str, str]:
    before: dict[str, list[str]] = {id_: [] for id_ in order}
    for id_ in order:
        for one in following.get(id_, ()):
            before[one].append(id_)
    above, changed = {ROOT: ROOT}, True
    while changed:
        changed = False
        for id_ in order[1:]:
            known = [one for one in before[id_] if one in above]
            nearest = known[0]
            for one in known[1:]:
                nearest = _shared(nearest, one, above, place)
            if above.get(id_) != nearest:
                above[id_], changed = nearest, True
    return above


def _shared(one: str, other: str, above: Mapping[str, str], place: Mapping[str, int]) -> str:
    while one != other:
        while place[one] > place[other]:
            one = above[one]
        while place[other] > place[one]:
            other = above[other]
    return one


def _measured(below: Mapping[str, tuple[str, ...]]) -> Tree:
    entered: dict[str, int] = {}
    left: dict[str, int] = {}
    stack = [(ROOT, False)]
    while stack:
        at, is_done = stack.pop()
        if is_done:
            left[at] = len(entered)
            continue
        entered[at] = len(entered)
        stack.append((at, True))
        stack.extend((one, False) for one in reversed(below[at]))
    sizes = {id_: left[id_] - entered[id_] for id_ in entered}
    return Tree(below, sizes, entered, left)
