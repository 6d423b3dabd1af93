"""The pages for anybody: they open, keep the house's rules, and say what the live procedure promises."""

import pytest

PAGES = ("/", "/procedure", "/apply", "/track", "/accessibility", "/privacy", "/languages", "/track/" + "A" * 43)


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_opens_without_signing_in_and_keeps_every_rule(counter, address):
    counter.get(address)
    assert counter.status == 200


def words(counter, address):
    return counter.words(counter.get(address))


def test_the_promise_on_the_home_page_is_that_of_the_live_procedure(counter):
    said = words(counter, "/")
    assert "We talk to you in 3 working days" in said and "We all meet in 10. You can come." in said
    assert "We write to you in 12, with a plan" in said


def test_the_procedure_stands_there_as_a_table_in_words_and_as_a_drawing(counter):
    page = counter.get("/procedure")
    rows = [[counter.words(cell) for cell in row.xpath("td")] for row in page.xpath("//main//tbody/tr")]
    assert ["We decide if there will be a review", "5 working days from the day you ask"] in rows
    (step,) = page.xpath("//li[@id='review_case-agree_plan']")
    assert "The panel chair agrees the action plan" in counter.words(step)
    assert page.xpath("//h3[.='Ask one agency']/following::ol[1]/li"), "the pages that it calls stand there as well"
    assert page.xpath("//*[local-name()='svg'][@role='img']//*[local-name()='desc']")


def test_before_anything_is_published_the_home_page_opens_and_promises_no_day(app):
    response = app.test_client().get("/")
    assert response.status_code == 200 and "working" not in response.text.split("app-line")[1].split("</ol>")[0]


@pytest.mark.parametrize("address", ["/", "/apply", "/track", "/procedure", "/privacy"])
def test_public_pages_avoid_words_that_put_people_off(counter, address):
    said = f" {words(counter, address).lower()} "
    for word in ("please", "user", "perpetrator", "submit", "click"):
        assert f" {word}" not in said, word
