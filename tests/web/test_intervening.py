"""Stepping in by hand on its page: before and after, a second person, refusing, correcting."""

import pytest

from app.store import tasks
from tests.walks import tiny
from tests.walks.test_moving_releases import publish

SENIOR, OWNER, COORDINATOR = "horatio@larkmere.example", "linnet@larkmere.example", "basil@larkmere.example"


def said(counter, page):
    return counter.words(page.find(".//main"))


def form_with(page, name):
    return page.xpath(f"//main//form[.//*[@name='{name}']]")[0]


@pytest.fixture
def case(counter, clock):
    publish(clock, steps=("work", "check", "done"))
    return tiny.begin("p", clock, risk={"band": "low"})


@pytest.fixture
def page(counter, case):
    counter.sign_in(SENIOR)
    overview = counter.get(f"/cases/{case.reference}")
    return counter.get(overview.xpath("//main//a[.='Step in by hand']/@href")[0])


def open_keys(case):
    return [task.key for task in tasks.of_case(case.id)]


def wished(counter, page, case, what="move", to="check"):
    task_id = tiny.task_of(case).hex
    return counter.fill(form_with(page, "task"), {"task": task_id, "what": what, "to": to})


def test_before_and_after_are_shown_and_nothing_is_done_without_a_second_person(counter, page, case):
    page = wished(counter, page, case)
    assert "Before Open: Work" in said(counter, page) and "After Open: check" in said(counter, page)
    page = counter.fill(form_with(page, "reason"), {"reason": ""}, button="ask")
    assert counter.status == 422 and "Enter the reason" in said(counter, page)
    page = counter.fill(form_with(page, "reason"), {"reason": "The wrong step was finished."}, button="ask")
    assert "Somebody else has to decide this." in said(counter, page) and open_keys(case) == ["work"]
    counter.sign_in(OWNER)
    page = counter.get(f"/cases/{case.reference}/intervene")
    assert "‘The wrong step was finished.’" in said(counter, page) and "Tansy" not in said(counter, page)
    page = counter.fill(form_with(page, "decision_reason"), {"decision_reason": ""}, button="approve")
    assert counter.status == 422 and open_keys(case) == ["work"]
    counter.fill(form_with(page, "decision_reason"), {"decision_reason": "I agree."}, button="approve")
    assert open_keys(case) == ["check"]
    counter.sign_in(SENIOR)
    timeline = counter.words(counter.get(f"/cases/{case.reference}/timeline"))
    assert "A second person approved stepping in by hand" in timeline


def test_the_second_person_may_refuse(counter, page, case):
    page = wished(counter, page, case, "skip", "")
    counter.fill(form_with(page, "reason"), {"reason": "It is not needed."}, button="ask")
    counter.sign_in(OWNER)
    page = counter.get(f"/cases/{case.reference}/intervene")
    page = counter.fill(form_with(page, "decision_reason"), {"decision_reason": "It is."}, button="refuse")
    assert "The case stays as it was" in counter.words(page) and open_keys(case) == ["work"]


def test_what_cannot_be_done_is_said_before_anybody_is_asked(counter, page, case):
    page = wished(counter, page, case, "cancel", "")
    assert counter.status == 422 and "only branch" in said(counter, page)
    page = wished(counter, page, case, "move", "")
    assert counter.status == 422 and "Select a step" in said(counter, page)
    page = counter.fill(form_with(page, "task"))
    assert counter.status == 422


def test_a_fact_is_corrected_and_only_those_who_see_the_case_see_it(counter, page, case):
    page = counter.fill(form_with(page, "path"), {"path": "risk.band", "value": "high"})
    counter.fill(form_with(page, "reason"), {"reason": "Typed wrongly."}, button="ask")
    counter.sign_in(OWNER)
    page = counter.get(f"/cases/{case.reference}/intervene")
    assert "high" not in said(counter, page) and "Somebody else has to decide" in said(counter, page)
    counter.sign_in("marigold@larkmere.example")
    page = counter.get(f"/cases/{case.reference}/intervene")
    assert "It would be: high" in said(counter, page)
    page = counter.fill(form_with(page, "decision_reason"), {"decision_reason": "Checked."}, button="approve")
    assert "risk.band: high" in said(counter, page)


def test_the_page_is_for_senior_officers_and_process_owners(counter, case, clock):
    counter.sign_in(COORDINATOR)
    counter.get(f"/cases/{case.reference}/intervene")
    assert counter.status == 403
    tiny.finish(case, clock)
    tiny.finish(case, clock, "check")
    counter.sign_in(SENIOR)
    assert "This case is closed" in said(counter, counter.get(f"/cases/{case.reference}/intervene"))


def test_the_real_drawing_is_painted_twice(counter, walk):
    case = walk.apply()
    counter.sign_in(SENIOR)
    page = counter.get(f"/cases/{case.reference}/intervene")
    form = form_with(page, "task")
    task = form.xpath(".//input[@name='task']/@value")[0]
    for to in form.xpath(".//select[@name='to']/option/@value")[1:]:
        page = counter.fill(form_with(page, "task"), {"task": task, "what": "move", "to": to})
        if counter.status == 200:
            break
    assert len(page.xpath("//main//*[local-name()='svg' and contains(@class, 'd-drawing')]")) == 2
