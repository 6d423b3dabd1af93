"""What SpiffWorkflow 3.2 passes over in silence, executed with the meaning of BPMN 2.0.2."""

from tests.engine.bench import Case


def test_two_links_are_one_arrow():
    case = Case.begin("links").do("before")
    assert case.open() == ["after"] and case.do("after").is_over


def test_an_end_throws_its_signal():
    case = Case.begin("signal_end")
    assert case.open() == ["work"]
    case.do("work")
    assert case.open() == ["after"] and case.do("after").is_over


def test_a_frame_that_interrupts_ends_everything_else():
    case = Case.begin("frame_interrupts")
    assert case.open() == ["more", "work"]
    case.receive("withdraw")
    assert case.open() == ["instead"] and case.do("instead").is_over


def test_a_frame_that_a_time_opens_interrupts_as_well():
    case = Case.begin("frame_interrupts_by_timer").fire("late")
    assert case.open() == ["instead"] and case.do("instead").is_over


def test_an_event_waits_until_its_condition_comes_true():
    case = Case.begin("condition_waits")
    assert case.open() == ["work"]
    case.do("work", risk="high")
    assert case.open() == ["after"] and case.do("after").is_over


def test_an_event_whose_condition_does_not_come_true_goes_on_waiting():
    case = Case.begin("condition_waits").do("work", risk="low")
    assert case.open() == [] and not case.is_over


def test_a_condition_that_holds_already_is_not_waited_for():
    assert Case.begin("condition_waits", risk="high").open() == ["after", "work"]


def test_a_condition_on_the_edge_takes_the_step_away():
    case = Case.begin("condition_beside")
    assert case.open() == ["other", "work"]
    case.do("work", risk="high")
    assert case.open() == ["instead"] and case.do("instead").is_over


def test_a_case_that_a_message_begins_has_begun_when_it_is_opened():
    case = Case.begin("opened_by_message")
    assert case.open() == ["work"] and case.do("work").is_over


def test_a_loop_without_a_question_can_be_followed_round_and_round():
    case = Case.begin("loop_alone")
    for _ in range(20):
        assert case.open() == ["one"]
        case.do("one").do("two")
