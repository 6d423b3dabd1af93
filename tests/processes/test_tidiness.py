"""A drawing is read by people who have never seen BPMN: what a tidy page is, in numbers."""

from itertools import combinations

import pytest

from tests.processes import picture, published
from tests.processes.published import PAGES, kind

MOST_NODES, MOST_LANES, MOST_COLUMNS = 50, 8, 18
MOST_IN_A_FRAME = 5
MOST_CROSSINGS = 8  # on the largest page
MOST_BACKWARDS = 4  # lines that truly go back: overturned (twice), not enough, closing put off

each_page = pytest.mark.parametrize("name", PAGES)


@each_page
def test_no_arrow_goes_through_a_shape(name):
    drawn = picture.of(name)
    through = [
        (key, other)
        for key, line in drawn.lines.items()
        for piece in picture.pieces(line)
        for other, box in drawn.shapes.items()
        if other != drawn.frames.get(key) and piece.meets(box, by=1)
    ]
    assert through == []


@each_page
def test_no_arrow_goes_through_words(name):
    drawn = picture.of(name)
    through = [
        (key, other)
        for key, line in drawn.lines.items()
        for piece in picture.pieces(line)
        for other, box in drawn.words.items()
        if piece.meets(box, by=2)
    ]
    assert through == []


@each_page
def test_arrows_are_horizontal_or_vertical(name):
    lines = picture.of(name).lines
    slanted = [
        key for key, line in lines.items() for p in picture.pieces(line) if p.left != p.right and p.top != p.bottom
    ]
    assert slanted == []


@each_page
def test_words_stand_free_of_other_words_and_of_shapes(name):
    drawn = picture.of(name)
    tasks = {
        key: box
        for key, box in drawn.shapes.items()
        if not published.page(name).xpath(f"//*[@id='{key}'][@triggeredByEvent]")
    }
    clashes = [(a, b) for (a, p), (b, q) in combinations(drawn.words.items(), 2) if p.meets(q, by=1)]
    clashes += [(a, b) for a, p in drawn.words.items() for b, q in tasks.items() if p.meets(q, by=1)]
    assert clashes == []


@each_page
def test_arrows_hardly_cross(name):
    assert picture.crossings(picture.of(name)) <= MOST_CROSSINGS


@each_page
def test_an_arrow_that_arrives_does_not_run_along_one_that_leaves(name):
    drawn = picture.of(name)
    together = [
        (a, b)
        for a, (source, _) in drawn.ends.items()
        for b, (_, target) in drawn.ends.items()
        if source == target
        for one in picture.pieces(drawn.lines[a])
        for other in picture.pieces(drawn.lines[b])
        if one.along(other) > 1
    ]
    assert together == []


@each_page
def test_hardly_an_arrow_goes_back(name):
    drawn = picture.of(name)
    back = [key for key, (a, b) in drawn.ends.items() if drawn.shapes[b].right < drawn.shapes[a].left]
    assert len(back) <= MOST_BACKWARDS, back


@each_page
def test_a_page_holds_one_story(name):
    """Marks on the edge of a task are not counted, nor is a gateway that only joins two lines.

    A frame is a short story of its own and counts as one, with all its steps.
    """
    counted = [
        node for node in published.nodes(name) if node.get("id") not in published.marks(name) and not _joins(name, node)
    ]
    frames = {node.getparent() for node in counted if node.getparent().get("triggeredByEvent")}
    assert len([node for node in counted if node.getparent() not in frames]) + len(frames) <= MOST_NODES
    assert all(sum(node.getparent() is frame for node in counted) <= MOST_IN_A_FRAME for frame in frames)
    assert len(published.page(name).findall(".//b:lane", published.NAMES)) <= MOST_LANES
    shapes = picture.of(name).shapes
    columns = {round((shapes[n.get("id")].left + shapes[n.get("id")].right) / 2) for n in counted}
    assert len(columns) <= MOST_COLUMNS


@each_page
def test_every_element_is_drawn_and_stands_in_one_lane(name):
    drawn = picture.of(name)
    refs = [ref.text for ref in published.page(name).iterfind(".//b:flowNodeRef", published.NAMES)]
    nodes = {node.get("id"): node for node in published.nodes(name)}
    own = {key for key, node in nodes.items() if kind(node.getparent()) == "process"}
    assert set(nodes) <= set(drawn.shapes)
    assert {flow.get("id") for flow in published.flows(name)} == set(drawn.lines)
    assert len(refs) == len(set(refs))
    assert own <= set(refs)


def _joins(name, node):
    leaving = [flow for flow in published.flows(name) if flow.get("sourceRef") == node.get("id")]
    return kind(node) == "exclusiveGateway" and len(leaving) == 1
