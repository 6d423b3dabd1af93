"""Changes of a drawing that are values, so that they can be kept, sent to the editor and made one by one.

Each is a record with ``do`` and what it needs; elements are named by id. What an edit adds is drawn as well, and what
it takes away is taken out of the picture.
"""

from collections.abc import Callable, Iterable
from typing import Any

from lxml import etree

from app.drawing import drafting
from app.drawing.element_reading import BPMN, SPIFF
from app.drawing.findings import Edit
from app.drawing.sheet import DI, LOOKED_UP, Node, Sheet
from app.drawing.xml import local

POINTING = frozenset({"incoming", "outgoing", "flowNodeRef", "eventDefinitionRef"})
SPOILT = {  # what has to be looked up anew after an edit; all of it after the others
    "set": (),
    "property": (),
    "write": (),
    "become": ("_events_on",),
    "add": ("shapes",),
    "connect": ("_leaving", "_arriving", "shapes"),
    "redirect": ("_leaving", "_arriving", "shapes"),
}
BEFORE_EXTENSIONS = frozenset({"documentation"})
BEFORE_REST = frozenset({"documentation", "extensionElements", "auditing", "monitoring"})


def set_to(element: str, attribute: str, value: str | None, path: str = "") -> Edit:
    """An attribute with another value, or taken away; of a child where there is a ``path`` to it."""
    return {"do": "set", "element": element, "path": path, "attribute": attribute, "value": value}


def become(element: str, kind: str) -> Edit:
    """Another kind of element, at the same place."""
    return {"do": "become", "element": element, "kind": kind}


def put_property(element: str, key: str, value: str) -> Edit:
    """One of our own keys."""
    return {"do": "property", "element": element, "key": key, "value": value}


def write(element: str, path: str, text: str) -> Edit:
    """The text of a child, which is made where it is not there: ``timerEventDefinition/timeDuration``."""
    return {"do": "write", "element": element, "path": path, "text": text}


def clear(element: str, *kinds: str) -> Edit:
    """No children of these kinds any more, also not among the extensions of the engine."""
    return {"do": "clear", "element": element, "kinds": list(kinds)}


def clear_in(element: str, path: str, *kinds: str) -> Edit:
    """No children of these kinds any more in one of its children."""
    return {"do": "clear", "element": element, "path": path, "kinds": list(kinds)}


def remove(element: str) -> Edit:
    """The element goes, with its picture and whatever names it."""
    return {"do": "remove", "element": element}


def add(kind: str, new_id: str, near: str, side: str, words: str = "") -> Edit:
    """A new element to the "left" or "right" of another, in its scope and lane."""
    return {"do": "add", "kind": kind, "id": new_id, "near": near, "side": side, "name": words}


def connect(new_id: str, source: str, target: str) -> Edit:
    """A new arrow."""
    return {"do": "connect", "id": new_id, "source": source, "target": target}


def redirect(arrow: str, end: str, to: str) -> Edit:
    """Another end of an arrow; ``end`` is ``sourceRef`` or ``targetRef``."""
    return {"do": "redirect", "element": arrow, "end": end, "to": to}


def move(element: str, scope: str) -> Edit:
    """The same element, filed in another process or subprocess. Its picture stays."""
    return {"do": "move", "element": element, "scope": scope}


def as_message(arrow: str) -> Edit:
    """A sequence flow as a message flow, its picture as it was."""
    return {"do": "message", "element": arrow}


def rename(at: int, attribute: str, value: str) -> Edit:
    """An attribute of the element at a place in the file, counted from 0: for what has no id of its own."""
    return {"do": "rename", "at": at, "attribute": attribute, "value": value}


def take(at: int) -> Edit:
    """What stands at a place in the file, counted from 0, goes with all that is in it."""
    return {"do": "take", "at": at}


def apply(sheet: Sheet, edits: Iterable[Edit]) -> None:
    """Make changes, in order. What they name must be there."""
    for edit in edits:
        _ACTS[edit["do"]](sheet, edit)
        spoilt = SPOILT.get(edit["do"], LOOKED_UP)
        if spoilt:
            sheet.changed(*spoilt)


def _set(sheet: Sheet, edit: Edit) -> None:
    node = sheet.index[edit["element"]]
    found = node.find("/".join(BPMN + part for part in edit["path"].split("/"))) if edit["path"] else node
    _put(found, edit["attribute"], edit["value"])


def _rename(sheet: Sheet, edit: Edit) -> None:
    node = _at(sheet, edit)
    if edit["attribute"]:
        _put(node, edit["attribute"], edit["value"])
    else:
        node.text = edit["value"]


def _at(sheet: Sheet, edit: Edit) -> Node:
    return next(node for number, node in enumerate(sheet.root.iter()) if number == edit["at"])


def _put(node: Node, attribute: str, value: str | None) -> None:
    if value is None:
        node.attrib.pop(attribute, None)
    else:
        node.set(attribute, value)


def _become(sheet: Sheet, edit: Edit) -> None:
    sheet.index[edit["element"]].tag = BPMN + edit["kind"]


def set_own(node: Node, key: str, value: str) -> None:
    """One of our own keys, in place of one of the same name."""
    own = _child(_child(node, f"{BPMN}extensionElements", BEFORE_EXTENSIONS), f"{SPIFF}properties", frozenset())
    for old in [one for one in own if one.get("name") == key]:
        own.remove(old)
    etree.SubElement(own, f"{SPIFF}property", name=key, value=value)


def _write(sheet: Sheet, edit: Edit) -> None:
    node = sheet.index[edit["element"]]
    for part in edit["path"].split("/"):
        node = _child(node, BPMN + part, BEFORE_REST | {"incoming", "outgoing"})
    for child in list(node):
        node.remove(child)
    node.text = edit["text"]


def _child(node: Node, tag: str, after: frozenset[str]) -> Node:
    """The child with this tag, made behind those of the kinds ``after`` where it is not there."""
    found = node.find(tag)
    if found is None:
        place = max((n + 1 for n, child in enumerate(node) if local(child) in after), default=0)
        found = etree.Element(tag)
        node.insert(place, found)
    return found


def _clear(sheet: Sheet, edit: Edit) -> None:
    node = sheet.index[edit["element"]] if edit["element"] else sheet.root
    path = "/".join(BPMN + part for part in edit.get("path", "extensionElements").split("/"))
    around = [*node.iterfind(path)] if "path" in edit else [node, *node.iterfind(path)]
    for child in [child for one in around for child in one if local(child) in edit["kinds"] and _is_known(child)]:
        _take(child)


def _is_known(node: Node) -> bool:
    """Whether it is of the standard or of the engine: what other makers wrote is theirs."""
    return str(node.tag).startswith((BPMN, SPIFF))


def _remove(sheet: Sheet, edit: Edit) -> None:
    gone = edit["element"]
    for node in list(sheet.root.iter()):
        if local(node) in POINTING and (node.text or "").strip() == gone:
            _take(node)
        elif node.get("default") == gone:
            del node.attrib["default"]
        elif node.get("bpmnElement") == gone and node.tag.startswith(DI):
            _take(node)
    _take(sheet.index[gone])


def _take(node: Node) -> None:
    if node.getparent() is not None:
        node.getparent().remove(node)


def _add(sheet: Sheet, edit: Edit) -> None:
    near = sheet.index[edit["near"]]
    node = etree.Element(BPMN + edit["kind"], id=edit["id"])
    if edit["name"]:
        node.set("name", edit["name"])
    near.addnext(node)
    sheet.index[edit["id"]] = node
    for ref in [one for one in sheet.root.iter(f"{BPMN}flowNodeRef") if (one.text or "").strip() == edit["near"]]:
        beside = etree.Element(f"{BPMN}flowNodeRef")
        beside.text = edit["id"]
        ref.addnext(beside)
    drafting.place(sheet, edit["id"], edit["kind"], edit["near"], edit["side"])


def _connect(sheet: Sheet, edit: Edit) -> None:
    source = sheet.index[edit["source"]]
    arrow = etree.Element(f"{BPMN}sequenceFlow", id=edit["id"], sourceRef=edit["source"], targetRef=edit["target"])
    source.addnext(arrow)
    sheet.index[edit["id"]] = arrow
    drafting.draw_arrow(sheet, edit["id"], edit["source"], edit["target"])


def _move(sheet: Sheet, edit: Edit) -> None:
    sheet.index[edit["scope"]].append(sheet.index[edit["element"]])


def _message(sheet: Sheet, edit: Edit) -> None:
    arrow = sheet.index[edit["element"]]
    between = sheet.root.find(f"{BPMN}collaboration")
    for node in list(sheet.root.iter(f"{BPMN}incoming", f"{BPMN}outgoing")):
        if (node.text or "").strip() == edit["element"]:
            _take(node)
    arrow.tag = f"{BPMN}messageFlow"
    for child in [child for child in arrow if local(child) == "conditionExpression"]:
        _take(child)
    between.append(arrow)


def _redirect(sheet: Sheet, edit: Edit) -> None:
    arrow = sheet.index[edit["element"]]
    for node in list(sheet.root.iter(f"{BPMN}incoming" if edit["end"] == "targetRef" else f"{BPMN}outgoing")):
        if (node.text or "").strip() == edit["element"]:
            _take(node)
    arrow.set(edit["end"], edit["to"])
    drafting.move_end(sheet, edit["element"], edit["end"], edit["to"])


_ACTS: dict[str, Callable[[Sheet, Any], None]] = {
    "set": _set,
    "rename": _rename,
    "take": lambda sheet, edit: _take(_at(sheet, edit)),
    "become": _become,
    "property": lambda sheet, edit: set_own(sheet.index[edit["element"]], edit["key"], edit["value"]),
    "write": _write,
    "clear": _clear,
    "remove": _remove,
    "add": _add,
    "connect": _connect,
    "redirect": _redirect,
    "move": _move,
    "message": _message,
}
