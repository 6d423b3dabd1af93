"""The database goes away in the middle of firing and comes back: each timer has fired once, and no case was blamed."""

import resource
import signal
import sqlite3
import time
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy import event, text

from app.cases import leasing
from app.store import sessions
from app.store.db import db
from app.store.rows.cases import Case
from app.timers import firing
from tests.walks import tiny
from tests.walks.crew import LEASE_OVER, Crew, SharedClock, database_file, fired, have_fired, judge, until
from tests.walks.worker_target import saying

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CASES = 15
SHORT = ["pragma busy_timeout = 100"]  # milliseconds, in place of half a minute
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
IDLE = "select pid from pg_stat_activity where state = 'idle in transaction' and pid = :pid"
LOCKED = (
    "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database() "
    "and pid <> pg_backend_pid()"
)


@pytest.fixture
def clock(tmp_path):
    return SharedClock(tmp_path / "clock", MONDAY)


@pytest.fixture
def crew(app, database_url, clock, tmp_path):
    tiny.publish(clock)
    with Crew(database_url, clock, tmp_path) as crew:
        yield crew


def times_away(crew):
    """How often workers have met a database that was away."""
    return crew.log.read_text().count("database_away")


class Surgeon:
    """Somebody with a connection of their own to the same PostgreSQL database."""

    def __init__(self, url):
        self.at = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.at.close()

    def who(self, query, **values):
        """The process id of a session, or None."""
        row = self.at.execute(text(query).text.replace(":pid", "%(pid)s"), values or None).fetchone()
        return row[0] if row else None

    def waiting(self):
        """The worker that waits for a lock, once there is one."""
        until(lambda: self.who(LOCKED))
        return self.who(LOCKED)

    def cut(self, pid):
        assert self.at.execute("select pg_terminate_backend(%s, 5000)", [pid]).fetchone()[0]


@pytest.fixture
def surgeon(database_url):
    with Surgeon(database_url) as surgeon:
        yield surgeon


@pytest.fixture
def holder(database_url):
    """A connection that holds locks until it rolls back."""
    with psycopg.connect(database_url.replace("+psycopg", "")) as holder:
        yield holder


def fresh(case_id):
    db.session.rollback()
    return db.session.get(Case, case_id, populate_existing=True)


def is_not_blamed(case_id):
    """The worker has been at the case, and the attempt is not counted."""
    return lambda: fresh(case_id).leased_until is not None and fresh(case_id).attempts == 0


@ON_POSTGRESQL
@pytest.mark.parametrize("table", ["snapshot", "event"])  # where a firing reads first, and where it writes last
def test_a_connection_that_is_cut_in_the_middle_again_and_again_does_not_stop_the_case(
    app, clock, crew, surgeon, holder, table
):
    case_id = tiny.begin("watched", clock).id
    worker = crew.start()
    holder.execute(f"lock table {table} in exclusive mode")
    clock.pass_(days=4)
    for _ in range(leasing.ATTEMPTS + 2):
        surgeon.cut(surgeon.waiting())
        until(is_not_blamed(case_id))
        clock.pass_(seconds=LEASE_OVER.seconds)
    holder.rollback()
    until(have_fired(1))
    crew.look()
    judge(1)
    assert worker.poll() is None


@ON_POSTGRESQL
@pytest.mark.parametrize("how", ["cut from outside", "ended by the server, which waited too long"])
def test_a_worker_whose_connection_ends_while_it_is_idle_in_a_transaction_goes_on(
    app, clock, crew, surgeon, holder, how
):
    case_id = tiny.begin("watched", clock).id
    worker = crew.start(say=[] if "outside" in how else ["set idle_in_transaction_session_timeout = 1000"])
    holder.execute("lock table task in exclusive mode")
    clock.pass_(days=4)
    pid = surgeon.waiting()
    worker.send_signal(signal.SIGSTOP)
    holder.rollback()
    if "outside" in how:
        until(lambda: surgeon.who(IDLE, pid=pid))
        surgeon.cut(pid)
    until(lambda: not surgeon.who("select pid from pg_stat_activity where pid = :pid", pid=pid))
    worker.send_signal(signal.SIGCONT)
    until(is_not_blamed(case_id))
    assert fired() == []
    clock.pass_(seconds=LEASE_OVER.seconds)
    until(have_fired(1))
    crew.look()
    judge(1)
    assert "database_away" in crew.log.read_text() and "timer_failed" not in crew.log.read_text()


@ON_POSTGRESQL
def test_a_transaction_that_the_server_found_idle_for_too_long_is_no_fault_of_the_case(app, clock, crew, surgeon):
    case_id = tiny.begin("watched", clock).id
    clock.pass_(days=4)
    event.listen(db.engine, "connect", saying(["set idle_in_transaction_session_timeout = 800"]))
    db.session.rollback()
    db.engine.dispose()

    def slow():
        """Where the lease is kept, whoever asks for the time has to wait for longer than the server does."""
        time.sleep(1.6 if surgeon.who('select 1 from "case" where leased_until is not null') else 0)
        return clock()

    with pytest.raises(sessions.Unreachable, match="idle-in-transaction"):
        firing.sweep(slow)
    assert is_not_blamed(case_id)()
    clock.pass_(seconds=LEASE_OVER.seconds)
    assert firing.sweep(clock) == 1
    judge(1)


@ON_POSTGRESQL
def test_every_connection_is_cut_again_and_again_while_many_timers_fire(app, clock, crew, surgeon):
    for _ in range(CASES):
        tiny.begin("reminded", clock)
    crew.start(2)
    clock.set(clock() + timedelta(days=10), speed=100)
    for number in range(1, 9):
        until(have_fired(number * 5))
        surgeon.at.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() "
            "and datname = current_database() and backend_type = 'client backend'"
        )
        sessions.end()
    until(have_fired(4 * CASES))
    judge(4 * CASES)


@ON_SQLITE
def test_a_file_that_somebody_else_holds_for_longer_than_workers_wait_loses_no_timer(app, database_url, clock, crew):
    for _ in range(CASES):
        tiny.begin("reminded", clock)
    crew.start(2, say=SHORT)
    other = sqlite3.connect(database_file(database_url), isolation_level=None)
    clock.set(clock() + timedelta(days=10), speed=100)
    for number in range(1, 6):
        until(have_fired(number * 5))
        other.execute("pragma busy_timeout = 30000")
        other.execute("begin immediate")
        time.sleep(0.3)  # three times as long as they wait
        other.rollback()
    other.close()
    until(have_fired(4 * CASES))
    judge(4 * CASES)
    assert "database is locked" in crew.log.read_text()


@ON_SQLITE
def test_a_disk_that_takes_no_more_for_a_while_loses_no_timer(app, database_url, clock, crew):
    for _ in range(CASES):
        tiny.begin("reminded", clock)
    worker = crew.start()
    clock.set(clock() + timedelta(days=10), speed=100)
    for number in range(1, 4):
        until(have_fired(number * 5))
        before = times_away(crew)
        full = (database_file(database_url + "-wal").stat().st_size, resource.RLIM_INFINITY)
        resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, full)  # no file of this process grows beyond
        until(lambda been=before: times_away(crew) > been)
        resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    until(have_fired(4 * CASES))
    judge(4 * CASES)
    assert "disk" in crew.log.read_text()
