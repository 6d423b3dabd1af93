"""Training cases: time of their own, nothing that reaches anybody, nobody's words, and an end that leaves nothing."""

import zlib
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app import errors, worker
from app.cases import advancing, keeping, procedures, training
from app.cases.access import Who
from app.cases.advancing import Opening
from app.cases.leaving_out import LEFT_OUT
from app.cli import demo
from app.engine.run import Run
from app.intake import linking
from app.intake import rehearsing as beginning
from app.status import health
from app.store import cases, drafts, history, lateness, tasks, timers, tokens
from app.store.db import db
from app.store.rows.history import KEPT
from app.store.tasks import Place
from app.store.transactions import transaction
from app.tasks import pretending
from app.timers import changeable, changing, rehearsing
from tests.walks import stories, tiny

BASIL = Who(1, "Basil Tamarind", ())
HORATIO = Who(6, "Horatio Plume", (Place("Senior officer"),))
SECRETS = ("Tansy", "Applegarth", "tansy@larkmere.example", "07700 900731", "12 Old Mill Lane", "1961-07-08")
SECRETS += ("Sage Greenhow", "sage@home.example", "Banging on the door", "My neighbour drinks", "noise team knows")
TOLD = {
    "victim": {"name": "Tansy Applegarth", "address": "12 Old Mill Lane", "born_on": "1961-07-08"},
    "contact": {"prefer": "email", "email": "tansy@larkmere.example", "email_safe": "yes"},
    "representative": {"name": "Sage Greenhow", "email": "sage@home.example", "phone": "07700 900731"},
    "application": {"in_danger": "no", "applying_as": "representative", "impact": "My neighbour drinks."},
    "reports": stories.REPORTS,
}
HALF_DAYS = tiny.process(
    "half_days",
    tiny.task("work") + tiny.limit("again", "work", "every 12 hours", interrupts=False, kind="timeCycle"),
    tiny.end("done", "told") + tiny.flow("begun", "work", "done") + tiny.flow("again", "told"),
)


@pytest.fixture
def copied(walk, clock):
    """A training copy of a case that has come some way, and the walk of the case itself."""
    walk.apply(**TOLD)
    walk.do("note_application")
    walk.do("offer_support", support={"result": "accepted", "needs": "The noise team knows."})
    walk.days(1)
    return training.copy(walk.id, BASIL, clock=clock), walk


@pytest.fixture
def small(app, clock):
    """A way to begin a training case that follows a small drawing."""
    demo.settle_people(clock)
    files = {f"{number}.bpmn": content for number, content in enumerate((*tiny.ALL, HALF_DAYS))}
    procedures.publish(files, by="tests", note="", clock=clock)

    def begin(name, **facts):
        opening = Opening(name, "Training: somebody", facts, by="tests", is_training=True)
        return advancing.open_case(opening, clock=clock)

    return begin


def rows_of(case_id):
    """Every row of a case in every table, as text; what is compressed is read."""
    found = []
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if column is cases.Case.__table__.c.id or any(
                key.column.table.name == "case" for key in column.foreign_keys
            ):
                rows = db.session.execute(select(table).where(column == case_id))
                found += [zlib.decompress(v).decode() if isinstance(v, bytes) else str(v) for row in rows for v in row]
    return "\n".join(found)


def fired(case_id):
    """What fired in a case, and when, as history has it."""
    return [(line.subject, line.at) for line in history.of_case(case_id) if line.kind == "timer_fired"]


def day(number, hour=0):
    return datetime(2026, 3, number, hour, tzinfo=UTC)


def test_a_copy_stands_where_its_case_stands(copied):
    case, walk = copied
    assert case.reference == "TRAINING-2026-0001"
    assert case.virtual_at == walk.clock()
    open_tasks = [{(t.key, t.agency_key, t.opened_at, t.due_at) for t in tasks.of_case(c)} for c in (case.id, walk.id)]
    ran = [[(t.key, t.due_at, t.state) for t in timers.of_case(c)] for c in (case.id, walk.id)]
    assert open_tasks[0] == open_tasks[1]
    assert ran[0] == ran[1]
    assert not {t.id for t in tasks.of_case(case.id)} & {t.id for t in tasks.of_case(walk.id)}


def test_the_rows_of_a_copy_say_what_its_run_says(copied):
    case, _ = copied
    kept = cases.snapshot(case.id)
    stands = keeping.standing(Run.wake(kept, procedures.of(case), at=case.virtual_at, opened_at=case.opened_at))
    assert stands.open == {task.id for task in tasks.of_case(case.id)}
    assert stands.waiting == {(t.id, t.key, t.due_at) for t in timers.waiting(case.id)}
    assert history.is_whole(case)
    assert history.of_case(case.id)[-1].says == {"reference": "CT-2026-0001"}


def test_a_copy_knows_nobody(copied):
    case, walk = copied
    there, here = rows_of(walk.id), rows_of(case.id)
    assert [secret for secret in SECRETS if secret not in there] == []
    assert [secret for secret in SECRETS if secret.casefold() in here.casefold()] == []
    assert LEFT_OUT in here


def test_a_copy_goes_on_like_its_case(copied):
    case, walk = copied
    original, walk.id = walk.id, case.id
    walk.do_all("confirm_reports")
    walk.do("interview_applicant", reports=stories.THREE, chosen_agencies=stories.AGENCIES)
    assert "complete_matrix" in walk.open()
    assert "interview_applicant" in {task.key for task in tasks.of_case(original)}
    assert history.is_whole(cases.load(case.id))


def test_a_closed_case_is_not_copied(small, clock):
    case = tiny.begin("watched", clock)
    tiny.finish(case, clock)
    with pytest.raises(errors.CaseMovedOn):
        training.copy(case.id, BASIL, clock=clock)


def test_a_new_training_case_needs_nobody(walk, clock):
    case = beginning.begin(BASIL, clock=clock)
    assert (case.reference, case.title) == ("TRAINING-2026-0001", "Training: Clover Wetherby")
    assert "acknowledge_application" in {task.key for task in tasks.of_case(case.id)}
    assert walk.apply().reference == "CT-2026-0001"


def test_timers_fire_in_their_order_each_at_its_own_instant(small, clock):
    case = small("reminded")
    moved = rehearsing.move(case.reference, rehearsing.WEEK, "", BASIL)
    assert fired(case.id) == [("day_1", day(4)), ("day_2", day(5)), ("day_3", day(6)), ("day_4", day(7))]
    assert [timer.ended_at for timer in timers.of_case(case.id)] == [day(4), day(5), day(6), day(7)]
    assert moved.case.virtual_at == day(9, 9)
    assert moved.passed == ("work",) * 4
    assert history.is_whole(moved.case)
    assert clock() == day(2, 9)


def test_the_next_time_limit_is_as_far_as_one_press_goes(small):
    case = small("reminded")
    for number in (1, 2):
        moved = rehearsing.move(case.reference, rehearsing.LIMIT, "", BASIL)
        assert [name for name, _ in fired(case.id)] == [f"day_{n}" for n in range(1, number + 1)]
    assert moved.case.virtual_at == day(5)


def test_every_round_of_a_cycle_fires_in_virtual_time(small):
    case = small("weekly")
    rehearsing.move(case.reference, "", "2026-03-31", BASIL)
    instants = [at for _, at in fired(case.id)]
    assert len(instants) == 4
    assert {later - earlier for earlier, later in zip(instants, instants[1:], strict=False)} <= {
        timedelta(days=7),
        timedelta(days=7, hours=-1),  # the clocks went forward
    }


def test_a_working_day_passes_over_the_weekend(small):
    case = small("watched")
    rehearsing.move(case.reference, "", "2026-03-06", BASIL)
    moved = rehearsing.move(case.reference, rehearsing.WORKING_DAY, "", BASIL)
    assert moved.case.virtual_at == day(9, 9)


@pytest.mark.parametrize(
    ("by", "to"), [("", "2026-03-02"), ("", "2026-03-01"), ("", "2027-06-01"), ("", "soon"), ("", ""), ("back", "")]
)
def test_the_clock_only_moves_forward_and_not_too_far(by, to, small):
    case = small("watched")
    with pytest.raises(errors.Refused):
        rehearsing.move(case.reference, by, to, BASIL)
    assert cases.load(case.id).virtual_at == day(2, 9)


def test_without_a_time_limit_there_is_no_next_one(small, clock):
    case = small("watched")
    tiny.finish(case, clock)
    with pytest.raises(errors.Refused):
        rehearsing.move(case.reference, rehearsing.LIMIT, "", BASIL)


def test_one_press_passes_so_many_time_limits_and_no_more(small):
    case = small("half_days")
    moved = rehearsing.move(case.reference, "", "2026-12-01", BASIL)
    assert moved.is_cut_short
    assert len(moved.passed) == len(fired(case.id)) == rehearsing.MOST
    assert moved.case.virtual_at < datetime(2026, 6, 13, tzinfo=UTC)


def test_a_case_that_stops_on_the_way_stops_the_clock(small):
    case = small("forked")
    moved = rehearsing.move(case.reference, "", "2026-04-01", BASIL)
    assert (moved.is_cut_short, moved.case.is_stopped) == (True, True)
    assert moved.case.virtual_at == day(6)
    assert cases.incidents() == []


def test_two_who_move_the_clock_at_once_fire_everything_once(app, small):
    case = small("reminded")
    move = lambda: rehearsing.move(case.reference, rehearsing.WEEK, "", BASIL)  # noqa: E731
    tiny.at_once(app, move, move)
    db.session.expire_all()
    assert [name for name, _ in fired(case.id)] == ["day_1", "day_2", "day_3", "day_4"]
    assert history.is_whole(cases.load(case.id))


def test_what_is_done_in_a_training_case_is_dated_by_its_clock(small, clock):
    case = small("twice")
    rehearsing.move(case.reference, rehearsing.LIMIT, "", BASIL)
    (task,) = tasks.of_case(case.id)
    assert (task.key, task.opened_at) == ("again", day(6))
    tiny.finish(case, clock, key="again")
    line = next(line for line in history.of_case(case.id) if line.kind == "task_completed")
    assert line.at == cases.load(case.id).closed_at == day(6)


def extend(case, clock):
    """Give the interview a working day more."""
    timer = next(t for t in timers.waiting(case.id) if t.key == "interview_applicant_late")
    limit = changeable.running(case.id, timer.id, timer.key, clock=clock)
    old = limit.timer.due_on.isoformat()
    return changing.extend(limit, 1, "The officer is ill.", HORATIO, clock=clock, old=old)


def test_a_limit_is_extended_by_the_clock_of_its_case(copied, settings, clock):
    case, _ = copied
    rehearsing.move(case.reference, "", "2026-03-05", BASIL)
    extend(case, clock)
    line = next(line for line in history.of_case(case.id) if line.kind == "limit_extended")
    assert line.at == day(5, 9)
    worker.drain(settings, clock)
    letters = history.messages(case.id)
    assert "limit_extended" in {letter.letter for letter in letters}
    assert {letter.state for letter in letters} == {KEPT}


def test_a_limit_that_was_extended_is_so_in_the_copy(copied, clock):
    _, walk = copied
    extend(walk.case, clock)
    case = training.copy(walk.id, BASIL, clock=clock)
    timer = next(t for t in timers.waiting(case.id) if t.key == "interview_applicant_late")
    (told,) = changeable.told(changeable.running(case.id, timer.id, timer.key, clock=clock))
    assert (told.words, told.by, told.reason, told.may_be_undone) == ("1 working day more", "somebody", "", True)


def test_one_person_takes_a_training_case_from_the_first_step_to_the_last(partnership, clock):
    case, done = beginning.begin(BASIL, clock=clock), set()
    while "close_case" not in done:
        for task in sorted(tasks.of_case(case.id), key=lambda one: one.key == "close_case"):
            if task.id in {still.id for still in tasks.of_case(case.id)}:
                with suppress(errors.StillOwed):  # closing comes when nothing is owed any more
                    pretending.pretend(task.id, BASIL, clock=clock)
                    done.add(task.key)
        if "close_case" not in done:
            rehearsing.move(case.reference, rehearsing.LIMIT, "", BASIL)
    assert {"decide_threshold", "record_panel", "say_view_of_plan", "check_action", "update_victim"} <= done
    assert cases.incidents(case_id=case.id) == []
    assert history.is_whole(cases.load(case.id))


def test_a_round_that_ends_where_one_was_moved_from_is_a_round_of_its_own(walk):
    walk.apply(**stories.TANSY)
    walk.do_all("acknowledge_application", "interview_applicant", "complete_matrix")  # the risk is high: sooner now
    sooner, before = sorted(t.due_at for t in timers.of_case(walk.id) if t.key == "update_due")
    walk.until(sooner)
    walk.do("update_victim")
    ends = {timer.due_at: timer.state for timer in timers.of_case(walk.id) if timer.key == "update_due"}
    assert ends == {sooner: "fired", before: "waiting"}


def test_the_worker_leaves_training_alone(small, settings, clock):
    case = small("reminded")
    assert (timers.next_due(), timers.coming(clock())) == (None, None)
    clock.pass_(days=60)
    assert worker.drain(settings, clock) == 0
    assert fired(case.id) == []


def test_its_letters_are_written_and_never_sent(small, settings, clock):
    case = small("lettered", **tiny.VICTIM)
    rehearsing.move(case.reference, "", "2026-06-01", BASIL)
    tiny.finish(case, clock)
    nowhere = replace(settings, channel="smtp", smtp_host="localhost")
    for _ in range(3):
        worker.drain(nowhere, clock)
        clock.pass_(days=1)
    (letter,) = history.messages(case.id)
    assert (letter.state, letter.channel, letter.attempts, letter.address) == (KEPT, "training", 0, "")
    assert letter.made_at == datetime(2026, 6, 1, 8, tzinfo=UTC)
    assert [task.key for task in tasks.of_case(case.id)] == ["wait"]


def test_no_number_counts_training(small, settings, clock):
    before = health.read(clock=clock, worker_pause=1)
    late, lettered, stopped = small("reminded"), small("lettered", **tiny.VICTIM), small("forked")
    for case in (late, stopped):
        rehearsing.move(case.reference, "", "2026-03-07", BASIL)
    tiny.finish(lettered, clock)
    assert health.read(clock=clock, worker_pause=1) == before
    clock.pass_(days=6)
    found = health.read(clock=clock, worker_pause=1)
    assert (found.timers, found.counts, found.day, found.week) == (
        before.timers,
        before.counts,
        before.day,
        before.week,
    )
    assert lateness.ever().fired == 0


def test_nobody_follows_a_training_case(copied, settings, clock):
    case, _ = copied
    facts = procedures_facts(case)
    linking.send_new(case.reference, facts["contact"]["email"], settings, clock=clock)
    assert history.messages(case.id) == []
    token = tokens.make()
    with transaction():
        drafts.add(linking.made(token, case.id, clock))
    with pytest.raises(errors.NotFound):
        linking.use(token, case.reference, clock=clock)


def procedures_facts(case):
    kept = cases.snapshot(case.id)
    return Run.wake(kept, procedures.of(case), at=case.virtual_at, opened_at=case.opened_at).facts


def test_deleting_a_training_case_leaves_nothing_behind(copied, settings, clock, rows):
    case, walk = copied
    original = walk.id
    names = [table.name for table in db.metadata.sorted_tables]
    before = rows_of(walk.id)
    walk.id = case.id
    walk.do("acknowledge_application")
    worker.drain(settings, clock)
    assert history.messages(case.id)
    training.delete(case.id)
    assert rows_of(case.id) == ""
    assert rows_of(original) == before
    texts = [str(row) for name in names for row in rows(f'select * from "{name}"')]
    assert not [text for text in texts if case.id.hex in text or str(case.id) in text]
    with pytest.raises(errors.NotFound):
        cases.by_reference("TRAINING-2026-0001")


def test_a_real_case_is_never_moved_nor_deleted(app, clock):
    tiny.publish(clock)
    case = tiny.begin("watched", clock)
    before = rows_of(case.id)
    for act in (
        lambda: rehearsing.move(case.reference, rehearsing.DAY, "", BASIL),
        lambda: training.move(case.id, clock() + timedelta(days=1)),
        lambda: training.delete(case.id),
    ):
        with pytest.raises(errors.NotAllowed):
            act()
    assert rows_of(case.id) == before


def test_new_calendars_and_new_agreed_times_leave_training_alone(small):
    assert small("half_days").status == "open" and cases.open_cases() == []
    assert cases.followed() == []
