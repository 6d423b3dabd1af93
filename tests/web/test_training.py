"""The pages of training cases: marked everywhere, moved and deleted by a press, and in nobody's way."""

import pytest

from app import worker
from app.cases import training
from app.cases.access import Who
from app.store import cases, history, tasks
from app.store.rows.cases import Case
from tests.walks import stories

JUNIPER, BASIL, ROWAN = "juniper@larkmere.example", "basil@larkmere.example", "rowan@police.larkmere.example"
MARKED = "This is a training copy. Nothing in it reaches anybody"
PAGES = ("", "/timeline", "/answers", "/letters", "/drawing", "/delete")
FORM = "Make a training copy"


@pytest.fixture
def real(walk):
    walk.apply(**stories.TANSY)
    return walk


@pytest.fixture
def practised(real, clock):
    """A training copy of a real case."""
    return training.copy(real.id, Who(1, "Basil Tamarind", ()), clock=clock)


def form_with(page, button):
    """The form that has a button with these words."""
    return next(form for form in page.forms if button in " ".join(form.xpath(".//button/text()")))


def test_a_press_on_a_case_makes_a_training_copy(real, counter):
    counter.sign_in(JUNIPER)
    page = counter.fill(form_with(counter.get("/cases/CT-2026-0001"), FORM))
    assert counter.path == "/cases/TRAINING-2026-0001"
    said = counter.words(page)
    assert MARKED in said
    assert "It is now Monday 2 March 2026 here." in said
    assert "A training copy was made of CT-2026-0001" in said
    assert "Tansy" not in said


def test_every_page_of_a_training_case_is_marked_and_none_of_a_real_one(practised, real, counter):
    counter.sign_in(JUNIPER)
    for page in PAGES:
        assert MARKED in counter.words(counter.get(f"/cases/{practised.reference}{page}")), page
    for page in PAGES[:-1]:
        assert MARKED not in counter.words(counter.get(f"/cases/{real.case.reference}{page}")), page


def test_its_tasks_are_marked_too(practised, counter):
    task = next(task for task in tasks.of_case(practised.id) if task.role == "Community safety officer")
    counter.sign_in(JUNIPER)
    for page in ("", "/give"):
        assert MARKED in counter.words(counter.get(f"/tasks/{task.id}{page}")), page


def test_training_stands_in_lists_of_its_own(practised, counter):
    counter.sign_in(JUNIPER)
    assert counter.words(counter.get("/cases").find(".//h1")) == "1 open case"
    page = counter.get("/cases?status=training")
    assert counter.words(page.find(".//h1")) == "1 training case"
    assert page.xpath("//tbody//a/text()") == [practised.reference]
    for tab in ("mine", "team", "nobodys"):
        assert practised.reference not in counter.words(counter.get(f"/tasks?tab={tab}"))
    page = counter.get("/tasks?tab=training")
    assert practised.reference in counter.words(page)
    assert "Training cases have" in counter.words(page.find(".//h1"))


def test_who_has_no_training_task_is_not_shown_the_list(real, counter):
    counter.sign_in(JUNIPER)
    assert not counter.get("/tasks").xpath("//nav//a[contains(., 'Training')]")


def test_how_late_a_training_task_is_goes_by_its_own_clock(practised, counter):
    counter.sign_in(JUNIPER)
    page = counter.get(f"/cases/{practised.reference}")
    counter.fill(form_with(page, "By 1 week"), button="week")
    listed = counter.words(counter.get("/tasks?tab=training"))
    assert "Late by" in listed
    task = next(task for task in tasks.of_case(practised.id) if task.role == "Community safety officer")
    assert "Late by" in counter.words(counter.get(f"/tasks/{task.id}"))


def test_a_trainee_finishes_a_task_and_the_case_goes_on(practised, counter):
    task = next(task for task in tasks.of_case(practised.id) if task.key == "acknowledge_application")
    counter.sign_in(BASIL)
    page = counter.get("/tasks?tab=training")
    assert page.xpath(f"//a[@href='/tasks/{task.id}']")
    counter.post(f"/tasks/{task.id}/take", {})
    assert tasks.load(task.id).taken_at == practised.virtual_at


def test_the_clock_moves_and_the_page_says_what_happened(practised, real, counter):
    counter.sign_in(JUNIPER)
    page = counter.get(f"/cases/{practised.reference}")
    page = counter.fill(form_with(page, "To the next time limit"), button="limit")
    said = counter.words(page)
    assert "1 time limit came near: " in said
    assert "The clock of this training copy was moved" in said
    page = counter.fill(form_with(page, "Move it to this day"), {"day": "2026-03-27"})
    assert "passed: Acknowledge the application" in counter.words(page)
    assert "It is now Friday 27 March 2026 here." in counter.words(page)
    assert history.count_of(real.id, "timer_fired") == 0


def test_the_clock_does_not_go_back(practised, counter):
    counter.sign_in(JUNIPER)
    page = counter.get(f"/cases/{practised.reference}")
    page = counter.fill(form_with(page, "Move it to this day"), {"day": "2026-02-27"})
    assert "The clock only moves forward." in counter.words(page)


def test_a_trainee_has_the_tasks_of_others_done_with_invented_answers(practised, counter):
    counter.sign_in(JUNIPER)
    page = counter.get(f"/cases/{practised.reference}")
    others = [form for form in page.forms if "/pretend/" in form.action]
    assert others
    first = counter.words(others[0]).split(",")[0]
    page = counter.fill(others[0])
    assert f"‘{first}’ is done, with invented answers." in counter.words(page)
    line = next(line for line in history.of_case(practised.id) if line.says.get("invented"))
    assert line.by.startswith("Juniper Wick, for the ")
    counter.post(others[0].action, {})
    assert counter.status == 409


def test_nobody_pretends_in_a_real_case(real, counter):
    counter.sign_in(JUNIPER)
    assert "/pretend/" not in str(counter.get("/cases/CT-2026-0001").xpath("//form/@action"))
    task = tasks.of_case(real.id)[0]
    counter.post(f"/cases/CT-2026-0001/pretend/{task.id}", {})
    assert counter.status == 403
    assert tasks.load(task.id)


def test_a_new_training_case_is_begun_by_a_press(partnership, counter):
    counter.sign_in(JUNIPER)
    page = counter.fill(form_with(counter.get("/cases?status=training"), "Begin a new training case"))
    assert counter.path == "/cases/TRAINING-2026-0001"
    assert "Training: Clover Wetherby" in counter.words(page.find(".//h1"))


def test_a_letter_of_a_training_case_says_that_it_was_not_sent(practised, real, settings, clock, counter):
    real.id = practised.id
    real.do("acknowledge_application")
    worker.drain(settings, clock)
    counter.sign_in(JUNIPER)
    page = counter.get(f"/cases/{practised.reference}/letters")
    assert "Not sent: training" in counter.words(page)
    page = counter.get(page.xpath("//tbody//a/@href")[0])
    assert "never sent" in counter.words(page)
    assert MARKED in counter.words(page)


def test_a_training_case_is_deleted_after_a_question(practised, counter):
    counter.sign_in(JUNIPER)
    page = counter.get(f"/cases/{practised.reference}/delete")
    page = counter.fill(form_with(page, "Delete it"))
    assert "TRAINING-2026-0001 is deleted" in counter.words(page)
    counter.get(f"/cases/{practised.reference}")
    assert counter.status == 404


def test_a_real_case_is_never_moved_nor_deleted(real, counter):
    counter.sign_in(JUNIPER)
    page = counter.get("/cases/CT-2026-0001")
    assert "Move the clock" not in counter.words(page)
    counter.get("/cases/CT-2026-0001/delete")
    assert counter.status == 403
    for path in ("clock", "delete"):
        counter.post(f"/cases/CT-2026-0001/{path}", {"by": "day"})
        assert counter.status == 403, path
    assert cases.load(real.id).virtual_at is None


def test_an_agency_neither_copies_nor_moves_nor_deletes(practised, counter, rows):
    counter.sign_in(ROWAN)
    for path in (f"/cases/{practised.reference}/clock", f"/cases/{practised.reference}/delete", "/training"):
        counter.post(path, {"by": "day"})
        assert counter.status == 403, path
    counter.post("/cases/CT-2026-0001/training", {})
    assert counter.status == 403
    assert rows(f'select count(*) from "{Case.__tablename__}"') == [(2,)]


def test_its_page_costs_the_same_statements_as_that_of_its_case(practised, real, counter, statements):
    counter.sign_in(JUNIPER)
    counts = []
    for reference in (real.case.reference, practised.reference):
        with statements() as made:
            counter.get(f"/cases/{reference}")
        counts.append(len(made))
    assert counts[0] == counts[1]
