"""A bank holiday that is announced late: which cases it would move, and moving them. On both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from app import errors
from app.cases import advancing
from app.editor import calendars, moving_words
from app.editor.moving_cases import Why
from app.law.calendars import ENGLAND_AND_WALES, LOCAL, SCOTLAND, Change
from app.status import timeline
from app.store import calendars as editions
from app.store import cases, history, tasks, timers
from app.store.db import db
from app.store.rows.cases import MOVED, WAITING, Case, Snapshot
from app.timers import firing
from tests.walks import agreed, tiny

WEDNESDAY = date(2026, 3, 4)  # the cases begin on Monday 2 March 2026 and have three working days
WHY = Why("A day of mourning was proclaimed.", "Marigold Swift")


@pytest.fixture(autouse=True)
def published(app, clock):
    agreed.publish(clock)


def begun(clock, number):
    return [tiny.begin("panelled", clock) for _ in range(number)]


def proposed(clock, day=WEDNESDAY, name="Day of mourning", calendar=ENGLAND_AND_WALES):
    return calendars.add(day, name, calendar, by="Basil Tamarind", note="", clock=clock).key


def fresh(case):
    db.session.commit()
    return db.session.get(Case, case.id, populate_existing=True)


def due_on(case):
    db.session.commit()
    return [timer.due_on for timer in timers.waiting(case.id)]


def kinds(case):
    db.session.commit()
    return [event.kind for event in history.of_case(case.id)]


def test_a_proposal_moves_nothing(clock):
    (case,) = begun(clock, 1)
    proposed(clock)
    assert due_on(case) == [date(2026, 3, 5)]
    assert tiny.begin("panelled", clock).calendar_key == ""


def test_the_preview_says_which_cases_would_move_and_from_when_to_when(clock):
    case, done = begun(clock, 2)
    tiny.finish(done, clock, key="interview")
    tiny.finish(done, clock, key="panel")
    found = calendars.preview(proposed(clock), clock=clock)
    assert [*moving_words.lines(found)] == [
        f"{case.reference}: interview, from Thursday 5\u00a0March to Friday 6\u00a0March"
    ]
    assert moving_words.summary(found) == "1 open case: 1 limit would end later."
    assert (due_on(case), kinds(case), fresh(case).calendar_key) == (
        [date(2026, 3, 5)],
        ["case_opened", "task_opened"],
        "",
    )


def test_applying_moves_what_the_preview_said_and_writes_down_why(clock):
    case = begun(clock, 1)[0]
    key = proposed(clock)
    became = calendars.apply(key, WHY, clock=clock)
    assert (became.moved, became.stopped, became.left) == (1, (), ())
    assert due_on(case) == [date(2026, 3, 6)]
    assert [task.due_on for task in tasks.of_case(case.id)] == [date(2026, 3, 6)]
    assert fresh(case).calendar_key == key
    changed, moved = history.of_case(case.id)[-2:]
    assert (changed.kind, changed.by) == ("calendar_changed", "Marigold Swift")
    said = {name: value for name, value in changed.says.items() if name != "limits"}
    assert said == {"edition": key, "reason": "A day of mourning was proclaimed."}
    assert [limit["due_on"] for limit in changed.says["limits"].values()] == ["2026-03-06"]
    assert (moved.kind, moved.says["old"], moved.says["new"]) == ("limit_moved", "2026-03-05", "2026-03-06")
    assert history.is_whole(cases.load(case.id))
    assert tiny.begin("panelled", clock).calendar_key == key
    assert timeline.line(changed).title == "The working days of this case are counted anew"


def test_a_day_that_is_taken_back_moves_cases_back_to_where_they_were(clock):
    case = begun(clock, 1)[0]
    calendars.apply(proposed(clock), WHY, clock=clock)
    back = calendars.remove(WEDNESDAY, ENGLAND_AND_WALES, by="Basil Tamarind", note="", clock=clock)
    assert back.key == calendars.PLAIN
    clock.pass_(hours=1)
    assert "from Friday 6\u00a0March to Thursday" in [*moving_words.lines(calendars.preview(back.key, clock=clock))][0]
    calendars.apply(back.key, WHY, clock=clock)
    assert (due_on(case), fresh(case).calendar_key) == ([date(2026, 3, 5)], "")
    assert sorted(timer.state for timer in timers.of_case(case.id)) == [MOVED, WAITING]
    clock.set(datetime(2026, 3, 6, tzinfo=UTC))
    assert firing.sweep(clock) == 1
    assert tiny.begin("panelled", clock).calendar_key == ""


def test_a_day_that_counts_again_may_leave_a_case_late_at_once(clock):
    calendars.apply(proposed(clock), WHY, clock=clock)
    case = begun(clock, 1)[0]
    back = calendars.remove(WEDNESDAY, ENGLAND_AND_WALES, by="Basil Tamarind", note="", clock=clock)
    clock.set(datetime(2026, 3, 6, 9, tzinfo=UTC))
    found = calendars.preview(back.key, clock=clock)
    assert moving_words.summary(found) == "1 open case: 1 would become late, 1 limit would end earlier."
    assert [*moving_words.lines(found)] == [
        f"{case.reference}: interview, from Friday 6\u00a0March to Thursday 5\u00a0March: would be late at once"
    ]
    calendars.apply(back.key, WHY, clock=clock)
    assert firing.sweep(clock) == 1


def test_a_case_that_is_late_may_stop_being_late_before_anybody_is_told(clock):
    (case,) = begun(clock, 1)
    clock.set(datetime(2026, 3, 6, 9, tzinfo=UTC))  # the worker has not come round yet
    key = proposed(clock)
    assert "1 would stop being late" in moving_words.summary(calendars.preview(key, clock=clock))
    calendars.apply(key, WHY, clock=clock)
    assert (firing.sweep(clock), due_on(case)) == (0, [date(2026, 3, 6)])


def test_what_has_passed_stays_passed(clock):
    (case,) = begun(clock, 1)
    clock.set(datetime(2026, 3, 6, 9, tzinfo=UTC))
    assert firing.sweep(clock) == 1
    key = proposed(clock)
    assert moving_words.summary(calendars.preview(key, clock=clock)) == "1 open case: no time limit would move."
    calendars.apply(key, WHY, clock=clock)
    assert kinds(case)[-1] == "calendar_changed"


def test_a_holiday_of_another_nation_moves_nothing(clock):
    begun(clock, 2)
    found = calendars.preview(proposed(clock, calendar=SCOTLAND), clock=clock)
    assert (found.open, found.cases) == (2, ())


def test_days_that_are_known_are_no_change(clock):
    christmas = Change(date(2026, 12, 25), "Christmas Day", ENGLAND_AND_WALES)
    proposal = calendars.propose([christmas], by="tests", note="", clock=clock)
    assert (proposal.key, proposal.new, proposal.known) == ("", (), (christmas,))
    assert editions.editions() == []


def test_each_day_says_where_it_comes_from(clock):
    calendars.apply(proposed(clock), WHY, clock=clock)
    found = {one.day: one for one in calendars.days(date(2026, 1, 1), date(2026, 12, 31), LOCAL)}
    assert found[date(2026, 12, 25)].source.startswith("the package holidays ")
    assert found[WEDNESDAY].source == "added by Basil Tamarind on Monday 2\u00a0March 2026"
    scottish = [one.name for one in calendars.days(date(2026, 11, 1), date(2026, 12, 1), SCOTLAND)]
    assert scottish == ["Saint Andrew's Day"]


def test_a_bank_holiday_on_which_the_offices_are_open_counts(clock):
    begun(clock, 1)
    calendars.apply(proposed(clock), WHY, clock=clock)
    with pytest.raises(errors.Refused, match="added to another calendar"):
        calendars.remove(WEDNESDAY, LOCAL, by="tests", note="", clock=clock)
    opened = calendars.remove(date(2026, 12, 25), LOCAL, by="tests", note="", clock=clock)
    calendars.apply(opened.key, WHY, clock=clock)
    (listed,) = [one for one in calendars.days(date(2026, 12, 25), date(2026, 12, 25), LOCAL) if one.is_open]
    assert listed.name == "Christmas Day"
    with pytest.raises(errors.Refused, match="is not closed"):
        calendars.remove(date(2026, 12, 25), LOCAL, by="tests", note="", clock=clock)


def test_a_proposal_that_leaves_out_what_was_put_in_force_meanwhile_says_so(clock):
    first, second = proposed(clock), proposed(clock, date(2026, 3, 9), "Offices closed", LOCAL)
    calendars.apply(first, WHY, clock=clock)
    found = calendars.edition(second)
    assert [change.name for change in found.adds] == ["Offices closed"]
    assert [change.name for change in found.takes_away] == ["Day of mourning"]


def test_an_unknown_edition_and_a_missing_reason_change_nothing(clock):
    key = proposed(clock)
    with pytest.raises(errors.NotFound):
        calendars.apply("nonesuch", WHY, clock=clock)
    with pytest.raises(errors.Refused):
        calendars.apply(key, Why("  ", "Marigold Swift"), clock=clock)
    assert editions.in_force() is None


def test_a_case_that_cannot_move_is_stopped_and_the_others_go_on(clock):
    first, broken, last = begun(clock, 3)
    db.session.execute(update(Snapshot).where(Snapshot.case_id == broken.id).values(content=b"not a run"))
    db.session.commit()
    key = proposed(clock)
    assert "1 could not be counted" in moving_words.summary(calendars.preview(key, clock=clock))
    became = calendars.apply(key, WHY, clock=clock)
    assert (became.moved, became.stopped) == (2, (broken.reference,))
    assert (fresh(broken).is_stopped, fresh(broken).calendar_key) == (True, "")
    assert [fresh(case).calendar_key for case in (first, last)] == [key, key]


def test_what_was_broken_off_goes_on_where_it_stopped(clock):
    opened = begun(clock, 3)
    key, looks = proposed(clock), iter(range(4))

    def stopping():
        if next(looks, None) is None:
            raise KeyboardInterrupt
        return clock()

    with pytest.raises(KeyboardInterrupt):
        calendars.apply(key, WHY, clock=stopping)
    assert calendars.preview(key, clock=clock).kept == 1
    assert calendars.apply(key, WHY, clock=clock).moved == 2
    assert calendars.apply(key, WHY, clock=clock).moved == 0
    for case in opened:
        assert (kinds(case).count("calendar_changed"), due_on(case)) == (1, [date(2026, 3, 6)])


def test_two_who_apply_the_same_edition_at_once_move_each_case_once(app, clock):
    opened, key = begun(clock, 6), proposed(clock)
    results = tiny.at_once(app, *[lambda: calendars.apply(key, WHY, clock=clock)] * 3)
    assert sum(became.moved for became in results) == 6
    assert {kinds(case).count("calendar_changed") for case in opened} == {1}


def test_an_officer_who_works_on_a_case_that_is_moved_loses_nothing(app, clock):
    case, key = begun(clock, 1)[0], proposed(clock)
    step = tiny.finishing(tiny.task_of(case, "interview"), clock, key="interview")
    became, done = tiny.at_once(
        app, lambda: calendars.apply(key, WHY, clock=clock), lambda: advancing.advance(case.id, step, clock=clock)
    )
    assert (became.moved, type(done)) == (1, Case)
    assert [task.key for task in tasks.of_case(case.id)] == ["panel"]
    assert due_on(case) == [date(2026, 3, 17)]  # ten working days after Monday 2 March, one of them closed


def test_a_preview_takes_a_few_statements_however_many_cases_there_are(clock, statements):
    key = proposed(clock)

    def asked():
        calendars.preview(key, clock=clock)
        db.session.commit()
        with statements() as said:
            found = calendars.preview(key, clock=clock)
        return len(said), found.open

    begun(clock, 2)
    few = asked()
    begun(clock, 20)
    assert asked() == (few[0], few[1] + 20)


def test_moving_a_case_takes_the_same_statements_for_each(clock, statements):
    begun(clock, 2)
    with statements() as few:
        calendars.apply(proposed(clock), WHY, clock=clock)
    clock.pass_(seconds=1)
    begun(clock, 4)
    key = proposed(clock, WEDNESDAY + timedelta(days=1), "Offices closed", LOCAL)
    with statements() as many:
        calendars.apply(key, WHY, clock=clock)
    assert len(many) <= 3 * len(few)
