"""Our answers beside those of feelin, the evaluator that the form and process editors use in the browser.

``feelin.json`` is recorded by ``record_feelin.mjs``. Each difference that we mean is listed here with its reason.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from app.errors import NotUnderstood
from app.feel.evaluating import evaluate, matches

RECORDED = json.loads((Path(__file__).parent / "feelin.json").read_text(encoding="utf-8"))
CASE = RECORDED["case"]
REFUSED = "refused"

ORDER = "DMN 1.5 table 53: values of different kinds, and truth values, have no order, so the answer is null"
KINDS = {
    **dict.fromkeys(["n", "m", "half"], "number"),
    **dict.fromkeys(["s", '"Larkmere"'], "string"),
    **dict.fromkeys(["yes", "true"], "boolean"),
    **dict.fromkeys(['date("2026-05-01")', 'date("2026-05-02")'], "date"),
    **{"nothing": "null", "null": "null", "3": "number"},
}
MEANT: dict[str, tuple[Any, str]] = {
    'if "x" then 1 else 2': (2, "10.3.2.9: only true is true"),
    "[1..3] instance of range<number>": (True, "feelin does not read range types"),
    "(function(a) a) instance of function": (True, "feelin reads function only with its parameter types"),
    "insert before([1, 3], -1, 2)": ([1, 2, 3], "10.3.4.4: -1 is the last place, as everywhere else"),
    "remove([1, 2, 3], -1)": ([1, 2], "10.3.4.4: -1 is the last place; feelin drops the one before it"),
    'duration("P1D") * 2': ("P2D", "table 58: a duration can be multiplied"),
    'duration("P1D") / 2': ("PT12H", "table 58: a duration can be divided"),
    '-duration("P1D")': ("-P1D", "table 59: a duration can be negated"),
    'years and months duration(date("2011-12-22"), date("2013-08-24"))': ("P1Y8M", "10.3.4.1: whole months, no days"),
    'years and months duration(date("2013-08-24"), date("2011-12-22"))': ("-P1Y8M", "10.3.4.1: whole months, no days"),
    'years and months duration(date("2026-01-31"), date("2026-02-28"))': ("P0M", "10.3.4.1: whole months, no days"),
    'date("2026-05-01") + duration("PT36H")': ("2026-05-02", "table 57: a date with a duration is a date"),
    'is(1, "1")': (False, "10.3.4.6: values of two kinds are not the same"),
    "[1, 2] != [1]": (True, "table 53: lists of different lengths are not equal; feelin compares the list with 1"),
    "n in [1..missing]": (None, "a limit that is missing must not let everything through: the range is null"),
    "n in [missing..5]": (None, "the same at the other end"),
    'matches("abc", "b", "q")': (True, "XPath 3.1, 5.6.2: with the flag q a pattern is plain text"),
    'matches("x[1]", "x[1]", "q")': (True, "XPath 3.1, 5.6.2: with the flag q a pattern is plain text"),
    'matches("b", "[a-z-[aeiou]]")': (True, "XML Schema part 2, appendix G: one set taken from another"),
    'replace("abc", "b", "$")': (None, "XPath 3.1, 5.6.4: a $ that stands for nothing is an error, so null"),
    'replace("abc", "x*", "-")': (None, "XPath 3.1, 5.6.4: a pattern that matches nothing is an error, so null"),
    'date("12345-06-07")': ("12345-06-07", "10.3.2.3.5: years may have more than four digits"),
    'date("-0044-03-15")': ("-0044-03-15", "10.3.2.3.5: years may be negative"),
    'time("10:00:00@Europe/London") = time("10:00:00@Europe/Paris")': (False, "table 53: times in two zones differ"),
    'duration("P1Y") = duration("P365D")': (None, "table 53: the two kinds of durations cannot be compared"),
    "duplicate values([1, 2, 1])": ([1], "10.3.4.4: feelin does not have this function"),
    "concatenate([1], null)": (None, "10.3.4.4: null is no list"),
    'get value({a: {b: 2}}, ["a", "b"])': (2, "10.3.4.10: a list of keys leads further in"),
    "[< 2, > 5]": (["(< 2)", "(> 5)"], "written as string() writes it; feelin writes null for the end that is open"),
    'range("[1..3]") = [1..3]': (True, "10.3.4.1: what range() reads is the same range; feelin compares objects"),
    "overlaps after([4..10], [1..5])": (True, "table 78; feelin does not have this function"),
    "finished by([1..10], 10)": (True, "table 78; feelin does not have this function"),
    "started by([1..10], [1..5])": (True, "table 78; feelin does not have this function"),
    "coincides([1..5], [1..5])": (True, "table 78; feelin does not have this function"),
    '(function(a: number) a)("x")': (None, "10.3.2.9.4: an argument of a wrong type counts as null"),
    "1 = = 2": (REFUSED, "two operators side by side are not in the grammar"),
}
UNKNOWN = "what cannot be known to hold does not match: a value of another kind, or none, has no place in an order"
CELLS_NOT_MATCHED = [
    *[("Larkmere", cell) for cell in (">= 3", "[1..5]", "not(< 4)")],
    *[(None, cell) for cell in ("? > 2", 'contains(?, "mere")', "not(< 4)", "not([1..5])")],
    *[(True, cell) for cell in ("< 4", "[1..5]", "< 2, > 2")],
    *[("2026-05-01", cell) for cell in (">= 3", "[1..5]", "not(< 4)")],
]


def meant(source: str) -> tuple[Any, str] | None:
    """What we answer on purpose where feelin answers something else, and why."""
    parts = next(
        ([left, right] for sign in (" < ", " >= ") for left, found, right in [source.partition(sign)] if found), []
    )
    kinds = {KINDS.get(part, part) for part in parts}
    if kinds and kinds <= set(KINDS.values()) and (len(kinds) > 1 or kinds == {"boolean"}):
        return None, ORDER
    return MEANT.get(source)


def same(ours: Any, theirs: Any) -> bool:
    """Whether two JSON values are equal; numbers to nine digits, since feelin counts in binary."""
    if isinstance(ours, bool) or isinstance(theirs, bool):
        return ours is theirs
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return ours == pytest.approx(theirs, rel=1e-9, abs=1e-12)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(ours == theirs)


def answered(source: str) -> Any:
    try:
        return evaluate(source, CASE)
    except NotUnderstood:
        return REFUSED


def test_enough_is_recorded_to_compare() -> None:
    assert RECORDED["feelin"] == "8.2.0"
    assert len(RECORDED["expressions"]) >= 500
    assert len(RECORDED["cells"]) >= 100


@pytest.mark.parametrize("record", RECORDED["expressions"], ids=lambda record: record["source"])
def test_an_expression_has_the_answer_of_feelin_or_the_one_we_mean(record: dict[str, Any]) -> None:
    theirs = REFUSED if record.get("refused") else record["answer"]
    expected = meant(record["source"])
    ours = answered(record["source"])
    assert same(ours, theirs if expected is None else expected[0])


@pytest.mark.parametrize("source", MEANT)
def test_a_difference_that_is_listed_still_exists(source: str) -> None:
    record = next(one for one in RECORDED["expressions"] if one["source"] == source)
    assert not same(record.get("answer", REFUSED), MEANT[source][0])


@pytest.mark.parametrize("record", RECORDED["cells"], ids=lambda record: f"{record['value']} | {record['cell']}")
def test_a_cell_matches_where_it_does_in_feelin_unless_that_cannot_be_known(record: dict[str, Any]) -> None:
    value, cell = record["value"], record["cell"]
    theirs = record["answer"] is True and (value, cell) not in CELLS_NOT_MATCHED
    assert matches(cell, value, CASE) is theirs
