"""Somebody at a browser, and a note of everything that goes wrong on the way: what no page of ours may do."""

import time
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

from app.cli.demo import PASSWORD

OUR_FAULT = 500  # answers from here on are never meant
RESOURCE = "Failed to load resource"  # the console's word for an answer of 4xx, which ``_answered`` judges better
LEFT = "net::ERR_ABORTED"  # the person went on before the answer came
WIDER = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
BEYOND = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right
    > document.documentElement.clientWidth + 1).slice(0, 3).map(e => e.tagName + '.' + e.className)"""


class Watched:
    """A person with a browser. ``page`` is what they look at; ``faults`` are the sentences about what went wrong."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.faults: list[str] = []
        self.elsewhere: set[str] = set()  # other addresses that a test lets them go to
        context.on("console", self._said)
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("requestfailed", self._failed)
        context.on("weberror", lambda error: self.faults.append(f"a script stopped: {error.error}"))
        self.page: Page = context.new_page()

    def open(self, path: str) -> Page:
        """The page at a path of ours, or at a full address."""
        self.page.goto(path)
        return self.page

    def sign_in(self, email: str) -> Page:
        """Sign in as one of the demo people."""
        self.open("/sign-in")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.press("Sign in")
        return self.page

    def see_case(self, name: str, tab: str = "") -> Page:
        """A case by a word of its title, and one of its pages, such as ``/drawing``."""
        self.open(f"/cases?q={name}")
        self.page.locator("main tbody a").first.click()
        self.page.wait_for_url("**/cases/CT-*")
        return self.open(self.page.url + tab) if tab else self.page

    def begin(self, case: str, task: str) -> None:
        """Open a task of one's team by its name, from the list of tasks."""
        self.open(f"/tasks?tab=team&q={case}")
        self.page.locator(".app-work h3 a", has_text=task).first.click()

    def begin_draft(self, title: str) -> str:
        """Begin a draft in the drawing office; gives its address."""
        self.open("/studio")
        self.answer({"title": title})
        self.press("Begin a draft")
        return self.page.url

    def press(self, words: str, *, within: Locator | None = None) -> None:
        """Press the button, or follow the link, with these words."""
        place = within or self.page.locator("main")
        button = place.get_by_role("button", name=words, exact=True).or_(
            place.get_by_role("link", name=words, exact=True)
        )
        button.first.click()
        self.page.wait_for_load_state()

    def wait_for(self, words: str, *, within: int = 30) -> None:
        """Load the page again until it has the button or link with these words, for some seconds."""
        end = time.monotonic() + within
        while self.page.locator("main").get_by_text(words, exact=True).count() == 0:
            assert time.monotonic() < end, f"no ‘{words}’ on {self.page.url}: {self.page.locator('main').inner_text()}"
            self.page.reload()

    def answer(self, answers: dict[str, str | bool]) -> None:
        """Answer questions by the names of their fields: a text, one of several choices, or a box to tick."""
        for name, value in answers.items():
            box = self.page.locator(f'main [name="{name}"]')
            kind = box.first.get_attribute("type")
            if value is False:
                box.uncheck()
            elif kind in ("radio", "checkbox"):
                self.page.locator(f'main [name="{name}"][value="{value}"]').check()
            elif box.first.evaluate("box => box.tagName") == "SELECT":
                box.select_option(str(value))
            else:
                box.fill(str(value))

    @property
    def heading(self) -> str:
        """The heading of the page, on one line."""
        return " ".join(self.page.locator("h1").inner_text().split())

    @property
    def problems(self) -> list[str]:
        """The messages of the error summary."""
        return self.page.locator(".govuk-error-summary__list a").all_inner_texts()

    def fits(self) -> None:
        """Nothing on the page is wider than the screen."""
        self.page.wait_for_load_state()
        wider = self.page.evaluate(WIDER)
        assert wider <= 0, f"{self.page.url} is {wider} pixels too wide: {self.page.evaluate(BEYOND)}"

    def _asked(self, request: Request) -> None:
        is_ours = request.url.startswith(self.address + "/") or urlsplit(request.url).scheme == "data"
        if not is_ours and request.url not in self.elsewhere:
            self.faults.append(f"{self.page.url} asked another place: {request.url}")

    def _answered(self, response: Response) -> None:
        is_page = response.request.resource_type == "document"
        if response.status >= OUR_FAULT or (response.status >= 400 and not is_page):
            self.faults.append(f"{response.url} answered {response.status}")

    def _failed(self, request: Request) -> None:
        if request.failure != LEFT:
            self.faults.append(f"{request.url} failed: {request.failure}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(RESOURCE):
            self.faults.append(f"the console says on {message.location.get('url')}: {message.text}")
