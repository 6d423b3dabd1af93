"""The scenarios of ``processes/``: each ends as expected, and together they try everything that is drawn."""

import pytest

from app.config import ROOT
from app.editor import folders
from app.editor.trying import covering, running
from app.editor.trying.ground import ground

FILES = folders.read(ROOT)
SHARE = 1.0  # of all steps, answers, time limits and events of the drawings
VECTORS = {f"threshold_v{number}" for number in range(1, 9)}


@pytest.mark.parametrize("name", running.names(FILES))
def test_a_scenario_ends_as_expected(name):
    found = running.run_one(FILES, name)
    assert found.passes, found.difference.says
    assert not found.scenario.expected.is_empty and found.scenario.about


def test_the_eight_test_vectors_of_the_threshold_are_there():
    named = {
        name.partition("_v")[0] + "_v" + name.partition("_v")[2][0] for name in running.names(FILES) if "_v" in name
    }
    assert VECTORS <= named


def test_together_they_try_all_that_is_drawn():
    results = running.run_all(FILES)
    covered = covering.coverage(ground(FILES), running.courses_of(results))
    assert covered.share >= SHARE, {
        one.file: [part.id for part in one.parts if not part.is_tried] for one in covered.drawings
    }
    assert len(covered.drawings) == len([name for name in FILES if name.endswith(".bpmn")])
