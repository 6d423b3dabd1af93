"""What differs between two versions of a small drawing, sentence by sentence."""

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.drawing import decisions
from app.drawing.comparing.tables import compare_tables
from app.drawing.comparing.versions import compare
from app.drawing.outlining.values import Known
from app.drawing.reading import read
from tests.drawing.samples import bpmn, edge, shape
from tests.drawing.test_outline import arrow, lane, limit, properties, way
from tests.drawing.test_outline_of_anything import ELEMENTS, FLOWS, made, node

ROOT = Path(__file__).parents[2]
DRAWINGS = sorted((ROOT / "processes").glob("*.bpmn"))
BASE = (
    '<startEvent id="s" name="Asked"/><userTask id="ask" name="Ask the victim"/><task id="meet" name="Hold the panel"/>'
    '<exclusiveGateway id="q" name="Enough?"/><task id="more" name="Look again"/><endEvent id="e" name="Done"/>'
)
ARROWS = way("s", "ask", "meet", "q") + arrow("q", "e", "yes") + arrow("q", "more", "no") + way("more", "meet")


def differs(new, old=BASE + ARROWS, **known):
    """The sentences from the old version to the new one."""
    changes = compare(read(bpmn(old), "old"), read(bpmn(new), "new"), Known(**known))
    return [change.sentence.replace("\u00a0", " ") for change in changes]


def test_nothing_has_changed():
    assert differs(BASE + ARROWS) == ["Nothing has changed."]


def test_a_picture_arranged_anew_is_only_a_picture():
    old = bpmn(BASE, shape("ask", 0, 0, 100, 80) + edge("s-ask", (0, 0), (1, 1)))
    new = bpmn(BASE, shape("ask", 50, 0, 100, 80) + edge("s-ask", (0, 0), (9, 1)))
    assert [c.sentence for c in compare(read(old, "o"), read(new, "n"))] == ["Only the picture has changed."]


def test_a_time_limit_is_told_with_what_it_is_for():
    old, new = (BASE + ARROWS + limit("meet", words) for words in ("15 working days", "10 working days"))
    assert differs(new, old) == ["The time limit of ‘Hold the panel’: 15 → 10 working days."]
    assert differs(BASE + ARROWS + limit("meet", "P1M"), old) == [
        "The time limit of ‘Hold the panel’: 15 working days → P1M."
    ]


def test_a_time_limit_that_comes_takes_what_follows_along():
    told = '<endEvent id="told" name="Senior officer told"/>' + way("late", "told")
    new = BASE + ARROWS + limit("meet", "15 working days") + told
    assert differs(new) == ["New time limit for ‘Hold the panel’: 15 working days, then ‘Senior officer told’."]
    assert differs(BASE + ARROWS, new) == ["‘Hold the panel’ no longer has the time limit ‘15 working days’."]


def test_a_time_limit_may_begin_to_stop_what_it_watches():
    old, new = (BASE + ARROWS + limit("meet", "5 days", stops=stops) for stops in ("false", "true"))
    assert differs(new, old) == ["The time limit of ‘Hold the panel’ now stops ‘Hold the panel’."]


def test_who_does_a_step_is_told_with_who_did_it():
    lanes = '<laneSet><lane id="a" name="Police">{}</lane><lane id="b" name="Panel chair">{}</lane></laneSet>'
    ref = "<flowNodeRef>meet</flowNodeRef>"
    old, new = BASE + ARROWS + lanes.format(ref, ""), BASE + ARROWS + lanes.format("", ref)
    assert differs(new, old) == ["‘Hold the panel’ is now done by the panel chair, no longer by the police."]
    nobody = "‘Hold the panel’ is no longer done by the police; nobody is named for it."
    assert differs(BASE + ARROWS + lanes.format("", ""), old) == [nobody]


def test_a_lane_comes_goes_and_is_called_otherwise():
    with_police = BASE + ARROWS + lane("Police", "meet")
    assert differs(with_police)[0] == "New: the police take part."
    assert differs(BASE + ARROWS, with_police)[0] == "The police no longer take part."
    renamed = BASE + ARROWS + lane("Police and council", "meet")
    assert differs(renamed, with_police) == ["The lane ‘Police’ is now called ‘Police and council’."]


def test_a_step_between_two_others_comes_and_goes():
    new = (BASE + ARROWS).replace(arrow("ask", "meet"), way("ask", "new", "meet")) + '<task id="new" name="Send it"/>'
    assert differs(new) == ["New step: ‘Send it’, after ‘Ask the victim’ and before ‘Hold the panel’."]
    assert differs(BASE + ARROWS, new) == ["Taken out: the step ‘Send it’."]


def test_other_words_are_told_for_a_step_and_for_a_question():
    assert differs((BASE + ARROWS).replace("Hold the panel", "Hold the meeting")) == [
        "‘Hold the panel’ is now called ‘Hold the meeting’."
    ]
    assert differs((BASE + ARROWS).replace("Enough?", "All there?")) == ["The question ‘Enough?’ is now ‘All there?’."]


def test_a_step_of_another_kind():
    new = (BASE + ARROWS).replace(
        '<task id="meet" name="Hold the panel"/>', '<userTask id="meet" name="Hold the panel"/>'
    )
    assert differs(new) == ["‘Hold the panel’ is now a task of a person; it was a task."]


def test_answers_come_go_are_called_otherwise_and_lead_elsewhere():
    assert differs(BASE + ARROWS + arrow("q", "s", "perhaps")) == [
        "The question ‘Enough?’ has a new answer ‘perhaps’, which leads to ‘Asked’."
    ]
    assert differs(BASE + ARROWS, BASE + ARROWS + arrow("q", "s", "perhaps")) == [
        "The question ‘Enough?’ no longer has the answer ‘perhaps’, which led to ‘Asked’."
    ]
    assert differs((BASE + ARROWS).replace('name="no"', 'name="not yet"')) == [
        "At ‘Enough?’, the answer ‘no’ is now ‘not yet’."
    ]
    assert differs((BASE + ARROWS).replace('sourceRef="q" targetRef="more"', 'sourceRef="q" targetRef="ask"')) == [
        "At ‘Enough?’, ‘no’ now leads to ‘Ask the victim’, no longer ‘Look again’."
    ]


def test_what_follows_a_step_is_another():
    new = (BASE + ARROWS).replace('sourceRef="more" targetRef="meet"', 'sourceRef="more" targetRef="ask"')
    assert differs(new) == ["After ‘Look again’ now comes ‘Ask the victim’, no longer ‘Hold the panel’."]


def test_two_steps_change_places():
    new = BASE + way("s", "meet", "ask", "q") + arrow("q", "e", "yes") + arrow("q", "more", "no") + way("more", "ask")
    assert differs(new) == [
        "‘Hold the panel’ now comes before ‘Ask the victim’.",
        "After ‘Look again’ now comes ‘Ask the victim’, no longer ‘Hold the panel’.",
    ]


def test_conditions_and_the_way_for_any_other_case():
    old = BASE + way("s", "q") + arrow("q", "e", "yes", "=a > 3")
    assert differs(old.replace("a > 3", "a > 4"), old) == [
        "At ‘Enough?’, when the answer ‘yes’ is right: a is more than 3 → a is more than 4."
    ]
    new = (BASE + ARROWS).replace('name="Enough?"', 'name="Enough?" default="q-more"')
    assert differs(new) == ["At ‘Enough?’, the way for any other case: none → ‘no’."]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ({"formRef": "a"}, {"formRef": "b"}, "The form of ‘Ask’: ‘a’ → ‘b’."),
        ({}, {"letter": "welcome", "to": "victim"}, "The letter of ‘Ask’: none → ‘welcome’."),
        (
            {"to": "victim"},
            {"to": "victim, agency:police"},
            "To whom ‘Ask’ goes: the victim → the victim and the police.",
        ),
        ({"colour": "red"}, {}, "The property ‘colour’ of ‘Ask’: red → none."),
        ({"milestone": "panel"}, {"milestone": "plan"}, "The agreed time of ‘Ask’: ‘panel’ → ‘plan’."),
    ],
)
def test_forms_letters_and_other_keys(old, new, says):
    versions = (f'<task id="a" name="Ask">{properties(**keys)}</task>' for keys in (old, new))
    assert says in differs(*reversed(list(versions)))


def test_instructions_remarks_tables_parts_and_repetition():
    told = "<extensionElements><spiffworkflow:instructionsForEndUser>{}</spiffworkflow:instructionsForEndUser></extensionElements>"
    task = '<userTask id="a" name="Ask"><documentation>{}</documentation>{}</userTask>'
    old, new = task.format("Why", told.format("Listen")), task.format("How", told.format("Listen first"))
    assert differs(new, old) == ["The instructions for ‘Ask’ have changed.", "The remarks about ‘Ask’ have changed."]
    call = '<callActivity id="c" name="Go on" calledElement="{}"/>'
    assert differs(call.format("b"), call.format("a"), processes={"b": "Part B"}) == [
        "The part that ‘Go on’ leads to: A → Part B."
    ]
    many = '<task id="a" name="Ask">{}</task>'
    each = "<multiInstanceLoopCharacteristics><loopDataInputRef>agencies</loopDataInputRef></multiInstanceLoopCharacteristics>"
    assert differs(many.format(each), many.format("")) == [
        "How often ‘Ask’ is done: once → once for each of the agencies."
    ]


def test_another_tool_gives_every_element_a_new_id():
    path = ROOT / "processes" / "review_case.bpmn"
    old = path.read_bytes()
    ids = {found for found in re.findall(rb'\bid="([^"]+)"', old)}
    new = re.sub(
        rb'((?:id|Ref|bpmnElement|default)=")([^"]+)"',
        lambda found: found[1] + b"N_" + found[2] + b'"' if found[2] in ids else found[0],
        old,
    )
    new = re.sub(rb"(<bpmn:(?:flowNodeRef|incoming|outgoing)>)", rb"\1N_", new)
    assert [c.sentence for c in compare(read(old, "o"), read(new, "n"))] == ["Only the picture has changed."]
    new = new.replace(b"Agree the action plan", b"Agree the plan")
    assert "‘Agree the action plan’ is now called ‘Agree the plan’." in [
        c.sentence for c in compare(read(old, "o"), read(new, "n"))
    ]


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_our_drawings_do_not_differ_from_themselves_whatever_the_order_in_the_file(path):
    drawing = read(path.read_bytes(), path.name)
    turned = replace(drawing, elements=drawing.elements[::-1], flows=drawing.flows[::-1], lanes=drawing.lanes[::-1])
    assert [change.kind for change in compare(drawing, turned)] == ["nothing"]


def test_a_change_names_the_elements_it_is_about():
    old, new = (BASE + ARROWS + limit("meet", words) for words in ("15 working days", "10 working days"))
    (change,) = compare(read(bpmn(old), "o"), read(bpmn(new), "n"))
    assert (change.kind, change.elements, change.was) == ("limit", ("late",), ("late",))


@given(
    st.lists(ELEMENTS, max_size=9, unique_by=lambda e: e.id), st.lists(FLOWS, max_size=14), st.lists(FLOWS, max_size=14)
)
@settings(max_examples=300, deadline=None)
def test_anything_can_be_compared(elements, flows, others):
    old, new = made(elements, flows), made([replace(e, name=e.name[::-1]) for e in elements[1:]], others)
    assert all(change.sentence.endswith(".") for change in compare(old, new))
    assert compare(old, new) == compare(old, new)
    assert compare(old, old)[0].kind == "nothing"


def test_thousands_of_steps_are_compared_soon():
    old = made([node(f"n{n:05}", name=f"Do {n}") for n in range(2_500)])
    new = made([node(f"m{n:05}", name=f"Do {n + 1000}") for n in range(2_500)])
    begun = time.perf_counter()
    assert len(compare(old, new)) == 2_000
    assert time.perf_counter() - begun < 10


def test_tables_are_compared_row_by_row():
    path = ROOT / "processes" / "timescales.dmn"
    old, new = path.read_bytes(), path.read_bytes().replace(b'"working day 2"', b'"working day 3"')
    tables = [decisions.read(content, path.name) for content in (old, new)]
    assert compare_tables(*tables)[0].sentence == (
        "In ‘Agreed timescales’, milestone ‘acknowledge’: time limit working day 2 → working day 3."
    )
    assert compare_tables(tables[0], tables[0])[0].sentence == "Nothing has changed."
    assert compare_tables(tables[0], ())[0].sentence == "Taken out: the table ‘Agreed timescales’."
    fewer = replace(tables[0][0], rules=tables[0][0].rules[1:])
    assert compare_tables(tables[0], (fewer,))[0].sentence.startswith(
        "Taken out of ‘Agreed timescales’: the row milestone"
    )
    assert compare_tables((fewer,), tables[0])[0].sentence.startswith("New row in ‘Agreed timescales’: milestone")
