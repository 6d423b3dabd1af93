"""Working out expressions and decisions from the command line: JSON on stdout, problems on stderr, status 2."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from app.cli.commands import trigger
from app.config import ROOT
from tests.engine.models import asked, decision, file, text


def ask(*words):
    """What the command answers; it is given no application, because it needs none."""
    return CliRunner().invoke(trigger, words)


def value(*words):
    found = ask(*words)
    assert found.exit_code == 0, found.output
    assert found.stdout.endswith("\n") and found.stdout.count("\n") == 1
    return json.loads(found.stdout)


@pytest.mark.parametrize(
    ("expression", "line"),
    [
        ("1 + 2", "3"),
        ("0.1 + 0.2", "0.3"),
        ("12345678901234567890.123456789", "12345678901234567890.123456789"),
        ("10 ** 20", "100000000000000000000"),
        ("1 / 3", "0.3333333333333333333333333333333333"),
        ("null", "null"),
        ('"é" + "\\n"', '"é\\n"'),
        ('[true, {a b: 1, "c": []}]', '[true, {"a b": 1, "c": []}]'),
        ('date("2026-05-01")', '"2026-05-01"'),
        ('@"10:30:15.50@Europe/London"', '"10:30:15.5@Europe/London"'),
        ('date and time("2026-05-01T10:00:00Z") + @"PT1H"', '"2026-05-01T11:00:00Z"'),
        ('@"P1Y14M"', '"P2Y2M"'),
        ("[1..3)", '"[1..3)"'),
        ('(>= @"2026-05-01")', '"(>= @\\"2026-05-01\\")"'),
        ("function(a, b) a", '"function(a, b)"'),
        ("unknown thing", "null"),
    ],
)
def test_an_expression_is_printed_as_one_line_of_json(expression, line):
    assert ask("feel", expression).stdout == line + "\n"


def test_texts_stay_texts_and_at_literals_become_dates():
    context = {"plain": "2026-05-01", "due": '@"2026-05-01"', "all": ['@"P1D"', {"at": '@"10:00:00Z"'}], "odd": '@"x"'}
    asking = "[plain instance of string, due instance of date, all[1] instance of duration, all[2].at.hour, odd]"
    assert value("feel", asking, "--context", json.dumps(context)) == [True, True, True, 10, None]


def test_numbers_keep_their_digits_on_the_way_in():
    assert ask("feel", "n", "--context", '{"n": 0.1234567890123456789}').stdout == "0.1234567890123456789\n"


def test_names_in_the_context_may_have_signs():
    assert value("feel", "anti-social + 1", "--context", '{"anti-social": 1}') == 2


@pytest.mark.parametrize(
    ("tests", "given", "verdict"),
    [
        ("> 5", "7", True),
        ("> 5", "3", False),
        ("> 5", '"x"', None),
        ('"a", "b"', '"b"', True),
        ("not(1, 2)", "3", True),
        ("-", "null", True),
        ("[@\"2026-01-01\"..@\"2026-12-31\"]", '"@\\"2026-05-01\\""', True),
        ("? > limit", "7", True),
    ],
)  # fmt: skip
def test_unary_tests_are_asked_about_a_value(tests, given, verdict):
    assert value("feel", tests, "--unary", given, "--context", '{"limit": 6}') is verdict


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["feel", "1 + (2"], "Expected “)”, but the expression ends here. In ‘1 + (2’, at character 7."),
        (["feel", "count(for a in 1..9999, b in 1..9999 return 1)"], "takes too long"),
        (["feel", "1", "--context", "[1]"], "Expected a JSON object"),
        (["feel", "1", "--context", '{"a": }'], "This is not JSON"),
        (["feel", "1", "--context", '{"a": NaN}'], "NaN is not a number in JSON"),
        (["feel", "> 5", "--unary", "x"], "This is not JSON"),
        (["feel", "1", "--context", '{"a": ' + "[" * 5000 + "]" * 5000 + "}"], "nests too deeply"),
    ],
)
def test_what_is_wrong_goes_to_stderr_with_status_two(words, says):
    found = ask(*words)
    assert (found.exit_code, found.stdout) == (2, "")
    assert says in " ".join(found.stderr.split())


@pytest.fixture
def models(tmp_path):
    path = tmp_path / "review.dmn"
    parts = [
        asked("reports", "number"),
        decision("threshold", text('if reports >= 3 then "met" else "not met"'), "?reports", kind="string"),
        decision("letter", text('"The threshold is " + threshold'), "threshold"),
        decision("broken", text("1 +")),
    ]
    path.write_bytes(file(*parts))
    return str(path)


def test_a_decision_is_worked_out_with_all_it_requires(models):
    assert value("decide", models, "--decision", "letter", "--input", '{"reports": 3}') == "The threshold is met"
    assert value("decide", models, "--decision", "_threshold", "--input", '{"reports": 1}') == "not met"


def test_without_a_name_all_decisions_are_worked_out_and_a_broken_one_is_null(models):
    found = ask("decide", models, "--input", '{"reports": 3}')
    assert json.loads(found.stdout) == {"threshold": "met", "letter": "The threshold is met", "broken": None}
    assert found.exit_code == 2
    assert "review.dmn: In ‘broken’: Expected a value, but the expression ends here." in found.stderr


def test_a_name_that_is_not_decided_is_told(models):
    found = ask("decide", models, "--decision", "nothing")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "It decides ‘threshold’, ‘letter’, ‘broken’." in found.stderr


def test_a_file_that_is_no_model_is_told(tmp_path):
    path = tmp_path / "picture.dmn"
    path.write_bytes(b"<svg/>")
    found = ask("decide", str(path))
    assert (found.exit_code, found.stdout) == (2, "")
    assert "picture.dmn: This is not a DMN file" in found.stderr


@pytest.mark.parametrize("path", sorted((ROOT / "processes").glob("*.dmn")), ids=lambda path: path.name)
def test_the_tables_of_the_procedure_can_be_asked_from_the_command_line(path):
    found = ask("decide", str(path))
    assert found.exit_code == 0, found.stderr
    assert json.loads(found.stdout)


def test_the_threshold_is_worked_out_as_in_a_case():
    days = [("2026-05-01", "2026-05-03"), ("2026-05-20", "2026-06-01"), ("2026-07-09", "2026-07-09")]
    reports = [{"happened_on": a, "reported_on": b, "incident": a, "asb": "yes"} for a, b in days]
    given = json.dumps({"reports": reports, "application": {"received_on": "2026-07-10"}})
    found = value("decide", str(ROOT / "processes" / "threshold.dmn"), "--decision", "Threshold", "--input", given)
    assert (found["threshold.qualifying"], found["threshold.decision"]) == (3, "met")


@pytest.mark.parametrize("command", ["feel", "decide"])
def test_the_help_says_how_dates_are_written_in_json(command):
    assert "@" in ask(command, "--help").stdout


INSTALLED = "import sys; from app.trigger import main\ntry: main()\nfinally: print('flask' in sys.modules)"


@pytest.mark.parametrize(("words", "lines"), [(("feel", "1 + 1"), ["2", "False"]), (("--version-of-none",), ["True"])])
def test_expressions_do_without_the_house_that_the_other_commands_put_together(words, lines):
    found = subprocess.run([sys.executable, "-c", INSTALLED, *words], cwd=ROOT, capture_output=True, text=True)
    assert found.stdout.splitlines() == lines
