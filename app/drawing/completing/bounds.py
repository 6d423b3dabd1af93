"""Beginnings, ends and forks that are drawn without their sign."""

from collections.abc import Iterator

from app.drawing import edits
from app.drawing.completing.answers import is_yes_or_no
from app.drawing.completing.page import Page
from app.drawing.findings import NOTE, WARNING, Edit, Finding
from app.drawing.sheet import Node, definitions, event_of, kind, name, scope_of, text_of
from app.drawing.xml import local

THROWS = frozenset({"", "message", "signal", "escalation"})
FORKED_BY = {  # the sign to draw: (what is there, how it is read, the fix)
    "parallelGateway": (
        "Several arrows leave this without a question.",
        "All of them are followed, side by side.",
        "Draw a parallel gateway",
    ),
    "exclusiveGateway": (
        "Several arrows with answers on them leave this, but no question is drawn.",
        "It is read as a question: one of the answers is chosen.",
        "Draw a question",
    ),
    "inclusiveGateway": (
        "Arrows with conditions leave this, but no question is drawn.",
        "Every arrow whose condition holds is followed.",
        "Draw an inclusive gateway",
    ),
}


def begins(page: Page) -> Iterator[Finding]:
    """Every page and subprocess has a start."""
    for scope in page.sheet.scopes():
        steps = [one for one in page.sheet.steps(scope) if not _stands_apart(one) and kind(one) != "boundaryEvent"]
        if not steps:
            continue
        yield from _one_start(page, scope, [one for one in steps if kind(one) == "startEvent"])
        first = [one for one in steps if _comes_first(page, one)]
        has_start = any(kind(one) == "startEvent" for one in steps)
        for event in [one for one in first if _waits(page, one)]:
            yield _another_beginning(page, event)
            has_start = True
        if not has_start:
            yield _no_start(page, [one for one in first if not _waits(page, one)] or steps[:1])


def forks(page: Page) -> Iterator[Finding]:
    """What is left by several arrows although it is no gateway."""
    for node in page.sheet.steps():
        leaving = page.sheet.leaving(node)
        if len(leaving) > 1 and not kind(node).endswith("Gateway"):
            yield _fork(page, node, leaving)


def ends(page: Page) -> Iterator[Finding]:
    """Every way has an end."""
    for node in page.sheet.steps():
        if page.sheet.leaving(node) or kind(node) == "endEvent" or _stands_apart(node) or _throws_link(node):
            continue
        if not page.sheet.arriving(node) and not _is_come_to(node):
            continue  # nothing leads here either
        if kind(node) == "intermediateThrowEvent" and event_of(node) in THROWS:
            says, reading = "Nothing follows this, so it ends here.", "It is read as an end."
            yield page.open(
                node, "no_end", says, reading, "Draw it as an end", edits.become(node.get("id"), "endEvent")
            )
        elif kind(node) != "boundaryEvent" or event_of(node) not in ("compensate", "compensation"):
            yield _no_end(page, node)


def _throws_link(node: Node) -> bool:
    return event_of(node) == "link" and kind(node) != "intermediateCatchEvent"


def _is_come_to(node: Node) -> bool:
    """Whether something begins here although no arrow leads here."""
    return kind(node) in ("startEvent", "boundaryEvent") or event_of(node) == "link"


def _comes_first(page: Page, node: Node) -> bool:
    """Whether nothing leads to a step, also no link."""
    linked = kind(node) == "intermediateCatchEvent" and event_of(node) == "link"
    return not page.sheet.arriving(node) and kind(node) != "startEvent" and not linked


def _stands_apart(node: Node) -> bool:
    """What no arrow has to reach: frames, events on an edge, steps that only undo."""
    return bool(node.get("triggeredByEvent") == "true" or node.get("isForCompensation") == "true")


def _waits(page: Page, node: Node) -> bool:
    """Whether this is an event without an arrow before it and with one behind: another way to begin a process."""
    if local(scope_of(node)) != "process":
        return False
    return kind(node) == "intermediateCatchEvent" and event_of(node) != "link" and bool(page.sheet.leaving(node))


def _another_beginning(page: Page, event: Node) -> Finding:
    says = "No arrow leads to this event, and one leads away from it."
    reading = "It is read as a way to begin."
    change = edits.become(event.get("id"), "startEvent")
    return page.open(event, "event_that_begins", says, reading, "Draw it as a start", change)


def _no_start(page: Page, first: list[Node]) -> Finding:
    new = page.sheet.new_id("start")
    changes = [edits.add("startEvent", new, first[0].get("id"), "left")]
    for number, one in enumerate(first):
        changes.append(edits.connect(page.sheet.new_id(f"arrow_{new}_{number}"), new, one.get("id")))
    words = " and ".join(f"{page.quoted(one)}" for one in first[:3]) + (" and others" if len(first) > 3 else "")
    scope = scope_of(first[0])
    says = "No start is drawn." if local(scope) == "process" else "No start is drawn in this subprocess."
    return page.open(scope, "no_start", says, f"It begins with {words}.", "Draw the start", *changes)


def _one_start(page: Page, scope: Node, starts: list[Node]) -> Iterator[Finding]:
    """A subprocess begins once, when it is reached: all that is drawn as a start begins then."""
    if local(scope) == "process" or len(starts) < 2:
        return
    changes: list[Edit] = []
    for number, one in enumerate(starts[1:]):
        own = one.get("id")
        changes += [
            edits.clear(own, *(local(d) for d in definitions(one))),
            edits.become(own, "intermediateThrowEvent"),
        ]
        changes.append(
            edits.connect(page.sheet.new_id(f"arrow_{number}_{starts[0].get('id')}"), starts[0].get("id"), own)
        )
    says = "A subprocess has one start, and here are several."
    fix = "Draw one start"
    yield page.open(
        scope, "several_starts", says, "All of them begin when it is reached.", fix, *changes, severity=WARNING
    )


def _fork(page: Page, node: Node, leaving: list[Node]) -> Finding:
    gateway = forked_by(page, leaving)
    severity = WARNING if gateway == "exclusiveGateway" else NOTE
    says, reading, fix = FORKED_BY[gateway]
    if gateway == "exclusiveGateway" and not any(map(name, leaving)):
        says = "Several arrows leave this, and one of them leads back to it, but no question is drawn."
    new = page.sheet.new_id("gateway")
    changes = [edits.add(gateway, new, node.get("id"), "right")]
    changes += [edits.redirect(one.get("id"), "sourceRef", new) for one in leaving]
    changes += [edits.connect(page.sheet.new_id(f"arrow_{new}"), node.get("id"), new)]
    if node.get("default"):
        changes += [edits.set_to(new, "default", node.get("default")), edits.set_to(node.get("id"), "default", None)]
    if gateway == "inclusiveGateway":
        changes += [
            edits.write(one.get("id"), "conditionExpression", "true")
            for one in leaving
            if not text_of(one, "conditionExpression") and one.get("id") != node.get("default")
        ]
    return page.open(node, "fork_without_gateway", says, reading, fix, *changes, severity=severity)


def forked_by(page: Page, leaving: list[Node]) -> str:
    """The gateway that is meant where several arrows leave a step: a way back to it is taken instead of the others."""
    labels = {name(one) for one in leaving} - {""}
    if any(text_of(one, "conditionExpression") for one in leaving):
        return "inclusiveGateway"
    if len(labels) > 1 or any(is_yes_or_no(words) for words in labels) or _leads_back(page, leaving):
        return "exclusiveGateway"
    return "parallelGateway"


def _leads_back(page: Page, leaving: list[Node]) -> bool:
    """Whether some of these arrows lead back to where they begin, and some do not."""
    own = leaving[0].get("sourceRef", "")
    return 0 < sum(own in _reached(page, one.get("targetRef", "")) for one in leaving) < len(leaving)


def _reached(page: Page, first: str) -> set[str]:
    """The ids of what can be come to from a step, with the step itself."""
    found, waiting = {first}, [first]
    while waiting:
        node = page.sheet.index.get(waiting.pop())
        around = [node, *page.sheet.events_on(node)] if node is not None else []
        for arrow in [arrow for one in around for arrow in page.sheet.leaving(one)]:
            if arrow.get("targetRef", "") not in found:
                found.add(arrow.get("targetRef", ""))
                waiting.append(arrow.get("targetRef", ""))
    return found


def _no_end(page: Page, node: Node) -> Finding:
    new = page.sheet.new_id("end")
    changes = [
        edits.add("endEvent", new, node.get("id"), "right"),
        edits.connect(page.sheet.new_id(f"arrow_{new}"), node.get("id"), new),
    ]
    return page.open(
        node, "no_end", "Nothing follows this, so it ends here.", "This way ends here.", "Draw the end", *changes
    )
