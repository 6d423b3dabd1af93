"""Two who act at the same moment: one outcome, and a clear answer for the other. On both databases."""

import time
from collections import Counter
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import text, update

from app import errors
from app.cases import access, advancing
from app.cases.advancing import Opening, Step
from app.cases.leasing import Lease
from app.cli import demo
from app.cli.walking import Walk
from app.config import ROOT
from app.editor import loading
from app.engine import snapshot
from app.store import cases, history, people, tasks, timers
from app.store.db import db
from app.store.history import Happened
from app.store.rows.cases import FIRED, OPEN, STOOD_DOWN, Case, Timer
from app.tasks import completing
from app.timers import firing
from tests.walks import tiny

CASES = 10
PATIENCE = 30  # seconds for the workers of one test


@pytest.fixture(autouse=True)
def published(app, clock):
    tiny.publish(clock)


def kinds(case_id):
    """The events of a case, by (kind, subject), with how often each happened."""
    return Counter((event.kind, event.subject) for event in history.of_case(case_id))


def facts(case_id):
    return snapshot.read(cases.snapshot(case_id))["facts"]


def fresh(case_id):
    db.session.rollback()
    return db.session.get(Case, case_id, populate_existing=True)


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_officers_who_complete_one_task_the_second_is_told_and_changes_nothing(app, clock, attempt):
    case = tiny.begin("watched", clock)
    task_id = tiny.task_of(case)
    officers = ("Basil Tamarind", "Juniper Wick")
    steps = [tiny.finishing(task_id, clock, by=name, said=name) for name in officers]
    results = tiny.at_once(app, *(lambda s=step: advancing.advance(case.id, s, clock=clock) for step in steps))
    assert sorted(type(result) for result in results if isinstance(result, Exception)) == [errors.CaseMovedOn]
    winner = next(name for name, result in zip(officers, results, strict=True) if isinstance(result, Case))
    assert facts(case.id)["said"] == winner
    assert fresh(case.id).revision == 1
    assert kinds(case.id)["task_completed", "work"] == 1
    assert [event.by for event in history.of_case(case.id) if event.kind == "task_completed"] == [winner]
    assert history.is_whole(cases.load(case.id))


def until_somebody_waits(engine):
    """Go on when another connection waits for a lock. SQLite does not say so; there, whoever comes second waits."""
    if engine.dialect.name == "sqlite":
        return
    query = text(
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
    )
    pause = Event()
    for _ in range(1000):
        with engine.connect() as connection:
            if connection.scalar(query):
                return
        pause.wait(0.005)
    raise AssertionError("nobody waited")


@pytest.mark.parametrize("event_first", ["officer", "timer"])
def test_who_waited_for_the_case_sees_what_the_other_left_of_it(app, clock, event_first):
    case = tiny.begin("watched", clock)
    task_id, engine, held = tiny.task_of(case), db.engine, Event()
    clock.pass_(days=4)
    timer = timers.waiting(case.id)[0]
    timer_id, key = timer.id, timer.key
    says = {"timer": timer_id.hex}
    done = tiny.finishing(task_id, clock)
    fired = Step(lambda run: run.fire(timer_id, key, at=clock()), Happened("timer_fired", key, clock(), says=says))
    first, second = (done, fired) if event_first == "officer" else (fired, done)

    def slowly(run):
        held.set()
        until_somebody_waits(engine)
        first.act(run)

    def after():
        assert held.wait(tiny.PATIENCE)
        return advancing.advance(case.id, second, clock=clock)

    slow = Step(slowly, first.event)
    one, other = tiny.at_once(app, lambda: advancing.advance(case.id, slow, clock=clock), after)
    assert (type(one), type(other)) == (Case, errors.CaseMovedOn)
    assert fresh(case.id).revision == 1
    assert [task.key for task in tasks.of_case(case.id)] == ([] if event_first == "officer" else ["instead"])


def test_the_same_post_twenty_times_at_once_has_one_effect_and_twenty_equal_answers(app, clock):
    case = tiny.begin("lettered", clock, **tiny.VICTIM)
    step = tiny.finishing(tiny.task_of(case), clock, request_key="one-post")
    results = tiny.at_once(app, *[lambda: advancing.advance(case.id, step, clock=clock).id] * 20)
    assert results == [case.id] * 20
    assert fresh(case.id).revision == 1
    assert kinds(case.id)["effect_asked", "tell"] == 1
    assert len(history.waiting_effects(clock(), 10)) == 1


def test_a_form_sent_twenty_times_at_once_through_its_room_is_completed_once(app, settings, clock):
    clock.pass_(seconds=1)  # after the small drawings
    demo.settle_people(clock)
    loading.load(ROOT, by="tests", clock=clock)
    walk = Walk(settings, clock)
    walk.apply(victim={"name": "Tansy Applegarth"})
    task_id = tiny.task_of(walk.id, "acknowledge_application")
    basil = access.who(people.by_email("basil@larkmere.example"))
    answers = {
        "contact_officer": {"name": "Basil Tamarind", "phone": "020 7946 0134", "deputy": "Juniper Wick"},
        "contact": {"way_checked": "yes"},
    }
    results = tiny.at_once(
        app, *[lambda: completing.complete(task_id, answers, basil, "one-form", clock=clock).id] * 20
    )
    assert results == [walk.id] * 20
    assert kinds(walk.id)["task_completed", "acknowledge_application"] == 1


def test_the_same_application_twenty_times_at_once_opens_one_case(app, clock):
    opening = Opening("watched", "Tansy Applegarth", {}, by="tests", request_key="one-application")
    results = tiny.at_once(app, *[lambda: advancing.open_case(opening, clock=clock).reference] * 20)
    assert results == ["CASE-2026-0001"] * 20
    assert tiny.begin("watched", clock).reference == "CASE-2026-0002"


def test_twenty_applications_at_once_get_twenty_references_without_a_gap(app, clock):
    results = tiny.at_once(app, *[lambda: tiny.begin("watched", clock).reference] * 20)
    assert sorted(results) == [f"CASE-2026-{number:04d}" for number in range(1, 21)]


@pytest.mark.parametrize("attempt", range(5))
def test_an_officer_who_races_the_timer_of_the_task_leaves_one_outcome(app, clock, attempt):
    case = tiny.begin("watched", clock)
    step = tiny.finishing(tiny.task_of(case), clock)
    clock.pass_(days=4)
    officer, fired = tiny.at_once(
        app, lambda: advancing.advance(case.id, step, clock=clock), lambda: firing.sweep(clock)
    )
    happened, timer = kinds(case.id), timers.of_case(case.id)[0]
    if isinstance(officer, Case):
        assert (fired, timer.state) == (0, STOOD_DOWN)
        assert (happened["task_completed", "work"], happened["timer_fired", "late"]) == (1, 0)
        assert tasks.of_case(case.id) == []
    else:
        assert isinstance(officer, errors.CaseMovedOn)
        assert (fired, timer.state) == (1, FIRED)
        assert (happened["task_completed", "work"], happened["timer_fired", "late"]) == (0, 1)
        assert [task.key for task in tasks.of_case(case.id)] == ["instead"]
    now = fresh(case.id)
    assert (now.revision, now.attempts, now.leased_until, now.is_stopped) == (1, 0, None, False)
    assert history.is_whole(cases.load(case.id))


def work_off(clock):
    """What a worker does: sweep until no timer is due."""
    fired, give_up = 0, time.monotonic() + PATIENCE
    while (due := timers.next_due()) and due <= clock() and time.monotonic() < give_up:
        fired += firing.sweep(clock)
        db.session.rollback()
    return fired


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_at_once_fire_every_timer_exactly_once(app, clock, workers):
    opened = [tiny.begin("reminded", clock).id for _ in range(CASES)]
    clock.pass_(days=10)
    fired = tiny.at_once(app, *[lambda: work_off(clock)] * workers)
    assert sum(fired) == 4 * CASES
    for case_id in opened:
        found = [event.subject for event in history.of_case(case_id) if event.kind == "timer_fired"]
        assert found == ["day_1", "day_2", "day_3", "day_4"]
        now = fresh(case_id)
        assert (now.revision, now.attempts, now.leased_until, now.status) == (4, 0, None, OPEN)
        assert {timer.state for timer in timers.of_case(case_id)} == {FIRED}
        assert history.is_whole(cases.load(case_id))


def test_a_form_that_comes_after_its_timer_is_told_and_changes_nothing(app, clock):
    case = tiny.begin("watched", clock)
    step = tiny.finishing(tiny.task_of(case), clock)
    clock.pass_(days=4)
    assert firing.sweep(clock) == 1
    before = (cases.snapshot(case.id), kinds(case.id), fresh(case.id).revision)
    with pytest.raises(errors.CaseMovedOn):
        advancing.advance(case.id, step, clock=clock)
    assert (cases.snapshot(case.id), kinds(case.id), fresh(case.id).revision) == before


def test_a_form_shown_at_an_older_revision_is_told_and_changes_nothing(app, clock):
    case = tiny.begin("reminded", clock)
    step = tiny.finishing(tiny.task_of(case), clock)
    clock.pass_(days=1, hours=20)
    assert firing.sweep(clock) == 1
    with pytest.raises(errors.CaseMovedOn):
        advancing.advance(case.id, Step(step.act, step.event, revision=0), clock=clock)
    advancing.advance(case.id, Step(step.act, step.event, revision=1), clock=clock)
    assert tasks.of_case(case.id) == []


def test_a_worker_that_read_a_cycle_before_another_fired_it_does_not_fire_the_next_round_early(app, clock):
    case = tiny.begin("weekly", clock)
    clock.pass_(days=8)
    ((read_by_both, _),) = timers.due(clock(), 10)
    lease = Lease(read_by_both, clock())
    assert firing.fire(lease, clock) is True
    assert firing.fire(lease, clock) is False
    (coming,) = timers.waiting(case.id)
    assert coming.due_at - read_by_both.due_at == timedelta(days=7)
    assert kinds(case.id)["timer_fired", "again"] == 1


def test_a_timer_that_was_put_off_after_it_was_read_does_not_fire(app, clock):
    case = tiny.begin("watched", clock)
    clock.pass_(days=4)
    ((read, _),) = timers.due(clock(), 10)
    later = clock() + timedelta(days=2)
    db.session.execute(update(Timer).where(Timer.id == read.id).values(due_at=later))
    db.session.commit()
    assert firing.fire(Lease(read, clock()), clock) is False
    assert [task.key for task in tasks.of_case(case.id)] == ["work"]
    assert fresh(case.id).revision == 0
