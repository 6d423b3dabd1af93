"""A refusal: with reasons, handed to an authority that accepts it, appealed against, and overturned."""

import pytest

from app.store.rows.cases import CLOSED
from tests.conftest import one_kind
from tests.walks import stories

database_url = pytest.fixture(one_kind)  # nothing here hangs on which of the two it is

APPEAL = {"appeal": {"about": "refusal", "grounds": ["threshold"], "text": "You counted wrong.", "wanted": "A review."}}
LATE = {"appeal": APPEAL["appeal"] | {"late_reason": "I was in hospital."}}
CONCERN = stories.ACTION | {"what": "Watch the stairs on Friday nights.", "agency": "police"}


@pytest.fixture
def refused(walk):
    stories.begin(walk, stories.ONE)
    assert walk.facts["threshold"]["qualifying"] == 1
    walk.do("decide_threshold", threshold={"decision": "not met"})
    walk.do("write_reasons", agreed_actions=[CONCERN])
    return walk


def test_a_refusal_goes_out_only_when_a_named_authority_has_accepted_the_concern(refused, rows):
    refused.days(0)
    assert refused.open() == ["accept_concern"]
    assert ("refusal", "victim") not in stories.told(refused, rows)
    refused.do("accept_concern", concern={"accepted": "yes"})
    refused.days(0)
    assert ("refusal", "victim") in stories.told(refused, rows)


def test_an_appeal_that_is_upheld_for_the_victim_leads_back_to_the_panel(refused, rows):
    refused.do("accept_concern", concern={"accepted": "yes"})
    refused.days(3)
    refused.receive("appeal_received", APPEAL)
    refused.do("choose_reviewer")
    refused.do("decide_appeal", appeal={"outcome": "overturned"})
    refused.days(0)
    assert {"prepare_statement", "return_information"} <= set(refused.open())
    assert ("appeal_outcome", "victim") in stories.told(refused, rows)
    stories.hold_review(refused)
    assert ("outcome", "victim") not in stories.told(refused, rows)
    refused.days(0)
    assert ("outcome", "victim") in stories.told(refused, rows)


def test_an_appeal_that_fails_leaves_the_concern_with_the_authority_and_closes(refused):
    refused.do("accept_concern", concern={"accepted": "yes"})
    refused.receive("appeal_received", APPEAL)
    refused.do("choose_reviewer")
    refused.do("decide_appeal", appeal={"outcome": "upheld"})
    for _ in range(12):
        if refused.case.status == CLOSED:
            break
        refused.days(7)
        for key in dict.fromkeys(refused.open()):
            if key in refused.open():  # the closing stands the others down
                refused.do(key, **({"progress": {"decision": "enough"}} if key == "review_progress" else {}))
    assert refused.case.status == CLOSED


def test_an_appeal_after_twenty_working_days_is_taken_while_the_case_is_open(refused):
    refused.do("accept_concern", concern={"accepted": "yes"})
    refused.days(40)
    assert "review_progress" in refused.open()
    refused.receive("appeal_received", LATE)
    assert "choose_reviewer" in refused.open() and "review_progress" not in refused.open()
    refused.do("choose_reviewer")
    refused.do("decide_appeal", appeal={"outcome": "overturned"})
    assert {"prepare_statement", "return_information"} <= set(refused.open())


def test_an_appeal_that_comes_while_the_case_is_being_closed_keeps_it_open(refused):
    refused.do("accept_concern", concern={"accepted": "yes"})
    refused.days(40)
    for key in ("do_action", "check_action"):
        refused.do(key, **({"check": {"done": "yes"}} if key == "check_action" else {}))
    refused.do("review_progress", progress={"decision": "enough"})
    stories.closing(refused)
    assert "close_case" in refused.open()
    refused.receive("appeal_received", LATE)
    assert "choose_reviewer" in refused.open() and "close_case" not in refused.open()


def test_what_cannot_be_heard_here_is_answered_with_who_can_help(refused, rows):
    refused.do("accept_concern", concern={"accepted": "yes"})
    refused.receive("appeal_received", APPEAL)
    refused.do("choose_reviewer")
    refused.do("decide_appeal", appeal={"outcome": "upheld"})
    refused.receive("appeal_received", APPEAL)  # the same once more, and nothing new
    assert refused.facts["appeal"]["admissible"] == "signpost"
    refused.do("point_elsewhere", elsewhere={"where": "The ombudsman.", "why": "It is about a neighbour’s dog."})
    refused.days(0)
    assert ("appeal_elsewhere", "victim") in stories.told(refused, rows)
    assert "review_progress" in refused.open()


def test_high_risk_is_escalated_at_once_and_never_waits_for_the_threshold(walk, rows):
    walk.apply(**stories.TANSY)
    walk.do("interview_applicant", reports=stories.ONE, chosen_agencies=stories.AGENCIES)
    walk.do("complete_matrix", risk=stories.CALM | {"safe_tonight": "no"})
    assert {"make_safety_plan", "note_needs"} <= set(walk.open())
    walk.days(0)
    assert {("high_risk", "police")} <= stories.told(walk, rows)
