"""Events that do not say what they wait for, or what cannot happen here: a person says that it has come.

The property ``asks`` on an event has it confirmed by a person; timers read their words first.
"""

from collections.abc import Callable, Iterator

from app import errors
from app.drawing import edits
from app.drawing.asking import ARRIVED, ASKS
from app.drawing.completing import labels
from app.drawing.completing.page import Page
from app.drawing.element_reading import BPMN
from app.drawing.findings import NOTE, WARNING, Edit, Finding
from app.drawing.sheet import Node, definitions, event_of, kind, name, process_of, property_of, scope_of, text_of
from app.drawing.xml import local
from app.law import limit_words

TIMER = "timerEventDefinition"
SPECS = ("timeDate", "timeDuration", "timeCycle")
THROWS = frozenset({"", "message", "signal", "escalation", "link", "terminate", "error", "cancel"})
CAUGHT = frozenset({"message", "timer", "signal", "conditional", "link"})
ON_EDGE = CAUGHT - {"link"} | {"error", "escalation", "cancel", "compensate"}
WORDS = {"several": "several things at once", "": "nothing", "compensate": "compensation", "conditional": "a condition"}


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
        elif event == "timer" and local(scope) == "process" and _reads(page, node) and not _cycle(node):
            continue
        else:
            says = f"A start that waits for {WORDS.get(event, event)} does not begin by itself."
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
        says = "It does not say what it waits for." if not event else f"{_what(event)} is not waited for here."
        yield _arrives(page, node, "event_without_meaning", says, severity=WARNING if event else NOTE)


def thrown(page: Page) -> Iterator[Finding]:
    """Events that do something when they are reached."""
    for node in page.sheet.of_kind("intermediateThrowEvent", "endEvent"):
        event, allowed = (
            event_of(node),
            THROWS - {"link"} if kind(node) == "endEvent" else THROWS - {"terminate", "error", "cancel"},
        )
        if event in ("compensate", "compensation"):
            yield _undo(page, node)
        elif event == "error" and kind(node) == "endEvent" and not _is_caught(page, node):
            yield _ends_all(page, node)
        elif event not in allowed or (event == "cancel" and kind(scope_of(node)) != "transaction"):
            says = f"{_what(event)} cannot be thrown here."
            change = edits.clear(node.get("id"), *(local(one) for one in definitions(node)))
            reading = "It is passed." if kind(node) != "endEvent" else "It is a plain end."
            yield page.open(
                node, "event_without_meaning", says, reading, "Take the sign away", change, severity=WARNING
            )


def links(page: Page) -> Iterator[Finding]:
    """Links that lead nowhere, and those that nothing leads to."""
    for scope in page.sheet.scopes():
        events = [one for one in page.sheet.steps(scope) if event_of(one) == "link"]
        names = {_link(one) for one in events if kind(one) == "intermediateCatchEvent"}
        for one in events:
            if kind(one) != "intermediateCatchEvent" and _link(one) not in names:
                says = f"No link ‘{_link(one)}’ goes on from here."
                change = edits.clear(one.get("id"), "linkEventDefinition")
                yield page.open(
                    one, "link_to_nothing", says, "This way ends here.", "Take the sign away", change, severity=WARNING
                )
            elif kind(one) == "intermediateCatchEvent" and page.sheet.arriving(one):
                says, reading = "An arrow leads to this link, which other links lead to.", "It is a point on the way."
                own = one.get("id")
                changes = (edits.become(own, "intermediateThrowEvent"), edits.clear(own, "linkEventDefinition"))
                yield page.open(one, "arrow_to_link", says, reading, "Take the sign away", *changes, severity=WARNING)
            elif kind(one) == "endEvent":
                says, reading = "A link is no end: the way goes on at the other link.", "It goes on there."
                change = edits.become(one.get("id"), "intermediateThrowEvent")
                yield page.open(one, "link_as_end", says, reading, "Draw it as a link on the way", change)


def timed(page: Page, node: Node) -> Iterator[Finding]:
    """A timer whose time is not written, or cannot be read."""
    if _reads(page, node):
        return
    written, words = _time(node), name(node)
    again, limit = labels.cycle_in(words), labels.limit_in(words)
    says = f"Its time cannot be read: ‘{written[:80]}’." if written else "It does not say how long it waits."
    if _cycle(node) and (once := labels.each_of(written)):
        says = "It says that it comes again, and here it can come only once."
        yield _timed(page, node, says, "timeDuration", once)
    elif again and _comes_again(node):
        yield _timed(page, node, says, "timeCycle", f"every {again}")
    elif limit := limit or again:
        yield _timed(page, node, says, "timeDuration", limit)
    else:
        reading = "A person says when the time has come."
        change = edits.put_property(node.get("id"), ASKS, ARRIVED)
        yield page.open(node, "timer_without_time", says, reading, "Ask a person", change, severity=WARNING)


def _timed(page: Page, node: Node, says: str, spec: str, limit: str) -> Finding:
    own = node.get("id")
    changes = (edits.clear_in(own, TIMER, *SPECS), edits.write(own, f"{TIMER}/{spec}", limit))
    return page.open(node, "timer_without_time", says, f"Its words are read: {limit}.", f"Write ‘{limit}’", *changes)


def _time(node: Node) -> str:
    return next((text for spec in SPECS if (text := text_of(node, f"{TIMER}/{spec}"))), "")


def _cycle(node: Node) -> bool:
    return bool(text_of(node, f"{TIMER}/timeCycle"))


def _comes_again(node: Node) -> bool:
    """Whether it can happen more than once: beside a step, or at the start of a frame."""
    return kind(node) == "startEvent" or node.get("cancelActivity") == "false"


def _reads(page: Page, node: Node) -> bool:
    """Whether a timer is executed as it is written. A fact that nobody knows is no time."""
    if property_of(node, ASKS):
        return True
    text = _time(node)
    if text.startswith("="):
        return not page.unclear(text)
    try:
        if _cycle(node):
            limit_words.read_cycle(text)
            return _comes_again(node)
        return bool(text) and bool(limit_words.read(text))
    except errors.NotUnderstood:
        return False


def _frame(page: Page, node: Node, event: str) -> Iterator[Finding]:
    """The start of a frame: it has to wait for something."""
    if event in ("message", "error", "escalation", "signal") or property_of(node, ASKS):
        return
    if event == "timer":
        yield from timed(page, node)
        return
    says = "It does not say when this frame begins." if not event else f"{_what(event)} does not begin a frame here."
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


def _what(event: str) -> str:
    words = WORDS.get(event, event)
    return words[:1].upper() + words[1:]


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


def _is_caught(page: Page, node: Node) -> bool:
    """Whether an error could be caught: on the edge of what is around it, by a frame, or by a page that calls this."""
    scope = scope_of(node)
    while scope is not None:
        if any(event_of(one) == "error" for one in page.sheet.events_on(scope)):
            return True
        frames = (one for one in page.sheet.steps(scope) if one.get("triggeredByEvent") == "true")
        if any(event_of(start) == "error" for frame in frames for start in page.sheet.steps(frame)):
            return True
        scope = scope_of(scope) if local(scope) != "process" else None
    return process_of(node).get("id") in page.beside.called


def _ends_all(page: Page, node: Node) -> Finding:
    says = "This error ends the process, and nothing around it deals with the error."
    changes: tuple[Edit, ...] = (
        edits.clear(node.get("id"), "errorEventDefinition"),
        edits.write(node.get("id"), "terminateEventDefinition", ""),
    )
    reading = "Everything in this process ends here."
    return page.open(node, "error_not_caught", says, reading, "Draw an end of everything", *changes, severity=WARNING)


def _undo(page: Page, node: Node) -> Finding:
    """Compensation: the steps that undo something are put before a person."""
    undo = [page.label(one) for one in page.sheet.steps() if one.get("isForCompensation") == "true"]
    words = "Undo what was done" + (": " + ", ".join(undo) if undo else "")
    says = "Compensation is not carried out by itself."
    changes = [
        edits.become(node.get("id"), "userTask"),
        edits.clear(node.get("id"), *(local(one) for one in definitions(node))),
    ]
    changes.append(edits.set_to(node.get("id"), "name", f"{name(node)}. {words}" if name(node) else words))
    reading = "A person is asked to undo what was done."
    return page.open(node, "compensation", says, reading, "Make it a step for a person", *changes, severity=WARNING)


def _link(node: Node) -> str:
    return definitions(node)[0].get("name", "") or name(node)


_CATCHES: dict[str, Callable[[Page, Node], Iterator[Finding]]] = {
    "compensate": _undoes,
    "timer": timed,
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
