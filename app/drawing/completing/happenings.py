"""Events that do not say what they wait for, or what cannot happen here: a person says that it has come.

The property ``asks`` on an event has it confirmed by a person; timers read their words first.
"""

from collections.abc import Callable, Iterator

from app.drawing import edits
from app.drawing.asking import ARRIVED, ASKS, FROM
from app.drawing.completing import clocks
from app.drawing.completing.page import WORDS_OF_EVENTS, Page, what_is
from app.drawing.element_reading import BPMN
from app.drawing.findings import NOTE, WARNING, Finding
from app.drawing.sheet import Node, definitions, event_of, kind, name, process_of, property_of, scope_of, text_of
from app.drawing.xml import local

CAUGHT = frozenset({"message", "timer", "signal", "conditional", "link"})
ON_EDGE = CAUGHT - {"link"} | {"error", "escalation", "cancel", "compensate"}


def hung(page: Page) -> Iterator[Finding]:
    """Events on the edge of nothing."""
    for node in page.sheet.of_kind("boundaryEvent"):
        on = page.sheet.index.get(node.get("attachedToRef", ""))
        if on is None or kind(on).endswith(("Event", "Gateway")) or scope_of(on) is not scope_of(node):
            says = "This event stands on the edge of no step, so it cannot happen."
            changes = [edits.remove(arrow.get("id")) for arrow in page.sheet.leaving(node)]
            changes.append(edits.remove(node.get("id")))
            reading = "It is read as if it were not there."
            yield page.open(node, "event_on_nothing", says, reading, "Take it away", *changes, severity=WARNING)


def references(page: Page) -> Iterator[Finding]:
    """Messages, signals, errors and escalations that are not there: their event is known by its words."""
    for node in page.sheet.root.iter(*(BPMN + tag for tag in _REFERS)):
        for child in [node, *definitions(node)]:
            found = next(
                (key for key in ("messageRef", "signalRef", "errorRef", "escalationRef") if child.get(key)), ""
            )
            if found and child.get(found) not in page.sheet.index:
                path = local(child) if child is not node else ""
                change = edits.set_to(node.get("id"), found, None, path)
                says = "It refers to something that is not in the drawing."
                yield page.open(
                    node, "reference_to_nothing", says, "It is known by its own words.", "Take it away", change
                )


def starts(page: Page) -> Iterator[Finding]:
    """Starts that cannot begin anything by themselves."""
    for node in page.sheet.of_kind("startEvent"):
        scope, event = scope_of(node), event_of(node)
        if scope.get("triggeredByEvent") == "true":
            yield from _frame(page, node, event)
        elif not event or (local(scope) == "process" and event in ("message", "signal")):
            continue
        elif (
            event == "timer" and local(scope) == "process" and clocks.reads(page, node) and not clocks.comes_round(node)
        ):
            continue
        else:
            says = f"A start that waits for {WORDS_OF_EVENTS.get(event, event)} does not begin by itself."
            if local(scope) != "process":
                says = "A subprocess begins when it is reached, and waits for nothing more."
            change = edits.clear(node.get("id"), *(local(one) for one in definitions(node)))
            reading = (
                "It begins when the case comes to it."
                if local(scope) != "process"
                else "It begins when a case is opened."
            )
            yield page.open(node, "start_without_meaning", says, reading, "Draw a plain start", change)


def caught(page: Page) -> Iterator[Finding]:
    """Events that are waited for."""
    for node in page.sheet.of_kind("intermediateCatchEvent", "boundaryEvent", "receiveTask"):
        if not property_of(node, ASKS):
            event = event_of(node) if kind(node) != "receiveTask" else "message"
            yield from _CATCHES.get(event, _other)(page, node)


def _sent(page: Page, node: Node) -> Iterator[Finding]:
    if property_of(node, FROM):  # somebody outside the drawing, by name
        return
    if not _is_thrown(page, node, event_of(node) or "message"):
        yield _arrives(page, node, "nobody_sends", "Nothing in this drawing sends what it waits for.")
    elif kind(node) != "boundaryEvent" and _is_thrown_here(page, node, event_of(node) or "message"):
        says = "Only this procedure sends what it waits for. If that is not sent while it waits, it waits for ever."
        yield Finding(node.get("id", ""), page.label(node), "waits_for_itself", NOTE, says)


def _undoes(page: Page, node: Node) -> Iterator[Finding]:
    if kind(node) != "boundaryEvent":
        yield from _other(page, node)
        return
    says = "What undoes a step is not started by itself. Where something is to be undone, a person is asked to do it."
    yield Finding(node.get("id", ""), page.label(node), "compensation", NOTE, says)


def _other(page: Page, node: Node) -> Iterator[Finding]:
    event = event_of(node)
    if event == "cancel" and kind(page.sheet.index.get(node.get("attachedToRef"), node)) != "transaction":
        yield _arrives(page, node, "event_without_meaning", "Only a transaction can be cancelled.", severity=WARNING)
    elif event not in (ON_EDGE if kind(node) == "boundaryEvent" else CAUGHT):
        says = "It does not say what it waits for." if not event else f"{what_is(event)} is not waited for here."
        yield _arrives(page, node, "event_without_meaning", says, severity=WARNING if event else NOTE)


def _frame(page: Page, node: Node, event: str) -> Iterator[Finding]:
    """The start of a frame: it has to wait for something."""
    if event in ("message", "error", "escalation", "signal") or property_of(node, ASKS):
        return
    if event == "timer":
        yield from clocks.timed(page, node)
        return
    says = "It does not say when this frame begins." if not event else f"{what_is(event)} does not begin a frame here."
    yield _arrives(page, node, "frame_without_event", says)


def _conditional(page: Page, node: Node) -> Iterator[Finding]:
    text = text_of(node, "conditionalEventDefinition/condition")
    if not text or (problem := page.unclear(text)):
        says = f"Its condition cannot be worked out. {problem[:200]}" if text else "Its condition is not written."
        yield _arrives(page, node, "condition_unreadable", says)
    elif kind(node) != "boundaryEvent":
        says = f"It waits until ‘{text[:120]}’ comes true. If nothing makes it true, it waits for ever."
        yield Finding(node.get("id", ""), page.label(node), "waits_for_condition", NOTE, says)


def _arrives(page: Page, node: Node, kind_: str, says: str, severity: str = NOTE) -> Finding:
    reading = "A person is asked: has this happened?"
    if kind_ == "nobody_sends":
        reading = "A person is asked: has this arrived?"
    change = edits.put_property(node.get("id"), ASKS, ARRIVED)
    return page.open(node, kind_, says, reading, "Ask a person", change, severity=severity)


def _is_thrown(page: Page, node: Node, event: str) -> bool:
    """Whether an event of the same name is thrown in the same process, or in one that it calls or is called by."""
    own = process_of(node)
    calls = any(True for _ in own.iter(f"{BPMN}callActivity")) or own.get("id") in page.beside.called
    return calls or _is_thrown_here(page, node, event)


def _is_thrown_here(page: Page, node: Node, event: str) -> bool:
    own, thrown = process_of(node), page.sheet.of_kind("intermediateThrowEvent", "endEvent", "sendTask")
    names = {_known_as(page, one, event) for one in thrown if process_of(one) is own}
    return _known_as(page, node, event) in names - {""}


def _known_as(page: Page, node: Node, event: str) -> str:
    key = f"{event}Ref"
    around = [node, *definitions(node)]
    if kind(node) not in ("sendTask", "receiveTask") and event_of(node) != event:
        return ""
    named = next((one.get(key) for one in around if one.get(key)), "")
    return page.sheet.index[named].get("name", named) if named in page.sheet.index else name(node)


_CATCHES: dict[str, Callable[[Page, Node], Iterator[Finding]]] = {
    "compensate": _undoes,
    "timer": clocks.timed,
    "conditional": _conditional,
    "message": _sent,
    "signal": _sent,
}
_REFERS = (
    "startEvent",
    "endEvent",
    "boundaryEvent",
    "intermediateCatchEvent",
    "intermediateThrowEvent",
    "sendTask",
    "receiveTask",
)
