"""After each reporting period its numbers are counted, checked, approved by somebody else, and published."""

from datetime import UTC, date, datetime

import pytest

from app.cases.kinds import PUBLICATION
from app.records import published
from app.records.daily import Rounds
from app.store import history
from app.store.db import db
from tests.conftest import one_kind
from tests.walks import stories, yearly
from tests.walks.tiny import at_once

database_url = pytest.fixture(one_kind)  # nothing here hangs on which of the two it is

APRIL = datetime(2026, 4, 1, 8, tzinfo=UTC)


@pytest.fixture
def reviewed(walk):
    """One review with a recommendation, and one refusal, both before April."""
    stories.begin(walk, stories.THREE)
    stories.hold_review(walk)
    stories.begin(walk, stories.ONE)
    walk.do("decide_threshold", threshold={"decision": "not met"})
    walk.apply(**stories.TANSY)
    return walk


def numbers(year):
    return {line.what: line.number for line in (*year.numbers, *year.balance)}


def test_the_numbers_of_a_year_go_their_way_to_the_public_page(reviewed, work, settings, clock, rows):
    work(APRIL)
    work()
    assert [case.title for case in yearly.opened(PUBLICATION)] == [
        "Numbers for 1\u00a0April 2025 to 31\u00a0March 2026"
    ]
    case = yearly.walking(PUBLICATION, settings, clock)
    assert case.open() == ["check_numbers"]
    case.do("check_numbers", returns={"right": "no"})
    work()
    assert case.open() == ["check_numbers"], "they are counted again"
    case.do("check_numbers", returns={"right": "yes"})
    assert published.years() == []
    case.do("approve_publication", returns={"approved": "yes"})
    work()
    (year,) = published.years()
    assert numbers(year) == {
        "Applications for a review": "3",
        "Times the threshold was decided not to be met": "1",
        "Reviews carried out": "1",
        "Reviews that resulted in recommendations": "1",
        "Waiting for a decision when the period began": "0",
        "Taken up again after an appeal": "0",
        "Withdrawn, or ended in another way": "0",
        "Waiting for a decision when the period ended": "1",
    }
    assert (year.approved_by, year.published_on) == ("Horatio Plume", date(2026, 4, 1))
    case.do("assess_effectiveness", effectiveness={"change": "yes"})
    case.do("consult_on_changes")
    assert case.case.status == "closed"
    assert case.case.retain_until is None, "what is about nobody is kept for good"
    assert history.is_whole(case.case)


def test_a_year_is_opened_once_whoever_looks(partnership, reviewed, settings, clock):
    clock.set(APRIL)
    at_once(partnership, *(lambda: Rounds().sweep(settings, clock) for _ in range(3)))
    Rounds().sweep(settings, clock)
    assert len(yearly.opened(PUBLICATION)) == 1


def test_a_year_before_anybody_asked_is_not_opened(partnership, settings, clock):
    clock.set(APRIL)
    assert Rounds().sweep(settings, clock) == 0


def test_the_next_year_begins_with_what_waited(reviewed, work, settings, clock):
    work(APRIL)
    work(datetime(2027, 4, 1, 8, tzinfo=UTC))
    assert len(yearly.opened(PUBLICATION)) == 2
    counted = yearly.walking(PUBLICATION, settings, clock).facts["returns"]["counted"]
    assert (counted["waiting_before"], counted["applications"]) == (1, 0)


def test_a_year_that_nobody_checks_is_told_to_the_senior_officer(reviewed, work, settings, clock, rows):
    work(APRIL)
    work(datetime(2026, 4, 22, 8, tzinfo=UTC))
    told = rows("select m.name from message m join \"case\" c on c.id = m.case_id where c.reference like 'AP-%'")
    assert ("Horatio Plume",) in told


def test_a_look_costs_a_few_statements_once_a_day(reviewed, work, settings, clock, statements):
    work(APRIL)
    rounds = Rounds()
    rounds.sweep(settings, clock)
    db.session.rollback()
    clock.pass_(days=1)
    with statements() as said:
        rounds.sweep(settings, clock)
    assert len(said) <= 4
    with statements() as said:
        rounds.sweep(settings, clock)
    assert said == []
