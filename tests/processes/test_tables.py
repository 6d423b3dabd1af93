"""What the decision tables decide: the law's own examples for the threshold, and the bands of risk."""

from itertools import product

import pytest

from app.drawing import decisions
from app.engine import decisions as deciding
from app.law.calendar import period_end
from tests.processes import published

APPLIED_ON = "2026-07-10"
GOOD = [("2026-05-01", "2026-05-03"), ("2026-05-20", "2026-06-01"), ("2026-07-09", "2026-07-09")]
LOW = {"frequency": "only_time", "safe_tonight": "yes", "harm_thoughts": "no"}


def said(table, **facts):
    """What a table says about these facts."""
    read = decisions.read((published.PROCESSES / f"{table}.dmn").read_bytes(), table)
    return deciding.decide(read[0], facts, functions={"period_end": _period_end}, at=None)


def _period_end(first, months):
    return period_end(first, months) if first else None


def threshold(reports, band="standard", **more):
    """What the threshold table says about reports (behaviour, complaint[, incident[, harm]])."""
    rows = []
    for number, (happened_on, reported_on, *rest) in enumerate(reports, 1):
        incident, asb = (*rest, *(number, "yes")[len(rest) :])
        rows.append({"happened_on": happened_on, "reported_on": reported_on, "incident": incident, "asb": asb})
    facts = {"reports": rows, "application": {"received_on": APPLIED_ON}, "risk": {"band": band}} | more
    return said("threshold", **facts)["threshold"]


@pytest.mark.parametrize(
    "why,reports,qualify",
    [
        ("V1 all three in time", GOOD, 3),
        ("V2 one incident, told to three bodies", [("2026-05-01", "2026-05-03", 1)] * 3, 1),
        (
            "V3 the 14th of April is in time, the 15th is not",
            [("2026-03-15", "2026-04-14"), ("2026-03-15", "2026-04-15"), ("2026-07-01", "2026-07-02")],
            2,
        ),
        (
            "V4 six months from 11 January end on 10 July, from 10 January on 9 July",
            [("2026-01-10", "2026-01-11"), ("2026-01-09", "2026-01-10"), ("2026-07-01", "2026-07-02")],
            2,
        ),
        ("V8 no harassment, alarm or distress", [(*one, n, "no") for n, one in enumerate(GOOD)], 0),
        ("a month from 31 January ends on 28 February", [("2026-01-31", "2026-02-28")], 1),
        ("and not on 1 March", [("2026-01-31", "2026-03-01")], 0),
        ("a complaint before the behaviour", [("2026-05-03", "2026-05-01")], 0),
        ("a complaint after the application", [("2026-07-09", "2026-07-11")], 0),
        ("no day given", [(None, "2026-07-09")], 0),
        ("nothing reported", [], 0),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_complaints_count_as_the_act_says(why, reports, qualify):
    answer = threshold(reports)
    assert answer["qualifying"] == qualify
    assert answer["decision"] == ("met" if qualify >= 3 else "to decide")


def test_a_case_without_a_day_of_receipt_counts_from_the_day_it_was_opened():
    assert threshold(GOOD, application={}, case={"opened_on": APPLIED_ON})["qualifying"] == 3


def test_three_complaints_lock_the_threshold_whatever_the_risk():
    assert {threshold(GOOD, band)["decision"] for band in ("standard", "medium", "high")} == {"met"}


def test_high_risk_below_three_complaints_is_put_to_a_person_with_a_word_for_it():
    answer = threshold(GOOD[:2], "high")
    assert answer["decision"] == "to decide"
    assert "risk is high" in answer["recommendation"]


def test_the_table_never_refuses():
    assert all('"not met"' not in cell for _, cells in published.rows("threshold") for cell in cells)


def test_complaints_are_counted_in_the_same_way_in_every_cell():
    counted = published.xml("threshold.dmn").findtext(".//m:inputExpression/m:text", "", published.NAMES)
    assert {cells[0] for _, cells in published.rows("threshold")} == {counted}


def test_nothing_answered_scores_nothing():
    assert said("risk_score") == {"risk": {"score": 0}}


def test_the_worst_of_all_answers_scores_what_the_matrix_allows():
    worst = {
        "frequency": "daily",
        "getting_worse": "both",
        "linked": "yes",
        "known": "same_building",
        "history": "now",
        "target": "victim",
        "hate": "yes",
        "raises": ["children", "isolation", "substances", "domestic_abuse", "bail", "other"],
        "affected": "extremely",
        "health": ["physical", "mental"],
        "needs": ["disability", "long_illness", "mental_health"],
        "support": "none",
        "others": ["household", "neighbours", "children"],
        "daily_life": "major",
    }
    assert said("risk_score", risk=worst) == {"risk": {"score": 53}}


@pytest.mark.parametrize(
    "score,band",
    [(0, "standard"), (15, "standard"), (16, "medium"), (27, "medium"), (28, "high"), (53, "high")],
)
def test_the_score_bands_the_risk(score, band):
    assert said("risk_band", risk=LOW | {"score": score})["risk"]["band"] == band


@pytest.mark.parametrize(
    "answers",
    [
        {"harm_thoughts": "yes"},
        {"safe_tonight": "no"},
        {"violence": "yes"},
        {"serious_harm": "yes"},
        {"judgement": "high"},
        {"hate": "yes", "target": "victim"},
        {"hate": "yes", "target": "household"},
    ],
    ids=lambda answers: " and ".join(answers),
)
def test_one_danger_is_enough_for_high_risk(answers):
    answer = said("risk_band", risk=LOW | {"score": 0} | answers)["risk"]
    assert answer["band"] == "high"
    assert answer["reason"]


def test_hate_against_nobody_in_particular_is_left_to_the_score():
    assert said("risk_band", risk=LOW | {"score": 3, "hate": "yes", "target": "area"})["risk"]["band"] == "standard"


def test_every_answer_of_the_matrix_has_its_points():
    """Answers without a row of their own score nothing; every row names an answer that can be given."""
    offered = {
        part["key"]: {value["value"] for value in part["values"]}
        for part in published.components(published.form("complete_matrix"))
        if "values" in part
    }
    inputs = [e.text for e in published.xml("risk_score.dmn").iterfind(".//m:inputExpression/m:text", published.NAMES)]
    for cells, _ in published.rows("risk_score"):
        for question, cell in zip(inputs, cells, strict=True):
            if cell.startswith('"'):
                assert cell.strip('"') in offered[question], question


@pytest.mark.parametrize(
    "facts,limit",
    [
        ({}, "working day 3"),
        ({"application": {"in_danger": "no"}}, "working day 3"),
        ({"application": {"in_danger": "yes"}}, "working day 1"),
        ({"risk": {"band": "high"}}, "working day 1"),
        ({"risk": {"band": "standard"}, "application": {"in_danger": "yes"}}, "working day 3"),
    ],
)
def test_danger_makes_the_interview_sooner(facts, limit):
    assert said("timescales", milestone="interview", **facts)["limit"] == limit


def test_a_second_round_counts_its_days_from_its_own_start():
    for milestone, facts in product(
        ("panel", "outcome", "return_information"),
        ({"appeal": {"outcome": "overturned"}}, {"progress": {"decision": "not enough"}}),
    ):
        assert not said("timescales", milestone=milestone, **facts)["limit"].startswith("working day")
