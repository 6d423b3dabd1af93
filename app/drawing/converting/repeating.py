"""Steps that are done once for each of several: over what, and as what each is known."""

from lxml import etree

from app.drawing.completing.repeats import MANY
from app.drawing.converting import expressions, foreign
from app.drawing.converting.conversion import Conversion, key_of, quoted
from app.drawing.element_reading import BPMN
from app.drawing.sheet import Node, text_of

INSTANCES = ("nrOf", "numberOf")  # how the engines of Camunda count the instances of a step
SAY_MANY = "Say for whom or how often it is repeated; until then a person is asked how often."


def several(conversion: Conversion) -> None:
    """Collections as the standard writes them, and conditions for enough."""
    for many in conversion.of_kind(MANY):
        if many.getparent().find(BPMN + MANY) is many:
            _collection(conversion, many)
            _number(conversion, many)
            _enough(conversion, many)


def _collection(conversion: Conversion, many: Node) -> None:
    step, drawn = many.getparent(), foreign.take(many, "loopCharacteristics")
    over = foreign.take_attribute(many, "collection") or (drawn[0].get("inputCollection", "") if drawn else "")
    each = foreign.take_attribute(many, "elementVariable") or (drawn[0].get("inputElement", "") if drawn else "")
    if drawn and drawn[0].get("outputCollection"):
        told = quoted(drawn[0].get("outputCollection", ""))
        conversion.left(step, f"In Camunda the answers of all were gathered as {told}. Here nothing gathers them yet.")
    if not over:
        return
    if text_of(many, "loopDataInputRef"):
        conversion.left(step, f"It says already for whom it is repeated, so {quoted(over)} was left out.")
        return
    fact = expressions.name_in(over)
    if not fact:
        told = f"In Camunda it was repeated for each of {quoted(over)}, which is worked out"
        conversion.left(step, f"{told}. {SAY_MANY}")
        return
    _write(conversion, step, many, fact, each)


def _write(conversion: Conversion, step: Node, many: Node, fact: str, each: str) -> None:
    for place, tag in enumerate(("loopDataInputRef", "inputDataItem") if each else ("loopDataInputRef",)):
        many.insert(place + len(foreign.children(many, foreign.EXTENSIONS)), etree.Element(BPMN + tag))
    many.find(f"{BPMN}loopDataInputRef").text = fact
    conversion.took(step, f"It is done once for each of {quoted(fact)}.")
    if each:
        own = _free(conversion, each)
        item = many.find(f"{BPMN}inputDataItem")
        item.set("id", own)
        item.set("name", each)
        if own != each:
            told = f"In Camunda each was called {quoted(each)}, which cannot be its name here"
            conversion.left(step, f"{told}. Here each is called {quoted(own)}: look at what speaks of it.")


def _free(conversion: Conversion, wanted: str) -> str:
    """An id that nothing in the file has: the name itself, where it can be."""
    taken = {node.get("id") for node in conversion.root.iter() if node.get("id")}
    base, number = key_of(wanted, "item"), 1
    own = base
    while own in taken:
        number += 1
        own = f"{base}_{number}"
    return own


def _number(conversion: Conversion, many: Node) -> None:
    said = text_of(many, "loopCardinality")
    if not expressions.is_expression(said):
        return
    feel = expressions.in_feel(said)
    node = many.find(f"{BPMN}loopCardinality")
    if feel is None:
        many.remove(node)
        conversion.left(many.getparent(), f"Camunda worked out how often, from {quoted(said)}. {SAY_MANY}")
        return
    node.text = feel
    conversion.took(many.getparent(), f"How often it is done is {quoted(feel)}.")


def _enough(conversion: Conversion, many: Node) -> None:
    """A condition for enough, unless it counts instances: that number is not known here."""
    node, said = many.find(f"{BPMN}completionCondition"), text_of(many, "completionCondition")
    if not said:
        return
    feel = expressions.in_feel(said, node.get("language", ""))
    if feel is None or any(word in said for word in INSTANCES):
        many.remove(node)
        told = f"In Camunda enough was done when {quoted(said)}"
        conversion.left(many.getparent(), f"{told}. That cannot be asked here, so every one is done.")
    elif feel != said:
        node.text = feel
        conversion.took(many.getparent(), f"Enough is done when {quoted(feel)}.")
