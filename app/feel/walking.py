"""What each construct of the grammar means: the value of a tree in a scope.

Invariant: every node visited costs a step, so all walking ends. No node can reach a Python object but through
``Scope`` and the tables of functions and properties. Source: DMN 1.5, 10.3.2.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.feel import nodes
from app.feel.arithmetic import combined, negative
from app.feel.bounds import exhausted, spend, too_deep
from app.feel.coercing import coerced
from app.feel.comparing import COMPARISONS, at_most, both, fits, joined
from app.feel.iterating import item_at, item_scope, items_of
from app.feel.names import dotted
from app.feel.properties import entry
from app.feel.scopes import Scope
from app.feel.types import conforms, signature
from app.feel.values import Function, Range

# A cell such as ``risk.score > 3`` does not look at the value under test: its own truth is the answer.
_VERDICTS = (
    *(nodes.Comparison, nodes.Between, nodes.In, nodes.InstanceOf),
    *(nodes.Conjunction, nodes.Disjunction, nodes.Quantified, nodes.Call),
)


def walk(node: nodes.Node, scope: Scope) -> Any:
    """The value of the tree in the scope; ``NotUnderstood`` when a bound is reached."""
    budget = scope.evaluation.budget
    budget.steps -= 1
    if budget.steps < 0:
        raise exhausted()
    return _RULES[type(node)](node, scope)


@dataclass(frozen=True, slots=True, eq=False)
class Closure(Function):
    """A function written in an expression, with the scope it was written in."""

    literal: nodes.FunctionLiteral
    scope: Scope

    def call(self, arguments: Sequence[Any]) -> Any:
        """The body's value; null for a wrong number of arguments. An argument of a wrong type counts as null."""
        if len(arguments) != len(self.literal.parameters):
            return None
        typed = zip(arguments, self.literal.types, strict=True)
        values = [brought(value, wanted, self.scope) for value, wanted in typed]
        budget = self.scope.evaluation.budget
        budget.calls += 1
        if budget.calls > budget.deepest:
            raise too_deep()
        names = dict(zip(self.literal.parameters, values, strict=True))
        found = walk(self.literal.body, self.scope.inner(names))
        budget.calls -= 1
        return found

    @property
    def signature(self) -> nodes.Type:
        """The type of the function, as far as it is written."""
        return signature(self.literal)

    def call_named(self, arguments: Mapping[str, Any]) -> Any:
        """The body's value for arguments by name; null for other names than the parameters'."""
        if arguments.keys() != set(self.literal.parameters):
            return None
        return self.call([arguments[name] for name in self.literal.parameters])


def brought(value: Any, wanted: nodes.Type | None, scope: Scope) -> Any:
    """The value as one of the type, or null; types that a DMN file defines are known to the scope."""
    if wanted is None or value is None:
        return value
    return coerced(value, wanted, scope.evaluation.book, lambda tests, one: passes(tests, one, scope) is True)


def _literal(node: nodes.Literal, scope: Scope) -> Any:
    return node.value


def _name(node: nodes.Name, scope: Scope) -> Any:
    return scope.value(node.text)


def _path(node: nodes.Path, scope: Scope) -> Any:
    # Case data can be large: a plain path is followed in it as it is, and only its end becomes a FEEL value.
    path = dotted(node)
    if path and scope.holder(path[0]) is None:
        value, count = scope.evaluation.at_path(path)
        for name in path[count:] if count else ():
            value = entry(value, name)
        return value
    return entry(walk(node.of, scope), node.entry)


def _filter(node: nodes.Filter, scope: Scope) -> Any:
    found = walk(node.of, scope)
    if found is None:
        return None
    items = found if type(found) is list else [found]
    if type(node.test) is nodes.Literal and type(node.test.value) is Decimal:
        return item_at(items, node.test.value)
    kept = []
    for item in items or [None]:
        passed = walk(node.test, item_scope(item, scope))
        if type(passed) is Decimal:
            return item_at(items, passed)
        if passed is True and items:
            kept.append(item)
    return kept


def _call(node: nodes.Call, scope: Scope) -> Any:
    name = node.of.text if type(node.of) is nodes.Name else ""
    function = scope.function(name) if name else walk(node.of, scope)
    arguments = [walk(one, scope) for one in node.arguments]
    if not isinstance(function, Function):
        return None
    if node.names:
        return function.call_named(dict(zip(node.names, arguments, strict=True)))
    return function.call(arguments)


def _list(node: nodes.ListLiteral, scope: Scope) -> list[Any]:
    return [walk(one, scope) for one in node.items]


def _context(node: nodes.ContextLiteral, scope: Scope) -> dict[str, Any]:
    made: dict[str, Any] = {}
    inner = scope.inner(made)
    for key, value in zip(node.keys, node.values, strict=True):
        made[key] = walk(value, inner)
    return made


def _range(node: nodes.RangeLiteral, scope: Scope) -> Range | None:
    low = None if node.low is None else walk(node.low, scope)
    high = None if node.high is None else walk(node.high, scope)
    if (node.low is not None and low is None) or (node.high is not None and high is None):
        return None  # a limit that is missing must not let everything through
    return Range(low, high, node.low_included, node.high_included)


def _negation(node: nodes.Negation, scope: Scope) -> Any:
    return negative(walk(node.of, scope))


def _arithmetic(node: nodes.Arithmetic, scope: Scope) -> Any:
    found = walk(node.first, scope)
    for sign, operand in zip(node.signs, node.rest, strict=True):
        found = combined(sign, found, walk(operand, scope))
    return found


def _comparison(node: nodes.Comparison, scope: Scope) -> bool | None:
    return COMPARISONS[node.sign](walk(node.left, scope), walk(node.right, scope))


def _between(node: nodes.Between, scope: Scope) -> bool | None:
    value = walk(node.value, scope)
    return both(at_most(walk(node.low, scope), value), at_most(value, walk(node.high, scope)))


def _conjunction(node: nodes.Conjunction, scope: Scope) -> bool | None:
    return joined((walk(part, scope) for part in node.parts), False)


def _disjunction(node: nodes.Disjunction, scope: Scope) -> bool | None:
    return joined((walk(part, scope) for part in node.parts), True)


def _in(node: nodes.In, scope: Scope) -> bool | None:
    return passes(node.tests, walk(node.value, scope), scope)


def passes(cell: nodes.Tests, value: Any, scope: Scope) -> bool | None:
    """Whether the value passes a cell of tests; null where that cannot be known."""
    inner = scope.inner({"?": value})
    passed = joined((_passes(test, value, inner) for test in cell.tests), True) if cell.tests else True
    return (None if passed is None else not passed) if cell.negated else passed


def _passes(test: nodes.Test, value: Any, scope: Scope) -> bool | None:
    wanted = walk(test.operand, scope)
    if test.sign:
        return COMPARISONS[test.sign](value, wanted)
    if type(test.operand) is nodes.Name and test.operand.text == "?":
        return value is not None  # the value is what it is; only when it is none can nothing be said
    if test.asks or (isinstance(wanted, bool) and isinstance(test.operand, _VERDICTS)):
        return wanted if isinstance(wanted, bool) else None
    if wanted is None and isinstance(test.operand, nodes.RangeLiteral):
        return None
    return fits(value, wanted)


def _if(node: nodes.If, scope: Scope) -> Any:
    return walk(node.yes if walk(node.test, scope) is True else node.no, scope)


def _for(node: nodes.For, scope: Scope) -> list[Any] | None:
    made: list[Any] = []
    for inner in _scopes(node, 0, scope):
        if inner is None:
            return None
        if node.partial:
            spend(len(made))
            inner = inner.inner({"partial": list(made)})
        made.append(walk(node.body, inner))
    return made


def _quantified(node: nodes.Quantified, scope: Scope) -> bool | None:
    inners = _scopes(node, 0, scope)
    return joined((None if inner is None else walk(node.body, inner) for inner in inners), not node.every)


def _scopes(node: nodes.For | nodes.Quantified, place: int, scope: Scope) -> Iterator[Scope | None]:
    """A scope for each combination of items; None where one of the domains cannot be iterated."""
    if place == len(node.names):
        yield scope
        return
    items = items_of(walk(node.domains[place], scope))
    if items is None:
        yield None
        return
    for item in items:
        spend(1)
        yield from _scopes(node, place + 1, scope.inner({node.names[place]: item}))


def _instance_of(node: nodes.InstanceOf, scope: Scope) -> bool:
    return conforms(walk(node.value, scope), node.type, scope.evaluation.book)


def _function(node: nodes.FunctionLiteral, scope: Scope) -> Function:
    return Closure(node, scope)


def _block(node: nodes.Block, scope: Scope) -> Any:
    made: dict[str, Any] = {}
    inner = scope.inner(made)
    for key, value in zip(node.keys, node.values, strict=True):
        made[key] = walk(value, inner)
    return walk(node.result, inner)


def _typed(node: nodes.Typed, scope: Scope) -> Any:
    return brought(walk(node.of, scope), node.type, scope)


def _asked(node: nodes.Asked, scope: Scope) -> Any:
    return node.work(scope)


_RULES: dict[type, Callable[[Any, Scope], Any]] = {
    nodes.Literal: _literal,
    nodes.Name: _name,
    nodes.Path: _path,
    nodes.Filter: _filter,
    nodes.Call: _call,
    nodes.ListLiteral: _list,
    nodes.ContextLiteral: _context,
    nodes.RangeLiteral: _range,
    nodes.Negation: _negation,
    nodes.Arithmetic: _arithmetic,
    nodes.Comparison: _comparison,
    nodes.Between: _between,
    nodes.Conjunction: _conjunction,
    nodes.Disjunction: _disjunction,
    nodes.In: _in,
    nodes.If: _if,
    nodes.For: _for,
    nodes.Quantified: _quantified,
    nodes.InstanceOf: _instance_of,
    nodes.FunctionLiteral: _function,
    nodes.Block: _block,
    nodes.Typed: _typed,
    nodes.Asked: _asked,
}
