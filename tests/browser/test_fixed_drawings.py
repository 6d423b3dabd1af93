"""A drawing with every fix made opens in the editor that partners use, without a warning."""

import pytest

from app.config import ROOT
from app.drawing.completing import completed
from app.editor import checking
from app.editor.surroundings import Surroundings
from tests.drawing.strangers import Stranger

EDITOR = ROOT / "frontend" / "node_modules" / "bpmn-js" / "dist" / "bpmn-modeler.production.min.js"
OPEN = """async drawing => {
  const editor = new BpmnJS({container: '#drawing'});
  const {warnings} = await editor.importXML(drawing);
  return {warnings: warnings.map(one => one.message), drawn: editor.get('elementRegistry').getAll().map(one => one.id)};
}"""


@pytest.fixture
def editor(browser):
    page = browser.new_page()
    page.set_content('<div id="drawing" style="height: 600px"></div>')
    page.add_script_tag(path=EDITOR)
    yield page
    page.close()


@pytest.mark.parametrize("seed", range(12))
def test_a_fixed_drawing_opens_and_shows_what_was_added(editor, seed):
    content = Stranger(seed).draw()
    findings = checking.check("drawn.bpmn", content, Surroundings()).findings
    before = editor.evaluate(OPEN, content.decode())
    editor.evaluate("document.querySelector('#drawing').replaceChildren()")
    after = editor.evaluate(OPEN, completed.fixed(content, "drawn.bpmn", findings).decode())
    assert set(after["warnings"]) <= set(before["warnings"])
    added = {edit["id"] for one in findings if one.fix for edit in one.fix.edits if edit["do"] == "add"}
    near = {edit["id"]: edit["near"] for one in findings if one.fix for edit in one.fix.edits if edit["do"] == "add"}
    assert {one for one in added if near[one] in before["drawn"]} <= set(after["drawn"])
