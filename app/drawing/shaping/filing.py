"""The small print of a BPMN file: each step lists the arrows into and out of it, where the file does that at all."""

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from app.drawing.element_reading import BPMN
from app.drawing.sheet import Node, Sheet
from app.drawing.xml import local, namespace

BEFORE = frozenset({"documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef"})
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
INDENT = "  "
FORMAL = "tFormalExpression"


def file_arrows(sheet: Sheet) -> None:
    """``incoming`` and ``outgoing`` of every step as its arrows are, in the order in which they were listed."""
    if not any(True for _ in sheet.root.iter(f"{BPMN}incoming", f"{BPMN}outgoing")):
        return
    for node in sheet.steps():
        _list(node, "incoming", [one.get("id", "") for one in sheet.arriving(node)])
        _list(node, "outgoing", [one.get("id", "") for one in sheet.leaving(node)])


def is_indented(root: Node) -> bool:
    """Whether a file is written with each level two spaces further in, as our own are."""
    other = deepcopy(root)
    etree.indent(other, space=INDENT)
    return bool(etree.tostring(other) == etree.tostring(root))


def indent(root: Node) -> None:
    """The file written so again, after something was added."""
    etree.indent(root, space=INDENT)


def _list(node: Node, tag: str, arrows: list[str]) -> None:
    listed = [child for child in node if child.tag == BPMN + tag]
    old = [(child.text or "").strip() for child in listed]
    kept = [one for one in dict.fromkeys(old) if one in arrows]
    wanted = [*kept, *(one for one in arrows if one not in kept)]
    if old == wanted:
        return
    for child in listed:
        node.remove(child)
    before = BEFORE | ({"incoming"} if tag == "outgoing" else set())
    place = _behind(node, before)
    for offset, one in enumerate(wanted):
        child = etree.Element(BPMN + tag)
        child.text = one
        node.insert(place + offset, child)


def _behind(node: Node, kinds: Iterable[str]) -> int:
    return max(
        (n + 1 for n, child in enumerate(node) if isinstance(child.tag, str) and local(child) in kinds), default=0
    )


def formal(parent: Node, tag: str, text: str) -> Node:
    """An expression as a child, marked as one that is to be worked out."""
    node = next((child for child in parent if child.tag == BPMN + tag), None)
    if node is None:
        node = etree.SubElement(parent, BPMN + tag)
    for child in list(node):
        node.remove(child)
    node.text = text
    prefix = next((key for key, uri in parent.nsmap.items() if f"{{{uri}}}" == BPMN), None)
    node.set(f"{XSI}type", f"{prefix}:{FORMAL}" if prefix else FORMAL)
    return node


def root_element(sheet: Sheet, kind: str, id_: str, **attributes: str) -> Node:
    """A message, escalation or the like beside the processes, made where it is not there."""
    for node in sheet.root:
        if isinstance(node.tag, str) and node.tag == BPMN + kind and node.get("name") == attributes.get("name"):
            return node
    node = etree.Element(BPMN + kind, {"id": id_, **attributes})
    last = max(
        (n for n, one in enumerate(sheet.root) if namespace(one).endswith("/MODEL") and local(one) != "BPMNDiagram"),
        default=-1,
    )
    sheet.root.insert(last + 1, node)
    sheet.changed("index")
    return node
