"""Somebody who applies: what they answer, page by page, and how they follow their review afterwards."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.browser.watching import Watched

ANSWERS = (  # by page, in order; the reports and the files have pages of their own ways
    {"application.in_danger": "no"},
    {"application.applying_as": "victim"},
    {"victim.name": "Ottoline Reed"},
    {"victim.address": "4 Lark Row\nLarkmere", "victim.tenure": "council"},
    {
        "contact.prefer": "email",
        "contact.email": "ottoline@home.example",
        "contact.email_safe": "yes",
        "contact.letters_safe": "no",
    },
    {"contact.formats": "large_print"},
    {"application.kinds": "noise", "application.where": "On the stairs", "application.ongoing": "yes"},
    {},
    {"application.people_known": "no"},
    {"application.impact": "I do not sleep."},
    {"application.outcome_wanted": "It should stop.", "application.taking_part": "attend"},
    {"application.victim_support": "yes"},
    {},
    {},
    {"application.heard_from": "leaflet"},
    {"application.true_as_known": "true"},
)
NOTHING_IS_ASKED_FOR = {6, 13, 14, 15}  # pages whose questions may all be left out
REPORTS = 8


def report(number: int, on: date) -> dict[str, str]:
    """A row of the reports, of something that happened on a day."""
    row = f"reports.{number}"
    parts = {"day": on.day, "month": on.month, "year": on.year}
    days = {
        f"{row}.{name}-{part}": str(value) for name in ("happened_on", "reported_on") for part, value in parts.items()
    }
    return days | {f"{row}.what": "Banging at night.", f"{row}.reported_to": "council", f"{row}.response": "nothing"}


def pages(person: Watched, yesterday: date) -> Iterator[int]:
    """The pages of an application one after another, each open and not yet answered; then the check."""
    for number, answers in enumerate(ANSWERS, 1):
        assert f"part {number} of" in person.page.locator(".app-step").inner_text()
        yield number
        if number == REPORTS:
            for row in range(3):
                if row:
                    person.press("Add another report")
                person.answer(report(row, yesterday - timedelta(days=row)))
        person.answer(answers)
        person.press("Continue")
    assert person.heading == "Check your answers before you send them"


def begin(person: Watched) -> None:
    """Begin an application, from the first page there is."""
    person.open("/")
    person.press("Ask for a review")
    person.press("Start now")


def follow(person: Watched) -> None:
    """From the confirmation to the review, by the link and the reference."""
    reference = person.page.locator(".app-card--done strong").inner_text()
    assert reference.startswith("CT-")
    person.press("Open it now")
    person.answer({"reference": reference})
    person.page.locator("main form button").first.click()
    person.page.wait_for_url("**/track/review")
