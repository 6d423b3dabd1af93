"""Messages from outside: an appeal, a new incident, a letter that came back."""

import pytest

from app import errors
from tests.engine.bench import Case, read


def test_a_message_nobody_waits_for_changes_nothing():
    case = Case.begin("message_boundary")
    with pytest.raises(errors.CaseMovedOn, match="not waiting for ‘unheard of’"):
        case.receive("unheard of", secret="yes")
    assert case.facts == {} and case.open() == ["work"]


def test_a_message_that_interrupts_takes_the_task_away():
    case = Case.begin("message_boundary").receive("withdraw", why="moved away")
    assert case.open() == ["instead"] and case.facts == {"why": "moved away"}
    assert not case.run.expects("withdraw") and not case.run.expects("news")
    assert case.do("instead").is_over


def test_a_message_that_does_not_interrupt_leaves_the_task_open():
    case = Case.begin("message_boundary").receive("news")
    assert case.open() == ["note", "work"]
    assert case.run.expects("withdraw")


def test_a_frame_opens_for_every_message_and_the_case_waits_for_all_of_them():
    case = Case.begin("message_frame")
    for count in range(1, 5):
        case.receive("new_incident", incidents=count)
        assert case.open() == ["look"] * count + ["work"]
    case.do("look").receive("new_incident").do("work")
    assert not case.is_over and case.facts == {"incidents": 4}
    for _ in range(4):
        case.do("look")
    assert case.is_over


def test_a_frame_that_was_opened_in_one_run_stays_closed_in_the_next():
    shared = read("message_frame")
    for _ in range(3):
        case = Case.follow(shared, "message_frame")
        assert case.open() == ["work"]  # SpiffWorkflow 3.2 connects the frame in the shared drawing
        assert case.receive("new_incident").open() == ["look", "work"]
        assert case.do("work").do("look").is_over
        assert not case.run.expects("new_incident")


def test_a_frame_on_a_called_page_is_open_to_messages_while_the_page_is():
    case = Case.begin("frame_start")
    assert case.run.expects("new_incident")
    case.receive("new_incident").receive("new_incident")
    assert case.open() == ["look", "look", "work"]
    case.do("work").do("look").do("look")
    assert case.is_over


def test_a_run_says_whether_it_waits_for_messages():
    assert Case.begin("message_boundary").run.waits_for_messages()
    assert not Case.begin("timer_beside").run.waits_for_messages()
