"""What a check says of decision tables, against trying every case one by one with the evaluator."""

import random
from decimal import Decimal
from itertools import combinations, product

import pytest

from app.drawing.covering import findings, rows
from app.drawing.decisions import DecisionTable, Input, Output, Rule
from app.feel.evaluating import verdict

NONE = {}


def table(policy, *tests, asked=("risk", "agreed"), results=None):
    made = (Rule(f"row_{n}", cells, ((results or {}).get(n, f'"{n}"'),)) for n, cells in enumerate(tests, 1))
    return DecisionTable(
        "t", "Route", "t.dmn", policy, "", tuple(Input(one, one) for one in asked), (Output("way", ""),), tuple(made)
    )


def kinds(found):
    return [(one.kind, one.element) for one in found]


def test_a_gap_is_told_with_its_case():
    found = findings.look(table("UNIQUE", ('"high"', "true"), ('"low"', "-")), NONE)
    assert [one.says for one in found] == [
        "No row says what happens when ‘risk’ is high and ‘agreed’ is no. The table gives no answer then."
    ]


def test_a_gap_is_no_gap_where_every_row_counts_or_there_is_an_answer_for_it():
    assert not findings.look(table("COLLECT", ('"high"', "true")), NONE)


def test_an_answer_that_only_a_form_can_give_is_a_gap():
    given = {"risk": frozenset({"high", "low", "medium"})}
    (one,) = findings.look(table("FIRST", ('"high"', "-"), ('"low"', "-")), given)
    assert "‘risk’ is medium" in one.says


def test_rows_that_fit_together_stop_a_table_of_which_one_may_fit():
    (one,) = findings.look(table("UNIQUE", ("< 5",), (">= 4",), asked=("points",)), NONE)
    assert (one.severity, one.element) == ("error", "row_2") and "‘points’ is 4" in one.says


def test_questions_that_hang_together_may_never_meet_so_the_rows_are_only_looked_at():
    (one,) = [
        one
        for one in findings.look(table("UNIQUE", ("true", "-"), ("-", "true"), asked=("a > 3", "a < 2")), NONE)
        if one.kind == "rows_together"
    ]
    assert one.severity == "warning"


def test_any_may_meet_where_the_answers_are_the_same():
    tests = (("< 5",), (">= 4",))
    same = table("ANY", *tests, asked=("points",), results={1: "1", 2: "1"})
    assert not findings.look(same, NONE)
    assert kinds(findings.look(table("ANY", *tests, asked=("points",)), NONE)) == [("rows_together", "row_2")]


def test_a_row_behind_one_that_takes_everything_is_never_used():
    assert kinds(findings.look(table("FIRST", ("-", "-"), ('"high"', "-")), NONE)) == [("row_unreached", "row_2")]


def test_a_test_that_nothing_passes_is_told_under_every_policy():
    found = findings.look(table("COLLECT", ("[5..1]",), ("> 2",), asked=("points",)), NONE)
    assert kinds(found) == [("row_unreached", "row_1")]


def test_a_value_that_no_form_offers_is_told_with_what_it_offers():
    given = {"risk": frozenset({"high", "low"})}
    found = findings.look(table("FIRST", ('"hihg"', "-"), ("-", "-")), given)
    assert "‘hihg’. The answers that can come are ‘high’, ‘low’." in found[0].says


def test_what_is_worked_out_is_not_judged():
    found = findings.look(table("UNIQUE", ("> limit",), ("<= limit",), asked=("points",)), NONE)
    assert kinds(found) == [("rows_untold", "t")]


def test_numbers_with_a_part_are_looked_at_where_the_table_has_one():
    assert not findings.look(table("UNIQUE", ("<= 27",), (">= 28",), asked=("points",)), NONE)
    assert kinds(findings.look(table("UNIQUE", ("<= 27.5",), (">= 28",), asked=("points",)), NONE)) == [("no_row", "t")]


def test_days_are_looked_at_one_by_one():
    cells = ('< date("2026-03-01")',), ('> date("2026-03-01")',)
    (one,) = findings.look(table("UNIQUE", *cells, asked=("told_on",)), NONE)
    assert "‘told_on’ is 2026-03-01" in one.says


def test_a_large_table_is_looked_at_within_bounds():
    asked = tuple(f"q{n}" for n in range(40))
    tests = [tuple("true" if n == row else "-" for n in range(40)) for row in range(40)]
    found = findings.look(table("UNIQUE", *tests, asked=asked), NONE)
    assert "rows_untold" in [one.kind for one in found] and len(found) <= findings.MOST_PAIRS + 2


TEXTS = ("-", '"a"', '"a", "b"', 'not("b")', '"c"', 'not("a", "c")')
NUMBERS = ("-", "< 2", "[1..3]", "3", ">= 3", "not(2)", "(0..2]", "> 5, < 0")
TRUTHS = ("-", "true", "false", "not(true)")
SAMPLES = (["a", "b", "c", "…"], [Decimal(n) for n in range(-2, 8)], [True, False])


@pytest.mark.parametrize("seed", range(150))
def test_trying_every_case_finds_the_same(seed):
    chance = random.Random(seed)
    columns = (TEXTS, NUMBERS, TRUTHS)
    tests = [tuple(chance.choice(cells) for cells in columns) for _ in range(chance.randint(1, 6))]
    made = table("FIRST", *tests, asked=("text", "number", "truth"))
    fits = [{n for n, cells in enumerate(tests) if _fits(cells, case)} for case in product(*SAMPLES)]
    covered = rows.cover(made, NONE)
    assert {(a, b) for a, b, _ in covered.together()} == {p for fit in fits for p in combinations(sorted(fit), 2)}
    first = {min(fit) for fit in fits if fit}
    assert {*covered.hidden(len(tests)), *rows.rows(covered.never)} == set(range(len(tests))) - first
    for one in covered.met:  # each example is what it says
        assert set(rows.rows(one.sure)) == {n for n, cells in enumerate(tests) if _fits(cells, one.answers)}
    named = any(not fit and _named(case[0], tests) for fit, case in zip(fits, product(*SAMPLES), strict=True))
    assert (covered.gap is not None) == named


def _fits(cells, answers):
    return all(cell == "-" or verdict(cell, value, {}) is True for cell, value in zip(cells, answers, strict=True))


def _named(text, tests):
    """Whether the table says something of a text; of any text, where it says nothing of one."""
    cells = [row[0] for row in tests if row[0] != "-"]
    return not cells or any(f'"{text}"' in cell or verdict(cell, text, {}) is True for cell in cells)
