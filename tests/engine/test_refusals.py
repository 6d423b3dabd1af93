"""What a drawing may not hold: refused by name when it is read, so that nothing of it ever runs."""

import sys
from concurrent.futures import ThreadPoolExecutor
from xml.sax.saxutils import escape

import pytest

from app import errors
from app.engine.library import procedure
from tests.engine.bench import XML, Case, drawing, read
from tests.engine.test_decision_tables import table

FLOW = '<sequenceFlow id="{0}_{1}" sourceRef="{0}" targetRef="{1}"/>'


def flows(*ids):
    return "".join(FLOW.format(one, other) for one, other in zip(ids, ids[1:], strict=False))


def around(node, id_="it"):
    """A node between a start and an end."""
    return '<startEvent id="begin"/>' + node + '<endEvent id="done"/>' + flows("begin", id_, "done")


def refusals(*bodies, beside="", **files):
    with pytest.raises(errors.DrawingBroken) as broken:
        procedure({f"drawn{number}.bpmn": drawing(body, beside) for number, body in enumerate(bodies)} | files)
    return [(problem.file, problem.element, problem.says) for problem in broken.value.problems]


TASK = '<userTask id="it"/>'
REFUSED = {
    "compensation event": (
        around('<intermediateThrowEvent id="it"><compensateEventDefinition/></intermediateThrowEvent>'),
        ["it"],
        "A compensation event is not executed here",
    ),
    "complex gateway": (around('<complexGateway id="it"/>'), ["it"], "A complex gateway is not executed here"),
    "ad-hoc subprocess": (
        around('<adHocSubProcess id="it"><userTask id="in_it"/></adHocSubProcess>'),
        ["it"],
        "An ad-hoc subprocess is not executed here",
    ),
    "event with several definitions": (
        around(
            '<intermediateCatchEvent id="it"><messageEventDefinition messageRef="m"/>'
            '<signalEventDefinition signalRef="s"/></intermediateCatchEvent>'
        ),
        ["it"],
        "An event with several definitions is not executed here",
    ),
    "event that waits for several": (
        around(
            '<intermediateCatchEvent id="it" parallelMultiple="true"><messageEventDefinition messageRef="m"/>'
            '<signalEventDefinition signalRef="s"/></intermediateCatchEvent>'
        ),
        ["it"],
        "An event with several definitions is not executed here",
    ),
    "call of a page that is not there": (around('<callActivity id="it" calledElement="gone"/>'), ["it"], "‘gone’"),
    "table that is not there": (around('<businessRuleTask id="it"/>'), ["it"], "not there"),
    "answer without a condition": (
        '<startEvent id="begin"/><exclusiveGateway id="it" name="Met?"/><endEvent id="yes"/><endEvent id="no"/>'
        + flows("begin", "it", "yes")
        + flows("it", "no"),
        ["it_yes", "it_no"],
        "has no condition",
    ),
    "condition behind a task": (
        '<startEvent id="begin"/><userTask id="it" name="Ask"/><endEvent id="done"/>'
        + flows("begin", "it")
        + '<sequenceFlow id="maybe" sourceRef="it" targetRef="done"><conditionExpression>a = 1</conditionExpression>'
        "</sequenceFlow>",
        ["maybe"],
        "Only an arrow out of a gateway can have a condition. Draw a gateway after ‘Ask’.",
    ),
}
BESIDE = '<message id="m" name="m"/><signal id="s" name="s"/>'


@pytest.mark.parametrize("what", REFUSED)
def test_what_would_not_be_executed_as_drawn_is_refused_by_name(what):
    body, elements, says = REFUSED[what]
    found = refusals(body, beside=BESIDE)
    assert [(file, element) for file, element, _ in found] == [("drawn0.bpmn", element) for element in elements]
    assert all(says in why for _, _, why in found)


def test_every_problem_of_every_file_is_told_at_once():
    first, second = (drawing(REFUSED[what][0], BESIDE) for what in ("complex gateway", "compensation event"))
    with pytest.raises(errors.DrawingBroken) as broken:
        procedure({"first.bpmn": first, "second.bpmn": second.replace(b'<process id="p"', b'<process id="q"')})
    assert [problem.file for problem in broken.value.problems] == ["first.bpmn", "second.bpmn"]


def test_a_file_that_cannot_be_read_is_not_missed_in_the_others():
    drawn = drawing(around('<callActivity id="it" calledElement="q"/>'))
    with pytest.raises(errors.DrawingBroken) as broken:
        procedure({"first.bpmn": drawn, "second.bpmn": b"<broken"})
    assert [problem.file for problem in broken.value.problems] == ["second.bpmn"]


def test_two_processes_or_tables_with_one_id_are_refused():
    assert ("drawn1.bpmn", "p") in [found[:2] for found in refusals(around(TASK), around(TASK))]
    twice = {"one.dmn": table("FIRST"), "two.dmn": table("ANY")}
    assert [found[:2] for found in refusals(around(TASK), **twice)] == [("two.dmn", "choose")]


def test_a_page_that_calls_itself_is_refused():
    found = refusals(around('<callActivity id="it" calledElement="p"/>'))
    assert [(file, element) for file, element, _ in found] == [("drawn0.bpmn", "it")]


def test_pages_that_call_each_other_in_a_circle_are_refused():
    first = f'{around(CALL.format("q"))}</process><process id="q" isExecutable="true">'
    second = around(CALL.format("p")).replace('"it"', '"other"').replace('"begin"', '"b2"').replace('"done"', '"d2"')
    assert {element for _, element, _ in refusals(first + second.replace("begin_it", "f2").replace("it_done", "g2"))}


CALL = '<callActivity id="it" calledElement="{}"/>'


def test_a_drawing_with_too_many_elements_is_refused():
    ids = [f"t{number}" for number in range(499)]
    body = '<startEvent id="begin"/>' + "".join(f'<userTask id="{one}"/>' for one in ids) + '<endEvent id="done"/>'
    assert "more than 500" in refusals(body + flows("begin", *ids, "done"))[0][2]


ATTACKS = [
    '__import__("os").system("touch {}")',
    'open("{}", "w")',
    "[c for c in ().__class__.__base__.__subclasses__()][0].__init__.__globals__['system']('touch {}')",
    "(lambda: exec(\"open('{}', 'w')\"))()",
    "().__class__",
    'f\'{{open("{}", "w")}}\'',
]


def mi(inside, sequential="false"):
    marks = f'<multiInstanceLoopCharacteristics isSequential="{sequential}">{inside}</multiInstanceLoopCharacteristics>'
    return around(f'<userTask id="it">{marks}</userTask>')


def timer(kind, text):
    definition = f"<timerEventDefinition><time{kind}>{text}</time{kind}></timerEventDefinition>"
    return (
        around(TASK)
        + f'<boundaryEvent id="late" attachedToRef="it" cancelActivity="false">{definition}</boundaryEvent>'
    )


def scripted(tag):
    return around(
        f'<userTask id="it"><extensionElements><spiffworkflow:{tag}>{{}}</spiffworkflow:{tag}></extensionElements></userTask>'
    )


SITES = {
    "condition": '<startEvent id="begin"/><exclusiveGateway id="it" default="it_no"/><endEvent id="yes"/><endEvent id="no"/>'
    + flows("begin", "it", "no")
    + '<sequenceFlow id="f" sourceRef="it" targetRef="yes"><conditionExpression>{}</conditionExpression></sequenceFlow>',
    "script": around('<scriptTask id="it"><script>a = {}</script></scriptTask>'),
    "bare script": around('<scriptTask id="it"><script>{}</script></scriptTask>'),
    "timer duration": timer("Duration", "{}"),
    "timer date": timer("Date", "{}"),
    "timer cycle": timer("Cycle", "{}"),
    "timer expression": timer("Duration", "={}"),
    "start timer": '<startEvent id="begin"><timerEventDefinition><timeDuration>={}</timeDuration></timerEventDefinition>'
    '</startEvent><endEvent id="done"/>' + flows("begin", "done"),
    "cardinality": mi("<loopCardinality>{}</loopCardinality>"),
    "cardinality in order": mi("<loopCardinality>{}</loopCardinality>", "true"),
    "completion condition": mi(
        "<loopDataInputRef>list</loopDataInputRef><completionCondition>{}</completionCondition>"
    ),
    "loop condition": around(
        '<userTask id="it"><standardLoopCharacteristics loopMaximum="3"><loopCondition>{}</loopCondition>'
        "</standardLoopCharacteristics></userTask>"
    ),
    "script before": scripted("preScript"),
    "script after": scripted("postScript"),
    "message content": around(
        '<intermediateThrowEvent id="it"><messageEventDefinition messageRef="m"/></intermediateThrowEvent>'
    ),
    "message correlation": around(
        '<intermediateThrowEvent id="it"><messageEventDefinition messageRef="m"/></intermediateThrowEvent>'
    ),
}
PAYLOADS = {
    "message content": '<message id="m" name="m"><extensionElements><spiffworkflow:messagePayload>{}'
    "</spiffworkflow:messagePayload></extensionElements></message>",
    "message correlation": '<message id="m" name="m"/><collaboration id="c"><correlationKey id="k" name="key">'
    '<correlationPropertyRef>cp</correlationPropertyRef></correlationKey></collaboration><correlationProperty id="cp" '
    'name="cp"><correlationPropertyRetrievalExpression messageRef="m"><messagePath>{}</messagePath>'
    "</correlationPropertyRetrievalExpression></correlationProperty>",
}


@pytest.fixture
def told():
    """Files opened and commands begun while the test runs, as Python itself reports them."""
    seen, listening = [], [True]

    def hook(event, args):
        if listening[0] and event in ("os.system", "subprocess.Popen", "exec", "open"):
            seen.append((event, str(args[0])))

    sys.addaudithook(hook)
    yield seen
    listening[0] = False


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("site", SITES)
def test_python_in_a_drawing_is_refused_and_never_runs(site, attack, tmp_path, told):
    written = tmp_path / "written"
    text = escape(attack.replace("{{", "{").replace("}}", "}").replace("{}", str(written)))
    found = refusals(SITES[site].replace("{}", text), beside=PAYLOADS.get(site, "").replace("{}", text))
    assert found and all(file == "drawn0.bpmn" and element for file, element, _ in found)
    assert not written.exists()
    assert not [what for what in told if str(written) in what[1] or what[0] in ("os.system", "subprocess.Popen")]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("cell", ["input", "test", "result"])
def test_python_in_a_decision_table_is_refused_and_never_runs(cell, attack, tmp_path, told):
    written = tmp_path / "written"
    text = attack.replace("{{", "{").replace("}}", "}").replace("{}", str(written))
    drawn = table("FIRST", [(text if cell == "test" else "-", text if cell == "result" else "1")], outputs=("points",))
    if cell == "input":
        drawn = drawn.replace(b"<text>score</text>", f"<text>{escape(text)}</text>".encode())
    with pytest.raises(errors.DrawingBroken) as broken:
        read("decision", **{"choose.dmn": drawn})
    assert all(problem.file == "choose.dmn" and problem.element for problem in broken.value.problems)
    assert not written.exists()


def test_many_threads_can_follow_one_procedure_at_once():
    shared = read("instances_of_calls")

    def follow(number):
        agencies = [f"{number}-{agency}" for agency in range(4)]
        case = Case.follow(shared, "instances_of_calls", agencies=agencies)
        for agency in agencies:
            case.do("find", agency, found=number).do("write", agency)
        return case.do("after").is_over, case.facts["returns"]

    with ThreadPoolExecutor(8) as pool:
        for number, (over, returns) in enumerate(pool.map(follow, range(24))):
            assert over and [one["for"] for one in returns] == [f"{number}-{agency}" for agency in range(4)]


def test_bytes_that_are_no_drawing_are_refused():
    for content in (b"", b"<", XML.encode(), b"%PDF-1.7", b"\x00" * 100, "ä".encode("utf-16")):
        with pytest.raises(errors.DrawingBroken):
            procedure({"drawn.bpmn": content})
