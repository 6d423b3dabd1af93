"""Gateways whose ways have no conditions: a person is asked, with the words on the arrows as answers.

The property ``asks`` on a gateway names the fact in which the answer is kept; each arrow compares that fact.
"""

import re
from collections.abc import Iterator

from app.drawing import edits
from app.drawing.asking import ASKS
from app.drawing.completing.answers import is_yes, no_for
from app.drawing.completing.bounds import forked_by
from app.drawing.completing.page import Page
from app.drawing.element_reading import BPMN
from app.drawing.expressions import unknown, unreadable
from app.drawing.findings import NOTE, WARNING, Edit, Finding
from app.drawing.sheet import Node, event_of, kind, name, property_of, text_of

CONDITION = "conditionExpression"
WAITING = frozenset({"message", "timer", "signal", "conditional"})


def complex_gateways(page: Page) -> Iterator[Finding]:
    """Complex gateways say in prose or in code what they do."""
    for node in page.sheet.of_kind("complexGateway"):
        says = "A complex gateway has a rule of its own, which is not executed here."
        reading = (
            "It is read as an inclusive gateway: one or more ways are taken, and all that were taken are waited for."
        )
        changes = (edits.become(node.get("id"), "inclusiveGateway"), edits.clear(node.get("id"), "activationCondition"))
        yield page.open(node, "complex_gateway", says, reading, "Draw an inclusive gateway", *changes, severity=WARNING)


def event_gateways(page: Page) -> Iterator[Finding]:
    """Event-based gateways lead to events only, each with this one arrow."""
    for node in page.sheet.of_kind("eventBasedGateway"):
        targets = [page.sheet.target(arrow) for arrow in page.sheet.leaving(node)]
        if all(one is not None and _can_be_waited_for(page, one) for one in targets) and targets:
            continue
        says = "What follows this is not an event that could be waited for."
        reading = "A person is asked which way to go on."
        change = edits.become(node.get("id"), "exclusiveGateway")
        yield page.open(
            node, "event_gateway_without_events", says, reading, "Draw a question", change, severity=WARNING
        )


def conditions(page: Page) -> Iterator[Finding]:
    """Conditions where none can stand, and those that cannot be read."""
    for arrow in page.sheet.arrows():
        condition, source = text_of(arrow, CONDITION), page.sheet.source(arrow)
        if arrow.find(BPMN + CONDITION) is None or source is None:
            continue
        if kind(source) not in ("exclusiveGateway", "inclusiveGateway"):
            says = "Only an arrow out of a question can have a condition."
            yield _unconditional(page, arrow, "condition_out_of_place", says, "The arrow is always followed.")
        elif not condition or any(unreadable(condition)):
            yield _unread(page, arrow, source, condition)
        elif not property_of(source, ASKS) and (lacking := unknown(condition, page.beside.facts)):
            named = " and ".join(f"‘{fact}’" for fact in lacking)
            says = f"Its condition uses {named}, which no form, table or script gives."
            yield _ask_instead(page, arrow, source, "fact_without_source", says)


def defaults(page: Page) -> Iterator[Finding]:
    """A default way that is none of the ways."""
    for node in page.sheet.steps():
        if node.get("default") and not _has_default(page, node):
            says = "The way that is marked as the default does not begin here, or cannot be one."
            change = edits.set_to(node.get("id"), "default", None)
            yield page.open(node, "default_elsewhere", says, "There is no default way.", "Take the mark away", change)


def _has_default(page: Page, node: Node) -> bool:
    """Whether the default way begins here, and other ways could be taken instead of it."""
    ways = page.sheet.leaving(node)
    if node.get("default") not in {arrow.get("id") for arrow in ways}:
        return False
    if kind(node).endswith("Gateway"):
        return kind(node) in ("exclusiveGateway", "inclusiveGateway")
    return len(ways) > 1 and forked_by(page, ways) != "parallelGateway"


def questions(page: Page) -> Iterator[Finding]:
    """Ways out of a question that have no condition."""
    for node in page.sheet.of_kind("exclusiveGateway", "inclusiveGateway"):
        ways = page.sheet.leaving(node)
        open_ = [one for one in ways if not text_of(one, CONDITION) and one.get("id") != node.get("default")]
        if len(ways) < 2 or not open_ or property_of(node, ASKS):
            continue
        if len(open_) == 1 and not node.get("default"):
            yield _otherwise(page, node, open_[0])
        else:
            yield ask(page, node, "way_without_condition", "The drawing does not say how this is decided.")


def ask(page: Page, node: Node, kind_: str, says: str, severity: str = NOTE) -> Finding:
    """The reading of a gateway that a person decides."""
    answer, ways = answer_of(node), page.sheet.leaving(node)
    labels = answers(page, ways)
    several = kind(node) == "inclusiveGateway"
    changes: list[Edit] = [edits.put_property(node.get("id"), ASKS, answer)]
    for way, label in zip(ways, labels, strict=True):
        if name(way) != label:
            changes.append(edits.set_to(way.get("id"), "name", label))
        quoted = '"' + label.replace("\\", "\\\\").replace('"', '\\"') + '"'
        test = f"list contains({answer}, {quoted})" if several else f"{answer} = {quoted}"
        changes.append(edits.write(way.get("id"), CONDITION, test))
    if node.get("default"):
        changes.append(edits.set_to(node.get("id"), "default", None))
    said = ", ".join(f"‘{label}’" for label in labels)
    reading = f"A person is asked{' for one or more of' if several else ''}: {said}."
    return page.open(node, kind_, says, reading, "Ask a person", *changes, severity=severity)


def answers(page: Page, ways: list[Node]) -> list[str]:
    """An answer for each way, all different: the words on it, else what is missing to yes, else where it leads."""
    said = [name(way) for way in ways]
    if len(ways) == 2 and said.count("") == 1:
        other = next(words for words in said if words)
        if is_yes(other):
            said[said.index("")] = no_for(other)
    found: list[str] = []
    for way, words in zip(ways, said, strict=True):
        target = page.sheet.target(way)
        words = words or (f"Go on to {page.label(target)}" if target is not None else "Go on")
        if words in found and target is not None:
            words = f"{words}: {page.label(target)}"
        base, number = words, 2
        while words in found:
            words, number = f"{base} ({number})", number + 1
        found.append(words[:200])
    return found


def answer_of(node: Node) -> str:
    """The fact in which the answer to a question of the drawing is kept."""
    return "answer_" + re.sub(r"\W", "_", node.get("id", ""), flags=re.ASCII)


def _can_be_waited_for(page: Page, node: Node) -> bool:
    is_event = kind(node) == "intermediateCatchEvent" and event_of(node) in WAITING
    is_free = kind(node) == "receiveTask" and not page.sheet.events_on(node)
    return (is_event or is_free) and len(page.sheet.arriving(node)) == 1


def _unconditional(page: Page, arrow: Node, kind_: str, says: str, reading: str) -> Finding:
    change = edits.clear(arrow.get("id"), CONDITION)
    return page.open(arrow, kind_, says, reading, "Take the condition away", change, severity=WARNING)


def _unread(page: Page, arrow: Node, source: Node, condition: str) -> Finding:
    if not condition:
        reading = "It is read as an arrow without a condition."
        change = edits.clear(arrow.get("id"), CONDITION)
        return page.open(arrow, "condition_empty", "Its condition is empty.", reading, "Take it away", change)
    says = f"Its condition cannot be read: ‘{condition[:120]}’."
    return _ask_instead(page, arrow, source, "condition_unreadable", says)


def _ask_instead(page: Page, arrow: Node, source: Node, kind_: str, says: str) -> Finding:
    """None of the ways keeps its condition: they would not fit together."""
    reading = f"A person is asked at {page.quoted(source)}."
    changes = [edits.clear(way.get("id"), CONDITION) for way in page.sheet.leaving(source)]
    changes.append(edits.set_to(source.get("id"), "default", None))
    return page.open(arrow, kind_, says, reading, "Ask a person instead", *changes, severity=WARNING)


def _otherwise(page: Page, node: Node, way: Node) -> Finding:
    says = f"The way {page.quoted(way)} has no condition, and every other way has one."
    reading = "It is taken when no other way fits."
    change = edits.set_to(node.get("id"), "default", way.get("id"))
    return page.open(node, "way_without_condition", says, reading, "Make it the default way", change)
