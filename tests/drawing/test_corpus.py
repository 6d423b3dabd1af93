"""Drawings as people make them, one fact each: what is said of them, what the fixes do, how they play."""

from collections import Counter

import pytest

from app.drawing.completing import completed
from app.drawing.element_reading import BPMN, SPIFF
from app.drawing.sheet import DI
from app.drawing.xml import local
from app.editor import checking, playing
from tests.drawing.corpus import (
    FOLDER,
    NOTHING,
    STOPS,
    checked,
    drawn,
    expectations,
    fixed,
    local_findings,
    named,
    open_findings,
)

ALL = list(expectations())
PLAYED = [name for name, one in expectations().items() if one["verdict"] != checking.REFUSED]
RENAMING = {"no_id", "same_id", "odd_id", "picture_unreadable"}  # said by place, not by id
MOST_SINGLE = 12  # fixes of one drawing that are made alone: the others are of the same kind


def test_every_drawing_has_its_expectation_and_says_its_fact():
    files = {f"{file.parent.name}/{file.stem}" for file in FOLDER.glob("*/*.bpmn")}
    assert files == set(ALL)
    silent = [name for name in ALL if b"<!-- " not in drawn(name)[:200]]
    assert silent == ["hostile/empty_file", "hostile/no_xml"]


@pytest.mark.parametrize("name", ALL)
def test_a_drawing_gets_its_verdict_and_its_findings_and_no_others(name):
    expected = expectations()[name]
    assert checked(name).verdict == expected["verdict"]
    assert [named(finding) for finding in local_findings(checked(name))] == expected["findings"]


@pytest.mark.parametrize("name", [name for name, one in expectations().items() if one.get("foretold")])
def test_what_is_wrong_with_a_drawing_as_a_whole_is_foretold(name):
    assert expectations()[name]["foretold"] in {finding.kind for finding in checked(name).findings}


@pytest.mark.parametrize("name", PLAYED)
def test_a_drawing_with_every_fix_made_runs(name):
    again = checking.check(f"{name}.bpmn", fixed(name), NOTHING)
    assert (again.verdict, open_findings(again)) == (checking.RUNS, [])


@pytest.mark.parametrize("name", PLAYED)
def test_a_fix_can_be_made_alone_and_its_finding_is_gone(name):
    for finding in open_findings(checked(name))[:MOST_SINGLE]:
        alone = checking.check(f"{name}.bpmn", completed.fixed(drawn(name), name, [finding]), NOTHING)
        assert alone.verdict != checking.REFUSED
        assert (finding.element, finding.kind, finding.says) not in [
            (one.element, one.kind, one.says) for one in alone.findings
        ]


@pytest.mark.parametrize("name", PLAYED)
def test_fixes_leave_everything_else_where_it_was(name):
    if RENAMING & {finding.kind for finding in checked(name).findings}:
        return
    before, after = completed.opened(drawn(name), name), completed.opened(fixed(name), name)
    edits = [edit for finding in checked(name).findings if finding.fix for edit in finding.fix.edits]
    meant = {edit["element"] for edit in edits if "element" in edit}
    cleared = {kind for edit in edits if edit["do"] == "clear" for kind in edit["kinds"]}
    gone = {edit["element"] for edit in edits if edit["do"] == "remove"}
    kept = {_key(node): dict(node.attrib) for node in after.iter(f"{BPMN}*") if node.get("id")}
    for node in before.iter(f"{BPMN}*"):
        around = {name for one in (node, *node.iterancestors()) for name in (local(one), _key(one))}
        if node.get("id") and node.get("id") not in meant and not around & (cleared | gone):
            assert kept.get(node.get("id")) == dict(node.attrib)
    places = _places(after)
    assert all(places.get(own) == place for own, place in _places(before).items() if own not in gone)


@pytest.mark.parametrize("name", PLAYED)
def test_fixes_keep_what_other_tools_wrote(name):
    before, after = _foreign(completed.opened(drawn(name), name)), _foreign(completed.opened(fixed(name), name))
    assert before == after


@pytest.mark.parametrize("name", PLAYED)
def test_a_drawing_plays_as_expected_and_the_same_again_from_the_same_seed(name):
    expected, procedure = expectations()[name]["plays"], checked(name).procedure
    plays = [playing.play(procedure, f"{name}.bpmn", NOTHING, seed=seed) for seed in range(3)]
    assert {play.outcome for play in plays} <= {expected} if isinstance(expected, str) else set(expected)
    assert playing.play(procedure, f"{name}.bpmn", NOTHING, seed=2) == plays[2]
    foretold = STOPS & {finding.kind for finding in checked(name).findings}
    assert foretold or {play.outcome for play in plays} == {playing.COMPLETED}


def test_almost_every_drawing_can_be_played_to_its_end():
    outside = [one for name, one in expectations().items() if not name.startswith(("unsound/", "hostile/"))]
    assert sum(one.get("plays") == playing.COMPLETED for one in outside) >= 0.97 * len(outside)


def _key(node):
    return node.get("id", "")


def _places(root):
    """The place of each shape, by what it shows."""
    shapes = root.iter(f"{DI}BPMNShape")
    return {one.get("bpmnElement"): dict(one[0].attrib) for one in shapes if len(one)}


def _foreign(root):
    """How often each piece of another maker stands in the file, to the last sign."""
    pieces = (one for node in root.iter(f"{BPMN}extensionElements") for one in node)
    return Counter(_own(one) for one in pieces if not one.tag.startswith((BPMN, SPIFF)))


def _own(node):
    return node.tag, tuple(node.attrib.items()), node.text, tuple((_own(child), child.tail) for child in node)
