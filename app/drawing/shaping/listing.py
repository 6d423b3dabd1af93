"""The steps of a drawing in the order of its outline, each with what it says now and what may be changed of it.

Every step that a token can stand on is listed once. A time limit, with the end that says who is told, is part of the
step that it hangs on. What the outline tells together with another step is listed behind that step, without a number.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.drawing.asking import ASKS, FROM
from app.drawing.model import BEGINS, EVENTS, GATEWAYS, SUB_PROCESSES, Drawing, Element, Flow
from app.drawing.outlining.values import Known, Step
from app.drawing.outlining.writing import outline
from app.drawing.reading import read
from app.drawing.shaping import making, permitting, timing
from app.drawing.shaping.timing import ListedLimit
from app.drawing.shaping.work import Work

KINDS = {  # what people call a kind of step; events and gateways are told apart below
    "userTask": "person",
    "manualTask": "person",
    "task": "person",
    "sendTask": "letter",
    "businessRuleTask": "table",
    "callActivity": "page",
    "startEvent": "start",
    "endEvent": "end",
    "parallelGateway": "together",
    "eventBasedGateway": "first",
    "exclusiveGateway": "question",
    "inclusiveGateway": "question",
    "intermediateThrowEvent": "point",
    "boundaryEvent": "happening",
}
_NOTHING_KNOWN = Known()


@dataclass(frozen=True)
class ListedAnswer:
    """One way out of a step: its arrow, its words, when it is taken, and where it leads."""

    way: str
    label: str
    condition: str
    otherwise: bool
    leads_to: str
    leads_to_name: str


@dataclass(frozen=True)
class ListedStep:
    """One step. ``kind`` is one of *person, letter, table, page, wait, arrival, question, together, first, start, end,
    point, happening, frame, box, automatic*; ``can`` names the wishes that can be granted, see ``permitting``.
    """

    element: str
    kind: str
    name: str
    number: str  # as in the outline; "" where it is told together with ``told_with``
    depth: int  # how many steps it hangs below
    says: str  # the outline's own sentences
    can: frozenset[str]
    told_with: str = ""
    team: str = ""
    form: str = ""
    instructions: str = ""
    letter: str = ""
    to: str = ""
    table: str = ""
    page: str = ""
    until: str = ""  # of a wait: its time in words
    milestone: str = ""
    stop: str = ""  # its words for whoever asked
    begins: str = ""  # of the beginning: who may begin it on a page
    sender: str = ""  # of an arrival: who sends it; "" where a person says that it has come
    asks: bool = False  # whether a person is asked the question
    ways: tuple[ListedAnswer, ...] = ()
    limits: tuple[ListedLimit, ...] = ()


def steps(content: bytes, file: str, known: Known = _NOTHING_KNOWN) -> tuple[ListedStep, ...]:
    """Every step of a drawing. ``DrawingBroken`` where it cannot be read."""
    drawing = read(content, file)
    return tuple(_Listing(drawing, Work(content, file)).rows(known))


class _Listing:
    """One drawing while its steps are listed."""

    def __init__(self, drawing: Drawing, work: Work) -> None:
        self.drawing = drawing
        self.work = work
        self.limits, self.parts = timing.limits(drawing)
        self.listed: set[str] = set()

    def rows(self, known: Known) -> Iterator[ListedStep]:
        for part in outline(self.drawing, known).parts:
            yield from self._of(part.steps, 0)
        for element in self.drawing.elements:
            if element.kind in KINDS or element.kind in EVENTS | GATEWAYS | SUB_PROCESSES:
                yield from self._row(element.id, "", 0, "", "")

    def _of(self, told: Sequence[Step], depth: int) -> Iterator[ListedStep]:
        for step in told:
            own, *others = step.elements
            yield from self._row(own, step.number, depth, step.text, "")
            for one in others:
                yield from self._row(one, "", depth, "", own)
            yield from self._of(step.steps, depth + 1)
            for way in step.ways:
                for one in way.elements:
                    yield from self._row(one, "", depth + 1, way.text, own)
                yield from self._of(way.steps, depth + 1)

    def _row(self, id_: str, number: str, depth: int, says: str, told_with: str) -> Iterator[ListedStep]:
        element = self.drawing.by_id.get(id_)
        if element is None or id_ in self.listed or id_ in self.parts:
            return
        self.listed.add(id_)
        properties: Mapping[str, str] = element.properties
        yield ListedStep(
            element=id_,
            kind=kind_of(element),
            name=" ".join(element.name.split()),
            number=number,
            depth=depth,
            says=says,
            can=permitting.can(self.work, self.work.step(id_)),
            told_with=told_with,
            team=properties.get("candidateGroup", "") or element.lane,
            form=properties.get("formRef", ""),
            instructions=element.instructions,
            letter=properties.get("letter", ""),
            to=properties.get("to", ""),
            table=element.decision,
            page=element.called,
            until=timing.words_of(element) if element.event == "timer" else "",
            milestone=properties.get("milestone", ""),
            stop=properties.get(making.STOP, ""),
            begins=properties.get(BEGINS, ""),
            sender=properties.get(FROM, ""),
            asks=bool(properties.get(ASKS)),
            ways=tuple(self._answer(element, flow) for flow in self.drawing.outgoing(id_)),
            limits=self.limits.get(id_, ()),
        )

    def _answer(self, element: Element, flow: Flow) -> ListedAnswer:
        target = self.drawing.by_id[flow.target]
        return ListedAnswer(
            flow.id, flow.name, flow.condition, element.default == flow.id, target.id, " ".join(target.name.split())
        )


def kind_of(element: Element) -> str:
    """What people call the kind of a step."""
    if element.kind in SUB_PROCESSES:
        return "frame" if element.by_event else "box"
    if element.kind in ("intermediateCatchEvent", "receiveTask"):
        return "wait" if element.event == "timer" else "arrival"
    return KINDS.get(element.kind, "automatic")
