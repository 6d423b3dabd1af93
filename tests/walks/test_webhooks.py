"""Webhooks, with a real receiver: each event once, signed, tried for days, and never into a private network."""

import json
import socket
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from app import errors
from app.clock import now  # the library compares with the real time
from app.config import Settings
from app.notify.webhooks import kinds, reaching, sending, subscribing, telling
from app.notify.webhooks.reaching import NotReached, Target
from app.store import feed, webhooks
from app.store.db import db
from app.store.rows.out import FAILED, SENT
from tests.conftest import SECRET, one_kind
from tests.walks import stories

database_url = pytest.fixture(one_kind)
EVERY = list(kinds.KINDS)


@pytest.fixture
def settings(database_url):
    return Settings(database_url=database_url, secret_key=SECRET, webhooks_may_be_private=True)


class Receiver:
    """A program that is told. ``answer`` is the status it gives; what it got stands in ``got`` as (headers, body)."""

    def __init__(self):
        self.got, self.answer, self.location = [], 200, ""
        receiver = self

        class Desk(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers), body))
                self.send_response(receiver.answer)
                if receiver.location:
                    self.send_header("Location", receiver.location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
        self.url = f"http://127.0.0.1:{self.server.server_port}/case-review"

    @property
    def told(self):
        """What was told, as [(type, case)], in the order in which it came."""
        return [(body["type"], body["data"].get("case")) for body in (json.loads(body) for _, body in self.got)]


@pytest.fixture
def receiver():
    receiver = Receiver()
    thread = Thread(target=receiver.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield receiver
    receiver.server.shutdown()
    thread.join()
    receiver.server.server_close()


@pytest.fixture
def rounds(settings, clock):
    """The rounds of a worker that are about webhooks, until nothing is due."""

    def rounds():
        while telling.sweep(settings, clock) + sending.sweep(settings, clock):
            pass
        assert feed.readable() == feed.newest()

    return rounds


@pytest.fixture
def subscribed(partnership, receiver, settings, clock, rounds):
    rounds()
    return subscribing.subscribe(receiver.url, EVERY, by="a test", settings=settings, clock=clock)


def deliveries(subscription):
    db.session.rollback()
    return [one for one, _ in webhooks.latest(subscription.id, 1000)]


def test_what_happens_is_told_once_signed_and_without_a_name(subscribed, receiver, walk, rounds, rows, clock):
    walk.apply(**stories.TANSY)
    walk.days(8)
    rounds()
    wanted = rows("select count(*) from event where kind in ('case_opened', 'task_completed', 'incident_opened')")[0][0]
    missed = len([one for one in deliveries(subscribed) if one.kind == "limit_missed"])
    assert len(receiver.got) == wanted + missed and missed
    assert receiver.told[0] == ("case_opened", "CT-2026-0001")
    headers, body = receiver.got[0]
    assert json.loads(body)["data"].keys() == {"case", "event", "number", "subject", "url"}
    assert "Tansy" not in str(receiver.got)
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == len(receiver.got)


def test_the_signature_is_one_that_the_library_of_standard_webhooks_takes(subscribed, receiver, settings):
    subscribing.try_out(subscribed.id, settings=settings, clock=now)
    sending.sweep(settings, now)
    headers, body = receiver.got[-1]
    assert Webhook(subscribed.secret).verify(body, headers)["type"] == "test"
    with pytest.raises(WebhookVerificationError):
        Webhook(subscribed.secret).verify(body + b" ", headers)
    changed = subscribing.new_secret(subscribed.id, clock=now)
    subscribing.try_out(subscribed.id, settings=settings, clock=now)
    sending.sweep(settings, now)
    headers, body = receiver.got[-1]
    for secret in (changed.secret, changed.old_secret):
        assert Webhook(secret).verify(body, headers)
    later = now() + subscribing.OVERLAP
    assert sending.valid_secrets(changed, later) == [changed.secret]


def test_two_workers_tell_each_event_once(subscribed, receiver, walk, settings, clock, app, rounds):
    walk.apply(**stories.TANSY)
    walk.do_all("acknowledge_application", "note_application")
    failed = []

    def work():
        with app.app_context():
            try:
                for _ in range(5):
                    telling.sweep(settings, clock)
                    sending.sweep(settings, clock)
            except Exception as problem:
                failed.append(problem)
            finally:
                db.session.remove()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    rounds()
    assert not failed
    assert sorted(receiver.told) == sorted([("case_opened", "CT-2026-0001")] + [("task_completed", "CT-2026-0001")] * 2)


def test_a_closed_door_is_tried_for_days_and_then_given_up(subscribed, receiver, settings, clock, rounds):
    receiver.answer = 503
    subscribing.try_out(subscribed.id, settings=settings, clock=clock)
    began = clock()
    sending.sweep(settings, clock)
    for pause in sending.PAUSES:
        clock.set(clock() + pause - timedelta(seconds=1))
        assert sending.sweep(settings, clock) == 0
        clock.pass_(seconds=1)
        assert sending.sweep(settings, clock) == 1
    assert timedelta(days=3) < clock() - began < timedelta(days=4)
    (one,) = deliveries(subscribed)
    assert (one.state, one.attempts, one.problem) == (FAILED, 10, "It answered 503.")
    assert {headers["webhook-id"] for headers, _ in receiver.got} == {one.id.hex}
    receiver.answer = 204
    subscribing.send_again(one.id, clock=clock)
    sending.sweep(settings, clock)
    (one,) = deliveries(subscribed)
    assert (one.state, one.problem) == (SENT, "")


def test_an_address_that_takes_nothing_for_days_is_turned_off_with_a_word(
    subscribed, receiver, settings, clock, rounds
):
    receiver.answer = 500
    for _ in range(2):
        subscribing.try_out(subscribed.id, settings=settings, clock=clock)
        sending.sweep(settings, clock)
        clock.pass_(days=5)
    row = webhooks.load(subscribed.id)
    assert not row.is_on and "Nothing has arrived since Monday 2" in row.turned_off_because
    assert sending.sweep(settings, clock) == 0
    receiver.answer = 200
    subscribing.turn(subscribed.id, on=True)
    sending.sweep(settings, clock)
    assert webhooks.load(subscribed.id).failing_since is None


def test_an_address_that_is_gone_is_turned_off_at_once(subscribed, receiver, settings, clock):
    receiver.answer = 410
    subscribing.try_out(subscribed.id, settings=settings, clock=clock)
    sending.sweep(settings, clock)
    assert "gone for good" in webhooks.load(subscribed.id).turned_off_because


def test_what_happened_while_it_was_off_is_not_told(subscribed, receiver, walk, rounds):
    subscribing.turn(subscribed.id, on=False)
    walk.apply(**stories.TANSY)
    rounds()
    subscribing.turn(subscribed.id, on=True)
    walk.do("acknowledge_application")
    rounds()
    assert receiver.told == [("task_completed", "CT-2026-0001")]


def test_a_redirect_is_not_followed(subscribed, receiver, settings, clock):
    receiver.answer, receiver.location = 302, receiver.url
    subscribing.try_out(subscribed.id, settings=settings, clock=clock)
    sending.sweep(settings, clock)
    assert len(receiver.got) == 1
    assert deliveries(subscribed)[0].problem == "It answered 302."


def test_training_is_never_told(subscribed, receiver, walk, rounds, rows, clock):
    walk.apply(**stories.TANSY)
    rounds()
    db.session.execute(db.text('update "case" set virtual_at = opened_at'))
    db.session.commit()
    walk.do("acknowledge_application")
    rounds()
    assert receiver.told == [("case_opened", "CT-2026-0001")]


def test_deliveries_are_forgotten_a_month_after_they_ended(subscribed, receiver, settings, clock):
    subscribing.try_out(subscribed.id, settings=settings, clock=clock)
    sending.sweep(settings, clock)
    clock.pass_(days=29)
    assert subscribing.forget(clock) == 0
    clock.pass_(days=2)
    assert subscribing.forget(clock) == 1
    assert deliveries(subscribed) == []


REFUSED = (
    "http://hooks.example.org/",
    "ftp://hooks.example.org/",
    "hooks.example.org",
    "https://",
    "https://somebody:secret@hooks.example.org/",
    "https://hooks.example.org/#part",
    "https://hooks.example.org:0/",
    "https://hooks.example.org:99999/",
    "https://hooks.example.org/with space",
    "https://hooks.example.org/" + "a" * 500,
)


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_we_do_not_send_to_is_refused(url):
    with pytest.raises(errors.Refused):
        reaching.check(url, may_be_private=False)


PRIVATE = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "0.0.0.0",
    "100.64.0.1",
    "224.0.0.1",
)
PRIVATE += (
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_none_of_the_open_internet(address):
    assert not reaching.is_public(address)


def test_public_addresses_are_let_through():
    assert all(map(reaching.is_public, ("8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8")))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:7f00:1]"])
def test_no_name_that_leads_home_is_reached(host):
    with pytest.raises(NotReached):
        reaching.target(f"https://{host}/", may_be_private=False)


def test_a_name_with_one_private_address_among_others_is_not_reached(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(NotReached, match="private network"):
        reaching.target("https://hooks.example.org/", may_be_private=False)


def test_the_connection_goes_to_the_address_that_was_looked_at(receiver):
    port = receiver.server.server_port
    where = Target("hooks.example.org", port, "127.0.0.1", "/here?a=b", is_secure=False)
    assert reaching.post(where, b"{}", {}) == 200
    assert receiver.got[0][0]["Host"] == f"hooks.example.org:{port}"


@contextmanager
def silent_server():
    """A server that takes a connection and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_one_that_never_answers_is_cut_off(monkeypatch):
    monkeypatch.setattr(reaching, "PATIENCE", 0.2)
    with silent_server() as port, pytest.raises(NotReached, match="in time") as caught:
        reaching.post(Target("slow.example", port, "127.0.0.1", "/", is_secure=False), b"{}", {})
    assert caught.value.is_slow


def test_a_certificate_that_nobody_knows_is_not_trusted(receiver):
    where = Target("hooks.example.org", receiver.server.server_port, "127.0.0.1", "/", is_secure=True)
    with pytest.raises(NotReached):
        reaching.post(where, b"{}", {})
