"""Decision tables as files: what a DMN table says, cell by cell. Nothing here evaluates.

DMN 1.2 to 1.5 differ only in their namespace, so elements are known by their local names. An expression that is
decided by itself is a table of one row without questions, so that whatever reads tables reads it too.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from lxml import etree

from app import errors
from app.drawing import xml
from app.drawing.decision_models import required, spelled
from app.drawing.expressions import unreadable, unreadable_tests

HIT_POLICIES = ("UNIQUE", "FIRST", "ANY", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT")
SEVERAL = ("COLLECT", "RULE ORDER", "OUTPUT ORDER")  # policies that give what all rows say
AGGREGATIONS = {"SUM": "+", "MIN": "<", "MAX": ">", "COUNT": "#"}

_ONE_TEXT = re.compile(r'"[^"\\]*"')
KEPT = 512  # files in memory; most of a new release are those of the one before
MOST_REQUIRED = 40  # decisions and models behind one: as many steps as one question may go down

_VALUE = re.compile(r'(?:"(?:\\.|[^"\\])*"|[^,"])+')  # up to a comma that stands in no text


@dataclass(frozen=True)
class Input:
    """A question of the table: a FEEL expression, and the label people read."""

    expression: str
    label: str
    allowed: str = ""  # unary tests that its value must pass, else it counts as null
    type: str = ""


@dataclass(frozen=True)
class Output:
    """An answer of the table: the path of the fact it sets, and its values in order of priority."""

    name: str
    label: str
    values: tuple[str, ...] = ()  # FEEL literals, the most important first
    allowed: str = ""  # the same as unary tests
    default: str = ""  # its value where no row matches
    type: str = ""


@dataclass(frozen=True)
class Rule:
    """One row: a test for each input, an expression for each output."""

    id: str
    tests: tuple[str, ...]
    results: tuple[str, ...]
    note: str = ""
    types: tuple[str, ...] = ()  # of the results, "" where the cell says none

    @cached_property
    def texts(self) -> tuple[str | None, ...]:
        """For each test the one text that passes it; None for a test that says anything else."""
        return tuple(test.strip()[1:-1] if _ONE_TEXT.fullmatch(test.strip()) else None for test in self.tests)


@dataclass(frozen=True)
class DecisionTable:
    """A DMN decision table (DMN 1.5 clause 8), with what it requires from its own file (clause 6.2.2)."""

    id: str
    name: str
    file: str
    hit_policy: str
    aggregation: str  # "", "+", "<", ">" or "#"
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    needs: tuple[str, ...] = ()  # ids of the tables whose answers, or which as functions, its cells speak of
    parameters: tuple[str, ...] = ()  # of a business knowledge model: it is a function of these


@lru_cache(KEPT)
def read(content: bytes, file: str) -> tuple[DecisionTable, ...]:
    """Every decision table in a DMN file. Raises ``DrawingBroken`` with all problems at once."""
    root = xml.read(content, file)
    decided = (_decided(element, file) for element in _all(root, "decision", "businessKnowledgeModel"))
    tables = {table.id: table for table in decided if table is not None}
    problems = [problem for table in tables.values() for problem in (*_problems(table, tables), *_lost(table, tables))]
    if not tables:
        problems.append(errors.Problem(file, "", "This file has no decision table."))
    if problems:
        raise errors.DrawingBroken(*problems)
    return tuple(tables.values())


def _id(element: etree._Element) -> str:
    return str(element.get("id", ""))


def _decided(element: etree._Element, file: str) -> DecisionTable | None:
    """What a decision or a business knowledge model says; None where that is neither a table nor an expression."""
    inner = _first(element, "encapsulatedLogic")
    logic = element if inner is None else inner
    drawn, written = _first(logic, "decisionTable"), _first(logic, "literalExpression")
    key, name = _id(element), spelled(element.get("name", ""))
    if drawn is not None:
        table = table_of(drawn, key, name, file)
    elif written is not None:
        row = Rule(key, (), (_text(written),))
        table = DecisionTable(key, name or key, file, "UNIQUE", "", (), (Output(name or key, name),), (row,))
    else:
        return None
    parameters = tuple(spelled(one.get("name", "")) for one in _children(logic, "formalParameter"))
    needs = tuple(required(element, "requiredDecision", "requiredKnowledge"))
    return replace(table, needs=needs, parameters=parameters)


def table_of(table: etree._Element, key: str, name: str, file: str) -> DecisionTable:
    """What a ``decisionTable`` says, with the id and name of what it decides."""
    policy = table.get("hitPolicy", "UNIQUE")
    return DecisionTable(
        id=key,
        name=name or key,
        file=file,
        hit_policy=policy,
        aggregation=AGGREGATIONS.get(table.get("aggregation", ""), table.get("aggregation", "")),
        inputs=tuple(_input(element) for element in _children(table, "input")),
        outputs=tuple(_output(element) for element in _children(table, "output")),
        rules=tuple(_rule(element) for element in _children(table, "rule")),
    )


def _input(element: etree._Element) -> Input:
    label = element.get("label", "")
    asked = _first(element, "inputExpression")
    kind = "" if asked is None else asked.get("typeRef", "")
    return Input(_text(asked) or label, label, _text(_first(element, "inputValues")), kind)


def _output(element: etree._Element) -> Output:
    values = _text(_first(element, "outputValues"))
    return Output(
        element.get("name", ""),
        element.get("label", ""),
        tuple(v.strip() for v in _VALUE.findall(values) if v.strip()),
        values,
        _text(_first(element, "defaultOutputEntry")),
        element.get("typeRef", ""),
    )


def _rule(element: etree._Element) -> Rule:
    results = _children(element, "outputEntry")
    return Rule(
        element.get("id", ""),
        tuple(_text(cell) for cell in _children(element, "inputEntry")),
        tuple(_text(cell) for cell in results),
        _text(_first(element, "annotationEntry")) or _text(_first(element, "description")),
        tuple(cell.get("typeRef", "") for cell in results),
    )


def _lost(table: DecisionTable, beside: Mapping[str, DecisionTable]) -> list[errors.Problem]:
    """What a table requires and cannot have: something that is not decided here, or itself."""
    says: list[str] = [
        f"It requires ‘{needed}’, which is no table and no expression in this file."
        for needed in table.needs
        if needed not in beside
    ]
    reached: set[str] = set()
    waiting = [table.id]
    while waiting and len(reached) <= MOST_REQUIRED:
        further = {one for one in beside[waiting.pop()].needs if one in beside} - reached
        reached |= further
        waiting += sorted(further)
    if table.id in reached:
        says.append("It requires itself.")
    if len(reached) > MOST_REQUIRED:
        says.append(f"It requires more than {MOST_REQUIRED} others. Put it into fewer.")
    return [errors.Problem(table.file, table.id, what) for what in says]


def _problems(table: DecisionTable, beside: Mapping[str, DecisionTable]) -> list[errors.Problem]:
    known = [beside[needed].name for needed in table.needs if needed in beside]
    says: list[tuple[str, str]] = []
    if table.hit_policy not in HIT_POLICIES:
        says.append((table.id, f"The hit policy ‘{table.hit_policy}’ is not one of {', '.join(HIT_POLICIES)}."))
    if table.aggregation and table.aggregation not in AGGREGATIONS.values():
        sums = ", ".join(AGGREGATIONS)
        says.append((table.id, f"The aggregation ‘{table.aggregation}’ is not one of {sums}."))
    if not table.outputs or not all(output.name for output in table.outputs):
        says.append((table.id, "Every output of a decision table needs a name."))
    for number, rule in enumerate(table.rules, 1):
        where = rule.id or f"row {number}"
        if len(rule.tests) != len(table.inputs) or len(rule.results) != len(table.outputs):
            says.append((where, f"Row {number} does not have one cell for each input and output."))
        says += [(where, f"Row {number}: {problem}") for problem in _unreadable(rule, known)]
    says += [(table.id, problem) for question in table.inputs for problem in unreadable(question.expression, known)]
    return [errors.Problem(table.file, where, text) for where, text in says]


def _unreadable(rule: Rule, known: list[str]) -> list[str]:
    tests = [problem for cell in rule.tests for problem in unreadable_tests(cell, known)]
    return tests + [problem for cell in filter(None, rule.results) for problem in unreadable(cell, known)]


def _all(element: etree._Element, *names: str) -> list[etree._Element]:
    return [e for e in element.iter() if isinstance(e.tag, str) and etree.QName(e).localname in names]


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [e for e in element if isinstance(e.tag, str) and etree.QName(e).localname == name]


def _first(element: etree._Element, name: str) -> etree._Element:
    return next(iter(_children(element, name)), None)


def _text(element: etree._Element | None) -> str:
    """The text of a cell, which DMN puts in a ``text`` child."""
    if element is None:
        return ""
    inner = _first(element, "text")
    return ((inner if inner is not None else element).text or "").strip()
