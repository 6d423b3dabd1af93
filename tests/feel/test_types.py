"""Types: what instance of asks, and what a function makes of an argument (DMN 1.5, 10.3.2.9)."""

import pytest

from app.errors import NotUnderstood
from app.feel.coercing import coerced
from app.feel.evaluating import value_of
from app.feel.nodes import Type
from app.feel.printing import printed

OF_TYPES = [
    ("null instance of Any", "false"),
    ("1 instance of number", "true"),
    ("[1, 2] instance of list<number>", "true"),
    ('[1, "a"] instance of list<number>', "false"),
    ('[1, "a", null] instance of list<Any>', "true"),
    ("{a: 1, b: 2} instance of context<a: number>", "true"),
    ("{b: 2} instance of context<a: number>", "false"),
    ("{a: null} instance of context<a: number>", "true"),
    ("{a: {b: 1}} instance of context<a: context<b: string>>", "false"),
    ("[1..2] instance of range<number>", "true"),
    ('["a".."b"] instance of range<number>', "false"),
    ('@"P1D" instance of days and time duration', "true"),
    ('@"P1D" instance of years and months duration', "false"),
    ('@"2026-05-01T10:00:00" instance of date and time', "true"),
    # functions take more and give less
    ("1 instance of function<>->Any", "false"),
    ('(function() "a") instance of function<>->string', "true"),
    ('(function() "a") instance of function<>->number', "false"),
    ("(function(a: number) a) instance of function<number>->number", "true"),
    ("(function(a: number) a) instance of function<number, number>->number", "false"),
    ("(function(a: context<x: number>) 1) instance of function<context<x: number, y: number>>->number", "true"),
    ("(function(a: context<x: number, y: number>) 1) instance of function<context<x: number>>->number", "false"),
    ("(function() {a: 1, b: 2}) instance of function<>->context<a: number>", "true"),
    ("(function() [1, 2]) instance of function<>->list<string>", "false"),
    ("count instance of function<list>->number", "true"),  # what is not known is no hindrance
]


@pytest.mark.parametrize(("source", "value"), OF_TYPES)
def test_instance_of_says_whether_a_value_is_of_a_type(source: str, value: str) -> None:
    assert printed(value_of(source, {})) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('(function(a: number) [a])("x")', "[null]"),
        ("(function(a: list<number>) a)(1)", "[1]"),
        ("(function(a: number) a)([1])", "1"),
        ('(function(a: date and time) a)(@"2026-05-01")', '"2026-05-01T00:00:00Z"'),
        ("(function(a) a)(1, 2)", "null"),
        ("(function(a) a)(b: 2)", "null"),
        ("null()", "null"),
        ('"abs"(-1)', "null"),
    ],
)
def test_an_argument_is_brought_to_the_type_of_its_parameter(source: str, value: str) -> None:
    assert printed(value_of(source, {})) == value


def test_types_that_name_each_other_in_a_circle_end() -> None:
    book = {"a": Type("b"), "b": Type("a")}
    with pytest.raises(NotUnderstood):
        coerced(1, Type("a"), book)
