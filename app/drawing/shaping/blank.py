"""A page from nothing: one team, a beginning and an end, drawn as the house draws; and a page behind a new step."""

from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree

from app.drawing import reading
from app.drawing.completing.completed import written
from app.drawing.element_reading import BPMN, SPIFF
from app.drawing.placing import words
from app.drawing.placing.boxes import Box, around
from app.drawing.placing.inserting import EVENT
from app.drawing.shaping import adding, filing, naming, plain
from app.drawing.shaping.values import Call, Place, Shaped
from app.drawing.sheet import DC, DD, DI, Node

NAMESPACE = "urn:trigger:drawings"
PREFIXES = {"bpmn": BPMN, "bpmndi": DI, "dc": DC, "di": DD, "spiffworkflow": SPIFF, "xsi": filing.XSI}
NSMAP = {prefix: uri.strip("{}") for prefix, uri in PREFIXES.items()}
WIDE, TALL, HEAD = 420.0, 120.0, 30.0  # of the pool; its head
FIRST, LAST, MIDDLE = 120.0, 340.0, 60.0  # the middles of the beginning and the end: two x, one y


@dataclass(frozen=True)
class Blank:
    """A new file and the id of its process, which is what other pages call it by."""

    file: str
    process: str
    content: bytes


def page(
    name: str, team: str, *, begins: str = "", ends: str = "", says: str = "", taken: Collection[str] = ()
) -> Blank:
    """A new page with a team, a beginning and an end. ``taken`` are the ids of processes that are there already.

    ``begins`` and ``ends`` are words for the two; made from the name where none are given. ``Refused`` with ``name``,
    ``team``, ``begins``, ``ends``, ``says``.
    """
    title, who = plain.line(name, "name", 80), plain.line(team, "team", 80)
    process = naming.key_for(title, taken, "page")
    root = etree.Element(f"{BPMN}definitions", id=f"{process}_drawing", nsmap=NSMAP)
    root.set("targetNamespace", NAMESPACE)
    pool = etree.SubElement(root, f"{BPMN}collaboration", id=f"{process}_pool_page")
    etree.SubElement(pool, f"{BPMN}participant", id=f"{process}_pool", name=title, processRef=process)
    own = etree.SubElement(root, f"{BPMN}process", id=process, name=title, isExecutable="true")
    if says.strip():
        etree.SubElement(own, f"{BPMN}documentation").text = plain.lines(says, "says", 2_000)
    ids = _steps(own, process, who, plain.line(begins or "Begun", "begins"), plain.line(ends or "Done", "ends"))
    _picture(root, process, ids)
    filing.indent(root)
    content = written(root)
    reading.read(content, f"{process}.bpmn")
    return Blank(f"{process}.bpmn", process, content)


def call_new_page(
    content: bytes,
    file: str,
    place: Place,
    name: str,
    team: str,
    *,
    page_team: str = "",
    taken: Collection[str] = (),
    processes: Collection[str] = (),
) -> tuple[Shaped, Blank]:
    """A step with a new page of its own, and that page. ``team`` does the step, ``page_team`` the page's first work.

    ``taken`` are ids of elements in use elsewhere, ``processes`` those of processes. As ``adding.add`` and ``page``.
    """
    behind = page(name, page_team or team, taken=processes)
    return adding.add(content, file, Call(name, behind.process, team), place, taken=taken), behind


def _steps(own: Node, process: str, team: str, begins: str, ends: str) -> list[tuple[str, str, str]]:
    """(id, kind, words) of what is on the page, and its elements in the file."""
    taken = {process, f"{process}_pool", f"{process}_lanes"}
    ids = []
    for words_, instead in ((team, "lane"), (begins, "begun"), (ends, "done")):
        ids.append(naming.key_for(words_, taken, instead))
        taken.add(ids[-1])
    lane, start, end = ids
    lanes = etree.SubElement(own, f"{BPMN}laneSet", id=f"{process}_lanes")
    drawn = etree.SubElement(lanes, f"{BPMN}lane", id=lane, name=team)
    for one in (start, end):
        etree.SubElement(drawn, f"{BPMN}flowNodeRef").text = one
    flow = f"{start}_to_{end}"
    for kind, id_, said, tag in (("startEvent", start, begins, "outgoing"), ("endEvent", end, ends, "incoming")):
        node = etree.SubElement(own, BPMN + kind, id=id_, name=said)
        etree.SubElement(node, BPMN + tag).text = flow
    etree.SubElement(own, f"{BPMN}sequenceFlow", id=flow, sourceRef=start, targetRef=end)
    return [(lane, "lane", team), (start, "startEvent", begins), (end, "endEvent", ends), (flow, "sequenceFlow", "")]


def _picture(root: Node, process: str, ids: list[tuple[str, str, str]]) -> None:
    (lane, *_), (start, _, begins), (end, _, ends), (flow, *_) = ids
    diagram = etree.SubElement(root, f"{DI}BPMNDiagram", id=f"{process}_diagram")
    plane = etree.SubElement(diagram, f"{DI}BPMNPlane", id=f"{process}_plane", bpmnElement=f"{process}_pool_page")
    boxes = {
        f"{process}_pool": Box(0, 0, WIDE, TALL),
        lane: Box(HEAD, 0, WIDE, TALL),
        start: around((FIRST, MIDDLE), *EVENT),
        end: around((LAST, MIDDLE), *EVENT),
    }
    for id_, box in boxes.items():
        shape = etree.SubElement(plane, f"{DI}BPMNShape", id=f"{id_}_shape", bpmnElement=id_)
        if id_ not in (start, end):
            shape.set("isHorizontal", "true")
        _bounds(shape, box)
    for id_, said in ((start, begins), (end, ends)):
        label = etree.SubElement(plane.find(f"{DI}BPMNShape[@bpmnElement='{id_}']"), f"{DI}BPMNLabel")
        _bounds(label, words.below(boxes[id_], said))
    edge = etree.SubElement(plane, f"{DI}BPMNEdge", id=f"{flow}_edge", bpmnElement=flow)
    for x in (boxes[start].right, boxes[end].left):
        etree.SubElement(edge, f"{DD}waypoint", x=f"{x:g}", y=f"{MIDDLE:g}")


def _bounds(around_: Node, box: Box) -> None:
    sizes = {"x": box.left, "y": box.top, "width": box.width, "height": box.height}
    etree.SubElement(around_, f"{DC}Bounds", {key: f"{value:g}" for key, value in sizes.items()})
