"""Examples that came with the system: complete, without a finding, and tried through by their own scenarios."""

from datetime import date

import pytest

from app.cli.demo import MEMBERS
from app.config import ROOT
from app.drawing import reading
from app.editor import files, folders, inspecting, letter_facts
from app.editor.surroundings import Surroundings
from app.editor.trying import covering, running
from app.editor.trying.ground import ground
from app.forms.letters import library
from app.notify import letters
from tests.processes.test_letter_words import AGE_11, grade, prose, values

ROLES = {role for member in MEMBERS for role in member.roles}


@pytest.fixture(params=folders.examples(ROOT))
def example(request):
    own = folders.example(ROOT, request.param)
    return own, folders.read(ROOT) | own


def test_its_files_are_new_and_nothing_is_found_in_them(example):
    own, all_files = example
    assert not own.keys() & folders.read(ROOT).keys()
    found = inspecting.inspect(all_files, ROLES)
    assert {name: [one.says for one in found.of(name)] for name in own if found.of(name)} == {}


def test_its_scenarios_end_as_expected_and_try_all_of_it(example):
    own, all_files = example
    results = [running.run_one(all_files, name) for name in running.names(own)]
    assert {one.name: one.difference.says for one in results if one.difference} == {}
    covered = covering.coverage(ground(all_files), [(one.name, one.course) for one in results])
    drawn = {one.file: [part.id for part in one.parts if not part.is_tried] for one in covered.drawings}
    assert {name: drawn[name] for name in own if files.kind(name) == "bpmn"} == {
        name: [] for name in own if files.kind(name) == "bpmn"
    }


def test_its_letters_can_be_read_at_eleven(example):
    own, all_files = example
    written = library.read_all({name: text for name, text in all_files.items() if files.kind(name) == "letter"})
    facts = letter_facts.made_up(Surroundings(all_files), date(2026, 3, 2))
    names = [library.key_of(name) for name in own if files.kind(name) == "letter"]
    graded = {name: grade(prose(letters.write(name, values(facts), written).html)) for name in names}
    assert graded and {name: one for name, one in graded.items() if one > AGE_11} == {}


def test_its_teams_are_its_own(example):
    own, _ = example
    lanes = {
        lane.name
        for name, content in own.items()
        if files.kind(name) == "bpmn"
        for lane in reading.read(content, name).lanes
    }
    assert len(lanes) > 2 and lanes - ROLES == {"Tenant"}  # whoever asks has no role
