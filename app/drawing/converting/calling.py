"""What a step asks or calls: decision tables and other pages."""

from app.drawing.converting import expressions, foreign
from app.drawing.converting.conversion import Conversion, quoted
from app.drawing.element_reading import BPMN, SPIFF
from app.drawing.shaping import making
from app.drawing.sheet import Node


def tables(conversion: Conversion) -> None:
    """The decision table behind a business rule task."""
    for node in conversion.of_kind("businessRuleTask"):
        drawn = foreign.take(node, "calledDecision")
        said = foreign.take_attribute(node, "decisionRef") or (drawn[0].get("decisionId", "") if drawn else "")
        answer = foreign.take_attribute(node, "resultVariable") or (drawn[0].get("resultVariable", "") if drawn else "")
        if said:
            _table(conversion, node, said, answer)


def _table(conversion: Conversion, node: Node, said: str, answer: str) -> None:
    own = node.find(f"{BPMN}extensionElements/{SPIFF}{making.DECISION}")
    if own is not None:
        conversion.left(node, f"It says already which table it asks, so {quoted(said)} was left out.")
    elif expressions.is_expression(said):
        conversion.left(node, f"Camunda worked out which table it asks, from {quoted(said)}. Choose the table.")
    else:
        making.set_decision(node, said)
        conversion.took(node, f"It asks the decision table {quoted(said)}.")
        if answer:
            told = f"In Camunda its answer was called {quoted(answer)}. Here the table names its answers"
            conversion.left(node, f"{told}. Look at what speaks of {quoted(answer)}.")


def pages(conversion: Conversion) -> None:
    """The page behind a call activity."""
    for node in conversion.of_kind("callActivity"):
        drawn = foreign.take(node, "calledElement")
        said = drawn[0].get("processId", "") if drawn else ""
        if said and not node.get("calledElement") and not expressions.is_expression(said):
            node.set("calledElement", said)
            conversion.took(node, f"It calls the page {quoted(said)}.")
        said = said if expressions.is_expression(said) else node.get("calledElement", "")
        if expressions.is_expression(said):
            node.attrib.pop("calledElement", None)
            conversion.left(node, f"Camunda worked out which page it calls, from {quoted(said)}. Choose the page.")
        if case := foreign.take_attribute(node, "caseRef"):
            conversion.left(node, f"It called the case {quoted(case)} (CMMN). Draw it as a page, and call that.")
