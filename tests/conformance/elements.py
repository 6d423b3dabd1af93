"""What becomes of each element of BPMN 2.0.2: found out by checking and playing it, never written by hand."""

from dataclasses import dataclass

from app.config import ROOT
from app.editor import checking, folders, playing
from app.editor.surroundings import Surroundings
from app.engine.weaving import NOT_EXECUTED
from tests.conformance.constructs import Construct, constructs

EXECUTED, READ_AS, KEPT, REFUSED = "executed", "read as", "kept", "refused"
ARTIFACTS = ("textAnnotation", "group")


@dataclass(frozen=True)
class Support:
    """A row of the table."""

    construct: Construct
    status: str
    how: str


def support() -> list[Support]:
    """Every row, in the order of the standard."""
    around = Surroundings(folders.read(ROOT))
    return [_of(one, around) for one in constructs()]


def _of(construct: Construct, around: Surroundings) -> Support:
    checked = checking.check("it.bpmn", construct.content, around)
    if checked.verdict == checking.REFUSED or checked.procedure is None:
        return Support(construct, REFUSED, checked.findings[0].says)
    outcomes = {playing.play(checked.procedure, "it.bpmn", around, seed=seed).outcome for seed in range(3)}
    assert outcomes == {playing.COMPLETED}, (construct, outcomes, checked.findings)
    read = list(dict.fromkeys(finding.reading for finding in checked.findings if finding.reading))
    if read:
        return Support(construct, READ_AS, " ".join(read))
    if checked.findings:
        return Support(construct, READ_AS, " ".join(finding.says for finding in checked.findings))
    if any(tag in (*NOT_EXECUTED, *ARTIFACTS) for tag in construct.tags):
        return Support(construct, KEPT, "Kept in the file and the picture, without meaning for the run.")
    return Support(construct, EXECUTED, "With its standard meaning.")
