"""Drawings small enough to be read beside their tests."""

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" id="file">'
)


def bpmn(inside: str, picture: str = "", beside: str = "") -> bytes:
    """A file with one process ``p`` that holds ``inside``, a picture of it, and what stands beside the process."""
    plane = f'<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="p">{picture}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
    return f'{HEAD}{beside}<process id="p" name="A process">{inside}</process>{plane}</definitions>'.encode()


def shape(element: str, x: float, y: float, width: float, height: float, attributes: str = "") -> str:
    """A shape of the picture."""
    bounds = f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/>'
    return f'<bpmndi:BPMNShape bpmnElement="{element}" {attributes}>{bounds}</bpmndi:BPMNShape>'


def edge(element: str, *points: tuple[float, float]) -> str:
    """An edge of the picture."""
    ways = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in points)
    return f'<bpmndi:BPMNEdge bpmnElement="{element}">{ways}</bpmndi:BPMNEdge>'


EVENT_KINDS = "timer message escalation error signal conditional link compensate cancel terminate".split()
EVENTS = "startEvent intermediateCatchEvent intermediateThrowEvent boundaryEvent endEvent".split()
TASKS = "task userTask sendTask receiveTask serviceTask scriptTask manualTask businessRuleTask callActivity".split()
GATEWAYS = "exclusiveGateway parallelGateway inclusiveGateway complexGateway eventBasedGateway".split()
REPEATS = (
    "<multiInstanceLoopCharacteristics/>",
    '<multiInstanceLoopCharacteristics isSequential="true"/>',
    "<standardLoopCharacteristics/>",
)


def sampler() -> bytes:
    """One of each thing that can be drawn."""
    inside, picture = [], []
    for row, kind in enumerate(EVENTS):
        for column, definition in enumerate(("", *EVENT_KINDS)):
            id_ = f"{kind}_{definition}"
            marked = f"<{definition}EventDefinition/>" if definition else ""
            where = ' attachedToRef="task_userTask" cancelActivity="false"' if kind == "boundaryEvent" else ""
            inside.append(f'<{kind} id="{id_}" name="{definition or "plain"}"{where}>{marked}</{kind}>')
            picture.append(shape(id_, 20 + 90 * column, 20 + 80 * row, 36, 36))
    for column, kind in enumerate(TASKS):
        inside.append(f'<{kind} id="task_{kind}" name="Do the {kind} thing">{REPEATS[column % 3]}</{kind}>')
        picture.append(shape(f"task_{kind}", 20 + 130 * column, 430, 100, 80))
    for column, kind in enumerate(GATEWAYS):
        inside.append(f'<{kind} id="{kind}" name="{kind}?"/>')
        picture.append(shape(kind, 20 + 130 * column, 560, 50, 50, 'isMarkerVisible="true"'))
    return bpmn("".join(inside) + _BOXES, "".join(picture) + _BOX_PICTURE)


_BOXES = """
<subProcess id="closed" name="Closed box"><userTask id="hidden" name="Hidden"/></subProcess>
<adHocSubProcess id="ad_hoc" name="In any order"/>
<subProcess id="open" name="Open box"><task id="inner" name="Seen"/></subProcess>
<transaction id="pay" name="Transaction"/>
<subProcess id="when_late" name="When it is late" triggeredByEvent="true">
  <startEvent id="late_start" isInterrupting="false"><timerEventDefinition/></startEvent>
</subProcess>
<dataObjectReference id="paper" name="Paper"/><dataStoreReference id="store" name="Store"/>
<textAnnotation id="note"><text>A note that is longer than its bracket is wide, so it must break</text></textAnnotation>
<group id="group"/>
<sequenceFlow id="bent" name="yes, of course" sourceRef="task_task" targetRef="closed"/>
<sequenceFlow id="ruled" sourceRef="task_userTask" targetRef="ad_hoc"><conditionExpression>=a</conditionExpression></sequenceFlow>
<association id="link" sourceRef="note" targetRef="store"/>
"""
_BOX_PICTURE = "".join(
    (
        shape("closed", 20, 660, 100, 80),
        shape("hidden", 40, 680, 100, 80),
        shape("ad_hoc", 150, 660, 100, 80),
        shape("open", 280, 640, 200, 120, 'isExpanded="true"'),
        shape("inner", 330, 670, 100, 80),
        shape("pay", 500, 640, 150, 120, 'isExpanded="true"'),
        shape("when_late", 680, 640, 150, 120, 'isExpanded="true"'),
        shape("late_start", 730, 690, 36, 36),
        shape("paper", 860, 660, 36, 50),
        shape("store", 930, 660, 50, 50),
        shape("note", 1010, 560, 110, 60),
        shape("group", 850, 640, 150, 120),
        edge("bent", (70, 510), (70, 530), (5, 530), (5, 700), (20, 700)),
        edge("ruled", (200, 510), (200, 660)),
        edge("link", (1010, 600), (960, 660)),
    )
)
