"""On a small phone, with scripts and without: applying, its mistakes, coming back, following; and every other page."""

from tests.browser import applicant

NEW_COVER = "https://www.bbc.co.uk/weather"
IMPACT = 10  # the page on which they stop and come back later


def test_an_application_fits_a_small_phone_from_the_first_mistake_to_following_it(phone, yesterday):
    applicant.begin(phone)
    for number in applicant.pages(phone, yesterday):
        phone.fits()
        if number not in applicant.NOTHING_IS_ASKED_FOR:
            says_what_is_missing(phone)
        if number == IMPACT:
            come_back_later(phone)
    phone.fits()
    phone.press("Send my application")
    assert phone.heading == "We have your application"
    phone.fits()
    applicant.follow(phone)
    phone.fits()
    say_something(phone)


def says_what_is_missing(phone):
    """The page sent empty names its mistakes, above and beside the fields."""
    phone.press("Continue")
    assert phone.problems and phone.page.title().startswith("Error: ")
    assert phone.page.locator(".govuk-error-message").first.is_visible()
    phone.fits()


def come_back_later(phone):
    """What was written waits behind the link, in another visit."""
    phone.answer({"application.impact": "I sit in the dark."})
    here = phone.page.url
    phone.press("Save and come back later")
    phone.fits()
    link = phone.page.locator("#link").input_value()
    phone.context.clear_cookies()
    phone.open(link)
    phone.fits()
    phone.open(here)
    assert phone.page.locator('[name="application.impact"]').input_value() == "I sit in the dark."


def say_something(phone):
    phone.press("Write to us")
    phone.fits()
    phone.press("Send it")
    assert phone.problems
    phone.fits()
    phone.answer({"about": "information_received", "text": "They have moved out."})
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
