"""Files of Camunda: what becomes of each thing that they say, and that nothing else changes."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.config import ROOT
from app.drawing import decisions, reading
from app.drawing.converting import juel
from app.drawing.converting.convert import convert
from app.drawing.converting.notes import DROPPED, LEFT, TAKEN
from app.drawing.expressions import unreadable
from app.editor import checking, inspecting, playing
from app.editor.surroundings import Surroundings
from app.errors import DrawingBroken
from app.feel.evaluating import is_true
from app.forms import library as forms

FOLDER = Path(__file__).parents[1] / "drawings"
INVENTED = sorted(path for path in (FOLDER / "camunda").rglob("*") if path.is_file())
STRANGERS = sorted([*(FOLDER / "exporters").glob("*.bpmn"), *(FOLDER / "repeats").glob("*.bpmn")])
OURS = sorted([*(ROOT / "processes").iterdir(), *(ROOT / "forms").iterdir()])
NAMESPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:s="http://spiffworkflow.org/bpmn/schema/1.0/core" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="file" targetNamespace="urn:invented"'
)
MARK = 'camunda:versionTag="1"'  # which makes any file one of Camunda


def drawn(body, after=""):
    return f'<definitions {NAMESPACES}><process id="p" {MARK}>{body}</process>{after}</definitions>'.encode()


def became(body, after=""):
    """The drawing that comes of it, and the notes without that of the mark: [(element, kind)], sentences."""
    converted = convert("a.bpmn", drawn(body, after))
    assert b"camunda.org" not in converted.content
    notes = [note for note in converted.notes if note.kind != DROPPED or "versionTag" not in note.says]
    return reading.read(converted.content, "a.bpmn"), notes, converted.forms


def inside(*extensions):
    return f"<extensionElements>{''.join(extensions)}</extensionElements>"


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


def test_a_gateway_whose_conditions_were_left_out_is_decided_by_a_person():
    whole = WAYS.replace(
        "<exclusive", '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="g"/><exclusive'
    )
    whole += '<sequenceFlow id="w1" sourceRef="g" targetRef="x"><conditionExpression>${a.b()}</conditionExpression>'
    whole += '</sequenceFlow><sequenceFlow id="w2" sourceRef="g" targetRef="y"/>'
    content = convert("a.bpmn", drawn(whole)).content
    found = checking.check("a.bpmn", content, Surroundings({}))
    assert "way_without_condition" in [finding.kind for finding in found.findings]


NOTHING = {"a": None, "b": None, "text": None, "many": None, "n": None}


@pytest.mark.parametrize(
    ("said", "facts", "holds"),
    [
        ("${a && !b}", {"a": True, "b": False}, True),
        ("${a && !b}", {"a": True}, True),  # what is missing counts as false in JUEL
        ("#{not (a or b)}", {}, True),
        ("${a == 'it\\'s \"so\"'}", {"a": 'it\'s "so"'}, True),
        ("${text ne 'x' and n ge -2}", {"text": "y", "n": -2}, True),
        ("${n < 3}", {}, False),
        ("${!(n < 3)}", {}, True),
        ("${empty many}", {"many": []}, True),
        ("${empty many}", {"many": [1]}, False),
        ("${empty text}", {"text": ""}, True),
        ("${not empty text}", {"text": "x"}, True),
        ("${!empty text}", {}, False),
        ("${a || b && n == 1}", {"a": True, "n": 2}, True),
        ("${(a || b) && n == 1}", {"a": True, "n": 2}, False),
        ("${a != null}", {}, False),
        ("${n == 1.5}", {"n": 1.5}, True),
    ],
)
def test_a_condition_in_juel_holds_when_it_did(said, facts, holds):
    assert is_true(juel.translated(said), NOTHING | facts) is holds


@pytest.mark.parametrize(
    "said",
    [
        *("${a.b()}", "${a ? b : c}", "${a['b']}", "${a + b == 1}", "${a}${b}", "x ${a}", "${}", "${a ==}", "${(a}"),
        *("${a mod 2 == 0}", "${a == (b && c)}", "${!a == b}", "${'\\q' == a}", "${empty (a)}", "${a b}", "${1a}"),
        *("${a == b == c}", "${" + "(" * 60 + "a" + ")" * 60 + "}", "${" + "!" * 9_000 + "a}"),
    ],
)
def test_what_juel_says_beyond_that_is_not_guessed(said):
    assert juel.translated(said) is None


@given(some.lists(some.sampled_from("a b.c ( ) && || ! == < 'x' \" 1 empty not and . ' ${ } = null -".split())))
def test_whatever_comes_of_juel_can_be_read(parts):
    feel = juel.translated("${" + " ".join(parts) + "}")
    assert feel is None or not list(unreadable(feel))


FIELDS = """<camunda:formData>
<camunda:formField id="name" label="Name" type="string" defaultValue="x"><camunda:validation>
<camunda:constraint name="required"/><camunda:constraint name="minlength" config="2"/></camunda:validation></camunda:formField>
<camunda:formField id="n" label="How many" type="long"/><camunda:formField id="ok" label="Fine?" type="boolean"/>
<camunda:formField id="day" type="date"/><camunda:formField id="my-kind" label="Kind" type="enum">
<camunda:value id="a" name="A"/><camunda:value id="b" name="B"/></camunda:formField>
<camunda:formField id="odd" label="${x}" type="money"/></camunda:formData>"""


def test_fields_in_the_drawing_are_a_form_of_their_own():
    drawing, notes, made = became(f'<userTask id="Task_1" name="Note it">{inside(FIELDS)}</userTask>')
    form = forms.read(made["task_1.form"], "task_1.form")
    assert (form.key, form.title, drawing.by_id["Task_1"].properties["formRef"]) == ("Task_1", "Note it", "Task_1")
    asked = {part.key: part for page in form.pages for part in page.components}
    kinds = {key: part.type for key, part in asked.items()}
    assert kinds == {
        **{"name": "textfield", "n": "number", "ok": "checkbox", "day": "datetime"},
        **{"my_kind": "radio", "odd": "textfield"},
    }
    assert asked["name"].required and asked["name"].limits["minLength"] == 2
    assert asked["name"].more["defaultValue"] == "x" and asked["day"].label == "Day"
    assert [one["label"] for one in asked["my_kind"].more["values"]] == ["A", "B"]
    told = " ".join(note.says for note in notes if note.kind == LEFT)
    assert all(word in told for word in ("my-kind", "money", "${x}"))


ZEEBE_FORM = {"type": "default", "id": "a-form", "executionPlatform": "Camunda Cloud", "schemaVersion": 16}
ZEEBE_FORM |= {"components": [{"type": "textfield", "id": "x", "key": "x", "label": "What?"}], "versionTag": "1"}


def test_a_form_of_camunda_8_is_a_form_of_ours_alone_and_inside_a_drawing():
    alone = convert("a.form", json.dumps(ZEEBE_FORM).encode())
    assert "executionPlatform" not in json.loads(alone.content) and "versionTag" not in json.loads(alone.content)
    assert forms.read(alone.content, "a.form").key == "a_form" and alone.product == "Camunda 8"
    held = inside(f'<zeebe:userTaskForm id="F">{json.dumps(ZEEBE_FORM)}</zeebe:userTaskForm>')
    task = f'<userTask id="a">{inside("""<zeebe:formDefinition formKey="camunda-forms:bpmn:F"/>""")}</userTask>'
    drawing, _, made = became(held + task)
    assert drawing.by_id["a"].properties == {"formRef": "a_form"}
    assert made == {"a_form.form": alone.content}


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 5_000, '{"components": 1}', '{"a": ' * 200 + "1" + "}" * 200])
def test_a_form_in_a_drawing_that_is_none_is_told(text):
    _, notes, made = became(inside(f'<zeebe:userTaskForm id="F">{text}</zeebe:userTaskForm>') + '<task id="a"/>')
    assert made == {} and [note.kind for note in notes] == [LEFT]


def test_half_a_letter_in_a_form_is_no_reason_to_fail():
    form = json.dumps(ZEEBE_FORM).replace("What?", "\\ud800")
    assert json.loads(convert("a.form", form.encode()).content)["components"][0]["label"] == "\ud800"


def test_a_table_of_camunda_7_is_in_feel():
    converted = convert("parcel_price.dmn", (FOLDER / "camunda" / "seven" / "parcel_price.dmn").read_bytes())
    (table,) = decisions.read(converted.content, "parcel_price.dmn")
    assert [(one.expression, one.type) for one in table.inputs] == [("parcel.weight", "number"), ("abroad", "boolean")]
    assert b"biodi:width" in converted.content  # how wide a column is drawn is ours as well
    other = convert("discount.dmn", (FOLDER / "camunda" / "seven" / "discount.dmn").read_bytes())
    assert [note.says for note in other.of(LEFT)] == [
        "What stands there is written in javascript: ‘cellInput == 1 || cellInput == 2’. Write it in FEEL."
    ]


def everything():
    """The invented files of both products, converted: {"seven": {name: content}, …}."""
    found = {}
    for path in INVENTED:
        converted = convert(path.name, path.read_bytes())
        found.setdefault(path.parent.name, {}).update({path.name: converted.content, **converted.forms})
    return found


@pytest.mark.parametrize("path", [one for one in INVENTED if one.suffix == ".bpmn"], ids=lambda path: path.stem)
def test_an_invented_drawing_is_accepted_and_can_be_played_to_its_end(path):
    around = Surroundings(everything()[path.parent.name])
    checked = checking.check(path.name, around.files[path.name], around)
    assert checked.verdict != checking.REFUSED
    plays = [playing.play(checked.procedure, path.name, around, seed=seed).outcome for seed in range(4)]
    assert set(plays) == {playing.COMPLETED}


def test_new_forms_and_tables_are_accepted_but_for_the_one_in_javascript():
    for content in everything().values():
        around = Surroundings(content)
        stopping = [name for name in content if any(one.severity == "error" for one in _looked(name, around))]
        assert stopping in ([], ["discount.dmn"])


def _looked(name, around):
    return inspecting.look(name, around.files[name], around)


@pytest.mark.parametrize("path", [*INVENTED, *STRANGERS], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_to_convert_twice_is_to_convert_once(path):
    once = convert(path.name, path.read_bytes())
    again = convert(path.name, once.content)
    assert (again.content, again.notes, again.forms, again.product) == (once.content, (), {}, "")
    assert (once.content == path.read_bytes()) is not bool(once.product) and bool(once.notes) is bool(once.product)


def test_files_that_are_not_of_camunda_stay_as_they_are():
    assert [path.name for path in OURS if convert(path.name, path.read_bytes()).content != path.read_bytes()] == []


@pytest.mark.parametrize(
    "content", [b"", b"<a", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a>" * 200 + b"</a>" * 200]
)
@pytest.mark.parametrize("name", ["a.bpmn", "a.dmn"])
def test_what_cannot_be_read_is_refused(name, content):
    with pytest.raises(DrawingBroken):
        convert(name, content)
