"""Cases that were kept long enough are deleted when two people say so, and the numbers of past years stay."""

from datetime import UTC, date, datetime

import pytest

from app import errors
from app.cases import access
from app.cases.kinds import PUBLICATION, RETENTION
from app.law.statistics import Period
from app.records import counting, holding
from app.store import cases, history, people
from app.store.db import db
from tests.kept_rows import walked
from tests.walks import stories, yearly

YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))
LATER = datetime(2032, 6, 1, 8, tzinfo=UTC)


@pytest.fixture
def closed(walk, settled):
    """A review from application to closure, walked once on each database."""
    walked(walk, stories.whole, settled)
    return walk.case


def basil():
    return access.who(next(iter(people.with_role("Coordinator"))))


def tables_with(case_id, rows):
    """The tables that still hold a row of a case."""
    asked = {
        table.name: column.name
        for table in db.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "case" for key in column.foreign_keys)
    }
    value = case_id.hex if db.engine.dialect.name == "sqlite" else case_id
    return {name for name, column in asked.items() if rows(f"select 1 from {name} where {column} = :id", id=value)}


def test_a_closed_review_is_kept_for_6_years(closed):
    assert closed.retain_until == date(closed.closed_at.year + 6, closed.closed_at.month, closed.closed_at.day)


def test_an_old_case_goes_with_everything_and_leaves_a_line_and_its_numbers(closed, work, settings, clock, rows):
    before, case_id, reference = counting.returns(YEAR), closed.id, closed.reference
    work(LATER)
    retention = yearly.walking(RETENTION, settings, clock)
    assert retention.facts["old_cases"]["over"] == [
        {
            "reference": reference,
            "ending": "Reviewed and closed",
            "closed_on": retention.facts["old_cases"]["over"][0]["closed_on"],
            "kept_until": closed.retain_until.isoformat(),
        }
    ]
    assert "Tansy" not in str(retention.facts)
    retention.do("decide_on_old_cases", old_cases={"keep": []})
    retention.do("confirm_deletion", old_cases={"confirmed": "yes"})
    assert cases.by_reference(reference), "nothing goes before the worker carries it out"
    work()
    with pytest.raises(errors.NotFound):
        cases.load(case_id)
    assert tables_with(case_id, rows) == set()
    lines = [(event.kind, event.subject) for event in history.of_case(retention.id)]
    assert ("old_case_deleted", reference) in lines
    assert retention.case.status == "closed"
    after = counting.returns(YEAR)
    assert (after["numbers"], after["balance"]) == (before["numbers"], before["balance"])
    work()
    assert len(yearly.opened(RETENTION)) == 1


def test_a_case_that_is_kept_longer_comes_back_when_that_is_over(closed, work, settings, clock):
    work(LATER)
    retention = yearly.walking(RETENTION, settings, clock)
    keep = {"keep": [closed.reference], "why": "court", "reason": "A claim.", "until": "2032-12-31"}
    retention.do("decide_on_old_cases", old_cases=keep)
    retention.do("confirm_deletion", old_cases={"confirmed": "yes"})
    work()
    db.session.expire_all()
    assert cases.load(closed.id).kept_until == date(2032, 12, 31)
    work(datetime(2032, 12, 31, 8, tzinfo=UTC))
    assert len(yearly.opened(RETENTION)) == 1
    work(datetime(2033, 1, 1, 8, tzinfo=UTC))
    assert len(yearly.opened(RETENTION)) == 2


def test_a_reason_that_comes_up_meanwhile_stops_the_deletion(closed, work, settings, clock):
    work(LATER)
    retention = yearly.walking(RETENTION, settings, clock)
    retention.do("decide_on_old_cases", old_cases={"keep": []})
    retention.do("confirm_deletion", old_cases={"confirmed": "yes"})
    holding.keep(closed.id, "ombudsman", "Letter of 1 June.", None, basil(), clock=clock)
    work()
    assert cases.load(closed.id).kept_because == "An ombudsman: Letter of 1 June."
    assert "old_case_kept" in [event.kind for event in history.of_case(retention.id)]


def test_a_case_that_is_held_is_not_listed(closed, work, clock):
    holding.keep(closed.id, "police", "An investigation.", None, basil(), clock=clock)
    work(LATER)
    assert yearly.opened(RETENTION) == []
    holding.end(closed.id, basil(), clock=clock)
    work()
    assert len(yearly.opened(RETENTION)) == 1


def test_who_confirms_may_send_it_back(closed, work, settings, clock):
    work(LATER)
    retention = yearly.walking(RETENTION, settings, clock)
    retention.do("decide_on_old_cases", old_cases={"keep": []})
    retention.do("confirm_deletion", old_cases={"confirmed": "no"})
    assert retention.open() == ["decide_on_old_cases"]
    work()
    assert cases.load(closed.id)


@pytest.mark.parametrize("problem", [{"who": "x"}, {"reason": ""}, {"until": date(2026, 1, 1)}])
def test_a_case_is_held_for_a_reason_and_until_a_day_to_come(walk, clock, problem):
    walk.apply(**stories.TANSY)
    said = {"who": "court", "reason": "A claim.", "until": None} | problem
    with pytest.raises(errors.Refused):
        holding.keep(walk.id, said["who"], said["reason"], said["until"], basil(), clock=clock)


def test_an_open_case_and_the_yearly_ones_are_never_old(walk, work):
    walk.apply(**stories.TANSY)
    work(LATER)
    assert yearly.opened(RETENTION) == []
    assert yearly.opened(PUBLICATION)
