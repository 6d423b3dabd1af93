"""A page laid out anew, for a drawing without a picture or one that grew untidy."""

from collections.abc import Iterator

from lxml import etree

from app.drawing.element_reading import BPMN
from app.drawing.model import ARTIFACTS, DATA, SUB_PROCESSES
from app.drawing.placing import pictured
from app.drawing.placing.anew import Anew, Process
from app.drawing.placing.canvas import LANE, POOL, STEPS, Arrow, Canvas
from app.drawing.placing.canvas import Node as Shape
from app.drawing.shaping.values import Shaped
from app.drawing.shaping.work import Page, Work
from app.drawing.sheet import DC, DD, DI, Node, kind, name, process_of, scope_of
from app.errors import Refused

MOST = 120  # steps: more take too long to arrange
FLOWS = ("sequenceFlow", "messageFlow", "association", "dataInputAssociation", "dataOutputAssociation")
NSMAP = {"bpmndi": DI.strip("{}"), "dc": DC.strip("{}"), "di": DD.strip("{}")}


def lay_out(content: bytes, file: str) -> Shaped:
    """The drawing with its main page laid out anew; what it said is as it was. ``Refused`` with ``page`` if too large.

    Nothing of the old arrangement is kept. The limits of it stand in ``placing.anew``.
    """
    work = Work(content, file)
    if len(work.sheet.steps()) > MOST:
        raise Refused({"page": f"There are more than {MOST} steps. Put a part on a page of its own first."})
    plane = _plane(work)
    nodes = {node.id: node for node in _nodes(work, plane)}
    arrows = {arrow.id: arrow for arrow in _arrows(work) if arrow.source in nodes and arrow.target in nodes}
    canvas = Anew(nodes, arrows, _lanes(work, nodes), list(_processes(work))).page()
    before = pictured.canvas_of(work.sheet, plane)
    _forget(work, plane, before)
    work.keep(Page(plane, Canvas(), canvas))
    return work.done(work.sheet.processes[0].get("id", ""), "The page is laid out anew.")


def _plane(work: Work) -> Node:
    """The main page, made where the file has none."""
    found = next(work.sheet.root.iter(pictured.PLANE), None)
    if found is not None:
        return found
    owner = work.sheet.root.find(f"{BPMN}collaboration")
    owner = owner if owner is not None else work.sheet.processes[0]
    id_ = owner.get("id", "")
    diagram = etree.SubElement(work.sheet.root, f"{DI}BPMNDiagram", id=work.new_name(f"{id_}_diagram"), nsmap=NSMAP)
    return etree.SubElement(diagram, pictured.PLANE, id=work.new_name(f"{id_}_plane"), bpmnElement=id_)


def _forget(work: Work, plane: Node, before: Canvas) -> None:
    """The old shapes and lines of the page, but for those inside closed subprocesses."""
    for id_ in (*before.boxes, *before.lines):
        shape = work.sheet.shapes.get(id_)
        if shape is not None and shape.getparent() is plane and id_ in before.lines:
            plane.remove(shape)
    work.sheet.changed("shapes")


def _nodes(work: Work, plane: Node) -> Iterator[Shape]:
    root = work.sheet.root
    for pool in root.iterfind(f"{BPMN}collaboration/{BPMN}participant"):
        if pool.get("processRef"):
            yield Shape(pool.get("id", ""), POOL, name(pool), process=pool.get("processRef", ""))
    for node in root.iter():
        if not isinstance(node.tag, str) or not node.tag.startswith(BPMN) or not node.get("id"):
            continue
        process = process_of(node)
        if kind(node) == "lane":
            yield Shape(node.get("id", ""), LANE, name(node), process=process.get("id", ""))
        elif kind(node) in STEPS | DATA | ARTIFACTS and process is not None and _is_shown(work, node, process):
            yield _shape(work, node, process)


def _shape(work: Work, node: Node, process: Node) -> Shape:
    around = scope_of(node)
    return Shape(
        id=node.get("id", ""),
        kind=kind(node),
        name=name(node),
        frame=around.get("id", "") if around is not process else "",
        host=node.get("attachedToRef", ""),
        process=process.get("id", ""),
        is_open=_is_open(work, node),
    )


def _is_open(work: Work, node: Node) -> bool:
    """Whether the steps of a subprocess are drawn in it: as they were, and in any frame that an event begins."""
    if kind(node) not in SUB_PROCESSES or not work.sheet.steps(node):
        return False
    shape = work.sheet.shapes.get(node.get("id", ""))
    return shape is None or shape.get("isExpanded") == "true" or node.get("triggeredByEvent") == "true"


def _is_shown(work: Work, node: Node, process: Node) -> bool:
    around = scope_of(node)
    while around is not None and around is not process:
        if not _is_open(work, around):
            return False
        around = scope_of(around)
    return True


def _arrows(work: Work) -> Iterator[Arrow]:
    for flow in work.sheet.root.iter(*(BPMN + one for one in FLOWS)):
        if flow.get("id") and flow.get("sourceRef") and flow.get("targetRef"):
            ends = (flow.get("sourceRef", ""), flow.get("targetRef", ""))
            yield Arrow(flow.get("id", ""), kind(flow), *ends, name=name(flow))


def _lanes(work: Work, nodes: dict[str, Shape]) -> dict[str, str]:
    found: dict[str, str] = {}
    for lane in work.sheet.root.iter(f"{BPMN}lane"):
        for ref in lane.iterfind(f"{BPMN}flowNodeRef"):
            if (ref.text or "").strip() in nodes:
                found[(ref.text or "").strip()] = lane.get("id", "")
    return found


def _processes(work: Work) -> Iterator[Process]:
    pools = {
        pool.get("processRef"): pool.get("id", "")
        for pool in work.sheet.root.iterfind(f"{BPMN}collaboration/{BPMN}participant")
    }
    for process in work.sheet.processes:
        inner = [lane for lane in process.iter(f"{BPMN}lane") if lane.find(f"{BPMN}childLaneSet") is None]
        yield Process(
            process.get("id", ""), pools.get(process.get("id"), ""), tuple(one.get("id", "") for one in inner)
        )
