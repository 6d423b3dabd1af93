"""Somebody who fills in whatever a page asks, for walks through many pages: what a story gives, else the first answer."""

from datetime import date, timedelta

from app import clock
from app.law import calendar
from tests.browser import axe
from tests.browser.watching import Watched

MOST_PAGES = 12  # of one task
FIELDS = """() => [...document.querySelectorAll('main form [name]')]
    .filter(e => e.type !== 'hidden' && e.type !== 'file' && e.type !== 'submit' && e.tagName !== 'BUTTON')
    .filter(e => e.getClientRects().length || e.type === 'radio' || e.type === 'checkbox')
    .filter(e => !e.closest('[hidden], .govuk-radios__conditional--hidden, .govuk-checkboxes__conditional--hidden'))
    .map(e => ({name: e.name, kind: e.tagName === 'SELECT' ? 'select' : ['numeric', 'decimal'].includes(e.inputMode) ? 'number' : e.type, value: e.value, checked: e.checked,
                offered: e.tagName === 'SELECT' ? [...e.options].map(o => o.value).filter(Boolean) : []}))"""


def page(person: Watched, story: dict[str, str]) -> None:
    """Answer every question of a page; those that an answer brings out as well."""
    answered: set[str] = set()
    for _ in range(3):
        fields = person.page.evaluate(FIELDS)
        left = [field for field in fields if field["name"] not in answered]
        if not left:
            return
        for field in left:
            if field["name"] not in answered:
                answered.add(field["name"])
                _answer(person, field, [f for f in fields if f["name"] == field["name"]], story)


def _answer(person: Watched, field: dict, same: list[dict], story: dict[str, str]) -> None:
    name = field["name"]
    given = story.get(name)
    if field["kind"] in ("radio", "checkbox"):
        if given is not None or not any(one["checked"] for one in same):
            value = given if given is not None else same[0]["value"]
            person.page.locator(f'main [name="{name}"][value="{value}"]').check(force=True)
    elif field["kind"] == "select":
        if given is not None or not field["value"]:
            person.page.locator(f'main [name="{name}"]').select_option(given or field["offered"][0])
    elif given is not None or not field["value"]:
        person.page.locator(f'main [name="{name}"]').fill(given if given is not None else _made_up(name, field))


def _made_up(name: str, field: dict) -> str:
    day = _day(name)
    for part, value in {"day": day.day, "month": day.month, "year": day.year, "hour": 14, "minute": 0}.items():
        if name.endswith(f"-{part}"):
            return str(value)
    if name.endswith(".incident"):  # each report is an incident of its own
        return str(int(name.split(".")[-2]) + 1)
    if name.endswith("-time") or field["kind"] == "time":
        return "14:00"
    return {"number": "1", "email": "made@up.example", "tel": "07700 900123"}.get(field["kind"], "Made up")


def _day(name: str) -> date:
    """A day to come for what is planned, today for what has been."""
    today = calendar.day_of(clock.now())
    planned = ("due_on", "review_on", "next_on", "reassess_on", "follow_up_on", "closing.on", "held_at")
    later = 12 if any(part in name for part in planned) and "interview" not in name else 0
    return today + timedelta(days=later)


def begin(person: Watched, case: str, name: str, story: dict[str, str] | None = None) -> None:
    """Open a task of one's team, answer its first page, and go on to what comes next."""
    person.begin(case, name)
    person.page.locator("main form [name=request_key]").wait_for(state="attached")
    page(person, story or {})
    _go_on(person)


def task(person: Watched, case: str, name: str, **story: str) -> None:
    """Do a task of one's team from its first page to its last. ``story``: answers by field, with ``__`` for a dot."""
    told = {key.replace("__", "."): value for key, value in story.items()}
    begin(person, case, name, told)
    for _ in range(MOST_PAGES):
        if person.heading.startswith("Done"):
            return
        assert not person.problems, f"{name}, {person.page.url}: {person.problems}"
        page(person, told)
        _go_on(person)
    raise AssertionError(f"{name} has too many pages")


def until(person: Watched, path: str, **story: str) -> None:
    """Answer page after page of what the person who asked is asked, until one of this path is open; axe sees each."""
    told = {key.replace("__", "."): value for key, value in story.items()}
    for _ in range(MOST_PAGES):
        assert not axe.findings(person.page), person.page.url
        if person.page.url.endswith(path):
            return
        page(person, told)
        _go_on(person)
        assert not person.problems, f"{person.page.url}: {person.problems}"
    raise AssertionError(f"{path} does not come")


def through(person: Watched, heading: str, **story: str) -> None:
    """Answer page after page, until one has a heading with these words."""
    told = {key.replace("__", "."): value for key, value in story.items()}
    for _ in range(MOST_PAGES):
        page(person, told)
        _go_on(person)
        assert not person.problems, f"{person.page.url}: {person.problems}"
        if heading in person.heading:
            return
    raise AssertionError(f"{heading} does not come")


def _go_on(person: Watched) -> None:
    with person.page.expect_navigation():
        person.page.locator("main form button.govuk-button:not(.govuk-button--secondary)").last.click()
