"""Arrows: each begins and ends at a step of the same page, and none leads into a beginning or out of an end."""

from collections.abc import Iterator

from app.drawing import edits
from app.drawing.completing.page import Page
from app.drawing.element_reading import BPMN
from app.drawing.findings import WARNING, Finding
from app.drawing.sheet import SCOPES, STEP_TAGS, Node, definitions, event_of, kind, name, process_of, scope_of
from app.drawing.xml import local

GOES_ON = ("message", "signal", "escalation")  # what an event in the middle may throw


def held(page: Page) -> Iterator[Finding]:
    """What leads nowhere is passed over; what crosses a border is read as far as it can be."""
    for arrow in page.sheet.arrows():
        source, target = page.sheet.source(arrow), page.sheet.target(arrow)
        if source is None or target is None or {source.tag, target.tag} - STEP_TAGS:
            yield _dropped(page, arrow, "arrow_to_nowhere", "This arrow does not lead from one step to another.")
        elif kind(target) == "boundaryEvent":
            yield _dropped(page, arrow, "arrow_into_event", "An arrow cannot lead into an event on the edge of a step.")
        elif _is_frame(source) or _is_frame(target):
            says = "A dotted frame begins with its own event. No arrow leads into it or out of it."
            yield _dropped(page, arrow, "arrow_to_frame", says)
        elif process_of(source) is not process_of(target):
            yield _between_pools(page, arrow)
        elif scope_of(source) is not scope_of(target):
            yield _across_border(page, arrow, source, target)
        else:
            yield from _within_scope(page, arrow, source)


def begun(page: Page) -> Iterator[Finding]:
    """Arrows into a start and out of an end."""
    for node in page.sheet.of_kind("startEvent"):
        arriving = page.sheet.arriving(node)
        if arriving:
            yield _into_start(page, node, arriving)
    for node in page.sheet.of_kind("endEvent"):
        if page.sheet.leaving(node):
            yield _out_of_end(page, node)


def _is_frame(node: Node) -> bool:
    return bool(node.get("triggeredByEvent") == "true")


def _within_scope(page: Page, arrow: Node, source: Node) -> Iterator[Finding]:
    if scope_of(arrow) is not scope_of(source):
        yield _filed_elsewhere(page, arrow, source)
    elif _is_twice(page, arrow, source):
        says = "Two arrows without words lead from this step to the same next one."
        change = edits.remove(arrow.get("id"))
        yield page.open(arrow, "arrow_twice", says, "They are read as one.", "Take one of them away", change)


def _filed_elsewhere(page: Page, arrow: Node, source: Node) -> Finding:
    says = "In the file this arrow stands in another part than the steps that it joins."
    change = edits.move(arrow.get("id"), scope_of(source).get("id"))
    return page.open(arrow, "arrow_elsewhere", says, "It is read as drawn.", "File it there", change)


def _is_twice(page: Page, arrow: Node, source: Node) -> bool:
    """Whether a step, which is no gateway, has been left for the same step already, by an arrow that says nothing."""
    if kind(source).endswith("Gateway") or _says(arrow):
        return False
    same = [one for one in page.sheet.leaving(source) if one.get("targetRef") == arrow.get("targetRef")]
    return same.index(arrow) > 0 and not _says(same[0])


def _says(arrow: Node) -> bool:
    return bool(name(arrow) or arrow.find(f"{BPMN}conditionExpression") is not None)


def _dropped(page: Page, arrow: Node, kind_: str, says: str) -> Finding:
    reading = "It is read as if this arrow were not there."
    return page.open(
        arrow, kind_, says, reading, "Take the arrow away", edits.remove(arrow.get("id")), severity=WARNING
    )


def _between_pools(page: Page, arrow: Node) -> Finding:
    says = "This arrow leads from one pool into another. Only messages do that."
    if page.sheet.root.find(f"{BPMN}collaboration") is None:
        return _dropped(page, arrow, "arrow_between_pools", says)
    reading = "It is read as a message. Each pool goes its own way."
    change = edits.as_message(arrow.get("id"))
    return page.open(arrow, "arrow_between_pools", says, reading, "Draw it as a message", change, severity=WARNING)


def _across_border(page: Page, arrow: Node, source: Node, target: Node) -> Finding:
    """From or to a step inside a subprocess: the subprocess itself is meant."""
    says = "This arrow crosses the border of a subprocess. Arrows stay on their side of it."
    around = [*_scopes(source)]
    common = next(scope for scope in _scopes(target) if scope in around)
    outer, inner = _within(source, common), _within(target, common)
    if outer is inner or _is_frame(outer) or _is_frame(inner):
        return _dropped(page, arrow, "arrow_across_border", says)
    changes = [edits.redirect(arrow.get("id"), "sourceRef", outer.get("id"))] if outer is not source else []
    changes += [edits.redirect(arrow.get("id"), "targetRef", inner.get("id"))] if inner is not target else []
    if scope_of(arrow) is not common:
        changes.append(edits.move(arrow.get("id"), common.get("id")))
    reading = f"It is read as leading from {page.quoted(outer)} to {page.quoted(inner)}."
    return page.open(arrow, "arrow_across_border", says, reading, "Draw it to the border", *changes, severity=WARNING)


def _scopes(node: Node) -> Iterator[Node]:
    around = node.getparent()
    while around is not None:
        if around.tag in SCOPES:
            yield around
        around = around.getparent()


def _within(node: Node, scope: Node) -> Node:
    """The node, or what stands around it, directly in a scope."""
    while scope_of(node) is not scope:
        node = scope_of(node)
    return node


def _into_start(page: Page, node: Node, arriving: list[Node]) -> Finding:
    says = "An arrow leads into the start. A process starts once."
    leaving = page.sheet.leaving(node)
    if len(leaving) == 1 and leaving[0].get("targetRef") != node.get("id"):
        after = page.sheet.target(leaving[0])
        changes = [edits.redirect(one.get("id"), "targetRef", after.get("id")) for one in arriving if after is not None]
        reading = f"It is read as leading to {page.quoted(after)}." if after is not None else ""
        return page.open(node, "arrow_into_start", says, reading, "Draw it to the first step", *changes)
    new = page.sheet.new_id("start")
    made = [
        edits.add("startEvent", new, node.get("id"), "left"),
        edits.become(node.get("id"), "intermediateThrowEvent"),
    ]
    made += [edits.clear(node.get("id"), *(local(one) for one in definitions(node)))]
    made += [edits.connect(page.sheet.new_id("arrow"), new, node.get("id"))]
    reading = "It is read as a point on the way, with the start before it."
    return page.open(node, "arrow_into_start", says, reading, "Draw a start before it", *made)


def _out_of_end(page: Page, node: Node) -> Finding:
    says = "An arrow leads out of the end. After an end nothing follows."
    changes = [edits.become(node.get("id"), "intermediateThrowEvent")]
    if event_of(node) not in ("", *GOES_ON):
        changes.append(edits.clear(node.get("id"), *(local(one) for one in definitions(node))))
    reading = "It is read as a point on the way, and what follows is done."
    return page.open(
        node, "arrow_out_of_end", says, reading, "Draw it as a point on the way", *changes, severity=WARNING
    )
