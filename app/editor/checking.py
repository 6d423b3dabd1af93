"""Checking a drawing: everything it leaves open and would do wrong, at once, and whether it can be followed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from app.drawing import reading
from app.drawing.completing import completed as completing
from app.drawing.findings import ERROR, Finding, Fix
from app.drawing.model import Drawing
from app.drawing.soundness import foretelling
from app.editor import letter_checks, surroundings
from app.editor.surroundings import Surroundings
from app.engine import library
from app.engine.library import Procedure
from app.errors import DrawingBroken, Problem

RUNS, RUNS_AS_READ, REFUSED = "runs", "runs_as_read", "refused"


@dataclass(frozen=True)
class Checked:
    """What a check says. ``content`` is the drawing with every fix made; b"" where it is refused."""

    file: str
    findings: tuple[Finding, ...]
    content: bytes = b""
    procedure: Procedure | None = None

    @property
    def verdict(self) -> str:
        """``runs`` as it stands; ``runs_as_read`` with what is open read as the findings say; or ``refused``."""
        if any(finding.severity == ERROR for finding in self.findings):
            return REFUSED
        return RUNS_AS_READ if any(finding.reading for finding in self.findings) else RUNS

    def as_record(self) -> dict[str, Any]:
        """As JSON says it."""
        return {"file": self.file, "verdict": self.verdict, "findings": [record(one) for one in self.findings]}


def check(file: str, content: bytes, around: Surroundings, *, roles: Collection[str] | None = None) -> Checked:
    """Every finding of a drawing. Any bytes may be given: what is no drawing is refused, in plain words.

    ``roles`` are those that somebody in the partnership has; lanes are looked at only where they are given.
    """
    try:
        own = surroundings.links(completing.opened(content, file))
        done = completing.complete(content, file, around.beside(own))
    except DrawingBroken as broken:
        return Checked(file, tuple(refusals(broken)))
    drawing: Drawing | None = None
    try:
        drawing = reading.read(done.content, file)
        beside = {name: around.completed(name) for name in around.needed(own) if name != file}
        procedure = library.procedure({file: done.content, **beside})
    except DrawingBroken as broken:
        return Checked(file, (*done.findings, *refusals(broken, drawing)))
    foretold = foretelling.findings(
        drawing, roles=roles, fields=around.fields, given=around.given(own), tasks=around.tasks(own)
    )
    letters = letter_checks.missing(drawing, around)
    return Checked(file, (*done.findings, *foretold, *letters), done.content, procedure)


def record(finding: Finding) -> dict[str, Any]:
    """A finding as JSON says it."""
    fix = _fix(finding.fix) if finding.fix and finding.fix.edits else None
    own = ("element", "label", "kind", "severity", "says", "reading")
    return {key: getattr(finding, key) for key in own} | {"fix": fix}


def _fix(fix: Fix) -> dict[str, Any]:
    return {"says": fix.says, "edits": list(fix.edits)} | ({"before": list(fix.before)} if fix.before else {})


def refusals(broken: DrawingBroken, drawing: Drawing | None = None) -> Iterable[Finding]:
    """Why a file is refused, as findings."""
    for problem in broken.problems:
        yield Finding(problem.element, _label(problem, drawing), "not_executed", ERROR, problem.says)


def _label(problem: Problem, drawing: Drawing | None) -> str:
    element = drawing.by_id.get(problem.element) if drawing else None
    return (element.name if element else "") or problem.element or problem.file
