"""A review from application to closure, with everybody doing their part in time."""

from app.store import history
from app.store.rows.cases import CLOSED
from tests.walks import stories

BODIES = ("police", "council", "nhs", "thistledown_homes")


def test_three_complaints_lead_from_an_application_to_a_closed_case(walk, rows):
    stories.begin(walk, stories.THREE)
    assert walk.facts["threshold"]["qualifying"] == 3
    assert "decide_threshold" not in walk.open(), "three qualifying complaints: nobody is asked (section 104(4))"
    stories.hold_review(walk)
    assert set(walk.open()) == {"do_action", "answer_recommendation"}, "actions begin while an appeal is possible"
    stories.carry_out(walk)
    stories.wait(walk, 29)
    stories.close(walk)
    walk.days(1)
    assert walk.case.status == CLOSED
    assert history.is_whole(walk.case)


def test_every_promise_that_was_kept_in_time_is_kept_on_record_as_such(walk, rows):
    stories.begin(walk, stories.THREE)
    stories.hold_review(walk)
    limits = dict(rows("select key, state from timer where key like '%_late'"))
    assert limits.pop("do_action_late") == limits.pop("answer_recommendation_late") == "waiting"
    assert set(limits.values()) == {"stood_down"}


def test_everybody_who_must_hear_of_an_application_does_at_once(walk, rows):
    walk.apply(**stories.TANSY)
    walk.days(0)
    senior_officer = rows("select id from person where name = 'Horatio Plume'")[0][0]
    expected = {("new_application", body) for body in (*BODIES, f"person:{senior_officer}")}
    assert expected <= stories.told(walk, rows), "section 104(3)(b), and every application to the senior officer"


def test_the_victim_is_written_to_at_every_turn(walk, rows):
    stories.whole(walk)
    to_victim = {letter for letter, recipient in stories.told(walk, rows) if recipient == "victim"}
    assert to_victim == {"acknowledgement", "threshold_met", "panel_invitation", "outcome", "update"} | {
        "closing_soon",
        "closure",
    }
