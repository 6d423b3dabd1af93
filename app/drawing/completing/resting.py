"""Which fixes rest on others: what one adds, a later one may name. So each can also be made alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from app.drawing.findings import Edit, Finding

NAMED = ("element", "near", "source", "target", "to", "scope")  # where an edit names what has to be there
ADDED = ("add", "connect")


def rested(finding: Finding, earlier: Sequence[Finding]) -> Finding:
    """The finding, its fix with the edits of earlier findings that add what it names."""
    if finding.fix is None:
        return finding
    needed = {edit[key] for edit in finding.fix.edits for key in NAMED if key in edit}
    chosen: list[Edit] = []
    for one in reversed(earlier):  # the newest first: what it rests on itself is older still
        if one.fix is not None and needed & set(_made(one.fix.edits)):
            chosen = [*one.fix.before, *one.fix.edits, *chosen]
    return replace(finding, fix=replace(finding.fix, before=tuple(_once(chosen)))) if chosen else finding


def in_order(findings: Iterable[Finding]) -> Iterator[Edit]:
    """The edits of all these fixes, those first on which others rest, each group of them once."""
    made: list[Edit] = []
    for finding in findings:
        if finding.fix is not None:
            first = [edit for edit in finding.fix.before if edit not in made]
            made += [*finding.fix.before]
            yield from first
            if not all(edit in made for edit in finding.fix.edits):
                yield from finding.fix.edits
            made += finding.fix.edits


def _made(edits: Iterable[Edit]) -> Iterator[str]:
    """The ids that some edits bring into the drawing."""
    for edit in edits:
        if edit["do"] in ADDED:
            yield edit["id"]
        elif edit["do"] == "rename" and edit["attribute"] == "id":
            yield edit["value"]


def _once(edits: Iterable[Edit]) -> Iterator[Edit]:
    found: list[Edit] = []
    for edit in edits:
        if edit not in found:
            found.append(edit)
            yield edit
