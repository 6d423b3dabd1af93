"""What a decision table is remembered to have said is what it says."""

import random
import re

import pytest

from app.config import ROOT
from app.drawing import decisions as reading
from app.engine import decisions, remembering

FILES = sorted(ROOT.glob("processes/*.dmn"))
TABLES = [table for file in FILES for table in reading.read(file.read_bytes(), file.name)]
REMEMBERED = [table for table in TABLES if remembering._paths(table) is not None]


def values_for(table):
    """Values of facts as the cells of a table name them, and others."""
    written = " ".join(remembering._cells(table))
    texts, numbers = re.findall(r'"([^"]*)"', written), [int(one) for one in re.findall(r"\b\d+\b", written)]
    return [*texts, *numbers, *(one + 1 for one in numbers), None, True, False, "", 0, 2.5, ["police"], {"a b": 1}]


def facts_for(table, chance):
    facts, values = {}, values_for(table)
    for path in remembering._paths(table):
        here = facts
        for part in path[:-1]:
            here = here.setdefault(part, {})
            if not isinstance(here, dict):
                break
        else:
            here[path[-1]] = chance.choice(values)
    return facts


def worked_out(table, facts):
    return decisions._Question(decisions.OURS, None, {}).answer(table, facts)


def test_the_agreed_times_are_remembered():
    assert "timescales" in {table.id for table in REMEMBERED}
    assert remembering._paths(next(table for table in TABLES if table.id == "threshold")) is None


@pytest.mark.parametrize("table", REMEMBERED, ids=lambda table: table.id)
def test_a_table_says_the_same_whether_or_not_it_is_remembered(table):
    chance = random.Random(table.id)
    for _ in range(60):
        facts = facts_for(table, chance)
        expected = worked_out(table, facts)
        for _ in range(2):
            said = decisions.decide(table, facts, at=None)
            assert said == expected
            said["mine"] = True  # a record of one's own: nobody else sees what is done to it


def test_true_is_not_remembered_as_one():
    table = next(table for table in REMEMBERED if table.id == "timescales")
    first = decisions.decide(table, {"milestone": "interview", "progress": {"decision": 1}}, at=None)
    assert first == decisions.decide(table, {"milestone": "interview", "progress": {"decision": True}}, at=None)
    assert decisions.decide(table, {"milestone": True}, at=None) == {}
