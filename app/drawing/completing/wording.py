"""Words and forms: what people read on a step, and the form that it puts before them."""

from collections.abc import Iterator

from app.drawing import edits
from app.drawing.completing.page import Page
from app.drawing.findings import NOTE, WARNING, Finding
from app.drawing.sheet import Node, name, property_of, text_of

WORK = ("task", "userTask", "manualTask")
SAYS = {
    "step": "It has no words on it, so nobody knows what to do.",
    "question": "It has no words on it, so nobody knows what is asked.",
    "answer": "It has no words on it, so nobody knows which answer it is.",
}


def words(page: Page) -> Iterator[Finding]:
    """Steps, questions and answers without words."""
    for node in page.sheet.of_kind(*WORK):
        if not name(node):
            yield _without(page, node, "step")
    for node in page.sheet.of_kind("exclusiveGateway", "inclusiveGateway"):
        ways = page.sheet.leaving(node)
        if len(ways) > 1:
            if not name(node):
                yield _without(page, node, "question")
            elif any(name(way) for way in ways):
                yield from (_without(page, way, "answer") for way in ways if not name(way) and _is_asked(way, node))


def forms(page: Page) -> Iterator[Finding]:
    """Forms that are named and not there."""
    for node in page.sheet.steps():
        form = property_of(node, "formRef")
        if form and form not in page.beside.forms:
            says = f"It names the form ‘{form}’, which is not there."
            reading = "Whoever does it says in a plain form what came of it."
            change = edits.put_property(node.get("id"), "formRef", "")
            yield page.open(node, "form_of_nothing", says, reading, "Use the plain form", change, severity=WARNING)


def _without(page: Page, node: Node, what: str) -> Finding:
    return Finding(node.get("id", ""), page.label(node), f"{what}_without_words", NOTE, SAYS[what])


def _is_asked(way: Node, node: Node) -> bool:
    """Whether a way is taken by an answer; what is otherwise taken needs no words."""
    return bool(text_of(way, "conditionExpression")) and way.get("id") != node.get("default")
