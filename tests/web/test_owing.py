"""What a case still owes, on its page and where somebody would close it too early; and who may not do a task."""

import pytest
from sqlalchemy import select

from app.cases import access
from app.forms import inventing
from app.store import people, tasks
from app.store.db import db
from app.store.rows.history import Reading
from app.tasks import asked, drafting
from tests.walks import stories

BASIL, HORATIO = "basil@larkmere.example", "horatio@larkmere.example"


@pytest.fixture
def nearly_closed(walk):
    stories.go_on_unnoted(walk)
    return walk


def test_the_page_of_a_case_lists_what_is_owed_and_leads_to_it(nearly_closed, counter):
    counter.sign_in(HORATIO)
    page = counter.get(f"/cases/{nearly_closed.case.reference}")
    task = next(task for task in tasks.of_case(nearly_closed.id) if task.key == "note_application")
    (owed,) = page.xpath("//*[@id='owed']/following-sibling::ul[1]/li")
    assert counter.words(owed) == "The senior officer has not noted the application. Note the application"
    assert owed.xpath(".//a/@href") == [f"/tasks/{task.id}"]
    assert counter.get(owed.xpath(".//a/@href")[0]) is not None and counter.status == 200


def test_closing_too_early_says_what_is_owed_and_keeps_the_answers(nearly_closed, counter):
    task = next(task for task in tasks.of_case(nearly_closed.id) if task.key == "close_case")
    basil, clock = access.who(people.by_email(BASIL)), nearly_closed.clock
    now = asked.load(task.id, basil, clock=clock)
    drafting.keep(task.id, inventing.invent(now.form, now.facts, today=now.today), 1, basil, clock=clock)
    counter.sign_in(BASIL)
    page = counter.get(f"/tasks/{task.id}/check")
    page = counter.fill(next(form for form in page.forms if form.action.endswith("/check")))
    assert counter.status == 422
    assert "This case cannot close yet" in counter.words(page)
    link = page.xpath("//a[contains(., 'has not noted the application')]/@href")
    assert link == [f"/cases/{nearly_closed.case.reference}#owed-note_application"]
    assert "close_case" in nearly_closed.open()


@pytest.mark.parametrize("page", ["", "/timeline", "/answers", "/letters", "/drawing"])
def test_every_look_at_a_case_is_written_down(walk, counter, page):
    """I15. Looks at a task are too: ``test_a_look_at_a_task_is_written_down``."""
    walk.apply(**stories.TANSY)
    counter.sign_in(HORATIO)
    counter.get(f"/cases/{walk.case.reference}{page}")
    assert looks(walk) == 1


@pytest.mark.parametrize("page", ["", "/1"])
def test_a_look_at_a_task_is_written_down(walk, counter, page):
    walk.apply(**stories.TANSY)
    counter.sign_in(HORATIO)
    task = next(task for task in tasks.of_case(walk.id) if task.key == "note_application")
    counter.get(f"/tasks/{task.id}{page}")
    assert looks(walk) == 1


def looks(walk):
    horatio = people.by_email(HORATIO)
    readings = db.session.scalars(select(Reading).where(Reading.case_id == walk.id)).all()
    return len([one for one in readings if one.person_id == horatio.id])


def test_who_dealt_with_the_reports_is_told_why_another_must_decide_the_appeal(nearly_closed, counter):
    nearly_closed.do("note_application", oversight={"involved": "yes"})
    nearly_closed.receive("appeal_received", {"appeal": {"about": "review"}})
    if "choose_reviewer" in nearly_closed.open():
        nearly_closed.do("choose_reviewer")
    counter.sign_in(HORATIO)
    page = counter.get("/tasks?tab=team")
    assert "You finished ‘Note the application’" in counter.words(page)
    task = next(task for task in tasks.of_case(nearly_closed.id) if task.key == "decide_appeal")
    page = counter.get(f"/tasks/{task.id}")
    assert counter.status == 403
    assert counter.words(page.find(".//h1")) == "Somebody else must do this task"
    assert "Nobody else here has the role ‘Senior officer’" in counter.words(page)
    page = counter.get(f"/tasks/{task.id}/give")
    assert "Horatio Plume finished ‘Note the application’" in counter.words(page)
