"""A history made by the simulation: in the order of life, whole, lawful, the same for a seed, and sent to nobody."""

import shutil
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from random import Random

import pytest
from sqlalchemy import select, text

from app.cases import owing, procedures
from app.cli.simulating import arriving, asking, making, pace, story
from app.cli.simulating.making import There, Wish
from app.config import Settings
from app.engine import snapshot
from app.engine.run import Run
from app.errors import Refused
from app.factory import create_app
from app.law.invariants import owed as invariants
from app.store import cases, history, sessions, tasks
from app.store.db import db
from app.store.rows.cases import CLOSED, Case
from app.store.rows.history import FAILED, SENT, Event, Message
from app.store.tallying import untallied

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)
REVIEWS, FEW = 7, 2


@contextmanager
def application(path, empty):
    """An application on a database of its own, which would send letters by e-mail."""
    shutil.copy(empty, path)
    settings = Settings(
        database_url=f"sqlite:///{path}", secret_key="for tests only, at least thirty-two", channel="smtp"
    )
    app = create_app(settings)
    with app.app_context():
        yield settings
        db.session.remove()
        db.engine.dispose()


@contextmanager
def made_in(path, empty, wish):
    """A history in a database of its own, within its application."""
    with application(path, empty) as settings:
        yield making.make(settings, wish, lambda _: None, clock=lambda: NOW)


@pytest.fixture(scope="module")
def world(empty_sqlite, tmp_path_factory):
    with made_in(tmp_path_factory.mktemp("made") / "made.db", empty_sqlite, Wish(REVIEWS, 0.6)) as world:
        yield world


@pytest.fixture
def reviews(world):
    query = select(Case).where(Case.process_id == "asb_case_review").order_by(Case.opened_at)
    return list(db.session.scalars(query))


def lines_of(path, empty, seed):
    with made_in(path, empty, Wish(FEW, 0.05, seed)):
        query = "select c.reference, e.at, e.kind, e.subject, e.by from event e join 'case' c on c.id = e.case_id"
        return sorted(map(tuple, db.session.execute(text(query))))


def test_the_same_seed_makes_the_same_history_and_another_one_another(empty_sqlite, tmp_path):
    first, again, other = (lines_of(tmp_path / f"{turn}.db", empty_sqlite, seed) for turn, seed in enumerate((1, 1, 2)))
    assert first == again != other


def test_every_case_is_told_in_order_and_chained(reviews):
    for case in reviews:
        instants = [line.at for line in history.of_case(case.id)]
        assert instants == sorted(instants) and instants[-1] <= NOW
        assert history.is_whole(case)


def test_references_are_in_the_order_of_opening(reviews):
    assert len(reviews) == REVIEWS
    assert all(one.reference < other.reference for one, other in pairwise(reviews))
    assert {case.reference[3:7] for case in reviews} == {str(case.opened_at.year) for case in reviews}


def test_what_the_law_asks_for_holds_in_every_case(reviews):
    for case in reviews:
        facts = snapshot.read(cases.snapshot(case.id))["facts"]
        keys = {task.key for task in tasks.of_case(case.id)}
        record = owing.record(history.of_case(case.id), facts, keys, is_closed=case.status == CLOSED)
        assert (invariants.owed if record.is_closed else invariants.broken)(record) == []


def test_some_closed_some_go_on_and_the_rows_are_the_index_of_the_runs(reviews):
    assert {case.status for case in reviews} == {"open", "closed"}
    for case in reviews:
        run = Run.wake(cases.snapshot(case.id), procedures.of(case), at=NOW, opened_at=case.opened_at)
        assert {task.id for task in run.open_tasks()} == {task.id for task in tasks.of_case(case.id)}
        assert run.is_over == (case.status == CLOSED)


def test_nothing_was_sent(world):
    """Not even where letters would leave by e-mail: those of a history are kept here, and a few come back."""
    letters = list(db.session.scalars(select(Message)))
    assert letters and {letter.channel for letter in letters} == {"file"}
    assert {letter.state for letter in letters} <= {SENT, FAILED}
    for letter in letters:
        assert (letter.state == FAILED) == (bool(letter.problem))
        assert letter.state == SENT or letter.address.endswith(asking.GONE) or not letter.address


def test_people_work_in_office_hours_and_the_numbers_are_counted(reviews):
    lines = [line for case in reviews for line in history.of_case(case.id) if line.kind == "task_completed"]
    ours = [line for line in lines if line.person_id is not None]
    assert len(ours) > REVIEWS * 10
    assert all(line.at.weekday() < 5 and 7 <= line.at.hour < 18 for line in ours)
    assert len({line.by for line in ours}) > 8
    assert untallied(1) == []


def test_run_again_it_adds_nothing(world):
    assert not making.check(making.there(), Wish(REVIEWS, 0.6), NOW)
    assert not making.check(making.there(), Wish(REVIEWS * 2, 0.6), NOW)  # it has come to the present


def test_one_that_was_stopped_goes_on(empty_sqlite, tmp_path):
    def stop(world):
        if world.done["tasks"] > 4:
            raise KeyboardInterrupt

    wish = Wish(FEW, 0.05)
    with application(tmp_path / "stopped.db", empty_sqlite) as settings:
        with pytest.raises(KeyboardInterrupt):
            making.make(settings, wish, stop, clock=lambda: NOW)
        before = making.there()
        assert making.check(before, wish, NOW) == (before.cases < FEW)
        making.make(settings, wish, lambda _: None, clock=lambda: NOW)
        told = db.session.scalars(select(Event).order_by(Event.id)).all()
        assert [line.at for line in told] == sorted(line.at for line in told)
        assert making.there().cases == FEW and all(
            history.is_whole(cases.load(key)) for key in {x.case_id for x in told}
        )


def test_cases_of_others_are_left_alone():
    with pytest.raises(Refused):
        making.check(There(3, NOW, is_ours=False), Wish(8, 1), NOW)


def test_afterwards_the_disk_is_waited_for_again(world):
    with sessions.hurried():
        assert db.session.execute(text("pragma synchronous")).scalar() == 0
    assert db.session.execute(text("pragma synchronous")).scalar() == 2


def test_applications_come_with_seasons_weekdays_and_growth():
    instants = arriving.arrivals(4_000, datetime(2023, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC), Random(1))
    assert instants == sorted(instants)
    in_month = [sum(at.month == month for at in instants) for month in range(1, 13)]
    assert min(in_month[5:8]) > 1.2 * max(in_month[0], in_month[11])
    assert sum(at.weekday() == 0 for at in instants) > 2 * sum(at.weekday() == 6 for at in instants)
    assert sum(at.year == 2025 for at in instants) > 1.15 * sum(at.year == 2023 for at in instants)


def test_stories_are_of_all_sorts_in_believable_shares():
    several = [story.story(1, number) for number in range(3_000)]
    share = {risk: sum(one.risk == risk for one in several) / 3_000 for risk in ("standard", "medium", "high")}
    assert 0.1 < share["high"] < 0.16 < share["medium"] < share["standard"] < 0.55
    assert 0.25 < sum(one.counts for one in several) / 3_000 < 0.33
    told = [about for one in several for _, about in story.messages(one)]
    assert 0.05 < told.count("withdrawn") / 3_000 < 0.09


def test_the_nhs_is_slow_and_one_landlord_gets_slower():
    def middle(agency, at):
        chance = Random(1)
        return sorted(pace.working_hours("return_information", agency, at, NOW, chance) for _ in range(400))[200]

    long_ago = datetime(2024, 3, 6, tzinfo=UTC)
    assert middle("nhs", NOW) > 1.5 * middle("police", NOW)
    assert middle("thistledown_homes", NOW) > 1.8 * middle("thistledown_homes", long_ago)
