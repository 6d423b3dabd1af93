"""A process owner who has never used it: a step is added, tried, approved by another, and a case goes through it."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.cli.walking import Walk
from app.clock import now
from app.law import calendar
from tests.browser import filling
from tests.browser.conftest import DESKTOP
from tests.browser.owner import approved
from tests.browser.serving import watched
from tests.browser.test_drawing_office import choose, draw, keep, panel
from tests.walks import stories

CHAIR = "clementine@larkmere.example"
STEP = "Offer mediation"
MOST = 14  # tasks until the panel has met
AT = '.djs-element[data-element-id="{}"]'


@pytest.fixture
def drawing(person, draft):
    """The panel, drawn, with a form for the new step in the same draft."""
    person.open(f"{draft}/new")
    person.answer({"title": STEP})
    person.press("Begin the form")
    draw(person, draft)
    return person


def middle(person, element):
    box = person.page.locator(AT.format(element)).first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def aside(person, element, by):
    """Drag an element to the right."""
    mouse, (x, y) = person.page.mouse, middle(person, element)
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + by / 4, y, steps=4)
    mouse.move(x + by, y, steps=8)
    mouse.up()


def step_between(person, before, after, name):
    """A new step, put on the arrow between two elements. Gives its id."""
    (x, y), (end, _) = middle(person, before), middle(person, after)
    person.page.locator('.djs-palette [data-action="create.task"]').click()
    person.page.mouse.move((x + end) / 2, y + 40, steps=5)
    person.page.mouse.move((x + end) / 2, y, steps=5)
    person.page.mouse.click((x + end) / 2, y)
    person.page.keyboard.type(name)
    person.page.keyboard.press("Enter")
    return person.page.locator(".djs-shape", has_text=name).first.get_attribute("data-element-id")


def mend(person, words, button):
    """Press the button of a finding, after which it is gone."""
    found = person.page.locator(".app-finding", has_text=words)
    found.get_by_role("button", name=button).click()
    expect(found).to_have_count(0)


def own_time(person, words):
    box = panel(person).get_by_label("Or a time of its own")
    box.fill(words)
    box.press("Tab")


def test_a_step_is_added_tried_and_approved_and_a_case_goes_through_it(browser, address, inside, drawing, draft):
    person = drawing
    person.page.locator(".djs-container").scroll_into_view_if_needed()
    aside(person, "panel_held", 85)
    new = step_between(person, "enough_agencies", "panel_held", STEP)
    mend(person, "It is not said who or what does this step.", "Make it a step for a person")
    choose(person, "panel_held")
    person.page.keyboard.press("Delete")
    mend(person, "Nothing follows this, so it ends here.", "Draw the end")
    choose(person, new)
    panel(person).get_by_label("Which form they fill in").select_option(label=STEP)
    panel(person).get_by_role("button", name="Add a time limit").click()
    own_time(person, "5 working days")
    choose(person, "send_papers_late")
    own_time(person, "3 working days before panel.held_at")
    keep(person)
    tried(person, draft)
    approved(browser, address, person, draft, "Neighbours who want to talk should be helped to.")
    walk, today = Walk(inside.config["SETTINGS"], now), calendar.day_of(now())
    stories.begin(walk, stories.lately(stories.THREE, today))
    walk.do_all("prepare_statement", "return_information", "choose_panel", "send_papers")
    walk.do(
        "record_panel",
        panel=stories.QUORATE,
        agreed_actions=[stories.ACTION | {"due_on": (today + timedelta(days=21)).isoformat()}],
    )
    with watched(browser, address, viewport=DESKTOP) as chair:
        chair.sign_in(CHAIR)
        filling.task(chair, walk.case.reference, STEP)
        chair.open(f"/cases/{walk.case.reference}")
        assert (
            f"Done: {STEP}" in chair.page.locator("main").inner_text()
            or STEP in chair.page.locator("main").inner_text()
        )


def tried(person, draft):
    """Play the panel until the new step is open."""
    person.open(f"{draft}/try").locator("#process").select_option("hold_panel")
    person.page.get_by_role("button", name="Begin", exact=True).click()
    for _ in range(MOST):
        person.page.wait_for_load_state()
        if person.page.locator("main h3", has_text=STEP).count():
            return
        person.page.get_by_role("button", name=re.compile("Do it with made-up answers")).first.click()
    raise AssertionError(person.page.locator("main").inner_text())
