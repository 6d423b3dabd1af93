"""The pictures of the documents, taken from the demo system: ``python -m tests.browser.pictures``."""

import tempfile
from datetime import timedelta
from pathlib import Path

from app import clock
from app.config import ROOT
from app.law import calendar
from tests.browser import applicant
from tests.browser.serving import chromium, served, watched
from tests.browser.watching import Watched

FOLDER = ROOT / "docs" / "images"
WIDTH, HIGHEST = 1280, 1800  # pixels
LARGEST = 350 * 1024  # bytes of one picture
STEP = 100  # pixels by which a picture is cut until it is small enough
COORDINATOR, OFFICER = "basil@larkmere.example", "juniper@larkmere.example"


def take(folder: Path) -> None:
    """Eight pictures in ``docs/images``, of a system that is set up in ``folder`` for it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served(folder) as address, chromium() as browser:
        for scene in (_at_work, _deciding, _applying):
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


def _applying(person: Watched) -> None:
    person.open("/")
    _keep(person, "home")
    applicant.begin(person)
    yesterday = calendar.day_of(clock.now()) - timedelta(days=1)
    for number in applicant.pages(person, yesterday):
        if number == applicant.REPORTS:
            _keep(person, "apply")
    person.press("Send my application")
    applicant.follow(person)
    _keep(person, "track")


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
    with tempfile.TemporaryDirectory() as there:
        take(Path(there))
