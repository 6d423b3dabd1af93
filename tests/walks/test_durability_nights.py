"""The two nights in which the clocks change: limits in hours count hours, limits in days end with the day in London.

At 1am UTC on Sunday 29 March 2026 London goes from 1am to 2am: half past one does not exist. At 1am UTC on Sunday
25 October 2026 it goes from 2am to 1am: half past one is there twice.
"""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from app import worker
from app.cases import procedures
from app.law.calendar import LONDON
from app.store import timers
from tests.walks import tiny
from tests.walks.crew import Crew, SharedClock, due_of, fired, judge, until
from tests.walks.tiny import end, flow, limit, process, task

LIMITS = {
    "h23": "23 hours",
    "h24": "24 hours",
    "h25": "25 hours",
    "h26": "26 hours",
    "d1": "1 day",
    "d2": "2 days",
    "w1": "1 working day",
}
BEGUN = {
    "March": datetime(2026, 3, 28, 0, 30, tzinfo=UTC),  # Saturday, half past midnight in London
    "October": datetime(2026, 10, 24, 0, 30, tzinfo=UTC),  # Saturday, half past one in London
}
FIRES = {  # in order, as a clock on a wall in London shows it
    "March": [
        ("h23", "Sat 28 March 23:30 GMT"),
        ("h24", "Sun 29 March 00:30 GMT"),
        ("h25", "Sun 29 March 02:30 BST"),  # an hour later, and half past one was never there
        ("h26", "Sun 29 March 03:30 BST"),
        ("d1", "Mon 30 March 00:00 BST"),  # the end of Sunday, which had 23 hours
        ("d2", "Tue 31 March 00:00 BST"),
        ("w1", "Tue 31 March 00:00 BST"),
    ],
    "October": [
        ("h23", "Sun 25 October 00:30 BST"),
        ("h24", "Sun 25 October 01:30 BST"),  # the first half past one
        ("h25", "Sun 25 October 01:30 GMT"),  # the second
        ("h26", "Sun 25 October 02:30 GMT"),
        ("d1", "Mon 26 October 00:00 GMT"),  # the end of Sunday, which had 25 hours
        ("d2", "Tue 27 October 00:00 GMT"),
        ("w1", "Tue 27 October 00:00 GMT"),
    ],
}
HOURLY = limit("again", "work", "every 1 hour", interrupts=False, kind="timeCycle") + flow("again", "told")
NIGHT = process(
    "night",
    task("work") + end("done", "told") + flow("begun", "work", "done"),
    "".join(limit(key, "work", rule, interrupts=False) + flow(key, "told") for key, rule in LIMITS.items()),
)
ROUNDS = process("rounds", task("work") + end("done", "told") + flow("begun", "work", "done"), HOURLY)


@pytest.fixture(params=list(BEGUN))
def month(request):
    return request.param


@pytest.fixture
def clock(tmp_path, month):
    return SharedClock(tmp_path / "clock", BEGUN[month])


@pytest.fixture(autouse=True)
def published(app, clock):
    procedures.publish({"night.bpmn": NIGHT, "rounds.bpmn": ROUNDS}, by="tests", note="", clock=clock)


def in_london(instant):
    return instant.astimezone(LONDON).strftime("%a %d %B %H:%M %Z")


def test_each_limit_fires_at_its_instant_and_not_a_moment_before(app, settings, clock, month):
    tiny.begin("night", clock)
    while coming := timers.next_due():
        before = len(fired())
        clock.set(coming - timedelta(microseconds=1))
        worker.drain(settings, clock)
        assert len(fired()) == before
        clock.set(coming)
        worker.drain(settings, clock)
    judge(len(LIMITS))
    assert all(due_of(line) == line.at for line in fired())
    shown = [(line.subject, in_london(line.at)) for line in sorted(fired(), key=lambda line: (line.at, line.subject))]
    assert shown == FIRES[month]


def test_a_limit_that_repeats_every_hour_fires_once_in_each_hour_of_the_night(app, settings, clock, month):
    tiny.begin("rounds", clock)
    for _ in range(30 * 6):
        clock.pass_(minutes=10)
        worker.drain(settings, clock)
    judge(30)
    assert {line.at for line in fired()} == {BEGUN[month] + timedelta(hours=number + 1) for number in range(30)}


def _has_gone(coming):
    return timers.next_due() != coming


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York"])
def test_a_worker_goes_through_the_night_in_whatever_zone_its_machine_stands(
    app, database_url, clock, month, zone, tmp_path
):
    tiny.begin("night", clock)
    with Crew(database_url, clock, tmp_path) as crew:
        crew.start(TZ=zone)
        while coming := timers.next_due():
            clock.set(coming - timedelta(minutes=5), speed=1800)  # half an hour a second
            until(partial(_has_gone, coming))
    judge(len(LIMITS))
    due = sorted((due_of(line), line.subject) for line in fired())
    assert [(key, in_london(instant)) for instant, key in due] == FIRES[month]
