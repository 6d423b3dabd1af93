"""What somebody sees who follows their own case, at each stage of it, and what they can say."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import update

from app import worker
from app.intake import linking
from app.store import cases, history, tasks
from app.store.db import db
from app.store.rows.cases import Snapshot
from tests.walks import stories
from tests.web.visitor import Visitor

VICTIM = {"name": "Tansy Applegarth", "preferred_name": "Tansy"}
OFFICER = {"name": "Juniper Wick", "phone": "020 7946 0135", "deputy": "Basil Tamarind"}
CONTACT = {
    "prefer": "text",
    "phone": "07700 900123",
    "voicemail_safe": "no",
    "letters_safe": "no",
    "safe_times": "after 4pm",
}


@pytest.fixture
def case(walk):
    return walk.apply(**{**stories.TANSY, "victim": VICTIM, "contact": CONTACT})


@pytest.fixture
def visitor(partnership, case, clock):
    return follow(partnership, case, clock)


def follow(app, case, clock):
    link = linking.renew(case.id, clock)
    return Visitor(app).open(f"/track/{link}").press("Open my case", reference=case.reference)


def to_the_interview(walk, reports=stories.THREE):
    walk.do("acknowledge_application", contact_officer=OFFICER)
    walk.do_all("note_application", "offer_support", "confirm_reports")
    walk.do("interview_applicant", reports=reports, chosen_agencies=["police"])


def to_the_decision(walk, reports=stories.THREE):
    to_the_interview(walk, reports)
    walk.do("complete_matrix", risk=stories.CALM)
    walk.do("note_needs", needs={"found": "no"})


def to_the_plan(walk):
    to_the_decision(walk)
    walk.do_all("return_information", "prepare_statement", "choose_panel", "send_papers")
    walk.do("record_panel", panel=stories.QUORATE, agreed_actions=[stories.ACTION])


def to_the_end(walk):
    """The actions are done and nobody appeals."""
    walk.do("do_action")
    walk.do("check_action", check={"done": "yes"})
    stories.wait(walk, 29)
    stories.close(walk)


def to_the_letter(walk):
    to_the_plan(walk)
    walk.do("say_view_of_plan", plan={"view": "agree"})
    walk.do("agree_plan", agreed_actions=[stories.ACTION])


def test_at_the_beginning_the_talk_is_next_with_its_day(visitor):
    assert visitor.heading == "We are going to talk to you"
    stops = visitor.stops()
    assert stops["You asked for a review"] == "Done, Monday 2 March"
    assert stops["We talk to you"] == "Happening now, by Thursday 5 March"
    assert stops["We decide"] == "By Monday 9 March" and stops["We all meet"] == "By Monday 16 March"


def test_after_the_decision_everyone_is_being_asked(visitor, walk):
    to_the_decision(walk)
    visitor.open("/track/review")
    assert visitor.heading == "We are asking everyone what they did"
    assert visitor.stops()["We decided that there will be a review"] == "Done, Monday 2 March"
    assert "The law asks for 3" in visitor.text


def test_before_the_panel_its_day_and_time_are_shown(visitor, walk):
    to_the_decision(walk)
    walk.do_all("return_information", "prepare_statement")
    walk.do("choose_panel", panel={"held_at": "2026-03-12T14:00+00:00"})
    visitor.open("/track/review")
    assert visitor.heading == "We are getting ready to meet about your case"
    assert "The meeting is on Thursday 12\u00a0March at 2pm. You can take part" in visitor.page.text_content()


def test_the_plan_is_shown_before_it_is_agreed_and_the_answer_goes_into_the_case(visitor, walk, case):
    to_the_plan(walk)
    visitor.open("/track/review")
    assert visitor.heading == "You can say what you think of the plan"
    visitor.open(visitor.link("Answer now"))
    assert stories.ACTION["for_victim"] in visitor.text and stories.ACTION["what"] not in visitor.text
    assert "Larkmere Council" in visitor.text
    assert visitor.press("Continue").status == 422
    visitor.press("Continue", fields={"plan.view": "change"})
    visitor.press("Continue", fields={"plan.view_text": "Sooner."})
    visitor.press("Send my answer")
    assert visitor.at == "/track/review" and "We have your answer" in visitor.text
    assert walk.facts["plan"]["view"] == "change" and "agree_plan" in walk.open()
    done = next(e for e in history.of_case(case.id) if e.subject == "say_view_of_plan" and e.kind == "task_completed")
    visitor._shown("POST", f"/track/tasks/{UUID(done.says['task'])}/send")
    assert visitor.at == "/track/review" and "We have your answer" in visitor.text  # pressed twice
    assert visitor.stops()["The panel heard what you want"].startswith("Done")


def test_an_answer_that_is_put_off_is_kept(visitor, walk):
    to_the_plan(walk)
    visitor.open("/track/review")
    address = visitor.link("Answer now")
    visitor.open(address).press("Save and come back later", fields={"plan.view": "agree"})
    assert visitor.at == "/track/review"
    assert visitor.open(address).heading.startswith("Check your answers")


def test_an_answer_that_comes_too_late_is_told_so(visitor, walk, case):
    to_the_plan(walk)
    visitor.open("/track/review").open(visitor.link("Answer now"))
    walk.days(5)
    fresh = follow(visitor.client.application, case, walk.clock)
    assert (
        "The time to answer is over. Victim Support tells the panel" in fresh.text and "we are sorry" not in fresh.text
    )
    assert fresh.open(visitor.at).status == 404
    assert not any("Answer now" in a.text_content() for a in fresh.open("/track/review").page.xpath("//a"))


def test_a_task_of_somebody_else_cannot_be_opened(visitor, case):
    others = [task for task in tasks.of_case(case.id) if task.role != "Applicant or representative"]
    assert others
    for task in others:
        assert visitor.open(f"/track/tasks/{task.id}").status == 404
        assert visitor.client.post(f"/track/tasks/{task.id}/send").status_code == 404


def test_what_is_late_is_said_plainly_with_sorry(partnership, walk, case, clock):
    walk.until(datetime(2026, 3, 9, 12, tzinfo=UTC))
    visitor = follow(partnership, case, clock)
    assert "we are sorry" in visitor.text and "Why we are late" in visitor.text
    assert visitor.stops()["We talk to you"] == "Late. We said by Thursday 5 March"
    walk.do("step_in", late={"step": "chased", "reason": "The officer was ill.", "note": "Third time for this person"})
    visitor.open("/track/review")
    assert "The officer was ill." in visitor.text and "Third time" not in visitor.text


def test_nothing_of_agencies_risk_or_staff_is_shown(visitor, walk):
    to_the_plan(walk)
    walk.do("say_view_of_plan")
    shown = visitor.open("/track/review").text
    for secret in ("risk", "score", "matrix", "police", "Rowan Finch", "Clementine", "Horatio", "Sorrel"):
        assert secret.lower() not in shown.lower().replace("the police, the council and others", ""), secret


def test_the_contact_and_the_safe_ways_are_shown(visitor, walk):
    to_the_decision(walk)
    shown = visitor.open("/track/review").text
    assert "Juniper Wick" in shown and "020 7946 0135" in shown and "ask for Basil Tamarind" in shown
    assert "We send you text messages." in shown and "after 4pm" in shown
    assert "We do not leave a voice message." in shown and "We do not send letters to your home." in shown


def test_our_letters_can_be_read_and_those_of_others_cannot(visitor, walk, settings, clock, case):
    to_the_decision(walk)
    worker.drain(settings, clock)
    visitor.open("/track/review")
    ours = [m for m in history.messages(case.id) if m.recipient != "victim"]
    visitor.open(visitor.link("We have your application"))
    assert visitor.status == 200 and "Dear Tansy" in visitor.text
    assert ours and all(visitor.open(f"/track/letters/{m.id}").status == 404 for m in ours)


def test_the_letter_of_another_case_cannot_be_read(visitor, walk, settings, clock, partnership):
    other = walk.apply(victim={"name": "Barnaby Thistlewood"})
    walk.do("acknowledge_application")
    worker.drain(settings, clock)
    theirs = history.messages(other.id, "victim")
    assert theirs and visitor.open(f"/track/letters/{theirs[0].id}").status == 404


def test_what_somebody_says_is_written_down_once(visitor, case, rows):
    visitor.open("/track/say")
    page = visitor.page
    visitor.press("Send it", fields={"about": "new_incident", "text": "They came back last night."})
    assert "We have what you told us" in visitor.text
    visitor.page, visitor.at = page, "/track/say"
    visitor.press("Send it", fields={"about": "new_incident", "text": "They came back last night."})
    said = [e for e in history.of_case(case.id) if e.kind == "victim_said"]
    assert [e.says["text"] for e in said] == ["They came back last night."]
    assert said[0].by == "the applicant"


def test_other_words_from_the_same_page_are_written_down_too(visitor, case):
    visitor.open("/track/say")
    page = visitor.page
    for words in ("They came back.", "They came back twice."):
        visitor.page = page
        visitor.press("Send it", fields={"about": "new_incident", "text": words})
    assert [e.says["text"] for e in history.of_case(case.id) if e.kind == "victim_said"] == [
        "They came back.",
        "They came back twice.",
    ]


def test_what_somebody_says_is_kept_when_the_case_cannot_take_it_in(visitor, case, settings, clock):
    visitor.open("/track/say")
    db.session.execute(update(Snapshot).where(Snapshot.case_id == case.id).values(content=b"not a run"))
    db.session.commit()
    visitor.client.post("/track/say", data={"about": "new_incident", "text": "They came back.", "key": "k"})
    db.session.rollback()
    said = [e.says["text"] for e in history.of_case(case.id) if e.kind == "victim_said"]
    assert said == ["They came back."]
    assert [stopped.id for _, stopped in cases.incidents()] == [case.id]


def test_the_contact_is_told_that_there_is_something_to_read_and_not_what(visitor, case, settings, clock):
    visitor.open("/track/say").press("Send it", fields={"about": "new_incident", "text": "They came back last night."})
    worker.drain(settings, clock)
    notes = [m for m in history.messages(case.id) if m.letter == "victim_said"]
    assert [note.name for note in notes] == ["Basil Tamarind"]
    assert "it has happened again" in notes[0].html and "came back" not in notes[0].html


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_nothing_or_too_much_is_not_taken(visitor, case, text):
    visitor.open("/track/say").press("Send it", fields={"about": "new_incident", "text": text})
    assert visitor.status == 422 and visitor.problems
    assert not [e for e in history.of_case(case.id) if e.kind == "victim_said"]


def test_an_appeal_cannot_be_asked_for_before_a_decision(visitor):
    assert "Ask for an appeal" not in visitor.text
    assert visitor.open("/track/appeal").status == 404


APPEAL = {
    "appeal.about": "plan",
    "appeal.grounds": ["not_involved"],
    "appeal.text": "Nobody asked me.",
    "appeal.wanted": "Ask me.",
}


def test_an_appeal_is_lodged_and_seen(visitor, walk):
    to_the_letter(walk)
    visitor.open("/track/review")
    assert "Ask by" in visitor.text
    visitor.open(visitor.link("Ask for an appeal"))
    assert visitor.press("Continue").status == 422 and len(visitor.problems) == 4
    visitor.press("Continue", fields=APPEAL)
    assert "Nobody asked me." in visitor.text
    visitor.press("Send my appeal")
    assert visitor.at == "/track/review" and "We have your appeal" in visitor.text
    assert visitor.heading == "We are looking at your appeal"
    assert walk.facts["appeal"]["wanted"] == "Ask me." and "choose_reviewer" in walk.open()
    assert visitor.open("/track/appeal").status == 404
    assert "We have your appeal" in visitor._shown("POST", "/track/appeal/send").text  # pressed twice


def test_an_appeal_that_is_late_is_taken_with_its_reason(visitor, walk, case, clock):
    to_the_letter(walk)
    walk.days(40)
    fresh = follow(visitor.client.application, case, clock)
    assert "The days to ask for an appeal are over" in fresh.text and "Ask by" not in fresh.text
    fresh.open(fresh.link("Ask for an appeal"))
    fresh.press("Continue", fields=APPEAL)
    assert fresh.status == 422 and fresh.problems == ["Tell us why you could not ask sooner"]
    fresh.press("Continue", fields=APPEAL | {"appeal.late_reason": "I was in hospital."})
    fresh.press("Send my appeal")
    assert "We have your appeal" in fresh.text and fresh.heading == "We are looking at your appeal"
    assert walk.facts["appeal"]["late_reason"] == "I was in hospital." and "choose_reviewer" in walk.open()


def test_an_appeal_that_was_answered_is_not_asked_again(visitor, walk, case, clock):
    to_the_letter(walk)
    walk.receive("appeal_received", {"appeal": {"about": "plan"}})
    walk.do("choose_reviewer")
    walk.do("decide_appeal", appeal={"outcome": "upheld"})
    assert "review_progress" in walk.open()
    fresh = follow(visitor.client.application, case, clock)
    assert "Ask for an appeal" not in fresh.text and fresh.open("/track/appeal").status == 404


def test_whoever_asks_for_an_appeal_after_the_case_is_closed_is_heard_all_the_same(
    visitor, walk, case, settings, clock
):
    to_the_letter(walk)
    to_the_end(walk)
    fresh = follow(visitor.client.application, case, clock)
    fresh.open(fresh.link("Ask for an appeal late"))
    fresh.press("Send it", fields={"about": "late_appeal", "text": "I was in hospital."})
    assert "We have what you told us" in fresh.text
    (said,) = [event for event in history.of_case(case.id) if event.kind == "victim_said"]
    assert said.says == {"text": "I was in hospital.", "about": "An appeal that is late"}
    worker.drain(settings, clock)
    assert any("an appeal that is late" in m.html for m in history.messages(case.id) if m.letter == "victim_said")


def test_a_refusal_is_seen_with_the_help_that_was_named(visitor, walk, case, clock):
    to_the_decision(walk, stories.ONE)
    assert visitor.open("/track/review").heading == "We are deciding about your review"
    walk.do("decide_threshold", threshold={"decision": "not met", "reasons": "Too few reports."})
    walk.do("write_reasons")
    if "accept_concern" in walk.open():
        walk.do("accept_concern", concern={"accepted": "yes"})
    visitor.open("/track/review")
    assert visitor.heading == "There will be no review, but you will get help"
    assert "We decided that there will be no review" in visitor.stops() and "Ask for an appeal" in visitor.text
    assert "We all meet" not in visitor.stops()


def test_a_closed_case_can_still_be_read_and_written_to(visitor, walk, case, clock):
    to_the_letter(walk)
    to_the_end(walk)
    fresh = follow(visitor.client.application, case, clock)
    assert fresh.heading == "Your case is closed" and all(w.startswith("Done") for w in fresh.stops().values())
    fresh.open("/track/say").press("Send it", fields={"about": "information_received", "text": "Thank you."})
    assert fresh.status == 200 and "We have what you told us" in fresh.text


def agreed_rows(visitor):
    """What the page says of the plan: {what: (who, by, state)}."""
    found = visitor.page.xpath("//h2[@id='agreed']/following-sibling::table[1]/tbody/tr")
    cells = [[" ".join(cell.text_content().replace("\u00a0", " ").split()) for cell in row] for row in found]
    return {what: tuple(rest) for what, *rest in cells}


def test_the_page_says_what_was_agreed_in_words_for_the_victim_and_how_far_it_is(visitor, walk, case):
    to_the_plan(walk)
    visitor.open("/track/review")
    assert agreed_rows(visitor) == {}, "a draft is nothing that was agreed"
    walk.do("say_view_of_plan", plan={"view": "agree"})
    walk.do("agree_plan", agreed_actions=[stories.ACTION, stories.RECOMMENDATION])
    visitor.open("/track/review")
    assert agreed_rows(visitor) == {
        "Mediation between the neighbours.": ("Larkmere Council", "Monday 20 April", "Not done yet"),
        "Train the noise team.": ("Larkmere Police", "Wednesday 20 May", "Not done yet"),
    }
    assert stories.ACTION["what"] not in visitor.text
    walk.do("do_action")
    visitor.open("/track/review")
    assert agreed_rows(visitor)["Mediation between the neighbours."][2] == "We are told that it is done, and check it"
    walk.do("check_action", check={"done": "yes"})
    walk.do("answer_recommendation", recommendation={"answer": "rejected", "reasons": "No money."})
    visitor.open("/track/review")
    states = {what: row[2] for what, row in agreed_rows(visitor).items()}
    assert states == {
        "Mediation between the neighbours.": "Done",
        "Train the noise team.": "They said no, and told us why",
    }
    assert "No money." not in visitor.text


def test_an_action_that_is_not_done_by_its_day_is_said_to_be_late(partnership, walk, case, clock):
    to_the_plan(walk)
    walk.do("say_view_of_plan", plan={"view": "agree"})
    walk.do("agree_plan", agreed_actions=[stories.ACTION | {"due_on": "2026-03-04"}])
    walk.days(4)
    visitor = follow(partnership, case, clock)
    assert agreed_rows(visitor)["Mediation between the neighbours."][2] == "Late: we are chasing it"


def test_a_letter_about_the_meeting_has_it_for_a_calendar(visitor, walk, case):
    to_the_decision(walk)
    walk.do_all("return_information", "prepare_statement")
    walk.do("choose_panel", panel={"held_at": "2026-03-12T14:00+00:00", "victim_invited": "yes"})
    walk.days(0)
    visitor.open("/track/review")
    visitor.open(visitor.link("Come to the meeting about your case"))
    answer = visitor.client.get(visitor.link("Put the meeting in your calendar"))
    assert answer.mimetype == "text/calendar"
    assert b"METHOD:REQUEST" in answer.data
