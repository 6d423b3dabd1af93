"""Trying a decision table: which rows fit some answers, what it says then, and whether its test rows still hold."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app import errors
from app.drawing import tabling
from app.drawing.decisions import DecisionTable, Input
from app.drawing.examples import TestRow
from app.drawing.findings import WARNING, Finding
from app.engine import decisions, facts
from app.feel.evaluating import evaluate, matches

MOST = 500  # letters of an answer


@dataclass(frozen=True)
class Tried:
    """The rows that fit (the first is 1), and what the table answers, one FEEL literal for each output."""

    rows: tuple[int, ...]
    says: tuple[str, ...]
    problem: str = ""  # why a case would stop there


def ask(table: DecisionTable, given: Sequence[str]) -> Tried:
    """What a table says to answers given as FEEL, one for each question. ``Refused`` names ``given.0`` and so on."""
    values = [_value(source, f"given.{number}") for number, source in enumerate(given)]
    if len(values) != len(table.inputs):
        raise errors.Refused({"given.0": "The table has other questions by now. Look at it again."})
    standing = {f"asked_{number}": one for number, one in enumerate(values)}
    asked = replace(table, inputs=tuple(Input(key, key) for key in standing), needs=())
    try:
        rows = decisions.matching(table, values, lambda test, value: matches(test, value, {}))
        said = decisions.decide(asked, standing, at=None)
    except (errors.CannotGoOn, errors.NotUnderstood) as problem:
        return Tried((), (), str(problem))
    numbers = tuple(number for number, rule in enumerate(table.rules, 1) if rule in rows)
    return Tried(numbers, tuple(_literal(facts.find(said, one.name)) for one in table.outputs) if said else ())


def value(source: str, field: str) -> str:
    """An answer as FEEL writes it; words that are no FEEL value are taken as text. ``Refused`` names the field."""
    return _literal(_value(source, field))


def failing(table: DecisionTable, content: bytes) -> Iterator[Finding]:
    """The test rows that do not hold, as findings."""
    for number, test in enumerate(tabling.tested(content, table.file, table.id), 1):
        says = _fault(table, test)
        if says:
            label = f"{table.name}, test row {number}"
            yield Finding(table.id, label, "test_row_fails", WARNING, f"Test row {number}: {says}")


def _fault(table: DecisionTable, test: TestRow) -> str:
    try:
        tried = ask(table, test.given)
    except errors.Refused:
        return "it no longer fits the questions of the table."
    got = ", ".join(tried.says) or tried.problem or "no answer"
    wanted = ", ".join(test.expected) or "no answer"
    if tried.says == test.expected and not tried.problem:
        return ""
    fits = " and ".join(f"row {one}" for one in tried.rows) or "no row"
    return f"for {', '.join(test.given)} we expected {wanted} and got {got} ({fits} fits)."


def _literal(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False)


def _value(source: str, field: str) -> Any:
    words = source.strip()
    if not words:
        return None
    if len(words) > MOST:
        raise errors.Refused({field: f"Use at most {MOST} letters."})
    try:
        found = evaluate(words, {})
    except errors.NotUnderstood:
        return words
    if found is None and words != "null":
        return words  # a name that means nothing here: they left the quotes out
    return found
