"""Conditions that ask one fact for certain values: ``risk.band = "high"``, ``approved``, ``not(score > 3)``.

Only these can be told apart without running anything; of all others nothing is assumed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.errors import NotUnderstood
from app.feel import nodes, parsing
from app.feel.names import dotted

OTHER = object()  # any value that no condition names
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(frozen=True)
class Question:
    """What a condition asks: of which fact, and the tree that answers for a value of it."""

    fact: str
    tree: nodes.Node

    def holds(self, value: Any) -> bool:
        """Whether the condition is true where the fact has this value."""
        return _holds(self.tree, value)

    def literals(self) -> list[Any]:
        """The values that the condition names."""
        return [_value(node) for node in _within(self.tree) if _is_literal(node)]


def question(condition: str) -> Question | None:
    """The question in a condition; None for a condition of any other form."""
    try:
        tree = parsing.parse(parsing.expression_in(condition))
    except NotUnderstood:
        return None
    facts = set(_facts(tree)) if _is_plain(tree) else set()
    return Question(facts.pop(), tree) if len(facts) == 1 else None


def samples(questions: Iterable[Question]) -> list[Any]:
    """Values of a fact, one of each sort that the questions tell apart."""
    named = [value for one in questions for value in one.literals()]
    numbers = sorted({Decimal(str(value)) for value in named if _is_number(value)})
    between = [(low + high) / 2 for low, high in zip(numbers, numbers[1:], strict=False)]
    outside = [numbers[0] - 1, numbers[-1] + 1] if numbers else []
    texts = list(dict.fromkeys(value for value in named if isinstance(value, str)))
    return [*numbers, *between, *outside, *texts, True, False, None, OTHER]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _within(tree: nodes.Node) -> list[nodes.Node]:
    found, stack = [], [tree]
    while stack:
        node = stack.pop()
        found.append(node)
        stack += nodes.parts(node)
    return found


def _facts(tree: nodes.Node) -> list[str]:
    return list(parsing.names(tree))


def _is_plain(tree: nodes.Node) -> bool:
    match tree:
        case nodes.Conjunction() | nodes.Disjunction():
            return all(_is_plain(part) for part in tree.parts)
        case nodes.Call(of=nodes.Name(text="not")):
            return len(tree.arguments) == 1 and _is_plain(tree.arguments[0])
        case nodes.Comparison(sign=sign, left=left, right=right):
            pair = (left, right) if dotted(left) else (right, left)
            return sign in TURNED and bool(dotted(pair[0])) and _is_literal(pair[1])
        case nodes.In():
            listed = not tree.tests.negated and all(_is_listed(one) for one in tree.tests.tests)
            return bool(dotted(tree.value)) and listed
    return bool(dotted(tree))


def _is_listed(test: nodes.Test) -> bool:
    return not test.asks and (_is_literal(test.operand) or _is_list(test.operand))


def _is_list(node: nodes.Node) -> bool:
    return isinstance(node, nodes.ListLiteral) and all(isinstance(one, nodes.Literal) for one in node.items)


def _is_literal(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Literal) or (isinstance(node, nodes.Negation) and isinstance(node.of, nodes.Literal))


def _value(node: nodes.Node) -> Any:
    if isinstance(node, nodes.Negation):
        value = _value(node.of)
        return -value if _is_number(value) else None
    return node.value if isinstance(node, nodes.Literal) else None


def _holds(tree: nodes.Node, value: Any) -> bool:
    match tree:
        case nodes.Conjunction():
            return all(_holds(part, value) for part in tree.parts)
        case nodes.Disjunction():
            return any(_holds(part, value) for part in tree.parts)
        case nodes.Call():
            return not _holds(tree.arguments[0], value)
        case nodes.Comparison(sign=sign, left=left, right=right):
            return (
                _compares(value, sign, _value(right)) if dotted(left) else _compares(value, TURNED[sign], _value(left))
            )
        case nodes.In():
            return any(_passes(one, value) for one in tree.tests.tests)
    return value is True


def _passes(test: nodes.Test, value: Any) -> bool:
    if isinstance(test.operand, nodes.ListLiteral):
        return any(_compares(value, "=", _value(one)) for one in test.operand.items)
    return _compares(value, test.sign or "=", _value(test.operand))


def _compares(value: Any, sign: str, literal: Any) -> bool:
    """As FEEL compares; values of two kinds are neither equal nor in an order."""
    if _is_number(value) and _is_number(literal):
        value, literal = Decimal(str(value)), Decimal(str(literal))
    elif type(value) is not type(literal):
        return sign == "!="
    match sign:
        case "=":
            return bool(value == literal)
        case "!=":
            return bool(value != literal)
        case "<":
            return bool(value < literal)
        case ">":
            return bool(value > literal)
        case "<=":
            return bool(value <= literal)
    return bool(value >= literal)
