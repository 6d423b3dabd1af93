"""The health page, the numbers for Prometheus, and the command: one truth, from the database, for those who may."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update

from app import worker
from app.cases import advancing
from app.cli.commands import trigger
from app.config import Settings, from_environment
from app.factory import create_app
from app.status import health
from app.status.beating import EVERY, Pulse
from app.store import beats
from app.store.db import db
from app.store.rows.cases import Timer
from app.store.rows.history import Effect, Message
from app.store.transactions import transaction
from tests.conftest import SECRET
from tests.walks import tiny

MANAGER = "marigold@larkmere.example"
TOKEN = "a token for tests only, thirty-two characters"


@pytest.fixture(autouse=True)
def published(partnership, clock):
    clock.pass_(seconds=1)  # after the demo procedure
    tiny.publish(clock)


@pytest.fixture
def settings(database_url):
    return Settings(database_url=database_url, secret_key=SECRET, metrics_token=TOKEN)


@pytest.fixture
def pulse(clock):
    """A worker that is alive now."""
    pulse = Pulse(clock())
    pulse.beat(clock)
    return pulse


def read(clock):
    db.session.rollback()
    return health.read(clock=clock, worker_pause=2.0)


def scraped(app, token=TOKEN):
    response = app.test_client().get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 200, response.text
    families = list(text_string_to_metric_families(response.text))
    return {(s.name, s.labels.get("le")): s.value for family in families for s in family.samples}


def value(app, name):
    return scraped(app)[f"case_review_{name}", None]


def page(counter):
    counter.sign_in(MANAGER)
    return counter.words(counter.get("/admin/health").find(".//main"))


def fire_late(settings, clock, **late):
    """A timer that fires that late."""
    tiny.begin("watched", clock)
    due = db.session.query(Timer.due_at).order_by(Timer.due_at.desc()).first()[0]
    clock.set(due + timedelta(**late))
    worker.drain(settings, clock)


def test_a_quiet_system_with_a_worker_is_well(partnership, counter, clock, pulse):
    assert read(clock).alarms == ()
    said = page(counter)
    assert "Time limits are dealt with as they pass" in said and "Alarm" not in said
    assert "No time limit came due in the last 24 hours." in said


def test_it_is_an_alarm_when_no_worker_ever_ran(counter, clock):
    assert "No worker has ever run here" in page(counter)


def test_it_is_an_alarm_when_the_worker_is_silent_for_a_minute_beside_its_pause(counter, clock, pulse):
    clock.pass_(seconds=61)
    assert read(clock).alarms == ()
    clock.pass_(seconds=1)
    assert "No worker has given a sign of life since Monday 2 March at 9am" in page(counter)


def test_a_sign_that_lies_in_the_future_is_an_alarm_and_hides_no_silence(clock, pulse):
    Pulse(clock(), worker="another 1").beat(lambda: clock() + timedelta(hours=2))
    clock.pass_(minutes=5)
    silent, ahead = read(clock).alarms
    assert "No worker has given a sign of life since" in silent
    assert "lies 1\u00a0hour in the future" in ahead


def test_the_alarm_holds_when_the_oldest_overdue_timer_is_older_than_a_minute(counter, clock, pulse, partnership):
    tiny.begin("watched", clock)
    due = db.session.query(Timer.due_at).scalar()
    clock.set(due + timedelta(seconds=60))
    pulse.beat(clock)
    assert (read(clock).alarms, read(clock).timers.overdue) == ((), 1)
    clock.pass_(seconds=1)
    assert "A time limit that passed 1 minute ago has not been dealt with" in page(counter)
    assert value(partnership, "timer_oldest_overdue_seconds") == 61
    assert value(partnership, "timers_overdue") == 1


def test_the_time_limits_of_a_stopped_case_wait_for_a_person_and_raise_no_alarm(counter, clock, pulse, partnership):
    case = tiny.begin("watched", clock)
    advancing.stop(case.id, "work", "Stopped for a test.", clock=clock)
    clock.pass_(days=10)
    pulse.beat(clock)
    found = read(clock)
    assert (found.alarms, found.timers.overdue, found.timers.held_back) == ((), 0, 1)
    assert "1 case is stopped" in page(counter)
    assert value(partnership, "timers_held_back") == value(partnership, "incidents_open") == 1


def test_the_page_shows_how_late_time_limits_were(counter, settings, clock, pulse):
    for seconds in (0, 0.5, 39.5, 7199):  # four days apart
        fire_late(settings, clock, seconds=seconds)
    said = page(counter)
    week = said[said.index("In the last 7 days") :]
    assert "2 time limits were dealt with: half of them within 40 seconds, 99 of 100 within 2 hours" in week
    assert "Up to 1 minute 1 50%" in week and "Longer than 1 hour 1 50%" in week
    assert "In the last 24 hours 1 time limit was dealt with, within 2 hours." in said
    bars = counter.get("/admin/health").xpath("//*[local-name()='svg'][@class='app-bar']/@aria-hidden")
    assert bars and set(bars) == {"true"}


def test_the_numbers_for_prometheus_are_a_histogram_since_the_beginning(partnership, settings, clock, pulse):
    for seconds in (0, 1.5, 40, 7200):
        fire_late(settings, clock, seconds=seconds)
    name, found = "case_review_timer_lateness_seconds", scraped(partnership)
    steps = [found[f"{name}_bucket", le] for le in ("1.0", "2.0", "5.0", "10.0", "30.0", "60.0", "300.0", "3600.0")]
    assert steps == [1, 2, 2, 2, 2, 3, 3, 3]
    assert found[f"{name}_bucket", "+Inf"] == found[f"{name}_count", None] == 4
    assert found[f"{name}_sum", None] == pytest.approx(7241.5)


def test_letters_that_wait_and_failed_are_counted(counter, partnership, clock, pulse):
    case = tiny.begin("lettered", clock, **tiny.VICTIM)
    tiny.finish(case, clock)
    assert value(partnership, "letters_waiting") == 1
    worker.drain(partnership.config["SETTINGS"], clock)
    assert (value(partnership, "letters_waiting"), value(partnership, "letters_failed")) == (0, 0)
    with transaction():
        db.session.execute(update(Message).values(state="failed"))
    assert value(partnership, "letters_failed") == 1
    assert "Letters that did not arrive, last 7 days1" in page(counter)
    clock.pass_(days=8)
    assert (read(clock).counts.letters_failed_lately, read(clock).counts.letters_failed) == (0, 1)


def test_the_last_sign_of_the_worker_stands_in_the_numbers(partnership, clock, pulse):
    assert value(partnership, "worker_last_beat_timestamp_seconds") == clock().timestamp()
    assert (value(partnership, "workers_alive"), value(partnership, "cases_open")) == (1, 0)


def test_before_any_worker_ran_there_is_no_last_sign(partnership):
    assert ("case_review_worker_last_beat_timestamp_seconds", None) not in scraped(partnership)


def test_no_label_names_anything_but_a_bound(partnership, settings, clock):
    fire_late(settings, clock, seconds=5)
    response = partnership.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    labels = {name for f in text_string_to_metric_families(response.text) for s in f.samples for name in s.labels}
    assert labels == {"le"}
    assert response.headers["Cache-Control"] == "no-store"
    assert response.content_type.startswith("text/plain; version=0.0.4")


@pytest.mark.parametrize("given", [None, "", "Bearer", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x"])
def test_without_the_token_the_numbers_are_not_shown(partnership, given):
    response = partnership.test_client().get("/metrics", headers={"Authorization": given} if given is not None else {})
    assert response.status_code == 403
    assert "case_review" not in response.text


def test_signing_in_is_not_enough_for_the_numbers(counter):
    counter.sign_in(MANAGER)
    counter.get("/metrics")
    assert counter.status == 403


@pytest.mark.parametrize("given", [None, "Bearer ", f"Bearer {TOKEN}"])
def test_without_the_setting_there_is_no_such_page(database_url, given):
    app = create_app(Settings(database_url=database_url, secret_key=SECRET))
    response = app.test_client().get("/metrics", headers={"Authorization": given} if given else {})
    assert response.status_code == 404


def test_a_short_token_stops_the_start():
    with pytest.raises(ValueError, match="TRIGGER_METRICS_TOKEN"):
        from_environment({"TRIGGER_METRICS_TOKEN": "short"})


def test_the_page_is_for_managers_and_administrators(counter):
    counter.sign_in("basil@larkmere.example")
    page = counter.get("/admin/health")
    assert counter.status == 403 and not page.xpath("//a[@href='/admin/health']")
    counter.sign_out()
    counter.sign_in(MANAGER)
    assert counter.get("/tasks").xpath("//nav//a[@href='/admin/health'][.='Health']")


def test_page_and_numbers_take_the_same_statements_however_much_there_is(
    counter, partnership, settings, clock, pulse, statements
):
    def asked():
        counter.get("/admin/health")
        with statements() as on_page:
            counter.get("/admin/health")
        with statements() as in_numbers:
            scraped(partnership)
        return len(on_page), len(in_numbers)

    fire_late(settings, clock, seconds=3)
    counter.sign_in(MANAGER)
    few = asked()
    for number in range(10):
        tiny.finish(tiny.begin("lettered", clock, **tiny.VICTIM), clock)
        fire_late(settings, clock, seconds=number)
        Pulse(clock(), worker=f"another {number}").beat(clock)
        tiny.begin("reminded", clock)
    assert db.session.query(Effect).count() >= 10
    counter.sign_in(MANAGER)  # a working day is over
    assert asked() == few
    assert max(few) <= 12


def test_a_worker_gives_a_sign_now_and_then_and_is_forgotten_when_it_is_gone(clock, rows):
    first, second = Pulse(clock(), worker="first 1"), Pulse(clock(), worker="second 2")
    began = clock()
    first.beat(clock)
    clock.pass_(seconds=EVERY.seconds - 1)
    first.beat(clock)
    assert beats.newest(10)[0].beat_at == began
    clock.pass_(seconds=1)
    first.beat(clock)
    assert [(beat.worker, beat.started_at, beat.beat_at) for beat in beats.newest(10)] == [("first 1", began, clock())]
    clock.pass_(days=2)
    assert [beat.worker for beat in beats.newest(10)] == ["first 1"]
    second.beat(clock)
    assert [beat.worker for beat in beats.newest(10)] == ["second 2"]


def test_a_clock_that_is_set_back_does_not_silence_a_worker(clock, pulse):
    clock.pass_(hours=-2)
    pulse.beat(clock)
    assert beats.newest(1)[0].beat_at == clock()


@pytest.fixture
def command(partnership):
    return lambda *words: CliRunner().invoke(trigger, ["health", *words], obj=lambda: partnership)


def test_the_command_ends_with_1_when_somebody_must_look_and_says_why(command):
    found = command()
    assert found.exit_code == 1
    assert found.output.startswith("ALARM: No worker has ever run here.")


def test_the_command_ends_with_0_when_all_is_well(command, partnership):
    assert CliRunner().invoke(trigger, ["worker", "--once"], obj=lambda: partnership).exit_code == 0
    found = command()
    assert found.exit_code == 0
    assert found.output.startswith("All is well.\n")


def test_the_command_ends_with_1_when_a_time_limit_is_overdue(command, partnership, clock):
    tiny.begin("watched", clock)  # in March, and the command goes by the real clock
    found = command()
    assert found.exit_code == 1
    assert "has not been dealt with" in found.output and "Overdue: 1, the oldest since" in found.output


def test_the_command_gives_every_number_to_a_program(command, clock):
    tiny.begin("watched", clock)
    found = json.loads(command("--json").stdout)
    assert found["timers"]["overdue"] == 1 and found["timers"]["oldest_due_at"].startswith("2026-03-0")
    assert found["oldest_overdue_seconds"] > 60 and len(found["alarms"]) == 2
    assert set(found["week"]) >= {"fired", "half_within", "most_within", "by_bound"}
