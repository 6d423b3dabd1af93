"""The tree of an expression: what was read, before it has a value.

Invariant: nodes never change, hold only nodes, FEEL values and text, and can be shared between threads.
Names follow the grammar of DMN 1.5, 10.3.1.2.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Node:
    """One construct of the grammar."""


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value as written."""

    value: Any


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable, or ``?`` for the value under test."""

    text: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """``of.entry``."""

    of: Node
    entry: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """``of[test]``: an item by its number, or the items for which the test holds."""

    of: Node
    test: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """``of(arguments)``; ``names`` is empty, or names every argument."""

    of: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListLiteral(Node):
    """``[a, b]``."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextLiteral(Node):
    """``{key: value}``; a later entry can use an earlier one."""

    keys: tuple[str, ...]
    values: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class RangeLiteral(Node):
    """``[low..high]`` and its open forms; an end that is None has no limit."""

    low: Node | None
    high: Node | None
    low_included: bool
    high_included: bool
    unary: bool = False  # written as a comparison


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """``-of``."""

    of: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """``first sign rest ...`` of one rank, from left to right: flat, so that long sums are not deep."""

    first: Node
    signs: tuple[str, ...]
    rest: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """``left sign right`` with one of ``= != < <= > >=``."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """``value between low and high``, both ends included."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class Conjunction(Node):
    """``a and b and ...``."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Disjunction(Node):
    """``a or b or ...``."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Test(Node):
    """One unary test: a comparison with ``sign``, or (no sign) a value, range, list or condition with ``?``."""

    sign: str
    operand: Node
    asks: bool  # the operand uses ``?``, so its truth is the answer


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """The tests of one cell: one of them must hold, or (``negated``) none. No tests: anything passes."""

    tests: tuple[Test, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class In(Node):
    """``value in (tests)``."""

    value: Node
    tests: Tests


@dataclass(frozen=True, slots=True)
class If(Node):
    """``if test then yes else no``; null counts as no."""

    test: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class For(Node):
    """``for name in domain, ... return body``; ``partial`` says that the body looks at the results so far."""

    names: tuple[str, ...]
    domains: tuple[Node, ...]
    body: Node
    partial: bool


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """``some`` or ``every`` ``name in domain, ... satisfies body``."""

    every: bool
    names: tuple[str, ...]
    domains: tuple[Node, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Type(Node):
    """A type: ``name``, with the type of its items, entries by key, or parameters, where it says so.

    ``result`` is what a function gives; ``tests`` are the values a DMN item definition allows.
    """

    name: str
    of: "tuple[Type, ...]" = ()
    keys: tuple[str, ...] = ()
    result: "Type | None" = None
    tests: Tests | None = None


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """``value instance of type``."""

    value: Node
    type: Type


@dataclass(frozen=True, slots=True)
class FunctionLiteral(Node):
    """``function(parameters) body``; ``types`` has None where a parameter takes anything."""

    parameters: tuple[str, ...]
    types: tuple[Type | None, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Block(Node):
    """A boxed context that ends with a result: the entries, of which each sees those before, then ``result``."""

    keys: tuple[str, ...]
    values: tuple[Node, ...]
    result: Node


@dataclass(frozen=True, slots=True)
class Typed(Node):
    """``of``, brought to a type as DMN 1.5, 10.3.2.9.4 says: null where it cannot be."""

    of: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Asked(Node):
    """What our own code works out from the scope it stands in, such as a decision table's answer."""

    work: Callable[[Any], Any]


def parts(node: Node) -> list[Node]:
    """The nodes directly inside a node."""
    found: list[Node] = []
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Node):
            found.append(value)
        elif isinstance(value, tuple):
            found.extend(one for one in value if isinstance(one, Node))
    return found


def depth(tree: Node) -> int:
    """How many nodes stand inside each other at most."""
    level, count = [tree], 0
    while level:
        level = [part for node in level for part in parts(node)]
        count += 1
    return count
