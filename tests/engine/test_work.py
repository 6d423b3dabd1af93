"""Scripts, effects and repetition: what a drawing does without a person."""

import pytest

from app import errors
from app.engine.library import procedure
from tests.engine.bench import Case, drawing, read


def test_a_script_sets_facts_each_line_seeing_the_ones_before():
    case = Case.begin("script", review={"by": "Barnaby Thistlewood"}).do("ask", days=4)
    assert case.facts == {"days": 4, "review": {"by": "Barnaby Thistlewood", "days": 8, "words": "8 days"}}


@pytest.mark.parametrize(
    "script",
    [
        "import os",
        "print(1)",
        "a == 1",
        "a += 1",
        "a[0] = 1",
        "del a",
        "a = ",
        "a = lambda: 1",
        "a = [x for x in y]",
        "a = 1\nb",
        "x = __import__('os').system('true')",
    ],
)
def test_a_script_that_is_no_assignment_is_refused_with_its_element(script):
    body = (
        f'<startEvent id="a"/><scriptTask id="set"><script>{script}</script></scriptTask><endEvent id="b"/>'
        '<sequenceFlow id="f" sourceRef="a" targetRef="set"/><sequenceFlow id="g" sourceRef="set" targetRef="b"/>'
    )
    with pytest.raises(errors.DrawingBroken) as broken:
        procedure({"script.bpmn": drawing(body)})
    assert {(problem.file, problem.element) for problem in broken.value.problems} == {("script.bpmn", "set")}


def test_letters_services_and_messages_are_asked_for_and_nothing_else_happens():
    case = Case.begin("effects").do("ask", applicant="Tansy Applegarth")
    assert case.is_over
    assert case.facts == {"applicant": "Tansy Applegarth"}
    assert [(effect.key, effect.kind, effect.name) for effect in case.effects] == [
        ("send", "letter", "Send the letter"),
        ("publish", "service", "Publish the number"),
        ("done", "letter", "Told"),
    ]
    assert case.effects[0].wants == {"element": "send", "letter": "acknowledge", "to": "applicant"}


def test_an_effect_is_asked_for_once_however_often_the_case_sleeps():
    case = Case.begin("effects").do("ask")
    case.wake()
    case.run.settle()
    assert case.run.effects == []


def test_a_task_repeats_until_its_condition_no_longer_holds():
    case = Case.begin("loop_until").do("visit", found="no").do("visit", found="no")
    assert case.open() == ["visit"]
    assert case.do("visit", found="yes").open() == ["after"]


def test_a_task_repeats_at_most_as_often_as_it_says():
    case = Case.begin("loop_until")
    for _ in range(4):
        assert case.open() == ["visit"]
        case.do("visit", found="no")
    assert case.open() == ["after"]
    assert case.facts == {"found": "no"}


@pytest.mark.parametrize("wanted, open_", [("yes", "visit"), ("no", "after"), (None, "after")])
def test_a_loop_that_tests_before_may_be_passed_at_once(wanted, open_):
    assert Case.begin("loop_at_once", wanted=wanted).open() == [open_]


def test_a_loop_that_tests_before_ends_when_its_condition_no_longer_holds():
    case = Case.begin("loop_at_once", wanted="yes").do("visit")
    assert case.open() == ["visit"]
    assert case.do("visit", wanted="no").do("after").is_over


def test_scripts_that_go_round_come_to_rest_or_stop_the_case():
    assert Case.begin("endless", rounds=0, limit=100).do("work").is_over
    with pytest.raises(errors.NeverRests, match="goes round without coming to rest"):
        Case.begin("endless", rounds=0, limit=10_000).do("work")


def test_a_loop_of_two_tasks_goes_on_for_hundreds_of_rounds_and_stays_small():
    shared, sizes = read("long_loop"), []
    case = Case.follow(shared, "long_loop")
    for number in range(600):  # SpiffWorkflow 3.2 loses the case at round 501
        case.do("visit").do("review", more="yes")
        sizes.append(len(case.run.put_away()))
        assert case.open() == ["visit"], number
    assert max(sizes[10:]) <= max(sizes[:10]) + 20  # bytes: the ids of tasks compress differently
    assert case.do("visit").do("review", more="no").is_over


@pytest.mark.parametrize(
    "where", [{"typename": "hello"}, {"a": {"typename": "UUID", "value": "x"}}, {"typename": None}]
)
def test_no_key_among_the_answers_can_keep_a_case_from_waking(where):
    case = Case.begin("call").do("work", **where)
    case.wake()
    assert case.open() == ["after"] and case.facts == where
