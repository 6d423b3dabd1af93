"""Whatever strangers draw gets a verdict, fixes that mend it, and a play. ``STRANGERS=1000`` looks at that many."""

import os

import pytest

from app.drawing.completing import completed
from app.editor import checking, playing
from tests.drawing.corpus import NOTHING, STOPS, open_findings
from tests.drawing.strangers import Stranger

SEEDS = range(int(os.environ.get("STRANGERS", "60")))


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_a_stranger_draws_is_read_mended_and_played(seed):
    content = Stranger(seed).draw()
    checked = checking.check("f.bpmn", content, NOTHING)
    assert checked.verdict != checking.REFUSED, [finding.says for finding in checked.findings]
    again = checking.check("f.bpmn", completed.fixed(content, "f.bpmn", checked.findings), NOTHING)
    assert (again.verdict, open_findings(again)) == (checking.RUNS, [])
    one, same = (playing.play(checked.procedure, "f.bpmn", NOTHING, seed=seed) for _ in range(2))
    assert one == same
    assert one.outcome == playing.COMPLETED or STOPS & {finding.kind for finding in checked.findings}
    for finding in open_findings(checked)[:3]:
        completed.fixed(content, "f.bpmn", [finding])


def test_the_same_seed_draws_the_same():
    assert Stranger(5).draw() == Stranger(5).draw()
