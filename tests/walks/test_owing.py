"""A case does not close while something is owed: refused at the task that closes it, and at the end by any other way."""

import pytest

from app import errors
from app.cases import access, advancing, owing, procedures
from app.cases.advancing import Opening
from app.engine.run import Run
from app.forms import inventing
from app.law import calendar
from app.store import cases, drafts, history, people, tasks
from app.store.rows.cases import CLOSED
from app.tasks import asked, completing, drafting
from tests.conftest import one_kind
from tests.walks import stories, tiny

database_url = pytest.fixture(one_kind)  # nothing here hangs on which of the two it is

SHORT = tiny.process("asb_case_review", tiny.task("work") + tiny.end("done"), tiny.flow("begun", "work", "done"))


@pytest.fixture
def nearly_closed(walk):
    stories.go_on_unnoted(walk)
    return walk


def closing(walk):
    """The Coordinator finishes the task that closes the case."""
    basil = access.who(people.by_email("basil@larkmere.example"))
    task = next(task for task in tasks.of_case(walk.id) if task.key == "close_case")
    now = asked.load(task.id, basil, clock=walk.clock)
    made = inventing.invent(now.form, now.facts, today=calendar.day_of(walk.clock()))
    drafting.keep(task.id, made, 1, basil, clock=walk.clock)
    return task, lambda: completing.complete(task.id, made, basil, "", clock=walk.clock)


def test_closing_is_refused_while_something_is_owed_and_nothing_is_lost(nearly_closed):
    task, finish = closing(nearly_closed)
    lines = len(history.of_case(nearly_closed.id))
    with pytest.raises(errors.StillOwed) as refused:
        finish()
    assert refused.value.problems == {"note_application": "The senior officer has not noted the application."}
    assert drafts.of_task(task.id) is not None and "close_case" in nearly_closed.open()
    assert len(history.of_case(nearly_closed.id)) == lines
    assert cases.incidents(case_id=nearly_closed.id) == []
    nearly_closed.do("note_application")
    finish()
    assert nearly_closed.case.status == CLOSED


def test_a_drawing_that_ends_too_early_stops_the_case_with_an_incident(app, clock):
    procedures.publish({"short.bpmn": SHORT}, by="tests", note="", clock=clock)
    case = tiny.begin("asb_case_review", clock)
    with pytest.raises(errors.CannotGoOn, match="The senior officer has not noted the application"):
        tiny.finish(case, clock)
    (incident, _) = cases.incidents(case_id=case.id)[0]
    assert "would close while something is owed" in incident.says
    assert cases.load(case.id).status != CLOSED


def test_another_procedure_closes_as_it_is_drawn(app, clock):
    tiny.publish(clock)
    case = advancing.open_case(Opening("watched", "Tansy", {}, by="tests"), clock=clock)
    assert tiny.finish(case, clock).status == CLOSED


def test_what_is_owed_is_read_from_the_rows(nearly_closed):
    case = nearly_closed.case
    kept, procedure = cases.snapshot(case.id), procedures.of(case)
    run = Run.wake(kept, procedure, at=nearly_closed.clock(), opened_at=case.opened_at)
    assert [one.number for one in owing.owed(case, run)] == ["I1"]
