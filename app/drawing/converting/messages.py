"""Messages that programs sent to the engine: here a person says that one has come, unless the drawing sends it."""

from app.drawing.asking import ARRIVED, ASKS
from app.drawing.converting.conversion import Conversion
from app.drawing.sheet import Node, definitions, event_of

MESSAGE = "message"


def waited_for(conversion: Conversion) -> None:
    """Events that wait for a message which nothing in the file sends."""
    sent = {_named(one) for one in conversion.of_kind("intermediateThrowEvent", "endEvent", "sendTask")} - {""}
    for node in conversion.of_kind("intermediateCatchEvent", "boundaryEvent"):
        if event_of(node) == MESSAGE and _named(node) not in sent and not conversion.has_own(node):
            conversion.keep(node, ASKS, ARRIVED)
            conversion.left(node, "In Camunda a program sent this message. Now a person says when it has come.")


def _named(node: Node) -> str:
    return next((ref for one in (node, *definitions(node)) if (ref := one.get("messageRef", ""))), "")
