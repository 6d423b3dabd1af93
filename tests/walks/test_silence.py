"""Nobody waits longer than agreed without word: the drawing watches on every path, and the list sees what it cannot."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app import worker
from app.cases import advancing
from app.status import silence
from app.store import tasks
from app.store.db import db
from app.store.rows.history import FAILED, Message
from tests.conftest import one_kind
from tests.walks import stories

database_url = pytest.fixture(one_kind)  # nothing here hangs on which of the two it is

MADE_UP_FOR = {"result": "yes", "how": "Called after 4pm."}


def refused(walk):
    stories.begin(walk, stories.ONE)
    walk.do("decide_threshold", threshold={"decision": "not met", "reasons": "Too few."})
    walk.do("write_reasons", agreed_actions=[stories.ACTION])
    walk.do("accept_concern", concern={"accepted": "yes"})


def refused_and_appealed(walk):
    refused(walk)
    walk.receive("appeal_received", {"appeal": {"about": "refusal"}})


def reviewed(walk):
    stories.begin(walk, stories.THREE)
    stories.hold_review(walk)


def reviewed_and_appealed(walk):
    reviewed(walk)
    walk.receive("appeal_received", {"appeal": {"about": "plan"}})


def at_high_risk(walk):
    walk.apply(**stories.TANSY)
    walk.do_all("acknowledge_application", "note_application", "offer_support", "confirm_reports")
    walk.do("interview_applicant", reports=stories.THREE, chosen_agencies=stories.AGENCIES)
    walk.do("complete_matrix", risk={**stories.CALM, "safe_tonight": "no"})


def withdrawn_at_high_risk(walk):
    at_high_risk(walk)
    walk.receive("withdrawn", {"said": {"text": "I want to stop.", "at": walk.clock().isoformat()}})
    stops = {"spoken_to": "yes", "own_wish": "yes", "safe": "no", "decision": "stop", "reason": "They asked."}
    walk.do("consider_withdrawal", withdrawal=stops)
    assert "make_safety_plan" in walk.open(), "people are protected whatever they decide"


def begun(walk):
    walk.apply(**stories.TANSY)


PATHS = (begun, at_high_risk, withdrawn_at_high_risk, refused, refused_and_appealed, reviewed, reviewed_and_appealed)


def seen(walk):
    return [one for one in silence.silent(clock=walk.clock) if one.case.id == walk.id]


def lose_letters(walk):
    db.session.execute(
        update(Message).where(Message.case_id == walk.id, Message.recipient == "victim").values(state=FAILED)
    )
    db.session.commit()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_on_every_path_silence_becomes_somebodys_task_and_then_the_senior_officers(walk, path):
    path(walk)
    walk.days(18)
    assert "update_victim" in walk.open()
    assert "Update the victim" in {task.because["name"] for task in tasks.of_case(walk.id) if task.because}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_on_every_path_the_list_shows_who_has_not_heard_from_us_in_time(walk, path, settings, clock):
    path(walk)
    worker.drain(settings, clock)
    assert seen(walk) == []
    walk.days(18)
    (one,) = seen(walk)
    assert one.is_late and one.days >= 10


def test_the_list_is_in_time_and_says_so_before_the_promise_passes(walk, settings, clock):
    begun(walk)
    walk.days(10)  # Thursday 12 March, working day 8
    (one,) = seen(walk)
    assert (one.is_late, one.days, one.due_on.isoformat(), one.how) == (False, 8, "2026-03-16", silence.ASKED)
    walk.days(5)
    assert seen(walk)[0].is_late


def test_a_letter_that_arrives_is_word_from_us_and_one_that_is_lost_is_not(walk, settings, clock):
    begun(walk)
    walk.do("acknowledge_application")
    walk.days(15)
    lose_letters(walk)
    (one,) = seen(walk)
    assert one.how == silence.ASKED and "A letter did not arrive." in one.because
    walk.do("update_victim", update={"text": "We are still at it."})
    worker.drain(settings, clock)
    assert seen(walk) == []


def test_whoever_was_reached_another_way_has_heard_from_us(walk, settings, clock):
    begun(walk)
    walk.do("acknowledge_application")
    walk.days(15)
    lose_letters(walk)
    worker.drain(settings, clock)
    walk.do("reach_another_way", contact_again={"result": "no", "how": "Three calls."})
    assert seen(walk)[0].is_late
    lose_letters(walk)
    walk.receive("message_failed", {"undelivered": {"letter": "acknowledgement"}})
    walk.do("reach_another_way", contact_again=MADE_UP_FOR)
    assert seen(walk) == []


def test_a_case_that_is_stopped_is_seen_although_its_clocks_stand(walk, clock):
    begun(walk)
    advancing.stop(walk.id, "interview_applicant", "Nobody can move it on.", clock=clock)
    clock.pass_(days=20)
    walk.days(0)
    (one,) = seen(walk)
    assert one.is_late and "The case is stopped." in one.because and "update_victim" not in walk.open()


def test_at_high_risk_the_promise_is_shorter(walk, settings, clock):
    at_high_risk(walk)
    worker.drain(settings, clock)
    clock.pass_(days=8)
    (one,) = seen(walk)
    assert one.is_late and one.due_on - clock().date() < timedelta(0)


def test_a_closed_case_and_a_training_case_are_not_waited_for(walk, clock, settings):
    reviewed(walk)
    stories.carry_out(walk)
    stories.wait(walk, 29)
    stories.close(walk)
    walk.days(60)
    assert seen(walk) == []
