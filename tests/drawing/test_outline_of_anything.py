"""Whatever can be drawn has an outline: whole, the same each time, and soon."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.drawing.model import Drawing, Element, Flow, Lane, Pool, Process
from app.drawing.outlining.graph import NODES
from app.drawing.outlining.text import nested, text
from app.drawing.outlining.values import Step
from app.drawing.outlining.writing import outline
from app.drawing.reading import read
from tests.drawing.samples import sampler

ROOT = Path(__file__).parents[2]
DRAWINGS = sorted([*(ROOT / "processes").glob("*.bpmn"), *(ROOT / "tests" / "engine" / "drawings").glob("*.bpmn")])
KINDS = [*sorted(NODES), "textAnnotation", "dataObjectReference", "group"]
EVENTS = ["", "timer", "message", "signal", "error", "escalation", "conditional", "link", "terminate", "multiple"]
NAMES = ["", "Ask the victim", "A\nB", "   ", "step 4", "Prüfen", "Told?", "X told"]


def made(elements=(), flows=(), **more):
    """A drawing without a picture."""
    given = {"processes": (Process("p", "P"),), "pools": (), "lanes": (), "shapes": (), "edges": (), "planes": ()}
    return Drawing(file="x", elements=tuple(elements), flows=tuple(flows), **(given | more))


def node(id_, kind="task", name="", scope="p", **more):
    return Element(id=id_, kind=kind, name=name, scope=scope, process="p", **more)


def arrow(source, target, name="", **more):
    return Flow(f"{source}-{target}", "sequenceFlow", source, target, name, **more)


def steps_of(parts):
    """Every step of an outline, from above."""
    for part in parts:
        stack = list(part.steps)
        while stack:
            step = stack.pop()
            yield step
            stack += [*step.steps, *(one for way in step.ways for one in way.steps)]


def told(part):
    """The ids of all that a part tells, each as often as it does."""
    for step in steps_of([part]):
        yield from step.elements
        yield from (id_ for way in step.ways for id_ in way.elements)


def check(drawing):
    made_of = outline(drawing)
    assert made_of == outline(drawing)
    assert text(made_of) == text(outline(drawing))
    assert nested(made_of) is not None
    ids = sorted(id_ for part in made_of.parts for id_ in told(part))
    nodes = [e.id for e in drawing.elements if e.kind in NODES]
    if len(set(nodes)) == len(nodes) and all(nodes):
        assert ids == sorted(nodes)
    for part in made_of.parts:
        numbers = [step.number for step in steps_of([part])]
        assert len([n for n in numbers if n]) == len(set(numbers) - {""})
        for step in steps_of([part]):
            said = [*step.references, *(one for way in step.ways for one in way.references)]
            assert {one.number for one in said} <= set(numbers)
            assert step.text
    return made_of


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_every_step_of_a_drawing_is_told_once_and_every_number_leads_to_one(path):
    check(read(path.read_bytes(), path.name))


def test_one_of_each_thing_is_told_once():
    check(read(sampler(), "sampler.bpmn"))


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_the_order_in_the_file_does_not_matter(path):
    drawing = read(path.read_bytes(), path.name)
    turned = replace(drawing, elements=drawing.elements[::-1], flows=drawing.flows[::-1], lanes=drawing.lanes[::-1])
    assert text(outline(turned)) == text(outline(drawing))


IDS = st.sampled_from([f"n{n}" for n in range(12)])
ANY_ID = st.one_of(IDS, st.sampled_from(["", "nowhere", "p", "q"]))
ELEMENTS = st.builds(
    Element,
    id=IDS,
    kind=st.sampled_from(KINDS),
    name=st.sampled_from(NAMES),
    scope=st.one_of(st.just("p"), ANY_ID),
    process=st.sampled_from(["p", "q", ""]),
    lane=st.sampled_from(["", "Officer", "Agencies"]),
    attached_to=ANY_ID,
    interrupting=st.booleans(),
    event=st.sampled_from(EVENTS),
    timer=st.sampled_from(["", "3 working days", "=timescale('x')", "=a + b", "R3/P1D", "P1M", "99999999999 days"]),
    timer_kind=st.sampled_from(["", "timeDuration", "timeCycle"]),
    condition=st.sampled_from(["", "a > 3", "((("]),
    repeats=st.sampled_from(["", "parallel", "sequential", "standard"]),
    by_event=st.booleans(),
    default=ANY_ID,
)
FLOWS = st.builds(
    Flow,
    id=st.text("fgh", max_size=3),
    kind=st.sampled_from(["sequenceFlow"] * 5 + ["association", "messageFlow", "dataInputAssociation"]),
    source=ANY_ID,
    target=ANY_ID,
    name=st.sampled_from(["", "yes", "no", "else", "maybe"]),
    condition=st.sampled_from(["", "a = 1", "=b", "]]"]),
    scope=ANY_ID,
)


@given(st.lists(ELEMENTS, max_size=14, unique_by=lambda e: e.id), st.lists(FLOWS, max_size=24))
@settings(max_examples=400, deadline=None)
def test_anything_has_an_outline(elements, flows):
    pools = (Pool("a", "Police", "q"), Pool("b", "Us", "p"))
    lanes = (Lane("l", "Officer", "p"), Lane("l", "", "p"))
    check(made(elements, flows, pools=pools, lanes=lanes))


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30),
    st.lists(st.sampled_from(sorted(NODES - {"boundaryEvent"})), min_size=10, max_size=10),
)
@settings(max_examples=400, deadline=None)
def test_anything_that_is_joined_by_arrows_has_an_outline(arrows, kinds):
    nodes = [node(f"n{n}", kind, f"Do {n}" if n % 3 else "") for n, kind in enumerate(kinds)]
    check(made(nodes, [replace(arrow(f"n{a}", f"n{b}"), id=f"f{n}") for n, (a, b) in enumerate(arrows)]))


def test_elements_without_an_id_or_with_the_same_are_all_told():
    drawing = made(
        [node("", name="First thing"), node("", name="Second thing"), node("a"), node("a", name="Third thing")]
    )
    said = text(check(drawing))
    assert all(word in said for word in ("First thing", "Second thing", "Third thing"))


def test_a_drawing_without_anything_has_an_outline():
    assert text(check(made())) == "P\n=\n"
    assert check(made([node("a", scope="")], processes=())).parts[0].steps[0].number == "1"


CHAIN = 2_500


def _chain(kind="task"):
    return [node(f"n{n:05}", kind, f"Do thing {n}") for n in range(CHAIN)]


def _forward(step=1):
    return [arrow(f"n{n:05}", f"n{n + step:05}") for n in range(CHAIN - step)]


@pytest.mark.parametrize(
    "flows",
    [
        _forward(),
        [*_forward(), *_forward(2)],
        [*_forward(), *(arrow(f"n{n:05}", "n00000") for n in range(1, CHAIN))],
        [*_forward(), *(arrow(f"n{n:05}", f"n{CHAIN - n:05}") for n in range(CHAIN // 2 + 1, CHAIN))],
        [*_forward(), *(arrow(f"n{n:05}", f"n{CHAIN - 1:05}") for n in range(CHAIN - 2))],
        [arrow("n00000", f"n{n:05}") for n in range(1, CHAIN)],
        [],
    ],
    ids=["chain", "ladder", "back to the start", "loops in loops", "shared end", "star", "loose"],
)
@pytest.mark.parametrize("kind", ["task", "exclusiveGateway"])
def test_thousands_of_steps_are_told_soon(kind, flows):
    drawing = made(_chain(kind), flows)
    begun = time.process_time()
    text(outline(drawing))
    assert time.process_time() - begun < 10  # seconds of work, whatever else the machine does; about one here


def test_a_thousand_boxes_in_boxes_are_told():
    boxes = [node(f"b{n}", "subProcess", f"Box {n}", scope=f"b{n - 1}" if n else "p") for n in range(1000)]
    check(made(boxes))


def test_questions_in_questions_do_not_creep_to_the_right():
    deep = 400
    nodes = [node(f"q{n}", "exclusiveGateway", f"Question {n}?") for n in range(deep)]
    nodes += [node(f"t{n}", name=f"Thing {n}") for n in range(deep)] + [node("e", "endEvent")]
    flows = [arrow(f"q{n}", f"q{n + 1}", "no") for n in range(deep - 1)]
    flows += [arrow(f"q{n}", f"t{n}", "yes") for n in range(deep)] + [arrow(f"t{n}", "e") for n in range(deep)]
    deepest = max(step.number.count(".") for step in steps_of(check(made(nodes, flows)).parts))
    assert deepest <= 2


def test_steps_are_values():
    step = Step("1", "task", "Ask.", ("a",))
    assert step == Step("1", "task", "Ask.", ("a",))
    assert hash(step)
