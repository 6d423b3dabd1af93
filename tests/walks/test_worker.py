"""The worker as a process: it ends when told, outlives its database's absence, and catches up in order."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import select, text

from app import worker
from app.config import ROOT
from app.store import cases, history, tasks, timers
from app.store.db import db
from app.store.rows.cases import FIRED
from app.store.rows.history import Event as Line
from tests.conftest import SECRET
from tests.walks import tiny

PATIENCE = 40  # seconds until something that should happen must have happened


@pytest.fixture(autouse=True)
def published(app, clock):
    tiny.publish(clock)


@contextmanager
def running(url, pause):
    """A worker process on this database. It goes by the real clock: what is due in March 2026 is overdue."""
    environment = os.environ | {
        "TRIGGER_DATABASE_URL": url,
        "TRIGGER_SECRET_KEY": SECRET,
        "TRIGGER_WORKER_PAUSE": str(pause),
        "PYTHONPATH": str(ROOT),
    }
    process = subprocess.Popen([sys.executable, "-m", "app.factory", "worker"], env=environment, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)


def until(is_so):
    """Look again and again, for a while."""
    pause, give_up = Event(), time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < give_up, "it did not happen"
        db.session.commit()
        pause.wait(0.02)


def has_fired(case_id):
    return lambda: history.count_of(case_id, "timer_fired") == 1


def test_a_worker_that_waits_ends_at_once_when_told(app, clock, database_url):
    case_id = tiny.begin("watched", clock).id
    with running(database_url, pause=3600) as process:
        until(has_fired(case_id))
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
    assert [task.key for task in tasks.of_case(case_id)] == ["instead"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_worker_whose_connection_is_cut_in_the_middle_goes_on(app, clock, database_url):
    first = tiny.begin("watched", clock).id
    waiting = text(
        "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database() "
        "and pid <> pg_backend_pid()"
    )
    with db.engine.connect() as holder, db.engine.connect() as surgeon, running(database_url, pause=0.05) as process:
        holder.execute(text('lock table "case" in exclusive mode'))  # a locked row alone would be passed over
        surgeon.execution_options(isolation_level="AUTOCOMMIT")  # within a transaction, who waits is read only once
        until(lambda: surgeon.execute(waiting).first())
        assert surgeon.scalar(text(f"select pg_terminate_backend({surgeon.execute(waiting).scalar_one()})"))
        holder.rollback()
        until(has_fired(first))
        second = tiny.begin("watched", clock).id
        until(has_fired(second))
        assert process.poll() is None
    assert cases.incidents() == []
    assert all(history.is_whole(cases.load(case_id)) for case_id in (first, second))


def test_after_a_week_without_a_worker_every_timer_fires_once_oldest_first(app, settings, clock):
    opened = []
    for _ in range(4):
        opened.append(tiny.begin("reminded", clock).id)
        clock.pass_(hours=30)
    clock.pass_(days=7)
    worker.drain(settings, clock)
    lines = db.session.scalars(select(Line).where(Line.kind == "timer_fired").order_by(Line.id)).all()
    due = [datetime.fromisoformat(line.says["due_at"]) for line in lines]
    assert len(lines) == 4 * len(opened)
    assert due == sorted(due)
    assert {line.at for line in lines} == {clock()}
    assert all(instant < clock() for instant in due)
    for case_id in opened:
        assert [line.subject for line in lines if line.case_id == case_id] == ["day_1", "day_2", "day_3", "day_4"]
        assert {(timer.state, timer.ended_at) for timer in timers.of_case(case_id)} == {(FIRED, clock())}


def test_rounds_of_a_cycle_that_were_missed_are_one(app, settings, clock):
    case_id = tiny.begin("weekly", clock).id
    clock.pass_(days=30)
    worker.drain(settings, clock)
    assert history.count_of(case_id, "timer_fired") == 1
    (coming,) = timers.waiting(case_id)
    assert clock() < coming.due_at <= clock() + timedelta(days=7)


def test_what_a_late_timer_starts_counts_from_when_it_fired(app, settings, clock):
    case_id = tiny.begin("twice", clock).id
    clock.pass_(days=30)
    worker.drain(settings, clock)
    assert [task.key for task in tasks.of_case(case_id)] == ["again"]
    (coming,) = timers.waiting(case_id)
    assert coming.start_at == clock()


def test_a_clock_that_goes_back_fires_nothing_early(app, settings, clock):
    case_id = tiny.begin("watched", clock).id
    clock.pass_(hours=-5)
    worker.drain(settings, clock)
    assert history.count_of(case_id, "timer_fired") == 0


def test_an_idle_round_does_nothing(app, settings, clock):
    tiny.begin("watched", clock)
    worker.drain(settings, clock)  # counts what happened, for the numbers of managers
    assert worker.once(settings, clock) == 0
