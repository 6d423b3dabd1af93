"""Every element of BPMN 2.0.2, each in the smallest drawing that has it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:case-review:tests" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core">'
)
BESIDE = (
    '<message id="m" name="m"/><signal id="s" name="s"/><error id="e" name="e" errorCode="e"/>'
    '<escalation id="x" name="x" escalationCode="x"/>'
)
LETTER = (
    "<extensionElements><spiffworkflow:properties><spiffworkflow:property "
    'name="letter" value="acknowledgement"/></spiffworkflow:properties></extensionElements>'
)
ASKING = (
    "<extensionElements><spiffworkflow:calledDecisionId>threshold</spiffworkflow:calledDecisionId></extensionElements>"
)
DEFINITIONS = {
    "message": '<messageEventDefinition messageRef="m"/>',
    "timer": "<timerEventDefinition><timeDuration>2 days</timeDuration></timerEventDefinition>",
    "cycle": "<timerEventDefinition><timeCycle>every 2 days</timeCycle></timerEventDefinition>",
    "conditional": "<conditionalEventDefinition><condition>told.victim != null</condition></conditionalEventDefinition>",
    "signal": '<signalEventDefinition signalRef="s"/>',
    "error": '<errorEventDefinition errorRef="e"/>',
    "escalation": '<escalationEventDefinition escalationRef="x"/>',
    "link": '<linkEventDefinition name="A"/>',
    "cancel": "<cancelEventDefinition/>",
    "compensation": "<compensateEventDefinition/>",
    "terminate": "<terminateEventDefinition/>",
    "multiple": '<messageEventDefinition messageRef="m"/><signalEventDefinition signalRef="s"/>',
    "none": "",
}
CAUGHT = ("none", "message", "timer", "conditional", "signal", "multiple")
ON_EDGE = ("message", "timer", "conditional", "signal", "escalation", "multiple")
OPENS = ("message", "timer", "conditional", "signal", "escalation", "multiple")


WORDLESS = re.compile(r'(<\w*(?:[tT]ask|Gateway) id="(\w+)")(?! name)')


@dataclass(frozen=True)
class Construct:
    """One element, as the standard calls it, and a drawing with it. ``tags`` are what is there of it in the XML."""

    group: str
    name: str
    body: str
    tags: tuple[str, ...] = ()
    beside: str = ""

    @property
    def content(self) -> bytes:
        """The file. What has no words of its own is called by its id."""
        if self.body.startswith("<definitions"):
            return self.body.encode()
        body = WORDLESS.sub(r'\1 name="\2"', self.body)
        return f'{HEAD}<process id="p" isExecutable="true">{body}</process>{self.beside}{BESIDE}</definitions>'.encode()


def flow(*ids: str) -> str:
    """Arrows from each to the next."""
    return "".join(
        f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in zip(ids, ids[1:], strict=False)
    )


def around(node: str, more: str = "") -> str:
    """A node between a start and an end."""
    return f'<startEvent id="begin"/>{node}<endEvent id="done"/>{flow("begin", "it", "done")}{more}'


def constructs() -> Iterator[Construct]:
    """All of them, in the order of the standard."""
    yield from _activities()
    yield from _markers()
    yield from _gateways()
    yield from _events()
    yield from _frames()
    yield from _rest()


def _activities() -> Iterator[Construct]:
    inside = '<startEvent id="b"/><userTask id="u"/><endEvent id="d"/>' + flow("b", "u", "d")
    for name, node in {
        "task": '<task id="it" name="Do it"/>',
        "userTask": '<userTask id="it"/>',
        "manualTask": '<manualTask id="it"/>',
        "serviceTask, with properties": f'<serviceTask id="it">{LETTER}</serviceTask>',
        "serviceTask, bare": '<serviceTask id="it"/>',
        "sendTask, with a letter": f'<sendTask id="it">{LETTER}</sendTask>',
        "sendTask, bare": '<sendTask id="it"/>',
        "receiveTask": '<receiveTask id="it" messageRef="m"/>',
        "scriptTask, in FEEL": '<scriptTask id="it"><script>a = 1 + 1</script></scriptTask>',
        "scriptTask, in another language": '<scriptTask id="it"><script>var a = f();</script></scriptTask>',
        "businessRuleTask, with its table": f'<businessRuleTask id="it">{ASKING}</businessRuleTask>',
        "businessRuleTask, bare": '<businessRuleTask id="it"/>',
        "callActivity of a page that is there": '<callActivity id="it" calledElement="assess_risk"/>',
        "callActivity of nothing": '<callActivity id="it"/>',
        "subProcess": f'<subProcess id="it">{inside}</subProcess>',
        "subProcess, empty or collapsed": '<subProcess id="it"/>',
        "subProcess without start and end": '<subProcess id="it"><userTask id="u"/></subProcess>',
        "transaction": f'<transaction id="it">{inside}</transaction>',
        "adHocSubProcess": '<adHocSubProcess id="it"><userTask id="u"/><userTask id="v"/></adHocSubProcess>',
    }.items():
        yield Construct("Activities", name, around(node), (name.split(",")[0].split(" ")[0],))


def _markers() -> Iterator[Construct]:
    many = "multiInstanceLoopCharacteristics"
    for name, inside in {
        "standardLoopCharacteristics, with a condition": "<standardLoopCharacteristics><loopCondition>false"
        "</loopCondition></standardLoopCharacteristics>",
        "standardLoopCharacteristics, with a maximum": '<standardLoopCharacteristics loopMaximum="2"/>',
        "standardLoopCharacteristics, bare": "<standardLoopCharacteristics/>",
        f"{many}, parallel, over a list": f"<{many}><loopDataInputRef>relevant_bodies</loopDataInputRef></{many}>",
        f"{many}, sequential, over a list": f'<{many} isSequential="true"><loopDataInputRef>relevant_bodies'
        f"</loopDataInputRef></{many}>",
        f"{many}, with a cardinality": f"<{many}><loopCardinality>2</loopCardinality></{many}>",
        f"{many}, bare": f"<{many}/>",
    }.items():
        yield Construct("Markers", name, around(f'<userTask id="it">{inside}</userTask>'), (name.split(",")[0],))
    undo = '<userTask id="undo" isForCompensation="true"/>'
    edge = f'<boundaryEvent id="edge" attachedToRef="it">{DEFINITIONS["compensation"]}</boundaryEvent>'
    yield Construct("Markers", "isForCompensation", around('<userTask id="it"/>', undo + edge))


def _gateways() -> Iterator[Construct]:
    for kind in ("exclusive", "inclusive", "parallel", "complex"):
        tag = f"{kind}Gateway"
        split = f'<startEvent id="begin"/><{tag} id="it"/><userTask id="a" name="A"/><userTask id="b" name="B"/>'
        join = f'<{tag} id="join"/><endEvent id="done"/>' + flow("begin", "it", "a", "join", "done") + flow("b", "join")
        yield Construct("Gateways", f"{tag}, bare", split + join + flow("it", "b"), (tag,))
        if kind in ("exclusive", "inclusive"):
            arrow = (
                '<sequenceFlow id="it_b" sourceRef="it" targetRef="b"><conditionExpression>false</conditionExpression>'
            )
            default = split.replace(f'<{tag} id="it"', f'<{tag} id="it" default="it_a"')
            name = f"{tag}, with conditions and a default"
            yield Construct("Gateways", name, default + join + arrow + "</sequenceFlow>", (tag, "conditionExpression"))
    waits = '<startEvent id="begin"/><eventBasedGateway id="it"/><endEvent id="done"/>'
    waits += "".join(
        f'<intermediateCatchEvent id="{n}">{DEFINITIONS[n]}</intermediateCatchEvent>{flow("it", n, "done")}'
        for n in ("message", "timer")
    )
    yield Construct("Gateways", "eventBasedGateway", waits + flow("begin", "it"), ("eventBasedGateway",))


def _events() -> Iterator[Construct]:
    for kind in (*CAUGHT, "error"):
        body = f'<startEvent id="begin">{DEFINITIONS[kind]}</startEvent><userTask id="it"/><endEvent id="done"/>'
        yield Construct("Start events", kind, body + flow("begin", "it", "done"), ("startEvent", kind))
    for kind in CAUGHT:
        body = around(f'<intermediateCatchEvent id="it">{DEFINITIONS[kind]}</intermediateCatchEvent>')
        yield Construct("Intermediate catch events", kind, body, ("intermediateCatchEvent", kind))
    for kind in ("none", "message", "signal", "escalation", "compensation", "multiple"):
        body = around(f'<intermediateThrowEvent id="it">{DEFINITIONS[kind]}</intermediateThrowEvent>')
        yield Construct("Intermediate throw events", kind, body, ("intermediateThrowEvent", kind))
    for kind in ("message", "signal"):
        body = f'<startEvent id="begin"/><parallelGateway id="both"/><userTask id="w"/><endEvent id="t">{DEFINITIONS[kind]}</endEvent>'
        body += f'<intermediateCatchEvent id="it">{DEFINITIONS[kind]}</intermediateCatchEvent><endEvent id="done"/>'
        arrows = flow("begin", "both", "w", "t") + flow("both", "it", "done")
        yield Construct("Intermediate catch events", f"{kind} that the process itself throws", body + arrows, (kind,))
    pair = '<startEvent id="begin"/><intermediateThrowEvent id="it"><linkEventDefinition name="A"/></intermediateThrowEvent>'
    pair += (
        '<intermediateCatchEvent id="on"><linkEventDefinition name="A"/></intermediateCatchEvent><endEvent id="done"/>'
    )
    yield Construct(
        "Intermediate throw events", "link", pair + flow("begin", "it") + flow("on", "done"), ("linkEventDefinition",)
    )
    for interrupts in ("true", "false"):
        group = f"Boundary events, {'' if interrupts == 'true' else 'non-'}interrupting"
        for kind in (*ON_EDGE, *(("error", "none", "compensation") if interrupts == "true" else ("cycle",))):
            edge = f'<boundaryEvent id="edge" attachedToRef="it" cancelActivity="{interrupts}">{DEFINITIONS[kind]}</boundaryEvent>'
            after = '<endEvent id="over"/>' + flow("edge", "over") if kind != "compensation" else ""
            yield Construct(group, kind, around('<userTask id="it"/>', edge + after), ("boundaryEvent", kind))
    cancelled = '<transaction id="it"><startEvent id="b"/><userTask id="u"/><endEvent id="d"><cancelEventDefinition/></endEvent>'
    edge = '<boundaryEvent id="edge" attachedToRef="it"><cancelEventDefinition/></boundaryEvent><endEvent id="over"/>'
    body = around(cancelled + flow("b", "u", "d") + "</transaction>", edge + flow("edge", "over"))
    yield Construct("Boundary events, interrupting", "cancel", body, ("boundaryEvent", "cancel"))
    for kind in ("none", "message", "signal", "escalation", "error", "terminate", "cancel", "compensation", "multiple"):
        body = f'<startEvent id="begin"/><userTask id="it"/><endEvent id="done">{DEFINITIONS[kind]}</endEvent>'
        yield Construct("End events", kind, body + flow("begin", "it", "done"), ("endEvent", kind))


def _frames() -> Iterator[Construct]:
    for interrupts in ("true", "false"):
        for kind in (*OPENS, *(("error", "compensation") if interrupts == "true" else ("cycle",))):
            frame = (
                f'<subProcess id="frame" triggeredByEvent="true"><startEvent id="opens" isInterrupting="{interrupts}">'
                f'{DEFINITIONS[kind]}</startEvent><userTask id="u"/><endEvent id="d"/>{flow("opens", "u", "d")}</subProcess>'
            )
            group = f"Event subprocesses, {'' if interrupts == 'true' else 'non-'}interrupting"
            yield Construct(group, kind, around('<userTask id="it"/>', frame), ("frame", kind))


def _rest() -> Iterator[Construct]:
    plain = around('<userTask id="it"/>')
    for name, more in {
        "dataObject": '<dataObject id="o"/><dataObjectReference id="r" dataObjectRef="o"/>',
        "dataStoreReference": '<dataStoreReference id="r" name="Files"/>',
        "textAnnotation": '<textAnnotation id="n"><text>Mind this.</text></textAnnotation>'
        '<association id="a" sourceRef="it" targetRef="n"/>',
        "group": '<group id="g"/>',
    }.items():
        yield Construct("Data and artifacts", name, plain + more, (name,))
    lanes = '<laneSet id="l"><lane id="one" name="Coordinator"><flowNodeRef>it</flowNodeRef></lane></laneSet>'
    yield Construct("Pools and lanes", "lane", lanes + plain, ("lane",))
    pools = (
        '<collaboration id="c"><participant id="one" name="Council" processRef="p"/><participant id="two" name="Police"/>'
        '<messageFlow id="f" sourceRef="it" targetRef="two"/></collaboration>'
    )
    yield Construct("Pools and lanes", "participant and messageFlow", plain, ("participant",), pools)
    guarded = plain.replace(flow("it", "done"), "") + (
        '<sequenceFlow id="maybe" sourceRef="it" targetRef="done"><conditionExpression>true</conditionExpression>'
        '</sequenceFlow><endEvent id="too"/>' + flow("it", "too")
    )
    yield Construct("Pools and lanes", "sequenceFlow with a condition, out of a task", guarded)
    for name in ("choreography", "globalConversation"):
        yield Construct("Pools and lanes", name, f'{HEAD}<{name} id="c"/></definitions>')
