"""Following the events of all cases by their ids: none is missed, in whatever order transactions commit."""

import random
from uuid import uuid4

import pytest
from sqlalchemy import insert

from app.cli.walking import Walk
from app.store import feed
from app.store.db import db
from app.store.feed import Seen, moved
from app.store.rows.cases import Case
from app.store.rows.history import Event
from app.store.transactions import transaction
from tests.walks.crew import until

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
    until(lambda: settle() == feed.look().last_id)  # whoever else writes on this server is waited for as well
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
        until(lambda: settle() == second)
        assert feed.readable() == second


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_busy_database_settles_all_the_same(settings, clock):
    cases = [Walk(settings, clock).apply() for _ in range(3)]
    db.session.commit()
    settle()
    connections = [db.engine.connect() for _ in cases]
    written, reached = [], []
    for turn in range(300):  # there is always somebody who writes
        mine = connections[turn % 3]
        mine.commit()
        written.append(write(mine, cases[turn % 3].id, 600 + turn, clock))
        reached.append(settle())
        if turn > 3 and reached[-1] >= written[3]:
            break
    for connection in connections:
        connection.close()
    assert reached == sorted(reached)
    assert written[3] <= reached[-1] < written[-1]


def test_what_one_writer_has_written_is_whole_at_once(settings, clock, rows):
    Walk(settings, clock).apply()
    until(lambda: settle() == rows("select max(id) from event")[0][0])
    assert feed.readable() == settle()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_order_of_commits_loses_an_event(settings):
    """Transactions take a number, then an id, and end in any order; looks come at any moment."""
    for seed in range(300):
        chance = random.Random(seed)
        running, done, mark, next_number, next_id = {}, set(), (0, 0, 0), 1, 1
        for _ in range(60):
            turn = chance.random()
            if turn < 0.4:
                running[next_number], next_number = None, next_number + 1
            elif turn < 0.7 and None in running.values():
                number = chance.choice([key for key, value in running.items() if value is None])
                running[number], next_id = next_id, next_id + 1
            elif turn < 0.85 and running:
                done.add(running.pop(chance.choice(list(running))))
            else:
                seen = Seen(max(done - {None}, default=0), min(running, default=next_number), next_number)
                mark = moved(*mark, seen)
                unseen = {value for value in running.values() if value is not None}
                assert not [one for one in unseen if one <= mark[0]]


def test_a_mark_that_came_with_a_backup_does_not_stand_in_the_way():
    assert moved(10, 12, 5_000_000, Seen(14, 900, 905)) == (10, 14, 905)
    assert moved(10, 14, 905, Seen(15, 906, 907)) == (14, 15, 907)
