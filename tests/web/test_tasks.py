"""The list of tasks, and who takes what."""

from uuid import uuid4

import pytest

from app.store import history, tasks
from app.store.transactions import transaction

JUNIPER, BASIL = "juniper@larkmere.example", "basil@larkmere.example"
ROWAN, IVY = "rowan@police.larkmere.example", "ivy@council.larkmere.example"


def names(page):
    return [link.text for link in page.xpath("//*[@class='app-work']//h3/a")]


def task_of(walk, key):
    return next(task for task in tasks.of_case(walk.id) if task.key == key)


@pytest.fixture
def tansy(walk):
    walk.apply(victim={"name": "Tansy Applegarth"})
    return walk


def test_signing_in_leads_to_the_tasks_and_signing_out_ends_it(counter):
    page = counter.sign_in(JUNIPER)
    assert counter.path == "/tasks"
    assert counter.words(page.find(".//h1")) == "You have no tasks"
    counter.sign_out()
    counter.get("/tasks", follow=False)
    assert counter.response.location.startswith("/sign-in?next=")


def test_each_lane_sees_its_own_tasks(tansy, counter):
    for email, expected in (
        (JUNIPER, ["Interview the applicant"]),
        (BASIL, ["Acknowledge the application"]),
        (ROWAN, ["Confirm the reports"]),
        ("horatio@larkmere.example", ["Note the application"]),
    ):
        counter.sign_in(email)
        assert names(counter.get("/tasks?tab=nobodys")) == expected


def test_an_agency_sees_its_own_task_and_not_that_of_another(tansy, counter):
    others = next(t for t in tasks.of_case(tansy.id) if t.agency_key == "council")
    counter.sign_in(ROWAN)
    counter.get(f"/tasks/{others.id}")
    assert counter.status == 404
    counter.post(f"/tasks/{others.id}/take", {})
    assert counter.status == 404


def test_a_task_of_another_lane_is_not_there(tansy, counter):
    counter.sign_in(BASIL)
    for address in ("", "/1", "/check", "/give"):
        counter.get(f"/tasks/{task_of(tansy, 'interview_applicant').id}{address}")
        assert counter.status == 404


def test_late_tasks_come_first_and_are_counted(tansy, clock, counter, walk):
    clock.pass_(days=4)
    walk.apply(victim={"name": "Barnaby Thistlewood"})
    counter.sign_in(JUNIPER)
    page = counter.get("/tasks?tab=team")
    assert counter.words(page.find(".//h1")) == "Your team has 2 tasks. Start with the late one."
    assert [counter.words(h) for h in page.xpath("//h2[@class='govuk-heading-m']")] == [
        "Late 1",
        "Today and tomorrow 1",
    ]
    assert "Late by 3 working days" in counter.words(page.xpath("//*[@class='app-work']/li")[0])


def test_a_task_is_taken_given_back_and_passed_on(tansy, counter, another):
    task = task_of(tansy, "acknowledge_application")
    counter.sign_in(BASIL)
    page = counter.get(f"/tasks/{task.id}")
    page = counter.fill(next(f for f in page.forms if f.action.endswith("/take")))
    assert "You have taken" in counter.words(page)
    assert names(counter.get("/tasks")) == ["Acknowledge the application"]
    page = counter.get(f"/tasks/{task.id}")
    page = counter.fill(next(f for f in page.forms if f.action.endswith("/give-back")))
    assert "You have given back" in counter.words(page)
    assert names(counter.get("/tasks?tab=mine")) == []
    kinds = [(e.kind, e.by) for e in history.of_case(tansy.id) if e.kind.startswith("task_") and "opened" not in e.kind]
    assert kinds == [("task_taken", "Basil Tamarind"), ("task_given_back", "Basil Tamarind")]


def test_who_has_no_tasks_of_their_own_begins_with_those_nobody_has(tansy, counter):
    counter.sign_in(BASIL)
    page = counter.get("/tasks", follow=True)
    assert counter.words(page.find(".//h1")) == "1 task has nobody yet. Nothing is late."


def test_a_task_is_only_given_to_somebody_with_the_role(tansy, counter):
    task = task_of(tansy, "acknowledge_application")
    counter.sign_in(BASIL)
    for somebody in ("2", "999", "nobody", ""):
        page = counter.post(f"/tasks/{task.id}/give", {"person": somebody})
        assert counter.status == 422 or page is None
    assert task_of(tansy, "acknowledge_application").person_id is None


def test_the_list_can_be_narrowed_by_text_kind_and_day(tansy, walk, counter):
    walk.apply(victim={"name": "Barnaby Thistlewood"})
    counter.sign_in(JUNIPER)
    page = counter.get("/tasks?tab=team")
    form = next(f for f in page.forms if f.get("class") == "app-filter")
    assert len(names(counter.fill(form, {"q": "thistle"}))) == 1
    assert len(names(counter.get("/tasks?tab=team&kind=interview_applicant"))) == 2
    assert names(counter.get("/tasks?tab=team&due=late")) == []
    assert "No task fits" in counter.words(counter.get("/tasks?tab=team&q=%25"))


@pytest.mark.parametrize("asked", ["page=0", "page=-1", "page=x", "page=²", "tab=<b>", "due=%01", "page=999999"])
def test_a_strange_address_gives_a_page(tansy, counter, asked):
    counter.sign_in(JUNIPER)
    counter.get(f"/tasks?{asked}")
    assert counter.status == 200


def test_the_list_costs_as_many_queries_for_50_tasks_as_for_5(tansy, counter, statements, clock):
    counter.sign_in(JUNIPER)
    more_tasks(tansy, 4, clock())
    with statements() as few:
        five = counter.get("/tasks?tab=team")
    more_tasks(tansy, 45, clock())
    with statements() as many:
        fifty = counter.get("/tasks?tab=team")
    assert (len(names(five)), len(names(fifty))) == (5, 25)
    assert len(few) == len(many) <= 18


def test_a_long_list_has_pages_that_keep_the_choice(tansy, counter, clock):
    more_tasks(tansy, 59, clock())
    counter.sign_in(JUNIPER)
    page = counter.get("/tasks?tab=team&kind=interview_applicant&page=2")
    assert len(names(page)) == 25
    onward = page.xpath("//a[@rel='next']/@href")[0]
    assert len(names(counter.get(onward))) == 10


def more_tasks(walk, number, at):
    row = {"case_id": walk.id, "key": "interview_applicant", "process": "asb_case_review", "opened_at": at}
    row |= {"name": "Interview the applicant", "role": "Community safety officer"}
    with transaction():
        tasks.add([row | {"id": uuid4()} for _ in range(number)])
