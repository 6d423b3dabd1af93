"""Many timers at once, by real workers; and what looking for them costs: counted, never timed."""

from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, text

from app import clock as real
from app.cases import leasing
from app.cli import crowding, punctuality
from app.store import benches, cases, history, sessions, tasks, timers
from app.store.db import db
from app.timers import firing

YEAR = timedelta(days=365)
INDEX = "ix_timer_waiting_due"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def published(app, clock):
    crowding.publish(clock)


@contextmanager
def counted():
    """Counts what is sent to the database: ``{"BEGIN": ..., "COMMIT": ..., "SELECT": ...}``."""
    said = Counter()

    def note(connection, cursor, statement, *_):
        said[statement.split()[0]] += 1

    def committed(connection):
        said["COMMIT"] += 1

    event.listen(db.engine, "before_cursor_execute", note)
    event.listen(db.engine, "commit", committed)
    yield said
    event.remove(db.engine, "before_cursor_execute", note)
    event.remove(db.engine, "commit", committed)


def looked(at):
    """What a look costs PostgreSQL: (rows, pages), by the index."""
    work = punctuality.look(at)
    assert INDEX in work.indexes
    return work.rows, work.buffers


@pytest.mark.parametrize("workers", [1, 2])
def test_of_many_that_wait_the_due_ones_fire_exactly_once(app, database_url, clock, workers):
    overdue, later = clock(), real.now() + YEAR
    crowding.spread(300, later, HOUR, 10)
    crowding.wait(40, overdue)
    outcome = punctuality.worked(database_url, workers, overdue, overdue, clock=real.now)
    assert len(outcome.lateness) == 40
    assert benches.firings(overdue, overdue) == {1: 40}
    assert benches.firings(later, later + YEAR) == {0: 300}


def test_a_copied_case_is_a_case_like_any_other(app, clock):
    crowding.wait(3, clock())
    assert firing.sweep(clock) == 3
    found, number = cases.listed("", "", 0, 10)
    assert number == 3
    for case in found:
        assert [task.key for task in tasks.of_case(case.id)] == ["instead"]
        assert history.is_whole(case)


def test_a_timer_that_fired_twice_or_never_does_not_pass(app, clock):
    crowding.wait(3, clock())
    assert benches.firings(clock(), clock()) == {0: 3}
    firing.sweep(clock)
    first = "select id from event where kind = 'timer_fired' limit 1"
    db.session.execute(text(f"update event set kind = 'timer_firing' where id = ({first})"))
    assert benches.firings(clock(), clock()) == {1: 2, -1: 1}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_look_costs_postgresql_the_same_however_many_wait(app, clock):
    costs = []
    for _ in range(2):
        crowding.spread(1_500, clock() + YEAR, HOUR, 10)
        costs.append(looked(clock()))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_look_costs_postgresql_the_same_however_many_are_due_at_one_instant(app, clock):
    crowding.spread(1_500, clock() + YEAR, HOUR, 10)
    rows = []
    for _ in range(2):
        crowding.wait(100, clock())
        rows.append(looked(clock())[0])
    assert rows[0] == rows[1] < 10


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_look_goes_by_the_waiting_timers_on_sqlite_too(app, clock):
    given = {"now": clock(), "limit": 1}
    statement = timers.DUE.compile(db.engine)
    values = [given.get(name, statement.params[name]) for name in statement.positiontup]
    said = db.session.connection().exec_driver_sql(f"explain query plan {statement}", tuple(map(str, values)))
    first, then = [line.detail for line in said]
    assert INDEX in first
    assert "autoindex_case" in then


def test_a_firing_takes_twelve_statements_and_two_commits_however_many_wait(app, clock):
    for _ in range(2):
        crowding.wait(100, clock() + YEAR)
        crowding.wait(10, clock())
        with counted() as said:
            assert firing.sweep(clock) == 10
        commits, _ = said.pop("COMMIT"), said.pop("BEGIN", 0)  # SQLite is told to begin by a statement
        assert commits <= 2 * 10 + 2  # with the look that finds nothing more
        assert said.total() <= 12 * 10 + 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_workers_at_once_take_different_cases(app, clock):
    crowding.wait(3, clock())
    with db.engine.connect() as other:
        held = other.execute(timers.DUE, {"now": clock(), "limit": 1}).one()
        taken = leasing.take(clock)
        assert taken.timer.id != held[0]
        other.rollback()
    assert {lease.timer.id for lease in (taken, leasing.take(clock), leasing.take(clock))} >= {held[0]}
    assert leasing.take(clock) is None


def test_an_idle_worker_wakes_for_the_next_timer(app, clock):
    assert firing.pause(clock, 2.0) == 2.0
    crowding.wait(1, clock() + timedelta(seconds=0.5))
    crowding.wait(1, clock() + timedelta(seconds=1.5))
    assert firing.pause(clock, 2.0) == 0.5
    assert firing.pause(clock, 0.1) == 0.1
    clock.pass_(seconds=0.5)
    assert firing.pause(clock, 2.0) == 1.0


def test_a_timer_that_nobody_may_fire_keeps_no_worker_awake(app, clock):
    crowding.wait(1, clock())
    assert leasing.take(clock) is not None
    assert firing.sweep(clock) == 0
    assert firing.pause(clock, 2.0) == 2.0
    sessions.end()
