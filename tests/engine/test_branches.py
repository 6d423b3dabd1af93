"""Branches, joins and ways out."""

import pytest

from app import errors
from tests.engine.bench import Case


def test_parallel_branches_see_one_set_of_facts():
    case = Case.begin("parallel_branches", report={"from": "Tansy Applegarth"})
    case.do("police", report={"police": "known"}).do("council", report={"council": "unknown"})
    assert case.open() == ["after"]
    assert case.facts == {"report": {"from": "Tansy Applegarth", "police": "known", "council": "unknown"}}


def test_the_last_answer_to_the_same_question_stands():
    case = Case.begin("parallel_branches").do("council", seen="yes").do("police", seen="no")
    assert case.facts == {"seen": "no"}


def test_a_join_in_a_loop_waits_for_both_branches_in_every_round():
    case = Case.begin("join_in_loop")
    for first, second in (("a", "b"), ("b", "a"), ("b", "a"), ("a", "b"), ("b", "a")):
        assert case.open() == ["a", "b"]
        case.do(first)
        assert case.open() == [second]  # SpiffWorkflow 3.2 would count the arrivals of the round before
        case.do(second)
        assert case.open() == ["look"]
        case.do("look", more="yes")
    assert case.do("a").do("b").do("look", more="no").is_over


@pytest.mark.parametrize("bodies", [["police"], ["council"]])
def test_an_inclusive_gateway_waits_only_for_the_branches_that_were_taken(bodies):
    case = Case.begin("inclusive", bodies=bodies)
    assert case.open() == bodies
    assert case.do(bodies[0]).open() == ["after"]


@pytest.mark.parametrize("order", [["police", "council"], ["council", "police"]])
def test_an_inclusive_join_waits_for_all_branches_that_were_taken(order):
    case = Case.begin("inclusive", bodies=["police", "council"])
    assert case.do(order[0]).open() == [order[1]]
    assert case.do(order[1]).open() == ["after"]
    assert case.passed.count("join") == 1


@pytest.mark.parametrize("drawn", ["no_way_out", "inclusive"])
def test_a_question_that_no_answer_fits_stops_the_case_at_its_gateway(drawn):
    with pytest.raises(errors.CannotGoOn) as stopped:
        if drawn == "inclusive":
            Case.begin(drawn, bodies=["nobody"])
        else:
            Case.begin(drawn).do("ask", answer="perhaps")
    assert str(stopped.value) == "None of the ways out of this question fits the answers."
    assert stopped.value.element == {"no_way_out": "which", "inclusive": "split"}[drawn]


@pytest.mark.parametrize("answer", ["no", None, 3])
def test_the_default_way_is_for_all_other_answers(answer):
    case = Case.begin("default_way").do("ask", answer=answer)
    assert case.is_over and case.passed[-1] == "other"


def test_an_answer_that_fits_does_not_take_the_default_way():
    assert Case.begin("default_way").do("ask", answer="yes").open() == ["act"]


def test_a_terminate_end_ends_every_other_branch():
    case = Case.begin("terminate")
    assert case.open() == ["stop", "work"]
    assert case.do("stop").is_over
    assert case.open() == []


def test_a_terminate_end_inside_a_subprocess_ends_only_the_subprocess():
    case = Case.begin("terminate_inside").do("stop")
    assert case.open() == ["after", "beside"]
    assert case.do("after").do("beside").is_over


def test_a_signal_reaches_whoever_waits_for_it_in_the_same_case():
    case = Case.begin("signal")
    assert case.open() == ["work"]
    assert case.do("work").open() == ["after"]
    assert case.do("after").is_over
