"""Timers that never read a clock: they fire when the run is told, and not before."""

from datetime import UTC, datetime, timedelta

import pytest

from app import errors
from app.engine.library import procedure
from tests.engine.bench import MONDAY, Case, drawing

AT_NIGHT = datetime(2026, 3, 6, tzinfo=UTC)  # the end of Thursday 5 March 2026: three working days after Monday


def test_an_interrupting_timer_takes_the_task_away():
    case = Case.begin("timer_interrupts")
    assert case.timers() == {"late": AT_NIGHT}
    case.fire("late")
    assert case.open() == ["instead"] and case.timers() == {}
    assert case.do("instead").is_over


def test_a_timer_that_does_not_interrupt_leaves_the_task_open():
    case = Case.begin("timer_beside").fire("late")
    assert case.open() == ["remind", "work"] and case.timers() == {}
    assert not case.do("work").is_over
    assert case.do("remind").is_over


def test_a_task_that_is_finished_takes_its_timer_with_it():
    case = Case.begin("timer_beside").do("work")
    assert case.is_over and case.timers() == {}


@pytest.mark.parametrize("drawn", ["timer_interrupts", "timer_beside", "timer_waits", "timer_cycle", "event_gateway"])
def test_no_timer_fires_by_itself_however_late_it_is(drawn):
    case = Case.begin(drawn)
    before = case.open(), case.timers()
    case.at = MONDAY + timedelta(days=4_000)
    case.wake()
    case.run.settle()
    case.wake()
    assert (case.open(), case.timers()) == before
    assert case.run.passed == []


def test_a_waiting_timer_says_what_it_counts_and_what_it_hangs_on():
    timer = Case.begin("timer_interrupts").run.waiting_timers()[0]
    assert (timer.rule, timer.task_key, timer.interrupts) == ("3 working days", "work", True)
    assert (timer.start_at, timer.due_at, timer.due_on.isoformat()) == (MONDAY, AT_NIGHT, "2026-03-05")


def test_a_limit_in_hours_ends_at_an_instant():
    case = Case.begin("timer_waits")
    timer = case.run.waiting_timers()[0]
    assert (timer.due_at, timer.due_on) == (MONDAY + timedelta(hours=24), None)
    assert case.fire("wait").open() == ["after"]


@pytest.mark.parametrize("key", ["late", "never_drawn"])
def test_a_timer_fires_only_while_it_waits(key):
    case = Case.begin("timer_interrupts")
    timer = case.run.waiting_timers()[0]
    case.fire("late")
    with pytest.raises(errors.CaseMovedOn):
        case.run.fire(timer.id, key, at=AT_NIGHT)


def test_rounds_that_were_missed_are_one_round():
    case = Case.begin("timer_cycle")
    assert case.timers() == {"again": datetime(2026, 3, 10, tzinfo=UTC)}
    case.fire("again", at=MONDAY + timedelta(days=30))  # Wednesday 1 April: four rounds were missed
    assert case.open() == ["remind", "work"]
    assert case.timers() == {"again": datetime(2026, 4, 6, 23, tzinfo=UTC)}  # midnight in summer time


def test_every_round_starts_what_follows_once():
    case = Case.begin("timer_cycle")
    for rounds in range(1, 6):
        case.fire("again")
        assert case.open() == ["remind"] * rounds + ["work"]
    for _ in range(5):
        case.do("remind")
    assert case.do("work").is_over


def test_a_cycle_ends_after_its_last_round():
    case = Case.begin("timer_cycle_thrice").fire("again").fire("again").fire("again")
    assert case.open() == ["remind", "remind", "remind", "work"] and case.timers() == {}
    for key in ("remind", "remind", "remind", "work"):
        case.do(key)
    assert case.is_over


def test_an_expression_gives_the_limit_when_the_task_is_reached():
    case = Case.begin("timer_from_feel", limit="1 working day")
    assert case.timers() == {"late": datetime(2026, 3, 4, tzinfo=UTC)}


@pytest.mark.parametrize("limit", [None, "", 3, "soon", "P99999999999Y", "R/PT0S", ["1 day"], "1" * 400 + " days"])
def test_an_expression_that_gives_no_limit_stops_the_case_at_its_timer(limit):
    with pytest.raises(errors.CannotGoOn) as stopped:
        Case.begin("timer_from_feel", limit=limit)
    assert stopped.value.element == "late"


def test_a_limit_counts_from_a_day_among_the_facts():
    case = Case.begin("timer_from_fact", panel={"held_on": "2026-03-13"})
    assert case.timers() == {"late": datetime(2026, 3, 12, tzinfo=UTC)}


@pytest.mark.parametrize("panel", [{}, {"held_on": None}, {"held_on": "Friday"}, {"held_on": "2026-03-13T10:00"}])
def test_a_limit_that_counts_from_a_day_that_is_not_there_stops_the_case(panel):
    with pytest.raises(errors.CannotGoOn, match="panel.held_on, which has no date yet") as stopped:
        Case.begin("timer_from_fact", panel=panel)
    assert stopped.value.element == "late"


@pytest.mark.parametrize("first, open_", [("soon", "remind"), ("late", "close")])
def test_an_event_based_gateway_goes_the_way_of_the_timer_that_fires_first(first, open_):
    case = Case.begin("event_gateway")
    assert set(case.timers()) == {"soon", "late"}
    case.fire(first)
    assert case.open() == [open_] and case.timers() == {} and not case.run.expects("appeal_received")
    assert case.do(open_).is_over


def test_an_event_based_gateway_goes_the_way_of_a_message_that_comes_first():
    case = Case.begin("event_gateway").receive("appeal_received", appeal={"why": "too late"})
    assert case.open() == ["appeal_task"] and case.timers() == {}
    assert case.facts == {"appeal": {"why": "too late"}}
    assert case.do("appeal_task").is_over


@pytest.mark.parametrize(
    "kind, text",
    [
        ("Duration", "P99999999999Y"),
        ("Duration", "P9999999M"),
        ("Duration", "P"),
        ("Duration", "PT1S"),
        ("Duration", "soon"),
        ("Duration", ""),
        ("Date", "2027-01-10T09:00"),
        ("Date", "2027-02-30"),
        ("Cycle", "R1000000/PT0S"),
        ("Cycle", "R/PT0S"),
        ("Cycle", "R/P99999999999Y"),
        ("Cycle", "7 days"),
        ("Duration", "=1 +"),
    ],
)
def test_a_limit_that_cannot_be_read_is_refused_with_the_drawing(kind, text):
    timer = f"<timerEventDefinition><time{kind}>{text}</time{kind}></timerEventDefinition>"
    assert refusals(beside(timer)) == [("limits.bpmn", "late")]


@pytest.mark.parametrize("kind", ["intermediateCatchEvent", "startEvent", 'boundaryEvent attachedToRef="work"'])
def test_a_limit_that_comes_round_again_is_refused_where_the_token_would_wait_for_it(kind):
    timer = "<timerEventDefinition><timeCycle>R3/P7D</timeCycle></timerEventDefinition>"
    assert refusals(f'{WORK}<{kind} id="again">{timer}</{kind.split()[0]}>') == [("limits.bpmn", "again")]


def test_an_event_subprocess_that_a_limit_starts_is_refused():
    timer = "<timerEventDefinition><timeDuration>3 days</timeDuration></timerEventDefinition>"
    start = f'<startEvent id="late" isInterrupting="false">{timer}</startEvent>'
    frame = f'<subProcess id="frame" triggeredByEvent="true">{start}</subProcess>'
    assert refusals(WORK + frame) == [("limits.bpmn", "late")]


WORK = (
    '<startEvent id="begin"/><userTask id="work"/><endEvent id="done"/>'
    '<sequenceFlow id="to_work" sourceRef="begin" targetRef="work"/>'
    '<sequenceFlow id="to_done" sourceRef="work" targetRef="done"/>'
)


def beside(timer):
    return f'{WORK}<boundaryEvent id="late" attachedToRef="work" cancelActivity="false">{timer}</boundaryEvent>'


def refusals(body):
    with pytest.raises(errors.DrawingBroken) as broken:
        procedure({"limits.bpmn": drawing(body)})
    return [(problem.file, problem.element) for problem in broken.value.problems]
