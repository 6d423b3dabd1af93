"""What the tables say about a case: who is told, who is asked, who may chair, what is heard, seen and kept."""

import pytest

from tests.processes import published
from tests.processes.asked import said

AGENCIES = [
    {"value": "police", "label": "Larkmere Police"},
    {"value": "council", "label": "Larkmere Council"},
    {"value": "nhs", "label": "Larkmere NHS board"},
    {"value": "thistledown_homes", "label": "Thistledown Homes"},
]


def routes(**facts):
    return " · ".join(said("escalation_route", **facts)["risk"]["routes"])


@pytest.mark.parametrize(
    "facts, whom",
    [
        ({}, "101"),
        ({"risk": {"band": "high"}}, "ASB MARAC"),
        ({"risk": {"violence": "yes"}}, "999"),
        ({"risk": {"violence": "yes"}}, "Fire service"),
        ({"risk": {"safe_tonight": "no"}}, "999"),
        ({"application": {"in_danger": "yes"}}, "999"),
        ({"risk": {"harm_thoughts": "yes"}}, "crisis team"),
        ({"risk": {"serious_harm": "yes", "raises": ["children"]}}, "children’s MASH"),
        ({"risk": {"serious_harm": "yes", "others": ["children"]}}, "children’s MASH"),
        ({"risk": {"serious_harm": "yes", "needs": ["care_needs"]}}, "adult MASH"),
        ({"risk": {"raises": ["domestic_abuse"]}}, "domestic abuse MARAC"),
        ({"needs": {"found": "yes"}}, "Approved mental health professional"),
        ({"risk": {"health": ["mental"]}}, "Approved mental health professional"),
        ({"risk": {"hate": "yes"}}, "hate crime officer"),
        ({"application": {"kinds": ["noise", "hate"]}}, "Prevent lead"),
        ({"application": {"kinds": ["cuckooing"]}}, "taken over"),
    ],
)
def test_what_is_known_of_a_risk_says_who_is_told(facts, whom):
    assert whom in routes(**facts)
    assert whom == "101" or whom not in routes(risk={"violence": "no", "safe_tonight": "yes", "raises": []})


def suggested(agencies=AGENCIES, **facts):
    return said("agencies_to_ask", agencies=agencies, **facts)["suggested"]["agencies"]


@pytest.mark.parametrize(
    "facts, keys",
    [
        ({}, []),
        ({"victim": {"tenure": "housing_association", "landlord": "Thistledown Homes"}}, ["thistledown_homes"]),
        ({"victim": {"landlord": "thistledown"}}, ["thistledown_homes"]),
        ({"victim": {"landlord": "Thistledown Homes Ltd, 3 High Street"}}, ["thistledown_homes"]),
        ({"victim": {"landlord": "Mr Home"}}, []),
        ({"victim": {"landlord": "me"}}, []),
        ({"victim": {"landlord": "Larkmere Council"}}, []),
        ({"application": {"health": "I cannot sleep."}}, ["nhs"]),
        ({"application": {"health": ""}}, []),
        ({"risk": {"health": [], "needs": []}}, []),
        ({"risk": {"needs": ["disability"]}, "reports": [{"reported_to": "nhs"}]}, ["nhs"]),
        ({"reports": [{"reported_to": "police"}, {"reported_to": "nhs"}]}, ["nhs"]),
        ({"application": {"kinds": ["noise", "drugs"]}}, []),
    ],
)
def test_agencies_that_may_know_something_are_suggested_if_they_take_part(facts, keys):
    assert suggested(**facts) == ["police", "council", *keys]


def test_a_partnership_with_more_agencies_is_suggested_more():
    more = [{"value": key, "label": key} for key in ("environmental_health", "drug_service", "childrens_services")]
    facts = {"application": {"kinds": ["noise", "drugs"]}, "risk": {"raises": ["children", "substances"]}}
    assert suggested([*AGENCIES, *more], **facts) == [
        "police",
        "council",
        "environmental_health",
        "childrens_services",
        "drug_service",
    ]
    assert suggested([]) == []


def test_every_suggestion_has_its_reason():
    found = said("agencies_to_ask", agencies=AGENCIES, application={"health": "x"})["suggested"]
    assert len(found["agencies"]) == len(found["reasons"]) == 3


CHOSEN = {
    "agencies": AGENCIES,
    "chosen_agencies": ["police", "thistledown_homes"],
    "reports": [{"reported_to": "council"}],
}


@pytest.mark.parametrize(
    "service, more, conflict",
    [
        ("independent", {}, "no"),
        ("other", {}, "no"),
        ("A neighbouring borough", {}, "no"),
        ("nhs", {}, "no"),
        ("police", {}, "yes"),
        (" Larkmere police ", {}, "yes"),
        ("council", {}, "yes"),
        ("thistledown_homes", {}, "yes"),
        ("thistledown_homes", {"chosen_agencies": ["police"]}, "no"),
        (
            "thistledown_homes",
            {
                "chosen_agencies": ["police"],
                "reports": [{"reported_to": "landlord"}],
                "victim": {"landlord": "Thistledown Homes"},
            },
            "yes",
        ),
        ("", {}, "yes"),
        (None, {}, "yes"),
    ],
)
def test_nobody_chairs_who_works_for_a_service_that_the_case_is_about(service, more, conflict):
    panel = said("chair_conflict", panel={"chair_service": service, "chair_independent": True}, **CHOSEN | more)[
        "panel"
    ]
    assert panel["chair_conflict"] == conflict
    assert panel["chair_conflict_reason"]


def test_nobody_chairs_who_took_part():
    panel = said("chair_conflict", panel={"chair_service": "nhs", "chair_independent": False}, **CHOSEN)["panel"]
    assert panel == {
        "chair_conflict": "yes",
        "chair_conflict_reason": "The chair took part in dealing with the reports.",
    }


@pytest.mark.parametrize(
    "appeal, admissible",
    [
        ({}, "accept"),
        ({"about": "refusal", "grounds": ["threshold"], "late_reason": None}, "accept"),
        ({"about": "review", "late_reason": ""}, "accept"),
        ({"about": "delay", "late_reason": "I was in hospital."}, "accept late"),
        ({"about": "plan", "late_reason": "I was in hospital."}, "accept late"),
        ({"about": "refusal", "outcome": "upheld", "grounds": ["threshold"]}, "signpost"),
        ({"about": "refusal", "outcome": "upheld", "grounds": ["threshold", "new"]}, "accept"),
        ({"about": "refusal", "outcome": "upheld", "grounds": ["new"], "late_reason": "Ill."}, "accept late"),
        ({"about": "review", "outcome": "overturned", "grounds": ["facts"]}, "accept"),
    ],
)
def test_an_appeal_is_heard_or_told_where_to_go(appeal, admissible):
    answer = said("appeal_admissible", appeal=appeal)["appeal"]
    assert answer["admissible"] == admissible
    assert answer["admissible_reason"]


def test_what_an_appeal_can_be_about_is_what_the_form_asks():
    form = {part.get("key"): part for part in published.components(published.form("appeal_received"))}
    for value in form["appeal.about"]["values"]:
        kind = "review" if value["value"] in ("review", "plan") else "application"
        assert kind in said("appeal_admissible", appeal={"about": value["value"]})["appeal"]["admissible_reason"]


@pytest.mark.parametrize(
    "marking, sees",
    [
        ("panel_and_victim", {"Panel chair", "Coordinator", "Agencies", "agency", "victim", "Applicant or representative"}),
        ("panel", {"Panel chair", "Coordinator", "Agencies", "agency"}),
        ("chair", {"Panel chair"}),
        (None, {"Panel chair"}),
        ("do_not_record", set()),
    ],
)  # fmt: skip
def test_a_marking_says_who_sees_an_item(marking, sees):
    for role in (
        "Panel chair",
        "Coordinator",
        "Agencies",
        "agency",
        "victim",
        "Applicant or representative",
        "x",
        None,
    ):
        shown = said("who_may_see", item={"marking": marking, "own": False}, reader={"role": role})["see"]
        assert shown == ("show" if role in sees else "mask"), role


def test_an_agency_sees_what_it_told_whatever_its_marking():
    for marking in ("chair", "do_not_record", None):
        assert said("who_may_see", item={"marking": marking, "own": True}, reader={"role": "agency"})["see"] == "show"


def test_every_marking_that_an_agency_can_give_has_its_own_rows():
    form = {part.get("key"): part for part in published.components(published.form("return_information"))}
    given = {value["value"] for value in form["information.marking"]["values"]}
    assert given <= {"panel_and_victim", "panel", "chair", "do_not_record"}


@pytest.mark.parametrize(
    "facts, years",
    [
        ({}, 6),
        ({"closure": {"reason": "stopped"}, "threshold": {"decision": "met"}}, 6),
        ({"closure": {"reason": "withdrawn"}}, 3),
        ({"closure": {"reason": "refused"}}, 3),
        ({"withdrawal": {"decision": "stop"}}, 3),
        ({"withdrawal": {"decision": "go_on"}}, 6),
        ({"threshold": {"decision": "not met"}}, 3),
        ({"threshold": {"decision": "not met"}, "appeal": {"outcome": "upheld"}}, 3),
        ({"threshold": {"decision": "not met"}, "appeal": {"outcome": "overturned"}}, 6),
    ],
)
def test_a_case_is_kept_for_as_long_as_agreed(facts, years):
    kept = said("retention", **facts)["retention"]
    assert kept["years"] == years
    assert f"{years} years" in kept["reason"]


def test_the_example_points_say_that_they_are_an_example_wherever_they_are_seen():
    notes = [
        published.xml(f"{t}.dmn").findtext("m:decision/m:description", "", published.NAMES)
        for t in ("risk_score", "risk_band")
    ]
    first = next(published.components(published.form("complete_matrix")["components"][0]))
    assert all("example: the partnership must put its own in their place" in note for note in notes)
    assert "are an example" in first["text"]
    assert all("example" in said("risk_band", risk={"score": score})["risk"]["reason"] for score in (0, 16, 28))
