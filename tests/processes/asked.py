"""Asking the published tables directly: with facts, or with every combination of what their columns tell apart."""

import re
from functools import cache
from itertools import product

from app.drawing import decisions
from app.engine import decisions as deciding
from app.feel.evaluating import matches
from tests.processes import published

OTHER = "something else"


@cache
def tables():
    """Every table of every file, by its id."""
    read = (decisions.read(published.PROCESSES.joinpath(f"{t}.dmn").read_bytes(), t) for t in published.TABLES)
    return {table.id: table for file in read for table in file}


def said(table, **facts):
    """What a table says about these facts."""
    return deciding.decide(tables()[table], facts, at=None, beside=tables())


def rows_for(table, asked):
    """The ids of the rows that match these values of the table's columns."""
    return [rule.id for rule in deciding.matching(tables()[table], asked, lambda cell, value: matches(cell, value, {}))]


def combinations(table):
    """Every combination of what the columns of a table tell apart, and of not knowing."""
    return product(*(_values(table, column) for column in range(len(tables()[table].inputs))))


def _values(table, column):
    """What one column tells apart: the texts in its cells, yes and no, the numbers around each number."""
    question = tables()[table].inputs[column]
    cells = " ".join(rule.tests[column] for rule in tables()[table].rules)
    if question.type == "boolean":
        return [True, False, None]
    if question.type == "number":
        return sorted({0} | {int(n) + near for n in re.findall(r"\d+", cells) for near in (-1, 0, 1)})
    return [*sorted(set(re.findall(r'"([^"]*)"', cells))), OTHER, None]
