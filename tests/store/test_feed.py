"""Following the events of all cases by their ids: none is missed, in whatever order transactions commit."""

import random
from uuid import uuid4

import pytest
from sqlalchemy import insert

from app.cli.walking import Walk
from app.store import feed
from app.store.db import db
from app.store.feed import Mark, Seen, moved
from app.store.rows.cases import Case
from app.store.rows.history import Event
from app.store.transactions import transaction

pytestmark = pytest.mark.usefixtures("partnership")


def settle():
    seen = feed.look()
    with transaction():
        return feed.settle(seen)


def write(connection, case_id, number, clock):
    """One event, as the heart writes it: the case is locked first."""
    connection.execute(Case.__table__.select().where(Case.__table__.c.id == case_id).with_for_update())
    row = {"case_id": case_id, "number": number, "at": clock(), "by": "a test", "person_id": None, "kind": "tried"}
    done = connection.execute(insert(Event.__table__).values(**row, subject="", says={}, hash=uuid4().hex))
    return done.inserted_primary_key[0]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_an_event_that_is_still_being_written_is_waited_for(settings, clock):
    one, two = (Walk(settings, clock).apply() for _ in range(2))
    db.session.commit()
    before = settle()
    slow, fast = db.engine.connect(), db.engine.connect()
    with slow, fast:
        first = write(slow, one.id, 500, clock)
        second = write(fast, two.id, 500, clock)
        fast.commit()
        assert first < second
        for _ in range(3):
            assert settle() == before  # the second can be seen, and nobody may read on to it
        slow.commit()
        assert settle() == feed.readable() == second


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_busy_database_settles_all_the_same(settings, clock):
    cases = [Walk(settings, clock).apply() for _ in range(3)]
    db.session.commit()
    settle()
    connections = [db.engine.connect() for _ in cases]
    written, reached = [], []
    for turn in range(12):  # there is always somebody who writes
        mine = connections[turn % 3]
        mine.commit()
        written.append(write(mine, cases[turn % 3].id, 600 + turn, clock))
        reached.append(settle())
    for connection in connections:
        connection.close()
    assert reached == sorted(reached)
    assert written[3] <= reached[-1] < written[-1]


def test_what_one_writer_has_written_is_whole_at_once(settings, clock, rows):
    Walk(settings, clock).apply()
    assert settle() == feed.readable() == rows("select max(id) from event")[0][0]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_order_of_commits_loses_an_event(settings):
    """Transactions begin to write, take an id and end in any order; also between the two parts of a look."""
    for seed in range(300):
        chance, writing, done, ids = random.Random(seed), {}, [0], 0
        mark = Mark()
        for turn in range(80):
            is_look = chance.random() < 0.25
            last_id = max(done)
            for _ in range(chance.randrange(4) if is_look else 1):
                what = chance.random()
                if what < 0.4:
                    writing[str(turn)] = None  # it holds the lock, and has no id yet
                elif what < 0.7 and None in writing.values():
                    ids += 1
                    writing[chance.choice([key for key, value in writing.items() if value is None])] = ids
                elif writing:
                    done.append(writing.pop(chance.choice(list(writing))) or 0)
            if is_look:
                before = mark.settled_id
                mark = moved(mark, Seen(last_id, frozenset(writing)))
                assert before <= mark.settled_id
                assert all(id_ > mark.settled_id for id_ in writing.values() if id_)
                assert ids < 1 or mark.settled_id <= max(done)
        assert moved(mark, Seen(max(done))).settled_id == max(done)


def test_a_mark_that_came_with_a_backup_does_not_stand_in_the_way():
    old = Mark(10, 12, frozenset({"3/77"}))
    assert moved(old, Seen(14, frozenset({"5/1"}))) == Mark(12, 14, frozenset({"5/1"}))
