"""A worker is killed at each point between reading and committing a timer: after it, every timer has fired once."""

import pytest
from sqlalchemy import text

from app.cli import proving
from app.cli.killing import POINTS, Kill, Nursery, named_kills, random_kills
from app.cli.proving import StandingClock
from app.store.db import db


@pytest.fixture(scope="module")
def started():
    with Nursery() as nursery:
        yield nursery


@pytest.fixture
def nursery(app, database_url, tmp_path, started):
    return started.serve(database_url, tmp_path / "sent")


def test_after_a_kill_at_each_point_every_timer_fired_once_and_no_letter_is_lost(nursery):
    planned = named_kills()
    tally = proving.campaign(nursery, StandingClock(), planned, number=2)
    assert (tally.kills, tally.survived) == (len(planned), 0)
    assert set(tally.by_point) == set(POINTS)
    assert tally.faults == 0, tally.line()
    assert (tally.fired, tally.letters, tally.repeated) == (2 * len(planned), 2 * len(planned), 1)


def test_after_kills_at_random_instants_every_timer_fired_once_and_no_letter_is_lost(nursery):
    planned = random_kills(10, seed=7)
    tally = proving.campaign(nursery, StandingClock(), planned, number=2)
    assert tally.kills + tally.survived == len(planned)
    assert tally.kills > len(planned) // 2
    assert tally.faults == 0, tally.line()
    assert tally.fired == 2 * len(planned)


def test_two_kills_in_a_row_leave_nothing_behind(nursery):
    tally = proving.campaign(nursery, StandingClock(), [Kill("after waking")] * 6, number=1, in_a_row=2)
    assert (tally.kills, tally.fired) == (6, 3)
    assert tally.faults == 0, tally.line()


def test_the_proof_has_teeth_a_snapshot_that_is_committed_before_the_rest_loses_a_timer(nursery):
    torn = Kill("after the snapshot is written", is_torn=True)
    tally = proving.campaign(nursery, StandingClock(), [torn], number=1)
    assert (tally.missing, tally.lost, tally.unfinished) == (1, 1, 1)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite itself lets only one write
def test_the_proof_has_teeth_without_lease_and_lock_a_timer_fires_twice(nursery):
    db.session.execute(text("alter table event drop constraint event_case_id_number_key"))
    db.session.commit()
    try:
        tally = proving.unguarded(nursery, StandingClock())
    finally:
        db.session.rollback()
        db.session.execute(text("truncate event"))
        db.session.execute(text("alter table event add constraint event_case_id_number_key unique (case_id, number)"))
        db.session.commit()
    assert tally.doubled == 1
