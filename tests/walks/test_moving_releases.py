"""Moving open cases to another release: the rows, the history, the way back, and going on to the end."""

import pytest

from app import errors
from app.cases import procedures
from app.editor import moving_releases, way_back
from app.editor.moving_cases import Why
from app.editor.moving_releases import CANNOT, CHOICE, CLEAN
from app.engine.crossing import CREDIT, KEEP, Way
from app.store import cases, history, tasks, timers
from app.store.db import db
from tests.walks import tiny

WHY = Why("Agreed by the board.", "Linnet Alder", None)


def drawn(rule="3 days", *, steps=("work", "done"), named="Work"):
    body = "".join(f'<userTask id="{one}" name="{named if one == "work" else one}"/>' for one in steps[:-1])
    late = tiny.limit("late", "work", rule) if "work" in steps else ""
    rest = tiny.flow("late", "late_done") if late else ""
    return {"p.bpmn": tiny.process("p", body, late, tiny.end("done", "late_done"), tiny.flow("begun", *steps), rest)}


def publish(clock, *shape, **more):
    clock.pass_(seconds=1)
    return procedures.publish(drawn(*shape, **more), by="tests", note="", clock=clock)


def look(key, clock, rule=KEEP, **goes):
    return moving_releases.look(procedures.drawn(drawn_of(key)), key, Way(rule, goes), clock=clock)


def drawn_of(key):
    from app.store import releases

    return releases.files(key)


def fresh(case):
    db.session.expire_all()
    return cases.load(case.id)


@pytest.fixture
def two(app, clock):
    """Two cases of the first release."""
    publish(clock)
    return [tiny.begin("p", clock) for _ in range(2)]


def test_a_look_changes_nothing_and_says_what_would_become_of_each_case(two, clock):
    before = [(cases.snapshot(case.id), case.revision) for case in two]
    key = publish(clock, "5 days", steps=("work", "check", "done"))
    tiny.begin("p", clock)
    seen = look(key, clock, CREDIT)
    assert (seen.open, seen.there, seen.count(CLEAN)) == (3, 1, 2)
    assert [len(one.limits.moves) for one in seen.cases] == [1, 1]
    assert [(cases.snapshot(case.id), fresh(case).revision) for case in two] == before


def test_every_case_is_moved_with_its_rows_and_history(two, clock):
    key = publish(clock, "5 days", steps=("work", "check", "done"), named="Work it out")
    task_id = tiny.task_of(two[0])
    became = moving_releases.move_all(key, Way(CREDIT), WHY, clock=clock)
    assert (became.moved, became.failed, became.left) == (2, {}, 0)
    case = fresh(two[0])
    assert case.release_key == key
    task = tasks.load(task_id)
    timer = timers.waiting(case.id)[0]
    assert (task.name, task.rule, timer.rule, task.due_at) == ("Work it out", "5 days", "5 days", timer.due_at)
    line = next(one for one in history.of_case(case.id) if one.kind == "case_moved")
    assert (line.by, line.says["reason"], line.says["rule"]) == ("Linnet Alder", "Agreed by the board.", CREDIT)
    assert history.is_whole(case)
    tiny.finish(case, clock)
    tiny.finish(case, clock, "check")
    assert fresh(case).status == "closed"
    assert moving_releases.move_all(key, Way(CREDIT), WHY, clock=clock).moved == 0


def test_moving_needs_a_reason_and_a_rule(two, clock):
    key = publish(clock, "5 days")
    with pytest.raises(errors.Refused) as refused:
        moving_releases.move_all(key, Way(KEEP), Why(" ", "x"), clock=clock)
    assert "reason" in refused.value.problems
    with pytest.raises(errors.Refused) as refused:
        moving_releases.move_all(key, Way("whatever"), WHY, clock=clock)
    assert "rule" in refused.value.problems


def test_a_case_that_cannot_move_stays_as_it_was_and_is_named(two, clock):
    tiny.finish(two[1], clock)
    case = tiny.begin("p", clock)
    key = publish(clock, steps=("check", "done"))
    seen = look(key, clock)
    assert seen.count(CHOICE) == 2 and seen.choices == {"work": (("check", "check"),)}
    became = moving_releases.move_all(key, Way(KEEP), WHY, clock=clock)
    assert became.moved == 0 and list(became.failed) == [two[0].reference, case.reference]
    assert "is not in the other version" in became.failed[case.reference]
    assert not fresh(case).is_stopped and fresh(case).release_key != key
    assert moving_releases.move_all(key, Way(KEEP, {"work": "check"}), WHY, clock=clock).moved == 2
    assert [task.key for task in tasks.of_case(case.id)] == ["check"] and timers.waiting(case.id) == []


def test_a_choice_that_leads_nowhere_is_refused(two, clock):
    key = publish(clock, steps=("check", "done"))
    assert look(key, clock, work="nowhere").count(CANNOT) == 2


def test_the_way_back_gives_the_case_as_it_was(two, clock):
    case = two[0]
    old, before = case.release_key, [timer.due_at for timer in timers.waiting(case.id)]
    key = publish(clock, "5 days", steps=("work", "check", "done"))
    clock.pass_(days=1)
    moving_releases.move(case.id, key, Way("restart"), WHY, clock=clock)
    assert [timer.due_at for timer in timers.waiting(case.id)] != before
    assert way_back.of(fresh(case), clock=clock).problem == ""
    way_back.take(case.id, WHY, clock=clock)
    assert fresh(case).release_key == old
    assert [timer.due_at for timer in timers.waiting(case.id)] == before
    assert way_back.of(fresh(case), clock=clock) is None
    with pytest.raises(errors.CaseMovedOn):
        way_back.take(case.id, WHY, clock=clock)


def test_the_way_back_closes_when_something_was_done_that_only_the_new_release_has(two, clock):
    case = two[0]
    key = publish(clock, steps=("work", "check", "sign", "done"))
    moving_releases.move(case.id, key, Way(KEEP), WHY, clock=clock)
    tiny.finish(case, clock)
    assert "is open, and the earlier version does not have it" in way_back.of(fresh(case), clock=clock).problem
    tiny.finish(case, clock, "check")
    assert "was done since" in way_back.of(fresh(case), clock=clock).problem
    with pytest.raises(errors.Refused):
        way_back.take(case.id, WHY, clock=clock)
