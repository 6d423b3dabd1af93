"""What stands in a file in the namespaces of Camunda: whether there is any, and taking it out piece by piece.

What is taken out is gone from the file, so that at the end only that stands there which nobody asked for.
"""

from collections.abc import Iterator

from lxml import etree

from app.drawing.element_reading import BPMN, SPIFF
from app.drawing.sheet import Node
from app.drawing.xml import local

CAMUNDA, DMN = "{http://camunda.org/schema/1.0/bpmn}", "{http://camunda.org/schema/1.0/dmn}"
ZEEBE, MODELER = "{http://camunda.org/schema/zeebe/1.0}", "{http://camunda.org/schema/modeler/1.0}"
SPACES = (CAMUNDA, DMN, ZEEBE, MODELER)
CLOUD = "Camunda Cloud"  # how the modeler names the engine of Camunda 8
EXTENSIONS = "extensionElements"
SEVEN, EIGHT = "Camunda 7", "Camunda 8"


def product(root: Node) -> str:
    """For which product a file was written; "" where it uses none of the namespaces."""
    used = {space for node in root.iter() for name in (node.tag, *node.attrib) for space in _space(name)}
    if not used:
        return ""
    if ZEEBE in used or root.get(f"{MODELER}executionPlatform") == CLOUD:
        return EIGHT
    return SEVEN


def take_attribute(node: Node, name: str) -> str:
    """An attribute of Camunda, taken out of the file; "" where it is not there."""
    found = [node.attrib.pop(space + name) for space in SPACES if space + name in node.attrib]
    return str(found[0]).strip() if found else ""


def take(node: Node, *names: str) -> list[Node]:
    """The extensions of Camunda with these names on an element, taken out of the file."""
    found = [one for own in _extensions(node) for one in own if is_foreign(one) and local(one) in names]
    for one in found:
        remove(one)
    return found


def is_foreign(node: Node) -> bool:
    """Whether an element is one of Camunda."""
    return str(node.tag).startswith(SPACES)


def children(node: Node, *names: str) -> list[Node]:
    """The children with these names, of whatever namespace."""
    return [one for one in node if local(one) in names]


def remove(node: Node) -> None:
    """Take an element out, and the list of extensions around it when nothing is left in it."""
    around = node.getparent()
    around.remove(node)
    if local(around) == EXTENSIONS and not len(around) and around.getparent() is not None:
        around.getparent().remove(around)


def leftovers(root: Node) -> Iterator[tuple[Node, str]]:
    """Everything of Camunda that is left, taken out: (the element that it stood on, its name)."""
    for node in list(root.iter()):
        if is_foreign(node):
            around = node.getparent()
            if around is None or is_foreign(around):
                continue
            owner = around.getparent() if local(around) == EXTENSIONS else around
            remove(node)
            yield owner, local(node)
            continue
        for key in [str(key) for key in node.attrib if _space(key)]:
            del node.attrib[key]
            yield node, etree.QName(key).localname


def forget(root: Node) -> None:
    """Take the prefixes of Camunda out, which nothing uses any more."""
    known = {(prefix, uri) for node in root.iter() for prefix, uri in node.nsmap.items() if prefix}
    kept = sorted({prefix for prefix, uri in known if f"{{{uri}}}" not in SPACES})
    etree.cleanup_namespaces(root, top_nsmap={"spiffworkflow": SPIFF.strip("{}")}, keep_ns_prefixes=kept)


def _extensions(node: Node) -> list[Node]:
    return [one for one in node if one.tag == BPMN + EXTENSIONS]


def _space(name: object) -> list[str]:
    return [space for space in SPACES if str(name).startswith(space)]
