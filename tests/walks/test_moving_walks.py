"""Random ways through the real drawings, moved at random points to drawings that were changed, and on to the end."""

import random
from collections import Counter
from functools import cache

import pytest
from lxml import etree

from app import errors
from app.engine import crossing
from app.engine.crossing import BACK, CREDIT, KEEP, RESTART, Way
from tests.walks import wandering
from tests.walks.wandering import MONDAY, MOST, Wanderer

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
EDITED = ("asb_case_review.bpmn", "review_case.bpmn", "hold_panel.bpmn", "refuse_and_refer.bpmn", "close_review.bpmn")
NOTHING_OWED = ("assess_risk", "wish")  # what may be taken out of a drawing without anything being owed for ever
AGREED = (("5 working days", "6 working days"), ("10 working days", "12 working days"))
AGREED += (("working day 2", "working day 4"), ("working day 3", "working day 4"), ("working day 7", "working day 9"))
OFTEN = 0.15  # how likely a move is at each step
BLOCKS, WALKS = range(3), 5


def the(process, key):
    return process.find(f".//*[@id='{key}']")


def added(root, chance):
    """A step between two others."""
    flow = chance.choice(list(root.iter(f"{BPMN}sequenceFlow")))
    if flow.find(f"{BPMN}conditionExpression") is not None:
        return None
    target, page = flow.get("targetRef"), flow.getparent()
    key = f"added_before_{target}"
    task = etree.SubElement(page, f"{BPMN}userTask", id=key, name="One more look")
    etree.SubElement(page, f"{BPMN}sequenceFlow", id=f"{key}_on", sourceRef=key, targetRef=target)
    flow.set("targetRef", key)
    for one in the(root, target).findall(f"{BPMN}incoming"):
        if one.text == flow.get("id"):
            one.text = f"{key}_on"
    for tag, text in (("incoming", flow.get("id")), ("outgoing", f"{key}_on")):
        etree.SubElement(task, f"{BPMN}{tag}").text = text
    lanes = [ref for ref in root.iter(f"{BPMN}flowNodeRef") if ref.text == flow.get("sourceRef")]
    for ref in lanes:
        etree.SubElement(ref.getparent(), f"{BPMN}flowNodeRef").text = key
    return root


def renamed(root, chance):
    """Other words on every step."""
    for task in root.iter(f"{BPMN}userTask"):
        task.set("name", f"{task.get('name')}, as it is now called")
    return root


def limit_changed(files):
    """Other agreed times, each a little longer."""
    text = files["timescales.dmn"].decode()
    for old, new in AGREED:
        text = text.replace(f'"{old}"', f'"{new}"')
    return {"timescales.dmn": text.encode()}


@cache
def changed(seed):
    """The real procedure with a few changes, or None where they do not make a procedure."""
    chance, files = random.Random(seed), wandering.files()
    edits = limit_changed(files)
    for _ in range(3):
        name = chance.choice([one for one in EDITED if one in files or f"processes/{one}" in files])
        root = etree.fromstring(edits.get(name, files[name]))
        if chance.choice((added, renamed))(root, chance) is not None:
            edits[name] = etree.tostring(root)
    try:
        return wandering.procedure(edits)
    except errors.DrawingBroken:
        return None


def goes_over(walk, there, rule):
    """Move a walk where that can be done; whether it was."""
    walk.run.now(walk.at)
    kept = walk.run.put_away()
    try:
        goes = {one.key: "" for one in crossing.lost(kept, walk.run.procedure, there)}
        if goes:
            return "choice"
        walk.run = crossing.crossed(walk.run, there, Way(rule), at=walk.at, opened_at=MONDAY)
    except errors.CannotGoOn:
        assert walk.run.put_away() == kept  # it is left as it was
        return "cannot"
    walk.followed = there
    return "moved with limits" if walk.run.moved else "moved"


def walked(seed):
    """A walk that changes between the real drawings and changed ones, and how often."""
    chance, own = random.Random(seed), wandering.procedure()
    there = next(filter(None, map(changed, range(seed * 10, seed * 10 + 10))))
    walk, tally = Wanderer(own, seed), Counter()
    for _ in range(MOST):
        if walk.run.is_over:
            return walk, tally
        if chance.random() < OFTEN:
            is_back = walk.followed is there
            rule = BACK if is_back else chance.choice((KEEP, RESTART, CREDIT))
            tally[goes_over(walk, own if is_back else there, rule)] += 1
        walk.step()
    return walk, tally


@pytest.mark.parametrize("block", BLOCKS)
def test_a_case_that_is_moved_on_its_way_goes_on_to_its_end(block, record_property):
    tallies = Counter()
    for seed in range(block * WALKS, block * WALKS + WALKS):
        walk, tally = walked(seed)
        assert walk.run.is_over, (seed, walk.run.stands_at(), tally)
        tallies += tally
    record_property("moves", dict(tallies))
    assert tallies["moved"] > WALKS and tallies["moved with limits"] > WALKS, tallies


def test_what_is_moved_there_and_back_at_once_is_as_it_was():
    own, there = wandering.procedure(), next(filter(None, map(changed, range(10))))
    for seed in range(6):
        walk = Wanderer(own, seed)
        for _ in range(8 + seed * 3):
            if walk.run.is_over:
                break
            walk.step()
        shown = walk.run.open_tasks(), sorted(walk.run.waiting_timers(), key=lambda one: (str(one.id), one.key))
        if goes_over(walk, there, CREDIT).startswith("moved") and not walk.run.is_over:
            assert goes_over(walk, own, BACK).startswith("moved")
            now = walk.run.open_tasks(), sorted(walk.run.waiting_timers(), key=lambda one: (str(one.id), one.key))
            assert [(t.id, t.name) for t in now[0]] == [(t.id, t.name) for t in shown[0]]
            assert [(t.key, t.due_at, t.rule) for t in now[1]] == [(t.key, t.due_at, t.rule) for t in shown[1]]
