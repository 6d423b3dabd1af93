"""The picture of each drawing, as partners see it in the editor: ``python -m tests.browser.drawings``."""

from playwright.sync_api import Browser

from app.config import ROOT
from tests.browser.serving import chromium

FOLDER = ROOT / "docs" / "images" / "drawings"
EDITOR = ROOT / "frontend" / "node_modules" / "bpmn-js" / "dist"
LOOK = ("assets/diagram-js.css", "assets/bpmn-js.css")
SMALLER = 0.75  # of the size at which it is drawn, so that a page fits a screen
OPEN = """async drawing => {
  const viewer = new BpmnJS({container: '#drawing'});
  await viewer.importXML(drawing);
  const {x, y, width, height} = viewer.get('canvas').viewbox().inner;
  return {x, y, width, height};
}"""
FIT = """([box, scale]) => {
  const place = document.querySelector('#drawing');
  place.style.width = `${Math.ceil((box.width + 20) * scale)}px`;
  place.style.height = `${Math.ceil((box.height + 50) * scale)}px`;
}"""
SHOW = """async ([drawing, box]) => {
  document.querySelector('#drawing').replaceChildren();
  const viewer = new BpmnJS({container: '#drawing'});
  await viewer.importXML(drawing);
  viewer.get('canvas').viewbox({x: box.x - 10, y: box.y - 10, width: box.width + 20, height: box.height + 50});
}"""


def take(browser: Browser) -> None:
    """A picture of each drawing in ``processes/``."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    page = browser.new_page(viewport={"width": 2000, "height": 1600})
    page.set_content('<body style="margin: 0"><div id="drawing" style="width: 1900px; height: 1500px"></div></body>')
    page.add_script_tag(path=EDITOR / "bpmn-viewer.production.min.js")
    for sheet in LOOK:
        page.add_style_tag(path=EDITOR / sheet)
    for drawing in sorted((ROOT / "processes").glob("*.bpmn")):
        page.evaluate("document.querySelector('#drawing').replaceChildren()")
        content = drawing.read_text("utf-8")
        box = page.evaluate(OPEN, content)
        page.evaluate(FIT, [box, SMALLER])
        page.evaluate(SHOW, [content, box])
        page.locator("#drawing").screenshot(path=FOLDER / f"{drawing.stem}.png")


if __name__ == "__main__":
    with chromium() as browser:
        take(browser)
