"""The number of each step of an outline, and which events, joins and ends are told inside another step."""

from collections.abc import Sequence

from app.drawing.model import Element
from app.drawing.outlining.graph import Arrow, Graph
from app.drawing.outlining.plan import Branch, Item, Plan
from app.drawing.outlining.sentences import Sentences


class Numbering:
    """The numbers of one drawing's steps, given part by part; each part begins with 1."""

    def __init__(self, plan: Plan, says: Sentences) -> None:
        self.plan = plan
        self.says = says
        self.numbers: dict[str, str] = {}  # {id of an element: number of the step in which it is told}

    def number(self, items: Sequence[Item], prefix: str = "", begun: int = 0) -> int:
        """Numbers items one after the other; gives the last number."""
        for item in items:
            if self.begins_all(item):
                self._covers(item, prefix.rstrip("."))
                continue
            begun += 1
            item.number = f"{prefix}{begun}"
            self._covers(item, item.number)
        return begun

    def begins_all(self, item: Item) -> bool:
        """Whether an item only says what begins its scope, so that it needs no number."""
        is_start = item.element.kind == "startEvent" and not item.ways and item.after is None
        return is_start and not self.graph(item).arriving.get(item.element.id)

    def _covers(self, item: Item, number: str) -> None:
        """Gives a number to all that an item tells, and to what hangs below it."""
        for id_ in self.elements(item):
            self.numbers[id_] = number
        if not number:
            return
        begun = self.number(self.inside(item), f"{number}.")
        item.ways.sort(key=lambda branch: self._when(item, branch))
        for branch in item.ways:
            told = self.told(item, branch)
            for one in told:
                self._covers(one, number)
            begun = self.number(branch.items[len(told) :], f"{number}.", begun)

    def _when(self, item: Item, branch: Branch) -> tuple[bool, bool, float]:
        """In which order ways are told: what may happen meanwhile, time limits, answers; what goes on beside last."""
        if branch.arrow.flow is not None:
            return True, item.element.kind == "parallelGateway" and not branch.items, 0
        event = self.plan.by_id[branch.arrow.target]
        return False, event.event == "timer", self.says.length(event) if event.event == "timer" else 0

    def told(self, item: Item, branch: Branch) -> list[Item]:
        """The items of a branch that its own sentence tells: an event that begins it, an end that is all of it."""
        told = branch.items[:1] if self.is_event(item, branch) else []
        rest = branch.items[len(told) :]
        if len(rest) == 1 and self._is_end(rest[0]):
            told = [*told, rest[0]]
        return told

    def is_event(self, item: Item, branch: Branch) -> bool:
        """Whether a branch begins with an event that its own sentence tells."""
        if not branch.items or branch.items[0].element.id != branch.arrow.target or branch.items[0].ways:
            return False
        waits = item.element.kind == "eventBasedGateway" and branch.items[0].element.kind == "intermediateCatchEvent"
        return branch.arrow.flow is None or (waits and len(self.arriving(branch.items[0])) == 1)

    def _is_end(self, item: Item) -> bool:
        return (
            item.element.kind == "endEvent"
            and len(self.arriving(item)) == 1
            and not self.graph(item).leaving[item.element.id]
        )

    def inside(self, item: Item) -> list[Item]:
        """The items inside a sub-process, without the start that its own sentence tells."""
        first = item.inside[0] if item.inside else None
        if first is None or not self.begins_all(first):
            return item.inside
        says_nothing = not first.element.event and not first.element.name.strip()
        return item.inside[1:] if item.element.by_event or says_nothing else item.inside

    def elements(self, item: Item) -> tuple[str, ...]:
        """The ids of all that the sentence of an item tells, its own first."""
        own = [item.element, *item.before, *([item.after] if item.after else [])]
        folded = [id_ for one in own for id_ in self.graph(item).folded.get(one.id, ())]
        start = [one.element.id for one in item.inside[:1] if one not in self.inside(item)]
        return (item.element.id, *(one.id for one in own[1:]), *folded, *start)

    def joins(self, item: Item) -> list[Element]:
        """The joins that an item tells: what must be done before it."""
        own = [item.element] if item.element.id in self.graph(item).joins else []
        return [*item.before, *own]

    def graph(self, item: Item) -> Graph:
        """What leads where in the scope of an item."""
        return self.plan.graphs[item.element.id]

    def arriving(self, item: Item) -> Sequence[Arrow]:
        """The arrows that lead to an item."""
        return self.graph(item).arriving.get(item.element.id, ())


def place(number: str) -> tuple[int, ...]:
    """A number as what it can be sorted by: ``4.10`` comes after ``4.9``."""
    return tuple(int(part) for part in number.split(".") if part)
