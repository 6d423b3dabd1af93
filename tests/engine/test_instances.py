"""Multi-instances: one task, or one page, for each of several."""

import pytest

from app import errors
from tests.engine.bench import Case

PEOPLE = ["Tansy", "Barnaby"]


def test_the_answers_given_in_an_instance_stay_there_until_all_are_collected():
    case = Case.begin("instances", people=PEOPLE).do("ask", "Barnaby", seen="yes")
    assert case.open() == [("ask", "Tansy")]
    assert "seen" not in case.facts
    case.do("ask", "Tansy", seen="no")
    assert case.facts["replies"] == [{"for": "Barnaby", "seen": "yes"}, {"for": "Tansy", "seen": "no"}]
    assert "seen" not in case.facts and "person" not in case.facts


def test_a_second_round_of_a_multi_instance_begins_with_nothing_collected():
    case = Case.begin("instances", people=PEOPLE)
    case.do("ask", "Tansy", seen="yes").do("ask", "Barnaby", seen="yes").do("again", more="yes", people=["Tansy"])
    assert case.open() == [("ask", "Tansy")]
    assert case.facts["replies"] == []
    case.do("ask", seen="no").do("again", more="no")
    assert case.facts["replies"] == [{"for": "Tansy", "seen": "no"}]
    assert case.is_over


@pytest.mark.parametrize("drawn", ["instances", "instances_in_order", "instances_until_enough"])
def test_a_multi_instance_over_an_empty_list_is_passed_at_once(drawn):
    case = Case.begin(drawn, people=[])
    assert case.open() == [{"instances": "again"}.get(drawn, "after")]
    assert case.facts["replies"] == []


@pytest.mark.parametrize("people", [None, "Tansy", {"one": "Tansy"}, 3])
def test_a_multi_instance_over_something_that_is_no_list_stops_the_case(people):
    with pytest.raises(errors.CannotGoOn, match="‘people’ is not a list yet"):
        Case.begin("instances", people=people)


def test_instances_in_order_come_one_after_the_other():
    case = Case.begin("instances_in_order", people=[*PEOPLE, "Odo"])
    for person in [*PEOPLE, "Odo"]:
        assert case.open() == [("ask", person)]
        case.do("ask", seen=person)
    assert case.open() == ["after"]
    assert case.facts["replies"] == [{"for": person, "seen": person} for person in [*PEOPLE, "Odo"]]


@pytest.mark.parametrize("meanwhile", [[], ["Tansy"], ["Odo", "Wilf"], None])
def test_a_list_that_changes_while_instances_come_in_order_changes_nothing(meanwhile):
    case = Case.begin("instances_in_order", people=PEOPLE)
    case.do("ask", "Tansy", seen="yes")
    case.run.facts["people"] = meanwhile
    assert case.do("ask", "Barnaby").open() == ["after"]


@pytest.mark.parametrize("drawn", ["instances", "instances_in_order"])
def test_a_list_with_an_empty_entry_stops_the_case(drawn):
    with pytest.raises(errors.CannotGoOn, match="has an empty entry"):
        Case.begin(drawn, people=["Tansy", None])


@pytest.mark.parametrize("drawn, visits", [("instances_by_number", 2), ("instances_by_number_in_order", 3)])
def test_a_number_says_how_many_instances_there_are(drawn, visits):
    case = Case.begin(drawn, visits=visits)
    for visit in range(3):
        case.do("ask", visit, told=visit)
    assert case.open() == ["after"]
    assert case.facts["replies"] == [{"for": visit, "told": visit} for visit in range(3)]


@pytest.mark.parametrize("drawn", ["instances_by_number", "instances_by_number_in_order"])
@pytest.mark.parametrize("visits", [1_000_000, -5, 1.5, "many", None, True])
def test_a_number_of_instances_out_of_reason_stops_the_case(drawn, visits):
    with pytest.raises(errors.CannotGoOn) as stopped:
        Case.begin(drawn, visits=visits)
    assert stopped.value.element == "ask"


@pytest.mark.parametrize("drawn", ["instances", "instances_in_order", "instances_until_enough"])
def test_two_hundred_instances_are_the_most(drawn):
    assert Case.begin(drawn, people=list(range(200))).open()
    with pytest.raises(errors.CannotGoOn, match="at most 200"):
        Case.begin(drawn, people=list(range(201)))


def test_a_completion_condition_looks_at_the_instance_that_was_finished_last():
    case = Case.begin("instances_until_enough", people=[*PEOPLE, "Odo"])
    assert len(case.do("ask", "Odo", answer="yes").open()) == 2
    case.do("ask", "Tansy", answer="no")
    assert case.open() == ["after"]
    assert [reply["for"] for reply in case.facts["replies"]] == ["Odo", "Tansy"]


def test_an_instance_of_a_page_keeps_its_answers_over_all_its_tasks():
    case = Case.begin("instances_of_calls", agencies=["police", "council"])
    case.do("find", "police", found="much").do("find", "council", found="little")
    assert case.open() == [("write", "council"), ("write", "police")]
    case.do("write", "council", text="c").do("write", "police", text="p")
    assert case.facts["returns"] == [
        {"for": "council", "found": "little", "text": "c"},
        {"for": "police", "found": "much", "text": "p"},
    ]


def test_each_instance_of_a_page_has_its_own_limit():
    case = Case.begin("instances_of_calls", agencies=["police", "council"]).do("find", "police").do("find", "council")
    case.fire("write_late", "council")
    assert case.open() == [("chase", "council"), ("write", "council"), ("write", "police")]


def test_instances_within_instances_collect_into_the_one_around_them():
    agencies = [{"name": "police", "officers": ["P1", "P2"]}, {"name": "council", "officers": ["C1"]}]
    case = Case.begin("instances_in_instances", agencies=agencies)
    for officer in ("C1", "P2", "P1"):
        case.do("ask_officer", officer, word=officer.lower())
    assert case.open() == ["after"]
    council, police = case.facts["returns"]
    assert council == {"for": agencies[1], "said": [{"for": "C1", "word": "c1"}]}
    assert police == {"for": agencies[0], "said": [{"for": "P2", "word": "p2"}, {"for": "P1", "word": "p1"}]}
    assert "said" not in case.facts
