"""Process owners edit decision tables as tables, and put forms together, in a real browser."""

import json
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP
from tests.browser.serving import watched
from tests.browser.test_drawing_office import MARK, OTHER, SEEN_WHOLE, drawn, keep, panel

FORMS = sorted((Path(__file__).parents[2] / "forms").glob("*.form"))
TABLES, FILE = "risk_band.dmn", "read_information.form"
LEAVE = "Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});"
COME_BACK = "delete document.visibilityState;"
TELL = "document.dispatchEvent(new Event('visibilitychange'))"
# Each form goes into an editor of its own. Nothing is changed; something is added and everything
# moved, and undone; one thing is changed.
THROUGH = """async files => {
    const { Sheet } = await import(document.querySelector('script[src*="/forms-"]').src);
    const sheet = new Sheet(document.createElement('div'), document.createElement('div'), { kinds: [], facts: [] });
    const said = {};
    for (const [name, content] of Object.entries(files)) {
        await sheet.put(content);
        const opened = sheet.content;
        sheet.get('places').add('textfield');
        const added = sheet.content;
        sheet.get('commandStack').undo();
        for (const field of sheet.get('formFieldRegistry').getAll().filter(one => one._parent))
            for (const by of [-1, 1])
                if (sheet.get('places').move(field, by)) sheet.get('commandStack').undo();
        const undone = sheet.content;
        const field = sheet.get('formFieldRegistry').getAll().find(one => one.key);
        sheet.get('panel').setIn(field, 'validate', 'required', false);
        said[name] = { opened, added, undone, changed: sheet.content };
    }
    return said;
}"""
STRANGE = {
    "type": "default",
    "id": "strange",
    "title": "From elsewhere",
    "schemaVersion": 16,
    "executionPlatform": "Elsewhere 8",
    "components": [
        {"type": "textfield", "key": "who.email", "label": "E-mail", "layout": {"row": "Row_1", "columns": 8},
         "validate": {"validationType": "email", "maxLength": 80, "ours": [1, 2.5, None]}, "properties": {"layout": "1"}},
        {"type": "html", "id": "h", "content": "<b>Not ours</b>", "layout": {"row": "Row_1"}},
        {"type": "dynamiclist", "id": "l", "path": "reports", "label": "Reports", "rare": {"a": {}}, "components": [
            {"type": "number", "id": "n", "key": "count", "label": "How many", "validate": {"max": "=most"}}]},
    ],
}  # fmt: skip


def design(person, draft, name=FILE):
    """Open the designer of a form."""
    person.open(f"{draft}/files/{name}/design")
    person.page.locator("[data-form][data-ready]").wait_for()


def asks(person):
    return person.page.get_by_role("region", name="As people will see it")


def stage(person):
    return person.page.locator(".app-form-stage")


def keyed(form):
    """The first component with a key, wherever it stands."""
    waiting = list(form["components"])
    while waiting:
        one = waiting.pop(0)
        if "key" in one:
            return one
        waiting[:0] = one.get("components", [])
    raise LookupError(form["id"])


def test_a_table_is_edited_as_a_table_and_what_is_wrong_is_told_beside(person, draft):
    table = f"{draft}/files/{TABLES}/tables/risk_band"
    person.open(table)
    person.answer({"given.0": "20", "given.6": "high"})
    person.press("See what it says")
    person.press("Keep as a test row")
    person.open(f"{draft}/files/{TABLES}/table-editor")
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


def test_a_question_is_added_seen_as_people_will_see_it_saved_by_itself_and_undone(person, draft):
    person.open(f"{draft}/files/{FILE}")
    person.press("Design the form")
    person.page.locator("[data-form][data-ready]").wait_for()
    asks(person).get_by_text("How did you answer?").wait_for()
    mark = person.page.locator(".fjs-powered-by-link")
    mark.scroll_into_view_if_needed()
    assert mark.evaluate(SEEN_WHOLE)
    person.page.get_by_role("button", name="One answer", exact=True).focus()
    person.page.keyboard.press("Enter")
    expect(panel(person).get_by_label("Question", exact=True)).to_be_focused()
    person.page.keyboard.type("Was anybody hurt?")
    person.page.keyboard.press("Tab")
    person.page.keyboard.type("Also a little.")
    person.page.keyboard.press("Tab")
    asks(person).get_by_role("group", name="Was anybody hurt? (optional)").get_by_label("No").wait_for()
    assert asks(person).get_by_text("Also a little.").is_visible()
    with person.page.expect_response(lambda answer: answer.url.endswith(FILE)):
        person.page.evaluate(LEAVE + TELL)
    person.page.evaluate(COME_BACK)
    added = json.loads(drawn(person, draft, FILE))["components"][0]["components"][-1]
    assert (added["key"], added["description"]) == ("information_read.was_anybody_hurt", "Also a little.")
    person.page.keyboard.press("Escape")
    person.page.keyboard.press("Alt+ArrowUp")
    expect(stage(person).locator(".fjs-element").last).to_contain_text("What do they say is wrong in the file?")
    person.page.keyboard.press("Delete")
    expect(stage(person).get_by_text("Was anybody hurt?")).to_have_count(0)
    expect(asks(person).get_by_text("Was anybody hurt?")).to_have_count(0)
    person.page.keyboard.press("Control+z")
    stage(person).get_by_text("Was anybody hurt?").wait_for()
    undo = person.page.get_by_role("button", name="Undo")
    while undo.is_enabled():
        undo.click()
    expect(asks(person).get_by_text("Was anybody hurt?")).to_have_count(0)
    keep(person)
    assert drawn(person, draft, FILE) == (FORMS[0].parent / FILE).read_text("utf-8")


def test_wording_the_fact_and_the_answers_are_changed_and_what_is_wrong_is_told(person, draft):
    design(person, draft)
    stage(person).get_by_text("How did you answer?").click()
    said = panel(person)
    said.get_by_label("What we say where it is left out").fill("Say how you answered")
    said.get_by_label("Kept as the fact").fill("information_read.done")
    said.get_by_label("Kept as the fact").press("Tab")
    said.get_by_text("Another question here is kept as information_read.done already").wait_for()
    said.get_by_label("Kept as the fact").fill("reply.way")
    said.get_by_role("button", name="Add an answer").click()
    said.get_by_label("Answer 4", exact=True).fill("In person")
    said.get_by_label("Leave it out when").fill("information_read.done = ")
    said.get_by_label("Leave it out when").press("Tab")
    found = person.page.locator(".app-finding", has_text="How did you answer?")
    found.get_by_text("cannot be understood").wait_for()
    assert asks(person).get_by_text("It cannot be shown until").is_visible()
    person.page.locator("h1").click()
    found.get_by_role("button", name="Show where").click()
    said.get_by_label("Leave it out when").fill("")
    said.get_by_label("Leave it out when").press("Tab")
    expect(person.page.locator(".app-finding")).to_have_count(0)
    asks(person).get_by_label("In person").wait_for()
    keep(person)
    saved = json.loads(drawn(person, draft, FILE))["components"][0]["components"][1]
    assert saved["key"] == "reply.way" and saved["values"][-1] == {"label": "In person", "value": "in_person"}
    assert saved["properties"]["errorRequired"] == "Say how you answered" and "conditional" not in saved


def test_two_who_design_one_form_are_told_of_each_other(browser, address, person, draft):
    with watched(browser, address, viewport=DESKTOP) as other:
        other.sign_in(OTHER)
        design(person, draft)
        design(other, draft)
        other.page.get_by_text("Linnet Ashgrove has this open as well.").wait_for()
        for one, words in ((person, "Hers"), (other, "The other’s")):
            panel(one).get_by_label("What the form is called").fill(words)
            panel(one).get_by_label("What the form is called").press("Tab")
        keep(person)
        other.page.get_by_role("button", name="Save", exact=True).click()
        notice = other.page.get_by_role("alert")
        notice.get_by_text("Linnet Ashgrove saved this").wait_for()
        assert json.loads(drawn(other, draft, FILE))["title"] == "Hers"
        notice.get_by_role("button", name="Show theirs").click()
        expect(panel(other).get_by_label("What the form is called")).to_have_value("Hers")
        assert "409" in " ".join(other.faults)
        other.faults.clear()  # the one answer that was meant to be refused


def test_nothing_is_lost_that_nobody_changed(person, draft):
    design(person, draft)
    files = {path.name: path.read_text("utf-8") for path in FORMS} | {"strange": json.dumps(STRANGE, indent=2) + "\n"}
    through = person.page.evaluate(THROUGH, files)
    assert len(through) == len(FORMS) + 1
    for name, said in through.items():
        before = json.loads(files[name])
        assert (said["opened"], said["undone"]) == (files[name], files[name]), name
        assert said["added"] != files[name] and said["added"].count('"layout"') == files[name].count('"layout"')
        keyed(before).setdefault("validate", {})["required"] = False
        assert json.loads(said["changed"]) == before, name
