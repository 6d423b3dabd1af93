"""Deciding by decision table, with every hit policy of DMN 1.5 clause 8.2.8.

SpiffWorkflow 3.2 treats every policy but UNIQUE and COLLECT as first match, and does not check UNIQUE; so the
tables are decided here, and the library only asks. What a table requires from its own file is decided before it.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

from app import errors
from app.drawing.decisions import SEVERAL, DecisionTable, Rule
from app.engine import facts as records
from app.engine.remembering import remembered
from app.engine.statute import period_end
from app.feel.evaluating import evaluate, matches

Functions = Mapping[str, Callable[..., Any]]
Tables = Mapping[str, DecisionTable]
OURS: Functions = {"period_end": period_end}
ALONE: Tables = {}


def decide(
    table: DecisionTable,
    facts: Mapping[str, Any],
    *,
    at: datetime | None,
    functions: Functions = OURS,
    beside: Tables = ALONE,
) -> dict[str, Any]:
    """What the table says about ``facts``, as a nested record of its outputs; {} when no row matches.

    ``beside`` are the tables among which it finds what it requires. Policies that give several rows give a list for
    each output, except COLLECT with an aggregation. Raises ``CannotGoOn`` where the policy is broken: two rows of a
    UNIQUE table, or ANY rows that differ.
    """
    return remembered(table, facts, lambda: _Question(functions, at, beside).answer(table, facts))


class _Question:
    """One question to a table and to all that it requires, each of which is decided once."""

    def __init__(self, functions: Functions, at: datetime | None, beside: Tables) -> None:
        self.functions = functions
        self.at = at
        self.beside = beside
        self.found: dict[str, Any] = {}  # answers by the id of what was required

    def answer(self, table: DecisionTable, given: Mapping[str, Any]) -> dict[str, Any]:
        required = [self.beside[key] for key in table.needs]
        facts = {**given, **{one.name: self.required(one, given) for one in required if not one.parameters}}
        functions = {**self.functions, **{one.name: self.function(one) for one in required if one.parameters}}
        return _said(table, facts, functions, self.at)

    def required(self, table: DecisionTable, given: Mapping[str, Any]) -> Any:
        if table.id not in self.found:
            self.found[table.id] = _value(table, self.answer(table, given))
        return self.found[table.id]

    def function(self, table: DecisionTable) -> Callable[..., Any]:
        """A business knowledge model: it knows nothing but its parameters (DMN 1.5, 6.3.9)."""

        def asked(*values: Any, **named: Any) -> Any:
            given = dict(zip(table.parameters, values, strict=False)) | named
            return _value(table, _Question(self.functions, self.at, self.beside).answer(table, given))

        return asked


def _said(table: DecisionTable, facts: Mapping[str, Any], functions: Functions, at: datetime | None) -> dict[str, Any]:
    """What the table says, given all that it requires."""
    ask = partial(evaluate, context=facts, functions=functions, at=at)
    asked = [ask(question.expression) for question in table.inputs]
    fitting = _fitting(table, asked, lambda test, value: matches(test, value, facts, functions=functions, at=at))
    rows = list(islice(fitting, 1 if table.hit_policy == "FIRST" else None))  # the others are not asked
    answers = counted(table, rows, lambda rule: [ask(cell) if cell else None for cell in rule.results], ask)
    if table.hit_policy in SEVERAL:
        columns = [[answer[number] for answer in answers] for number in range(len(table.outputs))]
        return _record(table, [_gathered(table, column) for column in columns])
    return _record(table, answers[0]) if answers else {}


def _value(table: DecisionTable, said: dict[str, Any]) -> Any:
    """What a table is worth to one that requires it: its one answer, or all as a record."""
    return records.find(said, table.outputs[0].name) if len(table.outputs) == 1 else said or None


def matching(table: DecisionTable, asked: list[Any], passes: Callable[[str, Any], bool]) -> list[Rule]:
    """The rows of which every test passes, in their order."""
    return list(_fitting(table, asked, passes))


def _fitting(table: DecisionTable, asked: list[Any], passes: Callable[[str, Any], bool]) -> Iterator[Rule]:
    return (rule for rule in table.rules if _fits(rule, asked, passes))


def _fits(rule: Rule, asked: list[Any], passes: Callable[[str, Any], bool]) -> bool:
    """Whether every test of a row passes. Most cells of most tables are one text, which is only compared."""
    for test, text, value in zip(rule.tests, rule.texts, asked, strict=True):
        if text is not None and type(value) is str:
            if value != text:
                return False
        elif not passes(test, value):
            return False
    return True


def counted(
    table: DecisionTable, rows: list[Rule], says: Callable[[Rule], list[Any]], ask: Callable[[str], Any]
) -> list[list[Any]]:
    """The answers of the rows that count, in the order of the policy; at most one for policies that give one.

    ``says`` gives what a row answers, ``ask`` the value of an expression. Raises ``CannotGoOn`` for a broken policy.
    """
    answers = [says(rule) for rule in rows]
    if table.hit_policy in SEVERAL:
        return sorted(answers, key=_priority(table, ask)) if table.hit_policy == "OUTPUT ORDER" else answers
    return [_one(table, rows, answers, ask)] if answers else []


def _one(table: DecisionTable, rows: list[Rule], answers: list[list[Any]], ask: Callable[[str], Any]) -> list[Any]:
    """The answers of the row that counts."""
    if table.hit_policy == "UNIQUE" and len(rows) > 1:
        raise errors.CannotGoOn(
            f"The table ‘{table.name}’ lets one row match, but {len(rows)} do: {_names(table, rows)}.", element=table.id
        )
    if table.hit_policy == "ANY" and any(answer != answers[0] for answer in answers):
        raise errors.CannotGoOn(
            f"The table ‘{table.name}’ has rows that match but differ: {_names(table, rows)}.", element=table.id
        )
    if table.hit_policy == "PRIORITY":
        return min(answers, key=_priority(table, ask))
    return answers[0]


def _gathered(table: DecisionTable, column: list[Any]) -> Any:
    """One column of the rows that match, aggregated where the table says so; empty cells count for nothing."""
    if table.aggregation in ("", "#"):
        return len(column) if table.aggregation else column
    numbers = [value for value in column if value is not None]
    if any(type(value) not in (int, float) for value in numbers):
        raise errors.CannotGoOn(
            f"The table ‘{table.name}’ counts its answers together, but one is no number.", element=table.id
        )
    if table.aggregation == "+":
        return sum(numbers)
    return {"<": min, ">": max}[table.aggregation](numbers, default=None)


def _priority(table: DecisionTable, ask: Callable[[str], Any]) -> Callable[[list[Any]], list[int]]:
    """A sort key: the place of each answer in its output's list of values; answers not listed come last."""
    orders = [[ask(value) for value in output.values] for output in table.outputs]
    return lambda answer: [o.index(a) if a in o else len(o) for a, o in zip(answer, orders, strict=True)]


def _record(table: DecisionTable, answer: list[Any]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for output, value in zip(table.outputs, answer, strict=True):
        records.merge(record, records.nested(output.name, value))
    return record


def _names(table: DecisionTable, rows: list[Rule]) -> str:
    return " and ".join(f"row {table.rules.index(row) + 1}" for row in rows)
