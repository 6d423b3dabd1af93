"""Finishing a task: its answers checked as a whole, kept in the case, once, by the one who was first."""

import pytest

from app import errors
from app.cases import access
from app.forms import drawn
from app.store import drafts, history, people, tasks
from app.store.db import db
from app.tasks import asked, claiming, completing, drafting

GIVEN = {
    "contact_officer": {"name": "Basil Tamarind", "phone": "020 7946 0134", "deputy": "Juniper Wick"},
    "contact": {"way_checked": "yes"},
}


def somebody(email):
    return access.who(people.by_email(email))


@pytest.fixture
def basil(partnership):
    return somebody("basil@larkmere.example")


@pytest.fixture
def task(walk, partnership):
    walk.apply(victim={"name": "Tansy Applegarth"})
    return next(task for task in tasks.of_case(walk.id) if task.key == "acknowledge_application")


def done(walk):
    return [event for event in history.of_case(walk.id) if event.kind == "task_completed"]


def test_finished_answers_become_facts_of_the_case(walk, task, basil, clock):
    completing.complete(task.id, GIVEN, basil, "", clock=clock)
    assert walk.facts["contact_officer"]["deputy"] == "Juniper Wick"
    assert "acknowledge_application" not in walk.open()


def test_history_keeps_who_finished_what_with_which_answers(walk, task, basil, clock):
    completing.complete(task.id, GIVEN, basil, "", clock=clock)
    (event,) = done(walk)
    assert (event.by, event.person_id, event.subject) == ("Basil Tamarind", basil.id, "acknowledge_application")
    assert event.says["answers"]["contact_officer"] == GIVEN["contact_officer"]
    assert history.is_whole(walk.case)


def test_answers_that_were_not_asked_for_are_left_out(walk, task, basil, clock):
    extra = {"threshold": {"decision": "met"}, "relevant_bodies": [], "typename": "date", "__proto__": {}}
    completing.complete(task.id, GIVEN | extra, basil, "", clock=clock)
    assert done(walk)[0].says["answers"].keys() <= {"contact_officer", "contact", "representative"}
    assert "decision" not in (walk.facts.get("threshold") or {})


def test_missing_answers_are_named_with_their_page_and_nothing_moves(walk, task, basil, clock):
    with pytest.raises(completing.Unfinished) as refused:
        completing.complete(task.id, {"contact_officer": {"name": "Basil"}}, basil, "", clock=clock)
    assert set(refused.value.pages) == {1}
    assert "contact_officer.phone" in refused.value.problems
    assert "acknowledge_application" in walk.open()
    assert not done(walk)


@pytest.mark.parametrize("answers", [{}, {"contact": None}, {"contact_officer": []}, {"contact_officer": {"name": {}}}])
def test_answers_of_the_wrong_shape_are_refused_and_not_a_crash(walk, task, basil, clock, answers):
    with pytest.raises(completing.Unfinished):
        completing.complete(task.id, answers, basil, "", clock=clock)


def test_the_same_post_twice_gets_the_same_case_and_moves_it_once(walk, task, basil, clock):
    first = completing.complete(task.id, GIVEN, basil, "one-and-the-same", clock=clock)
    again = completing.complete(task.id, GIVEN, basil, "one-and-the-same", clock=clock)
    assert first.id == again.id
    assert len(done(walk)) == 1


def test_a_second_post_of_the_same_task_is_told_that_the_case_moved_on(task, basil, clock):
    completing.complete(task.id, GIVEN, basil, "first", clock=clock)
    with pytest.raises(errors.CaseMovedOn):
        completing.complete(task.id, GIVEN, basil, "second", clock=clock)


def test_nobody_finishes_a_task_of_another_lane(task, clock, partnership):
    with pytest.raises(errors.NotFound):
        completing.complete(task.id, GIVEN, somebody("juniper@larkmere.example"), "", clock=clock)


def test_an_agency_does_not_finish_the_task_of_another(walk, task, clock):
    councils = next(t for t in tasks.of_case(walk.id) if t.agency_key == "council")
    with pytest.raises(errors.NotFound):
        completing.complete(councils.id, {}, somebody("rowan@police.larkmere.example"), "", clock=clock)


def test_a_draft_is_merged_page_by_page_and_goes_when_the_task_is_finished(task, basil, clock):
    drafting.keep(task.id, {"contact_officer": {"name": "B"}}, 1, basil, clock=clock)
    drafting.keep(task.id, {"contact_officer": {"phone": "1"}}, 1, basil, clock=clock)
    assert drafts.of_task(task.id).answers == {"contact_officer": {"name": "B", "phone": "1"}}
    completing.complete(task.id, GIVEN, basil, "", clock=clock)
    assert drafts.of_task(task.id) is None


def test_a_draft_survives_that_the_case_moves_on_beside_it(walk, task, basil, clock):
    drafting.keep(task.id, {"contact_officer": {"name": "B"}}, 1, basil, clock=clock)
    walk.do("note_application")
    now = asked.load(task.id, basil, clock=clock)
    assert now.answers == {"contact_officer": {"name": "B"}}
    assert now.task.person_id == basil.id


def test_saving_takes_a_task_that_nobody_has_and_giving_it_back_frees_it(task, basil, clock):
    drafting.keep(task.id, {}, 1, basil, clock=clock)
    db.session.expire_all()
    assert tasks.load(task.id).person_id == basil.id
    claiming.give_back(task.id, basil, clock=clock)
    assert tasks.load(task.id).person_id is None


def test_a_task_without_a_form_asks_what_came_of_it(task):
    form = drawn.plain("call_back", "Call back")
    assert [part.key for part in form.pages[0].components] == ["call_back.outcome", "call_back.notes"]
    assert [part.required for part in form.pages[0].components] == [True, False]
