"""Random text and random expressions: an answer ready for JSON, or NotUnderstood; nothing else ever comes out."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import NotUnderstood
from app.feel.built_ins import BUILT_INS
from app.feel.evaluating import evaluate, is_true, matches

CASE: dict[str, Any] = {"a": 3, "b": "Larkmere", "c": [1, 2, 3], "d": {"e": None, "a-b": True}, "on": "2026-05-01"}
QUICKLY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))

WORDS = [
    *"a b c d e on item partial ? + - * / ** = != < <= > >= ( ) [ ] { } , : . .. @ and or not if then else for in".split(),
    *"return some every satisfies between instance of function null true false 0 1 2.5 -1 1e9 list<number>".split(),
    *(
        '"x"',
        '"2026-05-01"',
        '"P1D"',
        '"',
        "\\",
        "\N{PILE OF POO}",
        "//",
        "/*",
        "date",
        "date and time",
        "count",
        "sort",
    ),
]
ATOMS = st.sampled_from(
    "a b c d d.e d.a-b on missing null true false 0 1 -2 2.5 1e30 [] {} abs ? item partial".split()
    + [
        '"x"',
        '""',
        '@"2026-05-01"',
        '@"P1D"',
        '@"P1Y"',
        '@"10:00:00Z"',
        "[1..3]",
        "(< 2)",
        "{x: 1}",
        "function(x, y) x",
    ]
)
SIGNS = st.sampled_from(["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in"])


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({} {} {})".format, inner, SIGNS, inner),
        st.builds("(if {} then {} else {})".format, inner, inner, inner),
        st.builds("(for x in {} return {})".format, inner, inner),
        st.builds("(for x in 1..{}, y in {} return [partial, {}])".format, inner, inner, inner),
        st.builds("(some x in {} satisfies {})".format, inner, inner),
        st.builds("({} between {} and {})".format, inner, inner, inner),
        st.builds("{}[{}]".format, inner, inner),
        st.builds("({}).{}".format, inner, st.sampled_from(["x", "year", "days", "start", "time offset", "timezone"])),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("[{}..{})".format, inner, inner),
        st.builds("{{x: {}, y: {}}}".format, inner, inner),
        st.builds("(function(x) {})({})".format, inner, inner),
        st.builds("-{}".format, inner),
        st.builds("({} instance of {})".format, inner, st.sampled_from(["number", "list<string>", "context", "Any"])),
        st.builds(
            lambda name, items: f"{name}({', '.join(items)})",
            st.sampled_from(sorted(BUILT_INS)),
            st.lists(inner, max_size=4),
        ),
    )


EXPRESSIONS = st.recursive(ATOMS, larger, max_leaves=12)


def ends_well(source: str) -> None:
    for ask in (lambda: evaluate(source, CASE), lambda: is_true(source, CASE), lambda: matches(source, 3, CASE)):
        try:
            json.dumps(ask(), allow_nan=False).encode()
        except NotUnderstood as refused:
            assert str(refused)


@QUICKLY
@given(st.text(max_size=60))
def test_random_text_is_answered_or_refused(source: str) -> None:
    ends_well(source)


@QUICKLY
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_random_words_are_answered_or_refused(source: str) -> None:
    ends_well(source)


@QUICKLY
@given(EXPRESSIONS)
def test_a_random_expression_is_answered_or_refused(source: str) -> None:
    ends_well(source)


@QUICKLY
@given(EXPRESSIONS)
def test_an_expression_has_the_same_value_each_time(source: str) -> None:
    try:
        first = evaluate(source, CASE)
    except NotUnderstood:
        return
    assert evaluate(source, CASE) == first
