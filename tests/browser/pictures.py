"""The pictures of the documents, taken from the demo system: ``python -m tests.browser.pictures``.

Those of many cases are taken from a system with a history of years (``trigger demo``, then ``trigger run --demo``), whose
address is given: ``python -m tests.browser.pictures http://127.0.0.1:8000``.
"""

import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from app import clock
from app.config import ROOT
from app.law import calendar
from tests.browser import applicant, filling
from tests.browser.serving import chromium, served, watched
from tests.browser.watching import Watched

FOLDER = ROOT / "docs" / "images"
WIDTH, HIGHEST = 1280, 1800  # pixels
LARGEST = 350 * 1024  # bytes of one picture
STEP = 100  # pixels by which a picture is cut until it is small enough
REVIEW = "/status/processes/asb_case_review"
HISTORY = (
    ("/status", "board"),
    ("/status?columns=step", "board-columns"),
    (f"{REVIEW}?months=36&show=late&drawing=ask_agency", "heat"),
    (f"{REVIEW}?months=12&show=late&with=year&drawing=carry_out_action", "heat-compared"),
    (f"{REVIEW}/steps/ask_agency/return_information?months=36", "step"),
    ("/status/forecast", "forecast"),
    ("/status/people", "people"),
    ("/returns", "returns"),
    ("/returns/pledge", "pledge"),
    ("/statistics", "statistics"),
)
COORDINATOR, OFFICER = "basil@larkmere.example", "juniper@larkmere.example"
OWNER = "linnet@larkmere.example"
CHAIR, MANAGER = "clementine@larkmere.example", "marigold@larkmere.example"


def take(folder: Path) -> None:
    """A picture of each main page in ``docs/images``, of a system that is set up in ``folder`` for it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served(folder) as address, chromium() as browser:
        for scene in (_at_work, _deciding, _acknowledging, _on_the_panel, _managing, _answering, _applying, _drawing):
            with watched(browser, address, viewport={"width": WIDTH, "height": 900}) as person:
                scene(person)


def _at_work(person: Watched) -> None:
    person.sign_in(OFFICER)
    person.open("/tasks?tab=team")
    _keep(person, "tasks")
    address = person.see_case("Lettice").url
    _keep(person, "case")
    person.open(f"{address}/drawing")
    person.page.locator("[data-drawing]:not([data-ready])").first.wait_for(state="detached")
    _keep(person, "drawing")
    address = person.see_case("Peony").url
    person.open(f"{address}/letters").locator("main tbody a", has_text="review of your case").first.click()
    _keep(person, "letter")


def _deciding(person: Watched) -> None:
    person.sign_in(COORDINATOR)
    person.begin("Cosmo", "Decide on the threshold")
    _keep(person, "task")


def _acknowledging(person: Watched) -> None:
    person.sign_in(COORDINATOR)
    filling.begin(person, "Barnaby", "Acknowledge the application")
    _keep(person, "check")


def _on_the_panel(person: Watched) -> None:
    person.sign_in(CHAIR)
    person.open(f"{person.see_case('Tansy').url}/papers")
    _keep(person, "papers")


def _managing(person: Watched) -> None:
    person.sign_in(MANAGER)
    for path, name in (("/status/agencies", "agencies"), ("/admin/silence", "silence")):
        person.open(path)
        _keep(person, name)


def take_of_history(address: str) -> None:
    """A picture of each page about many cases, of a running system that has them."""
    with chromium() as browser, watched(browser, address, viewport={"width": WIDTH, "height": 900}) as person:
        person.sign_in(MANAGER)
        for path, name in HISTORY:
            person.open(path)
            _keep(person, name)


def _answering(person: Watched) -> None:
    """Somebody of an agency without an account, by the link in their letter."""
    person.sign_in(COORDINATOR)
    person.see_case("Peony", "/letters")
    person.page.locator("main tbody a", has_text="send us what you know").first.click()
    link = person.page.locator("a[href*='/answer/']").first.get_attribute("href")
    person.press("Sign out", within=person.page.locator("header"))
    person.open(str(link))
    _keep(person, "answer")


def _applying(person: Watched) -> None:
    for path, name in (("/procedure", "procedure"), ("/", "home")):
        person.open(path)
        _keep(person, name)
    applicant.begin(person)
    yesterday = calendar.day_of(clock.now()) - timedelta(days=1)
    for number in applicant.pages(person, yesterday):
        if number == applicant.REPORTS:
            _keep(person, "apply")
    person.press("Send my application")
    applicant.follow(person)
    _keep(person, "track")


def _drawing(person: Watched) -> None:
    """The drawing office, with a draft in which something is different."""
    person.sign_in(OWNER)
    draft = person.begin_draft("Offer mediation")
    outline = f"{draft}/files/hold_panel.bpmn/outline"
    person.open(f"{outline}/add?after=record_panel&kind=person")
    person.answer({"name": "Offer mediation", "form": "A new form, named as the step", "limit": "5 working days"})
    person.press("Add this step")
    _keep(person, "studio-outline")
    person.open(draft)
    person.press("See it in the pictures, side by side")
    person.press("Hold the panel")
    _keep(person, "studio-compared")
    person.open(f"{draft}/timescales?from=2026-12-24&change=row-interview")
    person.answer({"amount": "6"})
    person.press("Save this time limit")
    _keep(person, "studio-timescales")
    person.open(f"{draft}/files/hold_panel.bpmn/draw").locator("[data-ready]").wait_for()
    person.page.locator('.djs-element[data-element-id="offer_mediation"]').first.click()
    _keep(person, "studio-diagram")
    person.open(f"{draft}/files/threshold.dmn/tables/threshold")
    _keep(person, "studio-table")
    person.open(f"{draft}/files/read_information.form/design").locator("[data-ready]").wait_for()
    person.page.locator(".app-form-stage").get_by_text("How did you answer?").click()
    _keep(person, "studio-form")
    person.open(f"{draft}/try").locator("#process").select_option("hold_panel")
    person.page.get_by_role("button", name="Begin", exact=True).click()
    _keep(person, "studio-try")
    person.open(f"{draft}/release")
    _keep(person, "studio-release")


def _keep(person: Watched, name: str) -> None:
    """The page from its top, as far down as a picture may be."""
    height = min(HIGHEST, person.page.evaluate("document.documentElement.scrollHeight"))
    while True:
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": height}
        picture = person.page.screenshot(full_page=True, clip=clip)
        if len(picture) <= LARGEST:
            (FOLDER / f"{name}.png").write_bytes(picture)
            return
        height -= STEP


if __name__ == "__main__":
    if len(sys.argv) > 1:
        take_of_history(sys.argv[1])
    else:
        with tempfile.TemporaryDirectory() as there:
            take(Path(there))
