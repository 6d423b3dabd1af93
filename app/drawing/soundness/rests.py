"""Where a scope can come to rest or go round for ever: groups of states that nothing leads out of."""

from collections.abc import Sequence

from app.drawing.soundness.exploring import Graph
from app.drawing.soundness.net import backward


def last_groups(graph: Graph) -> list[list[int]]:
    """The groups of states that lead to each other and to nothing else, but for the end; the nearest first."""
    table = [[to for _, to in row] for row in graph.onward]
    found = []
    for group in _circles(table):
        members = set(group)
        is_last = all(to in members for at in group for to in table[at]) and not members & graph.cut
        if is_last and any(graph.states[at].marking for at in group):
            found.append(sorted(group))
    return sorted(found)


def goes_round(graph: Graph, group: Sequence[int]) -> bool:
    """Whether something still happens in such a group."""
    return any(graph.onward[at] for at in group)


def _circles(table: Sequence[Sequence[int]]) -> list[list[int]]:
    """The strongly connected parts (Kosaraju's algorithm, without recursion)."""
    arriving, left = backward(table), set(range(len(table)))
    found = []
    for root in reversed(_finished(table)):
        if root in left:
            part, stack = [], [root]
            left.remove(root)
            while stack:
                part.append(stack.pop())
                new = [at for at in dict.fromkeys(arriving[part[-1]]) if at in left]
                left.difference_update(new)
                stack += new
            found.append(part)
    return found


def _finished(table: Sequence[Sequence[int]]) -> list[int]:
    """All states, each after those that were first reached from it."""
    seen: set[int] = set()
    order: list[int] = []
    for root in range(len(table)):
        work = [] if root in seen else [(root, iter(table[root]))]
        seen.add(root)
        while work:
            at, targets = work[-1]
            new = next((to for to in targets if to not in seen), None)
            if new is None:
                order.append(at)
                work.pop()
            else:
                seen.add(new)
                work.append((new, iter(table[new])))
    return order
