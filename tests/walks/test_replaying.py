"""Closed cases replayed through a draft: where they would go elsewhere, which limits they would have missed."""

import pytest

from app.cases import procedures
from app.editor import replaying
from app.store import cases, history
from tests.walks import stories, tiny
from tests.walks.test_moving_releases import drawn, publish
from tests.walks.test_moving_walks import changed


@pytest.fixture(autouse=True)
def nothing_remembered():
    replaying.RESULTS.clear()


@pytest.fixture
def closed(app, clock):
    """A case that took four days with its only step, and was late by one."""
    publish(clock, "5 days")
    case = tiny.begin("p", clock)
    clock.pass_(days=4)
    tiny.finish(case, clock)
    return case


def replayed(content, clock, **more):
    return replaying.replay(content, clock=clock, **more)


def test_through_what_it_followed_a_case_goes_as_it_went(closed, clock):
    seen = replayed(drawn("5 days"), clock)
    assert seen.says == "1 closed case replayed: 0 would go elsewhere, 0 more and 0 fewer limits missed."
    assert [(one.difference, one.missed_then, one.missed_now) for one in seen.done] == [("", (), ())]


def test_a_step_that_is_new_is_told_and_the_rest_is_compared(closed, clock):
    one = replayed(drawn("5 days", steps=("work", "check", "done")), clock).done[0]
    assert one.difference == "After ‘work’ (Friday 6\u00a0March): ‘check’ would be open"


def test_a_shorter_limit_would_have_been_missed(closed, clock):
    seen = replayed(drawn("3 days"), clock)
    assert seen.done[0].more == ["Work"] and "would not be open" not in seen.done[0].difference
    assert "1 more and 0 fewer limits missed" in seen.says


def test_nothing_of_the_case_changes_and_nothing_is_asked_for(closed, clock):
    before = (cases.snapshot(closed.id), len(history.of_case(closed.id)))
    replayed(drawn("1 day"), clock)
    assert (cases.snapshot(closed.id), len(history.of_case(closed.id))) == before


def test_what_there_was_no_time_for_is_replayed_when_asked_again(closed, clock):
    first = replayed(drawn("3 days"), clock, seconds=-1)
    assert (len(first.done), first.waiting) == (0, 1)
    assert replayed(drawn("3 days"), clock).waiting == 0
    assert len(replayed(drawn("3 days"), clock, seconds=-1).done) == 1  # it is remembered


def test_cases_that_are_open_or_were_closed_long_ago_are_left_out(closed, clock):
    tiny.begin("p", clock)
    assert len(replayed(drawn(), clock).done) == 1
    clock.pass_(days=400)
    assert replayed(drawn(), clock).says == "No case was closed in the last year."


def test_a_real_review_goes_the_same_way_through_its_own_drawings(walk):
    stories.whole(walk)
    here = procedures.of(walk.case)
    one = replaying.one(walk.case, here)
    assert (one.difference, one.missed_then) == ("", one.missed_now)
    others = [replaying.one(walk.case, other) for other in map(changed, range(6)) if other]
    assert any("One more look’ would be open" in one.difference for one in others)
    assert not any("cannot be replayed" in one.difference for one in others)
