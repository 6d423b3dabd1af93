"""Letters: every one that a drawing sends is there, holds whatever is not known yet, and speaks plainly."""

import re
from datetime import date

import pytest
from lxml import html

from app.notify import letters
from tests.processes import published
from tests.processes.published import LETTER_NAMES, LETTERS
from tests.processes.test_forms import NOT_SAID

ADDRESSEES = re.compile(
    r"victim|representative|holder|manager|senior_officer|relevant_bodies|agency(:\w+)?|agency_chief|chosen_agencies|lane:[A-Z][A-Za-z ]+"
)
FOR_COLLEAGUES = {"agency_request", "agency_reminder", "new_application", "high_risk"}
FOR_COLLEAGUES |= {"action_given", "limit_near", "limit_missed", "still_late", "agency_invitation", "agency_escalation"}
GIVEN = {
    "case": {"reference": "CT-2026-0031", "title": "Noise", "opened_on": date(2026, 7, 10)},
    "partnership": {
        "name": "Larkmere Partnership",
        "phone": "020 7946 0120",
        "address": "Town Hall",
        "email": "a@larkmere.example",
    },
    "contact": {"name": "Juniper Wick", "role": "case review officer", "phone": "020 7946 0134"},
    "track_url": "https://larkmere.example/track",
    "today": date(2026, 7, 28),
    "item": None,
    "recipient": {"key": "victim", "name": "Tansy Applegarth", "address": ""},
}
NAMED = {"victim": {"name": "Tansy Applegarth"}}

each_letter = pytest.mark.parametrize("name", LETTER_NAMES)


def written(name, facts=None, dates=None, **more):
    """A letter and its text without tags, spaces made one."""
    letter = letters.write(name, GIVEN | {"facts": facts or {}, "dates": dates or {}} | more, LETTERS)
    return letter, " ".join(" ".join(html.fromstring(letter.html).itertext()).split())


def sends():
    """What the drawings send: (element id, letter, addressees)."""
    for _, node in published.all_nodes():
        found = published.properties(node)
        if "letter" in found:
            yield node.get("id"), found["letter"], found["to"].split(", ")


def test_every_letter_that_is_sent_is_there_and_every_letter_is_sent():
    assert {letter for _, letter, _ in sends()} == set(LETTER_NAMES)


def test_every_letter_has_somebody_to_go_to():
    assert [(key, to) for key, _, all_ in sends() for to in all_ if not ADDRESSEES.fullmatch(to)] == []


def test_a_sending_step_names_its_letter():
    steps = {n.get("id") for _, n in published.all_nodes() if published.kind(n) == "sendTask"}
    assert steps <= {key for key, _, _ in sends()}


def test_the_victim_is_told_at_every_step_that_matters():
    """Domain rule: at acknowledgement, decision, panel date, outcome, delay, appeal and closure."""
    told = {letter for _, letter, to in sends() if "victim" in to}
    steps = (
        "acknowledgement threshold_met refusal panel_invitation no_invitation panel_moved outcome update update_late"
    )
    steps += " appeal_received appeal_elsewhere appeal_outcome closing_soon closure review_stopped second_report_notice"
    assert told == set(steps.split())


@each_letter
def test_a_letter_holds_when_nothing_is_known_yet(name):
    letter, text = written(name)
    assert letter.subject
    assert "None" not in text.replace("None.", "")
    assert "CT-2026-0031" in text


@each_letter
def test_a_letter_speaks_plainly(name):
    assert not NOT_SAID.search(written(name, NAMED)[1])


@each_letter
def test_a_letter_has_one_heading_that_is_its_subject(name):
    letter, _ = written(name, NAMED)
    headings = [" ".join(h.text_content().split()) for h in html.fromstring(letter.html).iter("h1")]
    assert headings == [letter.subject]


@each_letter
def test_what_people_wrote_is_never_read_as_html(name):
    bad = "<script>alert(1)</script>"
    facts = {
        topic: {field: bad for field in "name text reasons reason findings_in_plain_words where".split()}
        for topic in "victim update refusal late plan appeal risk application".split()
    }
    assert "<script>" not in written(name, facts)[0].html


@pytest.mark.parametrize("name", sorted(set(LETTER_NAMES) - FOR_COLLEAGUES))
def test_a_letter_to_a_victim_says_whom_to_call_and_what_to_do_in_danger(name):
    _, text = written(name, NAMED)
    assert "call 999" in text
    assert "Juniper Wick" in text
    assert "safe" in text


@pytest.mark.parametrize("name", sorted(FOR_COLLEAGUES))
def test_a_letter_to_colleagues_does_not_name_the_victim(name):
    police = {"key": "police", "name": "Larkmere Police", "address": ""}
    assert "Applegarth" not in written(name, NAMED, recipient=police)[1]


@pytest.mark.parametrize("name", ["outcome", "refusal"])
def test_a_decision_says_how_to_appeal_and_by_when(name):
    assert "within 20 working days" in written(name, NAMED)[1]
    assert "by Friday 7 August" in written(name, NAMED, {"appeal_window": "Friday 7 August"})[1]


def test_an_outcome_lists_the_actions_and_says_so_when_there_are_no_recommendations():
    action = {
        "what": "Fit a lock at flat 9",
        "for_victim": "Fit a lock",
        "agency": "thistledown_homes",
        "due_on": "2026-08-03",
    }
    _, text = written("outcome", NAMED | {"agreed_actions": [action]})
    assert "Fit a lock Thistledown Homes Monday 3 August" in text
    assert "What we recommend to others None." in text


def test_a_refusal_names_who_has_accepted_to_help():
    accepted = {
        "for": {"agency": "nhs", "due_on": "2026-08-03"},
        "concern": {"action": "We will call you.", "person": "Ash Fen"},
    }
    _, text = written(
        "refusal",
        NAMED | {"refusal": {"reasons": "You made 1 report in time."}, "concern_acceptances": [accepted]},
    )
    assert "You made 1 report in time." in text
    assert "NHS : We will call you. Ask for Ash Fen. By Monday 3 August." in text


def test_a_review_that_starts_again_says_that_the_appeal_was_right():
    _, text = written("threshold_met", NAMED | {"appeal": {"outcome": "overturned", "reasons": "A report was missed."}})
    assert "you were right to" in text
    assert "A report was missed." in text


def test_a_chair_who_does_not_invite_the_victim_gives_the_reason():
    _, text = written(
        "no_invitation",
        NAMED | {"panel": {"victim_invited": "no", "not_invited_reason": "A court case is near."}},
    )
    assert "A court case is near." in text
    assert "You are invited" not in text


def test_whoever_acts_for_a_victim_is_told_why_the_letter_comes_to_them():
    _, text = written("closure", NAMED, recipient={"key": "representative", "name": "Barnaby Thistlewood"})
    assert "Dear Barnaby Thistlewood" in text
    assert "because you act for Tansy Applegarth" in text


def test_a_late_step_is_said_with_its_reason_and_its_new_day():
    _, text = written(
        "update_late",
        NAMED | {"late": {"reason": "An agency did not answer.", "step": "extended", "new_day_on": "2026-08-03"}},
    )
    assert "we are sorry" in text.lower()
    assert "An agency did not answer." in text
    assert "Monday 3 August" in text


def test_the_times_a_letter_names_are_the_agreed_ones():
    """A letter that is not given a day falls back to the words of the table."""
    agreed = {name: words[-1] for name, words in published.limits().items()}
    assert f"within {agreed['appeal_window']}" in written("outcome", NAMED)[1]
    assert f"within {agreed['appeal']}" in written("appeal_received", NAMED)[1]
    assert f"within {agreed['safety_plan']}" in written("high_risk", NAMED)[1]
