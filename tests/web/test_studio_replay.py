"""The page on which closed cases are replayed through a draft."""

import pytest

from app.editor import replaying
from tests.walks import tiny
from tests.walks.test_moving_releases import drawn, publish
from tests.web import studio
from tests.web.studio import said, upload


@pytest.fixture
def draft(counter, clock):
    """The address of a draft, after a case was closed."""
    replaying.RESULTS.clear()
    publish(clock, "5 days")
    case = tiny.begin("p", clock)
    clock.pass_(days=4)
    tiny.finish(case, clock)
    counter.sign_in(studio.OWNER)
    return studio.begin(counter, "Shorter")


def test_the_numbers_come_first_and_then_the_cases_that_differ(counter, draft):
    page = counter.get(f"{draft}/replay")
    assert "1 closed case replayed: 0 would go elsewhere" in said(counter, page)
    upload(counter, draft, "p.bpmn", drawn("3 days")["p.bpmn"])
    page = counter.get(f"{draft}/replay")
    assert "1 more and 0 fewer limits missed" in said(counter, page)
    assert "Limits missed with this draft" in said(counter, page) and "Tansy" not in said(counter, page)


def test_what_is_not_replayed_yet_is_gone_on_with(counter, draft, monkeypatch):
    monkeypatch.setattr(replaying.replay, "__kwdefaults__", {"seconds": -1.0})
    page = counter.get(f"{draft}/replay")
    assert "1 closed cases are waiting" in said(counter, page) or "0 of 1 are done" in said(counter, page)
    assert page.xpath("//main//a[.='Go on with the rest']")
