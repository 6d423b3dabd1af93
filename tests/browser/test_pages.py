"""What only a browser shows: what saves itself, what is drawn, where the focus stands, what paper gets."""

import pytest

from app import clock
from app.store import cases
from app.store.transactions import transaction
from tests.browser import axe

OFFICER, POLICE = "juniper@larkmere.example", "rowan@police.larkmere.example"
AROUND = ".app-head, .app-who, .app-foot, .app-noprint"  # what stands around a letter on the screen
LEGIBLE = 60  # pixels: a task is 100 wide, and its words are as high as 12 of them
ON_TOP = """box => { const at = box.getBoundingClientRect();
    const points = [[0.1, 0.1], [0.9, 0.1], [0.5, 0.5], [0.1, 0.9], [0.9, 0.9]];
    return points.every(([x, y]) => box.contains(
        document.elementFromPoint(at.left + x * at.width, at.top + y * at.height))); }"""
OUTLINE = "box => { const s = getComputedStyle(box); return [s.outlineStyle, s.outlineWidth, s.boxShadow].join(' '); }"


def leave(page):
    """What happens to a page when somebody looks at another one."""
    page.evaluate(
        """() => { Object.defineProperty(document, "visibilityState", {value: "hidden", configurable: true});
                   document.dispatchEvent(new Event("visibilitychange")); }"""
    )


def all_viewers(page):
    """Every drawing of the page is in its viewer."""
    page.locator("[data-drawing]:not([data-ready])").first.wait_for(state="detached")


def test_what_an_officer_types_saves_itself_and_says_so(person):
    person.sign_in(OFFICER)
    person.begin("Lettice", "Interview the applicant")
    person.answer({"interview.present": "Her sister"})
    with person.page.expect_response(lambda answer: answer.url.endswith("/draft")) as saved:
        leave(person.page)
    assert saved.value.status == 204
    person.page.get_by_text("Saved at").wait_for()
    person.page.reload()
    assert person.page.locator('[name="interview.present"]').input_value() == "Her sister"


def test_what_an_applicant_types_saves_itself_and_says_so(person):
    person.open("/apply")
    person.press("Start now")
    person.open(person.page.url.removesuffix("1") + "5")
    box = person.page.locator('[name="victim.name"]')
    box.fill("Tansy Applegarth")
    with person.page.expect_response(lambda answer: "autosave" in answer.url) as saved:
        leave(person.page)
    assert saved.value.status == 204
    person.page.get_by_text("Saved at").wait_for()
    person.page.reload()
    assert box.input_value() == "Tansy Applegarth"


def test_the_mark_of_bpmn_io_is_seen_whole_in_every_viewer(person):
    person.sign_in(OFFICER)
    person.see_case("Peony", "/drawing")
    all_viewers(person.page)
    marks = person.page.locator(".bjs-powered-by")
    assert marks.count() == person.page.locator("[data-drawing]").count() > 0
    for mark in marks.all():
        mark.scroll_into_view_if_needed()
        assert mark.is_visible() and mark.evaluate(ON_TOP)


def test_the_viewer_shows_what_is_done_and_what_happens_now(person):
    person.sign_in(OFFICER)
    person.see_case("Peony", "/drawing")
    all_viewers(person.page)
    assert person.page.locator(".app-is-done").count() > 0
    assert person.page.locator(".app-is-now, .app-is-late").count() > 0


def test_the_viewer_begins_where_something_happens_now_and_can_be_read(phone_with_scripts):
    phone_with_scripts.sign_in(OFFICER)
    phone_with_scripts.see_case("Peony", "/drawing")
    all_viewers(phone_with_scripts.page)
    drawing = phone_with_scripts.page.locator("[data-drawing]").first
    frame = drawing.bounding_box()
    steps = [step.bounding_box() for step in drawing.locator(".app-is-now").all()]
    assert any(_is_within(step, frame) and step["width"] > LEGIBLE for step in steps)


def _is_within(inner, outer):
    across = outer["x"] < inner["x"] and inner["x"] + inner["width"] < outer["x"] + outer["width"]
    return across and outer["y"] < inner["y"] and inner["y"] + inner["height"] < outer["y"] + outer["height"]


def test_the_slider_looks_back_at_a_case_without_leaving_the_page(person):
    person.sign_in(OFFICER)
    person.see_case("Peony", "/drawing")
    person.page.locator("#step").focus()
    person.page.keyboard.press("ArrowLeft")
    person.page.get_by_role("heading", name="Where this was on").wait_for()
    assert "step=" in person.page.url
    assert person.page.evaluate("document.activeElement.id") == "step", "the slider keeps the focus"
    person.page.keyboard.press("ArrowRight")
    person.page.get_by_role("heading", name="Where this is now").wait_for()
    assert not person.problems


def test_the_painted_drawing_is_there_without_scripts(plain):
    plain.sign_in(OFFICER)
    plain.see_case("Peony", "/drawing")
    drawings = plain.page.locator(".app-drawing > svg")
    assert drawings.count() == plain.page.locator("[data-drawing]").count() > 0
    assert all(drawing.is_visible() for drawing in drawings.all())
    assert plain.page.locator(".app-drawing canvas, .bjs-container").count() == 0


def test_the_board_keeps_itself_up_to_date_and_can_be_told_to_stop(person, inside):
    person.sign_in("horatio@larkmere.example")
    page = person.open("/status")
    page.locator("[data-live][data-ready]").wait_for()
    row = page.locator("tr[data-row]", has_text="Cosmo")
    row.locator("th a").focus()
    with transaction():
        found, _ = cases.listed("Cosmo", "", 0, 1)
        cases.stop(found[0], "decide_threshold", "It was stopped so that the page can change.", clock.now())
    look_again(page)
    page.get_by_role("status").get_by_text("1 case changed").wait_for(state="attached")
    assert "Stopped" in row.inner_text() and page.locator("tr[data-row]").first.inner_text() == row.inner_text()
    assert page.locator(":focus").get_attribute("href") == f"/cases/{found[0].reference}"
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    person.press("Stop updating")
    assert "Stopped at" in page.locator("[data-live]").inner_text()
    look_again(page)
    with page.expect_response(lambda answer: answer.status == 304):
        person.press("Go on updating")
    page.get_by_text("Updated").wait_for()
    assert len(asked) == 1, "nothing was asked while it stood"


def look_again(page):
    """What happens to a page when somebody comes back to it."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.mark.parametrize("path", ["/", "/apply", "/track", "/procedure", "/sign-in"])
def test_the_keyboard_comes_to_the_skip_link_first_and_to_the_main_button_seen(person, path):
    page = person.open(path)
    page.keyboard.press("Tab")
    first = page.locator(":focus")
    assert first.inner_text() == "Skip to main content" and first.is_visible()
    page.keyboard.press("Enter")
    main = page.locator("main .govuk-button").first
    for _ in range(250):
        page.keyboard.press("Tab")
        if main.evaluate("button => button === document.activeElement"):
            break
    assert main.evaluate("button => button === document.activeElement")
    assert main.evaluate(OUTLINE) != "none 0px none"


def test_a_task_is_reached_and_finished_by_keyboard_alone(person):
    person.sign_in("ivy@council.larkmere.example")
    person.begin("Barnaby", "Confirm the reports")
    page = person.page
    page.locator('[name="confirmation.received"]').first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator('[name="confirmation.received"][value="none"]').is_checked()
    page.locator('[name="confirmation.contact"]').focus()
    page.keyboard.type("Ivy Larkspur, 020 7946 0140")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Done: Confirm the reports").wait_for()


def test_the_same_task_finished_in_two_tabs_is_finished_once(person):
    person.sign_in(POLICE)
    person.begin("Barnaby", "Confirm the reports")
    first, answers = person.page, {"confirmation.received": "none", "confirmation.contact": "Rowan Finch"}
    second = person.context.new_page()
    second.goto(first.url)
    person.answer(answers)
    person.press("Finish this task")
    assert person.heading == "Done: Confirm the reports"
    person.page = second
    person.answer(answers | {"confirmation.contact": "Somebody else"})
    person.press("Finish this task")
    assert person.heading == "Somebody or something was faster"
    assert "You finished this task" in second.locator("main").inner_text()
    assert "Somebody else" in second.locator("main").inner_text()
    assert not axe.findings(second)


def test_a_button_pressed_twice_finishes_a_task_once(plain):
    plain.sign_in("perry@nhs.larkmere.example")
    plain.begin("Barnaby", "Confirm the reports")
    plain.answer({"confirmation.received": "none", "confirmation.contact": "Perry Mallow"})
    plain.page.get_by_role("button", name="Finish this task").dblclick()
    plain.page.wait_for_url("**/finished/*")
    assert plain.heading == "Done: Confirm the reports"


def test_a_letter_on_paper_is_the_letter_alone(person):
    person.sign_in(OFFICER)
    person.see_case("Tansy", "/letters")
    person.page.locator("main tbody a").first.click()
    letter, rest = person.page.locator(".app-sheet"), person.page.locator(AROUND)
    assert letter.is_visible() and all(part.is_visible() for part in rest.all()) and rest.count() == 4
    person.page.emulate_media(media="print")
    assert letter.is_visible() and not any(part.is_visible() for part in rest.all())
