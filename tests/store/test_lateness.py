"""How late timers fired: counted as they fire, read for a stretch of time, and never by reading the whole history."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, insert, text

from app import worker
from app.store import lateness
from app.store.db import db
from app.store.lateness import BOUNDS
from app.store.rows.cases import FIRED, STOOD_DOWN, Timer
from app.store.transactions import transaction
from tests.walks import tiny

AT = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


@pytest.fixture
def case_id(app, clock):
    tiny.publish(clock)
    return tiny.begin("watched", clock).id


def ended(case_id, seconds, *, ago=timedelta(), state=FIRED):
    """A row of a timer that ended ``ago`` before AT, ``seconds`` after it was due."""
    at = AT - ago
    same = {"case_id": case_id, "process": "p", "name": "n", "rule": "1 day", "task_key": "", "start_at": at}
    due_at = at - timedelta(seconds=seconds)
    return {**same, "id": uuid4(), "key": "k", "due_at": due_at, "ended_at": at, "state": state}


def keep(*rows):
    with transaction():
        db.session.execute(insert(Timer.__table__), list(rows))


def test_each_timer_stands_in_the_first_step_that_holds_it(case_id):
    late = [0, 0.4, 1, 1.001, 2, 4, 9, 30, 31, 60, 299.5, 3600, 3600.5, 90_000]
    keep(*(ended(case_id, seconds) for seconds in late))
    found = lateness.since(AT - timedelta(days=1))
    assert found.by_bound == (3, 2, 1, 1, 1, 2, 1, 1, 2)
    assert (found.fired, found.longest) == (len(late), 90_000)
    assert found.seconds == pytest.approx(sum(late), abs=0.01)


@pytest.mark.parametrize("number", [1, 2, 3, 99, 100, 101, 250])
def test_percentiles_are_those_of_the_sorted_list(case_id, number):
    late = [float(value) for value in range(1, number + 1)]
    random.Random(number).shuffle(late)
    keep(*(ended(case_id, seconds) for seconds in late))
    found = lateness.since(AT - timedelta(days=1))
    ordered = sorted(late)
    assert found.half_within == ordered[(number + 1) // 2 - 1]
    assert found.most_within == ordered[-(-99 * number // 100) - 1]


def test_only_what_fired_in_the_stretch_is_read(case_id):
    old, other = ended(case_id, 5, ago=timedelta(days=8)), ended(case_id, 5, state=STOOD_DOWN)
    keep(old, other, ended(case_id, 3, ago=timedelta(days=6)), ended(case_id, 1, ago=timedelta(hours=1)))
    assert [lateness.since(AT - timedelta(days=days)).fired for days in (1, 7, 9)] == [1, 2, 3]


def test_where_nothing_fired_everything_is_nothing(case_id):
    found = lateness.since(AT - timedelta(days=1))
    assert (found.fired, found.seconds, found.half_within, found.longest) == (0, 0.0, None, None)
    assert found.by_bound == lateness.ever().by_bound == (0,) * (len(BOUNDS) + 1)


def test_what_fires_is_counted_in_its_own_transaction_for_good(case_id, settings, clock):
    for _ in range(2):
        tiny.begin("watched", clock)
    clock.pass_(days=3, hours=15, seconds=20)  # midnight after the third day, and a little
    worker.drain(settings, clock)
    found = lateness.ever()
    assert (found.fired, sum(found.by_bound)) == (3, 3)
    assert found.by_bound == lateness.since(clock() - timedelta(days=1)).by_bound
    assert found.seconds == pytest.approx(lateness.since(clock() - timedelta(days=1)).seconds, abs=0.01)


def test_a_count_that_breaks_off_is_not_kept(app):
    with pytest.raises(RuntimeError), transaction():
        lateness.count(UUID(int=3), AT, AT + timedelta(seconds=4))
        raise RuntimeError
    assert lateness.ever().fired == 0


def test_a_week_of_a_long_history_is_found_by_its_index(case_id):
    keep(*(ended(case_id, 1, ago=timedelta(days=days)) for days in range(2_000)))
    said = []
    event.listen(
        db.engine, "before_cursor_execute", lambda _c, _r, statement, values, *_: said.append((statement, values))
    )
    lateness.since(AT - timedelta(days=7))
    statement, values = said[-1]  # on SQLite it begins with BEGIN
    sqlite = db.engine.dialect.name == "sqlite"
    if not sqlite:
        db.session.execute(text("analyze timer"))
    explained = f"{'explain query plan' if sqlite else 'explain'} {statement}"
    plan = " ".join(str(row) for row in db.session.connection().exec_driver_sql(explained, values).all())
    assert "ix_timer_fired" in plan, plan
