"""A drawing changed with the keyboard alone, in words: no mouse, no picture."""

import pytest

NAMED = """() => { const at = document.activeElement; if (!at || at === document.body) return "";
    const label = at.id && document.querySelector(`label[for="${CSS.escape(at.id)}"]`);
    return ((label ? label.innerText : at.innerText) || "").replace(/\\s+/g, " ").trim(); }"""
GREET = b"""<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x"><process id="greet"
 name="Greet people" isExecutable="true"><startEvent id="begun" name="Somebody comes"/><task id="hello" name="Say hello"/>
<task id="goodbye" name="Say goodbye"/><endEvent id="over" name="They went"/>
<sequenceFlow id="a" sourceRef="begun" targetRef="hello"/><sequenceFlow id="b" sourceRef="hello" targetRef="goodbye"/>
<sequenceFlow id="c" sourceRef="goodbye" targetRef="over"/></process></definitions>"""
MOST = 150  # presses of Tab on one page


@pytest.fixture
def outline(person, draft):
    """Somebody with a draft, at the panel in words; what follows uses keys only."""
    person.open(f"{draft}/files/hold_panel.bpmn/outline")
    return person


def to(person, *words):
    """Press Tab until what has the focus is called by these words."""
    for _ in range(MOST):
        person.page.keyboard.press("Tab")
        named = person.page.evaluate(NAMED)
        if all(word in named for word in words):
            return
    raise AssertionError(f"Tab does not lead to {words}")


def press(person, *words):
    """Go to a link or button by Tab, and follow it by Enter."""
    to(person, *words)
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")


def fill(person, label, text):
    to(person, label)
    person.page.keyboard.press("Control+A")
    person.page.keyboard.type(text)


def test_a_step_with_form_and_limit_is_added_and_a_limit_changed(outline):
    press(outline, "Add a step after", "record the panel")
    press(outline, "Continue")
    fill(outline, "What is done?", "Offer mediation")
    to(outline, "Which form is filled in?")
    outline.page.keyboard.type("A new form")
    fill(outline, "By when?", "5 working days")
    press(outline, "Add this step")
    said = outline.page.locator("main").inner_text()
    assert "Offer mediation" in said and "5 working days" in said
    press(outline, "Change", "Send the papers")
    press(outline, "Change this limit")
    to(outline, "Is it a time that is agreed")
    outline.page.keyboard.type("No, only here")
    fill(outline, "By when?", "3 working days before panel.held_at")
    press(outline, "Save this limit")
    assert "3 working days before" in outline.page.locator("main").inner_text()
    assert not outline.problems


def test_findings_are_mended_it_is_tried_and_handed_in(outline, draft):
    outline.open(draft)
    outline.page.locator("#file").set_input_files({"name": "greet.bpmn", "mimeType": "text/xml", "buffer": GREET})
    outline.page.get_by_role("button", name="Take this file").press("Enter")
    outline.page.wait_for_url("**/files/greet.bpmn")
    for left in (1, 0):
        press(outline, "Make it a step for a person")
        assert outline.page.get_by_role("button", name="Make it a step for a person").count() == left
    press(outline, "Try it")
    to(outline, "What do you want to try?")
    outline.page.keyboard.type("Greet")
    press(outline, "Begin")
    for task in ("Say hello", "Say goodbye"):
        assert task in outline.page.locator("main").inner_text()
        press(outline, "Do it with made-up answers")
    assert "The case is closed." in outline.page.locator("main").inner_text()
    press(outline, "Publish")
    fill(outline, "What is different, and why?", "To greet people.")
    press(outline, "Hand it in")
    assert "Waits for a second person" in outline.page.locator("main").inner_text()
    assert not outline.problems


def test_what_was_changed_is_undone(outline):
    press(outline, "Change", "Send the papers")
    fill(outline, "Its words", "Send out the papers")
    press(outline, "Save this step")
    assert "Send out the papers" in outline.page.locator("main").inner_text()
    press(outline, "Undo the last change")
    assert outline.page.locator("main strong", has_text="Send the papers").count() == 1
    assert not outline.problems
