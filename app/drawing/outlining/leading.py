"""What an outline says between its steps: what must be done before one, where it goes on, and which ways there are."""

import re
from collections.abc import Sequence

from app.drawing.model import ACTIVITIES, GATEWAYS, Element
from app.drawing.outlining.english import lowered, raised
from app.drawing.outlining.graph import Arrow
from app.drawing.outlining.names import answer, listed
from app.drawing.outlining.numbering import Numbering, place
from app.drawing.outlining.plan import Branch, Item
from app.drawing.outlining.sentences import Sentences
from app.drawing.outlining.values import Reference

_PLAIN_BEGINNINGS = ("The ", "A ", "All ", "One ", "That ", "This ", "Whichever ", "Wait ")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_LOUD = ("error", "terminate", "cancel", "compensate", "signal")  # ends that reach beyond what is done beside a step


class Leading:
    """The words between the steps of one drawing."""

    def __init__(self, at: Numbering, says: Sentences) -> None:
        self.at = at
        self.says = says

    def before(self, item: Item, said: str) -> str:
        """A sentence after what must be done before it."""
        joins = self.at.joins(item)
        sources = [arrow.source for join in joins for arrow in self.at.graph(item).arriving[join.id]]
        joined = {join.id for join in joins}
        numbers = sorted({self.at.numbers[one] for one in sources if one not in joined} - {""}, key=place)
        if not joins:
            return said
        waits = f"When steps {listed(numbers)} are done" if len(numbers) > 1 else "When all of this is done"
        if any(join.kind != "parallelGateway" for join in joins):
            waits = waits.replace("When steps", "When those of steps").replace(" are done", " that were begun are done")
        if not said:
            return f"{waits}, go on."
        return f"{waits}, {lowered(said)}" if said.startswith(_PLAIN_BEGINNINGS) else f"{waits}: {said}"

    def then(self, item: Item, following: str) -> str:
        """What comes after a step, where it is not simply the next one."""
        lost = self.at.graph(item).lost.get(item.element.id, 0)
        nowhere = " An arrow leads nowhere from here." if lost else ""
        if item.after is not None:
            return self.says.ends(item.after, is_last=self.is_last(item.after)) + nowhere
        leads = [arrow.target for arrow in item.goes]
        flows = [way for way in item.ways if way.arrow.flow is not None]
        if flows and item.element.kind not in GATEWAYS | {"boundaryEvent"}:
            asks = any(way.arrow.flow is not None and way.arrow.flow.condition for way in flows)
            return f"After it, {'as many of these as apply' if asks else 'all of these at the same time'}:{nowhere}"
        if leads == [following]:
            return nowhere.strip()
        if leads:
            said = f"Then {self.to(item, leads)}."
            return f"{when_done(said)}{nowhere}" if item.ways else f"{said}{nowhere}"
        can_end = item.element.kind != "endEvent" and not flows and not item.element.by_event
        return "This part ends here." + nowhere if can_end and item.number and not item.is_loose else nowhere.strip()

    def to(self, item: Item, targets: Sequence[str], following: str = "") -> str:
        """Where it goes on: ``go back to step 2``."""
        here = item.number or self.at.numbers.get(item.element.id, "")
        numbers = [self.at.numbers.get(one, "") for one in targets]
        known = [number for number in dict.fromkeys(numbers) if number]
        if not known:
            return "go to the beginning"
        if list(targets) == [following]:
            return f"go on with step {known[0]}"
        back = "go back to" if all(place(number) <= place(here) for number in known) else "go to"
        return f"{back} step{'s' if len(known) > 1 else ''} {listed(known)}"

    def lead(self, item: Item, branch: Branch, told: Sequence[Item], limit: Element | None) -> str:
        """When a way is gone: ``If yes``; "" where always."""
        flow = branch.arrow.flow
        if flow is None:
            event = self.at.plan.by_id[branch.arrow.target]
            return self._meanwhile(item, event, limit)
        if told and self.at.is_event(item, branch):
            return self.says.happens(told[0].element)
        label = answer(flow, is_default=item.element.default == flow.id)
        if label or item.element.kind not in ("exclusiveGateway", "inclusiveGateway", "complexGateway"):
            return label
        return "One way" if branch is item.ways[0] else "Another way"

    def _meanwhile(self, item: Item, event: Element, limit: Element | None) -> str:
        """What may happen while a step is being done."""
        if event is limit:
            is_called = item.element.kind == "callActivity"
            said = "If it is not done by then" if is_called else "If nobody has done so by then"
        elif event.event == "timer" and event.timer_kind == "timeCycle":
            said = f"{self.says.happens(event)}, as long as this is not done"
        elif event.event == "timer":
            said = f"If this is not done {self.says.limit(event)}"
        else:
            said = self.says.happens(event)
        stops = event.interrupting and event.event not in ("error", "compensate", "cancel")
        return f"{said}, this step is stopped" if stops else said

    def way_text(self, item: Item, branch: Branch, told: Sequence[Item], following: str) -> str:
        """A sentence for a way that has no steps of its own."""
        ends = [one for one in told if one.element.kind == "endEvent"]
        if ends or any(one.after for one in told):
            end = ends[-1].element if ends else next(one.after for one in told if one.after)
            beside = branch.arrow.flow is None and not told[0].element.interrupting and end.event not in _LOUD
            return self.says.aside(end) if beside else self.says.ends(end, is_last=self.is_last(end))
        if told:
            leads = [arrow.target for arrow in told[-1].goes]
            return f"{raised(self.to(item, leads, following))}." if leads else "Nothing more is drawn."
        to = self.to(item, [branch.arrow.target], following)
        is_named = self.at.plan.is_named(branch.arrow)
        if item.element.kind == "parallelGateway" and not is_named and to.startswith("go on"):
            return f"Meanwhile, {to}."
        return f"{raised(to)}."

    def limit(self, item: Item) -> Element | None:
        """The one time limit that can be told in the sentence of a step."""
        events = [self.at.plan.by_id[way.arrow.target] for way in item.ways if way.arrow.flow is None]
        timers = [one for one in events if one.event == "timer" and one.timer_kind != "timeCycle"]
        return timers[0] if len(timers) == 1 and item.element.kind in ACTIVITIES else None

    def is_last(self, element: Element) -> bool:
        """Whether an end is the only one of a process."""
        if element.scope in self.at.plan.by_id:
            return False
        nodes = self.at.plan.graphs[element.id].nodes
        return sum(one.kind == "endEvent" and one.event != "escalation" for one in nodes) == 1

    def references(self, text: str, item: Item, arrow: Arrow | None = None) -> tuple[Reference, ...]:
        """The steps to which a text refers by their numbers."""
        targets = [one.target for one in item.goes] or ([arrow.target] if arrow else [])
        arriving = self.at.graph(item).arriving
        targets += [one.source for join in self.at.joins(item) for one in arriving.get(join.id, ())]
        known = {self.at.numbers.get(one, ""): one for one in targets}
        said = [number for number in dict.fromkeys(_NUMBER.findall(text)) if number in known]
        return tuple(Reference(number, known[number]) for number in said)


def when_done(then: str) -> str:
    """What comes next, after what must be done before it: ``When this is done, go to step 4.``"""
    if not then:
        return ""
    return f"When this is done, {lowered(then.removeprefix('Then '))}"
