"""Conditions: of arrows, of loops, of events that wait until something is true."""

from app.drawing.checks import ASKING
from app.drawing.converting import expressions, foreign
from app.drawing.converting.conversion import Conversion, quoted
from app.drawing.element_reading import BPMN
from app.drawing.expressions import unreadable
from app.drawing.sheet import FLOW, Node, text_of
from app.drawing.xml import local

CONDITION = "conditionExpression"
OTHERS = {  # where else a condition stands, and what becomes of it when it is left out
    "conditionalEventDefinition/condition": "Say in words what it waits for.",
    "standardLoopCharacteristics/loopCondition": "Say until when it is repeated.",
}


def arrows(conversion: Conversion) -> None:
    """Conditions on arrows. Where one of a gateway cannot be read, all of them are left out: half of them would lead
    a case the wrong way, and without any a person is asked. Out of a step, arrows without conditions would all be
    followed: there it stays as it is written, and the check asks a person because of it.
    """
    by_source: dict[str, list[Node]] = {}
    for arrow in conversion.root.iter(FLOW):
        if text_of(arrow, CONDITION) or arrow.find(f"{BPMN}{CONDITION}") is not None:
            by_source.setdefault(arrow.get("sourceRef", ""), []).append(arrow)
    for source, ways in by_source.items():
        feel = [_read(way.find(f"{BPMN}{CONDITION}")) for way in ways]
        is_asked = local(conversion.page.sheet.index.get(source, conversion.root)) in ASKING
        for way, said in zip(ways, feel, strict=True):
            if is_asked and None in feel:
                _leave_out(conversion, way, said)
            elif said is None:
                _keep(conversion, way)
            else:
                _write(conversion, way, said)


def others(conversion: Conversion) -> None:
    """Conditions that stand elsewhere."""
    for path, advice in OTHERS.items():
        kind, _, tag = path.partition("/")
        for around in conversion.of_kind(kind):
            node = around.find(BPMN + tag)
            if node is None or not expressions.is_expression(node.text or ""):
                continue
            said, feel = (node.text or "").strip(), _read(node)
            if feel is None:
                around.remove(node)
                conversion.left(around, f"Its condition cannot be read here: {quoted(said)}. {advice}")
            else:
                node.text = feel
                conversion.took(around, f"Its condition is {quoted(feel)}.")


def _read(node: Node) -> str | None:
    resource = foreign.take_attribute(node, "resource")
    return None if resource else expressions.in_feel(node.text or "", node.get("language", ""))


def _write(conversion: Conversion, way: Node, feel: str) -> None:
    node = way.find(f"{BPMN}{CONDITION}")
    node.attrib.pop("language", None)
    if feel != (node.text or "").strip():
        node.text = feel
        conversion.took(way, f"It is taken when {quoted(feel)}.")


def _keep(conversion: Conversion, way: Node) -> None:
    """The words as they are, marked where they could be mistaken for FEEL."""
    node = way.find(f"{BPMN}{CONDITION}")
    said, language = (node.text or "").strip(), node.attrib.pop("language", "")
    if not any(unreadable(said or "null")):
        node.text = f"{language or 'script'}: {said}"
    told = f"Its condition cannot be read here: {quoted(said or 'a script in another file')}"
    conversion.left(way, f"{told}. Draw a question after the step, and write it there; until then a person is asked.")


def _leave_out(conversion: Conversion, way: Node, feel: str | None) -> None:
    node = way.find(f"{BPMN}{CONDITION}")
    said = node.text or "a script in another file"
    way.remove(node)
    if feel is None:
        told = f"Its condition cannot be read here: {quoted(said)}. A person is asked which way to go"
        conversion.left(way, f"{told}, until you write a condition on every way.")
    else:
        told = f"Its condition was {quoted(feel)}. It was left out, because another way has one that cannot be read"
        conversion.left(way, f"{told}. Write it again when that one is mended.")
