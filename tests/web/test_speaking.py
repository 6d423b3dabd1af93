"""The alarm that anybody with a task can raise, what Victim Support says for the victim, and who always hears."""

from dataclasses import fields

import pytest

from app import worker
from app.store import history, tasks
from app.store.rows.people import Person
from tests.walks import stories
from tests.web.test_agency_links import begin, link_to, task_of

ROWAN, FERN, BASIL = "rowan@police.larkmere.example", "fern@support.example", "basil@larkmere.example"
HORATIO, MARIGOLD = "horatio@larkmere.example", "marigold@larkmere.example"
DANGER = {"about": "danger", "text": "He has a knife."}


@pytest.fixture
def asked(walk):
    walk.apply(**stories.TANSY)
    worker.drain(walk.settings, walk.clock)
    return walk


def events(walk, kind):
    return [event for event in history.of_case(walk.id) if event.kind == kind]


def letters(walk, name):
    worker.drain(walk.settings, walk.clock)
    return [message for message in history.messages(walk.id) if message.letter == name]


def side_form(page):
    return next(form for form in page.forms if form.action.endswith(("/alarm", "/for-victim")))


def test_an_agency_raises_the_alarm_from_its_task_and_the_senior_officer_is_told(asked, counter):
    counter.sign_in(ROWAN)
    task = task_of(asked, "police")
    page = counter.get(f"/tasks/{task.id}")
    assert page.xpath(f"//a[@href='/tasks/{task.id}/alarm']")
    counter.fill(side_form(counter.get(f"/tasks/{task.id}/alarm")), DANGER)
    assert counter.path == f"/tasks/{task.id}"
    (event,) = events(asked, "alarm_raised")
    assert (event.by, event.says["text"]) == ("Rowan Finch", "He has a knife.")
    told = letters(asked, "alarm")
    assert {message.address for message in told} == {HORATIO, BASIL}
    assert "knife" not in told[0].html


def test_an_agency_without_an_account_can_raise_the_alarm_too(asked, counter):
    begin(counter, link_to(asked, "police"))
    counter.fill(side_form(counter.get(f"/tasks/{task_of(asked, 'police').id}/alarm")), DANGER)
    (event,) = events(asked, "alarm_raised")
    assert event.by == "Ann Reed (Larkmere Police, by link)"


@pytest.mark.parametrize("wrong", [{"about": "x"}, {"text": "  "}, {"text": "x" * 3000}])
def test_an_alarm_says_what_about_and_why(asked, counter, wrong):
    counter.sign_in(ROWAN)
    counter.post(f"/tasks/{task_of(asked, 'police').id}/alarm", DANGER | wrong)
    assert counter.status == 422
    assert not events(asked, "alarm_raised")


def test_nobody_raises_the_alarm_from_anothers_task(asked, counter):
    counter.sign_in(ROWAN)
    counter.post(f"/tasks/{task_of(asked, 'council').id}/alarm", DANGER)
    assert counter.status == 404


def test_the_same_alarm_sent_twice_is_raised_once(asked, counter):
    counter.sign_in(ROWAN)
    form = side_form(counter.get(f"/tasks/{task_of(asked, 'police').id}/alarm"))
    for _ in range(2):
        counter.path = form.action
        counter.fill(form, DANGER)
    assert len(events(asked, "alarm_raised")) == 1
    assert len(letters(asked, "alarm")) == 2


@pytest.mark.parametrize("what", ["update_wanted", "statement_added"])
def test_victim_support_speaks_for_the_victim_at_any_time(asked, counter, what):
    counter.sign_in(FERN)
    page = counter.get(f"/cases/{asked.case.reference}")
    assert page.xpath("//a[contains(@href, '/for-victim')]")
    page = counter.get(f"/cases/{asked.case.reference}/for-victim")
    counter.fill(side_form(page), {"what": what, "text": "She has heard nothing."})
    (event,) = events(asked, what)
    assert (event.by, event.says["text"]) == ("Fern Oakapple", "She has heard nothing.")
    (letter,) = letters(asked, "victim_support_said")
    assert letter.address == BASIL
    assert "heard nothing" not in letter.html


def test_what_victim_support_says_reaches_the_run_where_it_waits_for_it(asked, counter):
    stories_open = set(asked.open())
    counter.sign_in(FERN)
    page = counter.get(f"/cases/{asked.case.reference}/for-victim")
    counter.fill(side_form(page), {"what": "statement_added", "text": "It was worse."})
    assert set(asked.open()) - stories_open == {"read_information"}


def test_nobody_else_speaks_as_victim_support(asked, counter):
    counter.sign_in(BASIL)
    counter.get(f"/cases/{asked.case.reference}/for-victim")
    assert counter.status == 403
    assert not counter.get(f"/cases/{asked.case.reference}").xpath("//a[contains(@href, '/for-victim')]")


def test_victim_support_is_named_in_the_first_letter(asked):
    asked.do("acknowledge_application")
    assert "Fern Oakapple" in letters(asked, "acknowledgement")[0].html


def test_the_senior_officer_hears_of_every_application_and_nothing_lets_that_be_turned_off(asked):
    assert HORATIO in {message.address for message in letters(asked, "new_application")}
    assert "note_application" in asked.open()
    columns = {column.key for column in Person.__table__.columns}
    assert columns == {"id", "name", "email", "phone", "password_hash", "is_active", "created_at"}
    assert not [field.name for field in fields(asked.settings) if "subscri" in field.name or "notif" in field.name[6:]]


def test_without_a_senior_officer_managers_hear_and_an_incident_stands(walk, rows):
    rows("update person set is_active = :no where name = 'Horatio Plume' returning id", no=False)
    walk.apply(**stories.TANSY)
    assert MARIGOLD in {message.address for message in letters(walk, "new_application")}
    assert rows("select says from incident where resolved_at is null") == [
        ("There is no senior officer to hear of this case. The managers got the letter. Give somebody the role.",)
    ]
    assert walk.case.is_stopped


def test_the_mental_health_professional_is_asked_when_needs_are_found(asked):
    asked.do_all("acknowledge_application", "note_application", "offer_support", "confirm_reports")
    asked.do("interview_applicant", reports=stories.THREE, chosen_agencies=stories.AGENCIES)
    asked.do("complete_matrix", risk=stories.CALM)
    asked.do("note_needs", needs={"found": "yes", "question": "Is he safe?"})
    (task,) = [t for t in tasks.of_case(asked.id) if t.key == "advise_on_needs"]
    assert task.role == "Mental health professional"
