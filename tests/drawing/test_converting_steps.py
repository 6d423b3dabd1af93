"""What becomes of each thing that a step, an arrow or an event says for Camunda."""

import pytest

from app.drawing.converting.convert import convert
from app.drawing.converting.notes import DROPPED, LEFT, TAKEN
from app.editor import checking
from app.editor.surroundings import Surroundings
from tests.drawing.camunda import became, drawn, inside

GROUPS = '<s:properties><s:property name="candidateGroup" value="ours"/></s:properties>'
LOOP = "multiInstanceLoopCharacteristics"
STEPS = [  # what stands in the file, what the element ‘a’ then is, the kinds of notes, words that stand in them
    ('<userTask id="a" camunda:candidateGroups="x"/>', {"properties": {"candidateGroup": "x"}}, [TAKEN], "x"),
    (
        '<userTask id="a" camunda:candidateGroups="x, y"/>',
        {"properties": {"candidateGroup": "x"}},
        [TAKEN, LEFT],
        "‘y’",
    ),
    ('<userTask id="a" camunda:candidateGroups="${x}"/>', {"properties": {}}, [LEFT], "${x}"),
    ('<userTask id="a" camunda:assignee="x"/>', {"properties": {"candidateGroup": "x"}}, [TAKEN, LEFT], "their team"),
    ('<userTask id="a" camunda:assignee="${starter}"/>', {"properties": {}}, [LEFT], "${starter}"),
    ('<userTask id="a" camunda:candidateUsers="x,y"/>', {"properties": {}}, [LEFT], "x,y"),
    (
        f'<userTask id="a" camunda:candidateGroups="x">{inside(GROUPS)}</userTask>',
        {"properties": {"candidateGroup": "ours"}},
        [LEFT],
        "‘ours’",
    ),
    (
        f'<userTask id="a">{inside("""<zeebe:assignmentDefinition candidateGroups="=[&quot;x&quot;]"/>""")}</userTask>',
        {"properties": {"candidateGroup": "x"}},
        [TAKEN],
        "x",
    ),
    ('<userTask id="a" camunda:formKey="f"/>', {"properties": {"formRef": "f"}}, [TAKEN], "‘f’"),
    ('<userTask id="a" camunda:formRef="f-1"/>', {"properties": {"formRef": "f_1"}}, [TAKEN], "f_1"),
    ('<startEvent id="a" camunda:formRef="f"/>', {"properties": {"formRef": "f"}}, [TAKEN], "‘f’"),
    ('<userTask id="a" camunda:formKey="embedded:app:f.html"/>', {"properties": {}}, [LEFT], "f.html"),
    (
        '<userTask id="a" camunda:formKey="camunda-forms:deployment:x/f.form"/>',
        {"properties": {"formRef": "f"}},
        [TAKEN],
        "‘f’",
    ),
    (
        f'<userTask id="a">{inside("<zeebe:userTask/>", """<zeebe:formDefinition formId="f"/>""")}</userTask>',
        {"properties": {"formRef": "f"}},
        [TAKEN, DROPPED],
        "userTask",
    ),
    ('<serviceTask id="a" camunda:class="org.X"/>', {"kind": "userTask", "properties": {}}, [LEFT], "org.X"),
    ('<serviceTask id="a" camunda:expression="${x.y()}"/>', {"kind": "userTask"}, [LEFT], "${x.y()}"),
    ('<serviceTask id="a" camunda:delegateExpression="${x}"/>', {"kind": "userTask"}, [LEFT], "${x}"),
    ('<sendTask id="a" camunda:type="external" camunda:topic="t"/>', {"kind": "userTask"}, [LEFT], "‘t’"),
    ('<businessRuleTask id="a" camunda:class="org.X"/>', {"kind": "userTask"}, [LEFT], "org.X"),
    (
        f'<serviceTask id="a">{inside("""<zeebe:taskDefinition type="t" retries="3"/>""")}</serviceTask>',
        {"kind": "userTask", "properties": {}},
        [LEFT],
        "‘t’",
    ),
    (
        f'<serviceTask id="a" camunda:class="org.X">{inside(GROUPS)}</serviceTask>',
        {"kind": "serviceTask", "properties": {"candidateGroup": "ours"}},
        [LEFT],
        "org.X",
    ),
    (
        '<scriptTask id="a" scriptFormat="groovy" camunda:resultVariable="n"><script>1 + 1</script></scriptTask>',
        {"kind": "userTask", "script": ""},
        [LEFT],
        "groovy",
    ),
    ('<scriptTask id="a"><script>n = 1 + 1</script></scriptTask>', {"script": "n = 1 + 1"}, [], ""),
    (
        f'<scriptTask id="a">{inside("""<zeebe:script expression="=m + 1" resultVariable="n"/>""")}</scriptTask>',
        {"kind": "scriptTask", "script": "n = m + 1"},
        [TAKEN],
        "n = m + 1",
    ),
    (
        f'<scriptTask id="a">{inside("""<zeebe:script expression="=m +" resultVariable="n"/>""")}</scriptTask>',
        {"kind": "userTask"},
        [LEFT],
        "=m +",
    ),
    (
        '<businessRuleTask id="a" camunda:decisionRef="d" camunda:resultVariable="r"/>',
        {"kind": "businessRuleTask", "decision": "d"},
        [TAKEN, LEFT],
        "‘r’",
    ),
    (
        f'<businessRuleTask id="a">{inside("""<zeebe:calledDecision decisionId="d"/>""")}</businessRuleTask>',
        {"kind": "businessRuleTask", "decision": "d"},
        [TAKEN],
        "‘d’",
    ),
    ('<businessRuleTask id="a" camunda:decisionRef="${d}"/>', {"decision": ""}, [LEFT], "${d}"),
    (
        '<callActivity id="a" calledElement="c" camunda:calledElementBinding="latest"/>',
        {"called": "c"},
        [DROPPED],
        "calledElementBinding",
    ),
    ('<callActivity id="a" calledElement="${c}"/>', {"called": ""}, [LEFT], "${c}"),
    (
        f'<callActivity id="a">{inside("""<zeebe:calledElement processId="c"/>""")}</callActivity>',
        {"called": "c"},
        [TAKEN],
        "‘c’",
    ),
    (
        f'<task id="a"><{LOOP} camunda:collection="${{all}}" camunda:elementVariable="one"/></task>',
        {"repeats": "parallel", "collection": "all"},
        [TAKEN],
        "‘all’",
    ),
    (
        f'<task id="a"><{LOOP} camunda:collection="${{all()}}"/></task>',
        {"repeats": "parallel", "collection": ""},
        [LEFT],
        "${all()}",
    ),
    (
        f'<task id="a"><{LOOP} isSequential="true">{inside("""<zeebe:loopCharacteristics inputCollection="=all"/>""")}'
        f"<completionCondition>=numberOfCompletedInstances = 2</completionCondition></{LOOP}></task>",
        {"repeats": "sequential", "collection": "all", "until": ""},
        [TAKEN, LEFT],
        "numberOfCompletedInstances",
    ),
    (
        f'<task id="a"><{LOOP}><loopCardinality>${{n}}</loopCardinality>'
        f"<completionCondition>${{done}}</completionCondition></{LOOP}></task>",
        {"cardinality": "n", "until": "done"},
        [TAKEN, TAKEN],
        "‘done’",
    ),
    (
        '<intermediateCatchEvent id="a"><timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition>'
        "</intermediateCatchEvent>",
        {"timer": "P3D"},
        [],
        "",
    ),
    (
        '<intermediateCatchEvent id="a"><timerEventDefinition><timeDuration>=duration("P3D")</timeDuration>'
        "</timerEventDefinition></intermediateCatchEvent>",
        {"timer": "P3D"},
        [TAKEN],
        "P3D",
    ),
    (
        '<intermediateCatchEvent id="a"><timerEventDefinition><timeDate>${day}</timeDate></timerEventDefinition>'
        "</intermediateCatchEvent>",
        {"timer": "", "event": "timer"},
        [LEFT],
        "${day}",
    ),
    (
        '<intermediateCatchEvent id="a"><conditionalEventDefinition><condition>${a.b &gt; 1}</condition>'
        "</conditionalEventDefinition></intermediateCatchEvent>",
        {"condition": "a.b > 1"},
        [TAKEN],
        "a.b > 1",
    ),
    (
        '<intermediateCatchEvent id="a"><messageEventDefinition/></intermediateCatchEvent>',
        {"properties": {"asks": "arrived"}},
        [LEFT],
        "a person says when",
    ),
    (
        '<endEvent id="a"><messageEventDefinition camunda:class="org.X"/></endEvent>',
        {"kind": "endEvent", "event": "message"},
        [LEFT],
        "org.X",
    ),
    (
        f'<task id="a" camunda:dueDate="P1D" camunda:asyncBefore="true">'
        f'{inside("""<camunda:executionListener class="x" event="start"/>""", """<camunda:in source="x" target="y"/>""")}'
        "</task>",
        {"kind": "task"},
        [LEFT, LEFT, LEFT, DROPPED],
        "asyncBefore",
    ),
    ('<task id="a" camunda:neverHeardOf="x"/>', {"kind": "task"}, [LEFT], "neverHeardOf"),
    (f'<task id="a">{inside("<zeebe:unheardOf><zeebe:x/></zeebe:unheardOf>")}</task>', {}, [LEFT], "unheardOf"),
]


@pytest.mark.parametrize(("body", "expected", "kinds", "words"), STEPS)
def test_each_thing_that_a_step_says_becomes_ours_or_is_told(body, expected, kinds, words):
    drawing, notes, _ = became(body)
    element = drawing.by_id["a"]
    assert {key: getattr(element, key) for key in expected} == expected
    assert sorted(note.kind for note in notes if note.kind != DROPPED) == sorted(k for k in kinds if k != DROPPED)
    told = " ".join(note.says for note in convert("a.bpmn", drawn(body)).notes)
    assert words in told
    assert {note.element for note in notes if note.kind != DROPPED} <= {"a"}


def test_what_is_done_for_each_is_known_by_its_own_name_unless_that_is_taken():
    body = (
        f'<task id="a"><{LOOP} camunda:collection="all" camunda:elementVariable="one"/></task>'
        f'<task id="b"><{LOOP} camunda:collection="all" camunda:elementVariable="one"/></task>'
    )
    odd = f'<task id="c"><{LOOP} camunda:collection="all" camunda:elementVariable="my one"/></task>'
    assert 'inputDataItem id="my_one" name="my one"' in convert("a.bpmn", drawn(odd)).content.decode()
    content = convert("a.bpmn", drawn(body)).content.decode()
    assert 'inputDataItem id="one" name="one"' in content and 'inputDataItem id="one_2" name="one"' in content
    assert [note.element for note in became(body)[1] if note.kind == LEFT] == ["b"]


def test_a_person_named_in_a_lane_is_left_to_the_lane():
    lanes = '<laneSet id="l"><lane id="m" name="Clerks"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
    drawing, notes, _ = became(lanes + '<userTask id="a" camunda:assignee="demo"/>')
    assert drawing.by_id["a"].properties == {} and "‘Clerks’" in notes[0].says


WAYS = '<exclusiveGateway id="g" default="w2"/><task id="x"/><task id="y"/>'


def ways(one, two):
    said = "".join(
        f'<sequenceFlow id="w{number}" sourceRef="g" targetRef="{target}">'
        f"<conditionExpression {more}>{text}</conditionExpression></sequenceFlow>"
        for number, target, (text, more) in ((1, "x", one), (2, "y", two))
    )
    drawing, notes, _ = became(WAYS + said)
    return [flow.condition for flow in drawing.flows], [note.kind for note in notes]


@pytest.mark.parametrize(
    ("one", "two", "conditions", "kinds"),
    [
        (("${a}", ""), ("${!a}", ""), ["a", "a != true"], [TAKEN, TAKEN]),
        (("=a &gt; 1", ""), ("= a &lt; 2", ""), ["a > 1", "a < 2"], [TAKEN, TAKEN]),
        (("a = 1", ""), ("a = 2", ""), ["a = 1", "a = 2"], []),
        (("${a}", ""), ("${b.c()}", ""), ["", ""], [LEFT, LEFT]),
        (("a == 1", 'language="groovy"'), ("${b}", ""), ["", ""], [LEFT, LEFT]),
        (("a", 'language="feel"'), ("b", 'camunda:resource="b.groovy"'), ["", ""], [LEFT, LEFT]),
    ],
)
def test_conditions_stand_together_or_are_left_out_together(one, two, conditions, kinds):
    assert ways(one, two) == (conditions, kinds)


@pytest.mark.parametrize("said", ["<conditionExpression>${a.b()}", '<conditionExpression language="groovy">a = 1'])
def test_a_condition_out_of_a_step_that_cannot_be_read_stays_so_that_a_person_is_asked(said):
    steps = "".join(f'<task id="{one}"/>' for one in "gxy") + '<startEvent id="s"/>'
    arrows = "".join(
        f'<sequenceFlow id="w{target}" sourceRef="{source}" targetRef="{target}">{condition}</sequenceFlow>'
        for source, target, condition in (("s", "g", ""), ("g", "x", f"{said}</conditionExpression>"), ("g", "y", ""))
    )
    content = convert("a.bpmn", drawn(steps + arrows)).content
    kinds = {finding.kind for finding in checking.check("a.bpmn", content, Surroundings({})).findings}
    assert {"condition_unreadable", "way_without_condition"} <= kinds
    assert [note.element for note in became(steps + arrows)[1]] == ["wx"]


def test_a_gateway_whose_conditions_were_left_out_is_decided_by_a_person():
    whole = WAYS.replace(
        "<exclusive", '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="g"/><exclusive'
    )
    whole += '<sequenceFlow id="w1" sourceRef="g" targetRef="x"><conditionExpression>${a.b()}</conditionExpression>'
    whole += '</sequenceFlow><sequenceFlow id="w2" sourceRef="g" targetRef="y"/>'
    content = convert("a.bpmn", drawn(whole)).content
    found = checking.check("a.bpmn", content, Surroundings({}))
    assert "way_without_condition" in [finding.kind for finding in found.findings]
