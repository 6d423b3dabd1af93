"""A PostgreSQL server that crashes while many timers fire, and is started again. It is our own: nobody else is cut off."""

from datetime import UTC, datetime, timedelta

import pytest

from app.store import sessions, timers
from tests import server
from tests.conftest import migrated
from tests.walks import tiny
from tests.walks.crew import Crew, SharedClock, have_fired, judge, until

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CASES = 15


@pytest.fixture(scope="module")
def own():
    if not server.binaries():
        pytest.skip("no PostgreSQL that could be started here")
    own = server.Server()
    migrated(own.url.replace("postgresql:", "postgresql+psycopg:"))
    yield own
    own.remove()


@pytest.fixture
def database_url(own):
    return own.url.replace("postgresql:", "postgresql+psycopg:")


@pytest.fixture
def clock(tmp_path):
    return SharedClock(tmp_path / "clock", MONDAY)


def test_a_server_that_crashes_twice_while_many_timers_fire_loses_none(app, database_url, clock, own, tmp_path):
    tiny.publish(clock)
    for _ in range(CASES):
        tiny.begin("reminded", clock)
    with Crew(database_url, clock, tmp_path) as crew:
        crew.start(2)
        clock.set(clock() + timedelta(days=10), speed=100)
        for number in (1, 2):
            until(have_fired(number * CASES))
            own.stop("immediate")
            own.start()
            sessions.end()
        until(have_fired(4 * CASES))
        judge(4 * CASES)
        assert [worker.poll() for worker in crew.workers] == [None, None]
    assert timers.next_due() is None
