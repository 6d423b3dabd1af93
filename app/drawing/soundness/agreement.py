"""What a run remembers of its answers, so that two questions about the same fact agree while nobody changes it.

For each fact that is asked more than once the memory holds the sorts of value that it can still have, as bits. A
question that cannot be read is remembered by the way it took: asked again at once it would take the same.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

from app.drawing.model import Element
from app.drawing.soundness.conditions import Question, question, samples
from app.drawing.soundness.net import Net, onward, reached

Sets = Callable[[Element], Set[str] | None]  # the facts that an element can set; None for any
Memory = tuple[int, ...]  # for each remembered fact, the sorts of value that are left


@dataclass(frozen=True)
class Asked:
    """What one gateway asks: a fact (or itself), and for each of its ways the bits of the answers that lead there."""

    key: str
    bits: tuple[int, ...]


@dataclass(frozen=True)
class Agreement:
    """The memory of one scope."""

    fresh: Memory
    asked: Mapping[int, tuple[int, tuple[int, ...]]]  # by the gateway: the place in memory, and the bits of each way
    forgets: Mapping[int, tuple[int, ...]]  # by a node: the places in memory that are unknown after it

    def ways(self, gateway: int, count: int, memory: Memory) -> list[tuple[int, Memory]]:
        """The ways out of a gateway that fit what is remembered, each with what is remembered then."""
        if gateway not in self.asked:
            return [(way, memory) for way in range(count)]
        place, bits = self.asked[gateway]
        fitting = [(way, memory[place] & bits[way]) for way in range(count) if memory[place] & bits[way]]
        return [(way, (*memory[:place], left, *memory[place + 1 :])) for way, left in fitting]

    def after(self, node: int, memory: Memory) -> Memory:
        """What is remembered when an element is done."""
        if node not in self.forgets:
            return memory
        return tuple(self.fresh[at] if at in self.forgets[node] else left for at, left in enumerate(memory))


def agreement(net: Net, sets: Sets) -> Agreement:
    """The memory that a scope needs: of the facts that are asked again before anybody can have changed them."""
    asking = _asking(net)
    changed = {n: sets(e) for n, e in enumerate(net.nodes)}
    keys = sorted({asked.key for asked in asking.values()})
    kept = [key for key in keys if _asked_again(net, key, asking, changed)]
    size = {asked.key: max(asked.bits).bit_length() for asked in asking.values()}
    forgets = {n: tuple(at for at, key in enumerate(kept) if can_set(changed[n], key)) for n in range(len(net.nodes))}
    return Agreement(
        fresh=tuple((1 << size[key]) - 1 for key in kept),
        asked={n: (kept.index(asked.key), asked.bits) for n, asked in asking.items() if asked.key in kept},
        forgets={n: places for n, places in forgets.items() if places},
    )


def can_set(facts: Set[str] | None, key: str) -> bool:
    """Whether setting some facts can change a fact: it, a part of it, or what it is a part of."""
    if facts is None:
        return True
    if key.startswith("?"):
        return bool(facts)
    return any(key == fact or key.startswith(f"{fact}.") or fact.startswith(f"{key}.") for fact in facts)


def _asked_again(net: Net, key: str, asking: Mapping[int, Asked], changed: Mapping[int, Set[str] | None]) -> bool:
    gateways = {n for n, asked in asking.items() if asked.key == key}
    table = [[] if can_set(changed[n], key) else targets for n, targets in enumerate(onward(net))]
    return any(gateways & reached(table, table[gateway]) for gateway in gateways)


def _asking(net: Net) -> dict[int, Asked]:
    """What every gateway asks that chooses one way by conditions."""
    read = {n: _read(net, n) for n, e in enumerate(net.nodes) if e.kind == "exclusiveGateway" and len(net.ways[n]) > 1}
    of_fact: dict[str, list[Question]] = {}
    for questions in read.values():
        for one in questions or ():
            if one is not None:
                of_fact.setdefault(one.fact, []).append(one)
    values = {fact: samples(questions) for fact, questions in of_fact.items()}
    found = {n: _bits(net, n, questions, values) for n, questions in read.items() if questions}
    return {n: asked for n, asked in found.items() if asked is not None}


def _read(net: Net, gateway: int) -> list[Question | None] | None:
    """The questions of a gateway's ways, None for the default; None where they cannot all be read as one fact's."""
    default = net.nodes[gateway].default
    flows = [way.flow for way in net.ways[gateway]]
    if any(flow is None or not (flow.condition or flow.id == default) for flow in flows):
        return None
    return [question(flow.condition) if flow and flow.id != default else None for flow in flows]


def _bits(
    net: Net, gateway: int, questions: Sequence[Question | None], values: Mapping[str, list[object]]
) -> Asked | None:
    default = net.nodes[gateway].default
    flows = [way.flow for way in net.ways[gateway] if way.flow is not None]
    facts = {one.fact for one in questions if one is not None}
    is_read = all(one is not None or flow.id == default for one, flow in zip(questions, flows, strict=True))
    if len(facts) != 1 or not is_read:
        texts = "|".join(flow.condition for flow in flows)
        return Asked(f"?{texts}", tuple(1 << way for way in range(len(flows))))
    fact = facts.pop()
    bits = _first_fitting(questions, values[fact])
    return Asked(fact, bits) if all(bits) else None


def _first_fitting(questions: Sequence[Question | None], values: Sequence[object]) -> tuple[int, ...]:
    """For each way the values that lead there: the first way that fits is taken, the default (None) by all others."""
    left, bits = (1 << len(values)) - 1, []
    for one in questions:
        fitting = sum(1 << at for at, value in enumerate(values) if one is not None and one.holds(value)) & left
        bits.append(fitting)
        left &= ~fitting
    return tuple(left if one is None else bit for one, bit in zip(questions, bits, strict=True))


