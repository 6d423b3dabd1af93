"""What a run remembers of its answers, so that two questions about the same fact agree while nobody changes it.

For each fact that is asked more than once the memory holds the sorts of value that it can still have, as bits. A
question that cannot be read is remembered by the way it took: asked again at once it would take the same.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from app.drawing.model import Element
from app.drawing.soundness.conditions import Question, question, samples
from app.drawing.soundness.net import CHOOSING, Net, Way, onward, reached

Sets = Callable[[Element], Set[str] | None]  # the facts that an element can set; None for any
Memory = tuple[int, ...]  # for each remembered fact, the sorts of value that are left


MOST_CHOSEN = 6  # ways of an inclusive gateway of which every choice is tried
ASKING = frozenset({"exclusiveGateway", "inclusiveGateway", "complexGateway"})
Option = tuple[Way, ...]  # the ways that are taken together


@dataclass(frozen=True)
class Asked:
    """What one gateway asks: a fact (or itself), and for each option the bits of the answers that lead there."""

    key: str
    bits: tuple[int, ...]


@dataclass(frozen=True)
class Agreement:
    """The memory of one scope."""

    fresh: Memory
    options: Mapping[int, tuple[Option, ...]]  # by the gateway
    asked: Mapping[int, tuple[int, tuple[int, ...]]]  # by the gateway: the place in memory, and the bits of each option
    forgets: Mapping[int, tuple[int, ...]]  # by a node: the places in memory that are unknown after it

    def ways(self, gateway: int, memory: Memory) -> Iterator[tuple[Option, Memory]]:
        """The options of a gateway that fit what is remembered, each with what is remembered then."""
        options = self.options[gateway]
        if gateway not in self.asked:
            yield from ((option, memory) for option in options)
            return
        place, bits = self.asked[gateway]
        for option, bit in zip(options, bits, strict=True):
            if left := memory[place] & bit:
                yield option, (*memory[:place], left, *memory[place + 1 :])

    def after(self, node: int, memory: Memory) -> Memory:
        """What is remembered when an element is done."""
        if node not in self.forgets:
            return memory
        return tuple(self.fresh[at] if at in self.forgets[node] else left for at, left in enumerate(memory))


def agreement(net: Net, sets: Sets) -> Agreement:
    """The memory that a scope needs: of the facts that are asked again before anybody can have changed them."""
    choosing = [n for n, e in enumerate(net.nodes) if e.kind in ASKING | CHOOSING and len(net.ways[n]) > 1]
    options = {n: _options(net, n) for n in choosing}
    asking = _asking(net, options)
    changed = {n: sets(e) for n, e in enumerate(net.nodes)}
    kept = [key for key in sorted({one.key for one in asking.values()}) if _asked_again(net, key, asking, changed)]
    size = {asked.key: max(asked.bits).bit_length() for asked in asking.values()}
    forgets = {n: tuple(at for at, key in enumerate(kept) if can_set(changed[n], key)) for n in changed}
    return Agreement(
        fresh=tuple((1 << size[key]) - 1 for key in kept),
        options={n: _possible(options[n], asking.get(n)) for n in choosing},
        asked={n: (kept.index(one.key), tuple(filter(None, one.bits))) for n, one in asking.items() if one.key in kept},
        forgets={n: places for n, places in forgets.items() if places},
    )


def can_set(facts: Set[str] | None, key: str) -> bool:
    """Whether setting some facts can change a fact: it, a part of it, or what it is a part of."""
    if facts is None:
        return True
    if key.startswith("?"):
        return bool(facts)
    return any(key == fact or key.startswith(f"{fact}.") or fact.startswith(f"{key}.") for fact in facts)


def _options(net: Net, gateway: int) -> tuple[Option, ...]:
    """What can be chosen at a gateway: one way; at an inclusive one any of them together, or the default alone."""
    ways, element = net.ways[gateway], net.nodes[gateway]
    if element.kind in CHOOSING:
        return tuple((way,) for way in ways)
    free = tuple(way for way in ways if way.flow is None or way.flow.id != element.default)
    sizes = range(1, len(free) + 1) if len(free) <= MOST_CHOSEN else (1, 2, len(free))
    default = [tuple(way for way in ways if way not in free)] if len(free) < len(ways) else []
    return (*default, *(chosen for size in sizes for chosen in combinations(free, size)))


def _possible(options: tuple[Option, ...], asked: Asked | None) -> tuple[Option, ...]:
    if asked is None:
        return options
    return tuple(option for option, bits in zip(options, asked.bits, strict=True) if bits)


def _asked_again(net: Net, key: str, asking: Mapping[int, Asked], changed: Mapping[int, Set[str] | None]) -> bool:
    gateways = {n for n, asked in asking.items() if asked.key == key}
    table = [[] if can_set(changed[n], key) else targets for n, targets in enumerate(onward(net))]
    return any(gateways & reached(table, table[gateway]) for gateway in gateways)


def _asking(net: Net, options: Mapping[int, tuple[Option, ...]]) -> dict[int, Asked]:
    """What every gateway asks that chooses by conditions."""
    read = {n: _read(net, n) for n in options if net.nodes[n].kind in ASKING}
    of_fact: dict[str, list[Question]] = {}
    for questions in read.values():
        for one in questions or ():
            if one is not None:
                of_fact.setdefault(one.fact, []).append(one)
    values = {fact: samples(questions) for fact, questions in of_fact.items()}
    found = {n: _asked(net, n, questions, options[n], values) for n, questions in read.items() if questions}
    return {n: asked for n, asked in found.items() if any(asked.bits)}


def _read(net: Net, gateway: int) -> list[Question | None] | None:
    """The questions of a gateway's ways, None for those that cannot be read; None where one has no condition."""
    default = net.nodes[gateway].default
    flows = [way.flow for way in net.ways[gateway]]
    if any(flow is None or not (flow.condition or flow.id == default) for flow in flows):
        return None
    return [question(flow.condition) if flow and flow.id != default else None for flow in flows]


def _asked(
    net: Net,
    gateway: int,
    questions: Sequence[Question | None],
    options: tuple[Option, ...],
    values: Mapping[str, Sequence[object]],
) -> Asked:
    """What a gateway asks: of one fact, where all its conditions do; else it is remembered by what it chose."""
    element = net.nodes[gateway]
    flows = [way.flow for way in net.ways[gateway] if way.flow is not None]
    facts = {one.fact for one in questions if one is not None}
    is_read = all(one is not None or flow.id == element.default for one, flow in zip(questions, flows, strict=True))
    if len(facts) != 1 or not is_read:
        texts = "|".join(f"{flow.condition}" for flow in flows)
        return Asked(f"?{element.kind}?{texts}", tuple(1 << at for at in range(len(options))))
    fact = facts.pop()
    chosen = [_chosen(net, gateway, questions, value) for value in values[fact]]
    return Asked(fact, tuple(sum(1 << at for at, one in enumerate(chosen) if one == option) for option in options))


def _chosen(net: Net, gateway: int, questions: Sequence[Question | None], value: object) -> Option:
    """The ways that are taken where a fact has a value: all that fit, or the first; the default where none does."""
    ways, element = net.ways[gateway], net.nodes[gateway]
    fitting = tuple(way for way, one in zip(ways, questions, strict=True) if one is not None and one.holds(value))
    if not fitting:
        return tuple(way for way in ways if way.flow is not None and way.flow.id == element.default)
    return fitting[:1] if element.kind == "exclusiveGateway" else fitting
