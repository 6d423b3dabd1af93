"""A history shows what was done to it: edited, taken out, swapped, cut short or added to behind its back."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, insert, select, update

from app.store import cases, history
from app.store.db import db
from app.store.history import Happened
from app.store.rows.history import Event
from app.store.rows.people import Person
from app.store.transactions import transaction
from tests.walks import tiny


@pytest.fixture
def told(app, clock):
    """The id of a case with a history of several lines."""
    tiny.publish(clock)
    case = tiny.begin("watched", clock)
    tiny.finish(case, clock, said="Every night.")
    return case.id


def whole(case_id):
    db.session.commit()
    db.session.expunge_all()
    return history.is_whole(cases.load(case_id))


def change(case_id, line, **values):
    db.session.execute(update(Event).where(Event.case_id == case_id, Event.number == line).values(**values))


def test_a_history_that_nobody_touched_is_whole(told):
    assert len(history.of_case(told)) >= 3
    assert whole(told)


@pytest.mark.parametrize("column", ["by", "kind", "subject", "says", "at", "person_id", "hash", "number"])
def test_a_line_that_was_changed_is_found(told, clock, column):
    person = Person(name="Juniper Wick", email="juniper@larkmere.example", created_at=clock())
    db.session.add(person)
    db.session.flush()
    clock.pass_(days=1)
    changed = {"says": {"answers": {"said": "Never."}}, "at": clock(), "person_id": person.id, "number": 99}
    change(told, 3, **{column: changed.get(column, "somebody else")})
    assert not whole(told)


@pytest.mark.parametrize("position", [0, 1, -1])
def test_a_line_that_was_taken_out_is_found_also_the_newest(told, position):
    number = history.of_case(told)[position].number
    db.session.execute(delete(Event).where(Event.case_id == told, Event.number == number))
    assert not whole(told)


def test_two_lines_that_changed_places_are_found(told):
    change(told, 1, number=99)
    change(told, 2, number=1)
    change(told, 99, number=2)
    assert not whole(told)


def test_a_line_that_was_added_behind_its_back_is_found(told, clock):
    last = history.of_case(told)[-1]
    line = Happened("task_completed", "work", clock(), "Basil Tamarind")
    columns = {"at": line.at, "by": line.by, "kind": line.kind, "subject": line.subject, "says": {}}
    chain = history.chained(last.hash, told, last.number + 1, line)
    db.session.execute(insert(Event).values(case_id=told, number=last.number + 1, hash=chain, **columns))
    assert not whole(told)


def test_a_line_of_another_case_does_not_fit(told, clock):
    other = tiny.begin("watched", clock).id
    change(told, 1, number=98)
    change(other, 1, number=99)
    db.session.execute(update(Event).where(Event.number == 98).values(case_id=other, number=1))
    db.session.execute(update(Event).where(Event.number == 99).values(case_id=told, number=1))
    assert not whole(told)
    assert not whole(other)


@pytest.mark.parametrize(
    "said",
    [
        1.0,
        0.1,
        -0.0,
        1e16,
        1e22,
        1e300,
        1.5e-7,
        2**53 + 1,
        True,
        None,
        "Straße 🏠",
        "",
        [1, [2.0]],
        {"b": 1, "a": {"é": 2}},
    ],
)
def test_what_was_said_reads_the_same_on_every_database(told, clock, said):
    with transaction():
        history.record(cases.lock(told), [Happened("note_added", "work", clock(), says={"said": said})])
    assert whole(told)


def test_lines_are_told_apart_by_everything_they_say(told, clock):
    line = Happened("note_added", "work", clock(), "Basil Tamarind", 1, {"said": 1})
    others = [
        replace(line, kind="note_taken"),
        replace(line, subject="rest"),
        replace(line, by="Juniper Wick"),
        replace(line, person_id=2),
        replace(line, says={"said": 2}),
        replace(line, says={"said": "1"}),
    ]
    hashes = {history.chained("", told, 1, each) for each in [line, *others]}
    assert len(hashes) == len(others) + 1
    assert history.chained("", told, 1, replace(line, says={"said": 1.0})) == history.chained("", told, 1, line)


def test_the_newest_line_is_numbered_on_the_case(told):
    lines = db.session.scalars(select(Event).where(Event.case_id == told).order_by(Event.number)).all()
    case = cases.load(told)
    assert ([line.number for line in lines], case.head) == (list(range(1, case.told + 1)), lines[-1].hash)
