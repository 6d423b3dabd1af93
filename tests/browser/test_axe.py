"""Every kind of page, looked at by axe-core: WCAG 2.2 AA and its best practices, with no finding of ours."""

import pytest

from tests.browser import applicant, axe


@pytest.fixture
def looked_at(person):
    """A way to look at the page that is open: what axe finds is an error."""

    def look():
        found = axe.findings(person.page)
        assert not found, "\n".join(found)

    return look


def test_axe_sees_what_is_wrong_with_a_page(person):
    person.open("/").locator("h1").evaluate("heading => heading.innerHTML = '<img src=\"data:,\">'")
    assert any("image-alt" in says for says in axe.findings(person.page))


def test_the_public_pages(person, looked_at):
    for path in ("/", "/apply", "/track", "/procedure", "/accessibility", "/privacy", "/languages", "/sign-in", "/no"):
        person.open(path)
        looked_at()


def test_an_application_with_its_mistakes_and_what_follows(person, looked_at, yesterday):
    applicant.begin(person)
    for number in applicant.pages(person, yesterday):
        looked_at()
        if number not in applicant.NOTHING_IS_ASKED_FOR:
            person.press("Continue")
            looked_at()
    looked_at()
    person.press("Save and come back later")
    looked_at()
    person.page.go_back()
    person.press("Send my application")
    looked_at()
    applicant.follow(person)
    looked_at()
    person.open("/track/say")
    looked_at()
    person.open("/track/review")
    person.press("Give me a link for the next time")
    looked_at()


def test_a_day_of_an_officer(person, looked_at):
    person.sign_in("juniper@larkmere.example")
    looked_at()
    for path in ("/tasks?tab=team", "/tasks?tab=team&q=nobody-is-called-this", "/cases"):
        person.open(path)
        looked_at()
    person.begin("Lettice", "Interview the applicant")
    task = person.page.url
    for number in range(1, 5):
        person.open(f"{task}/{number}")
        looked_at()
        person.page.locator('main button[value="continue"]').last.click()
        looked_at()
    for page in ("check", "give"):
        person.open(f"{task}/{page}")
        looked_at()
    person.open(f"{task}/check")
    person.press("Finish this task")
    looked_at()


def test_the_pages_of_a_case(person, looked_at):
    person.sign_in("basil@larkmere.example")
    address = person.see_case("Tansy").url
    for tab in ("", "/timeline", "/answers", "/letters", "/drawing"):
        person.open(address + tab)
        if tab == "/drawing":
            person.page.locator("[data-ready]").first.wait_for()
        looked_at()
    person.open(f"{address}/letters").locator("main tbody a").first.click()
    looked_at()
    person.open(address).locator("td[data-label=By] a").first.click()
    looked_at()


def test_the_pages_of_a_manager_about_days_and_agreed_times(person, looked_at):
    person.sign_in("marigold@larkmere.example")
    for path in ("/admin/timescales", "/admin/calendars"):
        person.open(path)
        looked_at()
    person.press("See what it would do")
    looked_at()
    for box, value in (("day-day", "24"), ("day-month", "12"), ("day-year", "2029"), ("name", "Offices closed")):
        person.page.locator(f"#{box}").fill(value)
    person.press("See what it would do")
    assert person.heading == "Offices closed"
    looked_at()


def test_faults(person, looked_at):
    person.open("/sign-in")
    person.press("Sign in")
    looked_at()
    person.sign_in("rowan@police.larkmere.example")
    person.open("/cases")
    assert person.heading == "You may not open this page"
    looked_at()


def test_a_task_and_a_case_on_a_phone(phone_with_scripts):
    phone_with_scripts.sign_in("juniper@larkmere.example")
    phone_with_scripts.begin("Lettice", "Interview the applicant")
    assert not axe.findings(phone_with_scripts.page)
    phone_with_scripts.see_case("Peony")
    assert not axe.findings(phone_with_scripts.page)
