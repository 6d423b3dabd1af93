"""DMN models worked out as a whole: requirements, knowledge, boxed expressions, types and services (DMN 1.5)."""

import pytest

from app import errors
from tests.engine.models import answer, asked, decision, entry, formal, knowledge, model, table, text

SCORE = asked("report's score", "number")


def test_a_decision_is_worked_out_from_what_it_requires() -> None:
    parts = [
        SCORE,
        decision("is high", text("report's score > 5"), "?report's score", kind="boolean"),
        decision("what to do", text('if is high then "visit" else "write"'), "is high", kind="string"),
    ]
    assert answer(parts, "what to do", '{"report\'s score": 7}') == '"visit"'
    assert answer(parts, "what to do", '{"report\'s score": 2}') == '"write"'
    assert answer(parts, "what to do") == '"write"'


def test_a_decision_does_not_see_what_it_does_not_require() -> None:
    parts = [decision("one", text("1")), decision("two", text("one"))]
    assert answer(parts, "two") == "null"


def test_a_decision_is_found_by_its_id_too() -> None:
    assert answer([decision("one + two", text("3"))], "_one---two") == "3"


@pytest.mark.parametrize(
    "name", ["one + two", "anti-social", "landlord's view", "level 2.1", "met / not met", "not met"]
)
def test_names_may_have_signs_and_keywords(name: str) -> None:
    parts = [asked(name), decision("seen", text(f"[{name}, {name} + 1]"), f"?{name}")]
    assert answer(parts, "seen", f'{{"{name}": 4}}') == "[4, 5]"


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_every_version_of_the_standard_is_read(namespace: str) -> None:
    assert model(decision("one", text("1")), namespace=namespace).decisions[0].name == "one"


def test_a_decision_that_requires_itself_is_told_with_the_way_round() -> None:
    parts = [decision("hen", text("egg"), "egg"), decision("egg", text("hen"), "hen")]
    with pytest.raises(errors.CannotGoOn, match="hen → egg → hen"):
        answer(parts, "hen")


def test_a_decision_without_logic_has_the_value_that_is_given() -> None:
    parts = [decision("view", "", kind="string"), decision("letter", text('"Our view: " + view'), "view")]
    assert answer(parts, "letter", '{"view": "met"}') == '"Our view: met"'
    assert answer(parts, "letter") == "null"


def test_what_cannot_be_read_is_told_with_the_decision_and_the_place() -> None:
    with pytest.raises(errors.NotUnderstood, match="In ‘broken’") as told:
        answer([decision("broken", text("1 +"))], "broken")
    assert (told.value.source, told.value.at) == ("1 +", 3)


# Business knowledge models (DMN 1.5, 6.3.9) and functions


def test_knowledge_is_a_function_by_place_and_by_name() -> None:
    parts = [
        knowledge("days late", "due: number, done: number", text("done - due")),
        decision("both", text("[days late(3, 5), days late(done: 9, due: 3)]"), knows=("days late",)),
    ]
    assert answer(parts, "both") == "[2, 6]"
    assert answer(parts, "days late", '{"due": 1, "done": 4}') == "3"


def test_knowledge_may_call_itself_and_other_knowledge_within_bounds() -> None:
    parts = [
        knowledge("twice", "n", text("n * 2")),
        knowledge("tower", "n: number", text("if n < 1 then 1 else twice(tower(n - 1))"), knows=("twice",)),
        decision("fifth", text("tower(5)"), knows=("tower",)),
        decision("endless", text("tower(999)"), knows=("tower",)),
    ]
    assert answer(parts, "fifth") == "32"
    with pytest.raises(errors.NotUnderstood, match="too many brackets or steps"):
        answer(parts, "endless")


def test_an_argument_of_a_wrong_type_counts_as_null() -> None:
    parts = [
        knowledge("is missing", "n: number", text("n = null")),
        decision("seen", text('[is missing("x"), is missing(1)]'), knows=("is missing",)),
    ]
    assert answer(parts, "seen") == "[true, false]"


def test_a_function_keeps_the_scope_it_was_written_in() -> None:
    parts = [
        knowledge(
            "adder", "a: number", f"<functionDefinition>{formal('b: number')}{text('a + b')}</functionDefinition>"
        ),
        decision("used", text("adder(10)(5)"), knows=("adder",)),
        decision("kept", text("adder(1)"), knows=("adder",)),
        decision("passed on", text("kept(2)"), "kept"),
    ]
    assert answer(parts, "used") == "15"
    assert answer(parts, "passed on") == "3"
    assert answer(parts, "kept") == '"function(b)"'


@pytest.mark.parametrize("kind", ["Java", "PMML"])
def test_code_from_outside_is_refused(kind: str) -> None:
    logic = f'<functionDefinition kind="{kind}">{text("1")}</functionDefinition>'
    with pytest.raises(errors.NotUnderstood, match=f"written in {kind}"):
        answer([decision("f", logic)], "f")


def test_other_languages_are_refused() -> None:
    logic = '<literalExpression expressionLanguage="https://www.python.org"><text>1</text></literalExpression>'
    with pytest.raises(errors.NotUnderstood, match="Only FEEL"):
        answer([decision("f", logic)], "f")


def test_an_invocation_names_its_arguments() -> None:
    bound = "".join(f'<binding><parameter name="{n}"/>{text(v)}</binding>' for n, v in (("b", "2"), ("a", "10")))
    logic = f"<invocation>{text('minus')}{bound}</invocation>"
    assert answer([knowledge("minus", "a, b", text("a - b")), decision("d", logic, knows=("minus",))], "d") == "8"


# Boxed expressions (DMN 1.5, 7.3.4 to 7.3.11)

BOXES = {
    f"<context>{entry('a', text('1'))}{entry('b c', text('a + 1'))}</context>": '{"a": 1, "b c": 2}',
    f"<context>{entry('a-b', text('4'))}<contextEntry>{text('a-b * 2')}</contextEntry></context>": "8",
    f"<context>{entry('n', text('1'), 'string')}</context>": '{"n": null}',
    f"<list>{text('1')}{text('[2]')}</list>": "[1, [2]]",
    "<list/>": "[]",
    '<relation><column name="x" typeRef="number"/><column name="y z"/>'
    f"<row>{text('1')}{text('2')}</row><row>{text('&quot;s&quot;'.replace('&quot;', chr(34)))}{text('4')}</row></relation>": (
        '[{"x": 1, "y z": 2}, {"x": null, "y z": 4}]'
    ),
    f"<conditional><if>{text('1 > 0')}</if><then>{text('5')}</then><else>{text('6')}</else></conditional>": "5",
    f"<conditional><if>{text('null')}</if><then>{text('5')}</then><else>{text('6')}</else></conditional>": "6",
    f'<for iteratorVariable="n"><in>{text("[1, 2]")}</in><return>{text("n * n")}</return></for>': "[1, 4]",
    f'<for iteratorVariable="n"><in>{text("[1, 2]")}</in><return>{text("count(partial)")}</return></for>': "[0, 1]",
    f'<some iteratorVariable="n"><in>{text("[1, 2]")}</in><satisfies>{text("n = 2")}</satisfies></some>': "true",
    f'<every iteratorVariable="n"><in>{text("[1, 2]")}</in><satisfies>{text("n = 2")}</satisfies></every>': "false",
    f"<filter><in>{text('[1, 2, 3]')}</in><match>{text('item > 1')}</match></filter>": "[2, 3]",
}


@pytest.mark.parametrize("logic", BOXES)
def test_a_boxed_expression_has_the_value_of_what_it_says(logic: str) -> None:
    assert answer([decision("box", logic)], "box") == BOXES[logic]


def test_an_entry_written_twice_is_told() -> None:
    with pytest.raises(errors.NotUnderstood, match="written twice"):
        answer([decision("box", f"<context>{entry('a', text('1'))}{entry('a', text('2'))}</context>")], "box")


# Decision services (DMN 1.5, 6.3.10 and 10.4)

OFFER = [
    asked("score", "number"),
    decision("weight", text("3"), kind="number"),
    decision("points", text("score * weight"), "?score", "weight"),
    decision("is high", text("points > 10"), "points"),
    '<decisionService id="_weigh-up" name="weigh up"><outputDecision href="#_points"/><inputData href="#_score"/>'
    '<inputDecision href="#_weight"/></decisionService>',
    '<decisionService id="_tell-both" name="tell both"><outputDecision href="#_points"/><outputDecision href="#_is-high"/>'
    '<inputData href="#_score"/></decisionService>',
    decision("used", text("[weigh up(2, 5), weigh up(weight: 4, score: 1), weigh up(1)]"), knows=("weigh up",)),
    decision("both", text("tell both(4)"), knows=("tell both",)),
]


def test_a_service_is_a_function_of_input_data_and_then_input_decisions() -> None:
    assert answer(OFFER, "used") == "[10, 4, null]"


def test_a_service_with_several_outputs_gives_a_context() -> None:
    assert answer(OFFER, "both") == '{"points": 12, "is high": true}'


def test_a_service_can_be_asked_by_itself() -> None:
    assert answer(OFFER, "weigh up", '{"score": 2, "weight": 7}') == "14"


# Item definitions (DMN 1.5, 7.3.3 and 10.3.2.9.4)

TYPES = (
    '<itemDefinition name="tBand"><typeRef>string</typeRef><allowedValues><text>"low", "high"</text></allowedValues>'
    '</itemDefinition><itemDefinition name="tBands" isCollection="true"><typeRef>tBand</typeRef></itemDefinition>'
    '<itemDefinition name="tReport"><itemComponent name="made on"><typeRef>date</typeRef></itemComponent>'
    '<itemComponent name="band"><typeRef>tBand</typeRef></itemComponent></itemDefinition>'
    '<itemDefinition name="tMaker"><functionItem outputTypeRef="tBands"><parameters name="a"/></functionItem>'
    "</itemDefinition>"
)


@pytest.mark.parametrize(
    ("source", "kind", "value"),
    [
        ('"low"', "tBand", '"low"'),
        ('"other"', "tBand", "null"),
        ("1", "string", "null"),
        ('"low"', "tBands", '["low"]'),
        ('["low"]', "tBand", '"low"'),
        ('["low", "other"]', "tBands", "null"),
        ("null", "tBands", "null"),
        ('@"2026-05-01"', "date and time", '"2026-05-01T00:00:00Z"'),
        ('@"2026-05-01"', "feel:dateTime", '"2026-05-01T00:00:00Z"'),
        (
            '{made on: @"2026-05-01", band: "low", more: 1}',
            "tReport",
            '{"made on": "2026-05-01", "band": "low", "more": 1}',
        ),
        ('{band: "low"}', "tReport", "null"),
        ("5", "tNotDefined", "5"),
    ],
)
def test_a_value_is_brought_to_its_type_or_is_null(source: str, kind: str, value: str) -> None:
    assert answer([TYPES, decision("typed", text(source), kind=kind)], "typed") == value
    assert answer([TYPES, decision("typed", text(source, kind))], "typed") == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('"other" instance of tBand', "true"),  # allowed values do not matter here
        ("1 instance of tBand", "false"),
        ('["low"] instance of tBands', "true"),
        ('{band: "low"} instance of tReport', "false"),
        ('(function(a: tBand) a)("other")', "null"),
        ('(function(a: tBand) a)("low")', '"low"'),
    ],
)
def test_expressions_know_the_types_of_the_file(source: str, value: str) -> None:
    assert answer([TYPES, decision("asked", text(source))], "asked") == value


def test_what_a_function_gives_is_brought_to_the_type_of_its_variable() -> None:
    parts = [
        TYPES,
        knowledge("make", "a", text("a"), kind="tMaker"),
        decision("made", text('make("low")'), knows=("make",)),
    ]
    assert answer(parts, "made") == '["low"]'


def test_an_input_is_read_as_its_type_says() -> None:
    parts = [TYPES, asked("report", "tReport"), decision("year", text("report.made on.year"), "?report")]
    assert answer(parts, "year", '{"report": {"made on": "2026-05-01", "band": "low"}}') == "2026"
    assert answer(parts, "year", '{"report": {"made on": "@\\"2026-05-01\\"", "band": "low"}}') == "2026"
    assert answer(parts, "year", '{"report": {"made on": "2026-05-01", "band": "x"}}') == "null"


# Decision tables in models (DMN 1.5, clause 8)

N = asked("n", "number")
ONE = "<output/>"
ORDER = '<output><outputValues><text>"high", "low"</text></outputValues></output>'
TWO = '<output name="band"/><output name="points" typeRef="number"/>'
LOW_HIGH = ('> 1 | "low"', '> 2 | "high"')


@pytest.mark.parametrize(
    ("policy", "outputs", "rows", "value"),
    [
        ("", ONE, ('< 5 | "few"', '>= 5 | "many"'), '"few"'),
        ('hitPolicy="UNIQUE"', ONE, ('> 5 | "many"',), "null"),
        ('hitPolicy="UNIQUE"', "<output><defaultOutputEntry><text>7</text></defaultOutputEntry></output>", ("9 | 1",), "7"),
        ('hitPolicy="FIRST"', ONE, LOW_HIGH, '"low"'),
        ('hitPolicy="ANY"', ONE, ("> 1 | 4", "> 2 | 2 + 2"), "4"),
        ('hitPolicy="PRIORITY"', ORDER, LOW_HIGH, '"high"'),
        ('hitPolicy="OUTPUT ORDER"', ORDER, LOW_HIGH, '["high", "low"]'),
        ('hitPolicy="RULE ORDER"', ONE, LOW_HIGH, '["low", "high"]'),
        ('hitPolicy="COLLECT"', ONE, ("> 9 | 1",), "[]"),
        ('hitPolicy="COLLECT" aggregation="SUM"', ONE, ("> 1 | 4", "> 2 | 2"), "6"),
        ('hitPolicy="COLLECT" aggregation="MIN"', ONE, ('> 1 | @"P3D"', '> 2 | @"P1D"'), '"P1D"'),
        ('hitPolicy="COLLECT" aggregation="COUNT"', ONE, LOW_HIGH, "2"),
        ('hitPolicy="COLLECT" aggregation="MAX"', ONE, ("> 9 | 1",), "null"),
        ('hitPolicy="FIRST"', TWO, ('- | "low" | 2',), '{"band": "low", "points": 2}'),
        ('hitPolicy="COLLECT"', TWO, ('- | "low" | 2', '- | "x" | "y"'), '[{"band": "low", "points": 2}, {"band": "x", "points": null}]'),
        ('hitPolicy="FIRST"', ORDER, ('- | "neither"',), "null"),
    ],
)  # fmt: skip
def test_a_table_answers_by_its_policy(policy: str, outputs: str, rows: tuple[str, ...], value: str) -> None:
    assert answer([N, decision("t", table(policy, "n", outputs, *rows), "?n")], "t", '{"n": 3}') == value


@pytest.mark.parametrize(("kind", "value"), [("number", "4"), ("string", "null")])
def test_a_cell_may_say_of_which_type_its_answer_is(kind: str, value: str) -> None:
    logic = table("", "n", ONE, "- | [4]").replace("<outputEntry>", f'<outputEntry typeRef="{kind}">')
    assert answer([N, decision("t", logic, "?n")], "t", '{"n": 3}') == value


def test_values_in_order_of_priority_may_have_commas() -> None:
    order = '<output><outputValues><text>"high, or more", "low"</text></outputValues></output>'
    logic = table('hitPolicy="PRIORITY"', "n", order, '- | "low"', '- | "high, or more"')
    assert answer([N, decision("t", logic, "?n")], "t", '{"n": 3}') == '"high, or more"'


def test_two_rows_of_a_table_that_lets_one_match_are_named() -> None:
    with pytest.raises(errors.CannotGoOn, match="row 1 and row 2"):
        answer([N, decision("t", table("", "n", ONE, *LOW_HIGH), "?n")], "t", '{"n": 3}')


def test_a_question_with_a_value_that_is_not_allowed_counts_as_unanswered() -> None:
    column = (
        "<input><inputExpression><text>n</text></inputExpression><inputValues><text>[1..5]</text></inputValues></input>"
    )
    logic = table("", column, ONE, 'null | "not known"', '> 0 | "known"')
    parts = [N, decision("t", logic, "?n")]
    assert [answer(parts, "t", f'{{"n": {n}}}') for n in (3, 9)] == ['"known"', '"not known"']


def test_a_table_in_a_function_is_asked_with_its_parameters() -> None:
    logic = table(
        "", "<input><inputExpression><text>how bad</text></inputExpression></input>", ONE, '> 5 | "bad"', '- | "x"'
    )
    logic = logic.replace("<decisionTable ", '<decisionTable hitPolicy="FIRST" ')
    parts = [knowledge("judge", "how bad: number", logic), decision("d", text("judge(how bad: 9)"), knows=("judge",))]
    assert answer(parts, "d") == '"bad"'


@pytest.mark.parametrize("policy", ['hitPolicy="LAST"', 'hitPolicy="COLLECT" aggregation="MEDIAN"'])
def test_a_policy_that_does_not_exist_is_refused(policy: str) -> None:
    with pytest.raises(errors.NotUnderstood, match="hit policy that does not exist"):
        answer([N, decision("t", table(policy, "n", ONE, "- | 1"), "?n")], "t")


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(errors.NotUnderstood, match="a row without a cell"):
        answer([N, decision("t", table("", "n", TWO, "- | 1"), "?n")], "t")


def test_all_decisions_of_a_question_share_one_bound() -> None:
    slow = text("count(for a in 1..2000, b in 1..2000 return a)")
    with pytest.raises(errors.NotUnderstood, match="takes too long"):
        answer([decision("slow", slow)], "slow")


def test_a_name_that_is_not_decided_is_told_with_those_that_are() -> None:
    with pytest.raises(errors.NotFound, match="It decides ‘one’"):
        answer([decision("one", text("1"))], "two")
