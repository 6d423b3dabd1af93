"""What a comparison calls the elements of one version."""

from collections import defaultdict

from app.drawing.model import DATA, GATEWAYS, Drawing, Element, Flow
from app.drawing.outlining.english import is_several, person, plain
from app.drawing.outlining.names import is_english, listed, quoted, unnamed

KINDS = {
    "userTask": "a task of a person",
    "manualTask": "a task without the system",
    "task": "a task",
    "sendTask": "a letter",
    "receiveTask": "a wait for a message",
    "serviceTask": "something that happens by itself",
    "scriptTask": "something that is worked out",
    "businessRuleTask": "a look at a table",
    "callActivity": "a procedure of its own",
    "subProcess": "a group of steps",
    "transaction": "a group of steps that can be undone",
    "adHocSubProcess": "a group of steps in any order",
    "exclusiveGateway": "a question with one answer",
    "inclusiveGateway": "a question with several answers",
    "complexGateway": "a question with a rule of its own",
    "parallelGateway": "ways that are gone at the same time",
    "eventBasedGateway": "a wait for what comes first",
    "startEvent": "a beginning",
    "endEvent": "an end",
    "boundaryEvent": "something that may happen meanwhile",
    "intermediateCatchEvent": "something to wait for",
    "intermediateThrowEvent": "something that is made known",
}


class Names:
    """The names of one version's elements, and who does them."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.by_id = {element.id: element for element in drawing.elements}
        self.is_english = is_english(drawing)
        self._before: dict[str, list[Flow]] = defaultdict(list)
        self._after: dict[str, list[Flow]] = defaultdict(list)
        for flow in drawing.flows:
            if flow.kind == "sequenceFlow":
                self._before[flow.target].append(flow)
                self._after[flow.source].append(flow)

    def of(self, id_: str) -> str:
        """An element inside a sentence: ``‘Hold the panel’``, ``the time limit of ‘Hold the panel’``."""
        element = self.by_id.get(id_)
        if element is None:
            return "something that is not in the drawing"
        if element.kind == "boundaryEvent" and element.event == "timer":
            return f"the time limit of {self.of(element.attached_to) if element.attached_to != id_ else 'a step'}"
        if plain(element.name):
            return quoted(element.name)
        if element.kind == "startEvent":
            return "the beginning"
        if element.kind == "endEvent":
            return "the end"
        before = (self.by_id[f.source].name for f in self._before[id_] if f.source in self.by_id)
        return unnamed(element, before, (self.by_id[f.target].name for f in self._after[id_] if f.target in self.by_id))

    def who(self, lane: str) -> str:
        """Somebody inside a sentence."""
        return person(lane) if self.is_english else plain(lane)

    def takes_part(self, who: str) -> str:
        """``the police take part``."""
        return f"{self.who(who)} {'take' if is_several(who) else 'takes'} part"

    def sort(self, element: Element) -> str:
        """What sort of thing an element is: ``step``, ``question``, ``time limit`` …"""
        if element.kind in GATEWAYS:
            return "question"
        if element.kind in DATA:
            return "paper"
        if element.kind == "boundaryEvent":
            return "time limit" if element.event == "timer" else "event"
        known = {"startEvent": "beginning", "endEvent": "end", "textAnnotation": "remark", "group": "frame"}
        return known.get(element.kind, "step")

    def between(self, id_: str) -> str:
        """Where an element stands: ``after ‘A’ and before ‘B’``; "" where nothing with words is beside it."""
        before = [f.source for f in self._before[id_] if plain(self._name(f.source))]
        after = [f.target for f in self._after[id_] if plain(self._name(f.target))]
        said = [f"after {quoted(self._name(one))}" for one in sorted(before)[:1]]
        said += [f"before {quoted(self._name(one))}" for one in sorted(after)[:1]]
        return " and ".join(said)

    def leading(self, id_: str) -> list[str]:
        """The ids of what leads to an element."""
        return [flow.source for flow in self._before[id_]]

    def following(self, id_: str) -> list[Flow]:
        """The arrows out of an element."""
        return self._after[id_]

    def then(self, id_: str) -> str:
        """What follows something that is new: ``, then ‘Senior officer told’``."""
        names = [self._name(flow.target) for flow in self._after[id_]]
        said = listed(quoted(name) for name in names if plain(name))
        return f", then {said}" if said else ""

    def _name(self, id_: str) -> str:
        element = self.by_id.get(id_)
        return element.name if element is not None and element.kind != "boundaryEvent" else ""
