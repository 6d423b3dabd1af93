"""The pages of the yearly work: numbers for everybody, keeping records, and lists without confusion."""

from datetime import UTC, datetime

import pytest

from app import worker
from app.intake import reports
from app.store import cases, tasks
from app.store.db import db
from app.store.rows.yearly import Publication
from tests.walks import stories, yearly

APRIL = datetime(2026, 4, 1, 8, tzinfo=UTC)
BASIL, HORATIO = "basil@larkmere.example", "horatio@larkmere.example"


def words(counter, page):
    return counter.words(page.find("body"))


def rows_of(counter, page):
    """Every row of every table on a page, its cells in one line."""
    return {" ".join(counter.words(cell) for cell in row.xpath("./th|./td")) for row in page.xpath("//tbody/tr")}


def test_before_anything_is_published_the_page_says_so(counter):
    page = counter.get("/statistics")
    assert "Nothing is published yet" in words(counter, page)


def test_published_numbers_say_who_approved_them_and_hide_small_ones(counter, clock):
    numbers = {
        "numbers": [{"what": "Applications for a review", "number": 3}],
        "balance": [{"what": "Applications", "number": 3}],
        "local": [{"what": "Appeals decided", "number": 2}, {"what": "Panels held in time", "number": 7}],
    }
    first, last = datetime(2025, 4, 1).date(), datetime(2026, 3, 31).date()
    row = Publication(first_on=first, last_on=last, numbers=numbers, approved_by="Horatio Plume", published_at=APRIL)
    db.session.add(row)
    db.session.commit()
    page = counter.get("/statistics")
    assert "Approved by Horatio Plume and published on Wednesday 1 April 2026" in words(counter, page)
    assert rows_of(counter, page) == {
        "Applications for a review 3",
        "Applications 3",
        "Appeals decided Fewer than 5",
        "Panels held in time 7",
    }


def test_a_list_of_cases_shows_reviews_unless_others_are_asked_for(counter, walk, clock):
    walk.apply(**stories.TANSY)
    line = b"reporter,name,email,reported_on,happened_on,body,reference\nF1,Fern Hollow,,2026-02-01,,council,A1\n"
    reports.bring_in(line, clock=clock)
    counter.sign_in(BASIL)
    said = words(counter, counter.get("/cases"))
    assert "CT-2026-0001" in said
    assert "SR-2026-0001" not in said
    said = words(counter, counter.get("/cases?procedure=second_report_notice"))
    assert "SR-2026-0001" in said
    assert "CT-2026-0001" not in said


@pytest.mark.parametrize("tab", ["", "/timeline", "/answers", "/letters", "/drawing"])
def test_the_case_of_a_year_can_be_looked_at(counter, walk, settings, clock, tab):
    walk.apply(**stories.TANSY)
    clock.set(APRIL)
    worker.drain(settings, clock)
    reference = yearly.opened("annual_publication")[0].reference
    counter.sign_in(BASIL)
    page = counter.get(f"/cases/{reference}{tab}")
    assert counter.status == 200
    assert "Risk" not in words(counter, page) if not tab else True


def test_the_numbers_stand_in_the_task_that_checks_them(counter, walk, settings, clock):
    walk.apply(**stories.TANSY)
    clock.set(APRIL)
    worker.drain(settings, clock)
    task = yearly.walking("annual_publication", settings, clock)
    counter.sign_in(BASIL)
    (found,) = tasks.of_case(task.id)
    page = counter.get(f"/tasks/{found.id}")
    assert "1 April 2025 to 31 March 2026" in words(counter, page)
    assert "Applications for a review 1" in rows_of(counter, page)
    assert task.open() == ["check_numbers"]


def test_records_are_kept_for_a_reason_and_let_go_again(counter, walk):
    case = walk.apply(**stories.TANSY)
    counter.sign_in(BASIL)
    page = counter.get(f"/cases/{case.reference}")
    assert page.xpath(f"//a[@href='/cases/{case.reference}/hold-records']")
    page = counter.get(f"/cases/{case.reference}/hold-records")
    form = next(form for form in page.forms if form.get("action").endswith("hold-records"))
    page = counter.fill(form, {"reason": ""})
    assert counter.status == 422
    assert "Select who needs it" in words(counter, page)
    form = next(form for form in page.forms if form.get("action").endswith("hold-records"))
    answers = {"why": "ombudsman", "reason": "Complaint 12/7", "day-day": "1", "day-month": "5", "day-year": "2027"}
    page = counter.fill(form, answers)
    assert "An ombudsman: Complaint 12/7" in words(counter, page)
    assert cases.by_reference(case.reference).kept_until.isoformat() == "2027-05-01"
    page = counter.get(f"/cases/{case.reference}/hold-records")
    form = next(form for form in page.forms if form.get("action").endswith("/end"))
    assert not counter.fill(form).xpath("//p[contains(@class, 'inset')]")
    assert cases.by_reference(case.reference).kept_because == ""


def test_a_day_that_is_none_is_refused_in_words(counter, walk):
    case = walk.apply(**stories.TANSY)
    counter.sign_in(BASIL)
    data = {"why": "court", "reason": "A claim", "day-day": "31", "day-month": "2", "day-year": "2027"}
    page = counter.post(f"/cases/{case.reference}/hold-records", data)
    assert counter.status == 422
    assert "Enter a day, such as 24 12 2027, or none" in words(counter, page)


def test_who_may_not_keep_records_sees_no_way_there(counter, walk):
    case = walk.apply(**stories.TANSY)
    counter.sign_in(HORATIO)
    page = counter.get(f"/cases/{case.reference}")
    assert not page.xpath("//a[contains(@href, 'hold-records')]")
    counter.get(f"/cases/{case.reference}/hold-records")
    assert counter.status == 403
