"""A crowd of cases that wait for a time limit, made in seconds.

One case is opened by the heart and follows a real drawing; the others are copies of its rows and of its run, each
under ids of its own (``app.engine.twins``), kept in the same transaction. They have no history before the limit.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.cases import advancing, procedures
from app.cases.advancing import Opening
from app.clock import Clock
from app.engine import twins
from app.store import benches, cases
from app.store.rows.cases import Case

PROCESS = "waits"
LIMIT = timedelta(hours=1)  # as in the drawing
FACTS = {"victim": {"name": "Tansy Applegarth"}, "update": {"text": "Nothing new."}}
DRAWING = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:case-review:bench">'
    f'<process id="{PROCESS}" isExecutable="true"><startEvent id="begun"/><userTask id="work" name="work"/>'
    '<boundaryEvent id="late" attachedToRef="work"><timerEventDefinition id="late_timer">'
    "<timeDuration>1 hour</timeDuration></timerEventDefinition></boundaryEvent>"
    '<userTask id="instead" name="instead"/><endEvent id="done"/>'
    '<sequenceFlow id="begun_to_work" sourceRef="begun" targetRef="work"/>'
    '<sequenceFlow id="work_to_done" sourceRef="work" targetRef="done"/>'
    '<sequenceFlow id="late_to_instead" sourceRef="late" targetRef="instead"/>'
    '<sequenceFlow id="instead_to_done" sourceRef="instead" targetRef="done"/></process></definitions>'
)


def publish(clock: Clock) -> None:
    """Make the drawing the live one: a task, and a limit of an hour that takes it away and opens another."""
    procedures.publish({f"{PROCESS}.bpmn": DRAWING.encode()}, by="bench", note="", clock=clock)


def wait(number: int, due_at: datetime) -> None:
    """``number`` open cases whose limit passes at this instant."""

    def multiply(case: Case) -> None:
        benches.multiply(case.id, _copies(case, number - 1))

    opening = Opening(PROCESS, "bench", FACTS, by="bench", also=multiply)
    advancing.open_case(opening, clock=lambda: due_at - LIMIT)


def _copies(case: Case, number: int) -> Iterator[twins.Twin]:
    return twins.twins(cases.snapshot(case.id), number)


def spread(number: int, since: datetime, apart: timedelta, instants: int) -> None:
    """``number`` open cases whose limits pass at so many instants from ``since`` on, a number of cases at each."""
    for turn in range(instants):
        share = number * (turn + 1) // instants - number * turn // instants
        if share:
            wait(share, since + turn * apart)
