"""Somebody is away: their work goes where they said, never to whom it must not, and comes back only when asked for."""

from datetime import date

import pytest

from app import errors, worker
from app.cases import access, away, noting, procedures
from app.cli import demo
from app.records.daily import Rounds
from app.status import handover
from app.store import absences as rows_of
from app.store import cases, drafts, history, people, tasks, training
from app.store.rows.absences import Absence
from app.store.rows.people import Person, RoleGrant
from app.store.transactions import transaction
from app.tasks import absences, bulk, claiming, drafting, handing_over
from app.tasks.absences import Noted
from tests.conftest import one_kind
from tests.walks import tiny
from tests.walks.test_apart import OFFICER, drawing, finish

database_url = pytest.fixture(one_kind)
MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)
HORATIO, BASIL, CLEMENTINE, MARIGOLD = "Horatio Plume", "Basil Tamarind", "Clementine Dray", "Marigold Swift"


@pytest.fixture
def who(app, clock):
    """Three people with one role, and a manager; the small drawing is live."""
    demo.settle_people(clock)
    with transaction():
        people.add(*(RoleGrant(person_id=by_name(name).id, role=OFFICER) for name in (BASIL, CLEMENTINE)))
    procedures.publish({"apart.bpmn": drawing()}, by="tests", note="", clock=clock)
    return {name: access.who(by_name(name)) for name in (HORATIO, BASIL, CLEMENTINE, MARIGOLD)}


def by_name(name):
    return next(one for one in people.everybody() if one.name == name)


@pytest.fixture
def case(who, clock):
    """A case whose first task Horatio has."""
    return taken(who[HORATIO], clock)


def taken(by, clock, key="note"):
    case = tiny.begin("apart", clock)
    if key == "note":
        claiming.take(tiny.task_of(case, key), by, clock=clock)
    return case


def is_away(person, clock, to=None, first=MONDAY, last=FRIDAY, by=None, **more):
    rule = {"to": to.id if to else None} | {level: one.id if one else None for level, one in more.items()}
    noted = Noted(person.id, first, last, {OFFICER: rule}, "Look at the lift first.")
    return absences.note(noted, by or person, clock=clock)


def holder(case, key="note"):
    found = next(task.person_id for task in tasks.of_case(case.id) if task.key == key)
    return people.load(found).name if found else None


def told(case):
    kinds = ("task_taken", "task_given", "task_given_back")
    return [(e.kind, e.says["to"], e.says.get("reason", "")) for e in history.of_case(case.id) if e.kind in kinds]


def test_from_the_first_day_on_the_work_is_with_whom_they_named(who, case, clock, settings):
    is_away(who[HORATIO], clock, who[BASIL], first=date(2026, 3, 3))
    assert handing_over.sweep(clock) == 0 and holder(case) == HORATIO
    clock.pass_(days=1)
    assert worker.once(settings, clock, Rounds(clock().date()))
    assert holder(case) == BASIL
    assert told(case)[-1] == ("task_given", BASIL, "Horatio Plume is away until Friday 6\N{NO-BREAK SPACE}March.")
    assert history.of_case(case.id)[-1].by == "the system"
    assert handing_over.sweep(clock) == 0, "it is moved once"


def test_without_a_colleague_the_team_has_it_and_high_risk_goes_elsewhere(who, case, clock):
    risky = taken(who[HORATIO], clock)
    noting.write_down(risky.id, lambda held: setattr(held, "risk", "high"))
    is_away(who[HORATIO], clock, None, high=who[CLEMENTINE])
    handing_over.sweep(clock)
    assert (holder(case), holder(risky)) == (None, CLEMENTINE)
    assert told(case)[-1][0] == "task_given_back"


def test_who_is_set_apart_does_not_get_it_and_the_manager_sees_why(who, clock):
    case = taken(who[BASIL], clock)
    finish(case, "note", who[BASIL], clock)
    finish(case, "decide", who[BASIL], clock)
    claiming.take(tiny.task_of(case, "judge"), who[HORATIO], clock=clock)
    absence = is_away(who[HORATIO], clock, who[BASIL])
    handing_over.sweep(clock)
    assert holder(case, "judge") is None
    (moved,) = handing_over.moved(who[HORATIO].id, [absence])
    assert "Basil Tamarind finished ‘Decide it’" in moved.handover.why
    assert "Basil Tamarind finished ‘Decide it’" in told(case)[-1][2]


def test_a_stand_in_who_is_away_has_a_stand_in(who, case, clock):
    is_away(who[BASIL], clock, who[CLEMENTINE])
    is_away(who[HORATIO], clock, who[BASIL])
    handing_over.sweep(clock)
    assert holder(case) == CLEMENTINE


def test_who_would_get_their_own_work_back_is_refused(who, clock):
    is_away(who[BASIL], clock, who[CLEMENTINE], last=None)
    is_away(who[CLEMENTINE], clock, who[HORATIO], first=FRIDAY, last=None)
    with pytest.raises(errors.Refused) as refused:
        is_away(who[HORATIO], clock, who[BASIL])
    assert "would come back to Horatio Plume" in refused.value.problems[f"to-{OFFICER}"]
    is_away(who[HORATIO], clock, who[BASIL], last=date(2026, 3, 5))  # on the day before nobody is in a circle


def test_a_circle_that_came_about_all_the_same_ends_with_the_team(who, case, clock):
    is_away(who[HORATIO], clock, who[BASIL])
    with transaction():
        rules = {OFFICER: {"to": who[HORATIO].id}}
        rows_of.add(Absence(person_id=who[BASIL].id, first_on=MONDAY, rules=rules, noted_by="", noted_at=clock()))
    handing_over.sweep(clock)
    assert holder(case) is None and "all away" in told(case)[-1][2]


@pytest.mark.parametrize(
    ("first", "last", "field"), [(FRIDAY, MONDAY, "last"), (date(2026, 2, 2), date(2026, 2, 3), "last")]
)
def test_days_that_make_no_sense_are_refused(who, clock, first, last, field):
    with pytest.raises(errors.Refused) as refused:
        is_away(who[HORATIO], clock, first=first, last=last)
    assert list(refused.value.problems) == [field]


def test_nobody_is_away_twice_and_nobody_notes_it_for_a_colleague(who, clock):
    is_away(who[HORATIO], clock)
    with pytest.raises(errors.Refused):
        is_away(who[HORATIO], clock, first=FRIDAY, last=None)
    with pytest.raises(errors.NotAllowed):
        is_away(who[BASIL], clock, by=access.who(by_name("Juniper Wick")))
    is_away(who[BASIL], clock, by=who[MARIGOLD])


def test_new_work_is_not_given_to_who_is_away(who, clock):
    case = tiny.begin("apart", clock)
    is_away(who[HORATIO], clock, who[BASIL])
    with pytest.raises(errors.Refused) as refused:
        claiming.give(tiny.task_of(case, "note"), who[CLEMENTINE], who[HORATIO].id, clock=clock)
    assert "away until Friday" in refused.value.problems["person"]
    assert "Basil Tamarind stands in" in refused.value.problems["person"]


def test_what_is_still_open_comes_back_when_it_is_asked_for_and_never_by_itself(who, case, clock):
    another, gone = taken(who[HORATIO], clock), taken(who[HORATIO], clock)
    drafting.keep(tiny.task_of(case, "note"), {"note": {"notes": "Half."}}, 1, who[HORATIO], clock=clock)
    absence = is_away(who[HORATIO], clock, who[BASIL])
    handing_over.sweep(clock)
    finish(gone, "note", who[BASIL], clock)
    claiming.take(tiny.task_of(another, "note"), who[CLEMENTINE], clock=clock)
    clock.pass_(days=2)
    assert handing_over.over(who[HORATIO].id, clock=clock) == [], "they are not back yet"
    absences.end(absence, who[HORATIO], clock=clock)
    handing_over.sweep(clock)
    assert holder(case) == BASIL
    found = {one.case.id: one.is_offered for one in handing_over.over(who[HORATIO].id, clock=clock)}
    assert found == {case.id: True, another.id: False}, "one was finished, one a colleague took from the stand-in"
    assert handing_over.take_back(who[HORATIO].id, who[HORATIO], clock=clock) == 1
    assert (holder(case), holder(another)) == (HORATIO, CLEMENTINE)
    assert told(case)[-1] == ("task_taken", HORATIO, "Back again.")
    assert drafts.of_task(tiny.task_of(case, "note")).answers == {"note": {"notes": "Half."}}
    assert handing_over.take_back(who[HORATIO].id, who[HORATIO], clock=clock) == 0


def test_what_they_leave_where_it_is_is_not_offered_again(who, case, clock):
    absence = is_away(who[HORATIO], clock, who[BASIL])
    handing_over.sweep(clock)
    assert "away until" in handing_over.notice(who[HORATIO].id, clock=clock)
    absences.end(absence, who[HORATIO], clock=clock)
    assert "still open" in handing_over.notice(who[HORATIO].id, clock=clock)
    handing_over.leave(who[HORATIO].id, who[HORATIO], clock=clock)
    assert handing_over.notice(who[HORATIO].id, clock=clock) == ""
    assert (holder(case), handing_over.over(who[HORATIO].id, clock=clock)) == (BASIL, [])


def test_the_handover_page_shows_a_stand_in_what_went_to_them_and_a_stranger_nothing(who, case, clock):
    taken(who[HORATIO], clock)
    is_away(who[HORATIO], clock, who[BASIL])
    handing_over.sweep(clock)
    claiming.take(tiny.task_of(case, "note"), who[CLEMENTINE], clock=clock)
    seen = handover.of(who[HORATIO].id, who[BASIL], sees_all=False, clock=clock)
    assert [row.went_to for row in seen.rows] == [BASIL] and "Away from Monday 2" in seen.until
    assert [one[1] for one in handover.stood_in_for(who[BASIL], clock=clock)] == [HORATIO]
    everything = handover.of(who[HORATIO].id, who[MARIGOLD], sees_all=True, clock=clock)
    assert sorted(row.went_to for row in everything.rows) == [BASIL, CLEMENTINE]
    with pytest.raises(errors.NotFound):
        handover.of(who[HORATIO].id, access.who(by_name("Juniper Wick")), sees_all=False, clock=clock)


def test_what_went_on_to_a_second_stand_in_comes_back_too(who, case, clock):
    is_away(who[HORATIO], clock, who[BASIL])
    handing_over.sweep(clock)
    is_away(who[BASIL], clock, who[CLEMENTINE], last=None)
    handing_over.sweep(clock)
    assert holder(case) == CLEMENTINE
    clock.pass_(days=7)
    assert handing_over.take_back(who[HORATIO].id, who[HORATIO], clock=clock) == 1
    assert holder(case) == HORATIO


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_two_workers_at_once_move_each_task_once(app, who, clock):
    several = [taken(who[HORATIO], clock) for _ in range(4)]
    absence = is_away(who[HORATIO], clock, who[BASIL])
    results = tiny.at_once(app, *[lambda: handing_over.begin(absence, clock=clock)] * 2)
    assert all(isinstance(one, int) for one in results), results
    assert [holder(case) for case in several] == [BASIL] * 4
    assert [len(told(case)) for case in several] == [2] * 4
    assert rows_of.load(absence).started_at == clock()


def test_what_somebody_does_for_an_agency_stays_in_it(who, clock):
    rowan, perry = (by_name(name) for name in ("Rowan Finch", "Perry Mallow"))
    grant = RoleGrant(role=access.AGENCIES, agency_key="police")
    with transaction():
        people.add(Person(name="Bracken Reed", email="bracken@police.example", created_at=clock(), roles=[grant]))
    assert [one.name for one in absences.colleagues(rowan, access.AGENCIES)] == ["Bracken Reed"]
    noted = Noted(rowan.id, MONDAY, None, {access.AGENCIES: {"to": perry.id}})
    with pytest.raises(errors.Refused):
        absences.note(noted, access.who(rowan), clock=clock)
    task = tasks.Task(role=access.AGENCIES, agency_key=None)
    assert away.cannot(task, perry, {}, rowan) == "Perry Mallow works for another agency."


def test_many_tasks_are_given_once_with_what_cannot_go_left_and_said(who, case, clock):
    judged = taken(who[BASIL], clock)
    finish(judged, "note", who[BASIL], clock)
    finish(judged, "decide", who[BASIL], clock)
    claiming.take(tiny.task_of(judged, "judge"), who[HORATIO], clock=clock)
    ids = [tiny.task_of(case, "note"), tiny.task_of(judged, "judge")]
    found = bulk.preview(who[HORATIO].id, ids, who[BASIL].id, who[MARIGOLD], clock=clock)
    assert [one.task.key for one in found.going] == ["note"]
    assert [("Decide it" in one.why, one.task.key) for one in found.staying] == [(True, "judge")]
    given = [bulk.give(who[HORATIO].id, ids, who[BASIL].id, who[MARIGOLD], "once", clock=clock) for _ in range(2)]
    assert given == [1, 1], "the same post gets the same answer"
    assert (holder(case), holder(judged, "judge")) == (BASIL, HORATIO)
    assert told(case)[-1] == ("task_given", BASIL, "Given by Marigold Swift from Horatio Plume.")
    claiming.take(ids[0], who[HORATIO], clock=clock)
    assert bulk.give(who[HORATIO].id, ids, who[BASIL].id, who[MARIGOLD], "once", clock=clock) == 1
    assert holder(case) == HORATIO, "it moved nothing"
    assert bulk.give(who[HORATIO].id, ids, bulk.TEAM, who[HORATIO], "again", clock=clock) == 2
    stranger = access.who(by_name("Juniper Wick"))
    with pytest.raises(errors.NotAllowed):
        bulk.give(who[HORATIO].id, ids, who[BASIL].id, stranger, "x", clock=clock)


def test_a_deleted_case_takes_its_moves_along(who, case, clock, rows):
    is_away(who[HORATIO], clock, who[BASIL])
    handing_over.sweep(clock)
    with transaction():
        training.delete_case(cases.lock(case.id))
    assert rows("select * from handover") == [] and len(rows("select * from absence")) == 1
