"""Drawings from which something was taken that the law asks for: the walks find which invariant is broken."""

import pytest
from lxml import etree

from app import errors
from tests.walks import wandering
from tests.walks.wandering import Wanderer

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
WALKS, STEPS = 24, 220


def bypass(root, key):
    """Take a step out: what leads to it leads to what follows it."""
    step = root.find(f".//*[@id='{key}']")
    onward = root.find(f".//{BPMN}sequenceFlow[@sourceRef='{key}']")
    for flow in root.findall(f".//{BPMN}sequenceFlow[@targetRef='{key}']"):
        flow.set("targetRef", onward.get("targetRef"))
        arrived = etree.SubElement(root.find(f".//*[@id='{onward.get('targetRef')}']"), f"{BPMN}incoming")
        arrived.text = flow.get("id")
        target = arrived.getparent()
        target.remove(arrived)
        target.insert(0, arrived) if target.find(f"{BPMN}extensionElements") is None else target.insert(1, arrived)
    for event in root.findall(f".//{BPMN}boundaryEvent[@attachedToRef='{key}']"):
        _drop_way(root, event)
    _drop(root, onward)
    _drop(root, step)


def silence(root, key):
    """Let a step ask for no letter."""
    found = root.find(f".//*[@id='{key}']").iter()
    for one in [node for node in found if node.get("name") in ("letter", "to")]:
        one.getparent().remove(one)


def allow(root, key):
    """Let anybody do a task."""
    for one in [node for node in root.find(f".//*[@id='{key}']").iter() if node.get("name") == "notBy"]:
        one.getparent().remove(one)


def refuse_always(root, key):
    """Lead every answer of a question the way of the last."""
    ways = root.findall(f".//{BPMN}sequenceFlow[@sourceRef='{key}']")
    no = next(way for way in ways if way.get("targetRef") == "decide_threshold")
    for way in ways:
        way.set("targetRef", no.get("targetRef"))


def _drop_way(root, event):
    """A mark on the edge, with the arrows and ends behind it that nothing else leads to."""
    for flow in root.findall(f".//{BPMN}sequenceFlow[@sourceRef='{event.get('id')}']"):
        after = flow.get("targetRef")
        _drop(root, flow)
        if root.find(f".//{BPMN}sequenceFlow[@targetRef='{after}']") is None:
            _drop_way(root, root.find(f".//*[@id='{after}']"))
    for inner in root.findall(f".//{BPMN}boundaryEvent[@attachedToRef='{event.get('id')}']"):
        _drop_way(root, inner)
    _drop(root, event)


def _drop(root, node):
    key = node.get("id")
    for one in [n for n in root.iter() if n.text == key or n.get("bpmnElement") == key]:
        one.getparent().remove(one)
    node.getparent().remove(node)


BROKEN = [
    (bypass, "tell_all_bodies", {"I1", "I2"}),
    (bypass, "note_application", {"I1"}),
    (bypass, "interview_applicant", {"I3"}),
    (bypass, "complete_matrix", {"I4"}),
    (bypass, "high_risk_raised", {"I5"}),
    (refuse_always, "complaints_enough", {"I6"}),
    (bypass, "send_refusal", {"I7"}),
    (allow, "decide_appeal", {"I8"}),
    (silence, "acknowledgement_sent", {"I9"}),
    (bypass, "announce_review", {"I9"}),
    (silence, "case_closed", {"I9"}),
    (bypass, "prepare_statement", {"I10"}),
    (bypass, "say_view_of_plan", {"I10"}),
    (bypass, "send_outcome", {"I9"}),
    (bypass, "carry_out_action", {"I12"}),
    (bypass, "ask_agency", {"I13"}),
]


def changed(act, key):
    """The procedure with one drawing broken."""
    name = next(
        name
        for name, content in wandering.files().items()
        if f'sourceRef="{key}"'.encode() in content or f'id="{key}_event"'.encode() in content
    )
    root = etree.fromstring(wandering.files()[name])
    act(root, key)
    return wandering.procedure({name: etree.tostring(root)})


@pytest.mark.parametrize(("act", "key", "broken"), BROKEN, ids=[f"{act.__name__} {key}" for act, key, _ in BROKEN])
def test_what_is_taken_from_a_drawing_is_missed_by_the_law(act, key, broken):
    followed, found = changed(act, key), set()
    for seed in range(WALKS):
        found |= numbers(Told(followed, seed))
        if broken <= found:
            return
    raise AssertionError(found)


class Told(Wanderer):
    """A walk that knows of an agency also where nobody is interviewed, so that it goes on."""

    partnership = wandering.PARTNERSHIP | {"chosen_agencies": ["police"]}


def numbers(walk):
    """The invariants that a walk broke or that kept it from closing. It ends where the broken drawing gets stuck."""
    wrong = []
    try:
        wrong = walk.wander(STEPS)
    except errors.CannotGoOn:
        pass
    return {one.number for one in wrong} | {one.number for left in walk.refused for one in left}
