"""What may happen at any time: the victim stops the review, it happens again, somebody tells us something."""

import pytest

from app.intake import saying
from app.store.rows.cases import CLOSED
from tests.conftest import one_kind
from tests.walks import stories

database_url = pytest.fixture(one_kind)  # nothing here hangs on which of the two it is

HIGH = stories.CALM | {"safe_tonight": "no"}


def test_a_review_is_stopped_only_after_the_victim_was_talked_to(walk, rows):
    stories.begin(walk, stories.THREE)
    walk.receive("withdrawn", {"said": {"text": "I want to stop.", "at": "2026-03-02T10:00:00+00:00"}})
    assert {"consider_withdrawal", "prepare_statement"} <= set(walk.open()), "the review goes on meanwhile"
    walk.do("consider_withdrawal", withdrawal={"decision": "stop"})
    walk.days(0)
    assert {("review_stopped", who) for who in ("victim", *stories.AGENCIES)} <= stories.told(walk, rows)
    assert walk.open() == []
    assert walk.case.status == CLOSED


def test_a_victim_who_is_not_free_to_choose_stays_in_the_review(walk):
    stories.begin(walk, stories.THREE)
    before = walk.open()
    walk.receive("withdrawn", {})
    walk.do("consider_withdrawal", withdrawal={"decision": "go_on"})
    assert walk.open() == before


def test_people_at_high_risk_are_protected_also_when_the_review_stops(walk):
    walk.apply(**stories.TANSY)
    walk.do_all("acknowledge_application", "note_application", "offer_support", "confirm_reports")
    walk.do("interview_applicant", reports=stories.THREE, chosen_agencies=stories.AGENCIES)
    walk.do("complete_matrix", risk=HIGH)
    walk.receive("withdrawn", {})
    walk.do("consider_withdrawal", withdrawal={"decision": "stop"})
    assert walk.open() == ["make_safety_plan"]
    assert walk.case.status != CLOSED


def test_nobody_asks_for_a_withdrawal_to_be_looked_at_for_weeks(walk):
    stories.begin(walk, stories.THREE)
    walk.receive("withdrawn", {})
    walk.days(5)
    assert "step_in" in walk.open()


def test_a_new_incident_is_recorded_and_the_risk_assessed_again(walk):
    stories.begin(walk, stories.THREE)
    walk.receive("new_incident", {"said": {"text": "Again.", "at": "2026-03-02T10:00:00+00:00"}})
    walk.do("record_incident")
    assert "complete_matrix" in walk.open()
    walk.do("complete_matrix", risk=HIGH)
    assert "make_safety_plan" in walk.open()
    walk.do("note_needs", needs={"found": "yes", "question": "What helps?"})
    assert "advise_on_needs" in walk.open()


def test_a_second_high_risk_goes_to_the_plan_that_there_is(walk, rows):
    stories.begin(walk, stories.THREE)
    for _ in range(2):
        walk.receive("new_incident", {})
        walk.do("record_incident")
        walk.do("complete_matrix", risk=HIGH)
        walk.do("note_needs", needs={"found": "no"})
    assert walk.open().count("make_safety_plan") == 1
    walk.days(0)
    senior_officer = rows("select recipient from message where letter = 'high_risk' and recipient like 'person:%'")
    assert len(senior_officer) == 4, "the senior officer and Victim Support, both times"


def test_what_is_said_twice_is_read_twice(walk):
    walk.apply(**stories.TANSY)
    for words in ("They moved out.", "They are back."):
        saying.say(walk.id, "information_received", words, clock=walk.clock)
    assert walk.open().count("read_information") == 2


def test_a_representative_without_agreement_is_asked_for_it(walk, rows):
    representative = {"name": "Linnet Dove", "email": "linnet@larkmere.example", "authority": "not_yet"}
    application = {"in_danger": "no", "applying_as": "representative"}
    walk.apply(**stories.TANSY | {"application": application, "representative": representative})
    assert "record_agreement" in walk.open()
    walk.days(3)
    assert ("consent_chase", "representative") in stories.told(walk, rows)
    walk.do("record_agreement", representative={"agreed": "yes", "updates_to": "both"})
    assert "record_agreement" not in walk.open()


@pytest.mark.parametrize(
    ("applied", "recorded"),
    [({"can_decide": "no"}, {"agreed": "not_reached"}), ({"can_decide": "not_sure"}, {"agreed": "cannot"})],
)
def test_who_may_not_be_able_to_decide_is_looked_at_by_the_mental_health_professional(walk, applied, recorded):
    representative = {"name": "Linnet Dove", "email": "linnet@larkmere.example", "authority": "not_yet"} | applied
    application = {"in_danger": "no", "applying_as": "representative"}
    walk.apply(**stories.TANSY | {"application": application, "representative": representative})
    assert "advise_on_needs" not in walk.open()
    walk.do("record_agreement", representative=recorded)
    assert "advise_on_needs" in walk.open()


def test_a_case_is_not_closed_against_the_victims_objection(walk):
    stories.begin(walk, stories.THREE)
    stories.hold_review(walk)
    stories.carry_out(walk)
    stories.wait(walk, 29)
    walk.do("review_progress", progress={"decision": "enough"})
    walk.do("plan_closing")
    walk.do("say_view_of_closing", closing={"reached": "yes", "agreed": "no"})
    assert "review_progress" in walk.open() and "close_case" not in walk.open()


def test_an_update_that_is_not_safe_now_is_asked_for_again_on_the_day_that_was_named(walk):
    walk.apply(**stories.TANSY)
    walk.days(13)
    assert "update_victim" in walk.open()
    walk.do("update_victim", update={"how": "not_safe", "next_on": "2026-03-20"})
    assert "update_victim" not in walk.open()
    walk.days(7)
    assert walk.open().count("update_victim") == 1
    walk.do("update_victim", update={"how": "declined", "next_on": "2026-03-30"})
    walk.days(40)
    assert "update_victim" not in walk.open(), "who wants to hear no more is left in peace"


def test_a_letter_that_did_not_arrive_is_made_up_for_by_the_next_working_day(walk):
    walk.apply(**stories.TANSY)
    walk.do_all("acknowledge_application", "note_application", "offer_support", "confirm_reports")
    walk.receive("message_failed", {})
    assert "reach_another_way" in walk.open()
    walk.days(1.7)
    assert walk.open().count("step_in") == 1, "the senior officer is told"
