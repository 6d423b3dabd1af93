"""What tools write in several ways, and means the same: read in one way, so that nothing else has to know.

Switches are ``true`` or ``false``; a reference with the prefix of the file's own names (a QName) is the id itself.
"""

from collections.abc import Collection

from lxml import etree

BOOLEANS = frozenset(
    "isExecutable isClosed isInterrupting cancelActivity triggeredByEvent isForCompensation isSequential testBefore "
    "instantiate parallelMultiple isCollection isHorizontal isExpanded isMarkerVisible".split()
)
POINTING = ("bpmnElement", "default", "calledElement")  # attributes that name an element and do not end in "Ref"
POINTING_TEXTS = ("incoming", "outgoing")


def spell(root: etree._Element) -> None:
    """Write switches and references in one way. Changes ``root``."""
    ids = {node.get("id") for node in root.iter() if node.get("id")}
    for node in root.iter():
        _say_yes_or_no(node)
        for key in [key for key in map(str, node.attrib) if key.endswith("Ref") or key in POINTING]:
            node.set(key, _without_prefix(node, node.get(key, ""), ids))
        name = etree.QName(node).localname
        if node.text and ":" in node.text and (name.endswith("Ref") or name in POINTING_TEXTS):
            node.text = _without_prefix(node, node.text.strip(), ids)


def _say_yes_or_no(node: etree._Element) -> None:
    """XML Schema also has 1 and 0, and some tools write TRUE."""
    for key in BOOLEANS.intersection(map(str, node.attrib)):
        said = node.get(key, "").strip().lower()
        node.set(key, {"1": "true", "0": "false"}.get(said, said))


def _without_prefix(node: etree._Element, reference: str, ids: Collection[str | None]) -> str:
    prefix, colon, own = reference.partition(":")
    return own if colon and reference not in ids and own in ids and prefix in node.nsmap else reference
