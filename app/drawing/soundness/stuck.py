"""Where a case would get stuck: a join that waits for a branch which never comes, and which choice led there."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from app.drawing.findings import Finding
from app.drawing.soundness import wording
from app.drawing.soundness.exploring import Graph
from app.drawing.soundness.moves import Step
from app.drawing.soundness.net import CHOOSING, Net, backward, onward, reached
from app.drawing.soundness.scene import Scene

KIND = "gets_stuck"

MOST_TRIED = 5  # ways into waiting for the same branches that are asked for their reason
AFTER = "can only come after it. It waits for ever."


def findings(scene: Scene, groups: list[list[int]]) -> list[Finding]:
    """One finding for each join and each choice because of which it waits for ever."""
    found: dict[tuple[int, str], Finding] = {}
    forced: set[int] = set()  # the joins that wait for what comes after them: all else about them follows from that
    tried: Counter[tuple[int, frozenset[int]]] = Counter()
    for group in [*([at] for at in scene.graph.forced), *groups]:
        waiting = _always_waiting(scene.graph, group)
        for join in _first_of(scene.net, waiting):
            tried[join, waiting[join]] += 1
            if tried[join, waiting[join]] > MOST_TRIED or join in forced:
                continue
            says = _story(scene, group[0], join, waiting[join])
            found.setdefault((join, says), scene.finding(join, KIND, says))
            if says.endswith(AFTER):
                forced.add(join)
        for node in _unheard(scene.graph, group):
            name = scene.element(node).event_name
            says = f"{scene.name(node)} can wait for ever: the signal ‘{name}’ may have been sent before."
            found.setdefault((node, says), scene.finding(node, KIND, says))
    return list(found.values())


def _always_waiting(graph: Graph, group: list[int]) -> dict[int, frozenset[int]]:
    """The joins that wait in every state of a group, with the sources they wait for in all of them."""
    doors = [graph.moves.doors(graph.states[at].marking) for at in group]
    sources = graph.moves.net.sources
    missing = {
        join: frozenset.intersection(*(frozenset(sources[join]) - one[join] for one in doors))
        for join in doors[0]
        if all(join in one for one in doors)
    }
    return {join: empty for join, empty in missing.items() if empty}


def _first_of(net: Net, waiting: dict[int, frozenset[int]]) -> Iterator[int]:
    """The joins that do not wait only because another one does."""
    table = onward(net)
    ahead = {join: reached(table, [join]) for join in waiting}
    for join, missing in waiting.items():
        behind = [o for o in waiting if o != join and missing & ahead[o] and not waiting[o] & ahead[join]]
        if not behind:
            yield join


def _unheard(graph: Graph, group: list[int]) -> set[int]:
    moves = graph.moves
    waiting = [set(moves.waiting(graph.states[at].marking)) for at in group]
    return {n for n in set.intersection(*waiting) if moves.net.nodes[n].id in moves.heard}


def _story(scene: Scene, state: int, join: int, missing: frozenset[int]) -> str:
    branches = wording.counted(len(scene.net.sources[join]))
    waits = f"{scene.name(join)} waits for {branches} branches"
    path = [step for _, step in scene.graph.path(state)]
    leads = _leading(scene.net, join, missing)
    for step in reversed(path):
        if why := _why(scene, step, leads, join, missing):
            return f"{waits}, but {why}. It can wait for ever."
    back = reached(onward(scene.net), [join])
    if missing <= back:
        return f"{waits}, but {scene.names(sorted(missing))} {AFTER}"
    if any(step.join and step.node == join for step in path):
        return f"{waits}, but they do not come equally often. It can wait for ever."
    return f"{waits}, but nothing comes from {scene.names(sorted(missing))}. It waits for ever."


def _leading(net: Net, join: int, missing: frozenset[int]) -> frozenset[int]:
    """The nodes from which the missing branches could still come."""
    return frozenset(reached(backward(onward(net)), missing, without=join))


def _why(scene: Scene, step: Step, leads: frozenset[int], join: int, missing: frozenset[int]) -> str:
    """Why a step kept a branch away, in words; "" where it did not."""
    net, node = scene.net, step.node

    @cache
    def would_come(target: int) -> bool:
        return target in leads or (target == join and node in missing)

    if step.join:
        return ""
    if step.event >= 0:
        interrupts = scene.element(step.event).interrupting
        lost = interrupts and any(would_come(way.target) for way in net.ways[node])
        return f"when {scene.name(step.event)} happens, {scene.name(node)} no longer leads there" if lost else ""
    left_out = [way for way in net.ways[node] if way not in step.ways and would_come(way.target)]
    if not left_out:
        return ""
    if scene.element(node).kind in CHOOSING:
        return f"{scene.name(node)} only ever takes one way"
    return f"{scene.name(node)} need not take all its ways"
