"""A timer that has nothing but its label: the label goes through the reader that the command ``trigger deadline`` has."""

import json
from datetime import datetime

import pytest
from click.testing import CliRunner

from app import errors
from app.cli.commands import trigger
from app.engine.library import procedure
from tests.engine.bench import MONDAY, Case, drawing

HELD = "2026-04-08"


def labelled(words):
    """A drawing with a task and a timer on its edge, on which somebody wrote words and chose nothing else."""
    return drawing(
        '<startEvent id="begin"/><userTask id="work"/><endEvent id="done"/><endEvent id="told"/>'
        f'<boundaryEvent id="late" name="{words}" attachedToRef="work" cancelActivity="false"><timerEventDefinition/>'
        "</boundaryEvent>"
        '<sequenceFlow id="a" sourceRef="begin" targetRef="work"/><sequenceFlow id="b" sourceRef="work" targetRef="done"/>'
        '<sequenceFlow id="c" sourceRef="late" targetRef="told"/>'
    )


def counted(words):
    asked = ["deadline", words, "--from", MONDAY.isoformat(), "--fact", f"panel.held_on={HELD}", "--json"]
    return json.loads(CliRunner().invoke(trigger, asked).output)


@pytest.mark.parametrize(
    "words",
    [
        "10 working days",
        "10 working&#10;days",  # over two lines, as labels are drawn
        "Working day 10",
        "28 days in Scotland, or the next working day",
        "3 working days, cut-off 8am, by 5pm",
        "2 working days before panel.held_on",
        "1 month beginning with panel.held_on",
        "8 working hours",
        "P1M",
        "2026-03-06",
    ],
)
def test_the_label_of_a_timer_goes_through_the_same_reader_as_the_command(words):
    panel = {"panel": {"held_on": HELD}}
    case = Case.follow(procedure({"labelled.bpmn": labelled(words)}), "p", **panel)
    found = counted(words.replace("&#10;", "\n"))
    assert case.timers() == {"late": datetime.fromisoformat(found["due_at"])}
    (timer,) = case.run.waiting_timers()
    days = case.run.working(timer.id, "late").working
    if "hours" not in words:
        assert [(day.day.isoformat(), day.number or None) for day in days] == [
            (day["on"], day["counted"]) for day in found["working"]
        ]


def test_a_label_that_is_no_time_limit_is_refused_with_what_was_expected():
    with pytest.raises(errors.DrawingBroken, match="‘in a while’ is not a time limit. Expected a time limit such as"):
        procedure({"labelled.bpmn": labelled("in a while")})
