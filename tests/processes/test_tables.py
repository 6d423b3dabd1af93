"""What the decision tables decide: the law's own examples for the threshold, and the bands of risk."""

from dataclasses import replace
from itertools import product

import pytest

from app.engine import decisions as deciding
from app.forms import library
from app.forms.entries import MOST_ROWS
from app.forms.parts import flat
from app.forms.tables import table
from tests.processes import published
from tests.processes.asked import said, tables

APPLIED_ON = "2026-07-10"
GOOD = [("2026-05-01", "2026-05-03"), ("2026-05-20", "2026-06-01"), ("2026-07-09", "2026-07-09")]
LOW = {"frequency": "only_time", "safe_tonight": "yes", "harm_thoughts": "no"}


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
        ("a month from 31 January ends on 28 February", [("2026-01-31", "2026-02-28")], 1),
        ("1 March is the thirtieth day", [("2026-01-31", "2026-03-01")], 1),
        ("and 2 March is too late", [("2026-01-31", "2026-03-02")], 0),
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


REPORT = {
    "happened_on": "2026-05-01",
    "reported_on": "2026-06-10",
    "incident": 1,
    "asb": "yes",
    "reported_to": "police",
}


def complaints(*reports, **facts):
    """Why each report counts or does not; a report says in what it differs from one made too late."""
    found = said(
        "threshold", reports=[REPORT | one for one in reports], application={"received_on": APPLIED_ON}, **facts
    )
    return [one["reason"] for one in found["threshold"]["complaints"]]


def test_of_a_range_of_days_the_last_one_counts():
    assert complaints({}, {"happened_until": "2026-05-11"}, {"happened_until": "2026-05-10"}) == [
        "REPORTED_LATE",
        "OK",
        "REPORTED_LATE",
    ]
    assert complaints({"happened_until": "2026-05-11", "reported_on": "2026-05-04"}) == ["OK"], "told while it went on"
    assert complaints({"happened_until": "2026-04-01", "reported_on": "2026-05-04"}) == ["OK"], "a slip of the pen"


def test_one_that_does_not_count_keeps_no_other_of_its_incident_from_counting():
    in_time = {"reported_on": "2026-05-20"}
    assert complaints({}, in_time, in_time) == ["REPORTED_LATE", "OK", "DUPLICATE"]
    assert complaints({"incident": None} | in_time, {"incident": None} | in_time) == ["OK", "OK"]


def test_to_whom_a_complaint_was_made_counts_only_where_it_is_known():
    told = [
        {"reported_on": "2026-05-20", "incident": n, "reported_to": to} for n, to in enumerate(("nhs", "other", None))
    ]
    assert complaints(*told) == ["OK", "WRONG_BODY", "OK"]


def test_as_many_reports_as_a_form_takes_are_counted():
    many = good(2 * MOST_ROWS)
    assert said("threshold", reports=many, case={"opened_on": APPLIED_ON})["threshold"]["qualifying"] == len(many)


def with_policy(**values):
    """The tables, where the partnership has set these policies otherwise."""
    changed = dict(tables())
    rows = [
        replace(rule, results=(values.get(rule.tests[0].strip('"'), rule.results[0]),))
        for rule in changed["policy"].rules
    ]
    changed["policy"] = replace(changed["policy"], rules=tuple(rows))
    return changed


def good(number):
    """So many reports that count."""
    return [REPORT | {"reported_on": "2026-05-20", "incident": incident} for incident in range(number)]


def agreed(policies, rows, **facts):
    """What the threshold table says under these policies."""
    beside = with_policy(**policies)
    given = {"reports": rows, "application": {"received_on": APPLIED_ON}} | facts
    return deciding.decide(beside["threshold"], given, at=None, beside=beside)["threshold"]


@pytest.mark.parametrize(
    "policies, reports, facts, decision, decided_by",
    [
        ({"complaints_needed": "2"}, 2, {}, "met", "law"),
        ({"complaints_needed": "1"}, 1, {}, "met", "law"),
        ({"complaints_needed": "5"}, 3, {}, "met", "law"),
        ({"complaints_needed": "0"}, 0, {}, "to decide", "person"),
        ({"complaints_needed": "null"}, 3, {}, "met", "law"),
        ({}, 0, {"threshold": {"waived": "yes"}}, "met", "senior officer"),
        ({}, 3, {"threshold": {"waived": "yes"}}, "met", "law"),
        ({}, 0, {"threshold": {"waived": "no"}}, "to decide", "person"),
        ({}, 1, {"risk": {"hate": "yes"}}, "to decide", "person"),
        ({"hate_is_enough": "true"}, 1, {"risk": {"hate": "yes"}}, "met", "policy"),
        ({"hate_is_enough": "true"}, 1, {"risk": {"hate": "no"}}, "to decide", "person"),
        ({}, 1, {"interview": {"people_affected": 50}}, "to decide", "person"),
        ({"people_enough": "5"}, 1, {"interview": {"people_affected": 5}}, "met", "policy"),
        ({"people_enough": "5"}, 1, {"interview": {"people_affected": 4}}, "to decide", "person"),
    ],
)
def test_the_partnership_may_ask_for_less_than_the_act_and_never_for_more(
    policies, reports, facts, decision, decided_by
):
    answer = agreed(policies, good(reports), **facts)
    assert (answer["decision"], answer["decided_by"]) == (decision, decided_by)
    assert 1 <= answer["needed"] <= 3


@pytest.mark.parametrize(
    "days, reason", [("30", "OK"), ("0", "REPORTED_LATE"), ("7", "REPORTED_LATE"), ("null", "REPORTED_LATE")]
)
def test_days_lengthen_the_month_and_never_shorten_it(days, reason):
    thirtieth = {"happened_on": "2026-01-31", "reported_on": "2026-03-01"}
    last_of_may = {"reported_on": "2026-05-31", "incident": 2}
    answer = agreed({"days_to_report": days}, [REPORT | thirtieth, REPORT | last_of_may])
    assert [one["reason"] for one in answer["complaints"]] == [reason, "OK"]


@pytest.mark.parametrize(
    "points, suggests", [((2, 2, 2), "consider that it is met"), ((3, 2, 0), "suggests that it is not met")]
)
def test_persistence_harm_and_answers_are_weighed_together(points, suggests):
    weighed = dict(zip(("persistence", "harm", "adequacy"), map(str, points), strict=True))
    assert suggests in agreed({}, good(1), threshold=weighed)["recommendation"]


def test_the_number_that_is_shown_is_the_number_that_decides():
    asked_first = published.xml("threshold.dmn").findtext(
        "m:decision[@id='threshold']//m:inputExpression/m:text", "", published.NAMES
    )
    assert {f"{cells[0]} >= {cells[4]}" for _, cells in published.rows("threshold")} == {asked_first}


def test_the_decider_sees_of_each_report_if_it_counts_and_why():
    form = library.read((published.FORMS / "decide_threshold.form").read_bytes(), "decide_threshold.form")
    part = next(part for part, _ in flat(form.pages[0].components) if part.type == "table")
    facts = said("threshold", reports=[REPORT], application={"received_on": APPLIED_ON})
    shown = table(part, facts).cells
    assert [cell for cell in shown[0] if cell] == [
        "Friday 1 May 2026",
        "Wednesday 10 June 2026",
        "The police",
        "1",
        "No",
        "It was not made within a month of the day it happened, or a day is not known.",
    ]


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
