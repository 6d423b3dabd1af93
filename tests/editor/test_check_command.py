"""``trigger check`` and ``trigger play`` as programs call them."""

import json

import pytest
from click.testing import CliRunner

from app.cli.drawings import alone
from app.config import ROOT
from tests.editor.test_playing import LATE, STUCK
from tests.processes import published
from tests.walks import tiny

KEYS = {"element", "label", "kind", "severity", "says", "reading", "fix"}
HOSTILE = {
    "nothing": b"",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "other XML": b"<html/>",
    "an entity bomb": b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>',
    "an outside entity": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
    "fifty megabytes": b"<a>" + b" " * 50_000_000 + b"</a>",
    "a deep file": b"<a>" * 100_000,
    "a wrong encoding": '<?xml version="1.0" encoding="UTF-8"?><definitions name="\u00fc"/>'.encode("latin-1"),
}


@pytest.fixture
def run(tmp_path):
    def call(*arguments, **files):
        for name, content in files.items():
            (tmp_path / f"{name}.bpmn").write_bytes(content)
        given = [str(tmp_path / f"{one[1:]}.bpmn") if one.startswith("@") else one for one in arguments]
        return CliRunner().invoke(alone, given)

    return call


def test_findings_are_given_as_records(run):
    result = run("check", "@late", "@stuck", "--json", late=LATE, stuck=STUCK)
    late, stuck = json.loads(result.stdout)
    assert result.exit_code == 0 and set(late) == {"file", "verdict", "findings"}
    assert (late["verdict"], stuck["verdict"]) == ("runs", "runs_as_read")
    assert all(set(one) == KEYS for one in stuck["findings"])
    assert all(set(one["fix"]) == {"says", "edits"} for one in stuck["findings"] if one["reading"])


def test_the_fixed_drawing_runs(run, tmp_path):
    fixed = tmp_path / "fixed.bpmn"
    assert run("check", "@stuck", "--fix", str(fixed), stuck=STUCK).exit_code == 0
    (one,) = json.loads(run("check", "@fixed", "--json").stdout)
    assert one["verdict"] == "runs"


@pytest.mark.parametrize("what", HOSTILE)
def test_whatever_the_bytes_are_there_is_an_answer(run, what):
    result = run("check", "@odd", "--json", odd=HOSTILE[what])
    (one,) = json.loads(result.stdout)
    assert result.exit_code == 1 and one["verdict"] == "refused"
    assert one["findings"][0]["says"] and one["findings"][0]["severity"] == "error"


def test_a_drawing_that_is_refused_cannot_be_played(run):
    result = run("play", "@odd", odd=b"<html/>")
    assert result.exit_code == 1 and "not a BPMN drawing" in result.output


def test_a_play_is_given_as_a_record(run):
    record = json.loads(run("play", "@late", "--json", "--seed", "3", late=LATE).stdout)
    assert set(record) == {"outcome", "steps", "stuck_at"} and record["outcome"] == "completed"


def test_a_play_may_be_steered_from_the_keyboard(tmp_path):
    (tmp_path / "stuck.bpmn").write_bytes(STUCK)
    result = CliRunner().invoke(alone, ["play", str(tmp_path / "stuck.bpmn"), "--choose"], input="2\n")
    assert "two" in result.output and "The play is stuck at both." in result.output


def test_drawings_that_call_each_other_are_read_together(run):
    caller = '<callActivity id="call" name="See" calledElement="stuck"/>'
    calls = tiny.process("caller", caller, tiny.end("done"), tiny.flow("begun", "call", "done"))
    one, other = json.loads(run("check", "@caller", "@stuck", "--json", caller=calls, stuck=STUCK).stdout)
    assert (one["verdict"], other["verdict"]) == ("runs", "runs_as_read")
    alone_ = json.loads(run("check", "@caller", "--json", caller=calls).stdout)[0]
    assert [finding["kind"] for finding in alone_["findings"]] == ["call_of_nothing"]


def test_the_products_own_drawings_run_as_they_stand():
    files = [str(file) for file in sorted((ROOT / "processes").glob("*.bpmn"))]
    found = json.loads(CliRunner().invoke(alone, ["check", *files, "--json"]).stdout)
    assert len(found) == len(files) and {one["verdict"] for one in found} == {"runs"}
    said = {(finding["element"], finding["kind"]) for one in found for finding in one["findings"]}
    assert said == {(element, "cuts_off") for element in published.CUTS_OFF}
