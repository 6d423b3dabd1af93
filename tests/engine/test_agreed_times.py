"""Reading the rules of running limits anew: other agreed times, with credit for the time already used."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app import errors
from app.drawing import decisions
from app.engine import moving
from tests.engine import bench
from tests.engine.bench import MONDAY, Case
from tests.walks.agreed import table

BODY = (
    '<startEvent id="begun"/><userTask id="first"/><userTask id="work"/><endEvent id="done"/><endEvent id="told"/>'
    '<boundaryEvent id="late" attachedToRef="work" cancelActivity="false"><timerEventDefinition id="t">'
    '<timeDuration>=timescale("work")</timeDuration></timerEventDefinition></boundaryEvent>'
    '<sequenceFlow id="a" sourceRef="begun" targetRef="first"/><sequenceFlow id="b" sourceRef="first" targetRef="work"/>'
    '<sequenceFlow id="c" sourceRef="work" targetRef="done"/><sequenceFlow id="d" sourceRef="late" targetRef="told"/>'
)


def read(limit):
    files = {"p.bpmn": bench.drawing(BODY), "timescales.dmn": table({"work": limit})}
    return bench.procedure(files)


def working(limit, start=MONDAY, **facts):
    """A case at its second step, which began at ``start``."""
    case = Case.follow(read(limit), "p", **facts)
    case.at = start
    return case.do("first")


def moved_to(case, limit):
    before = case.procedure.tables
    (agreed,) = decisions.read(table({"work": limit}), "timescales.dmn")
    case.procedure = replace(case.procedure, tables={"timescales": agreed})
    case.wake()
    case.run.read_rules_anew(before)
    case.run.settle()
    return case


def due_on(case):
    return case.run.waiting_timers()[0].due_on


def test_the_new_limit_counts_from_where_the_old_one_did():
    case = working("3 working days", MONDAY + timedelta(days=1))
    case.at = MONDAY + timedelta(days=3)
    assert due_on(moved_to(case, "5 working days")) == date(2026, 3, 10)  # from Tuesday 3 March, not from Thursday
    (moved,) = case.run.moved
    assert (moved.due_on, moved.timer.rule, moved.timer.first_due_on) == (
        date(2026, 3, 6),
        "5 working days",
        date(2026, 3, 6),
    )


@pytest.mark.parametrize("way", [("working day 3", "3 working days"), ("3 working days", "working day 3")])
def test_a_limit_keeps_when_it_began_whatever_it_counted_from_meanwhile(way):
    case = working(way[0], MONDAY + timedelta(days=1))
    days = {"working day 3": date(2026, 3, 5), "3 working days": date(2026, 3, 6)}
    assert due_on(case) == days[way[0]]
    assert due_on(moved_to(case, way[1])) == days[way[1]]
    assert due_on(moved_to(case, way[0])) == days[way[0]]


def test_more_time_that_was_given_stays_given():
    case = working("3 working days")
    case.wake()
    timer = case.run.waiting_timers()[0]
    case.run.change_limit(timer.id, timer.key, lambda task: moving.extend(task, "2 working days", "one"))
    case.run.settle()
    assert due_on(moved_to(case, "5 working days")) == date(2026, 3, 11)


def test_a_limit_whose_time_is_agreed_as_before_is_left_alone():
    case = working("3 working days")
    assert due_on(moved_to(case, "3 working days")) == date(2026, 3, 5)
    assert not case.run.moved


def test_a_clock_that_is_held_stays_held_and_runs_on_with_the_new_limit():
    case = working("3 working days")
    case.wake()
    timer = case.run.waiting_timers()[0]
    case.run.change_limit(timer.id, timer.key, lambda task: moving.hold(task, "20 working days", "one", MONDAY))
    case.run.settle()
    moved_to(case, "5 working days")
    assert case.run.waiting_timers()[0].held_at == MONDAY
    case.at = MONDAY + timedelta(days=1)
    case.wake()
    case.run.change_limit(timer.id, timer.key, lambda task: moving.resume(task, case.at))
    case.run.settle()
    assert due_on(case) == date(2026, 3, 10)


def test_a_table_that_says_nothing_about_a_running_limit_stops_the_case():
    case = working("3 working days")
    with pytest.raises(errors.CannotGoOn, match="has no limit"):
        moved_to(case, "")


def test_a_limit_may_be_over_at_once():
    case = working("5 working days")
    case.at = MONDAY + timedelta(days=4)
    moved_to(case, "1 working day")
    assert case.timers() == {"late": datetime(2026, 3, 4, tzinfo=UTC)}
