"""History in words: every kind of event has its sentence, and a strange one is still a sentence."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.status import timeline
from app.store.history import SYSTEM
from app.store.rows.history import Event

AT = datetime(2026, 3, 6, 16, 40, tzinfo=UTC)
APP = Path(timeline.__file__).parent.parent
KINDS = {
    kind for path in APP.rglob("*.py") for kind in re.findall(r"Happened\(\s*\"([a-z_]+)\"", path.read_text("utf-8"))
}


def event(kind, by=SYSTEM, at=AT, **says):
    return Event(kind=kind, subject="x", at=at, by=by, says=says, number=1)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_event_that_is_written_has_its_sentence(kind):
    assert kind in timeline.SENTENCES


@pytest.mark.parametrize("kind", [*sorted(timeline.SENTENCES), "something_new"])
def test_an_event_that_says_nothing_is_still_a_sentence(kind):
    line = timeline.line(event(kind))
    assert line.title
    assert "{" not in line.title + line.text


def test_a_line_says_who_and_when_and_the_system_is_nobody():
    assert timeline.line(event("task_completed", by="Basil Tamarind", name="Close the case")) == timeline.Line(
        "Close the case: done", "", "Basil Tamarind", AT.isoformat(), "Friday 6\u00a0March at 4:40pm"
    )
    assert timeline.line(event("case_closed")).by == ""


def test_words_from_a_case_are_never_a_pattern():
    line = timeline.line(event("task_completed", name="{name.__class__} {0} %s"))
    assert line.title == "{name.__class__} {0} %s: done"


def test_a_limit_is_said_without_the_name_of_a_fact():
    line = timeline.line(event("timer_fired", name="Papers", rule="2 working days before panel.held_at"))
    assert "panel.held_at" not in line.text
    assert "2 working days before" in line.text


def test_the_same_task_for_several_agencies_is_one_line():
    lines = timeline.lines(
        [
            event("case_opened"),
            event("task_opened", name="Confirm the reports", agency="police"),
            event("task_opened", name="Confirm the reports", agency="council"),
        ],
        {"police": "Larkmere Police", "council": "Larkmere Council"},
    )
    assert [line.title for line in lines] == ["A task opened: Confirm the reports", "The case was opened"]
    assert lines[0].text == "For Larkmere Police, Larkmere Council."


def test_a_letter_says_which_and_to_whom():
    line = timeline.line(event("effect_asked", name="Acknowledged", letter="threshold_met", to="lane:Senior officer"))
    assert line.title == "A letter to the Senior officer: threshold met"


def test_a_passed_limit_names_the_step_it_watched():
    fired = event("timer_fired", name="working day 3", rule="working day 3")
    (line,) = timeline.lines([fired], {}, {"x": "Interview the applicant"})
    assert line.title == "A time limit passed: Interview the applicant"
