"""A release goes out to folders, and files from folders come in as a draft."""

import pytest
from click.testing import CliRunner

from app.cli.commands import trigger
from app.config import ROOT
from app.editor import folders
from app.store import releasing
from app.store.db import db


@pytest.fixture
def run(partnership):
    def run(*words):
        done = CliRunner().invoke(trigger, [str(word) for word in words], obj=lambda: partnership)
        db.session.rollback()
        return done

    return run


def test_what_is_live_is_written_as_it_stands(run, tmp_path):
    done = run("export", "release", tmp_path)
    assert done.exit_code == 0, done.output
    assert folders.read(tmp_path) == folders.read(ROOT)


def test_files_that_are_not_in_the_release_are_taken_away_and_others_stay(run, tmp_path):
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "old.form").write_text("{}")
    (tmp_path / "forms" / "notes.txt").write_text("Ours.")
    run("export", "release", tmp_path)
    assert not (tmp_path / "forms" / "old.form").exists() and (tmp_path / "forms" / "notes.txt").exists()


def test_files_from_folders_become_a_draft_for_a_second_person(run, tmp_path):
    run("export", "release", tmp_path)
    (tmp_path / "forms" / "read_information.form").unlink()
    changed = tmp_path / "processes" / "hold_panel.bpmn"
    changed.write_bytes(changed.read_bytes() + b"\n")
    done = run("import", tmp_path, "--title", "From git", "--by", "linnet@larkmere.example")
    assert "changes 2 files: hold_panel.bpmn, read_information.form" in done.output
    (draft,) = releasing.drafts()
    assert (draft.title, draft.made_by, draft.state) == ("From git", "Linnet Ashgrove", "open")


def test_nobody_brings_in_files_without_an_account(run, tmp_path):
    run("export", "release", tmp_path)
    done = run("import", tmp_path, "--title", "From git", "--by", "nobody@larkmere.example")
    assert done.exit_code == 1 and "Nobody has the address" in done.output


def test_an_unknown_release_is_named(run, tmp_path):
    done = run("export", "release", tmp_path, "--release", "zzz")
    assert done.exit_code == 1 and "0 releases begin with" in done.output


def test_files_of_camunda_are_converted_and_the_report_is_printed(run, tmp_path):
    run("export", "release", tmp_path)
    drawing = ROOT / "tests" / "drawings" / "camunda" / "seven" / "hall_booking.bpmn"
    (tmp_path / "processes" / "hall_booking.bpmn").write_bytes(drawing.read_bytes())
    done = run("import", tmp_path, "--title", "From Camunda", "--by", "linnet@larkmere.example")
    assert "changes 2 files: hall_booking.bpmn, task_look.form" in done.output
    assert "hall_booking.bpmn: Converted from Camunda 7: 3 things taken over, 10 left for you." in done.output
    assert "- Write that it is taken: In Camunda the Java class ‘org.example.Mail’ did this." in done.output
