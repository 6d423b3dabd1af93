"""Input cells of decision tables: unary tests (DMN 1.5, 7.3.3 and 10.3.1.2, item 7)."""

from typing import Any

import pytest

from app.feel.evaluating import matches

CASE = {"limit": 5, "towns": ["Larkmere", "Otterby"], "strict": True, "spans": [{"from": 1}], "opened_on": "2026-05-01"}

PASSES: list[tuple[str, Any]] = [
    ("", None),
    (" - ", "anything"),
    ('"severe", "major"', "major"),
    ("limit", 5),
    ("<= limit", 5),
    ("< limit - 1", 3),
    ("towns", "Otterby"),
    ('towns, "Elsewhere"', "Elsewhere"),
    ("[1..3], [7..9]", 8),
    ("(1..limit]", 5),
    ("]1..3]", 3),
    ("(> 3)", 4),
    ("not(1, 2)", 3),
    ("not([1..3])", 4),
    ("not(null)", 1),
    ("null", None),
    ("true", True),
    ("false", False),
    ("strict", True),
    ("not(strict)", False),
    ("? > 1 and ? < 3", 2),
    ("every x in ? satisfies x > 1", [2, 3]),
    ("count(?) = 2", [1, 2]),
    ('starts with(?, "Lark")', "Larkmere"),
    ("limit > 4", "whatever"),
    ("not(limit > 9)", "whatever"),
    ("not(?) or strict", 1),
    ('< date("2026-05-02")', "2026-05-01"),
    ('[@"2026-05-01"..@"2026-05-31"]', "2026-05-31"),
    ("? = opened_on", "2026-05-01"),
    ("-1", -1),
    ("- limit", -5),
    ("!= 3", 4),
    ("[1, 2]", [1, 2]),
    ("1, 2", 2.0),
]
FAILS: list[tuple[str, Any]] = [
    ('"severe"', "Severe"),
    ("< 5", None),
    ("< 5", "4"),
    ("not(< 5)", None),
    ("not(-1)", -1),
    ("(1..3)", 3),
    ("true", 1),
    ("true", None),
    ("strict", False),
    ("strict", "x"),
    ("not(1, 2)", 2),
    ("towns", None),
    ("missing", 3),
    ("? > missing", 3),
    ('contains(?, "x")', 3),
    ("unknown(?)", 3),
    ('< date("2026-05-02")', "soon"),
    ("? + 1", 3),
]


@pytest.mark.parametrize(("cell", "value"), PASSES)
def test_a_value_that_a_cell_describes_matches(cell: str, value: Any) -> None:
    assert matches(cell, value, CASE) is True


@pytest.mark.parametrize(("cell", "value"), FAILS)
def test_a_value_that_a_cell_does_not_describe_or_cannot_judge_does_not_match(cell: str, value: Any) -> None:
    assert matches(cell, value, CASE) is False


def test_a_cell_can_call_our_functions() -> None:
    assert matches("is late(?)", 4, {}, functions={"is late": lambda days: days > 3})
