"""A drawing as it is handed to SpiffWorkflow 3.2: without what has no meaning for a run, and with what it overlooks.

Each change of the tree keeps the meaning of BPMN 2.0.2: links are arrows, a case that is opened has begun, what asks a
person has a task in which the person is asked. Elements that are made here have the id of theirs and a suffix.
"""

from collections.abc import Iterator

from lxml import etree

from app.drawing.asking import ARRIVED, ASKS, form_key
from app.drawing.element_reading import BPMN, SPIFF
from app.drawing.sheet import Node, Sheet, definitions, event_of, kind, name, property_of

NOT_EXECUTED = (  # kept in the file and in the picture, without meaning for the run: tokens carry no data here
    "ioSpecification",
    "dataInputAssociation",
    "dataOutputAssociation",
    "dataObject",
    "dataObjectReference",
    "dataStore",
    "dataStoreReference",
    "property",
    "category",
    "artifact",
)
ASKING = ".asks"  # behind the id of an element: the task in which a person is asked what the element has to know
COMPENSATION = ("compensate", "compensation")


def woven(root: Node) -> Node:
    """The drawing as it is executed. Changes ``root``."""
    for element in list(root.iter(*(BPMN + tag for tag in NOT_EXECUTED))):
        element.getparent().remove(element)
    sheet = Sheet(root)
    _without_empty_pools(sheet)
    _without_compensation(sheet)
    for process in sheet.processes:
        process.set("isExecutable", "true")
        _begin_when_opened(sheet, process)
    for scope in sheet.scopes():
        _join_links(sheet, scope)
        if not any(kind(one) == "endEvent" for one in sheet.steps(scope)):
            etree.SubElement(scope, f"{BPMN}endEvent", id=f"{scope.get('id')}.end")  # the library wants one
    for node in sheet.steps():
        if property_of(node, ASKS) not in ("", ARRIVED):
            _ask_before(sheet, node)
    return root


def _without_empty_pools(sheet: Sheet) -> None:
    """A process in which nothing is drawn is only somebody's name."""
    for process in [one for one in sheet.processes if not sheet.steps(one)]:
        process.getparent().remove(process)


def _without_compensation(sheet: Sheet) -> None:
    """What undoes something is started by people, where a completed drawing asks them to."""
    for event in sheet.of_kind("boundaryEvent"):
        if event_of(event) in COMPENSATION:
            event.getparent().remove(event)
    sheet.changed()


def _begin_when_opened(sheet: Sheet, process: Node) -> None:
    """A process that only messages or signals begin has begun when its case is opened: that is the message."""
    starts = [one for one in sheet.steps(process) if kind(one) == "startEvent"]
    if all(definitions(one) for one in starts):
        for start in starts:
            for definition in definitions(start):
                if event_of(start) in ("message", "signal"):
                    start.remove(definition)


def _join_links(sheet: Sheet, scope: Node) -> None:
    """A link is an arrow that is not drawn (BPMN 2.0.2 clause 10.5.5)."""
    events = [one for one in sheet.steps(scope) if event_of(one) == "link"]
    targets = {_link(one): one for one in reversed(events) if kind(one) == "intermediateCatchEvent"}
    for one in events:
        if kind(one) != "intermediateCatchEvent" and _link(one) in targets:
            _arrow(one, targets[_link(one)], f"{one.get('id')}.link")
    for one in events:
        one.tag = f"{BPMN}intermediateThrowEvent"
        one.remove(definitions(one)[0])
    if events:
        sheet.changed()


def _link(node: Node) -> str:
    return definitions(node)[0].get("name", "") or name(node)


def _ask_before(sheet: Sheet, node: Node) -> None:
    """A task before an element in which a person is asked, in the same lane."""
    own = node.get("id")
    task = etree.Element(f"{BPMN}userTask", id=own + ASKING, name=name(node))
    extensions = etree.SubElement(etree.SubElement(task, f"{BPMN}extensionElements"), f"{SPIFF}properties")
    for key, value in _of_asking(node):
        etree.SubElement(extensions, f"{SPIFF}property", name=key, value=value)
    node.addprevious(task)
    for arrow in sheet.arriving(node):
        arrow.set("targetRef", own + ASKING)
    _arrow(task, node, f"{own}{ASKING}.then")
    for ref in [one for one in sheet.root.iter(f"{BPMN}flowNodeRef") if (one.text or "").strip() == own]:
        beside = etree.Element(f"{BPMN}flowNodeRef")
        beside.text = own + ASKING
        ref.addnext(beside)
    sheet.changed()


def _of_asking(node: Node) -> Iterator[tuple[str, str]]:
    yield "formRef", form_key(node.get("id"))
    if property_of(node, "candidateGroup"):
        yield "candidateGroup", property_of(node, "candidateGroup")


def _arrow(source: Node, target: Node, own: str) -> None:
    arrow = etree.Element(f"{BPMN}sequenceFlow", id=own, sourceRef=source.get("id"), targetRef=target.get("id"))
    source.addnext(arrow)
