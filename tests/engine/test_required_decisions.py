"""What a decision table requires from its own file: decisions, expressions and business knowledge models."""

import pytest

from app import errors
from app.drawing import decisions
from app.engine import decisions as deciding
from tests.engine.bench import Case
from tests.engine.models import asked, decision, file, ident, knowledge, table, text

OUTPUT = '<output name="review.band"/>'


def tables(*parts):
    return {one.id: one for one in decisions.read(file(*parts), "m.dmn")}


def decided(parts, wanted, **facts):
    """What the decision with this name says."""
    read = tables(*parts)
    return deciding.decide(read[ident(wanted)], facts, at=None, beside=read)


def problems(*parts):
    with pytest.raises(errors.DrawingBroken) as broken:
        tables(*parts)
    return [problem.says for problem in broken.value.problems]


TWICE = knowledge("twice", "n", text("n * 2"))
BANDS = knowledge(
    "band of", "points", table('hitPolicy="FIRST"', "points", '<output name="band"/>', '> 5|"high"', '-|"low"')
)
SUM = decision("all points", text("sum(for one in points return twice(one))"), "?points", knows=("twice",))
ASKING = decision("band", table("", "all points", OUTPUT, "-|band of(all points)"), "all points", knows=("band of",))
PARTS = (asked("points"), TWICE, BANDS, SUM, ASKING)


def test_a_table_speaks_of_what_it_requires():
    assert decided(PARTS, "band", points=[1, 2]) == {"review": {"band": "high"}}
    assert decided(PARTS, "band", points=[1]) == {"review": {"band": "low"}}


def test_a_drawing_asks_a_table_with_all_that_it_requires():
    whole = file(*PARTS).replace(ident("band").encode() + b'"', b'choose"', 1).replace(b'id="_band"', b'id="choose"')
    case = Case.begin("decision", {"choose.dmn": whole}).do("ask", points=[3])
    assert case.facts["review"] == {"band": "high"}


def test_only_the_table_that_is_asked_lays_facts():
    assert decided(PARTS, "band", points=[3]).keys() == {"review"}


def test_a_table_of_several_answers_is_a_record_for_the_one_that_requires_it():
    both = table(
        'hitPolicy="FIRST"', "n", '<output name="size"/><output name="why"/>', '> 5|"big"|"over 5"', '-|"small"|"other"'
    )
    parts = [
        knowledge("measured", "n", both),
        decision("said", text("measured(7).why + measured(n: 1).size"), knows=("measured",)),
    ]
    assert decided(parts, "said") == {"said": "over 5small"}


def test_a_knowledge_model_knows_its_parameters_and_nothing_of_the_case():
    parts = [knowledge("seen", "a", text("[a, secret]")), decision("said", text("seen(1)"), knows=("seen",))]
    assert decided(parts, "said", secret="x", a="y") == {"said": [1, None]}


def test_a_table_that_shares_its_name_with_a_fact_counts_first():
    parts = [decision("points", text("2")), decision("said", text("points"), "points")]
    assert decided(parts, "said", points=1) == {"said": 2}


def test_what_is_required_in_many_ways_is_decided_once():
    parts = [decision("d0", text("1"))]
    parts += [
        decision(f"d{n}", text(f"d{n - 1} + d{max(n - 2, 0)}"), f"d{n - 1}", f"d{max(n - 2, 0)}") for n in range(1, 40)
    ]
    assert decided(parts, "d39") == {"d39": 165580141}  # asked anew each time it would be as many questions


def test_a_decision_may_not_require_itself_nor_too_many():
    ring = [decision("a", text("b"), "b"), decision("b", text("a"), "a")]
    assert problems(*ring) == ["It requires itself."] * 2
    assert problems(knowledge("f", "n", text("f(n)"), knows=("f",))) == ["It requires itself."]
    chain = [decision("d0", text("1")), *(decision(f"d{n}", text("1"), f"d{n - 1}") for n in range(1, 42))]
    assert problems(*chain) == ["It requires more than 40 others. Put it into fewer."]


def test_what_is_required_and_not_there_is_told():
    assert problems(decision("a", text("1"), "b")) == [
        "It requires ‘_b’, which is no table and no expression in this file."
    ]


def test_a_function_that_is_not_required_is_not_known():
    assert "There is no function ‘twice’." in problems(TWICE, decision("a", text("twice(1)")))[0]


def test_functions_within_functions_share_what_one_question_may_cost():
    slow = knowledge("slow", "n", text("count(for a in 1..100, b in 1..100 return a)"))
    parts = [slow, decision("said", text("count(for n in 1..100 return slow(n))"), knows=("slow",))]
    with pytest.raises(errors.NotUnderstood, match="takes too long"):
        decided(parts, "said")
