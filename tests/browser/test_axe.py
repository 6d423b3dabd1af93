"""Every kind of page, looked at by axe-core: WCAG 2.2 AA and its best practices, with no finding of ours."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from app import clock
from app.config import Settings
from app.factory import create_app
from app.notify import feedback_links
from app.store import cases
from app.store.transactions import transaction
from tests.browser import applicant, axe, filling
from tests.browser.serving import watched
from tests.web import damp

SEEN = set()  # the endpoints of ours that were looked at in this file
CAMUNDA = Path(__file__).parents[1] / "drawings" / "camunda" / "seven" / "hall_booking.bpmn"
RETURNS = (
    "/returns",
    "/returns?from=x&to=y",
    "/returns/pledge",
    "/returns/definitions",
    "/returns/behind/applications",
)
REVIEW = "/status/processes/asb_case_review"
NUMBERS = (
    "/status/processes",
    f"{REVIEW}?show=late&with=year",
    f"{REVIEW}/steps/asb_case_review/acknowledge_application",
    "/status/forecast",
)
ELSEWHERE = {"following.appeal_page", "following.appeal_check"}  # looked at in test_whole_procedure
NO_PAGES = {
    *("files.built", "metrics.metrics", "cases.drawing_file", "cases.drawing_state", "limit_working.record"),
    *("returns.numbers_csv", "returns.cases_csv", "returns.numbers_ods", "statistics.as_csv", "statistics.as_ods"),
    *("letters.calendar", "papers.calendar", "following.letter_calendar"),
    *("studio.packed", "studio_drafts.packed", "studio_files.content", "studio_files.listed"),
    "studio_designing.listed",
    *("exports.file", "api.described", "api.listed", "api.case", "absences.mine"),
    *("applying.resumed", "following.appeal", "following.task", "telling.begin"),  # they lead on to a page
}


@pytest.fixture(scope="module")
def addresses():
    """Where each address of ours leads to."""
    app = create_app(Settings(database_url="sqlite://", secret_key="only to know the addresses, no more"))
    return app.url_map


@pytest.fixture
def looked_at(person, addresses):
    """A way to look at the page that is open: what axe finds is an error."""

    def look(without=""):
        SEEN.add(endpoint(addresses, person.page.url))
        found = axe.findings(person.page, without)
        assert not found, "\n".join(found)

    return look


def endpoint(addresses, url):
    try:
        return addresses.bind("here").match(urlsplit(url).path, method="GET")[0]
    except HTTPException:  # a page of errors, or one that a form was sent to
        return ""


def through(person, looked_at, most=12):
    """Answer page after page of what is asked, and look at each, up to the one at which it is read once more."""
    for _ in range(most):
        looked_at()
        if person.page.url.endswith(("/check", "/danger")):
            return
        filling.page(person, {})
        person.page.locator('main button[value="continue"]').last.click()
        person.page.wait_for_load_state()
        assert not person.problems


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
    for path in ("/admin/timescales", "/admin/calendars", *RETURNS, *NUMBERS):
        person.open(path)
        looked_at()
    person.open("/admin/calendars")
    person.press("See what it would do")
    looked_at()
    for box, value in (("day-day", "24"), ("day-month", "12"), ("day-year", "2029"), ("name", "Offices closed")):
        person.page.locator(f"#{box}").fill(value)
    person.press("See what it would do")
    assert person.heading == "Offices closed"
    looked_at()


def test_the_pages_about_people(person, looked_at):
    person.sign_in("juniper@larkmere.example")
    person.open("/tasks?tab=nobodys")
    person.page.locator(".app-work h3 a").first.click()
    person.press("Take it, so that others know")
    person.press("Sign out", within=person.page.locator("header"))
    person.sign_in("marigold@larkmere.example")
    person.open("/status/people")
    looked_at()
    person.page.locator("main table a[href*='/nobody']").first.click()
    looked_at()
    person.open("/status/people").get_by_role("link", name="Juniper Wick", exact=True).click()
    looked_at()
    juniper = person.page.url
    person.page.locator("#all").check()
    person.press("See what can go")
    looked_at()
    for page in ("finished", "handover", "away"):
        person.open(f"{juniper}/{page}")
        looked_at()
    person.press("Note this absence")
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


def test_what_is_asked_once_an_application_is_sent(person, looked_at, yesterday):
    applicant.begin(person)
    start = person.page.url
    person.answer({"application.in_danger": "yes"})
    person.press("Continue")
    assert person.page.url.endswith("/danger")
    looked_at()
    person.open(start)
    for _ in applicant.pages(person, yesterday):
        pass
    person.press("Send my application")
    sent = person.page.url
    person.open(sent.replace("/sent", "/about-you"))
    looked_at()
    link = person.open(sent).get_by_role("link", name="Open it now").get_attribute("href")
    person.open(link)
    looked_at()
    person.open(sent)
    applicant.follow(person)
    for about in ("withdrawn", "taking_part", "new_incident"):
        person.open(f"/track/tell/{about}")
        through(person, looked_at)
    assert person.page.url.endswith("/danger")  # the first answer says that somebody is


def test_somebody_who_has_lost_their_link(browser, address, person, looked_at):
    person.sign_in("basil@larkmere.example")
    case = person.see_case("Tansy").url
    reference = case.rsplit("/", 1)[1]
    with watched(browser, address) as tansy:
        tansy.open("/track")
        tansy.answer({"reference": reference, "email": "tansy@larkmere.example"})
        tansy.page.locator("main form button").first.click()
    person.open(f"{case}/letters")
    person.wait_for("Your new link")
    person.page.locator("main tbody a", has_text="Your new link").first.click()
    link = person.page.locator("a[href*='/track/']").first.get_attribute("href")
    person.press("Sign out", within=person.page.locator("header"))
    person.open(link)
    looked_at()
    person.answer({"reference": reference})
    person.page.locator("main form button").first.click()
    person.page.locator("main a[href*='/track/letters/']").first.click()
    looked_at()
    person.page.go_back()
    person.press("Answer now")
    through(person, looked_at)


def test_an_agency_that_answers_by_a_link(person, looked_at):
    person.sign_in("basil@larkmere.example")
    person.see_case("Peony", "/letters")
    person.page.locator("main tbody a", has_text="send us what you know").first.click()
    link = person.page.locator("a[href*='/answer/']").first.get_attribute("href")
    person.press("Sign out", within=person.page.locator("header"))
    person.open(link)
    looked_at()


def test_what_an_officer_may_do_beside_the_tasks(person, looked_at):
    person.sign_in("juniper@larkmere.example")
    person.begin("Lettice", "Interview the applicant")
    looked_at()
    person.open(f"{person.page.url}/alarm")
    looked_at()
    person.page.locator("main form button").last.click()
    looked_at()
    person.press("Sign out", within=person.page.locator("header"))
    person.sign_in("fern@support.example")
    person.see_case("Lettice", "/for-victim")
    looked_at()
    filling.task(person, "Barnaby", "Offer support to the victim")
    looked_at()


def test_the_papers_of_a_panel_and_a_limit_that_is_changed(person, looked_at):
    person.sign_in("clementine@larkmere.example")
    person.see_case("Tansy", "/papers")
    looked_at()
    person.press("Sign out", within=person.page.locator("header"))
    person.sign_in("marigold@larkmere.example")
    address = person.see_case("Lettice").url
    person.open(f"{address}/hold-records")
    looked_at()
    person.press("Keep this case")
    looked_at()
    person.press("Sign out", within=person.page.locator("header"))
    person.sign_in("horatio@larkmere.example")
    person.open(address).locator("main a[href$='/change']").first.click()
    looked_at()
    person.open(address)
    person.press("Make a training copy")
    looked_at()
    person.open(f"{person.page.url}/delete")
    looked_at()


def test_the_pages_of_those_who_look_after_it(person, looked_at):
    person.open("/statistics")
    looked_at()
    person.sign_in("marigold@larkmere.example")
    for path in ("/status/agencies", "/admin/silence", "/admin/health", "/incidents"):
        person.open(path)
        looked_at()
    for path in ("/status", "/status?columns=step", "/status?risk=high&state=stopped", "/status/views/new?risk=high"):
        person.open(path)
        looked_at()
    person.press("Save this view")
    looked_at()
    person.answer({"name": "High risk first"})
    person.press("Save this view")
    person.press("Change saved views")
    looked_at()


def test_what_leaves_the_house(person, looked_at):
    person.sign_in("marigold@larkmere.example")
    for path in ("/status/exports", "/api", "/emails", "/admin/tokens", "/admin/webhooks"):
        person.open(path)
        looked_at()
    person.press("Tell this program")
    looked_at()
    person.answer({"url": "https://hooks.invalid/case-review"})
    person.page.locator("#kinds").check()
    person.press("Tell this program")
    looked_at()
    person.page.get_by_role("link", name="Go to this webhook").click()
    person.press("Send a test")
    looked_at()
    person.open("/admin/tokens")
    person.answer({"name": "Power BI of the council"})
    person.page.locator("#scopes").check()
    person.press("Make the token")
    looked_at()


def test_a_case_that_is_stopped_and_how_it_was(person, looked_at, inside):
    with transaction():
        found, _ = cases.listed("Cosmo", "", 0, 1)
        cases.stop(found[0], "decide_threshold", "It was stopped so that the page can be looked at.", clock.now())
        link = feedback_links.make(found[0], inside.config["SETTINGS"], clock.now())
    person.open(link)
    looked_at()
    person.sign_in("basil@larkmere.example")
    person.open("/incidents")
    looked_at()
    person.page.locator("main a[href*='/incidents/']").first.click()
    looked_at()
    person.page.locator("main form button").last.click()
    looked_at()


def test_the_drawing_office(person, looked_at):
    person.sign_in("linnet@larkmere.example")
    person.open("/studio")
    looked_at()
    person.page.locator("main a[href*='/releases/']").first.click()
    looked_at()
    person.open("/studio")
    person.press("Begin a draft")
    looked_at()
    person.answer({"title": "Greet people"})
    person.press("Begin a draft")
    looked_at()
    draft = person.page.url
    for name in ("hold_panel.bpmn", "threshold.dmn", "read_information.form"):
        person.open(f"{draft}/files/{name}")
        looked_at()
    person.answer({"text": "Who reads this?"})
    person.press("Say it")
    looked_at()
    person.open(f"{draft}/files/hold_panel.bpmn/draw")
    person.page.locator("[data-ready]").wait_for()
    looked_at(without=".app-canvas")
    person.open(f"{draft}/files/refusal.letter/letter")
    looked_at()
    person.open(f"{draft}/files/read_information.form/preview")
    looked_at()
    for path in ("", "/add", "/add?kind=radio", "/parts/information_read_done"):
        person.open(f"{draft}/files/read_information.form/questions{path}")
        looked_at()
    person.open(f"{draft}/files/read_information.form/design")
    person.page.locator(".app-form-stage").get_by_text("How did you answer?").click()
    person.page.locator(".app-panel summary").first.click()
    person.page.locator(".app-designed").first.wait_for()
    looked_at(without=".app-form-stage")
    person.open(f"{draft}/files/risk_band.dmn/table-editor")
    person.page.locator("[data-ready]").wait_for()
    looked_at(without=".app-table-editor")
    for path in ("", "/rows/8", "/columns"):
        person.open(f"{draft}/files/risk_band.dmn/tables/risk_band{path}")
        looked_at()
    person.open(f"{draft}/new")
    looked_at()
    person.open(draft)
    person.page.locator("#file").set_input_files(CAMUNDA)
    person.press("Take this file")
    looked_at()
    outline = f"{draft}/files/hold_panel.bpmn/outline"
    of_a_step = ("send_papers", "enough_agencies/answers", "send_papers/limit", "chair_free")
    added = ("add?after=send_papers", *(f"add?after=send_papers&kind={kind}" for kind in ("person", "question", "end")))
    for path in ("", *(f"/steps/{one}" for one in of_a_step), *(f"/{one}" for one in added)):
        person.open(outline + path)
        looked_at()
    person.page.locator("main form button").last.click()
    looked_at()
    person.open(f"{draft}/files/read_information.form")
    person.page.get_by_text("The file as text").click()
    person.page.locator("#content").fill(person.page.locator("#content").input_value() + " ")
    person.press("Save the text")
    person.open(f"{draft}/timescales?from=2026-12-24&change=row-interview")
    looked_at()
    person.answer({"amount": "6"})
    person.press("Save this time limit")
    looked_at()
    person.open(draft)
    person.press("See it in the pictures, side by side")
    looked_at()
    person.open(person.page.url + "&file=read_information.form")
    looked_at()
    for page in ("", "/saves", "/saves/1", "/replay", "/release"):
        person.open(draft + page)
        looked_at()
    person.page.locator("#note").fill("To see the page.")
    person.press("Hand it in")
    looked_at()


def test_trying_a_draft(person, looked_at):
    person.sign_in("linnet@larkmere.example")
    draft = person.begin_draft("Try it")
    person.open(f"{draft}/try")
    looked_at()
    person.page.locator("#process").select_option("asb_case_review")
    person.page.get_by_role("button", name="Begin", exact=True).click()
    looked_at()
    person.open(f"{draft}/try/form/begin/start/1")
    person.press("Fill in made-up answers")
    looked_at()
    person.press("Send this form")
    looked_at()
    person.page.locator("main a[href*='/try/letters/']").first.click()
    looked_at()
    for page in ("/try/keep", "/scenarios", "/scenarios/covered/hold_panel.bpmn"):
        person.open(draft + page)
        if page.startswith("/scenarios"):
            person.page.locator("[data-going-on='0']").wait_for(timeout=60_000)
        looked_at()


def test_moving_open_cases(person, looked_at):
    person.sign_in("horatio@larkmere.example")
    person.open("/studio")
    person.page.locator("main a[href*='/releases/']").first.click()
    person.page.get_by_role("link", name="Open cases and this release").click()
    looked_at()
    person.open("/cases")
    person.page.locator("main a[href*='/cases/']").first.click()
    case = person.page.url
    person.page.get_by_role("link", name="The version this case follows").click()
    looked_at()
    person.open(f"{case}/intervene")
    looked_at()
    person.page.locator("input[name=task]").first.check()
    person.page.locator("input[value=skip]").check()
    person.press("See before and after")
    looked_at()


def test_asking_for_something_else(person, looked_at, inside):
    damp.publish(clock.now)
    person.open("/ask")
    looked_at()
    person.press("Report damp or mould")
    looked_at()
    person.press("Start now")
    person.answer({"applicant.name": "Sorrel Tenant"})
    person.press("Continue")
    person.press("Send it")
    looked_at()


def test_no_kind_of_page_was_left_out(addresses):
    pages = {rule.endpoint for rule in addresses.iter_rules() if "GET" in rule.methods}
    assert pages - SEEN - ELSEWHERE - NO_PAGES == set(), "run the whole file"
    assert not (SEEN & (ELSEWHERE | NO_PAGES))
