"""Where each step stands in an outline: what follows what, what hangs below a question, what is referred to.

What a branch alone leads to hangs below its question; what several ways lead to comes after it and is written once.
The longest branch of a question goes on beside it, when nothing brings the others back, so that an outline does not
creep to the right. No place is deeper than ``DEEPEST_BRANCH`` branches within its scope.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.drawing.model import Drawing, Element, Flow
from app.drawing.outlining import dominators
from app.drawing.outlining.dominators import Tree
from app.drawing.outlining.graph import Arrow, Graph, Order, flows_by_source, graph, scopes

DEEPEST_BRANCH = 2
SMALL = 2  # so many steps hang below another however deep it stands
LONG = 8  # longer than this, a branch goes on beside, also where several begin together
TOGETHER = ("parallelGateway", "eventBasedGateway")


@dataclass
class Item:
    """One step in its place. ``number`` is "" where it is part of another, or the line that says what begins it."""

    element: Element
    ways: list["Branch"] = field(default_factory=list)
    inside: list["Item"] = field(default_factory=list)
    before: list[Element] = field(default_factory=list)  # joins without words, told as part of this step
    after: Element | None = None  # the end that follows, told as part of this step
    goes: tuple[Arrow, ...] = ()  # arrows to steps that are written elsewhere, or next
    is_loose: bool = False  # nothing leads here
    number: str = ""


@dataclass
class Branch:
    """One way out of a step, and what hangs below it; empty where it leads to a step elsewhere."""

    arrow: Arrow
    items: list[Item]


class Plan:
    """All places of a drawing: the items of each scope, and what leads where in it."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.order = Order(drawing)
        self.nodes = scopes(drawing)
        self.by_id = {node.id: node for nodes in self.nodes.values() for node in nodes}
        self.graphs: dict[str, Graph] = {}
        self._flows: Mapping[str, Sequence[Flow]] = flows_by_source(drawing)

    @staticmethod
    def is_named(arrow: Arrow) -> bool:
        """Whether words stand on an arrow."""
        return arrow.flow is not None and bool(arrow.flow.name.strip())

    def items(self, scope: str) -> list[Item]:
        """The items of a process or sub-process, in the order of telling."""
        made = graph(self.nodes.get(scope, ()), self._flows, self.order)
        self.graphs.update((node.id, made) for node in made.nodes)
        roots, loose = _roots(made)
        following = {id_: [arrow.target for arrow in arrows] for id_, arrows in made.leaving.items()}
        laid = _Layout(made, dominators.tree([*roots, *loose], following))
        items = laid.after(dominators.ROOT)
        for item in _all(items):
            alone = item.element.id in loose and not made.arriving.get(item.element.id)
            item.is_loose = alone and not item.element.compensates
            if item.element.id in self.nodes:
                item.inside = self.items(item.element.id)
        return items


def _all(items: Sequence[Item]) -> Iterator[Item]:
    """Every item, also those below branches."""
    stack = list(reversed(items))
    while stack:
        item = stack.pop()
        yield item
        stack.extend(one for branch in reversed(item.ways) for one in reversed(branch.items))


def _roots(made: Graph) -> tuple[list[str], dict[str, None]]:
    """Where a scope begins, and what nothing leads to although the scope begins elsewhere."""
    first = [node.id for node in made.nodes if not made.arriving.get(node.id) and not node.by_event]
    starts = [node.id for node in made.nodes if node.kind == "startEvent"]
    events = [node.id for node in made.nodes if node.by_event and not made.arriving.get(node.id)]
    roots = [*(starts or first), *events]
    reached = _reached(roots, made, set())
    loose: dict[str, None] = {}
    for id_ in [*first, *(node.id for node in made.nodes)]:
        if id_ not in reached:
            loose[id_] = None
            reached |= _reached([id_], made, reached)
    if not starts and not first:  # all of it is a circle, which begins somewhere
        return [*loose, *events], {}
    return roots, loose


def _reached(roots: Sequence[str], made: Graph, known: set[str]) -> set[str]:
    found, stack = set(roots), list(roots)
    while stack:
        for arrow in made.leaving[stack.pop()]:
            if arrow.target not in found and arrow.target not in known:
                found.add(arrow.target)
                stack.append(arrow.target)
    return found


class _Layout:
    """The items of one scope, laid out along the tree."""

    def __init__(self, made: Graph, tree: Tree) -> None:
        self.made = made
        self.tree = tree
        self.by_id = {node.id: node for node in made.nodes}

    def after(self, root: str) -> list[Item]:
        """Everything below the root of the tree."""
        return self._folded([item for head in self.tree.below[root] for item in self._written(head, 0)])

    def _sequence(self, head: str, level: int) -> list[Item]:
        return self._folded(self._written(head, level))

    def _written(self, head: str, level: int) -> list[Item]:
        """A step and all that it alone leads to, at one level."""
        items, stack = [], [head]
        while stack:
            id_ = stack.pop()
            below = self._below(id_, level)
            item = Item(self.by_id[id_])
            arrows = self.made.leaving[id_]
            ways = [a for a in arrows if a.flow is None] if not self.splits(id_) else arrows
            item.ways = [self._branch(arrow, below, level) for arrow in ways]
            item.goes = () if ways is arrows else tuple(arrow for arrow in arrows if arrow.flow is not None)
            items.append(item)
            flat = [one for one in self.tree.below[id_] if one not in below]
            flat += [one for event, fits in below.items() if not fits for one in self.tree.below[event]]
            stack.extend(reversed(flat))
        return items

    def splits(self, id_: str) -> bool:
        """Whether several arrows leave a step, those from events on its edge not counted."""
        return sum(arrow.flow is not None for arrow in self.made.leaving[id_]) > 1

    def _branch(self, arrow: Arrow, below: Mapping[str, bool], level: int) -> Branch:
        if below.get(arrow.target):
            return Branch(arrow, self._sequence(arrow.target, level + 1))
        if arrow.target in below:  # the event is told here, what it leads to is told after
            return Branch(arrow, [Item(self.by_id[arrow.target], goes=self.made.leaving[arrow.target])])
        return Branch(arrow, [])

    def _below(self, id_: str, level: int) -> dict[str, bool]:
        """{what is told as a branch of a step: whether all that it leads to hangs there too}."""
        arrows = self.made.leaving[id_]
        events = {a.target for a in arrows if a.flow is None} & set(self.tree.below[id_])
        found = {one: self._fits(one, level) for one in sorted(events)}
        if self.splits(id_):
            heads = [one for one in self.tree.below[id_] if one not in events and self._is_head(id_, one)]
            main = self._main(id_, heads)
            found |= {one: True for one in heads if one != main and self._fits(one, level)}
        return found

    def _fits(self, head: str, level: int) -> bool:
        return level < DEEPEST_BRANCH or self.tree.sizes[head] <= SMALL

    def _is_head(self, id_: str, head: str) -> bool:
        """Whether only one arrow of a step leads to another, but for those that come back to it."""
        arrows = self.made.arriving[head]
        straight = [a for a in arrows if a.source == id_]
        back = [a for a in arrows if a.source in self.tree.sizes and self.tree.dominates(head, a.source)]
        return len(straight) == 1 and len(straight) + len(back) == len(arrows)

    def _main(self, id_: str, heads: Sequence[str]) -> str:
        """The branch that goes on beside its question; "" where all hang below it."""
        sizes = self.tree.sizes
        longest = max(heads, key=lambda one: sizes[one], default="")
        if not longest or sizes[longest] <= SMALL:
            return ""
        beside = {*heads, *(a.target for a in self.made.leaving[id_] if a.flow is None)}
        rest = sum(sizes[one] for one in self.tree.below[id_] if one not in beside)
        if self.by_id[id_].kind in TOGETHER or not self._asks(id_):
            return longest if not rest and sizes[longest] > LONG else ""
        return longest if not rest or (rest < sizes[longest] and sizes[longest] > LONG) else ""

    def _asks(self, id_: str) -> bool:
        """Whether only some of the ways are gone: a question, or arrows with conditions."""
        flows = [arrow.flow for arrow in self.made.leaving[id_] if arrow.flow is not None]
        return self.by_id[id_].kind.endswith("Gateway") or any(flow.condition for flow in flows)

    def _folded(self, items: Sequence[Item]) -> list[Item]:
        """The items, with ends told as part of what they follow, and joins as part of what follows them."""
        found: list[Item] = []
        for item in items:
            last = found[-1] if found else None
            alone = len(self.made.arriving.get(item.element.id, ())) == 1
            if last is None or not alone or [a.target for a in last.goes] != [item.element.id]:
                found.append(item)
            elif item.element.kind == "endEvent" and not self.made.leaving[item.element.id] and last.after is None:
                last.after, last.goes = item.element, ()
            elif last.element.id in self.made.joins:
                item.before = [*last.before, last.element]
                found[-1] = item
            else:
                found.append(item)
        return found
