"""A counter to stand at: pages asked for as a browser would, each held to the rules that every page keeps."""

import re
from collections import Counter as Tally
from contextvars import Context
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from app.cli import demo
from app.cli.walking import Walk
from app.store.db import db
from tests.conftest import one_kind
from tests.kept_rows import walked
from tests.walks import agreed, stories
from tests.web import studio

UNLABELLED = ("hidden", "submit", "button", "image", "reset")
NONCE = re.compile(r"script-src [^;]*'nonce-([\w-]+)'")


def problems_of(page, response):
    """Every rule that a page breaks, in words."""
    return [*_frame(page), *_ids(page), *_labels(page), *_forms(page), *_policy(page, response)]


def _frame(page):
    if len(page.xpath("//h1")) != 1:
        yield f"{len(page.xpath('//h1'))} h1"
    if not (page.findtext(".//title") or "").strip():
        yield "no title"
    if not page.xpath("/html/@lang"):
        yield "no lang"


def _ids(page):
    ids = Tally(page.xpath("//@id"))
    yield from (f"id {name} stands {count} times" for name, count in ids.items() if count > 1)
    for attribute in ("aria-labelledby", "aria-describedby", "for"):
        for names in page.xpath(f"//@{attribute}"):
            yield from (f"{attribute} {name} leads nowhere" for name in names.split() if name not in ids)
    for href in page.xpath("//a/@href[starts-with(., '#')]"):
        if href[1:] not in ids:
            yield f"the link {href} leads nowhere"


def _labels(page):
    labelled = set(page.xpath("//label/@for"))
    for box in page.xpath("//input|//select|//textarea"):
        is_named = box.get("aria-label") or box.get("aria-labelledby") or box.get("id") in labelled
        if box.get("type") not in UNLABELLED and not is_named and not box.xpath("ancestor::label"):
            yield f"no label for {box.get('name')}"


def _forms(page):
    for form in page.forms:
        posts = (form.get("method") or "get").lower() == "post"
        if posts and not form.xpath(".//input[@name='csrf_token'][@value!='']"):
            yield f"no csrf_token in the form to {form.get('action') or 'the page itself'}"
        if not form.xpath(".//button|.//input[@type='submit']"):
            yield f"no button in the form to {form.get('action') or 'the page itself'}"


def _policy(page, response):
    found = NONCE.search(response.headers.get("Content-Security-Policy", ""))
    if not found:
        yield "no nonce in the content policy"
    if page.xpath("//style|//*[@style]"):
        yield "an inline style"
    if page.xpath("//@*[starts-with(name(), 'on')]"):
        yield "an inline event"
    for script in page.xpath("//script[not(@src)]"):
        if not found or script.get("nonce") != found[1]:
            yield "an inline script without the nonce"


class Counter:
    """Somebody with a browser. ``response`` is the last answer, ``path`` the address it came from."""

    def __init__(self, app):
        self.client = app.test_client()
        self.response = None
        self.path = "/"

    @staticmethod
    def words(element):
        """The text of an element on one line, spaces as people see them."""
        return " ".join(element.text_content().replace("\u00a0", " ").split())

    @property
    def status(self):
        return self.response.status_code

    def sign_in(self, email):
        """Sign in as one of the demo people; gives the page that follows."""
        return self.post("/sign-in", {"email": email, "password": demo.PASSWORD})

    def sign_out(self):
        return self.post("/sign-out", {})

    def get(self, path, *, follow=True, **more):
        """The page at ``path``, which keeps every rule; None where the answer is not HTML."""
        return self._ask("GET", path, follow, **more)

    def post(self, path, data, *, follow=True, **more):
        """What a post leads to; redirects are followed unless told otherwise."""
        return self._ask("POST", path, follow, data=data, **more)

    def fill(self, form, answers=None, *, button="", follow=True):
        """Send a form as a browser does, with all its fields. ``button`` is the value of the button pressed.

        A list answers a group of checkboxes. A field that the form does not have is an error.
        """
        for name, value in (answers or {}).items():
            _answer(form, name, value)
        data = {}
        for name, value in [*form.form_values(), *_pressed(form, button)]:
            data.setdefault(name, []).append(value)
        address = urljoin(self.path, form.get("action") or self.path)
        if (form.get("method") or "get").lower() == "get":
            return self._ask("GET", address, follow, query_string=data)
        return self.post(address, data, follow=follow)

    def _ask(self, method, path, follow, **more):
        # a context of its own: nothing that one request leaves behind reaches the next, or the test
        self.response = Context().run(self.client.open, path, method=method, follow_redirects=follow, **more)
        db.session.rollback()  # and the test sees what the request has written
        asked = urlsplit(self.response.request.url)
        self.path = asked.path + (f"?{asked.query}" if asked.query else "")
        if self.response.mimetype != "text/html" or not self.response.data or 300 <= self.status < 400:
            return None
        page = html.document_fromstring(self.response.data)
        broken = problems_of(page, self.response)
        assert not broken, f"{self.path}: {'; '.join(broken)}"
        return page


def _answer(form, name, value):
    box = form.inputs[name]
    if isinstance(box, html.CheckboxGroup):
        box.value = [value] if isinstance(value, str) else value
    elif getattr(box, "type", "") == "checkbox":
        box.checked = bool(value)
    else:
        box.value = value


def _pressed(form, value):
    buttons = form.xpath(".//button[not(@type) or @type='submit']|.//input[@type='submit']")
    found = next(b for b in buttons if not value or b.get("value") == value)
    return [(found.get("name"), found.get("value") or "")] if found.get("name") else []


database_url = pytest.fixture(one_kind)  # what the two do differently is the heart's matter: walks go through both


@pytest.fixture
def walk(partnership, settings, clock):
    """A case to walk: ``walk.apply(...)``, ``walk.do(key, ...)``."""
    return Walk(settings, clock)


@pytest.fixture
def counter(partnership):
    """A browser, nobody signed in."""
    return Counter(partnership)


@pytest.fixture
def another(partnership):
    """A second browser, for a second person."""
    return Counter(partnership)


@pytest.fixture
def acting(walk, settled):
    """A case whose actions are being carried out: their clock may be stopped."""
    walked(walk, stories.to_the_actions, settled)
    return walk.case


@pytest.fixture
def agreed_times(partnership, clock):
    """A small procedure with agreed times is live."""
    agreed.publish(clock)


@pytest.fixture
def manager(counter):
    """A manager who has signed in."""
    counter.sign_in("marigold@larkmere.example")
    return counter


@pytest.fixture
def owner(counter):
    """A process owner who has signed in."""
    counter.sign_in(studio.OWNER)
    return counter


@pytest.fixture
def draft(owner):
    """The address of a draft that a process owner has begun."""
    return studio.begin(owner)
