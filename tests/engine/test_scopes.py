"""Subprocesses, called pages, and events that stay in their scope."""

import pytest

from app import errors
from tests.engine.bench import Case, read


@pytest.mark.parametrize("drawn", ["subprocess", "call"])
def test_a_subprocess_works_on_the_facts_of_its_case(drawn):
    case = Case.begin(drawn, begun="yes")
    assert case.open() == ["work"]
    case.do("work", worked="yes")
    assert case.open() == ["after"]
    assert case.facts == {"begun": "yes", "worked": "yes"}
    assert case.do("after").is_over


def test_as_one_page_within_a_page_ends_the_next_begins():
    case = Case.begin("calls_in_calls").do("work")
    assert case.open() == ["after"]
    assert case.do("after").is_over


def test_a_transaction_ends_like_a_subprocess():
    case = Case.begin("transaction").do("work", agreed="yes")
    assert case.open() == ["after"]
    assert case.do("after").is_over


def test_a_transaction_that_is_called_off_goes_on_at_its_cancel_event():
    case = Case.begin("transaction").do("work", agreed="no")
    assert case.open() == ["instead"]
    assert case.do("instead").is_over


@pytest.mark.parametrize("side, other", [("left", "right"), ("right", "left")])
def test_an_escalation_is_heard_only_where_it_was_thrown(side, other):
    case = Case.begin("escalation_innermost")
    task = next(t for t in case.run._everywhere(16) if t.task_spec.name == "assess" and _call(t) == side)
    case.run.complete(task.id, {})
    case._settle()
    assert case.open() == ["assess", "go_on", f"look_{side}"]
    case.do("assess").do("go_on").do("go_on").do(f"look_{side}").do(f"look_{other}")
    assert case.is_over


def _call(task):
    return task.workflow.top_workflow.get_task_from_id(task.workflow.parent_task_id).task_spec.name


def test_an_escalation_that_nobody_hears_is_no_fault():
    case = Case.begin("escalation_uncaught").do("work")
    assert case.open() == ["after"]
    assert case.do("after").is_over


def test_an_escalation_goes_outwards_to_the_first_that_listens_for_it():
    case = Case.begin("escalation_outwards").do("work")
    assert case.open() == ["look"]
    assert case.do("look").is_over
    assert "never" not in case.passed and "wrong" not in case.passed


def test_an_event_subprocess_opens_each_time_its_escalation_is_thrown():
    case = Case.begin("escalation_frame").do("work", more="yes").do("work", more="yes")
    assert case.open() == ["look", "look", "work"]
    assert not case.do("work", more="no").is_over
    assert case.do("look").do("look").do("look").is_over


def test_an_error_that_nobody_catches_stops_the_case_where_it_was_raised():
    with pytest.raises(errors.CannotGoOn, match="nothing catches it") as stopped:
        Case.begin("error_uncaught").do("work")
    assert stopped.value.element == "failed"


@pytest.mark.parametrize("drawn", ["error_boundary", "error_any"])
def test_an_error_ends_its_subprocess_and_goes_on_at_its_boundary(drawn):
    case = Case.begin(drawn).do("work")
    assert case.open() == ["mend"]
    assert case.do("mend").is_over


def test_two_runs_of_a_procedure_at_once_do_not_touch_each_other():
    shared = read("escalation_frame")
    first, second = (Case.follow(shared, "escalation_frame") for _ in range(2))
    first.do("work", more="yes")
    assert first.open() == ["look", "work"]
    assert second.open() == ["work"]


def test_an_event_subprocess_within_a_subprocess_opens_too():
    case = Case.begin("frame_in_subprocess").do("work")
    assert case.open() == ["after", "listen", "look"]
    case.do("after").do("look")
    assert not case.is_over
    assert case.do("listen").is_over


def test_an_error_that_opens_an_event_subprocess_ends_all_else_beside_it():
    case = Case.begin("error_frame").do("work")
    assert case.open() == ["mend"]
    assert case.do("mend").is_over
