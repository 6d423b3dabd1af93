"""What the drawing itself asks a person: which way, how many times, whether something has come."""

import pytest

from app.drawing.asking import ARRIVAL, NUMBER, WAY
from app.forms import drawn
from tests.engine.bench import Case


def asked(case, key):
    return case.procedure.asked(next(t.form for t in case.run.open_tasks() if t.key == key))


def fields(question):
    (page,) = drawn.of(question).pages
    return [(part.type, part.key) for part in page.components]


def test_a_person_is_asked_which_way_to_go_with_the_words_on_the_arrows():
    case = Case.begin("asks_way")
    (task,) = case.run.open_tasks()
    question = asked(case, "met")
    assert (task.key, task.name, task.role) == ("met", "Is it met?", "Officer")
    assert (question.kind, question.answers, question.several) == (WAY, ("No, look again", "Yes"), False)
    assert fields(question) == [("radio", "answer_met")]


def test_a_question_is_asked_anew_each_time_it_is_reached():
    case = Case.begin("asks_way").do("met", answer_met="No, look again")
    assert case.open() == ["work"]
    case.do("work")
    assert case.open() == ["met"]
    assert case.do("met", answer_met="Yes").is_over


def test_several_answers_open_several_ways_which_are_waited_for():
    case = Case.begin("asks_ways")
    assert asked(case, "whom").several and fields(asked(case, "whom")) == [("checklist", "answer_whom")]
    case.do("whom", answer_whom=["Police", "Council"])
    assert case.open() == ["council", "police"]
    assert not case.do("police").is_over
    assert case.do("council").is_over


def test_of_several_ways_those_that_were_not_chosen_are_not_waited_for():
    case = Case.begin("asks_ways").do("whom", answer_whom=["Police"])
    assert case.open() == ["police"] and case.do("police").is_over


@pytest.mark.parametrize("times", [0, 1, 3])
def test_a_step_is_done_as_often_as_a_person_says(times):
    case = Case.begin("asks_how_many")
    assert asked(case, "visit").kind == NUMBER and fields(asked(case, "visit")) == [("number", "answer_visit")]
    case.do("visit", answer_visit=times)
    assert len(case.open()) == times
    for _ in range(times):
        case.wake()
        case.run.complete(case.run.open_tasks()[0].id, {})
        case.run.settle()
    assert case.is_over


def test_what_comes_from_outside_is_confirmed_by_a_person():
    case = Case.begin("asks_arrival")
    assert case.open() == ["letter"] and asked(case, "letter").kind == ARRIVAL
    case.do("letter", letter={"notes": "It came today."})
    assert case.open() == ["call", "stop", "work"] and case.facts == {"letter": {"notes": "It came today."}}


def test_an_event_on_the_edge_may_be_confirmed_again_while_the_step_goes_on():
    case = Case.begin("asks_arrival").do("letter").do("call").do("call")
    assert case.open() == ["answer", "answer", "call", "stop", "work"]
    case.do("work")
    assert case.open() == ["answer", "answer"], "what hung on the step has gone with it"


def test_an_event_that_interrupts_takes_the_step_away_when_it_is_confirmed():
    case = Case.begin("asks_arrival").do("letter").do("stop")
    assert case.is_over


@pytest.mark.parametrize(("came", "next_step"), [("letter", "read"), ("call", "listen")])
def test_what_a_person_says_has_come_first_is_followed_alone(came, next_step):
    case = Case.begin("asks_which_came")
    assert case.open() == ["call", "letter"] and list(case.timers()) == ["late"]
    case.do(came)
    assert case.open() == [next_step] and case.timers() == {}
    assert case.do(next_step).is_over


def test_a_time_that_is_over_first_takes_the_questions_away():
    case = Case.begin("asks_which_came").fire("late")
    assert case.open() == ["chase"] and case.do("chase").is_over


def test_a_frame_begins_each_time_somebody_says_that_it_has_come():
    case = Case.begin("asks_frame").do("news").do("news")
    assert case.open() == ["look", "look", "news", "work"]
    case.do("look").do("work")
    assert not case.is_over and case.do("look").is_over
