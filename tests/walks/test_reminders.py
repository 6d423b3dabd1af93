"""Before, at and after the end of a limit: the person, then their manager, then the senior officer again."""

from datetime import date

import pytest

from app.store import history, people, tasks, timers
from app.timers import firing
from tests.conftest import one_kind
from tests.walks import stories

database_url = pytest.fixture(one_kind)  # nothing here hangs on which of the two it is


def letters(walk, name):
    return [m for m in history.messages(walk.id) if m.letter == name]


def test_whoever_has_a_task_is_reminded_before_its_day_and_nobody_else(walk):
    walk.apply(**stories.TANSY)
    walk.days(2.9)  # the interview is due by Thursday; the table warns at the end of Wednesday
    (near,) = [m for m in letters(walk, "limit_near") if "Interview" in m.html]
    assert "Thursday\u00a05 March" in near.html or "Thursday 5 March" in near.html.replace("\u00a0", " ")
    officers = {f"person:{person.id}" for person in people.with_role("Community safety officer")}
    assert near.recipient in officers
    assert "step_in" not in [task.key for task in tasks.of_case(walk.id) if "Interview" in str(task.because)]


def test_the_one_who_took_the_task_is_the_one_who_is_reminded(walk, rows):
    walk.apply(**stories.TANSY)
    officer = people.with_role("Community safety officer")[0]
    rows("update task set person_id = :p where key = 'interview_applicant' returning id", p=officer.id)
    walk.days(2.9)
    assert {m.recipient for m in letters(walk, "limit_near") if "Interview" in m.html} == {f"person:{officer.id}"}


def test_nobody_is_reminded_of_what_is_done(walk):
    walk.apply(**stories.TANSY)
    walk.do("interview_applicant", reports=stories.THREE, chosen_agencies=stories.AGENCIES)
    assert not [t for t in timers.waiting(walk.id) if t.key.startswith("interview_applicant_late")]
    walk.days(4)
    assert not [m for m in letters(walk, "limit_near") if "Interview" in m.html]


def test_a_limit_that_passes_tells_whoever_has_it_and_the_manager_and_asks_the_senior_officer(walk):
    walk.apply(**stories.TANSY)
    walk.days(4)
    missed = {m.recipient for m in letters(walk, "limit_missed") if "Interview" in m.html}
    expected = [*people.with_role("Community safety officer"), *people.with_role("Manager")]
    assert missed == {f"person:{person.id}" for person in expected}
    assert "step_in" in walk.open()


def test_a_senior_officer_who_does_not_step_in_hears_of_it_again(walk):
    walk.apply(**stories.TANSY)
    walk.days(20)
    again = letters(walk, "still_late")
    seniors = {f"person:{person.id}" for person in people.with_role("Senior officer")}
    assert again and {m.recipient for m in again} == seniors


def test_reminders_that_were_missed_in_an_outage_are_one(walk, clock):
    walk.apply(**stories.TANSY)
    walk.days(4)
    waiting = [t for t in timers.waiting(walk.id) if t.key == "step_in_late"]
    clock.pass_(days=120)
    while firing.sweep(clock):
        pass
    fired = [e for e in history.of_case(walk.id) if e.kind == "timer_fired" and e.subject == "step_in_late"]
    assert len(fired) >= len(waiting)
    per_task = {}
    for event in fired:
        per_task[event.says["timer"]] = per_task.get(event.says["timer"], 0) + 1
    assert set(per_task.values()) == {1}


def test_a_reminder_is_written_down_as_one_and_never_as_a_broken_promise(walk):
    walk.apply(**stories.TANSY)
    walk.days(2.9)
    near = [e for e in history.of_case(walk.id) if e.kind == "limit_near"]
    assert near and all(e.subject.endswith(":near") for e in near)
    row = next(t for t in timers.of_case(walk.id) if t.key == "interview_applicant_late:near")
    assert (row.state, row.due_on) == ("fired", date(2026, 3, 4))
