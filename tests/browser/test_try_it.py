"""Trying a draft in a real browser: the slider, the real form, a scenario that is kept, and a phone."""

import re

from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.conftest import MOBILE, PHONE
from tests.browser.serving import watched

OWNER = "linnet@larkmere.example"


def play(person, draft, process="asb_case_review"):
    person.open(f"{draft}/try")
    person.page.locator("#process").select_option(process)
    for box, value in (("day", "2"), ("month", "3"), ("year", "2026")):
        person.page.locator(f"#day-{box}").fill(value)
    person.page.get_by_role("button", name="Begin", exact=True).click()


def apply(person):
    person.page.get_by_role("button", name="Open the form").click()
    person.press("Fill in made-up answers")
    person.press("Send this form")


def test_a_case_is_played_from_its_form_over_its_limits_to_a_scenario(person, draft):
    play(person, draft)
    apply(person)
    main = person.page.locator("main")
    expect(main).to_contain_text("It is Monday 2 March 2026 at 9am")
    slider = person.page.get_by_role("slider")
    slider.focus()
    for _ in range(9):
        slider.press("ArrowRight")
    expect(person.page.locator("[name=days]")).to_have_value("10")
    expect(main).to_contain_text("to Thursday 12 March 2026")
    person.press("Go on by these days")
    expect(main).to_contain_text("It is Thursday 12 March 2026 at 9am")
    expect(main).to_contain_text("A time limit passed")
    expect(main).to_contain_text(re.compile(r"Nobody has done it yet: late by"))
    assert person.page.locator(".d-drawing .is-late").count()
    person.page.get_by_role("link", name="Keep this as a scenario").click()
    person.page.locator("#title").fill("Nobody looks at it")
    person.press("Keep it")
    expect(main).to_contain_text("Kept as the scenario ‘Nobody looks at it’")
    expect(main).to_contain_text(re.compile(r"44 of 44 end as expected"), timeout=40_000)
    assert not person.problems


def test_a_play_on_a_phone_fits_and_has_no_fault(browser, address):
    with watched(browser, address, **MOBILE, viewport=PHONE) as phone:
        phone.sign_in(OWNER)
        play(phone, phone.begin_draft("Try it"))
        apply(phone)
        assert not axe.findings(phone.page)
        assert phone.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
