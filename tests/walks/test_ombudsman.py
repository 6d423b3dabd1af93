"""What the Ombudsman has found against councils about this review, one walk for each finding.

Sources: decisions of the Local Government and Social Care Ombudsman, by their numbers. The first of them, 21 005 629,
is walked day by day in ``test_nobody_acts``.
"""

import pytest

from app.intake import saying
from app.store import history, timers
from app.store.rows.cases import CLOSED
from tests.conftest import one_kind
from tests.walks import stories

database_url = pytest.fixture(one_kind)  # nothing here hangs on which of the two it is


def test_21_005_629_no_day_passes_on_which_a_case_has_no_clock_and_no_owner(walk, rows):
    walk.apply(**stories.TANSY)
    for _ in range(60):
        walk.days(1)
        assert timers.waiting(walk.id), "a case without a clock lies still"
        roles = {role for (role,) in rows("select distinct role from task")}
        held = {role for (role,) in rows("select distinct role from role_grant")}
        assert roles & held, "a case that is nobody's lies still"


def test_22_004_658_the_victim_is_heard_before_the_panel_meets(walk):
    stories.begin(walk, stories.THREE)
    walk.do("return_information")
    assert "choose_panel" not in walk.open(), "the panel waits for what the victim says"
    walk.do("prepare_statement")
    assert "choose_panel" in walk.open()


def test_22_004_658_what_an_agency_says_can_be_disputed_and_both_are_kept(walk):
    stories.begin(walk, stories.THREE)
    walk.do("return_information")
    saying.say(walk.id, "information_received", "They never came on 3 February.", clock=walk.clock)
    walk.do("read_information", information_read={"disputed": "A visit on 3 February."})
    assert walk.facts["information_read"]["disputed"] == "A visit on 3 February."
    assert len(walk.facts["agency_returns"]) == len(stories.AGENCIES)


@pytest.mark.parametrize("again", range(3))
def test_21_009_778_the_same_reports_give_the_same_decision(walk, again):
    stories.begin(walk, stories.THREE)
    assert walk.facts["threshold"]["decision"] == "met", "nobody decides against the law's own threshold"
    assert "decide_threshold" not in walk.open()


def test_21_009_778_an_appeal_is_always_heard_and_has_a_clock(walk):
    stories.begin(walk, stories.ONE)
    walk.do("decide_threshold", threshold={"decision": "not met"})
    concern = stories.ACTION | {"what": "Watch the stairs.", "agency": "police"}
    walk.do("write_reasons", agreed_actions=[concern])
    walk.do("accept_concern", concern={"accepted": "yes"})
    walk.receive("appeal_received", {"appeal": {"about": "refusal", "grounds": ["threshold"], "text": "No."}})
    assert "choose_reviewer" in walk.open()
    walk.days(20)
    assert "review_appeal_late" in [event.subject for event in history.of_case(walk.id)]


def test_23_008_061_a_meeting_that_could_not_decide_is_held_again_by_a_day(walk, rows):
    stories.begin(walk, stories.THREE)
    walk.do_all("prepare_statement", "return_information", "choose_panel", "send_papers")
    walk.do("record_panel", panel=stories.NOT_QUORATE)
    walk.days(0)
    assert "choose_panel" in walk.open(), "the promised meeting is somebody's task"
    assert ("panel_moved", "victim") in stories.told(walk, rows)
    assert "hold_panel_late" in {timer.key for timer in timers.waiting(walk.id)}


def test_23_015_369_an_outcome_that_is_late_after_the_panel_is_told_to_the_senior_officer(walk):
    stories.begin(walk, stories.THREE)
    walk.do_all("prepare_statement", "return_information", "choose_panel", "send_papers")
    walk.do("record_panel", panel=stories.QUORATE, agreed_actions=[stories.ACTION])
    walk.do("say_view_of_plan", plan={"view": "agree"})
    walk.days(20)
    assert "agree_plan_late" in [event.subject for event in history.of_case(walk.id) if event.kind == "timer_fired"]
    assert "step_in" in walk.open()


def test_24_013_465_an_action_that_is_not_carried_out_goes_up(walk):
    stories.begin(walk, stories.THREE)
    stories.hold_review(walk)
    walk.until(walk.clock().replace(month=4, day=22))
    assert "do_action_late" in [event.subject for event in history.of_case(walk.id) if event.kind == "timer_fired"]
    assert walk.case.status != CLOSED
