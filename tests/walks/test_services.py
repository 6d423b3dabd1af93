"""What drawings ask for beside letters: carried out once, by those who know how, and never in training."""

import pytest
from sqlalchemy import select

from app import worker
from app.cases import procedures
from app.records import serving
from app.store import cases
from app.store.db import db
from app.store.rows.history import Effect
from tests.walks import tiny

PROPERTIES = (
    "<extensionElements><spiffworkflow:properties>"
    '<spiffworkflow:property name="service" value="{}"/></spiffworkflow:properties></extensionElements>'
)


@pytest.fixture
def asking(app, clock):
    """A case whose drawing asks for a service, and then for a person."""

    def asking(service):
        step = f'<serviceTask id="serve" name="serve">{PROPERTIES.format(service)}</serviceTask>'
        drawing = tiny.process("served", step + tiny.task("work"), tiny.end("done"))
        drawing = drawing.replace(b"</process>", tiny.flow("begun", "serve", "work", "done").encode() + b"</process>")
        procedures.publish({"served.bpmn": drawing}, by="tests", note="", clock=clock)
        return tiny.begin("served", clock)

    return asking


def state():
    db.session.rollback()
    return db.session.scalars(select(Effect.state)).all()


def test_what_nobody_here_can_do_stops_the_case_at_once(asking, settings, clock):
    case = asking("make_coffee")
    worker.drain(settings, clock)
    assert [incident.element for incident, _ in cases.incidents(case_id=case.id)] == ["serve"]
    assert state() == ["failed"]


def test_what_fails_is_tried_three_times_and_then_stops_the_case(asking, settings, clock):
    case = asking("count_numbers")  # this case knows of no period
    for _ in range(4):
        worker.drain(settings, clock)
        clock.pass_(minutes=6)
    assert state() == ["failed"]
    assert len(cases.incidents(case_id=case.id)) == 1


def test_a_training_case_touches_nothing(asking, settings, clock):
    case = asking("delete_cases")
    db.session.execute(db.text('update "case" set virtual_at = opened_at'))
    db.session.commit()
    db.session.expire_all()
    worker.drain(settings, clock)
    assert state() == ["done"]
    assert cases.incidents(case_id=case.id) == []


def test_an_idle_look_costs_one_statement(app, clock, statements):
    db.session.rollback()
    with statements() as said:
        serving.sweep(clock)
    assert [one.split()[0] for one in said if one != "BEGIN"] == ["SELECT"]  # SQLite is told to begin
