"""Leaving at once: every page that a victim may have open can be left by one press, with or without a script."""

import re

import pytest

from app import worker
from app.store import history
from tests.walks import stories
from tests.web.test_track_review import follow, to_the_end, to_the_letter, to_the_plan
from tests.web.visitor import Visitor, applied, apply, at_page

SAFE = "https://www.bbc.co.uk/weather"


def can_be_left(visitor):
    """A plain link, so that it works without a script; for keys, and out of the history, where there is one."""
    (button,) = visitor.page.xpath("//a[contains(@class, 'govuk-js-exit-this-page-button')]")
    (first,) = visitor.page.xpath("//a[contains(@class, 'govuk-js-exit-this-page-skiplink')]")
    said = {(link.get("href"), link.get("rel")) for link in (button, first)}
    is_a_component = visitor.page.xpath("//*[@data-module='govuk-exit-this-page']")
    return said == {(SAFE, "nofollow noreferrer")} and is_a_component and visitor.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("number", range(1, 19))
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_each_page_of_the_application_can_be_left(partnership, number):
    assert can_be_left(at_page(Visitor(partnership), number))


def test_what_stands_around_the_application_can_be_left(partnership):
    visitor = apply(Visitor(partnership))
    base = visitor.at.rsplit("/", 1)[0]
    assert can_be_left(visitor), "the check"
    for page in ("/apply", "/languages", f"{base}/danger", f"{base}/later"):
        assert can_be_left(visitor.open(page)), page
    assert can_be_left(visitor.open(f"{base}/check").press("Send my application"))
    assert can_be_left(visitor.open(f"{base}/about-you"))
    assert can_be_left(visitor.open("/apply/nothing")), "where nothing is found"


def test_each_page_of_somebody_who_follows_their_case_can_be_left(partnership, walk, settings, clock):
    walk.apply(**stories.TANSY)
    to_the_plan(walk)
    worker.drain(settings, clock)
    visitor = Visitor(partnership)
    for page in ("/track", "/track/" + "A" * 43):
        assert can_be_left(visitor.open(page)), page
    assert can_be_left(visitor.open("/track/" + "A" * 43).press("Open my case", reference="CT-2026-0001"))
    visitor = follow(partnership, walk.case, clock)
    assert can_be_left(visitor)
    letter = history.messages(walk.id, "victim")[0]
    told = ("new_incident/1", "new_incident/2", "new_incident/3", "new_incident/danger", "new_incident/check")
    for page in (f"letters/{letter.id}", "say", "tell/withdrawn/1", *(f"tell/{one}" for one in told)):
        assert can_be_left(visitor.open(f"/track/{page}")), page
    visitor.open("/track/review")
    assert can_be_left(visitor.open(visitor.link("Answer now"))), "a task of theirs"
    assert can_be_left(visitor.open("/track/review").press("Give me a link")), "the link for the next time"


def test_an_appeal_and_the_feedback_can_be_left(partnership, walk, settings, clock):
    walk.apply(**stories.TANSY)
    to_the_letter(walk)
    visitor = follow(partnership, walk.case, clock)
    assert can_be_left(visitor.open("/track/appeal"))
    to_the_end(walk)
    worker.drain(settings, clock)
    (letter,) = [m for m in history.messages(walk.id, "victim") if m.letter == "closure"]
    visitor.open(re.search(r'href="[^"]*(/feedback/[\w-]{43})"', letter.html)[1])
    assert can_be_left(visitor)
    assert can_be_left(visitor.press("Send it", fields={"feedback.easy": "5"}))
    assert visitor.client.application and can_be_left(applied(partnership))
