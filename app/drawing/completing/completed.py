"""Completing a drawing: every gap in order, each read and written in before the next is looked for."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from app.drawing import edits, opening, xml
from app.drawing.completing import (
    arrows,
    bounds,
    extras,
    happenings,
    naming,
    pictures,
    questions,
    repeats,
    resting,
    steps,
    throws,
    wording,
)
from app.drawing.completing.page import Beside, Page, Reading
from app.drawing.findings import ERROR, Finding
from app.drawing.sheet import FLOW, STEP_TAGS, Sheet
from app.errors import DrawingBroken, Problem

READINGS: tuple[Reading, ...] = (  # in this order: what is read later may rely on what was read before
    naming.named,
    wording.words,
    wording.forms,
    pictures.drawn,
    extras.carried_out,
    arrows.held,
    steps.subprocesses,
    happenings.hung,
    arrows.begun,
    happenings.references,
    throws.links,
    questions.complex_gateways,
    bounds.begins,
    questions.event_gateways,
    happenings.starts,
    throws.thrown,
    steps.pages_called,
    steps.done_by_people,
    happenings.caught,
    questions.defaults,
    bounds.forks,
    questions.conditions,
    questions.questions,
    repeats.repeated,
    bounds.ends,
)
MOST_STEPS, MOST_ARROWS = 1_000, 3_000  # of one file: nobody can follow more
MOST_FINDINGS = 2_000  # of one file: more would help nobody


@dataclass(frozen=True)
class Completed:
    """A drawing as it is read: its XML with every fix made, and what was found on the way."""

    content: bytes
    findings: tuple[Finding, ...]


def complete(content: bytes, file: str, beside: Beside | None = None) -> Completed:
    """The drawing in a file, completed. ``DrawingBroken`` where the file is no drawing."""
    root = opened(content, file)
    _check_size(root, file)
    page = Page(Sheet(root), beside or Beside())
    found: list[Finding] = []
    for reading in READINGS:
        for finding in reading(page):
            found.append(resting.rested(finding, found))
            if finding.fix is not None and finding.severity != ERROR:
                edits.apply(page.sheet, finding.fix.edits)
            if len(found) > MOST_FINDINGS:
                raise DrawingBroken(
                    Problem(file, "", f"More than {MOST_FINDINGS:,} things are left open in this file.")
                )
    return Completed(written(root), tuple(found))


def _check_size(root: etree._Element, file: str) -> None:
    for tags, most, what in ((STEP_TAGS, MOST_STEPS, "steps"), ({FLOW}, MOST_ARROWS, "arrows")):
        number = sum(1 for _ in root.iter(*tags))
        if number > most:
            says = f"It has {number:,} {what}, more than {most:,}. Put a part on a page of its own."
            raise DrawingBroken(Problem(file, "", says))


def fixed(content: bytes, file: str, findings: Iterable[Finding]) -> bytes:
    """The drawing with these fixes made, in their order."""
    root = opened(content, file)
    edits.apply(Sheet(root), resting.in_order(findings))
    return written(root)


def opened(content: bytes, file: str) -> etree._Element:
    """The root of a BPMN file. ``DrawingBroken`` where it is none."""
    root = xml.tree(content, file)
    opening.check(root, file)
    if not any(True for _ in root.iter(*STEP_TAGS)):
        raise DrawingBroken(Problem(file, "", "Nothing is drawn here yet that could be done."))
    return root


def written(root: etree._Element) -> bytes:
    """The file of a tree."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
