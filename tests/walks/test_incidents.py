"""A case that cannot go on is stopped where a person sees it; the others go on, and so does it once it is mended."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import update

from app import errors, worker
from app.cases.access import Who
from app.cli import proving
from app.cli.killing import Kill, Nursery
from app.engine import snapshot
from app.status import incidents
from app.store import cases, history, tasks, timers
from app.store.db import db
from app.store.rows.cases import WAITING, Case, Snapshot, Timer
from app.store.rows.people import Person
from app.timers import firing
from tests.walks import tiny


@pytest.fixture(autouse=True)
def published(app, clock):
    tiny.publish(clock)


@pytest.fixture(scope="module")
def started():
    with Nursery() as nursery:
        yield nursery


@pytest.fixture
def nursery(app, database_url, tmp_path, started):
    return started.serve(database_url, tmp_path / "sent")


@pytest.fixture
def senior(app, clock):
    """A senior officer."""
    person = Person(name="Horatio Plume", email="horatio@larkmere.example", created_at=clock())
    db.session.add(person)
    db.session.commit()
    return Who(person.id, person.name, ())


def fresh(case_id):
    db.session.commit()
    return db.session.get(Case, case_id, populate_existing=True)


def open_tasks(case_id):
    db.session.commit()
    return [task.key for task in tasks.of_case(case_id)]


def fired(case_id):
    return history.count_of(case_id, "timer_fired")


def damage(case_id, answer):
    """Put a fact of a case at rest to ``answer``."""
    record = snapshot.read(cases.snapshot(case_id))
    record["facts"]["answer"] = answer
    kept = snapshot.zlib.compress(snapshot.orjson.dumps(record))
    db.session.execute(update(Snapshot).where(Snapshot.case_id == case_id).values(content=kept))
    db.session.commit()


def test_a_case_that_kills_its_worker_is_stopped_after_three_tries_and_the_others_go_on(nursery, clock):
    opened = {tiny.begin("watched", clock).id for _ in range(3)}
    clock.pass_(days=4)
    ((_, case),) = timers.due(clock(), 1)
    killer = case.id
    others = opened - {killer}
    db.session.commit()
    assert nursery.work(clock(), Kill("after waking")) is False
    assert nursery.work(clock()) is True  # the killer is leased: the next worker does the others at once
    assert [open_tasks(case_id) for case_id in others] == [["instead"], ["instead"]]
    for _ in range(2):
        clock.at += proving.LATER
        assert nursery.work(clock(), Kill("after waking")) is False
    clock.at += proving.LATER
    assert nursery.work(clock()) is True
    assert (fresh(killer).is_stopped, fired(killer), open_tasks(killer)) == (True, 0, ["work"])
    ((incident, _),) = cases.incidents()
    assert incident.says == "A time limit could not be dealt with: the system failed 3 times."
    assert history.count_of(killer, "incident_opened") == 1


@pytest.mark.parametrize("error", ["MemoryError", "RecursionError", "KeyError"])
def test_a_case_that_raises_what_nobody_foresaw_is_stopped_after_three_tries_and_the_others_go_on(
    nursery, clock, error
):
    opened = [tiny.begin("watched", clock).id for _ in range(3)]
    clock.pass_(days=4)
    assert nursery.work(clock(), Kill("after waking", error=error)) is True
    (breaker,) = [case_id for case_id in opened if fired(case_id) == 0]
    assert [open_tasks(case_id) for case_id in opened if case_id != breaker] == [["instead"], ["instead"]]
    for _ in range(2):
        clock.at += proving.LATER
        assert nursery.work(clock(), Kill("after waking", error=error)) is True
        assert (fresh(breaker).is_stopped, open_tasks(breaker)) == (False, ["work"])
    clock.at += proving.LATER
    nursery.work(clock())
    assert (fresh(breaker).is_stopped, fired(breaker), open_tasks(breaker)) == (True, 0, ["work"])


def test_a_stopped_case_goes_on_when_somebody_has_looked(nursery, clock, senior):
    case_id = tiny.begin("watched", clock).id
    clock.pass_(days=4)
    for _ in range(3):
        nursery.work(clock(), Kill("after waking"))
        clock.at += proving.LATER
    nursery.work(clock())
    assert fresh(case_id).is_stopped
    ((incident, _),) = cases.incidents()
    incidents.resolve(incident.id, "The server had too little memory.", senior, clock=clock)
    assert nursery.work(clock()) is True
    now = fresh(case_id)
    assert (now.is_stopped, now.attempts, now.leased_until, fired(case_id)) == (False, 0, None, 1)
    assert open_tasks(case_id) == ["instead"]
    assert cases.incidents() == []
    assert history.is_whole(cases.load(case_id))


def test_a_case_that_finds_no_way_out_is_stopped_at_its_question_and_the_others_go_on(app, clock):
    stuck = tiny.begin("forked", clock, answer="three").id
    good = [tiny.begin("forked", clock, answer="one").id for _ in range(2)]
    clock.pass_(days=4)
    assert firing.sweep(clock) == 2
    assert [open_tasks(case_id) for case_id in good] == [["mended"], ["mended"]]
    now = fresh(stuck)
    assert (now.is_stopped, now.revision, open_tasks(stuck), fired(stuck)) == (True, 0, ["work"], 0)
    ((incident, _),) = cases.incidents()
    assert (incident.element, incident.says) == ("ask", "None of the ways out of this question fits the answers.")
    assert firing.sweep(clock) == 0


def test_a_case_that_is_mended_goes_the_way_that_fits(app, clock, senior):
    stuck = tiny.begin("forked", clock, answer="three").id
    clock.pass_(days=4)
    firing.sweep(clock)
    ((incident, _),) = cases.incidents()
    damage(stuck, "one")
    incidents.resolve(incident.id, "The answer was mistyped.", senior, clock=clock)
    assert firing.sweep(clock) == 1
    assert open_tasks(stuck) == ["mended"]
    assert [event.kind for event in history.of_case(stuck)] == [
        "case_opened",
        "task_opened",
        "incident_opened",
        "incident_resolved",
        "timer_fired",
        "task_withdrawn",
        "task_opened",
    ]


def test_an_incident_that_is_not_mended_is_opened_again(app, clock, senior):
    stuck = tiny.begin("forked", clock, answer="three").id
    clock.pass_(days=4)
    firing.sweep(clock)
    ((first, _),) = cases.incidents()
    incidents.resolve(first.id, "Let us see.", senior, clock=clock)
    assert firing.sweep(clock) == 0
    ((second, _),) = cases.incidents()
    assert (second.id != first.id, fresh(stuck).is_stopped) == (True, True)


def test_two_who_resolve_one_incident_at_once_resolve_it_once(app, clock, senior):
    stuck = tiny.begin("forked", clock, answer="three").id
    clock.pass_(days=4)
    firing.sweep(clock)
    ((incident, _),) = cases.incidents()
    number = incident.id
    people = [replace(senior, name=name) for name in ("Horatio Plume", "Basil Tamarind")]
    results = tiny.at_once(
        app, *(lambda w=who: incidents.resolve(number, "Looked at it.", w, clock=clock) for who in people)
    )
    assert sorted(isinstance(result, errors.CaseMovedOn) for result in results) == [False, True]
    assert history.count_of(stuck, "incident_resolved") == 1


def test_a_case_whose_run_is_damaged_is_stopped_and_the_others_go_on(app, settings, clock):
    damaged, good = (tiny.begin("watched", clock).id for _ in range(2))
    db.session.execute(update(Snapshot).where(Snapshot.case_id == damaged).values(content=b"not a run"))
    db.session.commit()
    clock.pass_(days=4)
    worker.drain(settings, clock)
    assert (fresh(damaged).is_stopped, open_tasks(good)) == (True, ["instead"])
    ((incident, _),) = cases.incidents()
    assert incident.says == "What was kept of this case is damaged."


def test_a_timer_row_that_the_run_does_not_know_is_looked_at_after_three_tries(app, settings, clock):
    case_id = tiny.begin("watched", clock).id
    db.session.execute(update(Timer).where(Timer.case_id == case_id).values(id=uuid4()))
    db.session.commit()
    clock.pass_(days=4)
    for _ in range(4):
        worker.drain(settings, clock)
        clock.at += proving.LATER
    assert fresh(case_id).is_stopped
    assert [timer.state for timer in timers.of_case(case_id)] == [WAITING]
