"""The pages about bank holidays and closures: what comes, proposing a day, looking, applying; and who may."""

import pytest

from app.editor import calendars
from app.store import calendars as editions
from app.store import cases, history
from tests.walks import tiny

MANAGER = "marigold@larkmere.example"
CLOSED = {"day-day": "4", "day-month": "3", "day-year": "2026", "name": "Offices closed"}
REASON = {"reason": "The board decided it."}


pytestmark = pytest.mark.usefixtures("agreed_times")


def form_to(page, address):
    return next(form for form in page.forms if form.action == address)


def proposed(counter, **answers):
    page = counter.get("/admin/calendars")
    return counter.fill(form_to(page, "/admin/calendars"), CLOSED | answers)


def test_the_page_shows_what_comes_and_where_it_counts_and_who_says_so(manager):
    rows = [manager.words(row) for row in manager.get("/admin/calendars").xpath("//tbody/tr")]
    assert any(
        row.startswith("Tuesday 17 March 2026 ") and "Northern Ireland The package holidays" in row for row in rows
    )
    assert any("Friday 25 December 2026 Christmas Day England and Wales, Scotland" in row for row in rows)
    assert len(rows) > 10


def test_a_proposed_day_shows_which_cases_would_move_before_anything_does(manager, clock):
    case = tiny.begin("panelled", clock)
    page = proposed(manager)
    said = manager.words(page.find(".//main"))
    assert "Wednesday 4 March 2026, Offices closed (this partnership)" in said
    assert "1 open case: 1 limit would end later." in said
    assert f"{case.reference} Tansy Applegarth interview, from Thursday 5 March to Friday 6 March" in said
    assert editions.in_force() is None


def test_applying_takes_a_reason_and_moves_the_cases(manager, clock):
    case = tiny.begin("panelled", clock)
    page = proposed(manager)
    address = manager.path
    page = manager.fill(form_to(page, address), {"reason": " "})
    assert manager.status == 422
    assert "Enter the reason" in manager.words(page.find(".//main"))
    page = manager.fill(form_to(page, address), REASON)
    assert "1 open case moved." in manager.words(page)
    assert "In force" in manager.words(page.xpath("//ul[@class='app-work']")[0])
    assert "Offices closed this partnership Added by Marigold Swift on Monday 2 March 2026" in manager.words(page)
    changed = next(event for event in history.of_case(case.id) if event.kind == "calendar_changed")
    assert (changed.by, changed.person_id is not None) == ("Marigold Swift", True)
    assert changed.says["reason"] == "The board decided it."
    page = manager.get(address)
    assert "Every open case is counted in it." in manager.words(page)
    assert not [form for form in page.forms if form.action == address]


def test_the_timeline_of_a_moved_case_says_why(manager, clock):
    case = tiny.begin("panelled", clock)
    page = proposed(manager)
    manager.fill(form_to(page, manager.path), REASON)
    said = manager.words(manager.get(f"/cases/{case.reference}/timeline"))
    assert "The working days of this case are counted anew" in said and "The board decided it." in said
    assert "It was Thursday 5 March. It is now Friday 6 March." in said


@pytest.mark.parametrize(
    "answers, says",
    [
        ({"day-day": "31", "day-month": "2"}, "Enter a day, such as 24 12 2027"),
        ({"day-year": ""}, "Enter a day, such as 24 12 2027"),
        ({"name": " "}, "Enter what the day is called"),
        ({"day-day": "25", "day-month": "12"}, "this one is not counted already"),
    ],
)
def test_what_cannot_be_proposed_is_said_and_kept_in_the_form(manager, answers, says):
    page = proposed(manager, **answers)
    assert manager.status == 422
    assert says in manager.words(page.find(".//main"))
    assert form_to(page, "/admin/calendars").fields["day-month"] == answers.get("day-month", "3")
    assert editions.editions() == []


def test_an_unknown_edition_is_not_found(manager):
    for key in ("nonesuch", "package", "%00", "a b"):
        manager.get(f"/admin/calendars/{key}")
        assert manager.status == 404, key


def test_the_pages_are_for_managers_and_administrators(counter, clock, partnership):
    key = calendars.add(clock().date(), "Offices closed", "local", by="tests", note="", clock=clock).key
    for email in ("basil@larkmere.example", "rowan@police.larkmere.example"):
        counter.sign_in(email)
        for address in ("/admin/calendars", f"/admin/calendars/{key}"):
            counter.get(address)
            assert counter.status == 403
    counter.sign_in(MANAGER)
    assert counter.get("/tasks").xpath("//nav//a[@href='/admin/calendars'][.='Calendars']")


def test_a_preview_costs_the_same_statements_however_many_cases_there_are(manager, clock, statements):
    for _ in range(2):
        tiny.begin("panelled", clock)
    proposed(manager)
    address = manager.path
    with statements() as few:
        manager.get(address)
    for _ in range(8):
        tiny.begin("panelled", clock)
    with statements() as many:
        manager.get(address)
    assert (len(few), len(cases.open_cases())) == (len(many), 10)
