"""The vectors V1 to V8 of the threshold: three complaints, one month, six months, an application of 10 July 2026.

Whether the tables decide as agreed with the law in hand; what letters and tasks make of it is walked elsewhere.
"""

import pytest

from tests.processes.asked import said

GOOD = [("2026-05-01", "2026-05-03"), ("2026-05-20", "2026-06-01"), ("2026-07-09", "2026-07-09")]
ONE = ("2026-07-01", "2026-07-02")


def reports(days, **more):
    """Reports of these days, each about an incident of its own."""
    return [
        {"happened_on": happened, "reported_on": reported, "incident": number, "asb": "yes", "reported_to": "police"}
        | {key: value[number] if isinstance(value, list) else value for key, value in more.items()}
        for number, (happened, reported) in enumerate(days)
    ]


def threshold(rows, **facts):
    """What the table says about these reports."""
    return said("threshold", reports=rows, application={"received_on": "2026-07-10"}, **facts)["threshold"]


@pytest.mark.parametrize(
    "vector, rows, reasons",
    [
        ("V1", reports(GOOD), ["OK", "OK", "OK"]),
        (
            "V2",
            reports(GOOD[:1] * 3, incident=1, reported_to=["police", "council", "landlord"]),
            ["OK", "DUPLICATE", "DUPLICATE"],
        ),
        ("V3", reports([("2026-03-15", "2026-04-14"), ("2026-03-15", "2026-04-15"), ONE]), ["OK", "REPORTED_LATE", "OK"]),
        ("V4", reports([("2026-01-10", "2026-01-11"), ("2026-01-09", "2026-01-10"), ONE]), ["OK", "TOO_OLD", "OK"]),
        ("V6", reports([("2026-04-01", "2026-04-02"), ("2026-05-01", "2026-05-03"), ("2026-05-25", "2026-05-26")]), ["OK"] * 3),
        ("V8", reports(GOOD, asb="no"), ["NOT_ASB"] * 3),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_each_complaint_counts_or_says_why_not(vector, rows, reasons):
    decided = threshold(rows)
    assert [one["reason"] for one in decided["complaints"]] == reasons
    assert all(one["why"] for one in decided["complaints"])
    assert decided["qualifying"] == reasons.count("OK")
    assert (decided["decision"], decided["decided_by"]) == (
        ("met", "law") if reasons.count("OK") >= 3 else ("to decide", "person")
    )


def test_v5_three_good_complaints_meet_it_before_the_victim_has_agreed():
    """Telling the representative is held back elsewhere; the count is not."""
    asked = {"name": "A Member's office", "relationship": "mp", "authority": "not_yet"}
    assert threshold(reports(GOOD), representative=asked)["decision"] == "met"


def test_v6_no_local_rule_about_the_last_month_takes_a_right_away():
    newest = reports([("2026-04-01", "2026-04-02"), ("2026-05-01", "2026-05-03"), ("2026-05-25", "2026-05-26")])
    assert threshold(newest)["recommendation"] == "Met by law: enough complaints qualify. Nobody may refuse."


def test_v7_two_good_complaints_of_a_vulnerable_victim_are_put_to_a_person_as_met():
    risk = {"score": 20, "harm_thoughts": "yes", "needs": ["care_needs"]}
    risk |= said("risk_band", risk=risk)["risk"]
    decided = threshold(reports(GOOD[:2]), risk=risk)
    assert (decided["qualifying"], decided["decision"]) == (2, "to decide")
    assert "consider that it is met" in decided["recommendation"]
    waived = threshold(reports(GOOD[:2]), risk=risk, threshold={"waived": "yes"})
    assert (waived["decision"], waived["decided_by"]) == ("met", "senior officer")
    assert any("crisis team" in route for route in said("escalation_route", risk=risk)["risk"]["routes"])


def test_v8_the_decider_is_told_to_look_at_all_incidents_together():
    assert "look at what they do together" in threshold(reports(GOOD, asb="no"))["recommendation"]
    assert "together" not in threshold(reports(GOOD[:2], asb="no"))["recommendation"]
