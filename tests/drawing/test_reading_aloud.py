"""Drawings in words from the command line."""

import pytest
from click.testing import CliRunner

from app.cli.commands import trigger
from tests.drawing.outlines import KEPT, ROOT

PROCESSES = ROOT / "processes"


@pytest.fixture
def command():
    return lambda *words: CliRunner().invoke(trigger, [str(word) for word in words])


def test_a_drawing_is_told_with_the_times_and_names_that_stand_beside_it(command):
    found = command("outline", PROCESSES / "hold_panel.bpmn")
    assert found.exit_code == 0
    assert found.output == (KEPT / "hold_panel.txt").read_text("utf-8")


def test_two_versions_are_told_apart(command, tmp_path):
    old = PROCESSES / "hold_panel.bpmn"
    (tmp_path / "new.bpmn").write_bytes(old.read_bytes().replace(b"Send the papers", b"Send all papers"))
    found = command("compare", old, tmp_path / "new.bpmn")
    assert (found.exit_code, found.output.splitlines()[0]) == (0, "‘Send the papers’ is now called ‘Send all papers’.")
    assert command("compare", old, old).output == "Nothing has changed.\n"


def test_two_versions_of_a_table_are_told_apart(command, tmp_path):
    old = PROCESSES / "timescales.dmn"
    (tmp_path / "new.dmn").write_bytes(old.read_bytes().replace(b'"working day 2"', b'"working day 4"'))
    found = command("compare", old, tmp_path / "new.dmn")
    assert found.output.splitlines()[0].endswith("milestone ‘acknowledge’: time limit working day 2 → working day 4.")


@pytest.mark.parametrize(
    "words", [["outline", "{}"], ["compare", "{}", "{}"], ["compare", PROCESSES / "risk_band.dmn", "{}"]]
)
def test_a_file_that_cannot_be_read_is_named(command, tmp_path, words):
    (tmp_path / "broken.bpmn").write_text("<not")
    found = command(*(str(word).format(tmp_path / "broken.bpmn") for word in words))
    assert found.exit_code == 1
    assert found.output.startswith(
        ("Error: broken.bpmn: The file is not well-formed XML.", "Error: risk_band.dmn: This is")
    )


def test_files_beside_a_drawing_that_cannot_be_read_tell_nothing(command, tmp_path):
    (tmp_path / "a.bpmn").write_bytes((PROCESSES / "hold_panel.bpmn").read_bytes())
    (tmp_path / "b.bpmn").write_text("broken")
    (tmp_path / "timescales.dmn").write_text("broken")
    found = command("outline", tmp_path / "a.bpmn")
    assert found.exit_code == 0
    assert "at least 2 working days before the panel" in found.output
