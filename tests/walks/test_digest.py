"""The weekly digest: each Monday, once for each person, with numbers that the history says as well, and no name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from app import errors
from app.cases import access
from app.law import calendar
from app.status import digest
from app.store import people
from app.store.db import db
from tests.conftest import one_kind
from tests.walks import stories
from tests.walks.test_letters import Letterbox, free_port, mail_server

database_url = pytest.fixture(one_kind)
NEXT_MONDAY = datetime(2026, 3, 9, 7, 0, tzinfo=UTC)
MANAGER, BASIL, ROWAN = "marigold@larkmere.example", "basil@larkmere.example", "rowan@police.larkmere.example"


@pytest.fixture
def posted(settings):
    """A mail server, and the settings to send by it."""
    box, port = Letterbox(), free_port()
    with mail_server(box, port):
        yield box, replace(settings, channel="smtp", smtp_port=port)


def who(address):
    return access.who(people.by_email(address))


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def test_a_manager_gets_it_on_monday_morning_once(walk, posted, clock):
    box, settings = posted
    clock.set(NEXT_MONDAY - timedelta(seconds=1))
    assert digest.sweep(settings, clock) == 0
    clock.set(NEXT_MONDAY)
    for _ in range(3):
        digest.sweep(settings, clock)
    (mail,) = box.mails
    assert (mail["To"], mail["Subject"]) == (MANAGER, "Case reviews, Monday 9 March: no case is late")
    for part in ("plain", "html"):
        assert "http://127.0.0.1:8000/status" in mail.get_body((part,)).get_content()
    assert "Open cases: 0" in text_of(mail)
    clock.pass_(days=7)
    digest.sweep(settings, clock)
    assert len(box.mails) == 2


def test_it_says_what_the_history_says(walk, posted, clock, rows):
    box, settings = posted
    walk.apply(**stories.TANSY)
    closed = walk.case.id
    walk.apply(**stories.TANSY | {"victim": {"name": "Barnaby Thistlewood"}})
    walk.do_all("acknowledge_application", "note_application")
    walk.until(NEXT_MONDAY - timedelta(minutes=1))
    db.session.execute(
        db.text('update "case" set status = :closed, closed_at = :at where id = :id').bindparams(
            db.bindparam("at", type_=type_of("closed_at")), db.bindparam("id", type_=type_of("id"))
        ),
        {"closed": "closed", "at": clock() - timedelta(days=1), "id": closed},
    )
    db.session.commit()
    clock.set(NEXT_MONDAY)
    digest.sweep(settings, clock)
    said = text_of(box.mails[0])
    opened = rows("select count(*) from event where kind = 'case_opened'")[0][0]
    fired = rows(
        "select milestone from timer where state = 'fired' and milestone <> '' and key not like :near", near="%near"
    )
    kept = rows(
        "select milestone from timer where state = 'stood_down' and milestone <> '' and key not like :near",
        near="%near",
    )
    for line in (
        "Open cases: 1",
        "Late: a time limit has passed: 1",
        f"Opened last week: {opened}",
        "Closed last week: 1",
    ):
        assert line in said
    interviews = [found.count(("interview",)) for found in (kept, fired)]
    assert interviews[1] and f"Interview the applicant: {interviews[0]} in time, {interviews[1]} late" in said
    assert "1 case is late today" in said and "1 case late" in box.mails[0]["Subject"]
    assert not [name for name in ("Tansy", "Thistlewood", "Applegarth") if name in box.mails[0].as_string()]


def type_of(column):
    return db.metadata.tables["case"].c[column].type


def test_two_workers_send_one_to_each(walk, posted, clock, app, rows):
    box, settings = posted
    digest.choose(who(BASIL), True)
    clock.set(NEXT_MONDAY)

    def work():
        with app.app_context():
            digest.sweep(settings, clock)
            db.session.remove()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    digest.sweep(settings, clock)
    assert sorted(mail["To"] for mail in box.mails) == [BASIL, MANAGER]
    assert rows("select count(*) from digest where state = 'sent'") == [(2,)]


def test_a_worker_that_was_away_makes_up_for_it_on_tuesday_and_no_later(walk, posted, clock):
    box, settings = posted
    clock.set(NEXT_MONDAY + timedelta(days=2))
    assert digest.sweep(settings, clock) == 0
    clock.set(NEXT_MONDAY + timedelta(days=1))
    digest.sweep(settings, clock)
    assert len(box.mails) == 1


def test_a_mail_server_that_is_away_is_tried_again(walk, settings, clock, rows):
    away = replace(settings, channel="smtp", smtp_port=free_port())
    clock.set(NEXT_MONDAY)
    digest.sweep(away, clock)
    assert rows("select state, attempts from digest") == [("waiting", 1)]
    box, port = Letterbox(), free_port()
    clock.pass_(minutes=5)
    with mail_server(box, port):
        digest.sweep(replace(away, smtp_port=port), clock)
    assert len(box.mails) == 1


def test_training_does_not_count(walk, clock):
    walk.apply(**stories.TANSY)
    db.session.execute(db.text('update "case" set virtual_at = opened_at'))
    db.session.commit()
    week = digest.read(digest.monday_of(clock()), clock)
    assert (week.counts.open, week.counts.opened, week.not_heard) == (0, 0, 0)


def test_whoever_works_with_every_case_may_have_it_and_no_agency(partnership, clock):
    assert digest.is_wanted(who(MANAGER)) is True
    assert digest.is_wanted(who(BASIL)) is False
    assert digest.is_wanted(who(ROWAN)) is None
    with pytest.raises(errors.NotAllowed):
        digest.choose(who(ROWAN), True)
    digest.choose(who(MANAGER), False)
    assert digest.is_wanted(who(MANAGER)) is False


def test_the_week_is_the_one_of_london():
    late_on_sunday = datetime(2026, 7, 5, 23, 30, tzinfo=UTC)
    assert digest.monday_of(late_on_sunday).isoformat() == "2026-07-06"
    assert calendar.day_of(late_on_sunday).isoformat() == "2026-07-06"
