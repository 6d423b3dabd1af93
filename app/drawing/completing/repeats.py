"""Steps that are done several times, and do not say how often."""

from collections.abc import Iterator

from app.drawing import edits
from app.drawing.asking import ASKS
from app.drawing.completing.page import Page
from app.drawing.completing.questions import answer_of
from app.drawing.element_reading import BPMN
from app.drawing.expressions import unreadable
from app.drawing.findings import WARNING, Finding
from app.drawing.sheet import Node, property_of, text_of

MANY, LOOP = "multiInstanceLoopCharacteristics", "standardLoopCharacteristics"
MOST = 200  # times that one step may be repeated
OF_MANY = ("loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem", "loopCardinality")


def repeated(page: Page) -> Iterator[Finding]:
    """Loops without an end, and repetitions over nothing."""
    for node in page.sheet.steps():
        if node.find(BPMN + LOOP) is not None:
            yield from _loop(page, node)
        elif node.find(BPMN + MANY) is not None:
            yield from _many(page, node)


def _loop(page: Page, node: Node) -> Iterator[Finding]:
    loop = node.find(BPMN + LOOP)
    condition, most = text_of(node, f"{LOOP}/loopCondition"), loop.get("loopMaximum", "")
    problem = page.unclear(condition) if condition else ""
    if (condition and not problem) or (not condition and most.isdecimal() and int(most) > 0):
        return
    says = problem or "It is not said when to stop repeating this."
    reading = "It is one step: whoever does it repeats it as often as it needs, and then finishes it."
    yield page.open(
        node,
        "loop_without_end",
        says,
        reading,
        "Take the loop away",
        edits.clear(node.get("id"), LOOP),
        severity=WARNING,
    )


def _many(page: Page, node: Node) -> Iterator[Finding]:
    over, number = text_of(node, f"{MANY}/loopDataInputRef"), text_of(node, f"{MANY}/loopCardinality")
    until = text_of(node, f"{MANY}/completionCondition")
    if until and any(unreadable(until)):
        says = f"It is not understood when enough is done: ‘{until[:80]}’."
        change = edits.clear_in(node.get("id"), MANY, "completionCondition")
        yield page.open(node, "until_unreadable", says, "Every one is done.", "Do every one", change, severity=WARNING)
    problem = _problem(page, node, over, number)
    if problem:
        yield _ask_how_many(page, node, problem)


def _problem(page: Page, node: Node, over: str, number: str) -> str:
    if over and number:
        return "It says both for whom and how often this is repeated."
    if over and over not in page.beside.facts:
        return f"It is repeated for each of ‘{over}’, and nothing says who or what they are."
    if number.isdecimal() and int(number) > MOST:
        return f"It is repeated {number} times. At most {MOST} times is possible here."
    if number and page.unclear(number) and number != property_of(node, ASKS):
        return f"It is not understood how often this is repeated: ‘{number[:80]}’."
    return "" if over or number else "It is not said for whom or how often this is repeated."


def _ask_how_many(page: Page, node: Node, says: str) -> Finding:
    answer = answer_of(node)
    changes = (
        edits.clear_in(node.get("id"), MANY, *OF_MANY),
        edits.write(node.get("id"), f"{MANY}/loopCardinality", answer),
        edits.put_property(node.get("id"), ASKS, answer),
    )
    reading = "When it begins, a person is asked how many times it is to be done."
    return page.open(node, "how_many_unknown", says, reading, "Ask how many", *changes, severity=WARNING)
