"""A small procedure that is no review: somebody reports damp, is asked something, and it is made safe."""

import json

from app.cases import procedures
from app.store import releases

DRAWING = """<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" id="drawing" targetNamespace="urn:x">
<bpmn:process id="answer_damp" name="Report damp or mould" isExecutable="true">
<bpmn:documentation>Tell us about damp or mould in your home.</bpmn:documentation>
<bpmn:extensionElements><spiffworkflow:properties><spiffworkflow:property name="reference" value="DM"/>
</spiffworkflow:properties></bpmn:extensionElements>
<bpmn:laneSet id="lanes"><bpmn:lane id="tenant" name="Tenant"><bpmn:flowNodeRef>reported</bpmn:flowNodeRef>
<bpmn:flowNodeRef>choose_day</bpmn:flowNodeRef></bpmn:lane>
<bpmn:lane id="safety" name="Community safety officer"><bpmn:flowNodeRef>look</bpmn:flowNodeRef>
<bpmn:flowNodeRef>mend</bpmn:flowNodeRef><bpmn:flowNodeRef>over</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
<bpmn:startEvent id="reported" name="Damp reported">{starts}<bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
<bpmn:userTask id="look" name="Look at the home">{looks}<bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing>
</bpmn:userTask>
<bpmn:boundaryEvent id="look_late" name="10 working days" attachedToRef="look" cancelActivity="false">
<bpmn:outgoing>late</bpmn:outgoing><bpmn:timerEventDefinition id="t"><bpmn:timeDuration>10 working days</bpmn:timeDuration>
</bpmn:timerEventDefinition></bpmn:boundaryEvent>
<bpmn:endEvent id="told" name="Late"><bpmn:incoming>late</bpmn:incoming></bpmn:endEvent>
<bpmn:userTask id="choose_day" name="Choose a day">{asks}<bpmn:incoming>b</bpmn:incoming><bpmn:outgoing>c</bpmn:outgoing>
</bpmn:userTask>
<bpmn:userTask id="mend" name="Mend it">{mends}<bpmn:incoming>c</bpmn:incoming><bpmn:outgoing>d</bpmn:outgoing>
</bpmn:userTask>
<bpmn:endEvent id="over" name="Done"><bpmn:incoming>d</bpmn:incoming></bpmn:endEvent>
<bpmn:sequenceFlow id="a" sourceRef="reported" targetRef="look"/>
<bpmn:sequenceFlow id="b" sourceRef="look" targetRef="choose_day"/>
<bpmn:sequenceFlow id="c" sourceRef="choose_day" targetRef="mend"/>
<bpmn:sequenceFlow id="d" sourceRef="mend" targetRef="over"/>
<bpmn:sequenceFlow id="late" sourceRef="look_late" targetRef="told"/>
</bpmn:process></bpmn:definitions>"""


def properties(**said):
    rows = "".join(f'<spiffworkflow:property name="{key}" value="{value}"/>' for key, value in said.items())
    return (
        f"<bpmn:extensionElements><spiffworkflow:properties>{rows}</spiffworkflow:properties></bpmn:extensionElements>"
    )


def drawing(begins="anyone"):
    return DRAWING.format(
        starts=properties(formRef="report_damp", begins=begins),
        looks=properties(formRef="plain_words", stop="We look at your home"),
        asks=properties(formRef="plain_words", stop="You choose a day"),
        mends=properties(formRef="plain_words", stop="We make it safe"),
    ).encode()


def form(key, *questions):
    components = [{"type": "textfield", "id": f"q{n}", "key": k, "label": k} for n, k in enumerate(questions)]
    return json.dumps({"id": key, "type": "default", "title": key, "components": components}).encode()


def publish(clock, begins="anyone"):
    files = releases.files(releases.live().key) | {
        "answer_damp.bpmn": drawing(begins),
        "report_damp.form": form("report_damp", "applicant.name", "damp.where"),
        "plain_words.form": form("plain_words", "damp.words"),
    }
    procedures.publish(files, by="test", note="", clock=clock)
