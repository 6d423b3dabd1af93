"""The page about agreed times: what differs, what moving would do, and choosing."""

import pytest

from app.store import cases
from app.store.db import db
from tests.walks import agreed, tiny

MANAGER = "marigold@larkmere.example"
ADDRESS = "/admin/timescales"


pytestmark = pytest.mark.usefixtures("agreed_times")


def the_form(page):
    return next(form for form in page.forms if form.action == ADDRESS)


def said(counter, page):
    return counter.words(page.find(".//main"))


def test_where_every_case_follows_the_same_times_there_is_nothing_to_choose(manager, clock):
    tiny.begin("panelled", clock)
    page = manager.get(ADDRESS)
    assert "1 open case follows them." in said(manager, page)
    assert "Every open case follows these times" in said(manager, page)


def test_what_differs_is_said_and_leaving_it_is_the_default(manager, clock):
    case = tiny.begin("panelled", clock)
    clock.pass_(days=2)
    agreed.publish(clock, interview="1 working day")
    manager.sign_in(MANAGER)  # a working day is over
    found = said(manager, manager.get(ADDRESS))
    assert "1 open case follows the times published on Monday 2 March 2026" in found
    assert "Interview: time limit ‘3 working days’ becomes ‘1 working day’" in found
    assert "To leave them as they are, do nothing." in found
    assert "1 open case: 1 would become late, 1 limit would end earlier." in found
    assert "from Thursday 5 March to Tuesday 3 March: would be late at once" in found
    assert cases.load(case.id).timescales_key is None


def test_moving_takes_a_reason(manager, clock):
    case = tiny.begin("panelled", clock)
    now = agreed.publish(clock, interview="5 working days")
    page = manager.fill(the_form(manager.get(ADDRESS)))
    assert manager.status == 422 and "Enter the reason" in said(manager, page)
    page = manager.fill(the_form(page), {"reason": "Agreed by the board."})
    assert "1 open case moved." in manager.words(page)
    db.session.expire_all()
    assert cases.load(case.id).timescales_key == now
    timeline = manager.words(manager.get(f"/cases/{case.reference}/timeline"))
    assert "This case follows the new agreed times" in timeline and "Agreed by the board." in timeline


def test_times_that_were_published_while_somebody_looked_are_looked_at_first(manager, clock):
    case = tiny.begin("panelled", clock)
    agreed.publish(clock, interview="5 working days")
    form = the_form(manager.get(ADDRESS))
    agreed.publish(clock, interview="1 working day")
    manager.fill(form, {"reason": "Agreed by the board."})
    assert manager.status == 409
    assert cases.load(case.id).timescales_key is None


def test_the_page_is_for_managers_and_administrators(counter):
    counter.sign_in("basil@larkmere.example")
    counter.get(ADDRESS)
    assert counter.status == 403
    counter.sign_in(MANAGER)
    assert counter.get("/tasks").xpath(f"//nav//a[@href='{ADDRESS}'][.='Agreed times']")


def test_the_page_of_the_real_procedure_can_be_read(manager, walk, clock):
    page = manager.get(ADDRESS)
    assert manager.status == 200 and page is not None
