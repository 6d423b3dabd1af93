"""Steps that say what is done, but not by what: a person does them."""

from collections.abc import Iterator

from app.drawing import edits, expressions
from app.drawing.completing.page import Page
from app.drawing.element_reading import BPMN, SPIFF
from app.drawing.findings import NOTE, WARNING, Finding
from app.drawing.sheet import Node, kind, property_of, text_of
from app.drawing.xml import local

BY_HAND = "A person does it and says what came of it."
FIX = "Make it a step for a person"
LOOPS = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")
EVERYWHERE = frozenset(  # what an activity of any kind may hold
    "documentation extensionElements auditing monitoring incoming outgoing ioSpecification property "
    "dataInputAssociation dataOutputAssociation resourceRole performer humanPerformer potentialOwner".split()
)
EMPTY = ("subProcess", "transaction", "adHocSubProcess")


def done_by_people(page: Page) -> Iterator[Finding]:
    """Tasks that nothing carries out."""
    for node in page.sheet.of_kind("task", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask"):
        says = _lacks(page, node)
        if says:
            is_plain = kind(node) == "task"
            yield _by_hand(page, node, "task_without_type" if is_plain else "task_without_implementation", says)


def pages_called(page: Page) -> Iterator[Finding]:
    """Calls of pages that are not there."""
    own = {one.get("id", "") for one in page.sheet.processes}
    known = {one.get("id", "") for one in page.sheet.processes if page.sheet.steps(one)} | page.beside.processes - own
    for node in page.sheet.of_kind("callActivity"):
        called = node.get("calledElement", "")
        if called not in known:
            says = (
                f"It calls the page ‘{called}’, which is not there."
                if called
                else "It does not say which page it calls."
            )
            yield _by_hand(page, node, "call_of_nothing", says)


def subprocesses(page: Page) -> Iterator[Finding]:
    """Subprocesses in which nothing is drawn, and those whose steps have no order."""
    for node in page.sheet.of_kind("adHocSubProcess"):
        if page.sheet.steps(node):
            says = "The steps in this subprocess have no order. The sign for that is not executed here."
            reading = "All of them are done, side by side."
            fix = (edits.become(node.get("id"), "subProcess"), edits.clear(node.get("id"), "completionCondition"))
            yield page.open(node, "no_order", says, reading, "Draw an ordinary subprocess", *fix, severity=WARNING)
    for node in page.sheet.of_kind(*EMPTY):
        if not page.sheet.steps(node):
            yield _empty(page, node)


def _lacks(page: Page, node: Node) -> str:
    """What keeps a task from being carried out by itself; "" where it is."""
    if kind(node) == "task":
        return "It is not said who or what does this step."
    if kind(node) == "receiveTask":
        is_next = any(
            kind(s) == "eventBasedGateway" for a in page.sheet.arriving(node) if (s := page.sheet.source(a)) is not None
        )
        return "" if is_next else "What it waits for is brought by people."
    if kind(node) == "scriptTask":
        script = text_of(node, "script")
        problem = next(expressions.unreadable_script(script), "") if script else "It has no script."
        return problem and f"This script cannot be carried out. {problem}"
    if kind(node) == "businessRuleTask":
        decision = _decision(node)
        return "" if decision in page.beside.tables else "The decision table that it asks is not there."
    return "" if _wants(node) else "It is not said what carries this step out."


def _decision(node: Node) -> str:
    found = node.find(f"{BPMN}extensionElements/{SPIFF}calledDecisionId")
    return (found.text or "").strip() if found is not None else ""


def _wants(node: Node) -> bool:
    """Whether it asks the world outside for something: a letter, or another of our properties."""
    if kind(node) == "sendTask":
        return bool(property_of(node, "letter"))
    return node.find(f"{BPMN}extensionElements/{SPIFF}properties/{SPIFF}property") is not None


def _by_hand(page: Page, node: Node, kind_: str, says: str) -> Finding:
    severity = NOTE if kind_ == "task_without_type" else WARNING
    keep = EVERYWHERE.union(LOOPS)
    rest = [local(child) for child in node if local(child) not in keep]
    own = [local(one) for one in node.iterfind(f"{BPMN}extensionElements/{SPIFF}*") if local(one) != "properties"]
    changes = [edits.become(node.get("id"), "userTask")]
    changes += [edits.clear(node.get("id"), *rest, *own)] if rest or own else []
    changes += [
        edits.set_to(node.get("id"), attribute, None)
        for attribute in ("calledElement", "messageRef", "operationRef", "scriptFormat")
        if node.get(attribute) is not None
    ]
    return page.open(node, kind_, says, BY_HAND, FIX, *changes, severity=severity)


def _empty(page: Page, node: Node) -> Finding:
    if node.get("triggeredByEvent") == "true":
        says = "Nothing is drawn in this frame."
        reading = "It is read as if it were not there."
        return page.open(
            node, "empty_frame", says, reading, "Take it away", edits.remove(node.get("id")), severity=WARNING
        )
    return _by_hand(page, node, "empty_subprocess", "Nothing is drawn in this subprocess, so it is one step.")
