"""Process owners at work in the drawing office, in a real browser."""

import re
import shutil

from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.conftest import DESKTOP
from tests.browser.serving import address_of, door, running, watched

OWNER, OTHER = "linnet@larkmere.example", "marigold@larkmere.example"
TASK, GATEWAY = "record_panel", "enough_agencies"
MARK = ".bjs-powered-by"
SEEN_WHOLE = """box => { const at = box.getBoundingClientRect();
    return [[0.1, 0.1], [0.9, 0.1], [0.5, 0.5], [0.1, 0.9], [0.9, 0.9]].every(([x, y]) => box.contains(
        document.elementFromPoint(at.left + x * at.width, at.top + y * at.height))); }"""


def draw(person, draft, name="hold_panel.bpmn"):
    """Open the editor of a drawing."""
    person.open(f"{draft}/files/{name}/draw")
    person.page.locator("[data-diagram][data-ready]").wait_for()


def choose(person, element):
    person.page.locator(f'.djs-element[data-element-id="{element}"]').first.click()


def panel(person):
    return person.page.locator(".app-panel")


def keep(person):
    person.page.get_by_role("button", name="Save", exact=True).click()
    person.page.get_by_text("Saved at").wait_for()


def drawn(person, draft, name="hold_panel.bpmn"):
    return person.page.request.get(f"{draft}/files/{name}/content").text()


def test_what_is_said_in_the_panel_is_saved_in_the_drawing(person, draft):
    draw(person, draft)
    choose(person, TASK)
    panel(person).get_by_label("What it is called").fill("Meet and write it down")
    panel(person).get_by_label("What to tell them").fill("Begin with the victim.")
    panel(person).get_by_label("What whoever asked sees").fill("We all meet")
    panel(person).get_by_label("Which form they fill in").select_option(label="Send the papers")
    keep(person)
    said = drawn(person, draft)
    task = re.search(rf'<bpmn:userTask id="{TASK}".*?</bpmn:userTask>', said, re.DOTALL)[0]
    assert 'name="Meet and write it down"' in task and "Begin with the victim." in task
    assert 'name="formRef" value="send_papers"' in task and 'name="stop" value="We all meet"' in task
    choose(person, "panel_needed")
    panel(person).get_by_label("Who may begin it on a page").select_option(label="Our staff")
    keep(person)
    assert 'name="begins" value="staff"' in drawn(person, draft)
    person.open(f"{draft}/files/hold_panel.bpmn")
    assert "meets and writes it down" in person.page.locator("main").inner_text()


def test_a_time_limit_is_added_changed_and_undone(person, draft):
    draw(person, draft)
    before = drawn(person, draft)
    choose(person, TASK)
    panel(person).get_by_role("button", name="Add a time limit").click()
    panel(person).get_by_label("Or a time of its own").fill("5 working days")
    panel(person).get_by_label("Or a time of its own").press("Tab")
    keep(person)
    said = drawn(person, draft)
    assert said.count("boundaryEvent id=") == before.count("boundaryEvent id=") + 1
    assert "5 working days" in said and "limit_missed" in said
    undo = person.page.get_by_role("button", name="Undo")
    while undo.is_enabled():
        undo.click()
    keep(person)
    assert drawn(person, draft).count("boundaryEvent id=") == before.count("boundaryEvent id=")


def test_the_answers_of_a_question_stand_in_the_panel(person, draft):
    draw(person, draft)
    choose(person, GATEWAY)
    answer = panel(person).get_by_label("Answer that leads to ‘Panel held’")
    assert answer.input_value() == "yes"
    answer.fill("enough")
    answer.press("Tab")
    keep(person)
    assert 'name="enough"' in drawn(person, draft)


def test_findings_show_on_the_elements_and_a_button_mends_them_and_undo_brings_them_back(person, draft):
    draw(person, draft)
    choose(person, TASK)
    person.page.locator('.djs-context-pad [data-action="append.append-task"]').click()
    person.page.keyboard.type("Offer mediation")
    person.page.keyboard.press("Enter")
    found = person.page.locator(".app-finding", has_text="Offer mediation").first
    found.wait_for()
    assert person.page.locator(".app-canvas .app-badge").count()
    fixes = found.locator("button:not(:has-text('Show where'))")
    before = person.page.locator(".app-finding").count()
    fixes.first.click()
    expect(person.page.locator(".app-finding")).not_to_have_count(before)
    person.page.get_by_role("button", name="Undo").click()
    expect(person.page.locator(".app-finding")).to_have_count(before)


def test_the_mark_of_bpmn_io_is_seen_whole(person, draft):
    draw(person, draft)
    mark = person.page.locator(MARK)
    mark.scroll_into_view_if_needed()
    assert mark.evaluate(SEEN_WHOLE)


def test_axe_finds_nothing_but_the_canvas(person, draft):
    draw(person, draft)
    choose(person, TASK)
    assert not axe.findings(person.page, without=".app-canvas")


def test_two_editors_at_once_never_overwrite_each_other(browser, address, person, draft):
    with watched(browser, address, viewport=DESKTOP) as other:
        other.sign_in(OTHER)
        draw(person, draft)
        draw(other, draft)
        other.page.get_by_text("Linnet Ashgrove has this open as well.").wait_for()
        choose(person, TASK)
        panel(person).get_by_label("What it is called").fill("Hers")
        keep(person)
        choose(other, TASK)
        panel(other).get_by_label("What it is called").fill("The other’s")
        other.page.get_by_role("button", name="Save", exact=True).click()
        notice = other.page.get_by_role("alert")
        notice.get_by_text("Linnet Ashgrove saved this").wait_for()
        assert "Hers" in drawn(other, draft) and "The other’s" not in drawn(other, draft)
        notice.get_by_role("button", name="Show theirs").click()
        other.page.locator('[data-element-id="record_panel"]', has_text="Hers").first.wait_for()
        other.page.get_by_role("alert").get_by_role("button", name="Show mine").click()
        keep(other)
        assert "The other’s" in drawn(other, draft)
        assert "409" in " ".join(other.faults)
        other.faults.clear()  # the one answer that was meant to be refused


def test_a_tab_that_was_closed_in_the_middle_loses_nothing(person, draft):
    draw(person, draft)
    choose(person, TASK)
    panel(person).get_by_label("What it is called").fill("Not lost")
    panel(person).get_by_label("What it is called").press("Tab")
    person.page.wait_for_timeout(600)  # until this browser has kept it
    page = person.context.new_page()
    person.page.close(run_before_unload=False)
    person.page = page
    draw(person, draft)
    person.page.locator('[data-element-id="record_panel"]', has_text="Not lost").first.wait_for()


def test_a_session_that_ran_out_loses_nothing(person, draft):
    draw(person, draft)
    choose(person, TASK)
    panel(person).get_by_label("What it is called").fill("Still here")
    person.context.clear_cookies()
    person.page.get_by_role("button", name="Save", exact=True).click()
    person.page.get_by_text("You are signed out.").wait_for()
    person.faults.clear()  # the answer that was meant to be refused
    person.page.evaluate("window.onbeforeunload = null")
    person.page.on("dialog", lambda dialog: dialog.accept())
    person.sign_in(OWNER)
    draw(person, draft)
    person.page.locator('[data-element-id="record_panel"]', has_text="Still here").first.wait_for()


def test_a_server_that_is_restarted_in_the_middle_loses_nothing(browser, prepared, tmp_path):
    shutil.copytree(prepared[0], tmp_path, dirs_exist_ok=True)
    with door() as own, watched(browser, address_of(own), viewport=DESKTOP) as person:
        with running(tmp_path, own):
            person.sign_in(OWNER)
            draft = person.begin_draft("Offer mediation")
            draw(person, draft)
            choose(person, TASK)
            panel(person).get_by_label("What it is called").fill("Outlived it")
        person.page.get_by_role("button", name="Save", exact=True).click()  # and nobody is there
        with running(tmp_path, own):
            person.page.get_by_text("Saved at").wait_for()
            assert 'name="Outlived it"' in drawn(person, draft)
