"""Scenario files: read strictly, and run to the first difference in plain words."""

import json
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from app.cli.commands import trigger
from app.config import ROOT
from app.editor import folders
from app.editor.trying import course, covering, outcomes, running, scenarios
from app.editor.trying.acts import Finish, Play, Tell, Wait, instant
from app.editor.trying.expected import Expected
from app.editor.trying.ground import ground
from app.editor.trying.scenarios import Scenario
from app.errors import DrawingBroken
from tests.editor.test_trying import LATE

PLAY = Play("limited", instant(date(2026, 3, 2)), (Wait(days=10),))
FILES = {"drawn.bpmn": LATE}
RECORD = {"title": "Late", "process": "limited", "starts_on": "2026-03-02", "acts": [], "expects": {}}


def text(**changes):
    return json.dumps({**RECORD, **changes}).encode()


def problems(content):
    with pytest.raises(DrawingBroken) as broken:
        scenarios.read(content, "late.scenario")
    return [f"{one.element}: {one.says}" for one in broken.value.problems]


def run(expected, play=PLAY, content=FILES):
    files = {**content, "one.scenario": scenarios.write(Scenario("One", play, expected))}
    return running.run_one(files, "one.scenario").difference


def test_a_scenario_reads_as_it_was_written():
    acts = (Finish("work", {"a": [1, None]}, made_up=True, whom="police", number=2), Tell("heard", {"b": "c"}))
    acts += (Wait(days=3), Wait(until=instant(date(2026, 3, 9))), Finish("work", each=True))
    expected = Expected(("work",), "open", ("work",), {"panel": "2026-03-16"}, (), {"victim": ()}, {"t": {"x": 1}})
    scenario = Scenario("One", Play("limited", instant(date(2026, 3, 2)), acts, {"known": True}), expected, "Why")
    assert scenarios.read(scenarios.write(scenario), "one.scenario") == scenario


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe", "no JSON object"),
        (b"[]", "no JSON object"),
        (b"[" * 100_000, "no JSON object"),
        (b'{"title": NaN}', "no JSON object"),
        (b" " * 300_001, "larger than 300 kB"),
        (text(title=" "), "‘title’ must be a text"),
        (text(title="x" * 201), "200 characters or fewer"),
        (text(script="alert(1)"), "‘script’ is not known here"),
        (text(starts_on="2026-02-30"), "‘starts_on’ is a day"),
        (text(starts_on="9999-01-01"), "‘starts_on’ is a day"),
        (text(acts={}), "‘acts’ must be a list"),
        (text(acts=[{"do": "wait", "days": 1}] * 301), "at most 300"),
        (text(acts=["wait"]), "act 1: It must say what is done"),
        (text(acts=[{"do": ["wait"]}]), "act 1: It must say what is done"),
        (text(acts=[{"do": "wait"}]), "either ‘until’"),
        (text(acts=[{"do": "wait", "days": True}]), "must be a whole number"),
        (text(acts=[{"do": "wait", "days": 10**9}]), "must be a whole number"),
        (text(acts=[{"do": "wait", "days": 1}, {"do": "apply"}]), "act 2: Somebody can apply only in the first act"),
        (text(acts=[{"do": "finish", "task": 7}]), "‘task’ must be a text"),
        (text(acts=[{"do": "finish", "task": "a", "made_up": "yes"}]), "must be true or false"),
        (text(acts=[{"do": "finish", "task": "a", "answers": {"typename": 1}}]), "must be an object in braces"),
        (text(known=json.loads('{"a":' * 40 + "1" + "}" * 40)), "must be an object in braces"),
        (text(expects={"path": "work"}), "‘path’ is not written as it should be"),
        (text(expects={"ends": "well"}), "‘ends’ is not written as it should be"),
        (text(expects={"letters": {"victim": "update"}}), "‘letters’ is not written as it should be"),
        (text(expects={"dates": {"panel": 3}}), "‘dates’ is not written as it should be"),
        (text(expects={"tables": {"threshold": []}}), "‘tables’ is not written as it should be"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_scenario_is_refused_with_its_place(content, says):
    assert any(says in one for one in problems(content))


def test_everything_that_is_wrong_is_told_at_once():
    assert len(problems(text(title="", process="", acts=[{"do": "fly"}], more=1))) == 4


def test_a_scenario_that_goes_as_expected_passes():
    course_of = course.follow(ground(FILES), PLAY)
    assert run(outcomes.came(ground(FILES), course_of)) is None


@pytest.mark.parametrize(
    ("changes", "says", "element"),
    [
        ({"path": ("tell", "work")}, "‘work’ was expected after ‘tell’, and did not come. What came was", "work"),
        ({"path": ("gone",)}, "The step ‘gone’ is not in the drawings any more.", "gone"),
        ({"ends": "open"}, "expected that the case goes on, but the case is closed", ""),
        ({"open": ("work",)}, "As open at the end, ‘work’ was expected, but it is nothing", "work"),
        ({"dates": {"late": "2026-03-06"}}, "be Friday 6 March 2026, but it is Thursday 5 March 2026", "late"),
        ({"dates": {"panel": "2026-03-06"}}, "but it is no day", "panel"),
        ({"limits_passed": ()}, "As a time limit that passes, nothing was expected, but it is ‘work’", "work"),
        (
            {"letters": {"victim": ()}},
            "Letter 1 to the victim was expected to be no letter, but it is ‘update’",
            "tell",
        ),
        ({"letters": {"agency:police": ("x",)}}, "Letter 1 to police (agency) was expected to be ‘x’", ""),
        ({"tables": {"threshold": {}}}, "The table ‘threshold’ was expected to be asked, and was not.", "threshold"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_first_difference_is_told_in_plain_words_with_its_element(changes, says, element):
    found = run(Expected(**changes))
    assert says.replace(" March", "\u00a0March") in found.says.replace(" March", "\u00a0March")
    assert found.element == element


def test_what_a_table_says_otherwise_is_told():
    content = folders.read(ROOT)
    scenario = scenarios.read(content["threshold_v2_same_incident.scenario"], "v2.scenario")
    wanted = Expected(tables={"threshold": {"threshold.qualifying": 3}})
    found = run(wanted, scenario.play, content)
    assert "expected to say 3 for ‘threshold.qualifying’, but it says 1" in found.says


def test_a_scenario_that_names_a_step_that_is_gone_says_so():
    found = run(Expected(), replace(PLAY, acts=(Finish("offer_mediation"),)))
    assert found.says == "Act 1 cannot be done. The step ‘offer_mediation’ is not in the drawings any more."
    assert found.element == "offer_mediation"


def test_a_scenario_of_a_process_that_is_gone_says_so_and_the_others_run():
    files = {**FILES, "a.scenario": text(process="gone"), "b.scenario": text(), "c.scenario": b"{"}
    found = running.run_all(files)
    assert [one.passes for one in found.done] == [False, True, False]
    assert "There is no process ‘gone’" in found.done[0].difference.says
    assert found.says == "1 of 3 end as expected"


def test_a_limit_that_is_changed_ends_a_scenario_otherwise():
    expected = Expected(dates={"late": "2026-03-05"})
    assert run(expected) is None
    longer = {"drawn.bpmn": LATE.replace(b"3 days", b"5 days")}
    assert "Saturday 7\u00a0March 2026" in run(expected, content=longer).says


def test_only_what_can_end_otherwise_runs_again_after_a_save():
    files = {**FILES, "a.scenario": text(title="A"), "b.scenario": text(title="B")}
    before = running.run_all(files).done
    after = running.run_all({**files, "b.scenario": text(title="C"), "c.letter": b"Dear"}).done
    assert after[0] is before[0] and after[1] is not before[1]
    assert running.run_all({**files, "new.form": b"{}"}).done[0] is not before[0]


def test_those_for_which_there_is_no_time_are_left_for_the_next_look():
    files = {**FILES, **{f"{name}.scenario": text(title=f"Late {name}") for name in "defg"}}
    found = running.run_all(files, seconds=-1)
    assert (found.total, found.waiting) == (4, ("d.scenario", "e.scenario", "f.scenario", "g.scenario"))
    assert "0 of 4 have run so far" in found.says
    running.run_all(files)
    assert running.run_all(files, seconds=-1).waiting == ()


def test_coverage_tells_what_was_tried_and_paints_it_in_words():
    on = ground(FILES)
    nothing = covering.coverage(on, [])
    assert nothing.share == 0 and {one.badge for one in nothing.of("drawn.bpmn").states.values()} == {"not tried"}
    tried = covering.coverage(on, [("a", course.follow(on, PLAY))]).of("drawn.bpmn")
    by_id = {part.id: part for part in tried.parts}
    assert by_id["late"].by == ("a",) and by_id["late"].kind == covering.LIMIT
    assert by_id["tell"].is_tried and not by_id["work"].is_tried and not by_id["done"].is_tried


def test_the_command_ends_with_1_where_one_ends_otherwise(tmp_path):
    for folder in ("processes", "forms"):
        (tmp_path / folder).mkdir()
    (tmp_path / "processes" / "drawn.bpmn").write_bytes(LATE)
    (tmp_path / "processes" / "late.scenario").write_bytes(text(acts=[{"do": "wait", "days": 10}]))
    done = CliRunner().invoke(trigger, ["scenarios", str(tmp_path)])
    assert done.exit_code == 0 and "1 of 1 end as expected." in done.output
    (tmp_path / "processes" / "late.scenario").write_bytes(text(expects={"ends": "closed"}))
    done = CliRunner().invoke(trigger, ["scenarios", str(tmp_path), "--json"])
    said = json.loads(done.output)
    assert done.exit_code == 1 and not said["scenarios"][0]["passes"]
    assert said["scenarios"][0]["difference"]["section"] == "ends"
