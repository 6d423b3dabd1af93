"""What a hostile drawing might try. Each attempt ends at once: refused in plain words, or answered with null.

Bounds are counted in steps, so the tests need no clock; only regular expressions have a limit in seconds.
"""

from typing import Any

import pytest

from app.errors import NotUnderstood
from app.feel.bounds import MAX_SOURCE, MAX_TEXT
from app.feel.evaluating import evaluate, matches
from app.feel.parsing import parse, parse_tests

LONG = "x" * MAX_TEXT
CASE: dict[str, Any] = {
    "a": "text",
    "n": 3,
    "list": list(range(1_000)),
    "text": LONG,
    "risk": {"band": "high"},
}

# Reaching for Python: names and entries lead nowhere but to case data, so all that comes out is null.
REACHING = [
    '__import__("os").system("id")',
    "a.__class__",
    "a.__class__.__mro__[1].__subclasses__()",
    "risk.__dict__",
    "risk.keys",
    "risk.items()",
    "list.append(1)",
    "list[1].__len__",
    "abs.__globals__",
    "abs.signatures",
    "abs.call",
    "(function(x) x).scope",
    "(function(x) x).literal.body",
    "now.at",
    "(1).real",
    '@"2026-01-01".today',
    '@"P1D".resolution',
    "[1..3].__class__",
    '{a: 1}.__init__("x")',
    'get value(risk, "__class__")',
    'get value(abs, "rule")',
    'eval("1")',
    'exec("x")',
    'open("/etc/passwd")',
    'getattr(a, "upper")',
    "globals()",
    'string format("%9999999999d", 1)',
    'date and time("2026-01-01T00:00:00@../../../etc/passwd")',
    "round half up(5, -1000000000)",
    "decimal(5, 1000000000)",
    "date(1000000000000000000, 1, 1)",
    'duration("P9999999999Y")',
    'duration("P999999999DT999999999H") * 99999',
    'number("1e99999")',
    'matches("a", "(?R)")',
    'matches("a", "(?:a){e<=3}")',
]


@pytest.mark.parametrize("source", REACHING)
def test_reaching_for_python_gives_null(source: str) -> None:
    assert evaluate(source, CASE) is None


# Bombs: refused before or while they run.
BOMBS = {
    "a long source": "1+" * MAX_SOURCE + "1",
    "many brackets": "(" * 500 + "1" + ")" * 500,
    "many lists": "[" * 1_000,
    "many braces": "{a:" * 500 + "1" + "}" * 500,
    "many conditions": "if true then " * 200 + "1" + " else 1" * 200,
    "many functions": "function() " * 300 + "1",
    "many loops": "for x in [1] return " * 100 + "x",
    "many tests": "1 in (" * 200 + "1" + ")" * 200,
    "many ranges": "1 in (" * 200 + "1..2" + ")" * 200,
    "many filters": "list" + "[1]" * 500,
    "a long path": "a" + ".b" * 1_000,
    "many calls": "abs" + "(1)" * 500,
    "many comparisons": "1" + "=1" * 1_000,
    "many types": "1 instance of " + "list<" * 300 + "number" + ">" * 300,
    "a long loop": "for x in 1..1000000000 return x",
    "a long quantifier": "every x in 1..1000000000 satisfies true",
    "nested loops": "for a in list, b in list, c in list return 1",
    "empty nested loops": "for a in list, b in list, c in list, d in [] return 1",
    "a day by day loop": 'count(for d in @"0001-01-01"..@"9999-12-31" return d)',
    "endless recursion": "{f: function(n) f(n)}.f(1)",
    "growing recursion": "{f: function(n) f(n + 1) + f(n + 1), r: f(1)}.r",
    "deep recursion": "{f: function(n) " + "[" * 30 + "f(n)" + "]" * 30 + ", r: f(1)}.r",
    "recursion through itself": "(function(f) f(f))(function(f) f(f))",
    "a doubled list": "for i in 1..60 return flatten([partial, partial, i])",
    "a list that holds itself many times": "for i in 1..60 return partial",
    "that list compared": "{a: for i in 1..60 return partial, b: a = a}.b",
    "that list as text": "string length(string(for i in 1..60 return partial))",
    "that list flattened": "count(flatten(for i in 1..60 return partial))",
    "a deep list": "for i in 1..5000 return [partial[-1]]",
    "pairs of a long list": "distinct values(list)",
    "pairs of two long lists": "for x in list return list contains(list, -1)",
    "a sort that never agrees": "sort(list, function(a, b) count(list) > 0)",
    "a doubled text": "{f: function(s, n) if n = 0 then s else f(s + s, n - 1), r: f(text, 9)}.r",
    "a long text many times": "count(for x in list return text + string(x))",
    "a long join": 'string join(for x in 1..100 return text, "")',
    "a long delimiter": "string join(for x in 1..100 return string(x), text)",
    "a long replacement": 'replace(text, "x", text)',
    "a large number": "9 ** 9 ** 9 ** 9",
    "a larger number": "1e300 * 1e300",
    "the largest number": "1e999",
    "a large exponent": "1.0000001 ** 1e30",
    "a large power of e": "exp(1e9)",
    "a large product": "product(for x in list return x + 10)",
    "nested repeats": 'matches(text, "((x{1,100}){1,100}){1,100}y")',
    "a slow pattern": 'matches(text, "^x*x*x*x*x*[^x]")',
    "alternatives": 'matches(text, "(x|xx|xxx)+y$")',
    "a slow pattern in a loop": 'for i in 1..1000 return matches(text, "x*x*x*[^x]")',
    "a slow split": 'split(text, "(x+x+)+y")',
    "a slow replace": 'replace(text, "(x?x?)*(xx?)*(x+)*[^x]", "")',
    "a slow extract": 'extract(text, "(.*)(.*)(.*)(.*)(.*)[^x]")',
    "a long pattern": 'matches("a", text)',
    "external code": 'function(x) external {java: {class: "java.lang.Runtime"}}',
}


@pytest.mark.parametrize("source", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused(source: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        evaluate(source, CASE)
    assert str(refused.value)[0].isupper() and str(refused.value).endswith(".")
    assert refused.value.source


HARMLESS = {
    "a long sum": ("+".join(["1"] * 1_000), 1_000),
    "a long conjunction": (" and ".join(["true"] * 400), True),
    "many minus signs": ("-" * 3_000 + "1", 1),
    "a pattern as bad as they come": ('matches("' + "a" * 60 + '!", "(a+)+$")', False),
    "a comment that never ends": ("1" + " /*" * 1_000, None),
    "question marks": ("?" * 3_000, None),
}


@pytest.mark.parametrize(("source", "value"), HARMLESS.values(), ids=HARMLESS)
def test_what_only_looks_like_a_bomb_is_answered_or_refused_while_reading(source: str, value: Any) -> None:
    if value is None:
        with pytest.raises(NotUnderstood):
            parse(source)
    else:
        assert evaluate(source, {}) == value


def test_a_cell_has_the_same_bounds() -> None:
    for cell in ("?," * 3_000, "not(" * 500, "for x in 1..1000000000 return ?", "(" * 100, "[1.." * 100):
        with pytest.raises(NotUnderstood):
            matches(cell, 1, {})


def test_case_data_that_is_too_large_is_refused_only_where_it_is_used() -> None:
    case = {"small": 1, "large": list(range(200_000)), "deep": {"large": [0] * 200_000, "small": 2}}
    assert evaluate("small + deep.small", case) == 3
    with pytest.raises(NotUnderstood):
        evaluate("count(large)", case)


def test_a_number_too_large_in_case_data_is_refused_only_where_it_is_used() -> None:
    case = {"huge": 10**5_000, "tiny": 1e-320, "n": 1}
    assert evaluate("n + tiny", case) == 1
    with pytest.raises(NotUnderstood):
        evaluate("huge", case)


def test_reading_many_nested_tests_does_not_try_each_twice() -> None:
    assert parse_tests("not(" + "(" * 15 + "1 in (1 in (1 in (1..2)))" + ")" * 15 + ") = true")
