"""Every kind of finding is explained to the people who meet it."""

from app.config import ROOT
from tests.drawing.corpus import FORETOLD, STOPS, expectations
from tests.processes import breaking

PAGE = (ROOT / "docs" / "read-as-drawn.md").read_text(encoding="utf-8")


def test_every_kind_of_finding_stands_on_the_page():
    said = {kind for one in expectations().values() for _, kind, _ in one["findings"]}
    broken = {kind for way in breaking.ways() for kind in way.found}
    assert not sorted(kind for kind in said | broken | FORETOLD | STOPS if f"`{kind}`" not in PAGE)
