"""What a case owes, each invariant by itself: a record without it, and the record in which it is put right."""

from datetime import UTC, datetime

import pytest

from app.law.invariants import counting, telling
from app.law.invariants.owed import broken, owed
from app.law.invariants.record import Line, Record

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
BODIES = "relevant_bodies, senior_officer"
BEGUN = [
    ("letter", "new_application", BODIES),
    ("done", "note_application"),
    ("done", "interview_applicant"),
    ("done", "complete_matrix"),
    ("letter", "acknowledgement", "victim"),
]
REFUSED = [
    *BEGUN,
    ("done", "decide_threshold", 3),
    ("done", "write_reasons"),
    ("done", "accept_concern"),
    ("letter", "refusal", "victim"),
]
REVIEWED = [
    *BEGUN,
    ("letter", "threshold_met", "victim"),
    ("opened", "return_information", "police"),
    ("done", "prepare_statement"),
    ("done", "return_information", None, "police"),
    ("done", "choose_panel"),
    ("letter", "panel_invitation", "victim"),
    ("done", "record_panel", 4),
    ("done", "say_view_of_plan"),
    ("done", "agree_plan", 4),
    ("opened", "answer_recommendation", "nhs"),
    ("letter", "outcome", "victim"),
    ("done", "answer_recommendation", None, "nhs"),
]
APPEALED = [*REVIEWED, ("received", "appeal_received"), ("done", "decide_appeal", 5)]
APPEALED += [("letter", "appeal_outcome", "victim")]
CLOSED = [("done", "close_case"), ("letter", "closure", "victim")]
FACTS = {
    "interview": {"result": "spoken"},
    "risk": {"band": "standard"},
    "threshold": {"qualifying": 1, "decision": "met", "reasons": "Often.", "not_involved": True},
    "chosen_agencies": ["police"],
    "panel": {"victim_heard": "spoke", "chair_independent": True, "quorate": "yes"},
    "plan": {"findings_in_plain_words": "Too slow.", "recommendations_in_plain_words": "Be faster."},
    "agreed_actions": [{"kind": "recommendation", "agency": "nhs"}],
    "appeal": {"outcome": "upheld", "independent": True},
    "oversight": {"involved": "no"},
}
NOT_MET = FACTS | {
    "threshold": FACTS["threshold"] | {"decision": "not met"},
    "refusal": {"reasons": "Too few."},
    "agreed_actions": [],
    "concern_acceptances": [{"concern": {"accepted": "yes"}}],
}


def line(what, subject, more=None, agency=""):
    if what == "letter":
        return Line("effect_asked", subject, MONDAY, says={"letter": subject, "to": more})
    if what == "opened":
        return Line("task_opened", subject, MONDAY, says={"task": f"{subject} {more}", "agency": more})
    if what == "received":
        return Line("message_received", subject, MONDAY)
    return Line("task_completed", subject, MONDAY, person_id=more, says={"task": f"{subject} {agency}"})


def record(happened, facts=FACTS, **more):
    return Record(tuple(line(*one) for one in happened), facts, **more)


def without(happened, *subjects):
    return [one for one in happened if one[1] not in subjects]


def numbers(happened, facts=FACTS, **more):
    return [one.number for one in owed(record(happened, facts, **more))]


@pytest.mark.parametrize(
    ("happened", "facts"), [(REVIEWED, FACTS), (REFUSED, NOT_MET), (APPEALED, FACTS)], ids=["met", "not met", "appeal"]
)
def test_a_case_in_which_everything_was_done_owes_nothing(happened, facts):
    assert numbers([*happened, *CLOSED], facts, is_closed=True) == []


def test_a_new_case_owes_what_every_case_owes_and_has_broken_nothing():
    begun = record(BEGUN[:1], {})
    assert [one.number for one in owed(begun)] == ["I1", "I3", "I4", "I9", "I9"]
    assert broken(begun) == []
    assert all(one.says.endswith(".") and one.element for one in owed(begun))


@pytest.mark.parametrize(
    ("missing", "number"),
    [
        ("new_application", "I2"),
        ("note_application", "I1"),
        ("interview_applicant", "I3"),
        ("complete_matrix", "I4"),
        ("acknowledgement", "I9"),
        ("panel_invitation", "I9"),
        ("prepare_statement", "I10"),
        ("say_view_of_plan", "I10"),
        ("outcome", "I9"),
        ("closure", "I9"),
    ],
)
def test_what_was_left_out_of_a_review_is_owed(missing, number):
    assert number in numbers(without([*REVIEWED, *CLOSED], missing), is_closed=True)


@pytest.mark.parametrize("missing", ["decide_threshold", "write_reasons", "accept_concern", "refusal"])
def test_a_refusal_owes_who_decided_why_who_accepted_the_concern_and_the_letter(missing):
    assert "I7" in numbers(without(REFUSED, missing), NOT_MET)


def test_a_refusal_whose_concern_nobody_accepted_is_not_complete():
    assert "I7" in numbers(REFUSED, NOT_MET | {"concern_acceptances": [{"concern": {"accepted": "no"}}]})


def test_a_missed_interview_says_how_they_were_tried():
    tried = FACTS | {"interview": {"result": "not_reached", "attempts": "Three calls, two letters."}}
    assert numbers(REVIEWED, tried) == []
    assert numbers(REVIEWED, FACTS | {"interview": {"result": "not_reached"}}) == ["I3"]


def test_three_qualifying_complaints_cannot_be_refused_by_anybody():
    three = NOT_MET | {"threshold": NOT_MET["threshold"] | {"qualifying": 3}}
    assert [one.number for one in broken(record(REFUSED, three))] == ["I6"]


HIGH = FACTS | {"risk": {"band": "high"}}
ALARM = [("letter", "high_risk", to) for to in ("senior_officer", "agency:police", "lane:Victim Support officer")]
SAFE = [("done", "make_safety_plan"), ("done", "check_safety")]


def test_a_high_risk_is_told_at_once_and_stays_owed_until_it_is_brought_down():
    assert [one.number for one in broken(record(REVIEWED, HIGH))] == ["I5"]
    assert [one.element for one in owed(record([*REVIEWED, *ALARM], HIGH))] == ["make_safety_plan"]
    assert [one.element for one in owed(record([*REVIEWED, *ALARM, SAFE[0]], HIGH))] == ["check_safety"]
    assert numbers([*REVIEWED, *ALARM, *SAFE], HIGH) == []
    assert numbers([*REVIEWED, *ALARM, *SAFE], HIGH | {"safety": {"still_high": "yes"}}) == ["I5"]


def test_a_high_risk_is_acted_on_also_when_the_review_was_stopped():
    stopped = [*BEGUN, ("done", "consider_withdrawal"), ("letter", "review_stopped", "victim"), *ALARM]
    assert numbers(stopped, HIGH | {"withdrawal": {"decision": "stop"}}) == ["I5"]


@pytest.mark.parametrize("person", [4])
def test_who_chaired_does_not_decide_the_appeal(person):
    again = [*without(APPEALED, "decide_appeal"), ("done", "decide_appeal", person)]
    assert "I8" in numbers(again)


def test_who_dealt_with_the_reports_does_not_decide_the_appeal():
    noted = [*without(APPEALED, "note_application"), ("done", "decide_appeal", 6)]
    noted = [("done", "note_application", 6), *noted]
    assert numbers(noted) == []
    assert numbers(noted, FACTS | {"oversight": {"involved": "yes"}}) == ["I8"]


def test_a_chair_of_an_involved_service_is_no_chair():
    assert numbers(REVIEWED, FACTS | {"panel": FACTS["panel"] | {"chair_conflict": "yes"}}) == ["I8"]


def test_an_appeal_is_answered_and_one_that_was_won_begins_the_review_again():
    assert numbers(without(APPEALED, "appeal_outcome")) == ["I9"]
    won = FACTS | {"appeal": {"outcome": "overturned", "independent": True}}
    assert [one.element for one in broken(record(APPEALED, won))] == ["announce_review"]


def test_an_outcome_says_what_was_found_and_recommended():
    assert numbers(REVIEWED, FACTS | {"plan": {}}) == ["I11", "I11"]


def test_a_recommendation_is_answered_by_whoever_got_it():
    assert numbers(without(REVIEWED, "answer_recommendation")) == ["I12"]
    silent = [one for one in REVIEWED if one != REVIEWED[-1]]
    assert numbers(silent) == ["I12"]


def test_every_chosen_agency_has_answered_or_is_recorded_as_silent():
    assert numbers(REVIEWED, FACTS | {"chosen_agencies": ["police", "nhs"]}) == ["I13"]
    told = [*REVIEWED[:6], ("opened", "record_no_return", "nhs"), ("done", "record_no_return", None, "nhs")]
    assert numbers([*told, *REVIEWED[6:]], FACTS | {"chosen_agencies": ["police", "nhs"]}) == []


def test_a_review_that_was_stopped_owes_only_what_every_application_does():
    stopped = [*BEGUN[:2], ("done", "consider_withdrawal"), ("letter", "review_stopped", "victim")]
    assert numbers(stopped, {"withdrawal": {"decision": "stop"}}, is_closed=True) == []
    assert numbers(stopped[:3], {"withdrawal": {"decision": "stop"}}) == ["I9"]


def test_the_published_numbers_reconcile():
    won = FACTS | {"appeal": {"outcome": "overturned"}}
    stopped = record([*BEGUN, ("letter", "review_stopped", "victim")], {})
    overturned = record([*REFUSED, *REVIEWED[5:]], won)
    several = [record(REVIEWED), record(REFUSED, NOT_MET), overturned, stopped, record(BEGUN)]
    found = counting.counts(several)
    assert (found.applications, found.not_met, found.reviews, found.with_recommendations) == (5, 2, 2, 2)
    assert (found.refused, found.met, found.withdrawn, found.pending) == (1, 2, 1, 1)
    assert found.reconciles


def test_a_letter_that_says_what_is_closed_to_the_victim_is_found_out():
    facts = {
        "panel": {"closed_notes": "He is on probation."},
        "advice": {"text": "He is in hospital.", "share": "no"},
        "agency_returns": [{"information": {"marking": "panel", "events": [{"event": "He was arrested."}]}}],
    }
    said = "We found this. He is on probation. He is in hospital. He was arrested."
    assert len(telling.says_what_is_closed(facts, said)) == 3
    assert telling.says_what_is_closed(facts, "We found this.") == []
    shared = facts | {"advice": {"text": "He is in hospital.", "share": "yes"}, "panel": {}, "agency_returns": []}
    assert telling.says_what_is_closed(shared, said) == []
