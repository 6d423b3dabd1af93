"""What people may do: who, with which form, and what happens when somebody was there first."""

from uuid import uuid4

import pytest

from app import errors
from app.engine import snapshot
from tests.engine.bench import Case


def shown(case):
    task = case.run.open_tasks()[0]
    return task.key, task.process, task.name, task.role, task.form, task.instructions


def test_a_task_shows_who_does_it_with_which_form_and_what_to_know():
    case = Case.begin("lanes")
    assert shown(case) == (
        "note",
        "lanes",
        "Note the application",
        "Coordinator",
        "note_application",
        "Read it **twice**.",
    )
    assert shown(case.do("note")) == (
        "interview",
        "lanes",
        "Interview the applicant",
        "Safety officer",
        "",
        "For the officer",
    )


def test_a_task_without_a_lane_is_done_by_whoever_does_what_is_around_it():
    case = Case.begin("lanes").do("note").do("interview")
    assert shown(case)[:4] == ("inside", "inner", "inside", "Coordinator")
    assert shown(case.do("inside"))[:4] == ("first", "page_without_lanes", "first", "Coordinator")


def test_a_candidate_group_comes_before_every_lane():
    case = Case.begin("lanes").do("note").do("interview").do("inside").do("first")
    assert shown(case)[3] == "Senior officer"


def test_a_task_can_be_finished_once():
    case = Case.begin("call")
    task = case.run.open_tasks()[0]
    case.do("work", first="yes")
    with pytest.raises(errors.CaseMovedOn):
        case.run.complete(task.id, {"second": "yes"})
    assert case.facts == {"first": "yes"}


@pytest.mark.parametrize("which", ["unknown", "waiting", "passed"])
def test_only_an_open_task_can_be_finished(which):
    case = Case.begin("timer_waits")
    tasks = {spec: id_ for id_, spec in ((t.id, t.task_spec.name) for t in case.run._workflow.tasks.values())}
    with pytest.raises(errors.CaseMovedOn):
        case.run.complete({"unknown": uuid4(), "waiting": tasks["wait"], "passed": tasks["begin"]}[which], {})


def test_arrows_that_split_without_a_gateway_begin_both_ways():
    case = Case.begin("forks").do("work")
    assert case.open() == ["council", "police"]
    case.do("police")
    assert case.open() == ["after", "council"]  # nothing joins them: what follows is done once for each
    case.do("council")
    assert case.open() == ["after", "after"]
    assert case.do("after").do("after").is_over


@pytest.mark.parametrize("end, then", [("late", "instead"), ("withdraw", "closing")])
def test_what_interrupts_a_multi_instance_takes_away_all_that_stands_in_it(end, then):
    case = Case.begin("interrupted_instances", agencies=["police", "council", "nhs"])
    case.do("find", "police").fire("find_late", "council")
    assert case.open() == [("chase", "council"), ("find", "council"), ("find", "nhs")]
    case.fire("late") if end == "late" else case.receive("withdraw")
    assert case.open() == [then] and case.timers() == {}
    assert case.do(then).is_over


def test_a_multi_instance_that_nobody_interrupts_goes_on_after_the_last():
    case = Case.begin("interrupted_instances", agencies=["police", "council"]).do("find", "police")
    assert case.do("find", "council").open() == ["after"]
    assert case.timers() == {} and not case.run.expects("withdraw")


def test_a_page_repeats_as_a_task_does():
    case = Case.begin("loop_of_pages").do("visit", found="no").do("write").do("visit", found="yes")
    assert case.open() == ["write"]
    assert case.do("write").open() == ["after"]


def test_a_receive_task_waits_for_its_message():
    case = Case.begin("receiving")
    assert case.open() == [] and case.run.waits_for_messages()
    assert case.receive("answer", text="yes").open() == ["after"]
    assert case.facts == {"text": "yes"}


def test_of_two_starts_the_one_without_an_event_begins_the_case():
    case = Case.begin("two_starts")
    assert case.open() == ["work"]
    assert case.do("work").is_over


def test_arrows_that_split_behind_a_repeated_task_or_a_limit_begin_both_ways_too():
    case = Case.begin("forks_beside", people=["Tansy"]).fire("late")
    assert case.open() == ["remind", "tell", "work"]
    case.do("remind").do("tell").do("work")
    assert case.open() == [("ask", "Tansy"), "police"]
    assert case.do("ask").open() == ["council", "police"]
    assert case.do("council").do("police").is_over
    assert case.passed.count("told") == 1 and case.passed.count("asked") == 1


def test_what_was_interrupted_hears_no_more_messages_and_takes_no_more_room():
    case, sizes = Case.begin("interrupted_again"), []
    for _ in range(20):
        case.receive("new_incident")
        assert case.open() == ["look", "work"]
        case.fire("late")
        assert case.open() == ["work"]
        sizes.append(len(snapshot.read(case.run.put_away())["scopes"]))
    assert sizes == [1] * 20
    assert case.do("work").is_over
