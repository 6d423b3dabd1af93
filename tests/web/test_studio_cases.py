"""Moving open cases to another release: the look, the choices, the reason, one case, the way back."""

import json

import pytest

from app.cases import procedures
from app.editor import moving_releases
from app.store import cases
from app.store.db import db
from tests.walks import tiny
from tests.walks.test_moving_releases import publish

OWNER, SENIOR, COORDINATOR = "linnet@larkmere.example", "horatio@larkmere.example", "basil@larkmere.example"


def said(counter, page):
    return counter.words(page.find(".//main"))


def the_form(page):
    return page.xpath("//main//form[.//textarea[@id='reason']]")[0]


@pytest.fixture
def case(counter, clock):
    """An open case of the first of two releases that differ in a limit."""
    publish(clock)
    return tiny.begin("p", clock)


def follows(case):
    db.session.expire_all()
    return cases.load(case.id).release_key


def test_the_look_says_in_a_sentence_what_would_become_of_the_open_cases(counter, clock, case):
    key = publish(clock, "5 days", steps=("work", "check", "done"))
    counter.sign_in(OWNER)
    page = counter.get(f"/studio/releases/{key}")
    page = counter.get(page.xpath("//main//a[contains(., 'Open cases and this release')]/@href")[0])
    assert "1 open case: 1 moves cleanly." in said(counter, page)
    assert case.reference in said(counter, page) and "Tansy" not in said(counter, page)
    page = counter.fill(the_form(page), {"rule": "credit"}, button="look")
    assert "1 moves cleanly, 1 time limit changes." in said(counter, page)
    assert "Work, from Thursday 5 March to Saturday 7 March" in said(counter, page)
    assert follows(case) != key


def test_moving_takes_a_reason_and_says_what_became_of_the_cases(counter, clock, case):
    key = publish(clock, "5 days")
    counter.sign_in(SENIOR)
    page = counter.get(f"/studio/releases/{key}/cases")
    assert "Tansy Applegarth" in said(counter, page)
    page = counter.fill(the_form(page), {}, button="move")
    assert counter.status == 422 and "Enter the reason" in said(counter, page)
    page = counter.fill(the_form(page), {"reason": "Agreed by the board."}, button="move")
    assert "1 open case moved." in counter.words(page)
    assert "1 follows this release already" in said(counter, page)
    assert follows(case) == key
    timeline = counter.words(counter.get(f"/cases/{case.reference}/timeline"))
    assert "moved to another version of the procedure" in timeline and "Agreed by the board." in timeline


def test_a_long_move_shows_how_far_it_came_and_goes_on_where_it_stopped(counter, clock, case, monkeypatch):
    also = [tiny.begin("p", clock), tiny.begin("p", clock)]
    key = publish(clock, "5 days")
    monkeypatch.setitem(moving_releases.move_all.__kwdefaults__, "portion", 0.0)
    counter.sign_in(SENIOR)
    page = counter.get(f"/studio/releases/{key}/cases")
    page = counter.fill(the_form(page), {"reason": "Agreed by the board.", "rule": "credit"}, button="move")
    assert "1 of 3 open cases are done" in said(counter, page) and page.xpath("//progress/@value") == ["1"]
    assert [follows(one) == key for one in (case, *also)] == [True, False, False]
    page = counter.fill(the_form(page), button="move")  # the reason and the choices stand there still
    assert "2 of 3 open cases are done" in said(counter, page)
    page = counter.fill(the_form(page), button="move")
    assert "3 follow this release already" in said(counter, page)
    assert {follows(one) for one in (case, *also)} == {key}


def test_a_case_at_a_step_that_is_gone_waits_for_a_choice(counter, clock, case):
    key = publish(clock, steps=("check", "done"))
    counter.sign_in(SENIOR)
    page = counter.get(f"/studio/releases/{key}/cases")
    assert "1 needs a choice" in said(counter, page) and "‘Work’ is open" in said(counter, page)
    page = counter.fill(the_form(page), {"reason": "Agreed."}, button="move")
    assert "No case was moved." in counter.words(page) and case.reference in counter.words(page)
    page = counter.fill(the_form(page), {"goes-work": "check"}, button="look")
    assert "1 moves cleanly" in said(counter, page)
    counter.fill(the_form(page), {"reason": "Agreed.", "goes-work": "check"}, button="move")
    assert follows(case) == key


def test_one_case_is_moved_and_moved_back(counter, clock, case):
    old, key = case.release_key, publish(clock, "5 days", steps=("work", "check", "done"))
    counter.sign_in(SENIOR)
    page = counter.get(f"/cases/{case.reference}")
    page = counter.get(page.xpath("//main//a[contains(., 'version this case follows')]/@href")[0])
    page = counter.fill(the_form(page), {"reason": "It fits better."}, button="move")
    assert follows(case) == key and "Move it back" in said(counter, page)
    counter.fill(the_form(page), {"reason": "It did not."}, button="back")
    assert follows(case) == old
    page = counter.get(f"/cases/{case.reference}/release")
    counter.fill(the_form(page), {"reason": "Once more."}, button="move")
    tiny.finish(case, clock)
    page = counter.get(f"/cases/{case.reference}/release")
    assert "cannot go back" in said(counter, page) and "Move it back" not in said(counter, page)


def test_the_publish_page_of_a_draft_says_what_it_would_mean_for_open_cases(counter, walk):
    walk.apply()
    counter.sign_in(OWNER)
    page = counter.get("/studio")
    form = next(form for form in page.forms if (form.action or "").endswith("/studio/drafts"))
    counter.fill(form, {"title": "Offer mediation"})
    page = counter.get(f"{counter.path}/release")
    assert "Cases that are open now" in said(counter, page) and "1 open case: 1 moves cleanly." in said(counter, page)


def test_only_owners_and_senior_officers_move(counter, clock, case):
    key = publish(clock, "5 days")
    counter.sign_in(COORDINATOR)
    for address in (f"/studio/releases/{key}/cases", f"/cases/{case.reference}/release"):
        counter.get(address)
        assert counter.status == 403


def test_a_closed_case_and_the_only_release_are_told_as_they_are(counter, clock, walk, case):
    counter.sign_in(SENIOR)
    tiny.finish(case, clock)
    assert "This case is closed" in said(counter, counter.get(f"/cases/{case.reference}/release"))
    live, _ = procedures.live()
    assert "No case is open." in said(counter, counter.get(f"/studio/releases/{live}/cases"))


FORMED = "".join(
    f'<userTask id="{key}" name="{key}"><extensionElements><spiffworkflow:properties><spiffworkflow:property '
    'name="formRef" value="words"/></spiffworkflow:properties></extensionElements></userTask>'
    for key in ("work", "more")
)


def published_with(label, clock):
    """A release whose form asks for one thing, in these words."""
    clock.pass_(seconds=1)
    drawing = tiny.process("p", FORMED, tiny.end("done"), tiny.flow("begun", "work", "more", "done"))
    question = {"type": "textfield", "id": "q", "key": "said.words", "label": label}
    form = {"type": "default", "id": "words", "components": [question]}
    files = {"p.bpmn": drawing, "words.form": json.dumps(form).encode()}
    return procedures.publish(files, by="tests", note="", clock=clock)


def test_answers_are_read_again_with_the_questions_of_their_time(counter, partnership, clock):
    published_with("What was it?", clock)
    case = tiny.begin("p", clock)
    tiny.finish(case, clock, said={"words": "Noise"})
    key = published_with("What came of it?", clock)
    counter.sign_in(SENIOR)
    page = counter.get(f"/cases/{case.reference}/release")
    counter.fill(the_form(page), {"reason": "Agreed."}, button="move")
    assert follows(case) == key
    tiny.finish(case, clock, "more", said={"words": "Quiet"})
    words = said(counter, counter.get(f"/cases/{case.reference}/answers"))
    assert "What came of it?Quiet" in words and "What was it?Noise" in words
