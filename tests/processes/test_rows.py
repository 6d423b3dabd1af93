"""No gap and no overlap: every combination of what a table tells apart, and of not knowing, meets one row."""

from itertools import product

import pytest

from tests.processes import asked
from tests.processes.asked import rows_for, tables

SINGLE = "qualifying_complaint threshold chair_conflict appeal_admissible who_may_see retention second_report".split()


@pytest.mark.parametrize("table", SINGLE)
def test_exactly_one_row_matches_whatever_is_known(table):
    assert tables()[table].hit_policy == "UNIQUE"
    odd = [values for values in asked.combinations(table) if len(rows_for(table, list(values))) != 1]
    assert odd == []


@pytest.mark.parametrize("table", [*SINGLE, "risk_band"])
def test_every_row_counts_for_something(table):
    met = {rows_for(table, list(values))[0] for values in asked.combinations(table)}
    assert met == {rule.id for rule in tables()[table].rules}


def test_every_one_table_of_the_procedure_is_looked_through():
    """UNIQUE tables answer once; those that add up or list are looked through below; timescales have their own."""
    single = {table.id for table in tables().values() if table.hit_policy == "UNIQUE" and table.inputs}
    assert single == {*SINGLE, "policy"}
    assert {table.id for table in tables().values() if table.hit_policy == "FIRST"} == {"risk_band", "timescales"}
    assert {table.id for table in tables().values() if table.hit_policy == "COLLECT"} == {
        "risk_score",
        "escalation_route",
        "agencies_to_ask",
    }


def test_each_policy_is_written_once():
    named = [rule.tests[0] for rule in tables()["policy"].rules]
    assert len(named) == len(set(named))
    assert all(rows_for("policy", [name.strip('"')]) == [name.strip('"')] for name in named)


def test_a_route_leads_somewhere_whatever_is_known_and_more_knowledge_takes_none_away():
    table = tables()["escalation_route"]
    flags = len(table.inputs) - 1
    for band, values in product(("high", "standard", None), product((True, None), repeat=flags)):
        rows = rows_for("escalation_route", [band, *values])
        assert "police_always" in rows
        assert ("risk_conference" in rows) == (band == "high")
        assert {*rows} >= {*rows_for("escalation_route", [band, *([None] * flags)])}
    assert len(rows_for("escalation_route", ["high"] + [True] * flags)) == len(table.rules)


def test_nobody_is_suggested_who_does_not_take_part():
    for flags in product((True, False), repeat=6):
        assert rows_for("agencies_to_ask", [[], ["noise", "drugs", "street_drinking"], None, ["nhs"], *flags]) == []


PARTNERS = [rule.results[0].strip('"') for rule in tables()["agencies_to_ask"].rules]
KINDS = ([], ["noise"], ["animals", "drugs"], ["street_drinking"], None)


def test_no_agency_is_suggested_twice_and_police_and_council_always_are():
    """Some things are only known later: nobody is asked for not knowing."""
    cells = {rule.id: rule.results[0] for rule in tables()["agencies_to_ask"].rules}
    for kinds, landlord, told in product(KINDS, ("thistledown_homes", None), (["nhs"], ["police"], None)):
        for flags in product((True, False), repeat=6):
            rows = rows_for("agencies_to_ask", [PARTNERS, kinds, landlord, told, *flags])
            suggested = [cells[row] for row in rows]
            assert len(suggested) == len(set(suggested))
            assert suggested[:2] == ['"police"', '"council"']
            assert ("landlord_of_victim" in rows) == (landlord is not None)
