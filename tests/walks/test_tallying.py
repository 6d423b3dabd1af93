"""The numbers of managers say what the histories say: counted here once more, in another way, from the lines alone."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from app.cases import procedures
from app.law.calendar import LONDON
from app.status import tallying
from app.store import cases
from app.store import tallying as kept
from app.store.db import db
from app.store.rows.cases import Task
from app.store.rows.history import Event
from app.store.rows.numbers import Stint, Tally
from tests import kept_rows
from tests.conftest import one_kind
from tests.walks import stories

database_url = pytest.fixture(one_kind)
MINUTE = timedelta(minutes=1)


def late_and_stopped(walk):
    """A review in which people were late, and which was stopped, so that steps went away unfinished."""
    walk.apply(**stories.TANSY)
    walk.days(6)
    walk.do_all("acknowledge_application", "note_application", "offer_support", "confirm_reports")
    walk.days(2)
    walk.do("interview_applicant", reports=stories.THREE, chosen_agencies=stories.AGENCIES)
    walk.do("complete_matrix", risk=stories.CALM)
    walk.days(3)
    walk.receive("withdrawn", {"said": {"text": "I want to stop.", "at": walk.clock().isoformat()}})
    stops = {"spoken_to": "yes", "own_wish": "yes", "safe": "yes", "decision": "stop", "reason": "They asked."}
    walk.do("consider_withdrawal", withdrawal=stops)
    tallying.all_of_it()


@pytest.fixture
def walked(walk, settled):
    kept_rows.walked(walk, late_and_stopped, settled)
    return walk


def every_line():
    """The history of every case: beside the review, that of the yearly numbers."""
    return list(db.session.scalars(select(Event).order_by(Event.case_id, Event.number)))


def hours(start, end, closed):
    """Working hours, counted a minute at a time."""
    found, at = 0, start.astimezone(UTC)
    while at < end:
        here = at.astimezone(LONDON)
        found += 9 <= here.hour < 17 and here.weekday() < 5 and not closed(here.date())
        at += MINUTE
    return found / 60


def by_task(lines):
    """(opened, how it ended or None, the line that ended it) of every task."""
    ends = {line.says.get("task"): line for line in lines if line.kind in ("task_completed", "task_withdrawn")}
    opened = [line for line in lines if line.kind == "task_opened"]
    return [(line, ends.get(line.says["task"])) for line in opened]


def limits(lines):
    """{task: its limit as it stood last}, ISO 8601."""
    found = {}
    for line in lines:
        if line.kind == "task_opened":
            found[line.says["task"]] = line.says.get("due_at")
        found |= {task: limit.get("due_at") for task, limit in line.says.get("limits", {}).items()}
    return found


def summed(kind, *names):
    rows = db.session.scalars(select(Tally).where(Tally.kind == kind)).all()
    found = Counter()
    for row in rows:
        found[tuple(getattr(row, name) for name in names)] += row.number
    return found


def test_every_task_is_counted_as_its_lines_say(walked):
    lines = every_line()
    ended = [(first, last) for first, last in by_task(lines) if last is not None]
    assert len({last.kind for _, last in ended}) == 2, "some were finished, some went away"
    words = {"task_completed": "done", "task_withdrawn": "withdrawn"}
    assert summed("task", "key", "detail") == Counter((f.subject, words[e.kind]) for f, e in ended)
    months = Counter((e.subject, e.at.astimezone(LONDON).date().replace(day=1)) for _, e in ended)
    assert summed("task", "key", "month") == months


def test_how_long_a_task_took_is_working_time(walked):
    closed = procedures.of(walked.case).calendars.own.holiday
    lines, stints = every_line(), {row.id: row for row in db.session.scalars(select(Stint))}
    for first, last in by_task(lines):
        stint = stints[UUID(first.says["task"])]
        assert (stint.ended_at is None) == (last is None)
        if last is not None:
            assert stint.hours == pytest.approx(hours(first.at, last.at, closed), abs=0.02), first.subject
    total = sum(stint.hours for stint in stints.values() if stint.kind == "task" and stint.hours)
    assert sum(db.session.scalars(select(Tally.hours).where(Tally.kind == "task"))) == pytest.approx(total)


def test_late_is_what_ended_after_its_limit(walked):
    lines = every_line()
    due = limits(lines)
    late = Counter(
        (first.subject,)
        for first, last in by_task(lines)
        if last is not None and due[first.says["task"]] and last.at >= datetime.fromisoformat(due[first.says["task"]])
    )
    assert late, "the story has steps that were late"
    found = Counter()
    for row in db.session.scalars(select(Tally).where(Tally.kind == "task")):
        found[(row.key,)] += row.late
    assert +found == late
    assert all((row.share >= 100) == row.is_late for row in db.session.scalars(select(Stint)) if row.share is not None)


def test_what_is_open_is_what_has_not_ended(walked):
    still = {row.id for row in db.session.scalars(select(Stint)) if row.kind == "task" and row.ended_at is None}
    assert still == set(db.session.scalars(select(Task.id)))
    due = {row.id: row.due_at for row in db.session.scalars(select(Stint)) if row.id in still}
    assert due == {task.id: task.due_at for task in db.session.scalars(select(Task))}


def test_elements_and_answers_are_counted_as_often_as_they_came(walked):
    lines = every_line()
    home = procedures.of(walked.case).home  # a step inside a sub-process stands in the drawing around it
    ways = Counter((home(where), key) for e in lines for where, key in e.says.get("way", ()))
    assert summed("pass", "process", "key") == ways
    done = [line for line in lines if line.kind == "task_completed" and line.subject == "consider_withdrawal"]
    said = summed("answer", "key", "detail")
    assert said[("consider_withdrawal", "withdrawal.decision=stop")] == len(done) == 1
    assert not any("They asked" in detail for _, detail in said), "what somebody wrote is no number"


def test_nothing_counts_twice_and_all_of_it_can_be_made_anew(walked):
    before = _all()
    assert tallying.all_of_it() == 0
    assert _all() == before
    assert tallying.anew() >= 1
    assert _all() == before


def test_a_worker_that_comes_second_keeps_nothing(walked):
    case = cases.load(walked.id)
    assert not kept.claim(case.id, case.tallied - 1, case.told)
    assert kept.claim(case.id, case.tallied, case.tallied)
    db.session.rollback()


def _all():
    db.session.expire_all()
    rows = [*db.session.scalars(select(Stint)), *db.session.scalars(select(Tally))]
    return sorted(str({c.name: getattr(row, c.name) for c in row.__table__.columns}) for row in rows)
