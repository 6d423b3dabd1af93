"""The law's numbers on screen: who sees them, the cases behind each, how far they are published, and as files."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from odfdo import Document

from app import worker
from app.law import statistics
from app.records import counting
from app.store.db import db
from app.store.rows.feedback import Feedback
from app.store.rows.yearly import Disposal, Publication
from tests.walks import stories, yearly

APRIL = datetime(2026, 4, 1, 8, tzinfo=UTC)
YEAR = "?from=2025-04-01&to=2026-03-31"
PAGES = ("", "/pledge", "/definitions", "/behind/applications", "/numbers.csv", "/cases.csv", "/numbers.ods")
GONE = [["applied", "2025-06-01", False], ["reviewed", "2025-07-01", True]]


def words(counter, page):
    return counter.words(page.find("body"))


def rows_of(counter, page):
    return [[counter.words(cell) for cell in row.xpath("./th|./td")] for row in page.xpath("//main//tbody/tr")]


def table(counter):
    """The rows of the CSV file that came."""
    return list(csv.reader(StringIO(counter.response.data.decode("utf-8-sig"))))


def publication(first, counted, local=()):
    numbers = {"definitions": "1", "counted": counted, "local": list(local)}
    numbers |= {"numbers": [{"what": "Applications for a review", "number": counted["applications"]}], "balance": []}
    last = date(first.year + 1, 3, 31)
    row = Publication(first_on=first, last_on=last, numbers=numbers, approved_by="Horatio Plume", published_at=APRIL)
    db.session.add(row)
    db.session.commit()


@pytest.fixture
def counted(walk, counter):
    """A review, a refusal, and one that was deleted; a manager looks."""
    stories.begin(walk, stories.THREE)
    stories.hold_review(walk)
    stories.begin(walk, stories.ONE)
    walk.do("decide_threshold", threshold={"decision": "not met"})
    db.session.add(Disposal(steps=GONE, deleted_at=APRIL))
    db.session.commit()
    counter.sign_in("marigold@larkmere.example")
    return counter


def test_who_answers_for_the_partnership_sees_the_numbers_and_nobody_else(counter):
    for who, may in (("marigold", True), ("basil", True), ("horatio", True), ("juniper", False)):
        page = counter.sign_in(f"{who}@larkmere.example")
        assert bool(page.xpath("//nav//a[@href='/returns']")) is may
        for address in PAGES:
            counter.get(f"/returns{address}{YEAR}")
            assert counter.status == (200 if may else 403), (who, address)


def test_each_number_leads_to_as_many_cases_as_it_counts_and_they_add_up(counted):
    page = counted.get("/returns" + YEAR)
    links = {link.get("href"): counted.words(link) for link in page.xpath("//main//a[contains(@href, '/behind/')]")}
    assert len(links) >= 8
    for address, says in links.items():
        listed = counted.get(address)
        assert len(rows_of(counted, listed)) == int(says.split()[0]), address
    one = counted.get(f"/returns/behind/with_recommendations{YEAR}")
    assert ["CT-2026-0001, Tansy Applegarth", "Monday 2 March 2026", "The outcome was sent"] in rows_of(counted, one)
    assert one.xpath("//main//a[@href='/cases/CT-2026-0001']")
    assert ["A case that is deleted", "Tuesday 1 July 2025", "The outcome was sent"] in rows_of(counted, one)
    assert "1 of the applications belongs to a case that is deleted by now" in words(counted, page)
    says = words(counted, counted.get("/returns" + YEAR))
    assert "0 waiting before + 3 applications + 0 reopened = 1 not met + 2 reviews + 0 withdrawn" in says
    assert "So the short sum holds: 3 applications = 1 not met + 2 reviews + 0 withdrawn + 0 waiting after" in says
    says = words(counted, counted.get("/returns?from=2026-03-02&to=2026-03-02"))
    assert "2 applications = 1 not met + 1 reviews" in says


@pytest.fixture
def deleted(manager):
    """All there ever was is a review that is deleted by now; a manager looks."""
    db.session.add(Disposal(steps=GONE, deleted_at=APRIL))
    db.session.commit()
    return manager


def test_numbers_that_do_not_add_up_are_said_to_be_wrong(deleted, monkeypatch):
    monkeypatch.setattr(statistics, "_waiting", lambda steps, period: [])
    monkeypatch.setattr(statistics, "EDITIONS", {"1": lambda matter: iter(matter.steps[:1])})
    says = words(deleted, deleted.get("/returns" + YEAR))
    assert "1 came in, and 0 are accounted for. This must never happen." in says


PERIODS = {
    "?from=1/4/2025&to=31+March+2026": "1 April 2025 to 31 March 2026",
    "": "1 April 2025 to 31 March 2026",  # the reporting period of today
    "?from=2025-04-01&to=2025-04-01": "1 April 2025 to 1 April 2025",
    "?from=x&to=2025-04-01": "Enter a day, such as 1/4/2026",
    "?from=2025-04-02&to=2025-04-01": "The last day must be the first day or later",
    "?from=0001-01-01&to=9999-12-31": "Enter a day, such as 1/4/2026",
    "?from=&to=2025-04-01": "Enter a day, such as 1/4/2026",
}


def test_a_period_is_two_days_as_people_write_them(manager):
    for query, says in PERIODS.items():
        for address in ("/returns", "/returns/pledge"):
            assert says in words(manager, manager.get(address + query)), query
            assert manager.status == (422 if "such as" in says or "must" in says else 200), query


def test_a_number_or_a_version_that_there_never_was_is_not_found(manager):
    for address in ("/behind/nothing", "/behind/local.x.y", "/behind/pledge.z", "/numbers.csv?version=9", "?version=9"):
        manager.get("/returns" + address)
        assert manager.status == 404, address


def test_how_far_a_period_is_on_its_way_to_the_public_page(counted, settings, clock):
    assert "These are the numbers so far" in words(counted, counted.get("/returns" + YEAR))
    clock.set(APRIL)
    worker.drain(settings, clock)
    case = yearly.walking("annual_publication", settings, clock)
    counted.sign_in("marigold@larkmere.example")
    page = counted.get("/returns" + YEAR)
    assert "It waits for: Check the numbers (Coordinator)" in words(counted, page)
    assert page.xpath(f"//main//a[@href='/cases/{case.case.reference}']")
    case.do("check_numbers", returns={"right": "yes"})
    assert "Approve the numbers (Senior officer)" in words(counted, counted.get("/returns" + YEAR))
    case.do("approve_publication", returns={"approved": "yes"})
    worker.drain(settings, clock)
    says = words(counted, counted.get("/returns" + YEAR))
    assert "Approved by Horatio Plume and published on Wednesday 1 April 2026, counted by version 1" in says
    assert "Counted again today, they are the same" in says
    says = words(counted, counted.get("/returns?from=2025-04-01&to=2025-12-31"))
    assert "Only whole reporting periods are published" in says
    public = counted.get("/statistics")
    assert "Counted by version 1 of what the numbers mean" in words(counted, public)


def test_a_count_that_is_another_by_now_is_shown_beside_and_changes_nothing(deleted):
    period = statistics.Period(date(2025, 4, 1), date(2026, 3, 31))
    now = {name: len(those) for name, those in counting.behind(period).items()}
    publication(period.first, now | {"not_met": 4})
    page = deleted.get("/returns" + YEAR)
    assert ["Times the threshold was decided not to be met", "4", "0"] in rows_of(deleted, page)
    assert "What was published stays as it is" in words(deleted, page)
    deleted.sign_out()
    deleted.get("/statistics.csv")
    assert table(deleted)[1] == [
        "2025-04-01",
        "2026-03-31",
        "2026-04-01",
        "1",
        "The four numbers of the law",
        "Applications for a review",
        "1",
    ]


def test_what_people_said_afterwards_is_counted_by_whole_months(deleted):
    for month, listened in (("2025-03", "no"), ("2025-04", "yes"), ("2026-03", "partly")):
        said = {"feedback": {"listened": listened, "text": "No words are counted."}}
        row = Feedback(id=uuid4(), form="victim_feedback", month=month, process_id="asb_case_review", answers=said)
        db.session.add(row)
    db.session.commit()
    rows = rows_of(deleted, deleted.get("/returns" + YEAR))
    assert [row for row in rows if row[0] in ("Yes", "Partly", "No")] == [["Yes", "1"], ["Partly", "1"], ["No", "0"]]


def test_staff_take_numbers_without_names_with_them_and_check_themselves(counted):
    check_the_pledge(counted)
    counted.get("/returns/numbers.csv" + YEAR)
    rows = table(counted)
    assert ["Applications for a review", "3"] in [row[-2:] for row in rows]
    assert counted.response.headers["Content-Disposition"].endswith('"reviews-2025-04-01-to-2026-03-31.csv"')
    counted.get("/returns/cases.csv" + YEAR)
    listed = table(counted)
    assert ["Reviews carried out", "Deleted", "2025-07-01", "The outcome was sent"] in listed
    assert "Tansy" not in counted.response.text
    counted.get("/returns/numbers.ods" + YEAR)
    sheets = Document(BytesIO(counted.response.data)).body.tables
    assert [sheet.name for sheet in sheets] == ["Numbers", "Cases", "Definitions"]
    found = [[str(cell) for cell in row] for row in sheets[0].get_values()]
    assert found == rows
    assert [row[-1] for row in sheets[0].get_values()][1] == 3, "numbers stay numbers"
    assert sheets[1].get_values() == listed


def check_the_pledge(counted):
    page = counted.get("/returns/pledge" + YEAR)
    assert [counted.words(h)[0] for h in page.xpath("//main//h3")] == list("PLEDGE")
    says = words(counted, page)
    assert "100 per cent: 2 of 2" in says and "20 per cent: 1 of 5" in says
    assert "Nothing to measure" in says
    for link in page.xpath("//main//a[contains(@href, '/behind/pledge.')]"):
        number = int(counted.words(link).split()[0])
        assert len(rows_of(counted, counted.get(link.get("href")))) == number


def test_what_a_number_means_stands_with_its_source(manager):
    page = manager.get("/returns/definitions")
    assert "Version 1, since this system counts: in use" in words(manager, page)
    assert "Section 104(9)(b)" in words(manager, page)


def test_everybody_sees_the_years_as_a_picture_with_its_table_and_small_numbers_hidden(counter):
    local = [
        {"what": f"Appeals decided: {part}", "number": n, "group": "Appeals decided", "part": part}
        for part, n in (("right", 2), ("not right", 9), ("other", 0))
    ]
    publication(date(2024, 4, 1), {"applications": 44, "not_met": 19, "reviews": 24, "with_recommendations": 24})
    publication(date(2025, 4, 1), {"applications": 3, "not_met": 1, "reviews": 1, "with_recommendations": 0}, local)
    page = counter.get("/statistics")
    assert len(page.xpath("//main//svg[@role='img']")) == 4
    title = page.xpath("string(//main//svg/*[local-name()='title'])")
    assert title == "Applications for a review. 2024–25: 44; 2025–26: 3"
    rows = rows_of(counter, page)
    assert ["1 April 2024 to 31 March 2025", "44", "19", "24", "24"] in rows
    assert ["right", "Not told"] in rows and ["not right", "Not told"] in rows and ["other", "0"] in rows
    counter.get("/statistics.csv")
    told = table(counter)
    assert ["Appeals decided", "right", "Not told"] in [row[4:] for row in told]
    counter.get("/statistics.ods")
    sheets = Document(BytesIO(counter.response.data)).body.tables
    assert [[str(cell) for cell in row] for row in sheets[0].get_values()] == told
    assert "2" not in [row[-1] for row in told]
