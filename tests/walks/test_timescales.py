"""Times that are agreed anew: open cases keep theirs, or are moved with credit for what was used. On both databases."""

import re
from datetime import UTC, date, datetime

import pytest

from app import errors
from app.cases import procedures
from app.config import ROOT
from app.editor import calendars, folders, loading, moving_words, timescales
from app.editor.moving_cases import Why
from app.law.calendars import LOCAL
from app.store import cases, history, tasks, timers
from app.store.db import db
from app.store.rows.cases import Case
from app.timers import firing
from tests.walks import agreed, tiny

WHY = Why("The partnership agreed shorter times.", "Marigold Swift", None)


@pytest.fixture(autouse=True)
def published(app, clock):
    return agreed.publish(clock)


def begun(clock, number):
    return [tiny.begin("panelled", clock) for _ in range(number)]


def fresh(case):
    db.session.commit()
    return db.session.get(Case, case.id, populate_existing=True)


def due_on(case):
    db.session.commit()
    return [timer.due_on for timer in timers.waiting(case.id)]


def test_open_cases_keep_their_times_when_others_are_published(clock):
    old = begun(clock, 1)[0]
    agreed.publish(clock, interview="5 working days")
    new = begun(clock, 1)[0]
    clock.pass_(days=1)
    assert (due_on(old), due_on(new)) == ([date(2026, 3, 5)], [date(2026, 3, 9)])
    tiny.finish(old, clock, key="interview")
    agreed.publish(clock, panel="working day 3")
    assert due_on(old) == [date(2026, 3, 16)]


def test_what_differs_and_who_follows_it_is_said_in_words(clock, published):
    begun(clock, 2)
    now = agreed.publish(clock, interview="5 working days", safety_plan="1 working day")
    begun(clock, 1)
    found = timescales.agreed()
    assert (found.release.key, found.number) == (now, 1)
    (earlier,) = found.earlier
    assert (earlier.release.key, earlier.number) == (published, 2)
    assert earlier.differences == (
        "Interview: time limit ‘3 working days’ becomes ‘5 working days’",
        "Safety plan: new, 1 working day",
    )


def test_a_release_with_the_same_times_leaves_nobody_behind(clock):
    begun(clock, 2)
    clock.pass_(seconds=1)
    files = {"panelled.bpmn": agreed.PANEL, "timescales.dmn": agreed.table(agreed.TIMES), "more.bpmn": tiny.WATCHED}
    procedures.publish(files, by="tests", note="", clock=clock)
    assert (timescales.agreed().number, timescales.agreed().earlier) == (2, ())
    assert timescales.preview(clock=clock).kept == 2
    assert timescales.move(WHY, clock=clock).moved == 0


def test_the_preview_counts_who_would_become_late(clock):
    late = begun(clock, 3)
    clock.set(datetime(2026, 3, 4, 9, tzinfo=UTC))
    begun(clock, 2)
    agreed.publish(clock, interview="1 working day")
    found = timescales.preview(clock=clock)
    assert moving_words.summary(found) == "5 open cases: 3 would become late, 5 limits would end earlier."
    assert [*moving_words.lines(found)][0] == (
        f"{late[0].reference}: interview, from Thursday 5\u00a0March to Tuesday 3\u00a0March: would be late at once"
    )
    assert moving_words.record(found)["would_become_late"] == [case.reference for case in late]
    assert [fresh(case).timescales_key for case in late] == [None] * 3


def test_moving_credits_the_time_already_used_and_writes_down_why(clock, published):
    case = begun(clock, 1)[0]
    clock.set(datetime(2026, 3, 4, 9, tzinfo=UTC))
    now = agreed.publish(clock, interview="5 working days")
    assert timescales.move(WHY, clock=clock).moved == 1
    assert due_on(case) == [date(2026, 3, 9)]  # five working days after Monday 2 March, on which it began
    assert [(task.due_on, task.rule) for task in tasks.of_case(case.id)] == [(date(2026, 3, 9), "5 working days")]
    assert (fresh(case).release_key, fresh(case).timescales_key) == (published, now)
    changed, moved = history.of_case(case.id)[-2:]
    said = {name: value for name, value in changed.says.items() if name != "limits"}
    assert (changed.kind, changed.by, said) == (
        "timescales_changed",
        "Marigold Swift",
        {"release": now, "reason": "The partnership agreed shorter times."},
    )
    assert [limit["due_on"] for limit in changed.says["limits"].values()] == ["2026-03-09"]
    assert (moved.kind, moved.says["old"], moved.says["new"], moved.says["because"]) == (
        "limit_moved",
        "2026-03-05",
        "2026-03-09",
        "timescales_changed",
    )
    assert history.is_whole(cases.load(case.id))
    tiny.finish(case, clock, key="interview")
    assert due_on(case) == [date(2026, 3, 16)]


def test_later_steps_of_a_case_that_was_moved_have_the_new_times(clock):
    case = begun(clock, 1)[0]
    agreed.publish(clock, panel="working day 12")
    timescales.move(WHY, clock=clock)
    assert due_on(case) == [date(2026, 3, 5)]
    tiny.finish(case, clock, key="interview")
    assert due_on(case) == [date(2026, 3, 18)]


def test_a_limit_that_is_over_at_once_fires_at_once(clock):
    case = begun(clock, 1)[0]
    clock.set(datetime(2026, 3, 4, 9, tzinfo=UTC))
    agreed.publish(clock, interview="1 working day")
    timescales.move(WHY, clock=clock)
    assert firing.sweep(clock) == 1
    assert history.count_of(case.id, "timer_fired") == 1


def test_cases_can_be_moved_back(clock, published):
    case = begun(clock, 1)[0]
    agreed.publish(clock, interview="5 working days")
    timescales.move(WHY, clock=clock)
    clock.pass_(seconds=1)
    timescales.move(WHY, published, clock=clock)
    assert (due_on(case), fresh(case).timescales_key) == ([date(2026, 3, 5)], published)


def test_a_table_without_a_limit_that_runs_stops_the_case_and_the_others_go_on(clock):
    stuck, done = begun(clock, 2)
    tiny.finish(done, clock, key="interview")
    clock.pass_(seconds=1)
    files = {"panelled.bpmn": agreed.PANEL, "timescales.dmn": agreed.table({"panel": "working day 12"})}
    procedures.publish(files, by="tests", note="", clock=clock)
    found = timescales.preview(clock=clock)
    assert "1 could not be counted and would be stopped" in moving_words.summary(found)
    became = timescales.move(WHY, clock=clock)
    assert (became.moved, became.stopped) == (1, (stuck.reference,))
    assert (fresh(stuck).is_stopped, fresh(stuck).timescales_key, due_on(stuck)) == (True, None, [date(2026, 3, 5)])
    assert due_on(done) == [date(2026, 3, 18)]


def test_a_release_without_agreed_times_cannot_be_moved_to(clock):
    clock.pass_(seconds=1)
    tiny.publish(clock)
    with pytest.raises(errors.NotFound, match="no table of agreed times"):
        timescales.preview(clock=clock)
    with pytest.raises(errors.NotFound):
        timescales.agreed("nonesuch")


def test_without_a_reason_nothing_moves(clock):
    case = begun(clock, 1)[0]
    agreed.publish(clock, interview="5 working days")
    with pytest.raises(errors.Refused):
        timescales.move(Why("", "Marigold Swift"), clock=clock)
    assert fresh(case).timescales_key is None


def test_a_preview_takes_a_few_statements_however_many_cases_there_are(clock, statements):
    begun(clock, 2)
    agreed.publish(clock, interview="5 working days")

    def asked():
        timescales.preview(clock=clock)
        db.session.commit()
        with statements() as said:
            found = timescales.preview(clock=clock)
        return len(said), found.open

    few = asked()
    begun(clock, 20)
    assert asked() == (few[0], few[1] + 20)


def test_a_new_closure_and_new_times_add_up(clock):
    case = begun(clock, 1)[0]
    agreed.publish(clock, interview="5 working days")
    timescales.move(WHY, clock=clock)
    closed = calendars.add(date(2026, 3, 4), "Offices closed", LOCAL, by="tests", note="", clock=clock)
    calendars.apply(closed.key, WHY, clock=clock)
    assert due_on(case) == [date(2026, 3, 10)]


def test_the_published_procedure_takes_other_times_without_touching_the_rest(walk, clock):
    clock.pass_(seconds=1)
    loading.load(ROOT, by="tests", clock=clock)
    walk.apply(application={"in_danger": "no"})
    walk.days(1)
    files = folders.read(ROOT)
    row = re.compile(rb'(?s)(<outputEntry id="confirm_reports_then_limit"><text>)[^<]*')
    files["timescales.dmn"] = row.sub(rb'\g<1>"working day 5"', files["timescales.dmn"])
    procedures.publish(files, by="tests", note="", clock=clock)
    assert timescales.agreed().earlier[0].differences == (
        "Confirm reports: time limit ‘working day 3’ becomes ‘working day 5’",
    )
    assert [*moving_words.lines(timescales.preview(clock=clock))] == [
        f"{walk.case.reference}: Confirm the reports, from Thursday 5\u00a0March to Monday 9\u00a0March"
    ]
    before = {(timer.key, timer.due_at) for timer in timers.waiting(walk.id)}
    assert timescales.move(WHY, clock=clock).moved == 1
    db.session.commit()
    after = {(timer.key, timer.due_at) for timer in timers.waiting(walk.id)}
    assert {key for key, _ in before ^ after} == {"confirm_reports_late"}
