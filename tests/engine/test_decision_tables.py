"""Business rule tasks: every hit policy of DMN 1.5 clause 8.2.8, asked by a drawing."""

from xml.sax.saxutils import escape

import pytest

from app import errors
from tests.engine.bench import XML, Case

ROWS = [("> 10", '"high"', "3"), ("> 5", '"medium"', "2"), ("> 5", '"low"', "7"), ("<= 5", '"low"', "1")]


def table(policy, rows=ROWS, aggregation="", outputs=("band", "points")):
    """A table ``choose`` with one input, ``score``, and a column for each output."""
    gather = f' aggregation="{aggregation}"' if aggregation else ""
    values = {"band": '<outputValues><text>"high", "medium", "low"</text></outputValues>'}
    columns = "".join(f'<output name="review.{name}">{values.get(name, "")}</output>' for name in outputs)
    drawn = "".join(
        f"<rule><inputEntry><text>{escape(test)}</text></inputEntry>"
        + "".join(f"<outputEntry><text>{escape(cell)}</text></outputEntry>" for cell in cells)
        + "</rule>"
        for test, *cells in rows
    )
    return (
        f'{XML}<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="choose" name="Choose">'
        f'<decisionTable hitPolicy="{policy}"{gather}><input><inputExpression><text>score</text></inputExpression>'
        f"</input>{columns}{drawn}</decisionTable></decision></definitions>"
    ).encode()


def decided(score, *args, **options):
    """What the drawing knows after it asked the table about a score."""
    case = Case.begin("decision", {"choose.dmn": table(*args, **options)}).do("ask", score=score)
    assert case.open() == ["after"]
    return case.facts.get("review")


def points(score, aggregation):
    rows = [(test, cells[1]) for test, *cells in ROWS]
    return decided(score, "COLLECT", rows, aggregation=aggregation, outputs=("points",))["points"]


def test_unique_lets_one_row_match():
    assert decided(4, "UNIQUE") == {"band": "low", "points": 1}


def test_unique_names_the_rows_when_several_match():
    with pytest.raises(errors.CannotGoOn) as stopped:
        decided(12, "UNIQUE")
    assert str(stopped.value) == "The table ‘Choose’ lets one row match, but 3 do: row 1 and row 2 and row 3."
    assert stopped.value.element in ("choose", "decide")


@pytest.mark.parametrize("policy", ["UNIQUE", "FIRST", "ANY", "PRIORITY"])
def test_a_table_of_which_no_row_matches_sets_nothing(policy):
    assert decided(None, policy) is None


def test_first_takes_the_first_row_that_matches():
    assert decided(12, "FIRST") == {"band": "high", "points": 3}
    assert decided(7, "FIRST") == {"band": "medium", "points": 2}


def test_any_takes_rows_that_say_the_same():
    assert decided(7, "ANY", [("> 5", '"low"', "2"), ("> 6", '"low"', "1 + 1")]) == {"band": "low", "points": 2}


def test_any_names_the_rows_when_they_differ():
    with pytest.raises(errors.CannotGoOn, match="rows that match but differ: row 2 and row 3"):
        decided(7, "ANY")


def test_priority_takes_the_answer_that_stands_first_in_the_list_of_values():
    rows = [("> 5", '"low"', "7"), ("> 5", '"medium"', "2"), ("> 10", '"high"', "3")]
    assert decided(12, "PRIORITY", rows) == {"band": "high", "points": 3}
    assert decided(7, "PRIORITY", rows) == {"band": "medium", "points": 2}


def test_rule_order_gives_every_answer_in_the_order_of_the_rows():
    rows = [("> 5", '"low"', "7"), ("> 10", '"high"', "3"), ("> 5", '"medium"', "2")]
    assert decided(12, "RULE ORDER", rows) == {"band": ["low", "high", "medium"], "points": [7, 3, 2]}


def test_output_order_gives_every_answer_in_the_order_of_the_values():
    rows = [("> 5", '"low"', "7"), ("> 10", '"high"', "3"), ("> 5", '"medium"', "2")]
    assert decided(12, "OUTPUT ORDER", rows) == {"band": ["high", "medium", "low"], "points": [3, 2, 7]}


def test_collect_gives_every_answer():
    assert decided(7, "COLLECT") == {"band": ["medium", "low"], "points": [2, 7]}
    assert decided(None, "COLLECT") == {"band": [], "points": []}


@pytest.mark.parametrize(
    "aggregation, score, gives",
    [
        ("SUM", 12, 12),
        ("SUM", None, 0),
        ("COUNT", 12, 3),
        ("COUNT", None, 0),
        ("MIN", 12, 2),
        ("MIN", None, None),
        ("MAX", 12, 7),
        ("MAX", None, None),
    ],
)
def test_collect_aggregates(aggregation, score, gives):
    assert points(score, aggregation) == gives


@pytest.mark.parametrize("aggregation", ["SUM", "MIN", "MAX"])
@pytest.mark.parametrize("cell", ['"three"', "true", "[1]", 'date("2026-03-02")'])
def test_collect_over_something_that_is_no_number_says_so(aggregation, cell):
    with pytest.raises(errors.CannotGoOn, match="‘Choose’ counts its answers together, but one is no number"):
        decided(12, "COLLECT", [("> 5", "1"), ("> 5", cell)], aggregation=aggregation, outputs=("points",))


@pytest.mark.parametrize("aggregation, gives", [("SUM", 1), ("MIN", 1), ("MAX", 1), ("COUNT", 3)])
def test_an_empty_answer_counts_as_a_row_and_as_no_number(aggregation, gives):
    rows = [("> 5", "1"), ("> 5", "null"), ("> 5", "")]
    assert decided(12, "COLLECT", rows, aggregation=aggregation, outputs=("points",)) == {"points": gives}


def test_a_table_that_takes_too_long_stops_the_case_and_names_its_task():
    endless = "count(for a in 1..1000, b in 1..1000 return a)"
    with pytest.raises(errors.CannotGoOn, match="‘Choose’ could not be worked out") as stopped:
        decided(12, "FIRST", [("-", endless, "1")])
    assert stopped.value.element == "decide"


def test_an_answer_can_count_with_the_facts_of_the_case():
    assert decided(7, "FIRST", [("-", '"low"', "score * 2")]) == {"band": "low", "points": 14}


@pytest.mark.parametrize("policy", ["unique", "LAST", "OUTPUT_ORDER"])
def test_a_hit_policy_that_does_not_exist_is_refused(policy):
    with pytest.raises(errors.DrawingBroken, match="is not one of UNIQUE"):
        decided(1, policy)


def test_an_aggregation_that_does_not_exist_is_refused():
    with pytest.raises(errors.DrawingBroken, match="‘MEDIAN’ is not one of"):
        points(1, "MEDIAN")
