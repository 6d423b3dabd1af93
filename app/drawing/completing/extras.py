"""What other engines work out behind a step, and this one does not: scripts around a step, contents of messages."""

from collections.abc import Iterator

from app.drawing import edits
from app.drawing.completing.page import Page
from app.drawing.element_reading import BPMN, SPIFF
from app.drawing.findings import WARNING, Edit, Finding, Fix
from app.drawing.sheet import Node, kind, name
from app.drawing.xml import local

SCRIPT = "A script before or after a step is not carried out here."
CONTENT = "A message carries no content here: it only says that something happened."
CORRELATED = "Messages are not told apart by their content here: one reaches every place of its case that waits for it."
NOT_CARRIED_OUT = {
    f"{SPIFF}preScript": SCRIPT,
    f"{SPIFF}postScript": SCRIPT,
    f"{SPIFF}messagePayload": CONTENT,
    f"{SPIFF}messageVariable": CONTENT,
    f"{SPIFF}processVariableCorrelation": CORRELATED,
    f"{BPMN}correlationKey": CORRELATED,
    f"{BPMN}correlationProperty": CORRELATED,
    f"{BPMN}correlationSubscription": CORRELATED,
}


def carried_out(page: Page) -> Iterator[Finding]:
    """What is passed over: one finding for each element that it stands in."""
    found: dict[tuple[str, str], list[Edit]] = {}
    for node in page.sheet.root.iter(*NOT_CARRIED_OUT):
        owner, path = _place(page, node)
        change = edits.clear_in(owner, path, local(node)) if path else edits.clear(owner, local(node))
        changes = found.setdefault((owner, NOT_CARRIED_OUT[node.tag]), [])
        changes += [change] if change not in changes else []
    for (owner, says), changes in found.items():
        fix = Fix("Take it away", tuple(changes))
        yield Finding(
            owner, _label(page, owner), "not_carried_out", WARNING, says, "It is read as if it were not there.", fix
        )


def _place(page: Page, node: Node) -> tuple[str, str]:
    """The id of the element around a node, "" for the file itself, and the way from there to what holds the node."""
    between: list[str] = []
    for around in node.iterancestors():
        is_root = around is page.sheet.root
        if is_root or page.sheet.index.get(around.get("id", "")) is around:
            return "" if is_root else around.get("id", ""), "/".join(reversed(between)) if between != [
                "extensionElements"
            ] else ""
        between.append(local(around))
    return "", ""


def _label(page: Page, owner: str) -> str:
    node = page.sheet.index.get(owner)
    if node is None:
        return "the drawing"
    return f"the message ‘{name(node) or owner}’" if kind(node) == "message" else page.label(node)
