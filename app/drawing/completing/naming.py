"""Ids: every element has one of its own, that can stand in a path expression. Nothing else can be said of it before."""

from collections.abc import Iterator

from app.drawing import edits
from app.drawing.completing.page import Page
from app.drawing.findings import NOTE, Edit, Finding, Fix
from app.drawing.sheet import Node
from app.drawing.xml import ID, OMG, REFERENCES, local, namespace

NEEDS_ID = ("Task", "task", "Event", "Gateway", "Process", "process", "Flow", "callActivity", "lane", "participant")


def named(page: Page) -> Iterator[Finding]:
    """Gives an id to what has none, another to what shares one, and plain letters to those that have odd ones."""
    yield from _missing(page)
    yield from _shared(page)
    yield from _odd(page)


def _missing(page: Page) -> Iterator[Finding]:
    for at, node in _standard(page):
        if not node.get("id") and local(node).endswith(NEEDS_ID) and not local(node).endswith("Ref"):
            new = page.sheet.new_id(local(node))
            yield _named(
                page, node, "no_id", "It has no id, so nothing can refer to it.", new, edits.rename(at, "id", new)
            )


def _shared(page: Page) -> Iterator[Finding]:
    seen: set[str] = set()
    for at, node in _standard(page):
        own = node.get("id", "")
        if own and own in seen:
            new = page.sheet.new_id(own if ID.fullmatch(own) and len(own) < 150 else local(node))
            says = f"Another element has the same id, ‘{own[:60]}’."
            yield _named(page, node, "same_id", says, new, edits.rename(at, "id", new))
            seen.add(new)
        seen.add(own)


def _odd(page: Page) -> Iterator[Finding]:
    """An id with letters that no id may have, with everything that names it."""
    new_of: dict[str, str] = {}
    places: dict[str, list[tuple[int, str]]] = {}
    for at, node in _standard(page):
        for attribute, value in _named_by(node):
            if not ID.fullmatch(value):
                new_of.setdefault(value, page.sheet.new_id(f"renamed_{len(new_of) + 1}"))
                places.setdefault(value, []).append((at, attribute))
    for old, new in new_of.items():
        renamed = tuple(edits.rename(at, attribute, new) for at, attribute in places[old])
        says = f"Its id ‘{old[:60]}’ has letters that an id may not have."
        fix = Fix(f"Call it ‘{new}’", renamed)
        yield Finding(new, old[:60], "odd_id", NOTE, says, f"We call it ‘{new}’.", fix)


def _named(page: Page, node: Node, kind: str, says: str, new: str, edit: Edit) -> Finding:
    return Finding(new, page.label(node), kind, NOTE, says, f"We call it ‘{new}’.", Fix(f"Call it ‘{new}’", (edit,)))


def _standard(page: Page) -> list[tuple[int, Node]]:
    """Every element of the standard with its place in the file."""
    return [(at, node) for at, node in enumerate(page.sheet.root.iter()) if namespace(node).startswith(OMG)]


def _named_by(node: Node) -> Iterator[tuple[str, str]]:
    """Each attribute ("" for the text) by which an element has an id or points to one."""
    for key, value in node.attrib.items():
        if key == "id" or key in REFERENCES or (key.endswith("Ref") and not key.startswith("{")):
            yield str(key), str(value)
    if local(node).endswith("Ref") and node.text and node.text.strip():
        yield "", node.text.strip()
