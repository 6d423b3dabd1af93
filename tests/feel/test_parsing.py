"""Reading: what is refused and with which words, names with more than one word, and what an expression needs."""

import pytest

from app.errors import NotUnderstood
from app.feel import nodes
from app.feel.parsing import called, expression_in, names, parse, parse_tests

REFUSALS = [
    ("1 +", 3, "Expected a value, but the expression ends here."),
    ("(1", 2, "Expected “)”, but the expression ends here."),
    ("1 2", 2, "Expected an operator or the end, but found “2”."),
    ('x = "open', 4, "Expected a value, but a quotation mark opens here that is never closed."),
    ("if a then b", 11, "Expected “else”, but the expression ends here."),
    ("for x return 1", 6, "Expected “in”, but found “return”."),
    ("some x in y", 11, "Expected “satisfies”, but the expression ends here."),
    ("[1, 2", 5, "Expected “]”, but the expression ends here."),
    ("[1..2", 5, "Expected “]” or “)” at the end of the range, but the expression ends here."),
    ("{a 1}", 5 - 1, "Expected “:”, but found “}”."),
    ("{a: 1, a: 2}", 8, "The entry “a” is written twice in one context."),
    ("@x", 1, "Expected a date, time or duration in quotation marks after “@”, but found “x”."),
    ("a.", 2, "Expected the name of an entry after “.”, but the expression ends here."),
    ("f(a: 1, 2)", 9, "Name all of the arguments of a function, or none of them."),
    ("x instance number", 11, "Expected “of” after “instance”, but found “number”."),
    ("x instance of days and time", 27, "Expected “duration”, but the expression ends here."),
    ("a & b", 2, "Expected an operator or the end, but found “&”."),
    ("${a > 5}", 0, "Expected a value, but found “$”."),
    ("a == b", 3, "Expected a value, but found “=”."),
    ("1e999", 0, "This number is too large."),
    ("", 0, "Expected a value, but the expression ends here."),
    ("a = ‘x’", 4, "Expected a value, but found “‘”."),
]


@pytest.mark.parametrize(("source", "at", "says"), REFUSALS)
def test_a_source_that_cannot_be_read_says_what_stands_where_and_what_was_expected(
    source: str, at: int, says: str
) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse(source)
    assert (str(refused.value), refused.value.at, refused.value.source) == (says, at, source)


def test_a_cell_that_cannot_be_read_says_so_too() -> None:
    with pytest.raises(NotUnderstood, match="Expected a value, but the expression ends here"):
        parse_tests('"a", ')


def test_a_name_with_a_sign_is_one_name_only_where_it_is_known() -> None:
    assert parse("a-b", ["a-b"]) == nodes.Name("a-b")
    assert isinstance(parse("a-b"), nodes.Arithmetic)
    assert isinstance(parse("a-c", ["a-b"]), nodes.Arithmetic)


def test_the_longest_known_name_is_read() -> None:
    assert parse("a-b-c", ["a-b", "a-b-c"]) == nodes.Name("a-b-c")


def test_words_side_by_side_are_one_name() -> None:
    assert parse("date of  first report 2") == nodes.Name("date of first report 2")


def test_date_and_time_is_a_function_only_before_a_bracket() -> None:
    assert parse("date and time") == nodes.Conjunction((nodes.Name("date"), nodes.Name("time")))
    assert called(parse('date and time("2026-05-01")')) == {"date and time"}


def test_a_tree_is_read_once_and_kept() -> None:
    assert parse("a + b * 2") is parse("a + b * 2")


def test_the_equals_sign_of_form_and_process_files_is_not_part_of_the_expression() -> None:
    assert expression_in(" = a = b ") == "a = b"


NEEDS = [
    ('risk.band = "high" and score > limit', {"risk.band", "score", "limit"}),
    ("count(people) > 2", {"people"}),
    ("people[age > limit].name", {"people"}),
    ("for x in people, y in x.friends return x.name + y + z", {"people", "z"}),
    ("some x in people satisfies x.age > limit", {"people", "limit"}),
    ("{a: 1, b: a + c}.b", {"c"}),
    ("function(a) a + b", {"b"}),
    ("x in (1, y, < z)", {"x", "y", "z"}),
    ("if a then b.c else d", {"a", "b.c", "d"}),
    ("x between low and high", {"x", "low", "high"}),
    ("(a + b).c", {"a", "b"}),
    ("[1..n]", {"n"}),
    ("substring(string: s, start position: 1)", {"s"}),
    ("x instance of number", {"x"}),
    ("1", set()),
]


@pytest.mark.parametrize(("source", "needed"), NEEDS)
def test_the_names_of_an_expression_are_the_variables_it_needs_from_outside(source: str, needed: set[str]) -> None:
    assert names(parse(source)) == needed


def test_the_names_of_a_cell_leave_out_the_value_under_test() -> None:
    assert names(parse_tests("? > limit, risk.band")) == {"limit", "risk.band"}


def test_the_functions_of_an_expression_are_found_wherever_they_stand() -> None:
    assert called(parse("for x in f(1) return [g(h(x)), {a: not(x)}]")) == {"f", "g", "h", "not"}
