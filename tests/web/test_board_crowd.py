"""The board asks the database as often for many cases as for few, and both databases give the same."""

from datetime import timedelta

import pytest

from app.cli import crowding
from tests.conftest import emptied

ADDRESSES = (
    "/status",
    "/status?with=nobody&state=close",
    "/status?with=idle",
    "/status?risk=unknown&q=bench&state=close",
    "/status?columns=step",
    "/status?columns=agency",
)
MOST = 24


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path, empty_sqlite):
    return emptied(request.param, request, tmp_path, empty_sqlite)


def test_the_number_of_statements_is_the_same_with_5_and_with_60_cases(manager, clock, statements):
    crowding.publish(clock)
    counted = []
    for number in (5, 55):
        crowding.wait(number, clock() + timedelta(hours=3))
        counted.append({address: len(sent(manager, statements, address)) for address in ADDRESSES})
    assert counted[0] == counted[1]
    assert max(counted[0].values()) <= MOST


def sent(counter, statements, address):
    """What is asked of the database for a page; no run is read."""
    with statements() as said:
        counter.get(address)
    assert counter.status == 200
    assert not [one for one in said if "snapshot" in one]
    return said


def test_a_page_says_what_to_do_where_nothing_is_open_and_leads_on_where_much_is(manager, clock):
    for address in ("/status", "/status?columns=agency"):
        page = manager.get(address)
        assert manager.words(page.find(".//h1")) == "No case is late or close to its limit"
        assert page.xpath("//*[@class='app-empty'][h2='No case is open']//a")
    crowding.publish(clock)
    crowding.wait(60, clock() + timedelta(hours=3))
    found, page = [], manager.get("/status?state=close")
    assert manager.words(page.find(".//h1")) == "No case is late, and 60 are close to their limit"
    while True:
        found.append(page.xpath("//tr/@data-row"))
        following = page.xpath("//a[@rel='next']/@href")
        if not following:
            break
        page = manager.get(following[0])
    assert [len(rows) for rows in found] == [25, 25, 10]
    assert len(set(sum(found, []))) == 60
    (column,) = manager.get("/status?columns=step").xpath("//ul[@class='app-columns']/li")
    assert len(column.xpath(".//ol/li")) == 3 and "See all 60" in manager.words(column)
