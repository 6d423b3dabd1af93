"""axe-core, as a question to a page: what would keep somebody from using it?"""

from functools import cache

from playwright.sync_api import Page

from app.config import ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = """async ([tags, without]) => (await axe.run(without ? {exclude: [without]} : document, {runOnly: tags, resultTypes: ["violations"]})).violations.flatMap(
    rule => rule.nodes.map(node => [rule.id, node.html.slice(0, 200), node.failureSummary]))"""
# GOV.UK Frontend gives radios and checkboxes that reveal a question `aria-expanded`, which neither role allows. The
# Design System keeps it on purpose: screen readers say it, and no allowed attribute does the same.
UPSTREAM = ("aria-allowed-attr", "aria-expanded")


def findings(page: Page, without: str = "") -> list[str]:
    """What axe finds on the page that is open, against WCAG 2.2 AA and its best practices, one sentence each.

    ``without`` is a part that is not looked at: a canvas, which the outline stands for.
    """
    page.wait_for_load_state()
    page.evaluate(_axe())
    found = page.evaluate(LOOK, [TAGS, without])
    return [
        f"{page.url}: {rule}: {html} {why}"
        for rule, html, why in found
        if rule != UPSTREAM[0] or UPSTREAM[1] not in html
    ]


@cache
def _axe() -> str:
    assert AXE.exists(), "run `make setup`: axe-core is not installed"
    return AXE.read_text("utf-8")
