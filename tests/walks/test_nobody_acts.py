"""What the Ombudsman found in case 21 005 629: a borough that did not follow its own procedure.

An application was made, promises passed one after the other, and nobody moved (upheld, 1 March 2022). Here the
same silence is walked through: each promise that passes tells the right person, is recorded as broken with its due
and actual instant, and nothing stalls. Source: Local Government and Social Care Ombudsman, decision 21 005 629.
"""

from datetime import date, datetime

import pytest

from app.law import calendar
from app.store import cases, history, tasks
from app.store.rows.cases import OPEN
from tests.conftest import one_kind
from tests.walks import stories

database_url = pytest.fixture(one_kind)  # nothing here hangs on which of the two it is

PROMISED = {  # counted from the application on Monday 2 March 2026
    "acknowledge_application_late": date(2026, 3, 4),  # Wednesday, working day 2
    "interview_applicant_late": date(2026, 3, 5),  # Thursday, working day 3
    "confirm_reports_late": date(2026, 3, 5),  # Thursday, working day 3
}


def fired(walk):
    return [event for event in history.of_case(walk.id) if event.kind == "timer_fired"]


def test_each_promise_that_passes_in_silence_tells_the_senior_officer_on_the_next_day(walk, rows):
    walk.apply(**stories.TANSY)
    for key, promised in sorted(PROMISED.items(), key=lambda pair: pair[1]):
        walk.until(calendar.end_of(promised))
        assert key in [event.subject for event in fired(walk)], f"{key} was promised for {promised}"
    assert walk.open().count("step_in") == len(PROMISED), "one task of the senior officer for each broken promise"
    roles = rows("select distinct role from task where key = 'step_in'")
    assert roles == [("Senior officer",)]


def test_no_promise_is_called_broken_before_its_day_is_over(walk, rows):
    walk.apply(**stories.TANSY)
    for key, promised in PROMISED.items():
        assert rows("select due_on from timer where key = :k", k=key)[0][0] in (promised, promised.isoformat())
    walk.days(1.9)
    assert fired(walk) == []


def test_a_broken_promise_is_recorded_with_its_due_and_its_actual_instant(walk):
    walk.apply(**stories.TANSY)
    walk.days(30)
    assert fired(walk)
    for event in fired(walk):
        assert event.at >= datetime.fromisoformat(event.says["due_at"])
        assert "working day" in event.says["rule"]


def test_months_of_silence_stall_nothing_and_lose_nobody(walk, rows):
    walk.apply(**stories.TANSY)
    walk.days(180)
    assert walk.case.status == OPEN
    assert cases.incidents() == []
    assert {"acknowledge_application", "interview_applicant", "note_application"} <= set(walk.open())
    walk.do_all("acknowledge_application", "interview_applicant")
    assert "complete_matrix" in walk.open(), "the work can still be done, however late"


def test_whoever_steps_in_is_told_which_limit_has_passed(walk, rows, app):
    walk.apply(**stories.TANSY)
    walk.days(8)
    late = {task.because["name"] for task in tasks.of_case(walk.id) if task.key == "step_in"}
    assert late == {"Acknowledge the application", "Interview the applicant", "Confirm the reports"}
    others = [task.because for task in tasks.of_case(walk.id) if task.key != "step_in"]
    assert set(others) == {None}
