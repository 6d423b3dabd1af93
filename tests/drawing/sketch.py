"""Drawings in a few lines: ``kind id its words``, ``a -> b -> c``, ``a -> b : condition``, and boxes with ``{ }``.

Behind the words: ``on=a`` (a boundary event), ``beside`` (does not interrupt), ``timer=3_days``, ``error=name`` and the
like, ``terminate``, ``default=b`` (the arrow to b), ``form=key``, ``by_event``, ``calls=process``, ``script=a=1``.
"""

from app.drawing import reading
from app.drawing.soundness import foretelling
from tests.drawing.samples import HEAD

NAMED = ("message", "signal", "error", "escalation")
PLAIN = ("terminate", "cancel")
SPIFF = "<extensionElements><spiffworkflow:properties>{}</spiffworkflow:properties></extensionElements>"


def sketch(text, lanes=None):
    """The drawing of a text."""
    pen = _Pen()
    pen.lines([line.strip() for line in text.strip().splitlines() if line.strip()])
    inside = "".join(
        f'<lane id="lane{at}" name="{name}">{"".join(f"<flowNodeRef>{one}</flowNodeRef>" for one in ids.split())}</lane>'
        for at, (name, ids) in enumerate((lanes or {}).items())
    )
    laned = f'<laneSet id="lanes">{inside}</laneSet>' if lanes else ""
    beside = "".join(f'<{kind} id="{kind}_{name}" name="{name}"/>' for kind, name in sorted(pen.events))
    body = "".join(pen.written)
    return reading.read(
        f'{HEAD}{beside}<process id="p" name="A">{laned}{body}</process></definitions>'.encode(), "p.bpmn"
    )


def found(text, lanes=None, **known):
    """What a sketch would do wrong: {kind: what is said, in the order of finding}."""
    said = {}
    for one in foretelling.findings(sketch(text, lanes), **known):
        said.setdefault(one.kind, []).append(one.says)
    return said


class _Pen:
    def __init__(self):
        self.written, self.events, self.flows = [], set(), 0

    def lines(self, lines):
        for line in lines:
            if "->" in line:
                self._arrows(line)
            elif line == "}":
                self.written.append("</subProcess>")
            else:
                self._node(line)

    def _arrows(self, line):
        ways, _, condition = line.partition(" : ")
        names = [name.strip() for name in ways.split("->")]
        inside = f"<conditionExpression><![CDATA[{condition}]]></conditionExpression>" if condition else ""
        for source, target in zip(names, names[1:], strict=False):
            self.flows += 1
            flow = f"{source}-{target}" + (f"-{self.flows}" if condition else "")
            self.written.append(
                f'<sequenceFlow id="{flow}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'
            )

    def _node(self, line):
        kind, name, *words = line.split()
        options = dict(word.split("=", 1) for word in words if "=" in word)
        label = " ".join(word for word in words if "=" not in word and word not in (*PLAIN, "beside", "by_event", "{"))
        interrupts = "isInterrupting" if kind == "startEvent" else "cancelActivity"
        attributes = {
            "name": label,
            "attachedToRef": options.get("on"),
            "default": options.get("default") and f"{name}-{options['default']}",
            "calledElement": options.get("calls"),
            interrupts: "false" if "beside" in words else None,
            "triggeredByEvent": "true" if "by_event" in words else None,
        }
        drawn = "".join(f' {key}="{value}"' for key, value in attributes.items() if value)
        self.written.append(f'<{kind} id="{name}"{drawn}>{self._inside(words, options)}')
        self.written.append("" if words[-1:] == ["{"] else f"</{kind}>")

    def _inside(self, words, options):
        inside = ""
        if "form" in options:
            inside += SPIFF.format(f'<spiffworkflow:property name="formRef" value="{options["form"]}"/>')
        if "script" in options:
            inside += f"<script>{options['script']}</script>"
        if "timer" in options:
            text = options["timer"].replace("_", " ")
            inside += f"<timerEventDefinition><timeDuration>{text}</timeDuration></timerEventDefinition>"
        if "link" in options:
            inside += f'<linkEventDefinition name="{options["link"]}"/>'
        for kind in NAMED:
            if kind in options:
                self.events.add((kind, options[kind]))
                inside += f'<{kind}EventDefinition {kind}Ref="{kind}_{options[kind]}"/>'
        return inside + "".join(f"<{kind}EventDefinition/>" for kind in PLAIN if kind in words)
