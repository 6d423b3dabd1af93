"""Every wish at every place of the published drawings: it is granted and drawn well, or refused in plain words."""

import random

import pytest

from app.drawing.reading import read
from app.errors import Refused
from tests.drawing.tidy import crossings, untidy
from tests.drawing.wishes import PAGES, Wish, content_of, wishes

SMALL = ("get_agreement", "hold_panel", "keep_informed", "retention")  # on which everything is tried
SAMPLE = 14  # wishes on each of the others
MOST_CROSSINGS = 4  # that one wish may add
KEPT = ("kind", "name", "event", "timer", "timer_kind", "properties", "instructions", "called", "decision", "condition")


def _tried(page: str) -> list[Wish]:
    """What is tried on a page: on the small ones every kind of wish at every place, each in one lane."""
    made = list(wishes(read(content_of(page), page)))
    spread = random.Random(page)  # the same ones in every run
    if page not in SMALL:
        return spread.sample(made, SAMPLE)
    found = {(wish.kind, wish.about[0]): wish for wish in spread.sample(made, len(made))}
    return list(found.values())


CASES = [(page, wish) for page in PAGES for wish in _tried(page)]
each_wish = pytest.mark.parametrize(
    ("page", "wish"), CASES, ids=[f"{p}-{w.kind}-{'-'.join(w.about)}" for p, w in CASES]
)


@each_wish
def test_a_wish_is_drawn_well_or_refused_in_plain_words(page, wish):
    before = content_of(page)
    try:
        shaped = wish.make(before, f"{page}.bpmn")
    except Refused as refused:
        assert all(len(says) > 10 and says.endswith(".") for says in refused.problems.values())
        return
    assert untidy(shaped.content) - untidy(before) == set()
    assert crossings(shaped.content) <= crossings(before) + MOST_CROSSINGS
    _check_kept(before, shaped.content, {*wish.about, shaped.element})
    assert shaped.says.endswith(".")


def _check_kept(before: bytes, after: bytes, touched: set[str]) -> None:
    """What a wish is not about says what it said."""
    old, new = read(before, "old.bpmn"), read(after, "new.bpmn")
    for element in old.elements:
        is_touched = element.id in touched or element.attached_to in touched
        if element.id in new.by_id and not is_touched and not _is_told(old, element.id, touched):
            assert [getattr(new.by_id[element.id], key) for key in KEPT] == [getattr(element, key) for key in KEPT]
    flows = {flow.id: flow for flow in new.flows}
    for flow in old.flows:
        if flow.id in flows and flow.source not in touched:
            assert (flows[flow.id].name, flows[flow.id].condition) == (flow.name, flow.condition)
            assert flows[flow.id].source == flow.source


def _is_told(drawing, end, touched):
    return any(flow.source in touched for flow in drawing.incoming(end))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("seed", range(2))
def test_many_wishes_after_each_other_leave_a_whole_drawing(page, seed):
    """Nothing is lost or drawn twice, and no shape stands on another, whatever was wished for before."""
    spread = random.Random(f"{page} {seed}")
    content = content_of(page)
    for _ in range(6):
        made = list(wishes(read(content, page)))
        kind = spread.choice(sorted({wish.kind for wish in made}))
        wish = spread.choice([one for one in made if one.kind == kind])
        try:
            content = wish.make(content, f"{page}.bpmn").content
        except Refused:
            continue
        bad = (
            "shape on shape",
            "not drawn",
            "drawn, not there",
            "outside its lane",
            "in two lanes",
            "in no lane",
            "slanted",
        )
        assert [one for one in untidy(content) if one[0] in bad] == []
