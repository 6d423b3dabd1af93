"""Time limits that move while they run: by a fact, by the calendar, by an extension, by a hold."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app import errors
from app.engine import moving
from app.law.calendars import Calendars, Change
from tests.engine.bench import MONDAY, Case

THURSDAY = datetime(2026, 3, 6, tzinfo=UTC)  # the end of Thursday 5 March 2026: three working days after Monday


def changed(case, key, change):
    """The case after somebody changed the limit that a timer watches."""
    case.wake()
    timer = next(t for t in case.run.waiting_timers() if t.key == key)
    case.run.change_limit(timer.id, key, change)
    case.run.settle()
    return case


def extended(case, by, change_id="one", key="late"):
    return changed(case, key, lambda task: moving.extend(task, by, change_id))


def held(case, at, most="20 working days", key="late"):
    case.at = at
    return changed(case, key, lambda task: moving.hold(task, most, "hold", at))


def resumed(case, at, key="late"):
    case.at = at
    return changed(case, key, lambda task: moving.resume(task, at))


def undone(case, change_id, key="late"):
    return changed(case, key, lambda task: moving.undo(task, change_id))


def test_a_limit_that_counts_from_a_day_moves_with_that_day():
    case = Case.begin("timer_from_fact", panel={"held_on": "2026-03-13"})
    case.wake()
    case.run.lay({"panel": {"held_on": "2026-03-20"}})
    case.run.settle()
    assert case.timers() == {"late": datetime(2026, 3, 19, tzinfo=UTC)}
    (moved,) = case.run.moved
    assert (moved.due_on, moved.timer.due_on, moved.timer.first_due_on) == (
        date(2026, 3, 11),
        date(2026, 3, 18),
        date(2026, 3, 11),
    )


def test_a_limit_whose_day_is_taken_away_stops_the_case_at_its_timer():
    case = Case.begin("timer_from_fact", panel={"held_on": "2026-03-13"})
    case.wake()
    case.run.lay({"panel": {"held_on": None}})
    with pytest.raises(errors.CannotGoOn, match="has no date yet"):
        case.run.settle()


def test_a_new_closure_moves_what_is_counted_over_it_and_nothing_else():
    closed = Calendars((Change(date(2026, 3, 4), "Offices closed"),))
    for drawn, due in (("timer_interrupts", datetime(2026, 3, 7, tzinfo=UTC)), ("timer_waits", None)):
        case = Case.begin(drawn)
        before = case.timers()
        case.procedure = case.procedure.counted_in(closed)
        case.wake()
        case.run.settle()
        assert list(case.timers().values()) == [due] if due else case.timers() == before
        assert len(case.run.moved) == (1 if due else 0)


def test_a_calendar_that_is_taken_back_moves_the_limit_back():
    case = Case.begin("timer_interrupts")
    plain = case.procedure
    case.procedure = plain.counted_in(Calendars((Change(date(2026, 3, 4), "Offices closed"),)))
    case.wake()
    case.run.settle()
    case.procedure = plain
    case.wake()
    case.run.settle()
    assert case.timers() == {"late": THURSDAY} and len(case.run.moved) == 1


def test_more_time_moves_the_end_and_is_remembered():
    case = extended(Case.begin("timer_interrupts"), "2 working days")
    assert case.timers() == {"late": datetime(2026, 3, 10, tzinfo=UTC)}
    timer = case.run.waiting_timers()[0]
    assert timer.first_due_on == date(2026, 3, 5) and [c["by"] for c in timer.changes] == ["2 working days"]


def test_more_time_twice_adds_up():
    case = extended(extended(Case.begin("timer_interrupts"), "1 working day"), "1 working day", "two")
    assert case.timers() == {"late": datetime(2026, 3, 10, tzinfo=UTC)}


def test_an_extension_is_taken_back_by_another_change_and_never_forgotten():
    case = undone(extended(Case.begin("timer_interrupts"), "2 working days"), "one")
    assert case.timers() == {"late": THURSDAY}
    assert case.run.waiting_timers()[0].changes == (
        {"id": "one", "kind": "extension", "by": "2 working days", "undone": True},
    )
    with pytest.raises(errors.CaseMovedOn):
        undone(case, "one")


@pytest.mark.parametrize("by", ["", "soon", "0 days", "2026-03-20", "by panel.held_on", "working day 12"])
def test_what_is_no_length_of_time_is_refused(by):
    with pytest.raises(errors.NotUnderstood):
        extended(Case.begin("timer_interrupts"), by)


def test_a_limit_that_says_how_much_it_may_be_extended_by_is_held_to_it():
    case = Case.begin("timer_from_feel", limit="3 working days, extendable by 5 working days")
    assert extended(case, "5 working days").timers() == {"late": datetime(2026, 3, 13, tzinfo=UTC)}
    with pytest.raises(errors.NotUnderstood, match="too long"):
        extended(case, "6 working days", "two")
    with pytest.raises(errors.NotUnderstood, match="cannot be extended"):
        extended(Case.begin("timer_from_feel", limit="3 working days, not extendable"), "1 day")


def test_a_clock_that_is_held_does_not_run_out():
    case = held(Case.begin("timer_interrupts"), MONDAY + timedelta(days=1))
    timer = case.run.waiting_timers()[0]
    assert timer.held_at == MONDAY + timedelta(days=1)
    assert timer.due_on == date(2026, 3, 31)  # as long as it may be held: 20 working days after Tuesday 3 March
    assert case.open() == ["work"]


@pytest.mark.parametrize("days, due_on", [(0, date(2026, 3, 5)), (1, date(2026, 3, 6)), (7, date(2026, 3, 12))])
def test_a_clock_that_runs_on_has_as_many_working_days_left_as_before(days, due_on):
    tuesday = MONDAY + timedelta(days=1)
    case = resumed(held(Case.begin("timer_interrupts"), tuesday), tuesday + timedelta(days=days))
    timer = case.run.waiting_timers()[0]
    assert (timer.due_on, timer.held_at) == (due_on, None)


def test_a_clock_in_hours_has_exactly_what_was_left():
    noon = MONDAY + timedelta(hours=3)
    case = held(Case.begin("timer_waits"), noon, key="wait")
    resumed(case, noon + timedelta(days=3, minutes=7), key="wait")
    assert case.timers() == {"wait": MONDAY + timedelta(days=4, minutes=7)}


def test_a_hold_ends_by_itself_when_it_has_lasted_as_long_as_it_may():
    tuesday = MONDAY + timedelta(days=1)
    case = held(Case.begin("timer_interrupts"), tuesday, most="5 working days")
    assert case.timers() == {"late": datetime(2026, 3, 11, tzinfo=UTC)}  # the end of Tuesday 10 March
    case.fire("late")
    assert case.open() == ["work"], "the limit has not passed: its clock runs on"
    timer = case.run.waiting_timers()[0]
    assert (timer.due_on, timer.held_at) == (date(2026, 3, 12), None)  # five working days after Thursday 5 March
    assert case.fire("late").open() == ["instead"]


def test_a_clock_is_held_once_and_runs_on_once():
    case = held(Case.begin("timer_interrupts"), MONDAY)
    with pytest.raises(errors.CaseMovedOn):
        held(case, MONDAY)
    resumed(case, MONDAY)
    with pytest.raises(errors.CaseMovedOn):
        resumed(case, MONDAY)


def test_a_hold_that_is_taken_back_was_never_there():
    tuesday = MONDAY + timedelta(days=1)
    case = resumed(held(Case.begin("timer_interrupts"), tuesday), tuesday + timedelta(days=7))
    assert undone(case, "hold").timers() == {"late": THURSDAY}


def test_a_hold_that_lasts_is_taken_back_too():
    assert undone(held(Case.begin("timer_interrupts"), MONDAY), "hold").timers() == {"late": THURSDAY}


def test_reminders_move_with_what_they_remind_of():
    case = Case.begin("timers_together")
    assert case.timers() == {"soon": datetime(2026, 3, 5, tzinfo=UTC), "late": THURSDAY}
    extended(case, "2 working days")
    assert case.timers() == {"soon": datetime(2026, 3, 7, tzinfo=UTC), "late": datetime(2026, 3, 10, tzinfo=UTC)}
    held(case, MONDAY)
    assert len({t.held_at for t in case.run.waiting_timers()}) == 1


def test_a_limit_that_nobody_waits_for_cannot_be_changed():
    case = Case.begin("timer_interrupts")
    timer = case.run.waiting_timers()[0]
    case.do("work")
    with pytest.raises(errors.CaseMovedOn):
        case.run.change_limit(timer.id, timer.key, lambda task: moving.extend(task, "1 day", "one"))


def test_the_working_of_a_limit_shows_its_days_and_what_moved_it():
    case = extended(Case.begin("timer_interrupts"), "2 working days")
    timer = case.run.waiting_timers()[0]
    days = case.run.working(timer.id, timer.key).working
    assert [(d.day.day, d.number, d.why_not) for d in days] == [
        (3, 1, ""),
        (4, 2, ""),
        (5, 3, ""),
        (6, 1, ""),
        (7, 0, "Saturday"),
        (8, 0, "Sunday"),
        (9, 2, ""),
    ]
