"""What happens when an event is reached that does something: what is thrown, where links lead, what is undone."""

from collections.abc import Iterator

from app.drawing import edits
from app.drawing.completing.page import Page, what_is
from app.drawing.findings import WARNING, Edit, Finding
from app.drawing.sheet import Node, definitions, event_of, kind, name, process_of, scope_of
from app.drawing.xml import local

THROWS = frozenset({"", "message", "signal", "escalation", "link", "terminate", "error", "cancel"})


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
            says = f"{what_is(event)} cannot be thrown here."
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
