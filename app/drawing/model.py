"""What a BPMN drawing says, as values: its processes, lanes, elements, flows, and its picture.

Names are those of BPMN 2.0.2. An absent text is ``""``. Lengths are the drawing's own units (pixels at 100%).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

ACTIVITIES = frozenset(
    "task userTask sendTask receiveTask serviceTask scriptTask manualTask businessRuleTask callActivity "
    "subProcess transaction adHocSubProcess".split()
)
SUB_PROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
EVENTS = frozenset("startEvent endEvent intermediateCatchEvent intermediateThrowEvent boundaryEvent".split())
GATEWAYS = frozenset("exclusiveGateway inclusiveGateway parallelGateway complexGateway eventBasedGateway".split())
DATA = frozenset("dataObjectReference dataStoreReference dataInput dataOutput".split())
ARTIFACTS = frozenset({"textAnnotation", "group"})
BEGINS, REFERENCE = "begins", "reference"  # properties: who may begin it on a page; how its references begin
ANYONE, STAFF = "anyone", "staff"  # what ``begins`` may say


@dataclass(frozen=True)
class Bounds:
    """A rectangle: its top left corner, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre, as x and y."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True)
class Shape:
    """How an element is drawn: where, where its words stand, and as which variant."""

    element: str  # the id of what is drawn
    bounds: Bounds
    label: Bounds | None = None
    horizontal: bool = True  # of a pool or lane
    expanded: bool = False  # of a sub-process
    marker: bool = True  # whether an exclusive gateway shows its cross
    plane: str = ""  # the id of the process, collaboration or sub-process whose page it stands on


@dataclass(frozen=True)
class Edge:
    """How a flow is drawn: the points it passes, and where its words stand."""

    element: str
    waypoints: tuple[tuple[float, float], ...]
    label: Bounds | None = None
    plane: str = ""


@dataclass(frozen=True)
class Process:
    """One process of the file."""

    id: str
    name: str = ""
    executable: bool = False
    documentation: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pool:
    """A participant: a process of this file, or (``process`` empty) somebody outside it."""

    id: str
    name: str = ""
    process: str = ""


@dataclass(frozen=True)
class Lane:
    """A lane, its process, the lane it lies in (or ``""``), and the ids of the elements that stand in it."""

    id: str
    name: str
    process: str
    parent: str = ""
    elements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Element:
    """A node of the drawing, an artifact or a piece of data."""

    id: str
    kind: str  # the BPMN local name: "userTask", "boundaryEvent", …
    name: str  # its words; of a text annotation, the text
    scope: str  # the id of the process or sub-process directly around it
    process: str
    lane: str = ""  # the name of the innermost lane it stands in, also through a sub-process
    documentation: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)  # spiffworkflow:property, by name
    attached_to: str = ""  # of a boundary event: the id of its activity
    interrupting: bool = True  # of a boundary event or the start of an event sub-process
    event: str = ""  # "timer", "message", …; "multiple" for several; "" for none
    event_name: str = ""  # the name of the message, signal, error, escalation or link it refers to
    timer: str = ""  # the timer's text as written
    timer_kind: str = ""  # "timeDate", "timeDuration" or "timeCycle"
    condition: str = ""  # of a conditional event: its text as written
    script: str = ""  # of a script task: its text as written
    called: str = ""  # the id of the process that a call activity calls
    decision: str = ""  # the id of the decision that a business rule task asks
    repeats: str = ""  # "parallel" or "sequential" (multi-instance), "standard" (loop)
    collection: str = ""  # the name of what a multi-instance runs over
    cardinality: str = ""  # how many instances a multi-instance has, or rounds a loop, as written
    until: str = ""  # the completion condition of a multi-instance, or the condition of a loop, as written
    by_event: bool = False  # of a sub-process: started by an event
    default: str = ""  # the id of the default flow out of it
    compensates: bool = False
    instantiates: bool = False
    instructions: str = ""  # what whoever does the task is told

    @property
    def begun_by_anyone(self) -> bool:
        """Whether it begins a procedure that anybody may ask for: its lane then stands for whoever asked."""
        return self.kind == "startEvent" and self.properties.get(BEGINS) == ANYONE


@dataclass(frozen=True)
class Flow:
    """A sequence flow, message flow or association."""

    id: str
    kind: str
    source: str
    target: str
    name: str = ""
    condition: str = ""  # the text of its condition as written
    scope: str = ""
    documentation: str = ""


@dataclass(frozen=True)
class Drawing:
    """All that one BPMN file says. ``planes`` are the ids of its pages, the main one first."""

    file: str
    processes: tuple[Process, ...]
    pools: tuple[Pool, ...]
    lanes: tuple[Lane, ...]
    elements: tuple[Element, ...]
    flows: tuple[Flow, ...]
    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]
    planes: tuple[str, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Element]:
        """Every element by its id."""
        return MappingProxyType({element.id: element for element in self.elements})

    @cached_property
    def shape_of(self) -> Mapping[str, Shape]:
        """The shape of each element, pool and lane by the id of what it shows."""
        return MappingProxyType({shape.element: shape for shape in self.shapes})

    def outgoing(self, element: str) -> tuple[Flow, ...]:
        """The sequence flows that leave an element, in the order of the file."""
        return tuple(f for f in self.flows if f.source == element and f.kind == "sequenceFlow")

    def incoming(self, element: str) -> tuple[Flow, ...]:
        """The sequence flows that arrive at an element, in the order of the file."""
        return tuple(f for f in self.flows if f.target == element and f.kind == "sequenceFlow")
