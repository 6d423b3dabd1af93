"""Whether a file is a BPMN drawing with a process at all; what else it is, in words for whoever chose it."""

from lxml import etree

from app.drawing.element_reading import BPMN
from app.drawing.xml import local, namespace
from app.errors import DrawingBroken, Problem

OTHER_FILES = {  # the outermost name in files of other kinds
    "Package": "This is an XPDL file. Save the drawing as BPMN 2.0.",
    "mxfile": "This is a picture of draw.io. Draw it in a BPMN tool, or with ours.",
    "svg": "This is a picture (SVG). Save the drawing as BPMN 2.0.",
    "html": "This is a web page, not a BPMN drawing.",
}
OTHER_DRAWINGS = {  # what may stand in a BPMN file instead of a process
    "choreography": "It shows who talks to whom (a choreography), and no process that could be followed.",
    "globalChoreographyTask": "It shows who talks to whom (a choreography), and no process that could be followed.",
    "conversation": "It shows conversations, and no process that could be followed.",
    "collaboration": "It shows only closed pools, and no process in them that could be followed.",
}
NONE = "There is no process in this drawing."


def check(root: etree._Element, file: str) -> None:
    """``DrawingBroken`` where a file is no BPMN drawing, or has no process."""
    if root.tag != f"{BPMN}definitions":
        raise DrawingBroken(Problem(file, "", _what(root)))
    if root.find(f"{BPMN}process") is None:
        kinds = {local(node) for node in root}
        if any(local(node) in ("conversation", "subConversation") for node in root.iterfind(f"{BPMN}collaboration/*")):
            kinds.add("conversation")
        raise DrawingBroken(Problem(file, "", next((s for kind, s in OTHER_DRAWINGS.items() if kind in kinds), NONE)))


def _what(root: etree._Element) -> str:
    if local(root).lower() == "definitions" and "dmn" in namespace(root).lower():
        return "This is a decision table (DMN), not a BPMN drawing."
    if local(root).lower() == "definitions" and "bpmn" in namespace(root).lower():
        return "This is a drawing in an early edition of BPMN, which is not read here. Save it as BPMN 2.0."
    return OTHER_FILES.get(local(root), "This is XML, but not a BPMN drawing.")
