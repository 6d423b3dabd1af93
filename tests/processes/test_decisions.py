"""The published tables as a run asks them: the act's own examples, the bands of risk, and the days promised."""

from datetime import UTC, datetime

import pytest

from app import errors
from app.cases import deciding
from app.engine import promises
from app.engine.library import procedure
from app.law import limit_words
from tests.engine.bench import Case, drawing
from tests.processes import published

TABLES = {f"{name}.dmn": (published.PROCESSES / f"{name}.dmn").read_bytes() for name in published.TABLES}
GOOD = [("2026-05-01", "2026-05-03"), ("2026-05-20", "2026-06-01"), ("2026-07-09", "2026-07-09")]
DECIDER = '<userTask id="after"/><startEvent id="begin"/><endEvent id="done"/>'
ASKED = (
    '<businessRuleTask id="{0}"><extensionElements><spiffworkflow:calledDecisionId>{0}'
    "</spiffworkflow:calledDecisionId></extensionElements></businessRuleTask>"
)
FLOW = '<sequenceFlow id="{0}_{1}" sourceRef="{0}" targetRef="{1}"/>'


def decided(*tables, **facts):
    """The facts after a run has asked these tables, one after the other."""
    way = ["begin", *tables, "after", "done"]
    body = DECIDER + "".join(ASKED.format(table) for table in tables)
    body += "".join(FLOW.format(one, other) for one, other in zip(way, way[1:], strict=False))
    case = Case.follow(procedure(TABLES | {"ask.bpmn": drawing(body)}), "p", **facts)
    assert case.open() == ["after"]
    return case.facts


def threshold(reports, received_on="2026-07-10", **facts):
    """What is said about reports, each (behaviour, complaint[, incident[, whether it is antisocial behaviour]])."""
    rows = []
    for number, (happened_on, reported_on, *rest) in enumerate(reports):
        incident, asb = (*rest, *(f"incident {number}", "yes")[len(rest) :])
        rows.append({"happened_on": happened_on, "reported_on": reported_on, "incident": incident, "asb": asb})
    return decided("threshold", reports=rows, application={"received_on": received_on}, **facts)["threshold"]


@pytest.mark.parametrize(
    "vector, reports, qualify",
    [
        ("V1", GOOD, 3),
        ("V2", [(*days, "one") for days in GOOD], 1),
        ("V3", [("2026-03-15", "2026-04-14"), ("2026-03-15", "2026-04-15"), ("2026-07-01", "2026-07-02")], 2),
        ("V4", [("2026-01-10", "2026-01-11"), ("2026-01-09", "2026-01-10"), ("2026-07-01", "2026-07-02")], 2),
        ("V5", GOOD, 3),
        ("V6", [("2026-04-01", "2026-04-02"), ("2026-05-01", "2026-05-03"), ("2026-05-25", "2026-05-26")], 3),
        ("V7", GOOD[:2], 2),
        ("V8", [(*days, number, "no") for number, days in enumerate(GOOD)], 0),
    ],
)
def test_a_run_counts_complaints_as_the_act_does(vector, reports, qualify):
    said = threshold(reports)
    assert said["qualifying"] == qualify
    assert said["decision"] == ("met" if qualify >= 3 else "to decide")


def test_a_recommendation_to_meet_stands_beside_two_good_complaints_at_high_risk():
    said = threshold(GOOD[:2], risk={"band": "high"})  # V7
    assert (said["qualifying"], said["decision"]) == (2, "to decide")
    assert "consider that it is met" in said["recommendation"]


@pytest.mark.parametrize(
    "happened_on, reported_on, received_on, counts",
    [
        ("2026-01-31", "2026-02-28", "2026-07-10", True),
        ("2026-01-31", "2026-03-01", "2026-07-10", True),  # the thirtieth day
        ("2026-01-31", "2026-03-02", "2026-07-10", False),
        ("2028-01-31", "2028-02-29", "2028-03-01", True),
        ("2028-01-31", "2028-03-01", "2028-03-02", False),
        ("2026-01-05", "2026-02-04", "2026-08-03", True),
        ("2026-01-05", "2026-02-04", "2026-08-04", False),
        ("2026-08-31", "2026-08-31", "2027-02-28", True),
        ("2026-08-31", "2026-08-31", "2027-03-01", False),
        ("2026-07-10", "2026-07-10", "2026-07-10", True),
        ("2026-07-11", "2026-07-10", "2026-07-12", False),
        ("2026-07-09", "2026-07-11", "2026-07-10", False),
        (None, "2026-07-09", "2026-07-10", False),
        ("2026-07-09", None, "2026-07-10", False),
        ("last week", "2026-07-09", "2026-07-10", False),
        ("2026-02-30", "2026-07-09", "2026-07-10", False),
    ],
)
def test_a_complaint_counts_to_the_last_day_of_both_its_periods(happened_on, reported_on, received_on, counts):
    assert threshold([(happened_on, reported_on)], received_on)["qualifying"] == int(counts)


@pytest.mark.parametrize("facts", [{}, {"risk": {}}, {"risk": {"band": None}}, {"risk": {"band": "medium"}}])
def test_the_threshold_says_something_before_the_risk_is_known(facts):
    assert threshold([], **facts)["decision"] == "to decide"


LOW = {"safe_tonight": "yes", "harm_thoughts": "no", "violence": "no", "serious_harm": "no", "hate": "no"}
SOME = {"frequency": "most_weeks", "getting_worse": "one", "linked": "yes", "known": "known", "history": "none"}
MORE = SOME | {"target": "household", "affected": "a_lot", "health": ["sleep"], "support": "little"}


@pytest.mark.parametrize(
    "answers, score, band",
    [
        ({}, 0, "standard"),
        ({"frequency": "only_time"}, 0, "standard"),
        (SOME, 9, "standard"),
        (MORE, 20, "medium"),
        (
            MORE | {"daily_life": "major", "others": ["children"], "raises": ["bail"], "needs": ["illness"]},
            27,
            "medium",
        ),
        (MORE | {"daily_life": "major", "others": ["a", "b"], "raises": ["bail"], "needs": ["illness"]}, 28, "high"),
        (SOME | {"safe_tonight": "no"}, 9, "high"),
        (SOME | {"harm_thoughts": "yes"}, 9, "high"),
        (SOME | {"violence": "yes"}, 9, "high"),
        (SOME | {"serious_harm": "yes"}, 9, "high"),
        (SOME | {"hate": "yes", "target": "victim"}, 16, "high"),
        (SOME | {"hate": "yes", "target": "area"}, 13, "standard"),
        (SOME | {"judgement": "high"}, 9, "high"),
        (MORE | {"judgement": "standard"}, 20, "medium"),
    ],
)
def test_the_matrix_is_added_up_and_banded_in_one_go(answers, score, band):
    risk = decided("risk_score", "risk_band", risk=LOW | answers)["risk"]
    assert (risk["score"], risk["band"]) == (score, band)
    assert risk["reason"]


@pytest.fixture(scope="module")
def shared():
    return procedure({path.name: path.read_bytes() for path in published.PROCESSES.iterdir() if path.is_file()})


def test_every_agreed_timescale_is_a_limit_whatever_the_case(shared):
    cases = (
        {},
        {"risk": {"band": "high"}},
        {"appeal": {"outcome": "overturned"}},
        {"application": {"in_danger": "yes"}},
    )
    milestones = promises.milestones(shared)
    assert len(milestones) > 15
    for milestone in milestones:
        for facts in cases:
            assert limit_words.read(promises.timescale(shared, milestone, facts)).words


def test_a_table_can_be_asked_outside_a_run(shared):
    at = datetime(2026, 7, 10, tzinfo=UTC)
    item = {"item": {"marking": "panel", "own": False}, "reader": {"role": "victim"}}
    assert deciding.decided(shared, "who_may_see", item, at=at) == {"see": "mask", "why": "It is for the panel."}
    reports = [{"happened_on": a, "reported_on": b, "incident": a, "asb": "yes"} for a, b in GOOD]
    facts = {"reports": reports, "application": {"received_on": "2026-07-10"}}
    assert deciding.decided(shared, "threshold", facts, at=at)["threshold"]["decision"] == "met"
    with pytest.raises(errors.CannotGoOn, match="There is no decision table ‘tea’"):
        deciding.decided(shared, "tea", {}, at=at)


def test_a_milestone_nobody_agreed_has_no_timescale(shared):
    assert promises.timescale(shared, "tea", {}) == ""


@pytest.mark.parametrize(
    "opened, days",
    [
        (
            "2026-03-02",
            {
                "acknowledge": "Wed 4 Mar 2026",
                "interview": "Thu 5 Mar 2026",
                "threshold": "Mon 9 Mar 2026",
                "return_information": "Wed 11 Mar 2026",
                "panel": "Mon 16 Mar 2026",
                "outcome": "Wed 18 Mar 2026",
            },
        ),
        (
            "2026-12-18",
            {
                "acknowledge": "Tue 22 Dec 2026",
                "interview": "Wed 23 Dec 2026",
                "threshold": "Tue 29 Dec 2026",
                "return_information": "Thu 31 Dec 2026",
                "panel": "Wed 6 Jan 2027",
                "outcome": "Fri 8 Jan 2027",
            },
        ),
        ("2027-12-24", {"acknowledge": "Thu 30 Dec 2027", "interview": "Fri 31 Dec 2027", "panel": "Wed 12 Jan 2028"}),
    ],
)
def test_the_days_promised_from_the_application_leave_out_bank_holidays(shared, opened, days):
    opened_at = datetime.fromisoformat(f"{opened}T12:00").replace(tzinfo=UTC)
    promised = promises.promised(shared, {}, opened_at=opened_at)
    assert {m: f"{promised[m].on:%a} {promised[m].on.day} {promised[m].on:%b %Y}" for m in days} == days


def test_danger_in_the_application_brings_the_interview_forward(shared):
    opened_at = datetime(2026, 3, 2, 12, tzinfo=UTC)
    promised = promises.promised(shared, {"application": {"in_danger": "yes"}}, opened_at=opened_at)
    assert promised["interview"].on.isoformat() == "2026-03-03"


@pytest.mark.parametrize(
    "first, second, owed",
    [
        ("2026-05-01", "2026-10-31", "yes"),
        ("2026-05-01", "2026-11-01", "no"),
        ("2026-10-31", "2026-05-01", "yes"),
        ("2026-05-01", "2026-05-01", "yes"),
        ("2025-08-31", "2026-02-28", "yes"),
        ("2025-08-31", "2026-03-01", "no"),
    ],
)
def test_two_reports_in_any_6_months_are_a_second_report(first, second, owed):
    reports = [{"reference": "A1", "reported_on": first}, {"reference": "A2", "reported_on": second}]
    assert decided("second_report", reports=reports)["notice"]["owed"] == owed


def test_one_report_is_no_second_report():
    assert decided("second_report", reports=[{"reference": "A1", "reported_on": "2026-05-01"}])["notice"] == {
        "owed": "no"
    }
