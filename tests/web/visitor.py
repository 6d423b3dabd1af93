"""Somebody at a browser without JavaScript: opens pages, fills in what the form shows, presses a button."""

import io
from contextvars import Context

import lxml.html

from app.store.db import db

REPORTS = (
    ("5", "1", "2026", "Banging on the door at night.", "council", "6", "1", "2026", "nothing"),
    ("28", "1", "2026", "Threats on the stairs.", "police", "28", "1", "2026", "acknowledged"),
    ("20", "2", "2026", "Threats on the stairs again.", "landlord", "21", "2", "2026", "nothing"),
)
ANSWERS = (  # by page, in order
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
    {"contact.formats": ["large_print"]},
    {"application.kinds": ["noise", "threats"], "application.where": "On the stairs", "application.ongoing": "yes"},
    {},  # the reports
    {"application.people_known": "no"},
    {"application.impact": "I do not sleep."},
    {"application.outcome_wanted": "It should stop.", "application.taking_part": "attend"},
    {"application.victim_support": "yes"},
    {},  # files
    {},  # other proceedings
    {"application.heard_from": "leaflet"},
    {"application.true_as_known": "true"},
)


def report(number):
    day, month, year, what, told, day2, month2, year2, response = REPORTS[number]
    row = f"reports.{number}."
    return {
        f"{row}happened_on-day": day,
        f"{row}happened_on-month": month,
        f"{row}happened_on-year": year,
        f"{row}what": what,
        f"{row}reported_to": told,
        f"{row}reported_on-day": day2,
        f"{row}reported_on-month": month2,
        f"{row}reported_on-year": year2,
        f"{row}response": response,
    }


class Visitor:
    """One browser with its cookies. ``page`` is the parsed page it shows, ``at`` its address."""

    def __init__(self, app):
        self.client = app.test_client()
        self.page, self.at, self.status, self.headers = None, "", 0, {}

    def open(self, address):
        return self._shown("GET", address)

    def press(self, button=None, files=(), **fields):
        """Press the button with this text (the first one by default) after filling in ``fields``."""
        form = next(f for f in self.page.xpath("//main//form") if button is None or self._button(f, button) is not None)
        pressed = self._button(form, button)
        typed = self._standing(form)
        for name, value in fields.get("fields", fields).items():
            assert name in self._names(form), f"the page at {self.at} has no box {name}"
            typed[name] = value
        if pressed.get("name"):
            typed[pressed.get("name")] = pressed.get("value")
        for name, file_name, content in files:
            typed.setdefault(name, []).append((io.BytesIO(content), file_name))
        return self._shown("POST", form.get("action"), data=typed)

    def _shown(self, method, address, **more):
        response = Context().run(self.client.open, address, method=method, follow_redirects=True, **more)
        db.session.rollback()  # the test sees what the request has written
        self.status, self.headers = response.status_code, response.headers
        self.at = response.request.path
        self.page = lxml.html.fromstring(response.text)
        return self

    @staticmethod
    def _names(form):
        return set(form.xpath(".//@name"))

    @staticmethod
    def _button(form, text):
        buttons = form.xpath(".//button")
        return next((b for b in buttons if text is None or text in b.text_content()), None)

    @staticmethod
    def _standing(form):
        """What a browser would send of the form as it is shown."""
        typed = {}
        for box in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
            kind, name = box.get("type", box.tag), box.get("name")
            if kind in ("radio", "checkbox") and "checked" not in box.attrib or kind == "file":
                continue
            value = box.value if box.tag != "input" else box.get("value", "on" if kind == "checkbox" else "")
            typed.setdefault(name, []).append(value or "")
        return typed

    @property
    def heading(self):
        return " ".join(self.page.xpath("string(//h1)").split())

    @property
    def text(self):
        return " ".join(self.page.xpath("//main")[0].text_content().split())

    @property
    def problems(self):
        """The messages of the error summary."""
        return [" ".join(a.text_content().split()) for a in self.of_class("govuk-error-summary__list", "//a")]

    def of_class(self, name, below=""):
        return self.page.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]{below}")

    def link(self, text):
        """The address behind the first link with this text."""
        return next(a.get("href") for a in self.page.xpath("//a") if text in " ".join(a.text_content().split()))

    def stops(self):
        """The line on the page as {title: its state in words}."""
        return {
            " ".join(li.xpath("string(h3)").split()): " ".join(li.xpath("string(p[@class='app-when'])").split())
            for li in self.of_class("app-line", "/li")
        }


def apply(visitor, changes=None, *, upto=None):
    """Walk through the application, answering as ``ANSWERS`` with ``changes``, as far as page ``upto``."""
    visitor.open("/apply").press("Start now")
    for number, answers in enumerate(ANSWERS[:upto]):
        if number == 7:
            for row in range(3):
                visitor.press("Add another report" if row < 2 else "Continue", fields=report(row))
        else:
            visitor.press("Continue", fields={**answers, **{k: v for k, v in (changes or {}).items() if k in answers}})
    return visitor


def at_page(visitor, number):
    """A new application, opened at one page: nothing before it has been answered."""
    visitor.open("/apply").press("Start now")
    return visitor.open(visitor.at.rsplit("/", 1)[0] + f"/{number}")


def applied(app):
    """A visitor whose application has been sent: on the confirmation page."""
    return apply(Visitor(app)).press("Send my application")
