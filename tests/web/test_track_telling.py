"""What somebody who follows their own case tells us by a form: it happened again, they want to stop, how they take part."""

import pytest

from app import worker
from app.cases import procedures
from app.store import history, releases
from tests.walks import stories, tiny
from tests.web.test_track_review import CONTACT, VICTIM, follow, to_the_decision, to_the_plan
from tests.web.visitor import Visitor

AGAIN = {
    "said.happened_on-day": "1",
    "said.happened_on-month": "3",
    "said.happened_on-year": "2026",
    "said.text": "They broke the window.",
}
REPORTED = {"said.reported": "yes"}
TO_WHOM = {
    "said.reported_to": "police",
    "said.reported_on-day": "2",
    "said.reported_on-month": "3",
    "said.reported_on-year": "2026",
}
LISTENING = tiny.process(  # waits for what they tell us, as our own drawings do
    "asb_case_review",
    tiny.task("work") + tiny.task("record_incident") + tiny.task("consider_withdrawal"),
    "".join(
        f'<boundaryEvent id="{name}" attachedToRef="work" cancelActivity="false">'
        f'<messageEventDefinition id="{name}_event" messageRef="{name}_message"/></boundaryEvent>'
        for name in ("new_incident", "withdrawn")
    ),
    tiny.end("done", "recorded", "considered") + tiny.flow("begun", "work", "done"),
    tiny.flow("new_incident", "record_incident", "recorded")
    + tiny.flow("withdrawn", "consider_withdrawal", "considered"),
    beside="".join(f'<message id="{name}_message" name="{name}"/>' for name in ("new_incident", "withdrawn")),
)


@pytest.fixture
def case(walk):
    return walk.apply(**{**stories.TANSY, "victim": VICTIM, "contact": CONTACT})


@pytest.fixture
def visitor(partnership, case, clock):
    return follow(partnership, case, clock)


@pytest.fixture
def listened(partnership, clock, walk):
    """A case whose drawing waits for what is told, and somebody who follows it."""
    forms = {name: content for name, content in _published().items() if name.endswith(".form")}
    clock.pass_(seconds=1)
    procedures.publish({"tiny.bpmn": LISTENING, **forms}, by="tests", note="", clock=clock)
    case = tiny.begin("asb_case_review", clock, **tiny.VICTIM)
    walk.id = case.id
    return follow(partnership, case, clock)


def _published():
    return releases.files(releases.live().key)


def said(case):
    return [event for event in history.of_case(case.id) if event.kind == "victim_said"]


def tell_again(visitor, danger="no"):
    visitor.open("/track/tell/new_incident").press("Continue", fields={"said.in_danger": danger})
    if danger == "yes":
        visitor.open(visitor.link("go on"))
    visitor.press("Continue", fields=AGAIN)
    visitor.press("Continue", fields=REPORTED | TO_WHOM)
    return visitor.press("Send it")


def test_a_new_incident_is_told_with_when_what_and_to_whom(visitor, case):
    tell_again(visitor)
    assert visitor.at == "/track/review" and "We have what you told us" in visitor.text
    (event,) = said(case)
    assert event.subject == "new_incident" and event.by == "the applicant"
    assert "They broke the window." in event.says["text"] and "The police" in event.says["text"]
    assert "You told us on Monday 2\u00a0March that it happened again." in visitor.page.text_content()


def test_a_new_incident_goes_into_the_run_where_the_drawing_waits_for_it(listened, walk):
    tell_again(listened)
    assert walk.open() == ["record_incident", "work"]
    facts = walk.facts["said"]
    assert (facts["happened_on"], facts["reported_to"], facts["reported_on"]) == ("2026-03-01", "police", "2026-03-02")
    assert facts["in_danger"] == "no" and facts["text"] == "They broke the window." and facts["at"]
    assert "An officer is looking at it." in listened.text
    walk.do("record_incident")
    assert "An officer looked at it on Monday 2" in listened.open("/track/review").text


def test_danger_is_told_at_once_to_those_who_can_act_even_if_nothing_more_is_said(visitor, case, settings, clock):
    visitor.open("/track/tell/new_incident").press("Continue", fields={"said.in_danger": "yes"})
    assert visitor.heading == "Call 999 now" and "We have told your contact" in visitor.text
    (event,) = said(case)
    assert event.subject == "in_danger"
    worker.drain(settings, clock)
    notes = [m for m in history.messages(case.id) if m.letter == "victim_said"]
    assert {note.name for note in notes} >= {"Basil Tamarind"} and len(notes) >= 3
    assert all(note.subject.startswith("Urgent: somebody may be in danger") for note in notes)


def test_danger_stands_among_the_facts_of_what_is_told_afterwards(listened, walk):
    tell_again(listened, danger="yes")
    assert walk.facts["said"]["in_danger"] == "yes" and "record_incident" in walk.open()
    assert "Only 999 can send help" in listened.text


def test_what_is_told_later_does_not_keep_what_came_before(listened, walk):
    tell_again(listened, danger="yes")
    listened.open("/track/tell/withdrawn")
    assert not listened.page.xpath("//input[@name='said.in_danger'][@checked]")
    listened.press("Continue", fields={"said.in_danger": "no", "said.own_wish": "no"}).press("Ask to stop my review")
    facts = walk.facts["said"]
    assert (facts["in_danger"], facts["own_wish"], facts["happened_on"]) == ("no", "no", None)


def test_telling_it_twice_from_the_same_page_is_telling_it_once(visitor, case):
    tell_again(visitor)
    visitor._shown("POST", "/track/tell/new_incident/send")
    assert visitor.at == "/track/review" and len(said(case)) == 1
    tell_again(visitor)
    assert len(said(case)) == 2, "it may happen again and again"


def test_what_is_missing_is_asked_for(visitor, case):
    assert visitor.open("/track/tell/new_incident").press("Continue").status == 422
    assert visitor._shown("POST", "/track/tell/new_incident/send").status == 422
    assert said(case) == []


def test_whoever_wants_to_stop_reads_what_stops_and_that_nobody_may_make_them(visitor, case):
    visitor.open(visitor.link("I want to stop my review"))
    for words in ("What stops", "Nobody may make you stop", "999", "101", "Your review goes on until then"):
        assert words in visitor.text, words
    visitor.press("Continue", fields={"said.in_danger": "no", "said.own_wish": "yes"}).press("Ask to stop my review")
    (event,) = said(case)
    assert event.subject == "withdrawn" and "Yes, it is what I want" in event.says["text"]
    assert "that you want to stop your review" in visitor.text


def test_the_review_goes_on_until_somebody_has_talked_to_them(listened, walk):
    listened.open("/track/tell/withdrawn")
    listened.press("Continue", fields={"said.in_danger": "no", "said.own_wish": "yes"}).press("Ask to stop my review")
    assert walk.open() == ["consider_withdrawal", "work"]
    assert "An officer will talk to you first" in listened.text and "goes on until then" in listened.text


def test_the_right_to_take_part_is_told_from_the_first_day(visitor):
    assert "Your right to take part in the meeting" in visitor.text
    assert "If there is a review, by Monday 16" in visitor.text


def test_how_they_take_part_can_be_changed_until_the_panel_has_met(visitor, walk, case, settings, clock):
    to_the_decision(walk)
    visitor.open("/track/review")
    visitor.open(visitor.link("how you"))
    visitor.press("Continue", fields={"interview.taking_part": "statement"}).press("Send it")
    assert walk.facts["interview"]["taking_part"] == "statement" and "You send a statement." in visitor.text
    worker.drain(settings, clock)
    names = {m.name for m in history.messages(case.id) if m.letter == "victim_said"}
    assert "Basil Tamarind" in names and len(names) == 2  # the coordinator and Victim Support
    walk.do_all("return_information", "prepare_statement")
    walk.do("choose_panel", panel={"held_at": "2026-03-12T14:00+00:00", "place": "Room 4", "victim_invited": "yes"})
    shown = visitor.open("/track/review").page.text_content()
    assert "Thursday 12\u00a0March at 2pm" in shown and "Room 4" in shown
    walk.do_all("send_papers")
    walk.do("record_panel", panel=stories.QUORATE, agreed_actions=[stories.ACTION])
    assert "Your right to take part" not in visitor.open("/track/review").text
    assert visitor.open("/track/tell/taking_part").status == 404


def test_a_choice_before_the_interview_is_what_the_interview_begins_with(visitor, walk):
    visitor.open("/track/tell/taking_part").press("Continue", fields={"interview.taking_part": "online"})
    visitor.press("Send it")
    assert walk.facts["application"]["taking_part"] == "online" == walk.facts["interview"]["taking_part"]


def test_somebody_whom_the_chair_does_not_invite_reads_why(visitor, walk):
    to_the_decision(walk)
    walk.do_all("return_information", "prepare_statement")
    refused = {"victim_invited": "no", "not_invited_reason": "A court has said so.", "place": "Room 4"}
    walk.do("choose_panel", panel=refused | {"held_at": "2026-03-12T14:00+00:00"})
    shown = visitor.open("/track/review").text
    assert "A court has said so." in shown and "You are still heard" in shown and "Room 4" not in shown


def test_after_the_panel_nobody_is_asked_how_they_take_part(visitor, walk):
    to_the_plan(walk)
    assert "Your right to take part" not in visitor.open("/track/review").text


@pytest.mark.parametrize("about", ["late_appeal", "nothing", "../x", "in_danger"])
def test_there_is_no_form_for_anything_else(visitor, about):
    assert visitor.open(f"/track/tell/{about}").status == 404


def test_nobody_tells_without_a_case(partnership):
    assert Visitor(partnership).open("/track/tell/new_incident").status == 404
