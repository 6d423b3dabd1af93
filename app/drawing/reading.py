"""A BPMN file, read: bytes in, a ``Drawing`` out.

Namespaces are known by their URI, never by prefix. What is not understood is passed over, so a file of another
maker can be read; what would leave the drawing in pieces (a flow from nowhere) is refused.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from lxml import etree

from app.drawing import opening, xml
from app.drawing.element_reading import BPMN, documentation, element, is_element, properties
from app.drawing.model import Drawing, Element, Flow, Lane, Pool, Process
from app.drawing.picture_reading import pictures
from app.errors import DrawingBroken, Problem

__all__ = ["Drawing", "read"]

LINKS = frozenset({"association", "messageFlow", "dataInputAssociation", "dataOutputAssociation"})
KEPT = 256  # drawings in memory; a page of the studio reads all of a draft, and most are those of the page before


@lru_cache(KEPT)
def read(content: bytes, file: str) -> Drawing:
    """What a BPMN file says and how it is drawn. ``DrawingBroken`` where it cannot be read."""
    root = xml.read(content, file)
    opening.check(root, file)
    processes = root.findall(f"{BPMN}process")
    lanes = tuple(lane for node in processes for lane in _lanes(node))
    shapes, edges, planes = pictures(root, file)
    drawing = Drawing(
        file=file,
        processes=tuple(_process(node) for node in processes),
        pools=tuple(_pool(node) for node in root.iterfind(f"{BPMN}collaboration/{BPMN}participant")),
        lanes=lanes,
        elements=_in_lanes(tuple(_elements(root)), lanes),
        flows=tuple(_flows(root)),
        shapes=shapes,
        edges=edges,
        planes=planes,
    )
    _check_whole(drawing)
    return drawing


def _process(node: etree._Element) -> Process:
    return Process(
        id=node.get("id", ""),
        name=node.get("name", ""),
        executable=node.get("isExecutable") == "true",
        documentation=documentation(node),
        properties=properties(node),
    )


def _pool(node: etree._Element) -> Pool:
    return Pool(node.get("id", ""), node.get("name", ""), node.get("processRef", ""))


def _lanes(process: etree._Element) -> Iterator[Lane]:
    for node in process.iter(f"{BPMN}lane"):
        around = node.getparent().getparent()
        members = (ref.text.strip() for ref in node.iterfind(f"{BPMN}flowNodeRef") if ref.text)
        yield Lane(
            id=node.get("id", ""),
            name=node.get("name", ""),
            process=process.get("id", ""),
            parent=around.get("id", "") if around.tag == f"{BPMN}lane" else "",
            elements=tuple(members),
        )


def _elements(root: etree._Element) -> Iterator[Element]:
    names = {node.get("id", ""): node.get("name", "") for node in root if node.get("id")}
    for top in root:
        if xml.local(top) in ("process", "collaboration"):
            for node in top.iter():
                if is_element(node):
                    yield element(node, top.get("id", ""), names)


def _in_lanes(elements: tuple[Element, ...], lanes: tuple[Lane, ...]) -> tuple[Element, ...]:
    """The elements with the name of their lane; what stands in a sub-process stands in its lane."""
    innermost: dict[str, str] = {}
    for lane in lanes:  # a lane inside another comes after it, so the inner one wins
        innermost.update(dict.fromkeys(lane.elements, lane.name))
    around = {e.id: e.scope for e in elements}

    def lane_of(id_: str) -> str:
        while id_ and id_ not in innermost:
            id_ = around.get(id_, "")
        return innermost.get(id_, "")

    return tuple(replace(e, lane=lane_of(e.id) or lane_of(e.attached_to)) for e in elements)


def _flows(root: etree._Element) -> Iterator[Flow]:
    for node in root.iter(f"{BPMN}sequenceFlow", *(f"{BPMN}{kind}" for kind in LINKS)):
        scope = node.getparent()
        if "horeography" in xml.local(scope):
            continue  # who talks to whom, beside the processes
        condition = node.find(f"{BPMN}conditionExpression")
        yield Flow(
            id=node.get("id", ""),
            kind=xml.local(node),
            source=node.get("sourceRef", "") or _end(node, "sourceRef") or scope.get("id", ""),
            target=node.get("targetRef", "") or _end(node, "targetRef") or scope.get("id", ""),
            name=node.get("name", ""),
            condition=("".join(condition.itertext()).strip() if condition is not None else ""),
            scope=scope.get("id", ""),
            documentation=documentation(node),
        )


def _end(node: etree._Element, name: str) -> str:
    found = node.find(f"{BPMN}{name}")
    return found.text.strip() if found is not None and found.text else ""


def _check_whole(drawing: Drawing) -> None:
    """Refuses what hangs in the air. Associations may point at anything, so they are left alone."""
    problems = [
        Problem(drawing.file, flow.id, f"This arrow {word} something that is not in the drawing.")
        for flow in drawing.flows
        if flow.kind == "sequenceFlow"
        for word, end in (("starts at", flow.source), ("leads to", flow.target))
        if end not in drawing.by_id
    ]
    for one in drawing.elements:
        if one.kind == "boundaryEvent" and one.attached_to not in drawing.by_id:
            problems.append(Problem(drawing.file, one.id, "This event is not attached to any task."))
        if not one.id:
            problems.append(Problem(drawing.file, "", f"The {one.kind} “{one.name}” has no id."))
    if problems:
        raise DrawingBroken(*problems)
