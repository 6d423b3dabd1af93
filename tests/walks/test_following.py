"""Where a case stands for the person who asked: worked out from what happened, for every way a case can go."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import uuid4

import pytest

from app import errors
from app.cases import procedures
from app.intake import applying, drafting, following, linking, progress, promised, saying, stops
from app.intake.progress import Known
from app.store import history, tokens
from app.store.rows.cases import Case
from tests.conftest import one_kind
from tests.walks import stories

database_url = pytest.fixture(one_kind)  # nothing here hangs on which of the two it is


def seen(walk):
    return following.review(walk.id, phone="020 7946 0120", clock=walk.clock).progress


def test_every_element_behind_a_stop_stands_in_the_published_drawings(partnership):
    _, procedure = procedures.live()
    ids = {element.id for drawing in procedure.drawings.values() for element in drawing.elements}
    named = {
        id_
        for line in (stops.REVIEW_APPEALED, stops.REFUSAL_APPEALED)
        for stop in line
        for id_ in stop.work | stop.ends | stop.limits
    }
    assert named <= ids


def test_every_promise_of_a_stop_stands_in_the_agreed_timescales(partnership):
    limits = {limit.what for limit in promised.published().limits}
    assert len(limits) == len(promised.PROMISES)


def test_an_overturned_refusal_begins_the_review_again(walk):
    stories.begin(walk, stories.ONE)
    walk.do("decide_threshold", threshold={"decision": "not met", "reasons": "Too few."})
    walk.do("write_reasons", agreed_actions=[stories.ACTION])
    walk.do("accept_concern", concern={"accepted": "yes"})
    assert seen(walk).heading == "There will be no review, but you will get help"
    form = saying.appeal_form(walk.case)
    given = {"about": "refusal", "grounds": ["facts"], "text": "There was more.", "wanted": "A review."}
    saying.appeal(walk.id, {"appeal": given}, clock=walk.clock)
    assert form.key == "appeal_received" and seen(walk).heading == "We are looking at your appeal"
    walk.do("choose_reviewer")
    walk.do("decide_appeal", appeal={"outcome": "overturned"})
    now = seen(walk)
    assert now.heading == "We are asking everyone what they did"
    assert [stop.state for stop in now.line] == ["done", "done", "done", "now", "next", "next", "next", "next"]


def test_a_plan_that_was_not_enough_is_written_again(walk):
    stories.begin(walk, stories.THREE)
    stories.hold_review(walk)
    stories.carry_out(walk)
    assert seen(walk).heading == "We are doing what we agreed"
    walk.days(29)
    walk.do("review_progress", progress={"decision": "not enough", "reasons": "It goes on."})
    assert seen(walk).heading == "We are writing to you with the result"


def test_a_limit_that_was_moved_shows_both_days(walk, rows):
    walk.apply(**stories.TANSY)
    known = following._known(walk.case, walk.facts, walk.clock)
    timer = next(t for t in known.timers if t.key == "interview_applicant_late")
    later = SimpleNamespace(
        key=timer.key, start_at=timer.start_at, due_on=date(2026, 3, 10), state="waiting", held_at=None
    )
    now = progress.progress(Known(known.case, known.events, known.tasks, [later], known.promised, known.today))
    assert now.moved == (date(2026, 3, 5), date(2026, 3, 10)) and now.late_since is None


def test_another_procedure_shows_the_names_of_its_steps(walk):
    walk.apply(**stories.TANSY)
    walk.do("acknowledge_application")
    known = following._known(walk.case, walk.facts, walk.clock)
    other = Case(id=uuid4(), process_id="mend_a_street", opened_at=walk.clock())
    line = progress.progress(Known(other, known.events, known.tasks, known.timers, {}, known.today)).line
    assert ("Acknowledge the application", "done") in [(stop.title, stop.state) for stop in line]
    assert ("Interview the applicant", "now") in [(stop.title, stop.state) for stop in line]


def test_a_whole_case_never_leaves_the_line_without_an_answer(walk):
    """At every step from application to closure there is one stop that is now, or all are done."""
    stories.begin(walk, stories.THREE)
    for step in (stories.hold_review, stories.carry_out, lambda walk: walk.days(29), stories.close):
        assert sum(stop.state in ("now", "late") for stop in seen(walk).line) == 1
        step(walk)
    assert {stop.state for stop in seen(walk).line} == {"done"}


def test_what_the_person_says_is_read_by_somebody_and_moves_nothing_else(walk):
    walk.apply(**stories.TANSY)
    before = walk.open()
    saying.say(walk.id, "information_received", "They have moved out.", clock=walk.clock)
    assert walk.open() == sorted([*before, "read_information"])
    assert [e.says["text"] for e in history.of_case(walk.id) if e.kind == "victim_said"] == ["They have moved out."]


def test_only_the_hash_of_a_secret_finds_a_draft(partnership, clock):
    token = drafting.begin(clock)
    assert drafting.find(token, clock).link_hash == tokens.hashed(token)
    with pytest.raises(errors.NotFound):
        drafting.find(tokens.hashed(token)[:43], clock)


def test_what_is_written_inside_a_case_cannot_be_reached_by_a_link(walk):
    walk.apply(**stories.TANSY)
    key = saying.appeal_key(walk.id)
    drafting.keep(key, {"appeal": {"text": "x"}}, 1, walk.clock)
    with pytest.raises(errors.NotFound):
        drafting.find(f"appeal:{walk.id.hex}", walk.clock)


def test_an_application_that_is_not_complete_is_refused_with_every_reason(partnership, clock):
    token = drafting.begin(clock)
    with pytest.raises(errors.Refused) as refused:
        applying.send(token, clock=clock)
    assert {"victim.name", "application.impact", "application.true_as_known"} <= refused.value.problems.keys()


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        ({"victim": {"name": "Tansy Applegarth"}}, "Tansy Applegarth"),
        ({"victim": {"name": "Tansy Applegarth", "organisation": "Lark Row Shop"}}, "Lark Row Shop"),
        ({}, ""),
    ],
)
def test_a_case_is_called_by_whom_it_is_about_and_nothing_else(facts, title):
    assert applying.title(facts) == title


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("working day 3", "3\u00a0working\u00a0days from the day you ask"),
        ("1 working day", "1\u00a0working\u00a0day from then"),
        ("28 days", "28\u00a0days from then"),
        ("by panel.held_on", "by panel.held_on"),
        ("whenever", "whenever"),
    ],
)
def test_a_limit_is_said_with_what_it_counts_from(words, said):
    assert promised.said(words, "from then") == said


def test_a_link_ends_at_its_last_instant(walk):
    walk.apply(**stories.TANSY)
    token = linking.renew(walk.id, walk.clock)
    walk.clock.set(datetime(2026, 4, 1, 9, 0, tzinfo=UTC))
    with pytest.raises(errors.NotFound):
        linking.use(token, walk.case.reference, clock=walk.clock)
