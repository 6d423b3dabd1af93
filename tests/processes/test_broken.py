"""Every drawing of the procedure, broken in forty ways: each break is found, and what is broken is named."""

import pytest
from lxml import etree

from app.config import ROOT
from app.drawing.sheet import Sheet
from app.editor import checking, folders
from app.editor.surroundings import Surroundings
from tests.processes import breaking, published

FILES = folders.read(ROOT)
WAYS = {way.says: way for way in breaking.ways()}
MOST_PLACES = 2  # of one way in one drawing


def places():
    """Each way to break each drawing, at its first places."""
    for page in published.PAGES:
        sheet = Sheet(etree.fromstring(FILES[f"{page}.bpmn"]))
        for says, way in WAYS.items():
            yield from ((page, says, place) for place in range(min(MOST_PLACES, len(way.places(sheet)))))


PLACES = list(places())


@pytest.fixture(scope="module")
def around():
    return Surroundings(FILES)


@pytest.mark.parametrize(("page", "says", "place"), PLACES)
def test_a_drawing_that_was_broken_is_told_so_by_name(around, page, says, place):
    content, own = breaking.broken(FILES[f"{page}.bpmn"], WAYS[says], place)
    checked = checking.check(f"{page}.bpmn", content, around, roles=around.roles)
    found = [one for one in checked.findings if one.kind in WAYS[says].found]
    assert found, [(one.kind, one.element) for one in checked.findings]
    assert all(one.label and one.says for one in found), own
    assert checked.verdict != checking.REFUSED, "it can still be played"


def test_there_are_at_least_thirty_ways_and_each_is_used():
    assert len(WAYS) >= 30
    assert {says for _, says, _ in PLACES} == set(WAYS)
