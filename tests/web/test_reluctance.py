"""The page that says where agencies held back."""

import pytest

from tests.walks.test_reluctance import reluctant


def table(counter, page):
    return {counter.words(row[0]): [counter.words(cell) for cell in row[1:]] for row in page.iterfind(".//tbody/tr")}


def test_the_page_counts_each_agency_and_leads_to_the_cases(counter, walk):
    reluctant(walk)
    counter.sign_in("marigold@larkmere.example")
    page = counter.get("/status/agencies?period=2026-Q1")
    rows = table(counter, page)
    assert rows["Larkmere Police"][2] == "1", "declined to answer"
    assert rows["Larkmere NHS board"][0] == "1", "no return"
    assert rows["Larkmere NHS board"][-1] == walk.case.reference
    assert rows["Thistledown Homes"][3] == "1", "not at the panel"
    assert page.xpath(f"//a[@href='/cases/{walk.case.reference}/timeline']")


def test_a_quarter_without_cases_has_every_agency_at_nothing(manager):
    page = manager.get("/status/agencies?period=2025-Q4")
    assert "October to December 2025" in manager.words(page)
    assert {cell for row in table(manager, page).values() for cell in row} == {"0", "None"}


@pytest.mark.parametrize("who", ["horatio@larkmere.example", "basil@larkmere.example", "marigold@larkmere.example"])
def test_those_who_answer_for_the_partnership_see_it(counter, who):
    counter.sign_in(who)
    page = counter.get("/status")
    assert page.xpath("//nav//a[@href='/status/agencies']")
    counter.get("/status/agencies")
    assert counter.status == 200


@pytest.mark.parametrize("who", ["rowan@police.larkmere.example", "fern@support.example"])
def test_nobody_else_does(counter, who):
    counter.sign_in(who)
    counter.get("/status/agencies")
    assert counter.status == 403
