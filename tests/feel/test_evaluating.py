"""Tables of expressions and their values, by area of the standard; only what feelin does not show already."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.errors import NotUnderstood
from app.feel.built_ins import BUILT_INS
from app.feel.evaluating import BUILT_IN_NAMES, evaluate, is_true
from app.feel.values import Months

CASE: dict[str, Any] = {
    "opened_on": "2026-05-01",
    "opened_at": "2026-05-01T10:00:00Z",
    "wait": "P3D",
    "note": "Larkmere",
    "date of birth": "1990-01-01",
    "time in role": 4,
    "anti-social": True,
    "count": 7,
    "people": [{"name": "Tansy Applegarth", "age": 31}, {"name": "Barnaby Thistlewood", "age": 58, "i": 2}],
    "nested": {"noise & smell": 2, "plain": {"deep": [1, {"x": 5}]}},
}

NUMBERS = [
    ("0.1 + 0.2 = 0.3", True),
    ("1e3", 1000),
    ("1.5E-2", 0.015),
    ("12345678901234567890 + 1", 12345678901234567891),
    ("0 ** 0", 1),
    ("2 ** 0.5 > 1.414", True),
    ("4 ** -1", 0.25),
    ("(-8) ** 0.5", None),
    ("1 / 0", None),
    ("- - 3", 3),
    ("-note", None),
    ("round half up(-2.5, 0)", -3),
    ("round half down(2.5)", 2),
    ("round down(123.456, -1)", 120),
    ("decimal(3.5, 0)", 4),
    ("decimal(1.5, 6176)", 1.5),
    ("decimal(1, 6177)", None),
    ("decimal(1, -301)", None),
    ("round up(1.5, null)", None),
    ("floor(2.79, 1)", 2.7),
    ('number("1.000,5", ".", ",")', 1000.5),
    ('number("1e3")', 1000),
    ('number("1", "x")', None),
    ('number("٣")', None),
    ("even(1.5)", False),
    ("modulo(-7, 7)", 0),
]
TEXTS = [
    (r'"\u00e9\t\"\\"', 'é\t"\\'),
    (r'"\U01F40E"', "🐎"),
    (r'"\uD83D\uDC0E"', "🐎"),
    (r'"\uD83D"', "\N{REPLACEMENT CHARACTER}"),
    (r'"\q"', r"\q"),
    (r'string length("🐎")', 1),
    ('substring("abc", 0)', None),
    ('substring("abc", -5)', "abc"),
    ('substring("abc", 1, -1)', None),
    ('extract("a1b22", "[0-9]+")', ["1", "22"]),
    ('replace("abc", "b", "$0$0")', "abbc"),
    ('replace("abc", "b", "\\\\$1")', "a$1c"),
    ('replace("abc", "(x)?b", "[$1]")', "a[]c"),
    ('replace("abc", "b", "$9")', "ac"),
    ('matches("a b", "a b", "x")', False),
    ('matches("abc", "(?<=a)b")', None),
    ('split("a1b", "[0-9]")', ["a", "b"]),
    ('split("abc", "")', None),
    ('split("abc", "[")', None),
    ('replace("abc", "[", "x")', None),
    ('matches("abc", "b", "g")', None),
    ("number(3)", 3),
    ("round up(1.5, 3)", 1.5),
    ('trim("  a ")', "a"),
    ('is blank("  ")', True),
    ("is defined(note)", True),
    ("is defined(nothing)", False),
    ('get or else(nothing, "x")', "x"),
    (
        'string([1.50, "a\\"b", @"P1D", [1..3], {x: null, "a-b": true}])',
        '[1.5, "a\\"b", @"P1D", [1..3], {x: null, "a-b": true}]',
    ),
    ("string((< 5))", "(< 5)"),
    ("string((>= 5))", "(>= 5)"),
    ("string(1e30)", "1" + "0" * 30),
    ("string(-0.0)", "0"),
]
TEMPORAL = [
    ('date("2026-02-29")', None),
    ('date(@"2026-02-28")', "2026-02-28"),
    ('time(@"10:00:00")', "10:00:00"),
    ('time(@"2026-02-28")', "00:00:00Z"),
    ('date and time(date and time("2026-02-28T10:00:00"))', "2026-02-28T10:00:00"),
    ('date and time(@"2026-02-28", @"10:00:00Z")', "2026-02-28T10:00:00Z"),
    ('duration(@"P1D")', "P1D"),
    ('time("10:00:00+01:75")', None),
    ('time("10:00:00@Europe//London")', None),
    ('date("20260101")', None),
    ('date("10000-01-01")', "10000-01-01"),
    ("date(2026, 1.5, 1)", None),
    ('time("10:30")', "10:30:00"),
    ('time("10:30:15.125")', "10:30:15.125"),
    ('time("10:30:15@Europe/London")', "10:30:15@Europe/London"),
    ('time(10, 30, 15.5, @"PT1H")', "10:30:15.5+01:00"),
    ('time(10, 30, 15, @"PT99H")', None),
    ('date and time("2026-07-01T10:00:00@Europe/London")', "2026-07-01T10:00:00+01:00"),
    ('string(date and time("2026-07-01T10:00:00@Europe/London"))', "2026-07-01T10:00:00@Europe/London"),
    ('date and time("2026-07-01T10:00:00@Nowhere/Town")', None),
    ('date and time("2026-07-01T10:00:00@../../etc/passwd")', None),
    ('date and time("2026-07-01T10:00:00@Europe")', None),
    ('date and time("2026-07-01T10:00:00+15:00")', None),
    ('date and time("2026-07-01T10:00:00Z").timezone', "UTC"),
    ('date and time("2026-07-01T10:00:00@Europe/London").timezone', "Europe/London"),
    ('date and time("2026-07-01T10:00:00+01:00").timezone', None),
    ('date and time("2026-07-01T10:00:00+01:00").time offset', "PT1H"),
    ('date and time("2026-07-01T10:00:00").date', "2026-07-01"),
    # the clocks go forward on 29 March 2026: a day later on the clock is 23 hours, 24 hours are an hour more
    ('date and time("2026-03-28T12:00:00@Europe/London") + @"P1D"', "2026-03-29T13:00:00+01:00"),
    (
        'date and time("2026-03-29T12:00:00@Europe/London") - date and time("2026-03-28T12:00:00@Europe/London")',
        "PT23H",
    ),
    ('@"2026-03-31" - @"P1M"', "2026-02-28"),
    ('@"2028-02-29" + @"P1Y"', "2029-02-28"),
    ('@"9999-12-31" + @"P1D"', None),
    ('@"9999-12-31" + @"P1M"', None),
    ('@"0001-01-01" - @"P1D"', None),
    ('@"2026-05-01" - @"PT1H"', "2026-04-30"),
    ('@"2026-05-02" - date and time("2026-05-01T12:00:00Z")', "PT12H"),
    ('@"10:00:00" - @"PT11H"', "23:00:00"),
    ('@"10:00:00" + @"P1M"', None),
    ('@"P1DT1H" * 1.5', "P1DT13H30M"),
    ('2 * @"P1M"', "P2M"),
    ('@"P1Y" / 5', "P2M"),
    ('@"P1Y" / @"P3M"', 4),
    ('@"P1D" / @"PT6H"', 4),
    ('@"P1D" / @"P0D"', None),
    ('@"P1M" - @"P1Y"', "-P11M"),
    ('-@"P1Y2M"', "-P1Y2M"),
    ('@"P1Y" < @"P300D"', None),
    ('@"P1Y1D"', None),
    ('@"P"', None),
    ('@"PT"', None),
    ('@"P2W"', "P14D"),
    ('@"P0D"', "PT0S"),
    ('@"P0M"', "P0M"),
    ('@"PT0.5S"', "PT0.5S"),
    ('@"-PT90M"', "-PT1H30M"),
    ('abs(@"-P1D")', "P1D"),
    ('abs(@"-P1M")', "P1M"),
    ('@"P999999999D" * 99', None),
    ('sum([@"P1D", @"PT1H"])', "P1DT1H"),
    ('mean(@"P1D", @"P3D")', "P2D"),
    ('last day of month(@"2028-02-10")', "2028-02-29"),
    ('last day of month(@"2026-12-10")', "2026-12-31"),
    ('is(@"10:00:00Z", @"10:00:00+00:00")', True),
    ('is(date and time("2026-05-01T10:00:00Z"), date and time("2026-05-01T11:00:00+01:00"))', False),
    ('date and time("2026-05-01T10:00:00Z") < date and time("2026-05-01T10:00:00")', None),
]
TEXT_AS_TEMPORAL = [
    ('opened_on < date("2026-05-02")', True),
    ('date("2026-05-01") = opened_on', True),
    ('opened_at > date and time("2026-05-01T10:30:00+01:00")', True),
    ('opened_on < date and time("2026-05-02T10:00:00")', True),
    ('opened_at < date("2026-05-02")', None),
    ('note < date("2026-05-02")', None),
    ('wait < @"P4D"', True),
    ('wait = @"PT72H"', True),
    ('wait < @"P4M"', None),
    ('opened_on in [@"2026-05-01"..@"2026-05-31"]', True),
    ('opened_on in (@"2026-05-01", @"2026-05-02")', True),
    ('opened_on between @"2026-05-02" and @"2026-05-31"', False),
    ('opened_on + @"P1D"', None),
]
NAMES = [
    ("date of birth", "1990-01-01"),
    ("date   of\n birth", "1990-01-01"),
    ("time in role + 1", 5),
    ("anti-social", True),
    ("anti - social", True),
    ("nested.noise & smell * 2", 4),
    ("nested.plain.deep[2].x", 5),
    ("nested.plain.deep.x", [None, 5]),
    ("`time in role`", 4),
    ("count([1, 2]) + count", 9),
    ("{a-b: 1, c: a-b + 1}.c", 2),
    ("{a: 1, b: a + 1, c: b + 1}", {"a": 1, "b": 2, "c": 3}),
    ("for one person in people return one person.age", [31, 58]),
    ("people[age > 40].name", ["Barnaby Thistlewood"]),
    ("people[i].name", "Barnaby Thistlewood"),
    ("people[item.age > 40][1].i", 2),
    ("[][i]", []),
    ("line 2", None),
]
LISTS = [
    ("for i in 1..3, j in i..3 return i * j", [1, 2, 3, 4, 6, 9]),
    ("for i in (1..4) return i", [2, 3]),
    ("for i in 0.5..2 return i", [0.5, 1.5]),
    ('for d in @"2026-02-27"..@"2026-03-01" return day of week(d)', ["Friday", "Saturday", "Sunday"]),
    ("for i in 5 return i + 1", [6]),
    ('for i in "a".."c" return i', None),
    ("for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2]", [1, 1, 2, 3, 5]),
    ("some x in [1, null] satisfies x > 1", None),
    ("every x in [1, null] satisfies x > 0", None),
    ("every x in [1, null] satisfies x > 1", False),
    ("some x in null satisfies true", None),
    ("sort([3, 1, 2])", [1, 2, 3]),
    ('sort([3, "a"])', None),
    ("sort(list: [1, 2], precedes: function(a, b) a > b)", [2, 1]),
    ("list replace([1, 2, 3], -1, 9)", [1, 2, 9]),
    ("list replace([1, 2, 3], 4, 9)", None),
    ("list replace([1, 2, 3], function(a, b) 1, 9)", None),
    ("duplicate values([1, 2, 1, null, null])", [1, None]),
    ("is empty([])", True),
    ("count(null)", None),
    ('max([@"2026-01-01", @"2026-02-01"])', "2026-02-01"),
    ('min("b", "a")', "a"),
    ("sublist([1, 2, 3], 0)", None),
    ("sublist([1, 2, 3], 2, 9)", [2, 3]),
    ("remove([1], 2)", None),
    ("insert before([1], 5, 2)", None),
    ("flatten([1, [2, [3, []]]])", [1, 2, 3]),
    ('upper case(["a"])', "A"),
    ("[1, 2][1.5]", None),
    ("[[1, 2], [3]][2]", [3]),
    ("[1, 2] in ([1, 2], 3)", True),
    ("[1, 2] in [[1, 2], [3]]", True),
]
RANGES = [
    ("5 in (> 3)", True),
    ("includes((< 5), 4)", True),
    ("includes((< 5), 5)", False),
    ("[1..nothing]", None),
    ("nothing in [1..nothing]", None),
    ("includes((> 3), (> 5))", True),
    ("includes((< 3), (> 5))", False),
    ("during((< 3), [1..5])", False),
    ("5 in ]5..6]", False),
    ("5 in [1..5[", False),
    ("(= 3) = [3..3]", True),
    ("[1..5].end", 5),
    ("(< 5).start", None),
    ("during(3, [1..5])", True),
    ("during([2..3], [1..5])", True),
    ("during([1..5], (1..5])", False),
    ("includes((< 10), [1..5])", True),
    ("includes([1..5], (< 3))", False),
    ("starts(1, [1..5])", True),
    ("starts(1, (1..5])", False),
    ("starts([1..3], [1..5])", True),
    ("starts([1..9], [1..5])", False),
    ("started by([1..5], 1)", True),
    ("finishes(5, [1..5])", True),
    ("finishes([3..5], [1..5])", True),
    ("finishes([3..5), [1..5])", False),
    ("finishes((1..5), (1..5))", True),
    ("finished by([1..5], 5)", True),
    ("coincides([1..5], [1..5])", True),
    ("coincides(3, 4)", False),
    ("overlaps before([1..5], [3..8])", True),
    ("overlaps before([3..8], [1..5])", False),
    ("overlaps before([1..3), [3..8])", False),
    ("overlaps after([3..8], [1..5])", True),
    ("overlaps after([1..5], [3..8])", False),
    ("overlaps((< 5), (> 3))", True),
    ("overlaps((< 3), (> 5))", False),
    ("meets((< 5), (> 5))", False),
    ("met by([5..9], [1..5])", True),
    ("before(null, 3)", None),
    ('before(1, "a")', None),
    ('after(@"2026-05-02", @"2026-05-01")', True),
    ('range("[1..3)") = [1..3)', True),
    ('range("1")', None),
    ('range("[")', None),
    ('range("[a..3]")', None),
    ("[1..3]", "[1..3]"),
    ("null in [1..3]", None),
    ('"a" in [1..3]', None),
]
CONTEXTS_AND_TYPES = [
    ('context put({a: {b: 1}}, ["a", "b"], 2).a.b', 2),
    ('context put({a: 1}, ["a", "b"], 2)', None),
    ('context put(context: {a: 1}, key: "b", value: 2).b', 2),
    ('get value({a: {b: 3}}, ["a", "b"])', 3),
    ("context([{key: 1, value: 2}])", None),
    ("context merge({a: 1}, {b: 2})", {"a": 1, "b": 2}),
    ('[1, "a"] instance of list<Any>', True),
    ("null instance of Any", False),
    ("abs instance of function<number, string> -> number", True),
    ("null instance of Null", True),
    ('@"P1D" instance of duration', True),
    ("{a: 1} instance of context<a: number, b: string>", False),
    ('[@"2026-01-01"..@"2026-02-01"] instance of range<date>', True),
    ("abs instance of function<number> -> number", True),
    ('(function(a: number) a)("x")', None),
    ("(function(a: number) a)(null)", None),
    ("(function(a, b) a - b)(b: 1, a: 3)", 2),
    ("(function(a, b) a - b)(1)", None),
    ("{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(5)}.r", 120),
    ("{f: function(n) n + 1}.f(2)", 3),
    ("abs", None),
    ("{f: abs}", {"f": None}),
]


@pytest.mark.parametrize(
    ("source", "value"),
    [*NUMBERS, *TEXTS, *TEMPORAL, *TEXT_AS_TEMPORAL, *NAMES, *LISTS, *RANGES, *CONTEXTS_AND_TYPES],
)
def test_an_expression_has_the_value_that_the_standard_says(source: str, value: Any) -> None:
    found = evaluate(source, CASE)
    assert found == value
    assert type(found) is type(value)


def test_a_leading_equals_sign_is_ignored() -> None:
    assert evaluate(" = 1 + 1", {}) == 2
    assert is_true("=true", {})


@pytest.mark.parametrize("source", ["null", "1", '"true"', "false", "[true]"])
def test_only_true_is_true(source: str) -> None:
    assert is_true(source, {}) is False


def test_now_and_today_are_what_the_caller_says() -> None:
    at = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert evaluate("now()", {}, at=at) == "2026-07-01T23:30:00Z"
    assert evaluate("today()", {}, at=at) == "2026-07-01"
    assert evaluate("today()", {}, at=at.astimezone(ZoneInfo("Europe/London"))) == "2026-07-02"
    assert evaluate('now() > opened_at and today() > @"2026-01-01"', CASE, at=at) is True


def test_now_and_today_are_null_without_a_time() -> None:
    assert evaluate("[now(), today()]", {}) == [None, None]


def test_our_functions_are_called_with_json_or_temporal_values() -> None:
    seen: list[Any] = []

    def limit(milestone: str, days: Any = None) -> Any:
        seen.append((milestone, days))
        return date(2026, 5, 1)

    functions = {"time limit": limit, "hours": lambda count: timedelta(hours=count)}
    assert evaluate('time limit("panel held", 10) + @"P1D"', {}, functions=functions) == "2026-05-02"
    assert evaluate('time limit(milestone: "panel held").month', {}, functions=functions) == 5
    assert evaluate("hours(36)", {}, functions=functions) == "P1DT12H"
    assert evaluate('time limit(@"P2M", [1.5, @"P1D", {a: @"2026-01-01"}])', {}, functions=functions) == "2026-05-01"
    assert seen == [
        ("panel held", 10),
        ("panel held", None),
        (Months(2), [1.5, timedelta(days=1), {"a": date(2026, 1, 1)}]),
    ]


def test_our_functions_called_wrongly_give_null() -> None:
    functions = {"limit": lambda milestone: milestone}
    assert evaluate("[limit(), limit(1, 2), limit(other: 1)]", {}, functions=functions) == [None, None, None]


def test_an_error_in_our_function_is_not_hidden() -> None:
    def broken() -> None:
        raise LookupError("broken")

    with pytest.raises(LookupError, match="broken"):
        evaluate("broken()", {}, functions={"broken": broken})


def test_an_expression_that_our_function_could_not_read_is_the_one_that_is_named() -> None:
    with pytest.raises(NotUnderstood) as refused:
        evaluate("inner()", {}, functions={"inner": lambda: evaluate("1 +", {})})
    assert refused.value.source == "1 +"


def test_case_data_is_never_changed() -> None:
    case = {"a": {"b": [1, 2]}, "people": [{"age": 1}]}
    evaluate('[context put(a, "b", 1), append(a.b, 3), people[age = 1], reverse(a.b), {a: 2}]', case)
    assert case == {"a": {"b": [1, 2]}, "people": [{"age": 1}]}


def test_what_is_not_json_in_the_case_is_null() -> None:
    case = {"thing": object(), "endless": float("inf"), "unknown": float("nan"), "text": type("T", (str,), {})("x")}
    assert evaluate("[thing, endless, unknown, text]", case) == [None, None, None, "x"]


OF_MANY = {"append", "concatenate", "max", "mean", "median", "min", "mode", "product", "stddev", "sum", "union"}
STANDARD = """
date, time, date and time, number, string, duration, years and months duration, not, substring, string length,
upper case, lower case, substring before, substring after, replace, contains, starts with, ends with, matches, split,
string join, list contains, list replace, count, min, max, sum, mean, all, any, sublist, append, concatenate,
insert before, remove, reverse, index of, union, distinct values, flatten, product, median, stddev, mode, decimal,
floor, ceiling, round up, round down, round half up, round half down, abs, modulo, sqrt, log, exp, odd, even, is, range,
before, after, meets, met by, overlaps, overlaps before, overlaps after, finishes, finished by, includes, during,
starts, started by, coincides, day of year, day of week, month of year, week of year, sort, get value, get entries,
context, context put, context merge, now, today
"""


def test_every_function_of_the_standard_is_built_in() -> None:
    assert {name.strip() for name in STANDARD.split(",")} <= BUILT_IN_NAMES


@pytest.mark.parametrize("name", sorted(BUILT_INS))
def test_a_function_called_with_nothing_or_with_far_too_much_gives_null(name: str) -> None:
    assert evaluate(f"{name}()", {}) is None
    assert evaluate(f"{name}(nothing to be: 1)", {}) is None
    assert name in OF_MANY or evaluate(f"{name}(1, 2, 3, 4, 5, 6)", {}) is None
