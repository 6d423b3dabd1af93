"""Decision tables as part of a DMN model: asked in a FEEL scope, answered with FEEL values (DMN 1.5, clause 8).

Which rows count is decided where the tables of cases are decided (``decisions``); here stands what only models have:
types, allowed values, defaults, and the form of the answer.
"""

from collections.abc import Callable
from typing import Any

from app import errors
from app.drawing import types
from app.drawing.decisions import AGGREGATIONS, HIT_POLICIES, SEVERAL, DecisionTable, Input, Output, Rule
from app.engine.decisions import counted, matching
from app.feel.built_ins import BUILT_INS
from app.feel.parsing import parse, parse_tests
from app.feel.scopes import Scope
from app.feel.walking import brought, passes, walk

_AGGREGATES = {"+": "sum", "<": "min", ">": "max", "#": "count"}


def deciding(table: DecisionTable, names: frozenset[str]) -> Callable[[Scope], Any]:
    """What works out a table in a scope in which some names are known. ``NotUnderstood`` for a table that is wrong."""
    if table.hit_policy not in HIT_POLICIES or table.aggregation not in ("", *AGGREGATIONS.values()):
        raise errors.NotUnderstood(f"The table ‘{table.name}’ has a hit policy that does not exist.")
    if any((len(r.tests), len(r.results)) != (len(table.inputs), len(table.outputs)) for r in table.rules):
        raise errors.NotUnderstood(f"The table ‘{table.name}’ has a row without a cell for each input and output.")
    return lambda scope: _Asking(names, scope).answer(table)


class _Asking:
    """One question to a table."""

    def __init__(self, names: frozenset[str], scope: Scope) -> None:
        self.names = names
        self.scope = scope

    def answer(self, table: DecisionTable) -> Any:
        asked = [self.input(question) for question in table.inputs]
        rows = matching(table, asked, self.passes)
        answers = [self.fitted(table, answer) for answer in counted(table, rows, self.said, self.value)]
        if table.hit_policy in SEVERAL and (rows or not _has_defaults(table)):
            return self.gathered(table, answers)
        if not answers:
            answers = [[self.value(output.default) for output in table.outputs]] if _has_defaults(table) else []
        return _formed(table, answers[0]) if answers else None

    def value(self, source: str) -> Any:
        return walk(parse(source, self.names), self.scope) if source else None

    def said(self, rule: Rule) -> list[Any]:
        cells = zip(rule.results, rule.types, strict=True)
        return [brought(self.value(cell), types.named(kind), self.scope) for cell, kind in cells]

    def passes(self, cell: str, value: Any) -> bool:
        return passes(parse_tests(cell, self.names), value, self.scope) is True

    def input(self, question: Input) -> Any:
        value = brought(self.value(question.expression), types.named(question.type), self.scope)
        return value if not question.allowed or self.passes(question.allowed, value) else None

    def fitted(self, table: DecisionTable, answer: list[Any]) -> list[Any]:
        return [self.output(output, value) for output, value in zip(table.outputs, answer, strict=True)]

    def output(self, output: Output, value: Any) -> Any:
        value = brought(value, types.named(output.type), self.scope)
        return value if not output.allowed or value is None or self.passes(output.allowed, value) else None

    def gathered(self, table: DecisionTable, answers: list[list[Any]]) -> Any:
        if not table.aggregation:
            return [_formed(table, answer) for answer in answers]
        fold = BUILT_INS[_AGGREGATES[table.aggregation]]
        columns = [[answer[place] for answer in answers] for place in range(len(table.outputs))]
        return _formed(table, [fold.call([column]) for column in columns])


def _has_defaults(table: DecisionTable) -> bool:
    return any(output.default for output in table.outputs)


def _formed(table: DecisionTable, answer: list[Any]) -> Any:
    """One output is the answer itself, several are a context."""
    if len(table.outputs) == 1:
        return answer[0]
    return {" ".join(one.name.split()): value for one, value in zip(table.outputs, answer, strict=True)}
