"""A procedure that is no review: begun on a page, followed on a page, and shown to staff; made of a drawing and forms."""

import re

import pytest

from app.store import cases
from tests.web.damp import publish
from tests.web.studio import form_to, said

HOUSING = "juniper@larkmere.example"


@pytest.fixture
def damp_answered(partnership, clock):
    publish(clock)


def report(person):
    page = person.get("/ask/answer_damp")
    page = person.fill(form_to(page, "/ask/answer_damp"))
    page = person.fill(page.forms[-1], {"applicant.name": "Sorrel Tenant", "damp.where": "Bathroom"}, button="continue")
    return person.fill(form_to(page, "/send"))


def test_somebody_asks_follows_and_answers_what_they_are_asked(counter, another, damp_answered):
    page = counter.get("/")
    assert "Report damp or mould" in said(counter, page)
    page = report(counter)
    assert "We have what you sent us" in said(counter, page) and "We look at your home Happening now" in said(
        counter, page
    )
    reference = re.search(r"DM-\d{4}-\d{4}", said(counter, page))[0]
    link = page.xpath("//a[contains(@href, '/track/')]/@href")[0]
    page = counter.get(link[link.index("/track/") :])
    page = counter.fill(page.forms[-1], {"reference": reference})
    words = said(counter, page)
    assert "Report damp or mould, " + reference in words and "We make it safe" in words
    assert "stop my" not in words and "appeal" not in words and "happened again" not in words
    another.sign_in(HOUSING)
    finish(another, "Look at the home")
    page = counter.get("/track/review")
    assert "We look at your home Done" in said(counter, page)
    link = next(one.get("href") for one in page.iter("a") if "Answer now" in one.text_content())
    page = counter.get(link)
    counter.fill(form_to(page, "/send"))
    finish(another, "Mend it")
    page = counter.get("/track/review")
    assert page.findtext(".//h1") == "Your case is closed"
    assert cases.by_reference(reference).status == "closed"


def finish(person, task):
    page = person.get("/tasks?tab=team")
    page = person.get(next(one.get("href") for one in page.iter("a") if task in one.text_content()))
    page = person.fill(next(form for form in page.forms if "damp.words" in form.fields), {"damp.words": "Seen to"})
    assert person.words(page.find(".//h1")).startswith("Done: ")


def test_what_only_our_staff_may_begin_asks_strangers_to_sign_in(counter, another, partnership, clock):
    publish(clock, "staff")
    assert "damp" not in said(counter, counter.get("/"))
    page = counter.get("/ask/answer_damp")
    assert counter.path.startswith("/sign-in")
    another.sign_in(HOUSING)
    page = report(another)
    assert "Your reference is DM-" in said(another, page)


def test_a_procedure_that_begins_by_itself_cannot_be_asked_for(counter, partnership):
    counter.get("/ask/retention")
    assert counter.status == 404
    counter.get("/ask/hold_panel")
    assert counter.status == 404
    counter.get("/ask/asb_case_review")
    assert counter.path == "/apply"


def test_cases_of_another_procedure_have_a_list_of_their_own(counter, another, damp_answered):
    report(counter)
    another.sign_in("basil@larkmere.example")
    assert "Sorrel Tenant" not in said(another, another.get("/cases"))
    page = another.get("/cases?procedure=answer_damp")
    assert "Sorrel Tenant" in said(another, page)
    assert "Sorrel Tenant" in said(another, another.get("/cases?procedure=any"))
    page = another.get(next(one for one in page.xpath("//main//tbody//a/@href")))
    words = said(another, page)
    assert "Damp reported" in words and "WhoSorrel Tenant" in words and "damp.whereBathroom" in words
    assert "Risk" not in words
    page = another.get(another.path + "/answers")
    assert "What they told us" in said(another, page) and "Bathroom" in said(another, page)
