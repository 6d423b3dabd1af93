"""Process owners edit decision tables as tables, in a real browser."""

from tests.browser.test_drawing_office import MARK, SEEN_WHOLE, keep

FILE = "risk_band.dmn"


def test_a_table_is_edited_as_a_table_and_what_is_wrong_is_told_beside(person, draft):
    table = f"{draft}/files/{FILE}/tables/risk_band"
    person.open(table)
    person.answer({"given.0": "20", "given.6": "high"})
    person.press("See what it says")
    person.press("Keep as a test row")
    person.open(f"{draft}/files/{FILE}/table-editor")
    person.page.locator("[data-table][data-ready]").wait_for()
    tab = person.page.locator(".app-table-editor")
    tab.locator(MARK).last.scroll_into_view_if_needed()
    assert tab.locator(MARK).last.evaluate(SEEN_WHOLE)  # nothing stands over the mark of bpmn.io
    tab.get_by_text("[16..27]").click()
    person.page.keyboard.press("Control+A")
    person.page.keyboard.type("[12..15]")
    person.page.locator(".app-findings").get_by_text("No row says what happens").wait_for()
    keep(person)
    person.open(table)
    assert "[12..15]" in person.page.inner_text("main")
    assert "1: 20, " in person.page.inner_text("main")  # the editor lost no test row
