"""What the store promises the heart: one transaction or none, locks, leases, keys, drafts, and durable files."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from app import errors
from app.cases import advancing
from app.store import cases, drafts, history, tasks, timers
from app.store.db import db
from app.store.rows.cases import CLOSED, Case, Incident, Timer
from app.store.rows.drafts import RequestKey, TaskDraft
from app.store.transactions import transaction
from app.timers import firing
from tests.walks import tiny

LEASE = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def published(app, clock):
    tiny.publish(clock)


def reread(case_id):
    db.session.commit()
    return db.session.get(Case, case_id, populate_existing=True)


def test_a_transaction_that_breaks_keeps_nothing(clock):
    case_id = tiny.begin("watched", clock).id
    with pytest.raises(RuntimeError), transaction():
        cases.lock(case_id).title = "changed"
        raise RuntimeError
    assert reread(case_id).title == "Tansy Applegarth"


def test_a_step_whose_last_part_breaks_keeps_nothing_of_it(clock):
    case = tiny.begin("lettered", clock, **tiny.VICTIM)
    done = tiny.finishing(tiny.task_of(case), clock)
    before = (cases.snapshot(case.id), len(history.of_case(case.id)))

    def breaks(_):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        advancing.advance(case.id, advancing.Step(done.act, done.event, also=breaks, request_key="k"), clock=clock)
    assert (cases.snapshot(case.id), len(history.of_case(case.id))) == before
    assert [task.key for task in tasks.of_case(case.id)] == ["work"]
    assert (drafts.answered("k"), history.waiting_effects(clock(), 10)) == (None, [])


def test_a_run_is_not_kept_over_a_revision_that_nobody_saw(clock):
    case_id = tiny.begin("watched", clock).id
    before = cases.snapshot(case_id)
    with pytest.raises(errors.CaseMovedOn), transaction():
        case = cases.lock(case_id)
        other = update(Case).where(Case.id == case_id).values(revision=7)
        db.session.execute(other.execution_options(synchronize_session=False))
        cases.keep(case, b"another run")
    assert (reread(case_id).revision, cases.snapshot(case_id)) == (0, before)


def test_every_step_counts_one_revision(clock):
    case = tiny.begin("lettered", clock, **tiny.VICTIM)
    assert reread(case.id).revision == 0
    tiny.finish(case, clock)
    assert reread(case.id).revision == 1
    tiny.finish(case, clock, key="wait")
    assert (reread(case.id).revision, reread(case.id).status) == (2, CLOSED)


def test_a_post_with_a_known_key_changes_nothing_and_gives_the_case(clock):
    case = tiny.begin("lettered", clock, **tiny.VICTIM)
    step = tiny.finishing(tiny.task_of(case), clock, request_key="posted")
    advancing.advance(case.id, step, clock=clock)
    lines = len(history.of_case(case.id))
    again = advancing.advance(case.id, step, clock=clock)
    assert (again.id, reread(case.id).revision, len(history.of_case(case.id))) == (case.id, 1, lines)


def test_a_key_stands_for_one_post_only(clock):
    case_id = tiny.begin("watched", clock).id
    with transaction():
        drafts.add(RequestKey(key="posted", case_id=case_id, made_at=clock()))
    db.session.expunge_all()
    with pytest.raises(IntegrityError), transaction():
        drafts.add(RequestKey(key="posted", case_id=case_id, made_at=clock()))


def test_a_draft_stays_when_a_timer_takes_its_task_away(clock):
    case = tiny.begin("watched", clock)
    task_id, written = tiny.task_of(case), {"said": "Every night, since"}
    with transaction():
        draft = TaskDraft(task_id=task_id, case_id=case.id, task_key="work", answers=written, saved_at=clock())
        drafts.keep_task_draft(draft)
    clock.pass_(days=4)
    assert firing.sweep(clock) == 1
    with pytest.raises(errors.CaseMovedOn):
        tasks.load(task_id)
    kept = drafts.of_task(task_id)
    assert (kept.answers, kept.task_key) == (written, "work")


def test_a_lease_keeps_others_away_and_grows_with_each_attempt(clock):
    case_id = tiny.begin("watched", clock).id
    clock.pass_(days=4)
    lengths = []
    for attempt in range(1, 5):
        with transaction():
            assert cases.lease(cases.lock(case_id), clock(), LEASE, 3) == attempt
        lengths.append((reread(case_id).leased_until - clock()) / LEASE)
        assert timers.due(clock() + LEASE / 2, 10) == []
        clock.pass_(seconds=91)
        assert len(timers.due(clock(), 10)) == 1
    assert lengths == [1, 2, 3, 3]


def test_a_case_that_is_stopped_leased_or_over_has_no_due_timers(clock):
    ids = [tiny.begin("watched", clock).id for _ in range(4)]
    clock.pass_(days=4)
    with transaction():
        cases.stop(cases.lock(ids[0]), "work", "Look at this.", clock())
        cases.lease(cases.lock(ids[1]), clock(), LEASE, 3)
        cases.lock(ids[2]).status = CLOSED
    assert [case.id for _, case in timers.due(clock(), 10)] == [ids[3]]
    clock.pass_(seconds=31)
    assert {case.id for _, case in timers.due(clock(), 10)} == {ids[1], ids[3]}


def test_timers_are_found_longest_overdue_first_and_not_before_their_instant(clock):
    for _ in range(3):
        tiny.begin("reminded", clock)
        clock.pass_(hours=30)
    clock.pass_(days=1)
    found = [timer for timer, _ in timers.due(clock(), 100)]
    assert [timer.due_at for timer in found] == sorted(timer.due_at for timer in found)
    # by their instants, as two that are due at the same one may come in either order
    assert [timer.due_at for timer, _ in timers.due(clock(), 2)] == [timer.due_at for timer in found[:2]]
    instant = timers.next_due()
    assert timers.due(instant - timedelta(microseconds=1), 10) == []
    assert [timer.due_at for timer, _ in timers.due(instant, 10)] == [instant]


def test_one_open_incident_is_enough_for_a_case(clock):
    case_id = tiny.begin("watched", clock).id
    advancing.stop(case_id, "work", "Look at this.", clock=clock)
    advancing.stop(case_id, "work", "Look at that.", clock=clock)
    assert db.session.scalars(select(Incident.says)).all() == ["Look at this."]
    assert history.count_of(case_id, "incident_opened") == 1


def test_an_instant_without_a_time_zone_is_refused(clock):
    with pytest.raises(StatementError, match="time zone"), transaction():
        db.session.execute(update(Timer).values(due_at=datetime(2026, 3, 2)))


def test_an_instant_comes_back_aware_and_to_the_microsecond(clock):
    clock.set(datetime(2026, 3, 29, 0, 59, 59, 123456, tzinfo=UTC))
    case_id = tiny.begin("watched", clock).id
    assert reread(case_id).opened_at == clock()
    assert reread(case_id).opened_at.tzinfo is UTC


def test_the_embedded_database_is_opened_to_survive_a_power_cut(app):
    if db.engine.dialect.name != "sqlite":
        assert db.session.scalar(text("show synchronous_commit")) == "on"
        assert db.session.scalar(text("show idle_in_transaction_session_timeout")) == "30s"
        return
    found = {
        name: db.session.scalar(text(f"pragma {name}"))
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
    }
    full = 2
    assert found == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 30000,
    }
