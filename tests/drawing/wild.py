"""Random drawings as people might draw them in a hurry: gateways that do not match, loops, events on everything."""

from dataclasses import dataclass, field
from random import Random

from tests.engine.bench import drawing

KINDS = (
    ["userTask"] * 6
    + ["exclusiveGateway"] * 5
    + ["parallelGateway"] * 5
    + ["inclusiveGateway"] * 2
    + ["sendTask", "intermediateCatchEvent", "eventBasedGateway", "subProcess", "terminate"]
)
TIMER = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
ANSWERS = 3


@dataclass
class Wild:
    """A random drawing, and the facts that its conditions ask for with their answers."""

    content: bytes
    facts: dict[str, list] = field(default_factory=dict)


def wild(seed: int, most: int = 12, kinds: list[str] = KINDS, back: float = 0.2) -> Wild:
    """The random drawing of a seed; ``back`` is how often an arrow may lead back."""
    pen = _Pen(Random(seed), kinds, back)
    pen.scope("n", pen.random.randint(3, most), 0)
    return Wild(drawing("".join(pen.written)), pen.facts)


class _Pen:
    def __init__(self, random, kinds, back):
        self.random, self.kinds, self.back = random, kinds, back
        self.written, self.facts = [], {}

    def scope(self, prefix, size, depth):
        """Draw nodes and arrows of one scope."""
        picked = [self.random.choice(self.kinds) for _ in range(size)]
        if depth > 1:
            picked = ["userTask" if kind == "subProcess" else kind for kind in picked]
        nodes = [(f"{prefix}{at}", kind) for at, kind in enumerate(picked)]
        ends = [(f"{prefix}e{at}", "endEvent") for at in range(self.random.randint(1, 2))]
        arrows, beside = self._arrows(prefix, nodes, ends)
        self.written.append(f'<startEvent id="{prefix}s"/>')
        for name, kind in [*nodes, *ends]:
            self._node(name, kind, arrows.get(name, []), depth)
        for name, host, interrupts in beside:
            self.written.append(
                f'<boundaryEvent id="{name}" attachedToRef="{host}" cancelActivity="{interrupts}">{TIMER}</boundaryEvent>'
            )
        self._draw(arrows)

    def _arrows(self, prefix, nodes, ends):
        """{node: its targets}, and the boundary events: (name, activity, whether it interrupts)."""
        order = [name for name, _ in nodes] + [name for name, _ in ends]
        sources = [name for name, kind in nodes if kind != "terminate"]
        arrows = {f"{prefix}s": [order[0]]}
        for at, (name, kind) in enumerate(nodes):
            if kind == "terminate":
                continue
            many = self.random.randint(1, 3) if kind.endswith("Gateway") else 1
            arrows[name] = [self._target(order, at) for _ in range(max(many, 2 if kind == "eventBasedGateway" else 1))]
            if kind != "eventBasedGateway":
                arrows[name] = list(dict.fromkeys(arrows[name]))
        for at, name in enumerate(order[1:], 1):
            if not any(name in targets for targets in arrows.values()):
                before = [one for one in order[:at] if one in sources] or [f"{prefix}s"]
                arrows[self.random.choice(before)].append(name)
        beside = []
        for at, (name, kind) in enumerate(nodes):
            if kind in ("userTask", "subProcess") and self.random.random() < 0.2:
                event = f"{name}b"
                beside.append((event, name, self.random.choice(("true", "false"))))
                arrows[event] = [self._target(order, at)]
        return arrows, beside

    def _target(self, order, at):
        """Mostly onwards, sometimes back."""
        if self.random.random() < self.back:
            return self.random.choice(order)
        return self.random.choice(order[at + 1 : at + 5])

    def _node(self, name, kind, targets, depth):
        default = f' default="{name}-{len(targets) - 1}"' if kind in ("exclusiveGateway", "inclusiveGateway") else ""
        default = default if len(targets) > 1 else ""
        if kind == "terminate":
            self.written.append(f'<endEvent id="{name}"><terminateEventDefinition/></endEvent>')
        elif kind == "intermediateCatchEvent":
            self.written.append(f'<intermediateCatchEvent id="{name}">{TIMER}</intermediateCatchEvent>')
        elif kind == "subProcess":
            self.written.append(f'<subProcess id="{name}">')
            self.scope(f"{name}x", self.random.randint(1, 5), depth + 1)
            self.written.append("</subProcess>")
        elif kind == "eventBasedGateway":
            self.written.append(f'<eventBasedGateway id="{name}"/>')
            for at, _ in enumerate(targets):
                self.written.append(f'<intermediateCatchEvent id="{name}c{at}">{TIMER}</intermediateCatchEvent>')
        else:
            self.written.append(f'<{kind} id="{name}"{default}/>')
        self._kind = getattr(self, "_kind", {}) | {name: kind}

    def _draw(self, arrows):
        for name, targets in arrows.items():
            kind = self._kind.get(name, "")
            for at, target in enumerate(targets):
                condition = ""
                if kind in ("exclusiveGateway", "inclusiveGateway") and at < len(targets) - 1:
                    condition = self._condition(name, at, kind)
                if kind == "eventBasedGateway":
                    self._arrow(f"{name}-{at}", name, f"{name}c{at}", "")
                    self._arrow(f"{name}c{at}-0", f"{name}c{at}", target, "")
                else:
                    self._arrow(f"{name}-{at}", name, target, condition)

    def _condition(self, name, at, kind):
        if kind == "exclusiveGateway":
            self.facts[f"f_{name}"] = list(range(ANSWERS))
            return f"<conditionExpression>f_{name} = {at}</conditionExpression>"
        self.facts[f"f_{name}_{at}"] = [True, False]
        return f"<conditionExpression>f_{name}_{at}</conditionExpression>"

    def _arrow(self, name, source, target, inside):
        self.written.append(
            f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'
        )
