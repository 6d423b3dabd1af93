// Records what the npm package feelin answers to the expressions below, into feelin.json beside this file.
// Run by hand after a change of the list or of feelin's version:  node tests/feel/record_feelin.mjs
// feelin is found from the folder it is installed in; FEELIN may name another one.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const here = new URL('.', import.meta.url);
const home = process.env.FEELIN ? pathToFileURL(process.env.FEELIN + '/') : new URL('../../frontend/', here);
const file = createRequire(new URL('x.js', home)).resolve('feelin');
const { evaluate, unaryTest } = await import(pathToFileURL(file));
const { version } = JSON.parse(readFileSync(new URL('../package.json', pathToFileURL(file))));

const CASE = {
  n: 3, m: -7, zero: 0, half: 0.5, s: 'Larkmere', t: 'breathing', yes: true, no: false, nothing: null, empty: [],
  numbers: [3, 1, 2, 3], words: ['b', 'a', 'c'], day: '2026-05-01', 'tenant name': 'Tansy Applegarth',
  risk: { band: 'high', score: 12, parts: { noise: 4, threats: 8 } },
  reports: [
    { id: 1, kind: 'noise', score: 2, on: '2026-01-05' },
    { id: 2, kind: 'threats', score: 8, on: '2026-02-10' },
    { id: 3, kind: 'noise', score: 5, on: '2026-03-20' },
  ],
};

const lines = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);
const cross = (lefts, signs, rights) => lefts.flatMap((a) => signs.flatMap((s) => rights.map((b) => `${a} ${s} ${b}`)));

const VALUES = ['n', 'm', 'half', 's', 'yes', 'nothing', 'date("2026-05-01")'];
const expressions = [
  ...cross(VALUES, ['=', '!=', '<', '>='], ['3', '"Larkmere"', 'null', 'true', 'date("2026-05-02")']),
  ...cross(['true', 'false', 'null', 'n'], ['and', 'or'], ['true', 'false', 'null', '"x"']),
  ...cross(['n', 'm', 'half', 's', 'nothing'], ['+', '-', '*', '/', '**'], ['2', '0', '"x"', 'null']),
  ...cross(['n', 'm', '5', 'nothing'], ['in'], ['[1..3]', '(1..3)', '[1..3)', '(1..3]', '(3, 5)', '[3, 5]', '(< 4)', '(>= 3, = 1)', '> 4']),
  ...lines(`
    1 + 2 * 3
    (1 + 2) * 3
    -n
    --n
    -2 ** 2
    2 ** 3 ** 2
    10 / 4
    10 - 4 - 3
    2 * 3 + 4 * 5 - 6 / 3
    1 - -1
    0.1 + 0.2
    1.50
    .5
    007
    1 / 3
    100 / 8 / 2
    n = 3 and m < 0
    n = 4 or m < 0
    not(yes)
    not(no)
    not(nothing)
    not(3)
    n between 1 and 5
    n between 4 and 5
    n between null and 5
    s between "A" and "Z"
    if n > 2 then "big" else "small"
    if nothing then 1 else 2
    if n = 3 then if m = 3 then 1 else 2 else 3
    if "x" then 1 else 2
    "a" + "b"
    "a" < "b"
    "say \\"hello\\""
    "tab\\tnew\\nline"
    "\\u00e9"
    "back\\\\slash"
    ""
    [1, 2, 3]
    []
    [1, [2, 3]]
    [1, "a", null, true]
    {a: 1}
    {a: 1, b: a + 1}.b
    {"a b": 2}
    {}
    {a: {b: {c: 5}}}.a.b.c
    risk.band
    risk.parts.noise + risk.parts.threats
    risk.missing
    risk.missing.deeper
    missing
    missing.deeper
    n.band
    reports.kind
    reports.score
    reports[1].kind
    reports[-1].kind
    reports[0]
    reports[4]
    reports[score > 4].id
    reports[kind = "noise"].score
    reports[kind = "noise"][1].score
    reports[item.score > 4].id
    count(reports[kind = "noise"])
    sum(reports.score)
    numbers[1]
    numbers[-1]
    numbers[5]
    numbers[item > 1]
    numbers[item = 9]
    numbers[n]
    numbers[n - 1]
    numbers[true]
    numbers[false]
    n[1]
    n[2]
    nothing[1]
    empty[1]
    words[item < "c"]
    tenant name
    tenant name = "Tansy Applegarth"
    starts with(tenant name, "Tansy")
    for x in numbers return x * 2
    for x in 1..3 return x
    for x in 3..1 return x
    for x in [1..3] return x
    for x in 1..3, y in 1..2 return x * y
    for x in [[1, 2], [3]], y in x return y
    for x in reports return x.kind
    for x in empty return x
    for x in nothing return x
    for x in 1..4 return if x < 2 then 1 else partial[-1] * x
    for x in 1..3 return count(partial)
    some x in numbers satisfies x > 2
    some x in numbers satisfies x > 3
    some x in empty satisfies x > 3
    every x in numbers satisfies x > 0
    every x in numbers satisfies x > 1
    every x in empty satisfies x > 1
    some x in reports satisfies x.kind = "threats" and x.score > 7
    some x in 1..3, y in 2..4 satisfies x = y
    every x in 1..3, y in 4..6 satisfies x < y
    3 instance of number
    "a" instance of string
    "a" instance of number
    true instance of boolean
    [1, 2] instance of list<number>
    [1, "a"] instance of list<number>
    null instance of number
    date("2026-05-01") instance of date
    date and time("2026-05-01T10:00:00") instance of date and time
    @"P1D" instance of days and time duration
    @"P1M" instance of years and months duration
    {a: 1} instance of context<a: number>
    {a: "x"} instance of context<a: number>
    [1..3] instance of range<number>
    (function(a) a) instance of function
    (function(a, b) a + b)(1, 2)
    {double: function(x) x * 2, r: double(4)}.r
    (function(x) x)(b: 1)
    unknown(1)
    n(1)
    substring("foobar", 3)
    substring("foobar", 3, 3)
    substring("foobar", -2, 1)
    substring("foobar", -2)
    substring("foobar", 9)
    substring(string: "foobar", start position: 3)
    substring(nothing, 1)
    string length("foo")
    string length("")
    string length("\\u00e9t\\u00e9")
    string length(3)
    upper case("aBc4")
    lower case("aBc4")
    substring before("foobar", "bar")
    substring before("foobar", "x")
    substring before("foobar", "")
    substring after("foobar", "ob")
    substring after("foobar", "x")
    substring after("foobar", "")
    substring after("", "a")
    contains("foobar", "ob")
    contains("foobar", "of")
    contains(nothing, "of")
    starts with("foobar", "fo")
    starts with("foobar", "o")
    ends with("foobar", "r")
    ends with("foobar", "f")
    matches("foobar", "^fo*b")
    matches("foobar", "^o")
    matches("FOO", "foo", "i")
    matches("a\\nb", "a.b", "s")
    matches("a\\nb", "a.b")
    matches("a\\nb", "^b", "m")
    matches("abc", "[a-c]{3}")
    matches("abc", "[")
    matches("abc", "b", "q")
    matches(nothing, "b")
    replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")
    replace("banana", "a", "o")
    replace("banana", "(an)", "<$1>")
    replace("banana", "A", "o", "i")
    replace("banana", "x", "o")
    replace("0123456789", "(\\\\d{3})(\\\\d{3})(\\\\d{4})", "($1) $2-$3")
    split("John Doe", "\\\\s")
    split("a;b;c;;", ";")
    split("abc", "x")
    string join(["a", "b", "c"], "_and_")
    string join(["a", "b", "c"], "")
    string join(["a", "b", "c"])
    string join(["a", null, "c"], "X")
    string join([], "X")
    string join(["a", 1], "X")
    string(12)
    string(1.50)
    string(true)
    string("x")
    string([1, "a", null])
    string({a: 1, b: "x"})
    string(date("2026-05-01"))
    string(nothing)
    number("12") + 1
    number("1.5")
    number("x")
    number("1 000,5", " ", ",")
    number("1,000.5", ",", ".")
    list contains(numbers, 2)
    list contains(numbers, 9)
    list contains([1, null], null)
    list contains(words, "a")
    count(numbers)
    count(empty)
    count(nothing)
    count(n)
    min(numbers)
    min(3, 1, 2)
    min(empty)
    max(numbers)
    max(3, 1, 2)
    max(empty)
    min([1, "a"])
    sum(numbers)
    sum(1, 2)
    sum(empty)
    sum([1, "a"])
    mean(numbers)
    mean(1, 2)
    mean(empty)
    median(8, 2, 5, 3, 4)
    median([6, 1, 2, 3])
    median(empty)
    stddev(2, 4, 7, 5)
    stddev([47])
    stddev(empty)
    mode(6, 3, 9, 6, 6)
    mode([6, 1, 9, 6, 1])
    mode(empty)
    product(2, 3, 4)
    product([2, 3, 4])
    all([true, true])
    all([true, false])
    all([true, null])
    all([false, null])
    all(empty)
    all(true, false)
    any([false, true])
    any([false, false])
    any([false, null])
    any([true, null])
    any(empty)
    sublist([4, 5, 6], 1, 2)
    sublist([4, 5, 6], 2)
    sublist([4, 5, 6], -2)
    sublist([4, 5, 6], -2, 1)
    append([1], 2, 3)
    append(numbers, 4)
    append([], null)
    concatenate([1, 2], [3])
    concatenate([1], 2)
    insert before([1, 3], 1, 2)
    insert before([1, 3], 2, 2)
    insert before([1, 3], 3, 2)
    insert before([1, 3], -1, 2)
    remove([1, 2, 3], 2)
    remove([1, 2, 3], -1)
    remove([1, 2, 3], 1)
    reverse([1, 2, 3])
    reverse(empty)
    index of([1, 2, 3, 2], 2)
    index of([1, 2], 5)
    union([1, 2], [2, 3])
    distinct values([1, 2, 3, 2, 1])
    distinct values(["a", null, "a", null])
    flatten([[1, 2], [[3]], 4])
    flatten(empty)
    list replace([2, 4, 7, 8], 3, 6)
    list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)
    sort([3, 1, 4, 5, 2], function(x, y) x < y)
    sort(["c", "a", "b"], function(x, y) x > y)
    sort(reports, function(a, b) a.score > b.score)[1].id
    decimal(1/3, 2)
    decimal(1.5, 0)
    decimal(2.5, 0)
    floor(1.5)
    floor(-1.5)
    floor(-1.56, 1)
    floor(nothing)
    ceiling(1.5)
    ceiling(-1.5)
    ceiling(-1.56, 1)
    round up(5.5, 0)
    round up(-5.5, 0)
    round up(1.121, 2)
    round down(5.5, 0)
    round down(-5.5, 0)
    round down(1.126, 2)
    round half up(5.5, 0)
    round half up(-5.5, 0)
    round half up(1.125, 2)
    round half down(5.5, 0)
    round half down(-5.5, 0)
    abs(10)
    abs(-10)
    abs(nothing)
    modulo(12, 5)
    modulo(-12, 5)
    modulo(12, -5)
    modulo(-12, -5)
    modulo(10.1, 4.5)
    modulo(10, 0)
    sqrt(16)
    sqrt(-3)
    log(1)
    log(10)
    exp(0)
    exp(1)
    odd(5)
    odd(2)
    odd(-3)
    even(5)
    even(2)
    even(0)
    date("2026-05-01")
    date("2026-02-30")
    date("x")
    date(2026, 5, 1)
    date(2026, 13, 1)
    date(date and time("2026-05-01T10:00:00"))
    date(day)
    date("2026-05-01").year
    date("2026-05-01").month
    date("2026-05-01").day
    date("2026-05-01").weekday
    time("10:30:15")
    time("10:30:15Z")
    time("10:30:15+01:00")
    time("25:00:00")
    time(10, 30, 15)
    time("10:30:15").hour
    time("10:30:15").minute
    time("10:30:15").second
    time(date and time("2026-05-01T10:30:00"))
    date and time("2026-05-01T10:30:00")
    date and time("2026-05-01T10:30:00Z")
    date and time("2026-05-01T10:30:00+01:00")
    date and time("2026-05-01")
    date and time("x")
    date and time(date("2026-05-01"), time("10:30:00"))
    date and time("2026-05-01T10:30:00").hour
    date and time("2026-05-01T10:30:00Z") = date and time("2026-05-01T11:30:00+01:00")
    date and time("2026-05-01T10:30:00Z") < date and time("2026-05-01T11:30:01+01:00")
    date and time("2026-05-01T10:30:00") < date and time("2026-05-01T10:30:01")
    duration("P1D")
    duration("PT2H30M")
    duration("P1Y2M")
    duration("-P1D")
    duration("x")
    duration("P1Y").years
    duration("P1Y2M").months
    duration("P2DT20H14M").days
    duration("P2DT20H14M").hours
    duration("P2DT20H14M").minutes
    duration("-P2DT1H").days
    duration("P1D") = duration("PT24H")
    duration("P1D") < duration("PT25H")
    duration("P1Y") = duration("P12M")
    duration("P1D") + duration("PT1H")
    duration("P1Y") + duration("P2M")
    duration("P1D") - duration("PT1H")
    duration("P1D") + duration("P1M")
    duration("P1D") * 2
    duration("P1D") / 2
    -duration("P1D")
    years and months duration(date("2011-12-22"), date("2013-08-24"))
    years and months duration(date("2013-08-24"), date("2011-12-22"))
    years and months duration(date("2026-01-31"), date("2026-02-28"))
    date("2026-05-01") + duration("P1D")
    date("2026-01-31") + duration("P1M")
    date("2024-02-29") + duration("P1Y")
    date("2026-05-01") - duration("P1D")
    date("2026-05-01") - duration("P1M")
    duration("P1D") + date("2026-05-01")
    date("2026-05-03") - date("2026-05-01")
    date("2026-05-01") + duration("PT36H")
    date and time("2026-05-01T10:00:00") + duration("PT15H")
    date and time("2026-05-01T10:00:00") - date and time("2026-05-01T09:00:00")
    date and time("2026-05-01T10:00:00Z") - duration("P1D")
    time("10:00:00") + duration("PT2H")
    time("23:00:00") + duration("PT2H")
    time("10:00:00") - time("09:30:00")
    date("2026-05-01") + 1
    date("2026-05-01") + date("2026-05-01")
    date("2026-05-01") = date("2026-05-01")
    date("2026-05-01") > date("2026-04-30")
    date("2026-05-01") in [date("2026-04-01")..date("2026-06-01")]
    @"2026-05-01"
    @"2026-05-01T10:00:00"
    @"10:00:00"
    @"P1D"
    @"P1Y"
    @"x"
    day of year(date("2019-09-17"))
    day of week(date("2019-09-17"))
    month of year(date("2019-09-17"))
    week of year(date("2019-09-17"))
    week of year(date("2003-12-29"))
    week of year(date("2004-01-04"))
    week of year(date("2005-01-01"))
    is(date("2026-05-01"), date("2026-05-01"))
    is(time("10:00:00Z"), time("10:00:00"))
    is(1, 1)
    is(1, 2)
    is(1, "1")
    before(1, 10)
    before(10, 1)
    before(1, [1..10])
    before(1, (1..10])
    before(1, [5..10])
    before([1..10], 10)
    before([1..10), 10)
    before([1..10], 15)
    before([1..10], [15..20])
    before([1..10], [10..20])
    before([1..10), [10..20])
    after(10, 5)
    after(5, 10)
    after(12, [1..10])
    after(10, [1..10))
    after(10, [1..10])
    after([11..20], 12)
    after([11..20], 10)
    after((11..20], 11)
    after([11..20], [1..10])
    after([1..10], [11..20])
    meets([1..5], [5..10])
    meets([1..5), [5..10])
    meets([1..5], (5..10])
    meets([1..5], [6..10])
    met by([5..10], [1..5])
    met by([5..10], [1..5))
    overlaps([1..5], [3..8])
    overlaps([3..8], [1..5])
    overlaps([1..8], [3..5])
    overlaps([1..5], [6..8])
    overlaps([1..5], [5..8])
    overlaps([1..5], (5..8])
    includes([1..10], 5)
    includes([1..10], 12)
    includes([1..10], [4..6])
    includes([1..10], [1..10])
    includes((1..10], 1)
    includes((1..10], [1..10])
    includes([5..10), 10)
    get value({key1: "value1"}, "key1")
    get value({key1: "value1"}, "unexistent-key")
    get value(nothing, "a")
    get entries({key1: "value1", key2: 2})
    get entries({})
    context([{key: "a", value: 1}, {key: "b", value: 2}])
    context([{key: "a", value: 1}, {key: "a", value: 2}])
    context({key: "a", value: 1})
    context put({x: 1}, "y", 2)
    context put({x: 1}, "x", 2)
    context put({x: 1, y: {a: 0}}, ["y", "a"], 2)
    context put({x: 1}, [], 2)
    context merge([{x: 1}, {y: 2}])
    context merge([{x: 1}, {x: 2}])
    [1..5].start
    [1..5].end included
    (1..5].start included
    (>= 5).start
    [1, 2] = [1, 2]
    [1, 2] = [2, 1]
    [1, 2] != [1]
    {a: 1} = {a: 1}
    {a: 1} = {a: 2}
    {a: 1, b: 2} = {b: 2, a: 1}
    [1..3] = [1..3]
    [1..3] = [1..3)
    1 = true
    "1" = 1
    null = null
    null != null
    3 in (1, 2, 3)
    "b" in ("a", "b")
    "b" in words
    3 in numbers
    9 in numbers
    n in ([1..2], [3..4])
    5 in (> 3)
    5 in > 3
    null in (1, null)
    n in [1..missing]
    n in [missing..5]
    n in [missing..missing]
    nothing in [missing..5]
    // a remark at the start\\n
    1 /* in the middle */ + 2
    1 +
    (1
    1 2
    "open
    if 1 then 2
    for x return 1
    [1, 2
    {a 1}
    @x
    a..b
    x in
    1 = = 2
    )
    matches("abc", "B", "i")
    matches("x[1]", "x[1]", "q")
    matches("b", "[a-z-[aeiou]]")
    replace("noise", "(n)(o)", "$2$1")
    replace("abc", "b", "$")
    replace("abc", "x*", "-")
    split("a;b;;c", ";")
    string join(["a", "b", null, "c"], "-")
    substring("Larkmere", -4)
    substring("Larkmere", 3, 2)
    substring before("Larkmere", "mere")
    substring after("Larkmere", "Lark")
    string length("🏠")
    "\\u0041"
    "\\U01F3E0"
    date("12345-06-07")
    date("-0044-03-15")
    date("2026-02-30")
    time("10:20:30.123456789")
    time("10:00:00@Europe/London") = time("10:00:00@Europe/Paris")
    date and time("2026-05-01T10:00:00Z") = date and time("2026-05-01T11:00:00+01:00")
    date and time("2026-05-01T10:00:00Z") < date and time("2026-05-01T11:30:00+01:00")
    date and time("2026-05-01T10:00:00Z").hour
    date and time("2026-05-01T10:00:00+05:00").time offset
    string(duration("P1Y14M"))
    string(duration("PT36H"))
    string(time("10:15:30.50"))
    duration("P1Y") = duration("P12M")
    duration("P1Y") = duration("P365D")
    abs(duration("-P1D"))
    decimal(1 / 3, 2)
    round up(-5.5, 0)
    round half down(2.5, 0)
    modulo(-12, 5)
    modulo(12, -5)
    sqrt(16)
    log(1)
    exp(0)
    even(4)
    odd(-3)
    stddev([2, 4, 7, 5])
    median([6, 1, 2, 3])
    mode([1, 9, 1, 9])
    product([2, 3, 4])
    list replace([2, 4, 7, 8], 3, 6)
    list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)
    duplicate values([1, 2, 1])
    sort([3, 1, 2], function(x, y) x > y)
    flatten([[1, 2], [[3]], 4])
    union([1, 2], [2, 3])
    concatenate([1], null)
    index of([1, 2, 1], 1)
    context([{key: "a", value: 1}, {key: "b", value: 2}])
    context put({a: {b: 1}}, ["a", "b"], 2)
    context merge([{a: 1}, {b: 2}])
    get entries({a: 1})
    get value({a: {b: 2}}, ["a", "b"])
    [< 2, > 5]
    7 in [< 2, > 5]
    range("[1..3]") = [1..3]
    range("[3..1]")
    before(1, [2..3])
    meets([1..5], [5..10])
    overlaps after([4..10], [1..5])
    finished by([1..10], 10)
    started by([1..10], [1..5])
    coincides([1..5], [1..5])
    [1..10].start included
    for i in 5..1 return i
    for i in [1..3] return i
    for x in 1..2, y in 3..4 return x * y
    for i in 1..4 return if i = 1 then 1 else i * partial[-1]
    some x in [1, 2], y in [2, 3] satisfies x = y
    every x in [] satisfies false
    reports[kind = "noise"].id
    reports[score > 3][1].id
    reports[-1].kind
    {a: function(x) x + 1, b: a(2)}.b
    (function(a: number) a)("x")
    1 instance of Any
    null instance of Any
    {a: 1} instance of context
    [1, 2] instance of list<number>
    (function() "a") instance of function<>->string
  `),
];

const cells = cross(['3', '"Larkmere"', 'null', 'true', '"2026-05-01"'], ['|'], [
  '3', '"Larkmere"', 'null', 'true', 'false', '-', '< 4', '>= 3', '[1..5]', '(3..5]', '1, 2, 3', '"a", "Larkmere"',
  'not(3)', 'not("a", "Larkmere")', 'not(null)', '< 2, > 2', '? > 2', '? = "Larkmere"', 'contains(?, "mere")', 'n', 'n + 1', 'not(< 4)',
  'numbers', 'not([1..5])', '= 3', '!= 3',
]).map((line) => line.split(' | '));

const plain = (value) => {
  if (value === undefined || value === null || typeof value === 'function') return null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return Number.isNaN(value) ? null : value;
  const name = Object.getPrototypeOf(value)?.constructor?.name;
  if (name === 'Object') return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
  return String(value);
};
const answered = (ask) => {
  try {
    return { answer: plain(ask().value) };
  } catch (problem) {
    return { refused: true };
  }
};

const unique = [...new Set(expressions)];
writeFileSync(new URL('feelin.json', here), JSON.stringify({
  feelin: version,
  case: CASE,
  expressions: unique.map((source) => ({ source, ...answered(() => evaluate(source, CASE)) })),
  cells: cells.map(([value, cell]) => ({
    value: JSON.parse(value), cell, ...answered(() => unaryTest(cell, { ...CASE, '?': JSON.parse(value) })),
  })),
}, null, 1) + '\n');
console.log(`${unique.length} expressions and ${cells.length} cells answered by feelin ${version}`);
