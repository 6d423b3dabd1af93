"""What a small drawing says once it is read."""

import pytest

from app.drawing.model import Bounds
from app.drawing.reading import read
from tests.drawing.samples import HEAD, bpmn, edge, sampler, shape


def test_a_task_says_its_name_words_and_keys() -> None:
    inside = """<userTask id="interview" name="Interview the applicant"><documentation>Ask first.</documentation>
      <extensionElements><spiffworkflow:properties>
        <spiffworkflow:property name="formRef" value="interview"/>
        <spiffworkflow:property name="candidateGroup" value="officers"/>
      </spiffworkflow:properties></extensionElements></userTask>"""
    task = read(bpmn(inside), "a.bpmn").by_id["interview"]
    assert (task.kind, task.name, task.documentation) == ("userTask", "Interview the applicant", "Ask first.")
    assert dict(task.properties) == {"formRef": "interview", "candidateGroup": "officers"}
    assert task.scope == task.process == "p"


def test_a_drawing_is_read_by_namespace_and_not_by_prefix() -> None:
    plain = bpmn('<userTask id="a" name="Ask"/>')
    odd = plain.replace(b"<", b"<q:").replace(b"<q:/", b"</q:").replace(b"<q:bpmndi:", b"<bpmndi:")
    odd = odd.replace(b"</q:bpmndi:", b"</bpmndi:").replace(b"xmlns=", b"xmlns:q=")
    assert read(odd, "a.bpmn") == read(plain, "a.bpmn")


@pytest.mark.parametrize("kind", ["timeDuration", "timeDate", "timeCycle"])
def test_a_limit_says_its_time_as_it_is_written(kind: str) -> None:
    inside = f"""<userTask id="a"/><boundaryEvent id="late" attachedToRef="a" cancelActivity="false">
      <timerEventDefinition><{kind}> 10 working days </{kind}></timerEventDefinition></boundaryEvent>"""
    late = read(bpmn(inside), "a.bpmn").by_id["late"]
    assert (late.event, late.timer_kind, late.timer) == ("timer", kind, "10 working days")
    assert late.attached_to == "a"
    assert not late.interrupting


def test_an_event_says_the_name_of_its_message() -> None:
    inside = '<intermediateCatchEvent id="e"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
    event = read(bpmn(inside, beside='<message id="m" name="appeal"/>'), "a.bpmn").by_id["e"]
    assert (event.event, event.event_name) == ("message", "appeal")


def test_an_event_of_several_kinds_is_multiple() -> None:
    both = "<timerEventDefinition/><messageEventDefinition/>"
    inside = f'<startEvent id="a">{both}</startEvent><startEvent id="b" parallelMultiple="true">{both}</startEvent>'
    drawing = read(bpmn(inside), "a.bpmn")
    assert [element.event for element in drawing.elements] == ["multiple", "parallelMultiple"]


def test_who_does_a_task_is_the_innermost_lane_also_through_a_box() -> None:
    inside = """<laneSet><lane id="council" name="Council"><flowNodeRef>box</flowNodeRef><flowNodeRef>ask</flowNodeRef>
      <childLaneSet><lane id="officer" name="Officer"><flowNodeRef>ask</flowNodeRef></lane></childLaneSet></lane></laneSet>
      <subProcess id="box"><task id="inner"/><boundaryEvent id="edge" attachedToRef="inner"/></subProcess><task id="ask"/>"""
    drawing = read(bpmn(inside), "a.bpmn")
    assert {element.id: element.lane for element in drawing.elements} == {
        "box": "Council",
        "inner": "Council",
        "edge": "Council",
        "ask": "Officer",
    }
    assert [(lane.id, lane.parent) for lane in drawing.lanes] == [("council", ""), ("officer", "council")]


def test_an_arrow_says_its_ends_words_and_condition() -> None:
    inside = """<task id="a"/><task id="b"/><sequenceFlow id="f" name="yes" sourceRef="a" targetRef="b">
      <conditionExpression> =met = true </conditionExpression></sequenceFlow>"""
    drawing = read(bpmn(inside, edge("f", (0, 0), (40, 0))), "a.bpmn")
    (flow,) = drawing.outgoing("a")
    assert (flow.name, flow.target, flow.condition) == ("yes", "b", "=met = true")
    assert drawing.incoming("b") == (flow,)
    assert drawing.edges[0].waypoints == ((0, 0), (40, 0))


def test_an_activity_says_what_it_calls_asks_and_repeats() -> None:
    many = "<multiInstanceLoopCharacteristics><loopDataInputRef>agencies</loopDataInputRef></multiInstanceLoopCharacteristics>"
    rule = (
        "<extensionElements><spiffworkflow:calledDecisionId>risk</spiffworkflow:calledDecisionId></extensionElements>"
    )
    inside = f"""<callActivity id="panel" calledElement="hold_panel">{many}</callActivity>
      <businessRuleTask id="rule">{rule}</businessRuleTask>"""
    drawing = read(bpmn(inside), "a.bpmn")
    assert drawing.by_id["panel"].called == "hold_panel"
    assert (drawing.by_id["panel"].repeats, drawing.by_id["panel"].collection) == ("parallel", "agencies")
    assert drawing.by_id["rule"].decision == "risk"


def test_pools_say_which_process_they_show() -> None:
    pools = '<participant id="us" name="Us" processRef="p"/><participant id="them" name="Them"/>'
    drawing = read(bpmn("", beside=f'<collaboration id="c">{pools}</collaboration>'), "a.bpmn")
    assert [(pool.name, pool.process) for pool in drawing.pools] == [("Us", "p"), ("Them", "")]


def test_the_picture_says_where_shapes_and_their_words_stand() -> None:
    label = '<bpmndi:BPMNLabel><dc:Bounds x="1" y="40" width="90" height="14"/></bpmndi:BPMNLabel>'
    placed = shape("a", 10, 20, 36, 36).replace("</bpmndi:BPMNShape>", f"{label}</bpmndi:BPMNShape>")
    drawn = read(bpmn('<startEvent id="a"/>', placed), "a.bpmn").shape_of["a"]
    assert drawn.bounds == Bounds(10, 20, 36, 36)
    assert drawn.label == Bounds(1, 40, 90, 14)
    assert drawn.plane == "p"


def test_a_file_without_a_picture_is_still_a_drawing() -> None:
    drawing = read(f'{HEAD}<process id="p"><task id="a"/></process></definitions>'.encode(), "a.bpmn")
    assert drawing.planes == () == drawing.shapes


def test_one_of_each_thing_is_read() -> None:
    drawing = read(sampler(), "sampler.bpmn")
    assert len(drawing.elements) == len(drawing.shapes) == 81
    assert {element.repeats for element in drawing.elements} == {"", "parallel", "sequential", "standard"}
