"""Drawings as strangers make them: random, with every bad habit, always the same from the same seed."""

import random
from xml.sax.saxutils import quoteattr

from tests.drawing.habits import laid_over

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:omgdc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:omgdi="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'id="sid-definitions" targetNamespace="urn:strangers">'
)
WORDS = (
    "Check order|Ask the clerk|Send invoice|Prüfe Antrag|Inform customer|Book it|Call insurance|Pack goods|Wait|".split(
        "|"
    )
)
LABELS = ["Yes", "No", "yes", "no", "ja", "nein", "approved", "else", "", "", "", "> 1000 €", "Ware vorhanden?"]
TIMES = ["", "2 days", "48 h", "Every Friday", "nach 3 Tagen", "14 days passed", "deadline", "1 hour"]
TASKS = ["task"] * 8 + [
    "userTask",
    "manualTask",
    "serviceTask",
    "sendTask",
    "receiveTask",
    "scriptTask",
    "businessRuleTask",
    "callActivity",
]
GATEWAYS = (
    ["exclusiveGateway"] * 5 + ["parallelGateway"] * 3 + ["inclusiveGateway", "eventBasedGateway", "complexGateway"]
)
EVENTS = [
    "",
    "message",
    "message",
    "timer",
    "timer",
    "signal",
    "error",
    "escalation",
    "conditional",
    "terminate",
    "link",
    "compensate",
    "cancel",
]
LOOPS = [
    "<standardLoopCharacteristics/>",
    '<multiInstanceLoopCharacteristics isSequential="true"/>',
    "<multiInstanceLoopCharacteristics/>",
    "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>",
    "<multiInstanceLoopCharacteristics><loopDataInputRef>orders</loopDataInputRef></multiInstanceLoopCharacteristics>",
]
CONDITIONS = ["", "", "", "", "", "${approved}", "x = 1", "amount > 10", "yes", "#{a == 'b'}"]


class Stranger:
    """Somebody who draws."""

    def __init__(self, seed: int) -> None:
        self.pick = random.Random(seed)
        self.count = 0

    def draw(self) -> bytes:
        """One file."""
        pools = self.pick.choice([0, 0, 0, 1, 2, 3])
        parts = [self.process(f"process_{n}") for n in range(max(1, pools))]
        steps = [step for _, own in parts for step in own]
        between = ""
        if pools:
            people = "".join(
                f'<participant id="pool_{n}" name="Pool {n}" processRef="process_{n}"/>' for n in range(pools)
            )
            people += '<participant id="outside" name="Customer"/>' if self.likely(0.5) else ""
            flows = "".join(
                f'<messageFlow id="m_{n}" sourceRef="{self.pick.choice(steps)}" targetRef="{self.pick.choice(steps)}"/>'
                for n in range(self.pick.randrange(4))
            )
            between = f'<collaboration id="together">{people}{flows}</collaboration>'
        crossing = ""
        if len(parts) > 1 and self.likely(0.3):
            crossing = self.arrow(self.pick.choice(parts[0][1]), self.pick.choice(parts[1][1]))
        body = "".join(xml.replace("<!---->", crossing if n == 0 else "") for n, (xml, _) in enumerate(parts))
        shapes = "".join(
            f'<bpmndi:BPMNShape id="{step}_gui" bpmnElement="{step}"><omgdc:Bounds x="{100 + n * 130}" y="100" width="100" '
            'height="80"/></bpmndi:BPMNShape>'
            for n, step in enumerate(steps)
        )
        plane = (
            f'<bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="{"together" if pools else "process_0"}">'
        )
        whole = f"{HEAD}{between}{body}{plane}{shapes}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></definitions>"
        return laid_over(whole.encode(), self.pick)

    def process(self, own: str) -> tuple[str, list[str]]:
        """One process: its XML and the ids of its steps."""
        inside, steps = self.steps(self.pick.randrange(2, 14), depth=0)
        lanes = ""
        if self.likely(0.4):
            refs = "".join(f"<flowNodeRef>{step}</flowNodeRef>" for step in steps[: len(steps) // 2])
            lanes = f'<laneSet id="{own}_lanes"><lane id="{own}_lane" name="Clerk">{refs}</lane></laneSet>'
        extra = '<dataStoreReference id="{0}_store" name="DB"/><textAnnotation id="{0}_note"><text>Hi</text></textAnnotation>'
        data = extra.format(own) if self.likely(0.3) else ""
        return f'<process id="{own}" isExecutable="false">{lanes}{inside}{data}<!----></process>', steps

    def steps(self, number: int, depth: int) -> tuple[str, list[str]]:
        """Steps and the arrows between them."""
        made = [self.step(depth) for _ in range(number)]
        xml, ids = [one[0] for one in made], [one[1] for one in made if one[1]]
        if self.likely(0.92):
            start, own = self.event(
                "startEvent", self.pick.choice(["", "", "", "message", "timer", "conditional", "signal"])
            )
            xml.insert(0, start)
            ids.insert(0, own)
        for _ in range(self.pick.choice([0, 1, 1, 1, 2])):
            end, own = self.event(
                "endEvent", self.pick.choice(["", "", "", "message", "terminate", "error", "signal", "compensate"])
            )
            xml.append(end)
            ids.append(own)
        arrows = [self.arrow(a, b) for a, b in zip(ids, ids[1:], strict=False) if self.likely(0.88)]
        arrows += [
            self.arrow(self.pick.choice(ids), self.pick.choice(ids)) for _ in range(self.pick.randrange(4)) if ids
        ]
        if self.likely(0.04):
            arrows.append(self.arrow(ids[0], "nowhere"))
        return "".join(xml + arrows), ids

    def step(self, depth: int) -> tuple[str, str]:
        """A task, gateway, event or subprocess."""
        kind = self.pick.random()
        if kind < 0.55:
            return self.task()
        if kind < 0.8:
            own = self.new()
            return (
                f'<{self.pick.choice(GATEWAYS)} id="{own}" name={quoteattr(self.pick.choice(LABELS))}/>',
                own,
            )
        if kind < 0.92 or depth > 1:
            return self.event(
                self.pick.choice(["intermediateCatchEvent"] * 2 + ["intermediateThrowEvent"]), self.pick.choice(EVENTS)
            )
        return self.subprocess(depth)

    def task(self) -> tuple[str, str]:
        """A task, often with events on its edge."""
        own, tag = self.new(), self.pick.choice(TASKS)
        loop = self.pick.choice(LOOPS) if self.likely(0.08) else ""
        called = ' calledElement="elsewhere"' if tag == "callActivity" and self.likely(0.5) else ""
        xml = f'<{tag} id="{own}" name={quoteattr(self.pick.choice(WORDS))}{called}>{loop}</{tag}>'
        while self.likely(0.12):
            edge, event = self.event(
                "boundaryEvent",
                self.pick.choice(EVENTS[:9] + ["compensate"]),
                f' attachedToRef="{own}" cancelActivity="{self.pick.choice(["true", "false"])}"',
            )
            xml += edge + (self.arrow(event, own) if self.likely(0.3) else "")
        return xml, own

    def subprocess(self, depth: int) -> tuple[str, str]:
        """A subprocess, sometimes empty, sometimes a frame."""
        own = self.new()
        inside = self.steps(self.pick.randrange(1, 5), depth + 1)[0] if self.likely(0.7) else ""
        tag = self.pick.choice(["subProcess"] * 6 + ["transaction", "adHocSubProcess"])
        frame = ' triggeredByEvent="true"' if self.likely(0.2) and tag == "subProcess" else ""
        return f'<{tag} id="{own}" name="Part"{frame}>{inside}</{tag}>', own

    def event(self, tag: str, kind: str, more: str = "") -> tuple[str, str]:
        """An event."""
        own = self.new()
        definition = f'<{kind}EventDefinition id="{own}_d"/>' if kind else ""
        if kind == "timer" and self.likely(0.2):
            definition = "<timerEventDefinition><timeDuration>P2D</timeDuration></timerEventDefinition>"
        words = self.pick.choice(TIMES if kind == "timer" else WORDS)
        return f'<{tag} id="{own}" name={quoteattr(words)}{more}>{definition}</{tag}>', own

    def arrow(self, source: str, target: str) -> str:
        """An arrow."""
        condition = self.pick.choice(CONDITIONS)
        inside = f"<conditionExpression>{condition.replace('>', '&gt;')}</conditionExpression>" if condition else ""
        words = quoteattr(self.pick.choice(LABELS))
        return f'<sequenceFlow id="{self.new()}" name={words} sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'

    def new(self) -> str:
        """An id."""
        self.count += 1
        return f"sid-{self.count:04}"

    def likely(self, chance: float) -> bool:
        """True that often."""
        return self.pick.random() < chance
