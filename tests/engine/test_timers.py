"""Timers that never read a clock: they fire when the run is told, and not before."""

from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

import pytest

from app import errors
from app.engine.library import procedure
from tests.engine.bench import DRAWINGS, MONDAY, Case, drawing, read

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


@pytest.mark.parametrize(
    "expression, due",
    [
        ('duration("P10D")', datetime(2026, 3, 13, tzinfo=UTC)),
        ('duration("P1M")', datetime(2026, 4, 2, 23, tzinfo=UTC)),
        ('duration("PT90M")', datetime(2026, 3, 2, 10, 30, tzinfo=UTC)),
        ('date("2026-03-06")', datetime(2026, 3, 7, tzinfo=UTC)),
        ('date and time("2026-03-06T16:00:00Z")', datetime(2026, 3, 6, 16, tzinfo=UTC)),
        ('if risk = "high" then "1 working day" else "3 working days"', datetime(2026, 3, 4, tzinfo=UTC)),
    ],
)
def test_an_expression_may_give_words_a_length_a_day_or_an_instant(expression, due):
    text = (DRAWINGS / "timer_interrupts.bpmn").read_text().replace(">3 working days<", f">={escape(expression)}<")
    case = Case.follow(procedure({"x.bpmn": text.encode()}), "timer_interrupts", risk="high")
    assert case.timers() == {"late": due}


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


@pytest.mark.parametrize("drawn", ["timer_frame", "timer_frame_once"])
def test_a_limit_opens_a_frame_beside_what_goes_on(drawn):
    case = Case.begin(drawn)
    assert case.open() == ["work"] and case.timers() == {"now_and_then": datetime(2026, 3, 10, tzinfo=UTC)}
    case.fire("now_and_then")
    assert case.open() == ["tell", "work"]
    assert case.do("tell").open() == ["work"]


def test_a_frame_that_a_limit_opens_once_is_not_opened_again():
    assert Case.begin("timer_frame_once").fire("now_and_then").timers() == {}


def test_a_frame_that_comes_round_again_is_opened_each_time():
    case = Case.begin("timer_frame").fire("now_and_then").fire("now_and_then").do("tell").do("tell")
    assert case.open() == ["work"] and case.timers() == {"now_and_then": datetime(2026, 3, 24, tzinfo=UTC)}


@pytest.mark.parametrize("drawn", ["timer_frame", "timer_frame_once"])
def test_a_limit_that_opens_a_frame_ends_with_what_is_around_it(drawn):
    case = Case.begin(drawn)
    timer = case.run.waiting_timers()[0]
    case.do("work")
    assert case.is_over and case.timers() == {}
    with pytest.raises(errors.CaseMovedOn):
        case.run.fire(timer.id, timer.key, at=case.at)


def test_a_task_in_a_frame_has_a_limit_of_its_own():
    limit = "<timerEventDefinition><timeDuration>2 days</timeDuration></timerEventDefinition>"
    late = f'<boundaryEvent id="late" attachedToRef="tell" cancelActivity="false">{limit}</boundaryEvent>'
    late += '<userTask id="chase"/><sequenceFlow id="to_chase" sourceRef="late" targetRef="chase"/>'
    text = (
        (DRAWINGS / "timer_frame.bpmn").read_text().replace('<endEvent id="told" />', f'<endEvent id="told" />{late}')
    )
    case = Case.follow(procedure({"x.bpmn": text.encode()}), "timer_frame").fire("now_and_then")
    assert case.open() == ["tell", "work"] and case.timers()["late"] == datetime(2026, 3, 13, tzinfo=UTC)
    assert case.fire("late").open() == ["chase", "tell", "work"]


def test_a_round_that_counts_from_a_fact_comes_once_for_each_day_that_is_there():
    text = (DRAWINGS / "timer_frame.bpmn").read_text().replace("every 7 days", "every 7 days after told")
    case = Case.follow(procedure({"x.bpmn": text.encode()}), "timer_frame", told="2026-03-02")
    assert case.timers() == {"now_and_then": datetime(2026, 3, 10, tzinfo=UTC)}
    case.fire("now_and_then")
    assert case.open() == ["tell", "work"] and case.timers() == {}
    case.do("tell", told="2026-03-12")
    assert case.open() == ["work"] and case.timers() == {"now_and_then": datetime(2026, 3, 20, tzinfo=UTC)}
    case.do("work")
    assert case.is_over


def test_a_round_that_counts_from_a_fact_moves_with_it():
    text = (DRAWINGS / "timer_frame.bpmn").read_text().replace("every 7 days", "every 7 days after told")
    case = Case.follow(procedure({"x.bpmn": text.encode()}), "timer_frame", told="2026-03-02")
    case.wake()
    case.run.lay({"told": "2026-03-05"})
    case.run.settle()
    assert case.timers() == {"now_and_then": datetime(2026, 3, 13, tzinfo=UTC)}


def test_a_table_may_say_another_time_for_a_round_that_is_still_to_come():
    text = (DRAWINGS / "timer_frame.bpmn").read_text()
    text = text.replace(">every 7 days<", '>=if risk = "high" then "2 days" else "7 days"<')
    case = Case.follow(procedure({"x.bpmn": text.encode()}), "timer_frame", risk="low")
    case.wake()
    case.run.lay({"risk": "high"})
    case.run.settle()
    assert case.timers() == {"now_and_then": datetime(2026, 3, 5, tzinfo=UTC)}


def test_what_a_limit_opened_is_finished_before_the_process_is_over():
    case = Case.begin("timer_frame").fire("now_and_then").do("work")
    assert not case.is_over and case.open() == ["tell"]
    assert case.do("tell").is_over


def test_a_frame_on_a_page_that_is_called_waits_while_that_page_goes_on():
    called = drawing(
        '<startEvent id="s"/><callActivity id="c" calledElement="timer_frame"/><endEvent id="e"/>'
        '<sequenceFlow id="a" sourceRef="s" targetRef="c"/><sequenceFlow id="b" sourceRef="c" targetRef="e"/>'
    )
    case = Case.follow(read("timer_frame", **{"p.bpmn": called}), "p").fire("now_and_then")
    assert case.open() == ["tell", "work"]
    assert case.do("work").do("tell").is_over and case.timers() == {}


@pytest.mark.parametrize(
    "policy, opened, coming",
    [
        ("", 1, datetime(2026, 3, 30, 23, tzinfo=UTC)),
        ("collapse", 1, datetime(2026, 3, 30, 23, tzinfo=UTC)),
        ("skip", 0, datetime(2026, 3, 30, 23, tzinfo=UTC)),
        ("all", 1, datetime(2026, 3, 17, tzinfo=UTC)),
    ],
)
@pytest.mark.parametrize(
    "drawn, key, told", [("timer_frame", "now_and_then", "tell"), ("timer_cycle", "again", "remind")]
)
def test_the_drawing_says_what_becomes_of_rounds_that_were_missed(drawn, key, told, policy, opened, coming):
    missed = f'<extensionElements><spiffworkflow:properties><spiffworkflow:property name="missed" value="{policy}"/>'
    missed += "</spiffworkflow:properties></extensionElements><timerEventDefinition"
    text = (
        (DRAWINGS / f"{drawn}.bpmn")
        .read_text()
        .replace("<timerEventDefinition", missed if policy else "<timerEventDefinition")
    )
    case = Case.follow(procedure({"x.bpmn": text.encode()}), drawn)
    case.fire(key, at=datetime(2026, 3, 25, 12, tzinfo=UTC))  # due at the end of Mondays 9, 16 and 23 March
    assert case.open().count(told) == opened
    assert case.timers() == {key: coming}


def test_every_round_that_was_missed_is_sent_where_the_drawing_says_so():
    text = (DRAWINGS / "timer_cycle.bpmn").read_text().replace("<timerEventDefinition", MISSED_ALL)
    case, late = Case.follow(procedure({"x.bpmn": text.encode()}), "timer_cycle"), datetime(2026, 3, 25, 12, tzinfo=UTC)
    while case.timers()["again"] <= late:
        case.fire("again", at=late)
    assert case.open().count("remind") == 3


def test_a_round_that_is_late_within_its_own_time_is_not_skipped():
    text = (
        (DRAWINGS / "timer_cycle.bpmn").read_text().replace("<timerEventDefinition", MISSED_ALL.replace("all", "skip"))
    )
    case = Case.follow(procedure({"x.bpmn": text.encode()}), "timer_cycle")
    case.fire("again", at=datetime(2026, 3, 12, tzinfo=UTC))
    assert case.open() == ["remind", "work"] and case.timers() == {"again": datetime(2026, 3, 17, tzinfo=UTC)}


MISSED_ALL = (
    '<extensionElements><spiffworkflow:properties><spiffworkflow:property name="missed" value="all"/>'
    "</spiffworkflow:properties></extensionElements><timerEventDefinition"
)
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
