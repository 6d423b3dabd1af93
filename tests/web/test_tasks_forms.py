"""A task's form: asked page by page, kept, checked and finished, by one person at a time."""

import pytest

from app.forms.parts import Component
from app.store import drafts, history, people, tasks
from app.store.rows.people import RoleGrant
from app.store.transactions import transaction
from app.web import briefing, typed

JUNIPER, BASIL, HORATIO = "juniper@larkmere.example", "basil@larkmere.example", "horatio@larkmere.example"
ROWAN = "rowan@police.larkmere.example"
CONTACT = {
    "prefer": "phone",
    "phone": "07700 900731",
    "voicemail_safe": "no",
    "letters_safe": "no",
}
ACKNOWLEDGED = {
    "contact_officer.name": "Basil Tamarind",
    "contact_officer.phone": "020 7946 0134",
    "contact_officer.deputy": "Juniper Wick",
    "contact.way_checked": "yes",
}


@pytest.fixture
def tansy(walk):
    walk.apply(victim={"name": "Tansy Applegarth"}, contact=CONTACT)
    return walk


def task_of(walk, key):
    return next(task for task in tasks.of_case(walk.id) if task.key == key)


def form_of(page):
    return next(form for form in page.forms if "/tasks/" in form.action and not form.action.endswith(ASIDE))


ASIDE = ("/take", "/give-back", "/give")


def checked(counter, page, answers):
    """Answer a form whose task sends a letter, and finish it on the page that shows the letter first."""
    page = counter.fill(form_of(page), answers)
    assert counter.path.endswith("/check")
    return counter.fill(form_of(page))


def opened(counter, email, walk, key):
    counter.sign_in(email)
    return counter.get(f"/tasks/{task_of(walk, key).id}")


def events(walk, kind):
    return [event for event in history.of_case(walk.id) if event.kind == kind]


def test_a_task_page_says_how_the_person_may_be_reached(tansy, counter):
    page = opened(counter, JUNIPER, tansy, "interview_applicant")
    aside = page.find(".//aside")
    assert "07700 900731" in counter.words(aside)
    assert "No voicemail. No letters." in [counter.words(strong) for strong in aside.iter("strong")]


def test_an_agency_is_told_the_reports_and_not_how_to_reach_the_person(tansy, counter):
    counter.sign_in(ROWAN)
    mine = next(t for t in tasks.of_case(tansy.id) if t.agency_key == "police")
    said = counter.words(counter.get(f"/tasks/{mine.id}").find(".//aside"))
    assert "Reports to you: 0" in said
    assert "Larkmere Police" in said
    assert "07700" not in said
    assert "Risk" not in said


def test_opening_a_task_takes_nothing(tansy, counter):
    opened(counter, BASIL, tansy, "acknowledge_application")
    assert task_of(tansy, "acknowledge_application").person_id is None


def test_missing_answers_are_named_and_what_was_typed_stays(tansy, counter):
    page = opened(counter, BASIL, tansy, "acknowledge_application")
    page = counter.fill(form_of(page), {"contact_officer.name": "<b>Basil</b>", "contact_officer.phone": ""})
    assert counter.status == 422
    assert "Error:" in page.findtext(".//title")
    assert page.xpath("//*[@class='govuk-error-summary__body']//a")
    assert form_of(page).fields["contact_officer.name"] == "<b>Basil</b>"
    assert not events(tansy, "task_completed")


@pytest.mark.parametrize(
    "hostile",
    [
        {"contact.way_checked": "maybe"},
        {"contact.way_checked": "\u202eyes\x00"},
        {"contact_officer.name": "x" * 60_000},
        {"action": "remove:contact_officer.name:99999"},
        {"action": "add:__class__"},
        {"contact_officer": "a text where a record stands"},
    ],
)
def test_hostile_answers_are_refused_in_words(tansy, counter, hostile):
    task = task_of(tansy, "acknowledge_application")
    counter.sign_in(BASIL)
    page = counter.post(f"/tasks/{task.id}/1", {"case": tansy.case.reference, **hostile})
    assert counter.status == 422
    assert page.xpath("//*[@class='govuk-error-summary__body']//a")
    assert task_of(tansy, "acknowledge_application").key


def test_a_short_form_is_finished_at_once_and_says_what_comes_next(tansy, counter):
    page = opened(counter, HORATIO, tansy, "note_application")
    page = counter.fill(form_of(page), {"oversight.read": True, "oversight.involved": "no", "oversight.note": "Soon."})
    assert counter.words(page.find(".//h1")).startswith("Done: ")
    (event,) = events(tansy, "task_completed")
    assert (event.by, event.subject) == ("Horatio Plume", "note_application")
    assert event.says["answers"]["oversight"]["note"] == "Soon."


def test_a_task_that_sends_a_letter_shows_it_before_it_is_finished(tansy, counter):
    page = opened(counter, BASIL, tansy, "acknowledge_application")
    page = counter.fill(form_of(page), ACKNOWLEDGED)
    assert counter.path.endswith("/check")
    assert not events(tansy, "task_completed")
    assert not history.messages(tansy.id)
    said = counter.words(page.get_element_by_id("letters").getparent())
    assert "This letter goes out when you finish" in said
    assert "We have your application, to Tansy Applegarth" in said
    uses = {counter.words(term): counter.words(term.getnext()) for term in page.xpath("//section[.//h3]//dt")}
    assert uses["Who is the victim’s contact? (Acknowledge the application)"] == "Basil Tamarind"
    assert uses["The day we promise: panel"] == "Monday 16 March"
    assert "say only: ‘We have written to you." in said
    assert "Not known yet" in said
    assert "What should we call you?" in said
    (sheet,) = page.xpath("//article[@class='app-sheet']")
    assert "Your contact is Basil Tamarind." in counter.words(sheet)
    page = counter.fill(form_of(page))
    assert counter.words(page.find(".//h1")) == "Done: Acknowledge the application"


def test_the_confirmation_is_for_the_person_who_finished_the_task(tansy, counter, another):
    checked(counter, opened(counter, BASIL, tansy, "acknowledge_application"), ACKNOWLEDGED)
    assert "/finished/" in counter.path
    another.sign_in(JUNIPER)
    another.get(counter.path)
    assert another.status == 404


def test_a_double_click_gets_the_first_answer_again(tansy, counter):
    answers = {"oversight.read": True, "oversight.involved": "no"}
    form = form_of(opened(counter, HORATIO, tansy, "note_application"))
    counter.fill(form, answers)
    first = counter.path
    counter.path = form.action
    counter.fill(form, answers)
    assert (counter.path, counter.status) == (first, 200)
    assert len(events(tansy, "task_completed")) == 1


def test_the_second_of_two_officers_is_told_who_was_faster(tansy, counter, another):
    page = opened(counter, BASIL, tansy, "acknowledge_application")
    same = opened(another, BASIL, tansy, "acknowledge_application")
    checked(counter, page, ACKNOWLEDGED)
    late = another.fill(form_of(same), ACKNOWLEDGED | {"contact_officer.deputy": "Clementine Dray"})
    assert another.status == 409
    said = counter.words(late)
    assert "You finished this task on Monday 2 March" in said
    assert "Clementine Dray" in said
    assert "Who stands in for them?" in said
    assert late.xpath(f"//a[@href='/cases/{tansy.case.reference}']")


def test_a_form_that_comes_after_its_timer_is_told_so_and_keeps_what_was_typed(walk, counter, clock):
    walk.apply(victim={"name": "Tansy Applegarth"})
    until_asked_of_agencies(walk)
    counter.sign_in(ROWAN)
    mine = next(t for t in tasks.of_case(walk.id) if t.key == "return_information" and t.agency_key == "police")
    form = form_of(counter.get(f"/tasks/{mine.id}"))
    walk.days(20)
    counter.sign_in(ROWAN)
    page = counter.fill(form, {"information.involved": "yes", "information.person": "Sergeant Rowan Finch"})
    assert counter.status == 409
    said = counter.words(page)
    assert "The time limit" in said
    assert "Sergeant Rowan Finch" in said
    assert not page.xpath("//a[contains(@href, '/cases/')]")


def until_asked_of_agencies(walk):
    for _ in range(10):
        if "return_information" in walk.open():
            return
        for key in dict.fromkeys(walk.open()):
            walk.do(
                key,
                **({"threshold": {"decision": "met"}} if key == "decide_threshold" else {}),
                **({"chosen_agencies": ["police", "council"]} if key == "interview_applicant" else {}),
            )
    raise AssertionError(walk.open())


def test_a_draft_is_kept_and_asked_for_again(tansy, counter):
    page = opened(counter, BASIL, tansy, "acknowledge_application")
    counter.fill(form_of(page), {"contact_officer.name": "Basil T"}, button="save")
    assert counter.path == "/tasks"
    page = opened(counter, BASIL, tansy, "acknowledge_application")
    assert form_of(page).fields["contact_officer.name"] == "Basil T"
    assert task_of(tansy, "acknowledge_application").person_id is not None


def test_a_page_saves_itself_without_an_answer(tansy, counter):
    task = task_of(tansy, "acknowledge_application")
    counter.sign_in(BASIL)
    counter.post(f"/tasks/{task.id}/1/draft", {"contact_officer.name": "Half a na"})
    assert (counter.status, counter.response.data) == (204, b"")
    assert drafts.of_task(task.id).answers["contact_officer"]["name"] == "Half a na"


def test_what_a_colleague_has_begun_is_not_written_over(tansy, counter, another, partnership):
    task = task_of(tansy, "note_application")
    counter.sign_in(HORATIO)
    counter.post(f"/tasks/{task.id}/1/draft", {"oversight.note": "Mine"})
    second_senior_officer()
    page = opened(another, "marigold@larkmere.example", tansy, "note_application")
    assert "Horatio Plume has this task" in another.words(page)
    late = another.fill(form_of(page), {"oversight.note": "Not mine"})
    assert another.status == 409
    assert "Horatio Plume took this task" in another.words(late)
    assert "Not mine" in another.words(late)
    assert drafts.of_task(task.id).answers["oversight"]["note"] == "Mine"


def second_senior_officer():
    marigold = people.by_email("marigold@larkmere.example")
    with transaction():
        people.add(RoleGrant(person_id=marigold.id, role="Senior officer", agency_key=None))


def test_a_long_form_goes_page_by_page_to_a_check_that_finds_what_is_missing(tansy, counter):
    page = opened(counter, JUNIPER, tansy, "interview_applicant")
    task = task_of(tansy, "interview_applicant")
    assert counter.words(page.xpath("//h2[starts-with(., '1 of ')]")[0]).startswith("1 of 4. The interview")
    page = counter.fill(
        form_of(page),
        {"interview.result": "declined", "interview.conflict": "no"},
    )
    assert counter.path == f"/tasks/{task.id}/2"
    page = counter.fill(form_of(counter.get(f"/tasks/{task.id}/check")))
    assert counter.status == 422
    links = page.xpath("//*[@class='govuk-error-summary__body']//a/@href")
    assert links
    assert all(link.startswith(f"/tasks/{task.id}/") and "#" in link for link in links)
    assert not events(tansy, "task_completed")


def test_a_post_without_its_token_is_not_taken(tansy, counter, app):
    task = task_of(tansy, "acknowledge_application")
    counter.sign_in(BASIL)
    app.config["WTF_CSRF_ENABLED"] = True
    counter.post(f"/tasks/{task.id}/1", ACKNOWLEDGED)
    assert counter.status == 400
    page = checked(counter, counter.get(f"/tasks/{task.id}"), ACKNOWLEDGED)
    assert counter.words(page.find(".//h1")) == "Done: Acknowledge the application"


def test_facts_in_instructions_are_text_and_never_markup():
    html = briefing.instructions("Talk to ((victim.name)) *first*.", {"victim": {"name": "<img src=x> **Tansy**"}})
    assert "&lt;img" in html
    assert "<img" not in html
    assert "<strong>" not in html
    assert "<em>first</em>" in html


def test_a_fact_that_is_not_there_leaves_no_trace_in_instructions():
    assert "((" not in briefing.instructions("Call ((nobody.phone)) now.", {})


def test_what_was_typed_is_said_with_the_questions_of_the_form():
    what = Component("what", "textarea", "what", "What happened?")
    told = Component("told", "radio", "told", "Who?", more={"values": [{"value": "police", "label": "The police"}]})
    parts = {"reports": Component("reports", "dynamiclist", "reports", "Reports", components=(what,)), "told": told}
    posted = [
        ("csrf_token", "x"),
        ("reports-rows", "1"),
        ("reports.0.what", "Noise"),
        ("told", "police"),
        ("on-day", "3"),
        ("empty", "  "),
    ]
    assert typed.said(parts, posted) == [
        ("Reports 1: What happened?", "Noise"),
        ("Who?", "The police"),
        ("On (day)", "3"),
    ]
