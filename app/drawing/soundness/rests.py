"""Where a scope can come to rest or go round for ever: groups of states that nothing leads out of."""

from collections.abc import Sequence
from itertools import count

from app.drawing.soundness.exploring import Graph


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
    """The strongly connected parts, each after those it leads to (Tarjan's algorithm, without recursion)."""
    number, low, on_stack = [-1] * len(table), [0] * len(table), [False] * len(table)
    stack: list[int] = []
    found: list[list[int]] = []
    counter = count()
    for root in range(len(table)):
        if number[root] >= 0:
            continue
        work = [(root, 0)]
        while work:
            at, edge = work.pop()
            if edge == 0:
                number[at] = low[at] = next(counter)
                stack.append(at)
                on_stack[at] = True
            if edge < len(table[at]):
                work.append((at, edge + 1))
                to = table[at][edge]
                if number[to] < 0:
                    work.append((to, 0))
                elif on_stack[to]:
                    low[at] = min(low[at], number[to])
                continue
            if low[at] == number[at]:
                found.append(_popped(stack, on_stack, at))
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[at])
    return found


def _popped(stack: list[int], on_stack: list[bool], root: int) -> list[int]:
    part: list[int] = []
    while not part or part[-1] != root:
        part.append(stack.pop())
        on_stack[part[-1]] = False
    return part
