"""Whatever happens to workers and clocks: no timer is lost, none fires twice, none before its instant.

Workers are real processes. What happens to the database stands in ``test_durability_database.py``.
"""

import signal
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app import worker
from app.cases import procedures
from app.store import timers
from app.store.db import db
from app.store.rows.cases import WAITING, Case
from tests.walks import tiny
from tests.walks.crew import Crew, SharedClock, due_of, fired, have_fired, judge, until
from tests.walks.tiny import end, flow, limit, process, task

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CASES = 25
MANY = 3 * CASES  # so that work is left when the last of several has been killed
TIMED = process(
    "timed",
    task("work") + limit("late", "work", "24 hours") + end("done", "late_done"),
    flow("begun", "work", "done") + flow("late", "late_done"),
)
ROUND_AND_ROUND = process(
    "round_and_round",
    task("work") + limit("again", "work", "every 1 hour", interrupts=False, kind="timeCycle") + end("done", "told"),
    flow("begun", "work", "done") + flow("again", "told"),
)


@pytest.fixture
def clock(tmp_path):
    return SharedClock(tmp_path / "clock", MONDAY)


@pytest.fixture(autouse=True)
def published(app, clock):
    drawings = (*tiny.ALL, TIMED, ROUND_AND_ROUND)
    files = {f"{number}.bpmn": content for number, content in enumerate(drawings)}
    procedures.publish(files, by="tests", note="", clock=clock)


@pytest.fixture
def crew(app, database_url, clock, tmp_path):
    with Crew(database_url, clock, tmp_path) as crew:
        yield crew


def test_a_worker_that_was_stopped_for_a_week_fires_every_timer_once_oldest_first(app, clock, crew):
    stopped = crew.start()
    stopped.send_signal(signal.SIGTERM)
    assert stopped.wait(10) == 0
    for _ in range(4):
        tiny.begin("reminded", clock)
        clock.pass_(hours=30)
    clock.pass_(days=7)
    crew.start()
    until(have_fired(16))
    crew.look()
    judge(16)
    due = [due_of(line) for line in fired()]
    assert due == sorted(due)
    assert {line.at for line in fired()} == {clock() - timedelta(seconds=22)}  # before it was looked at twice


def leases():
    db.session.rollback()
    return set(db.session.execute(select(Case.id, Case.leased_until).where(Case.leased_until.is_not(None))).all())


def kill_in_the_middle(victim):
    """Kill a worker while it has a case, or wherever it is if it cannot be caught with one soon."""
    for _ in range(6):
        victim.send_signal(signal.SIGSTOP)
        held = leases()
        time.sleep(0.03)
        if held & leases():  # who stands still holds a case for longer than anybody at work
            break
        victim.send_signal(signal.SIGCONT)
        time.sleep(0.003)
    victim.kill()


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_at_once_of_which_one_is_killed_in_the_middle_fire_every_timer_once(app, clock, crew, workers):
    for _ in range(MANY):
        tiny.begin("reminded", clock)
    crew.start(workers)
    clock.set(clock() + timedelta(days=10), speed=50)  # a lease of 30 seconds is over in 0.6
    until(have_fired(CASES))
    kill_in_the_middle(crew.workers[0])
    assert len(fired()) < 4 * MANY
    until(have_fired(4 * MANY))
    assert [worker.poll() for worker in crew.workers[1:]] == [None] * (workers - 1)
    judge(4 * MANY)


def test_workers_that_are_killed_one_after_the_other_fire_every_timer_once(app, clock, crew):
    for _ in range(MANY):
        tiny.begin("reminded", clock)
    crew.start(3)
    clock.set(clock() + timedelta(days=10), speed=50)
    for share, victim in enumerate(crew.workers, 1):
        until(have_fired(share * CASES // 2))
        kill_in_the_middle(victim)
    assert len(fired()) < 4 * MANY
    crew.start()
    until(have_fired(4 * MANY))
    judge(4 * MANY)


def test_a_clock_that_is_set_back_fires_nothing_twice_and_nothing_early(app, clock, crew):
    tiny.begin("timed", clock)
    clock.pass_(hours=1)
    tiny.begin("timed", clock)
    clock.pass_(hours=23)  # the first is due now, the second in an hour
    crew.start()
    until(have_fired(1))
    for hours in (-2, -24 * 40, -1):
        clock.set(MONDAY + timedelta(hours=24 + hours))
        crew.look()
        judge(1)
    clock.set(MONDAY + timedelta(hours=25))
    until(have_fired(2))
    crew.look()
    judge(2)


def test_a_clock_that_is_set_forward_and_back_fires_nothing_twice(app, clock, crew):
    for _ in range(3):
        tiny.begin("timed", clock)
    tiny.begin("reminded", clock)
    crew.start()
    clock.pass_(days=40)
    until(have_fired(7))
    clock.set(MONDAY + timedelta(hours=2))
    later = tiny.begin("timed", clock).id
    crew.look()
    judge(7)
    clock.set(timers.waiting(later)[0].due_at)
    until(have_fired(8))
    crew.look()
    judge(8)


def test_a_limit_that_repeats_over_a_clock_set_forward_and_back_keeps_its_next_instant(app, clock, crew):
    case_id = tiny.begin("round_and_round", clock).id
    crew.start()
    clock.pass_(days=40, minutes=10)
    until(have_fired(1))  # 960 rounds were missed: they are one
    (coming,) = timers.waiting(case_id)
    assert coming.due_at == MONDAY + timedelta(days=40, hours=1)
    clock.set(MONDAY + timedelta(hours=2))
    crew.look()
    judge(1)
    clock.set(coming.due_at)
    until(have_fired(2))
    judge(2)


@pytest.mark.parametrize("drawn", ["timed", "reminded", "weekly", "watched"])
def test_a_timer_fires_at_its_very_instant_and_not_a_millionth_of_a_second_before(app, settings, clock, drawn):
    case_id = tiny.begin(drawn, clock).id
    due = min(timer.due_at for timer in timers.waiting(case_id))
    clock.set(due - timedelta(microseconds=1))
    worker.drain(settings, clock)
    assert fired() == []
    clock.set(due)
    worker.drain(settings, clock)
    judge(1)


def test_a_timer_of_which_the_clock_is_set_back_after_it_was_found_does_not_fire(app, clock):
    case_id = tiny.begin("timed", clock).id
    due = timers.waiting(case_id)[0].due_at
    readings = iter([due, due - timedelta(hours=1)])
    from_then_on = due - timedelta(hours=1)
    worker.firing.sweep(lambda: next(readings, from_then_on))
    assert fired() == []
    assert [timer.state for timer in timers.waiting(case_id)] == [WAITING]
