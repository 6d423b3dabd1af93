"""What goes wrong between branches that run side by side: a step asked for twice, work cut off, work left behind."""

import re
from collections import Counter
from collections.abc import Iterator

from app.drawing.findings import NOTE, Finding
from app.drawing.soundness.exploring import Graph
from app.drawing.soundness.net import onward, reached
from app.drawing.soundness.scene import Scene

MOST_TRIED = 100  # states with two tokens at a step that are asked for the fork they come from
FINAL = re.compile(
    r"\b(case|process|procedure|review|application|request|order)\b.*\b(closed|ended|over|finished|complete|completed)\b"
    r"|^(closed|ended|over|finished|complete|completed|the end|end of (the )?process)$",
    re.IGNORECASE,
)


def findings(scene: Scene) -> list[Finding]:
    """Everything of this kind in one scope."""
    return [*asked_twice(scene), *cuts_off(scene), *others_go_on(scene)]


def asked_twice(scene: Scene) -> list[Finding]:
    """One finding for each fork whose branches come together again without a join, on the first step after that."""
    found: dict[int, Finding] = {}
    tried: Counter[int] = Counter()
    forks = _Forks(scene)
    for at, node in _doubled(scene.graph):
        tried[node] += 1
        fork = forks.before(at, node) if tried[node] <= MOST_TRIED else -1
        if fork >= 0 and fork not in found:
            says = (
                f"{scene.name(node)} can be started twice: {_ways(scene, fork)} come together there without a gateway "
                "that waits for all of them."
            )
            found[fork] = scene.finding(node, "asked_twice", says)
    return list(found.values())


def cuts_off(scene: Scene) -> list[Finding]:
    """The ends that end everything while people are still busy elsewhere."""
    cut: dict[int, Counter[int]] = {}
    for at, step, _ in scene.graph.steps():
        element = scene.element(step.node)
        if element.kind == "endEvent" and element.event == "terminate":
            cut.setdefault(step.node, Counter()).update(_busy(scene, at))
    return [
        scene.finding(
            end, "cuts_off", f"{scene.name(end)} ends everything, also {scene.names(busy, 'or')} if it is open."
        )
        for end, busy in sorted(cut.items())
        if busy
    ]


def others_go_on(scene: Scene) -> list[Finding]:
    """The ends that sound as if all were over while something else still goes on."""
    going: dict[int, Counter[int]] = {}
    alone = {node for (node,) in scene.graph.moves.beside.begins()}
    aside = reached(onward(scene.net), alone)
    for _, step, to in scene.graph.steps():
        element = scene.element(step.node)
        if element.kind == "endEvent" and not element.event and FINAL.search(element.name) and step.node not in aside:
            going.setdefault(step.node, Counter()).update(_busy(scene, to))
    return [
        scene.finding(end, "others_go_on", f"after {scene.name(end)}, {scene.names(busy, 'or')} may still go on.", NOTE)
        for end, busy in sorted(going.items())
        if busy
    ]


def _ways(scene: Scene, fork: int) -> str:
    """The branches that a fork begins, in words; beside a step they begin with what happens there."""
    beside = [event for event in scene.net.beside[fork] if not scene.element(event).interrupting]
    if beside and len(scene.net.ways[fork]) < 2:
        return f"{scene.name(fork)} and what happens beside it ({scene.names(beside)})"
    return f"the ways out of {scene.name(fork)}"


def _busy(scene: Scene, state: int) -> list[int]:
    """The steps that people, time or others are at in a state."""
    waiting = scene.graph.moves.waiting(scene.graph.states[state].marking)
    return sorted({node for node in waiting if scene.net.rests[node]})


def _doubled(graph: Graph) -> Iterator[tuple[int, int]]:
    """The states in which two tokens are at one step that people do, the nearest first, each with the step."""
    for at, state in enumerate(graph.states):
        if len(state.marking) > 1:
            for node, number in Counter(graph.moves.waiting(state.marking)).items():
                if number > 1 and graph.moves.net.rests[node]:
                    yield at, node


class _Forks:
    """The forks of a scope whose branches come together at a step unjoined."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.table = scene, onward(scene.net)
        self._known: dict[tuple[int, int, tuple[int, ...]], bool] = {}

    def before(self, state: int, node: int) -> int:
        """The last such fork on the way to a state; -1 where there is none."""
        for _, step in reversed(self.scene.graph.path(state)):
            fork, targets = step.node, tuple(way.target for way in step.ways)
            if step.event >= 0 and not self.scene.element(step.event).interrupting:
                fork, targets = -1, (step.event, step.node)
            key = (fork, node, targets)
            if len(targets) > 1 and key not in self._known:
                self._known[key] = self._meet(*key)
            if self._known.get(key):
                return step.node
        return -1

    def _meet(self, fork: int, node: int, targets: tuple[int, ...]) -> bool:
        """Whether two branches of a fork lead to a step, neither by a join of both nor by the fork again."""
        ahead = [reached(self.table, [target], without=fork) for target in targets]
        joins = {join for join in self.scene.net.joins if sum(join in one for one in ahead) > 1}
        unjoined = [[] if n in joins or (n == fork and n != node) else row for n, row in enumerate(self.table)]
        return sum(node in reached(unjoined, [target]) for target in targets) > 1
