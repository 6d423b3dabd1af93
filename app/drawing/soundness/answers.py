"""Whether the answers that people and tables give fit the conditions that ask for them."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from app.drawing.asking import ASKS
from app.drawing.findings import NOTE, Finding
from app.drawing.model import Drawing, Element, Flow
from app.drawing.soundness import wording
from app.drawing.soundness.conditions import Question, question
from app.drawing.soundness.setting import ASSIGNED, PEOPLE
from app.errors import NotUnderstood
from app.feel import nodes, parsing
from app.feel.names import dotted

Choices = Set[str] | None  # the answers that can be given; None for any
Fields = Mapping[str, Mapping[str, Choices]]  # by form and path
OPPOSITES = {"=": "!=", "<": ">=", ">": "<="}
ASKING = ("exclusiveGateway", "inclusiveGateway")


@dataclass(frozen=True)
class Answers:
    """A drawing with the choices of its fields and of the facts that come from tables or from outside."""

    drawing: Drawing
    fields: Fields
    given: Mapping[str, Choices]

    def findings(self) -> list[Finding]:
        """Everything of this kind."""
        found: list[Finding] = []
        for e in self.drawing.elements:
            if e.kind in ASKING:
                found += [*self._unknown(e), *self._misspelt(e)]
            if e.kind == "exclusiveGateway":
                found += [*self._fitting(e), *self._unused(e)]
        return found

    @cached_property
    def _choices(self) -> dict[str, Choices]:
        """The choices of every fact that something gives; those of several givers together."""
        found: dict[str, Choices] = {}
        for facts in (*self.fields.values(), self.given):
            for path, choices in facts.items():
                known = found.get(path, frozenset())
                found[path] = None if choices is None or known is None else known | choices
        for e in self.drawing.elements:
            found |= dict.fromkeys(ASSIGNED.findall(e.script))
            found |= {e.collection: None} if e.collection else {}
            asks = e.properties.get(ASKS, "")
            found |= {asks: frozenset(flow.name for flow in self.drawing.outgoing(e.id))} if asks else {}
        return found

    def _is_known(self, fact: str) -> bool:
        return any(
            fact == known or fact.startswith(f"{known}.") or known.startswith(f"{fact}.") for known in self._choices
        )

    def _unknown(self, gateway: Element) -> Iterator[Finding]:
        """The facts that a condition uses and nothing gives."""
        used = {fact for flow in self._asking(gateway) for fact in parsing.names(_tree(flow.condition))}
        for fact in sorted(fact for fact in used if not self._is_known(fact)):
            says = f"{wording.quoted(self.drawing, gateway)} asks for ‘{fact}’, which no form and no table gives."
            yield wording.finding(self.drawing, gateway, "fact_without_source", wording.sentence(says))

    def _misspelt(self, gateway: Element) -> Iterator[Finding]:
        """The answers that a condition compares with and nobody can give."""
        for flow in self._asking(gateway):
            for fact, value in _compared(_tree(flow.condition)):
                choices = self._choices.get(fact)
                if choices and value not in choices:
                    says = f"‘{flow.condition}’ can never be so: the answers are {_listed(choices)}."
                    yield wording.finding(self.drawing, gateway, "answer_without_choice", says)

    def _fitting(self, gateway: Element) -> Iterator[Finding]:
        """The answers for which no way fits, or more than one."""
        ways, choices = self._simple(gateway)
        fits = {choice: [flow for flow, one in ways if one.holds(choice)] for choice in sorted(choices)}
        none = {choice for choice, flows in fits.items() if not flows}
        name = wording.quoted(self.drawing, gateway)
        if none and not gateway.default and self._has_one_source(gateway):
            says = f"no way out of {name} fits the answer {_listed(none, 'or')}. The case would stop there."
            yield wording.finding(self.drawing, gateway, "no_way_fits", wording.sentence(says))
        if not choices and self._may_fit_none(gateway):
            says = f"where no condition on a way out of {name} holds, the case stops there. No way is marked for that."
            yield wording.finding(self.drawing, gateway, "no_default", wording.sentence(says), NOTE)
        several = {choice for choice, flows in fits.items() if len(flows) > 1}
        if several:
            says = f"more than one way out of {name} fits the answer {_listed(several, 'or')}. The first is taken."
            yield wording.finding(self.drawing, gateway, "two_ways_fit", wording.sentence(says))

    def _may_fit_none(self, gateway: Element) -> bool:
        """Whether nothing shows that one of the ways always fits: no default, no two conditions that are opposites."""
        flows = self._asking(gateway)
        if gateway.default or not flows or len(flows) < len(self.drawing.outgoing(gateway.id)):
            return False
        if not self._has_one_source(gateway):
            return False
        trees = [_tree(flow.condition) for flow in flows]
        if not all(isinstance(tree, nodes.Comparison) for tree in trees):
            return False
        return not any(_are_opposites(one, other) for one in trees for other in trees)

    def _has_one_source(self, gateway: Element) -> bool:
        """Whether one form or table gives every fact that is asked for: of several, one knows not which it was."""
        facts = {fact for flow in self._asking(gateway) for fact in parsing.names(_tree(flow.condition))}
        return all(sum(fact in form for form in (*self.fields.values(), self.given)) == 1 for fact in facts)

    def _simple(self, gateway: Element) -> tuple[list[tuple[Flow, Question]], Set[str]]:
        """The ways out of a gateway that asks for one fact with known choices; nothing for any other gateway."""
        flows = [flow for flow in self.drawing.outgoing(gateway.id) if flow.id != gateway.default]
        read = [(flow, one) for flow in flows if flow.condition and (one := question(flow.condition)) is not None]
        facts = {one.fact for _, one in read}
        choices = self._choices.get(facts.pop()) if len(facts) == 1 else None
        return (read, choices) if choices and len(read) == len(flows) else ([], frozenset())

    def _unused(self, gateway: Element) -> Iterator[Finding]:
        """The step before a question whose form asks for a choice, while the question asks for something else."""
        before = [self.drawing.by_id.get(flow.source) for flow in self.drawing.incoming(gateway.id)]
        flows = self._asking(gateway)
        if len(before) != 1 or before[0] is None or before[0].kind not in PEOPLE or before[0].repeats or not flows:
            return
        form = self.fields.get(before[0].properties.get("formRef", ""), {})
        used = {fact for flow in flows for fact in parsing.names(_tree(flow.condition))}
        choosing = sorted(path for path, choices in form.items() if choices)
        if choosing and used and not any(_meets(fact, path) for fact in used for path in form):
            task, name = wording.quoted(self.drawing, before[0]), wording.quoted(self.drawing, gateway)
            says = f"{task} asks for {_listed(choosing)}, but {name} does not look at any answer of that form."
            yield wording.finding(self.drawing, before[0], "field_without_use", wording.sentence(says), NOTE)

    def _asking(self, gateway: Element) -> list[Flow]:
        """The ways out of a gateway with a condition that can be read."""
        return [flow for flow in self.drawing.outgoing(gateway.id) if flow.condition and _is_readable(flow.condition)]


def _are_opposites(one: nodes.Node, other: nodes.Node) -> bool:
    """Whether one of two conditions always holds: ``a = 1`` and ``a != 1``, ``a < 1`` and ``a >= 1``."""
    if not isinstance(one, nodes.Comparison) or not isinstance(other, nodes.Comparison):
        return False
    return (one.left, one.right) == (other.left, other.right) and OPPOSITES.get(one.sign) == other.sign


def _meets(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _is_readable(condition: str) -> bool:
    try:
        _tree(condition)
    except NotUnderstood:
        return False
    return True


def _tree(condition: str) -> nodes.Node:
    return parsing.parse(parsing.expression_in(condition))


def _compared(tree: nodes.Node) -> Iterator[tuple[str, str]]:
    """The facts that a condition compares with a text for being equal, each with the text."""
    stack = [tree]
    while stack:
        node = stack.pop()
        stack += nodes.parts(node)
        if isinstance(node, nodes.Comparison) and node.sign in ("=", "!="):
            for one, other in ((node.left, node.right), (node.right, node.left)):
                if dotted(one) and isinstance(other, nodes.Literal) and isinstance(other.value, str):
                    yield ".".join(dotted(one)), other.value


def _listed(words: Set[str] | list[str], last: str = "and") -> str:
    quoted = [f"‘{word}’" for word in sorted(words)]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"
