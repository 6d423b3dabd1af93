"""Applying on a small phone, with scripts and without: every page, its mistakes, coming back, and what follows."""

from datetime import timedelta

NEW_COVER = "https://www.bbc.co.uk/weather"
ANSWERS = (  # by page, in order; the reports and the files have pages of their own ways
    {"application.in_danger": "no"},
    {"application.applying_as": "victim"},
    {"victim.name": "Tansy Applegarth"},
    {"victim.address": "4 Lark Row\nLarkmere", "victim.tenure": "council"},
    {
        "contact.prefer": "email",
        "contact.email": "tansy@home.example",
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
    {"application.true_as_known": "true"},
)
NOTHING_IS_ASKED_FOR = {6, 13}  # pages whose questions may all be left out
REPORTS = 8


def report(number, on):
    row = f"reports.{number}"
    parts = {"day": on.day, "month": on.month, "year": on.year}
    days = {
        f"{row}.{name}-{part}": str(value) for name in ("happened_on", "reported_on") for part, value in parts.items()
    }
    return days | {f"{row}.what": "Banging at night.", f"{row}.reported_to": "council", f"{row}.response": "nothing"}


def test_an_application_fits_a_small_phone_from_the_first_mistake_to_following_it(phone, yesterday):
    for path in ("/", "/apply"):
        phone.open(path)
        phone.fits()
    phone.press("Start now")
    for number, answers in enumerate(ANSWERS, 1):
        assert f"part {number} of" in phone.page.locator(".app-step").inner_text()
        phone.fits()
        if number not in NOTHING_IS_ASKED_FOR:
            says_what_is_missing(phone)
        if number == REPORTS:
            tell_reports(phone, yesterday)
        if number == 10:
            come_back_later(phone)
        phone.answer(answers)
        phone.press("Continue")
    assert phone.heading == "Check your answers before you send them"
    phone.fits()
    phone.press("Send my application")
    follow(phone)


def says_what_is_missing(phone):
    """The page sent empty names its mistakes, above and beside the fields."""
    phone.press("Continue")
    assert phone.problems and phone.page.title().startswith("Error: ")
    assert phone.page.locator(".govuk-error-message").first.is_visible()
    phone.fits()


def tell_reports(phone, yesterday):
    for number in range(3):
        if number:
            phone.press("Add another report")
            phone.fits()
        phone.answer(report(number, yesterday - timedelta(days=number)))


def come_back_later(phone):
    """What was written waits behind the link, in another visit."""
    phone.answer({"application.impact": "I sit in the dark."})
    here = phone.page.url
    phone.press("Save and come back later")
    phone.fits()
    link = phone.page.locator("#link").input_value()
    phone.context.clear_cookies()
    phone.open(link)
    phone.open(here)
    assert phone.page.locator('[name="application.impact"]').input_value() == "I sit in the dark."


def follow(phone):
    """The reference and the link lead to the review, where one can say something."""
    assert phone.heading == "We have your application"
    phone.fits()
    reference = phone.page.locator(".app-card--done strong").inner_text()
    assert reference.startswith("CT-")
    phone.press("Open it now")
    phone.fits()
    phone.answer({"reference": reference})
    phone.page.locator("main form button").first.click()
    phone.page.wait_for_url("**/track/review")
    phone.fits()
    phone.press("Tell us it happened again")
    phone.fits()
    phone.answer({"about": "new_incident", "text": ""})
    phone.press("Send it")
    assert phone.problems
    phone.fits()
    phone.answer({"text": "Again last night, at two."})
    phone.press("Send it")
    assert "We have what you told us" in phone.page.locator("main").inner_text()
    phone.fits()


def test_no_public_page_is_wider_than_a_small_phone(phone):
    for path in ("/track", "/procedure", "/accessibility", "/privacy", "/languages", "/sign-in", "/nothing-here"):
        phone.open(path)
        phone.fits()


def test_no_page_of_an_officer_is_wider_than_a_small_phone(phone):
    phone.sign_in("juniper@larkmere.example")
    phone.fits()
    phone.begin("Lettice", "Interview the applicant")
    phone.fits()
    address = phone.see_case("Peony").url
    for tab in ("", "/timeline", "/answers", "/letters", "/drawing"):
        phone.open(address + tab)
        phone.fits()
    phone.open(f"{address}/letters").locator("main tbody a").first.click()
    phone.fits()


def test_no_page_of_an_agency_is_wider_than_a_small_phone(phone):
    phone.sign_in("rowan@police.larkmere.example")
    phone.fits()
    phone.begin("Peony", "Send what we know")
    phone.fits()


def test_the_red_button_leaves_at_once(phone):
    phone.context.route(NEW_COVER, lambda route: route.fulfill(body="weather"))
    phone.elsewhere.add(NEW_COVER)
    phone.open("/apply")
    phone.page.locator(".govuk-exit-this-page__button").click()
    phone.page.wait_for_url(NEW_COVER)
