"""A BPMN file as it is worked on: its tree, with ways to find what belongs together.

Everything is looked up in the tree itself, so a change of the tree is seen at once. Namespaces are the standard's.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import TypeAlias

from lxml import etree

from app.drawing.element_reading import BPMN, SPIFF
from app.drawing.model import ACTIVITIES, EVENTS, GATEWAYS
from app.drawing.xml import local

Node: TypeAlias = etree._Element
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DD = "{http://www.omg.org/spec/DD/20100524/DI}"
STEPS = ACTIVITIES | EVENTS | GATEWAYS  # what a token can stand on: the flow nodes of BPMN 2.0.2
STEP_TAGS = frozenset(BPMN + kind for kind in STEPS)
FLOW = f"{BPMN}sequenceFlow"
SCOPES = frozenset(BPMN + kind for kind in ("process", "subProcess", "transaction", "adHocSubProcess"))
CHOREOGRAPHIES = frozenset(BPMN + kind for kind in ("choreography", "globalChoreographyTask", "subChoreography"))
LOOKED_UP = ("index", "_leaving", "_arriving", "shapes", "_events_on")
DEFINITION = "EventDefinition"


class Sheet:
    """One file being read. ``index`` and the arrows are kept until ``changed`` is called."""

    def __init__(self, root: Node) -> None:
        self.root = root

    def changed(self, *what: str) -> None:
        """Forget what was looked up, or only some of it: the tree is another now."""
        for name in what or LOOKED_UP:
            self.__dict__.pop(name, None)

    @cached_property
    def index(self) -> dict[str, Node]:
        """Every element of the standard that has an id, by it."""
        return {n.get("id"): n for n in self.root.iter() if n.get("id") and n.tag.startswith(BPMN)}

    @cached_property
    def shapes(self) -> dict[str, Node]:
        """The shape or edge of each element, by the element's id."""
        return {n.get("bpmnElement"): n for n in self.root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge")}

    @property
    def processes(self) -> list[Node]:
        """The processes, in the order of the file."""
        return list(self.root.iterfind(f"{BPMN}process"))

    def scopes(self) -> list[Node]:
        """Every process and subprocess, an outer one before those in it."""
        return [node for process in self.processes for node in process.iter(*SCOPES)]

    def steps(self, scope: Node | None = None) -> list[Node]:
        """The flow nodes directly in a scope; those of the whole file where none is given."""
        if scope is not None:
            return [node for node in scope if node.tag in STEP_TAGS]
        return [node for process in self.processes for node in process.iter(*STEP_TAGS)]

    def of_kind(self, *kinds: str) -> list[Node]:
        """Every element of these kinds in a process."""
        return [node for process in self.processes for node in process.iter(*(BPMN + kind for kind in kinds))]

    def arrows(self) -> list[Node]:
        """Every sequence flow between steps, in the order of the file."""
        return [arrow for arrow in self.root.iter(FLOW) if arrow.getparent().tag not in CHOREOGRAPHIES]

    def leaving(self, node: Node) -> list[Node]:
        """The sequence flows out of a node."""
        return self._leaving.get(node.get("id"), [])

    def arriving(self, node: Node) -> list[Node]:
        """The sequence flows into a node."""
        return self._arriving.get(node.get("id"), [])

    def events_on(self, node: Node) -> list[Node]:
        """The boundary events of an activity."""
        return self._events_on.get(node.get("id"), [])

    def target(self, arrow: Node) -> Node | None:
        """Where an arrow leads."""
        return self.index.get(arrow.get("targetRef", ""))

    def source(self, arrow: Node) -> Node | None:
        """Where an arrow begins."""
        return self.index.get(arrow.get("sourceRef", ""))

    @cached_property
    def _leaving(self) -> dict[str, list[Node]]:
        return self._arrows_by("sourceRef")

    @cached_property
    def _arriving(self) -> dict[str, list[Node]]:
        return self._arrows_by("targetRef")

    @cached_property
    def _events_on(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        for event in self.root.iter(f"{BPMN}boundaryEvent"):
            found.setdefault(event.get("attachedToRef", ""), []).append(event)
        return found

    def _arrows_by(self, end: str) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        for arrow in self.root.iter(FLOW):
            found.setdefault(arrow.get(end, ""), []).append(arrow)
        return found

    def new_id(self, base: str) -> str:
        """An id that nothing has yet."""
        number, taken = 1, self.index
        while f"{base}_{number}" in taken:
            number += 1
        return f"{base}_{number}"


def scope_of(node: Node) -> Node:
    """The process or subprocess directly around a node."""
    around = node.getparent()
    while around is not None and around.tag not in SCOPES:
        around = around.getparent()
    return around


def process_of(node: Node) -> Node:
    """The process a node stands in."""
    around = node
    while around is not None and around.tag != f"{BPMN}process":
        around = around.getparent()
    return around


def kind(node: Node) -> str:
    """What a node is: ``userTask``."""
    return local(node)


def name(node: Node) -> str:
    """The words on a node, on one line."""
    return " ".join((node.get("name") or "").split())


def event_of(node: Node) -> str:
    """What an event waits for or does: ``timer``; "several" for more than one, "" for nothing."""
    found = definitions(node)
    return "several" if len(found) > 1 else local(found[0]).removesuffix(DEFINITION) if found else ""


def definitions(node: Node) -> list[Node]:
    """The event definitions of an event."""
    return [child for child in node if isinstance(child.tag, str) and local(child).endswith(DEFINITION)]


def text_of(node: Node, path: str) -> str:
    """The text of a child such as ``conditionExpression``; "" where there is none."""
    found = node.find("/".join(BPMN + part for part in path.split("/")))
    return "".join(found.itertext()).strip() if found is not None else ""


def property_of(node: Node, key: str) -> str:
    """One of our own keys on a node; "" where it has none of that name."""
    for found in node.iterfind(f"{BPMN}extensionElements/{SPIFF}properties/{SPIFF}property"):
        if found.get("name") == key:
            return str(found.get("value", ""))
    return ""


def inside(scope: Node) -> Iterator[Node]:
    """The flow nodes in a scope, at any depth."""
    yield from scope.iter(*STEP_TAGS)
