"""Loops that nothing leads out of, and loops that leave more tokens behind in each round."""

from collections import Counter

from app.drawing.findings import Finding
from app.drawing.soundness.exploring import Graph
from app.drawing.soundness.net import Net, onward, reached
from app.drawing.soundness.rests import goes_round
from app.drawing.soundness.scene import Scene

MOST_TRIED = 100  # states with more tokens than before that are asked why


def findings(scene: Scene, groups: list[list[int]], *, can_be_left: bool) -> list[Finding]:
    """One finding for each loop. ``can_be_left`` says that an event ends the whole scope, whatever it is doing."""
    found: dict[frozenset[int], Finding] = {}
    for group in groups:
        loop = _loop(scene.graph, group)
        if not loop or any(loop & known for known in found):
            continue
        rests = any(scene.net.rests[node] for node in loop)
        if not (rests and can_be_left):
            found[loop] = _endless(scene, loop, rests=rests)
    return [*found.values(), *piles(scene)]


def piles(scene: Scene) -> list[Finding]:
    """The loops in which tokens become ever more: a fork in the loop whose branches come back without a join."""
    found: dict[int, Finding] = {}
    table = onward(scene.net)
    for more, fewer in sorted(scene.graph.piled.items())[:MOST_TRIED]:
        grown = [node for node in _grown(scene.graph, fewer, more) if node in reached(table, table[node])]
        fork = _fork(scene.graph, more, grown, table)
        if grown and fork >= 0:
            says = (
                f"the ways out of {scene.name(fork)} come back to it without being joined, so "
                f"{scene.names(grown[:1])} is started more often in each round."
            )
            found.setdefault(fork, scene.finding(fork, "piles_up", says))
    return list(found.values())


def _loop(graph: Graph, group: list[int]) -> frozenset[int]:
    """The nodes that a group of states goes round."""
    if not goes_round(graph, group):
        return frozenset()
    table = onward(graph.moves.net)
    moved = {step.node for at in group for step, _ in graph.onward[at]}
    return frozenset(node for node in moved if node in reached(table, table[node]))


def _endless(scene: Scene, loop: frozenset[int], *, rests: bool) -> Finding:
    first = _entry(scene.net, loop)
    steps = [n for n in sorted(loop) if scene.element(n).name.strip()] or sorted(loop)
    if rests:
        says = f"this goes round without end: no way leads out of {scene.names(steps)}."
        return scene.finding(first, "endless_loop", says)
    says = (
        f"this goes round without end and without anybody being asked: no way leads out of {scene.names(steps)}. "
        "The case would be stopped there."
    )
    return scene.finding(first, "endless_at_once", says)


def _entry(net: Net, loop: frozenset[int]) -> int:
    """The node by which a loop is entered: something outside leads to it."""
    return next((n for n in sorted(loop) if any(source not in loop for source in net.sources[n])), min(loop))


def _grown(graph: Graph, fewer: int, more: int) -> list[int]:
    """The nodes that have more tokens in one state than in another."""
    gained = Counter(graph.states[more].marking) - Counter(graph.states[fewer].marking)
    return sorted({graph.moves.places[number][0] for number in gained})


def _fork(graph: Graph, state: int, grown: list[int], table: list[list[int]]) -> int:
    """The last node on the way to a state that sent out several tokens from which it is reached again; -1 for none."""
    for _, step in reversed(graph.path(state)):
        targets = [way.target for way in step.ways]
        if step.event >= 0 and not graph.moves.net.nodes[step.event].interrupting:
            targets = [step.node, step.event]
        back = [target for target in targets if set(grown) & reached(table, [target])]
        if len(back) > 1:
            return step.event if step.event >= 0 else step.node
    return -1
