"""Letters: none is lost, none holds up another, and one that cannot arrive is somebody's task."""

import json
import re
import socket
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import requests
from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from app import worker
from app.cases import procedures
from app.cases.access import Who
from app.forms.letters import own
from app.notify import channels, letters, recipients, sending
from app.notify.channels import NotSent, Post
from app.notify.sending import Postroom
from app.status import incidents
from app.store import cases, history, tasks
from app.store.db import db
from app.store.rows.history import DONE, FAILED, SENT, WAITING, Effect, Message
from app.store.rows.people import Person
from app.tasks import undelivered
from tests.processes import read_facts
from tests.walks import stories, tiny

LETTERS = own.letters()
NAMES = sorted(key for key, file in LETTERS.items() if "." not in key and not file.is_passage)
NOTHING_SAID = re.compile(r"[>\"](None|Undefined)[<\"]")
ALWAYS_GIVEN = {"track_link": {"url": "https://larkmere.example/track/one"}}  # by the room that asks for the letter
KEY = "tests-" + "-".join(["26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"])
UNKNOWN = "nobody@applegarth.example"


@pytest.fixture(autouse=True)
def published(request, clock):
    if "app" in request.fixturenames and "walk" not in request.fixturenames:  # a walk publishes the real one
        request.getfixturevalue("app")
        tiny.publish(clock)


class Letterbox:
    """A mail server's box: takes mail, except for an address that it does not know."""

    def __init__(self):
        self.mails = []

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address == UNKNOWN:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def mail_server(box, port):
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield
    finally:
        server.stop()


@contextmanager
def notify_server(answer):
    """A stand-in for GOV.UK Notify: gives the posts it got, and answers each with what ``answer`` says (a status)."""
    got = []

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self):
            post = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            got.append((self.path, post))
            status = answer(post)
            says = {"id": "1"} if status == 201 else {"errors": [{"error": "BadRequestError", "message": "no"}]}
            body = json.dumps(says).encode() if status != 299 else b"<html>"
            self.send_response(201 if status == 299 else status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", got
        finally:
            server.shutdown()
            thread.join()


def postroom(settings, **changes):
    changed = replace(settings, **changes)
    return Postroom(changed, channels.channel(changed), procedures.of, procedures.letters_of)


def owed(clock, process="lettered", email="tansy@applegarth.example", name="Tansy Applegarth"):
    """A case that has just asked for a letter."""
    facts = tiny.VICTIM | {"victim": {"name": name}, "contact": {"email": email, "email_safe": "yes"}}
    case = tiny.begin(process, clock, **facts)
    tiny.finish(case, clock)
    return case.id


def letter_of(case_id):
    db.session.commit()
    (letter,) = db.session.scalars(
        select(Message).where(Message.case_id == case_id).execution_options(populate_existing=True)
    )
    return letter


def open_tasks(case_id):
    return sorted(task.key for task in tasks.of_case(case_id))


def test_a_letter_by_mail_arrives_once_with_its_reference_and_both_bodies(app, settings, clock):
    case_id, box, port = owed(clock), Letterbox(), free_port()
    room = postroom(settings, channel="smtp", smtp_port=port)
    with mail_server(box, port):
        sending.sweep(room, clock)
        sending.sweep(room, clock)
    letter = letter_of(case_id)
    (mail,) = box.mails
    assert (letter.state, letter.attempts, letter.ended_at) == (SENT, 1, clock())
    assert mail["Message-ID"] == f"<{letter.id}@larkmere.example>"
    assert (mail["To"], mail["Subject"]) == ("tansy@applegarth.example", "How your case is going")
    assert "Nothing new." in mail.get_body(("plain",)).get_content()
    assert "<p>Nothing new.</p>" in mail.get_body(("html",)).get_content()


def test_an_address_that_the_mail_server_refuses_becomes_a_task_to_reach_the_person(app, settings, clock):
    bad, good, box, port = owed(clock, email=UNKNOWN), owed(clock), Letterbox(), free_port()
    room = postroom(settings, channel="smtp", smtp_port=port)
    with mail_server(box, port):
        sending.sweep(room, clock)
    assert (letter_of(bad).state, letter_of(bad).problem) == (FAILED, "The mail server does not know this address.")
    assert letter_of(good).state == SENT
    assert undelivered.report(clock) == 1
    assert undelivered.report(clock) == 0
    assert (open_tasks(bad), open_tasks(good)) == (["reach_another_way", "wait"], ["wait"])
    assert history.count_of(bad, "message_failed") == 1
    assert cases.incidents() == []


def test_while_the_mail_server_is_down_nothing_is_lost_and_the_reference_stays(app, settings, clock):
    case_id, box, port = owed(clock), Letterbox(), free_port()
    room = postroom(settings, channel="smtp", smtp_port=port)
    sending.sweep(room, clock)
    first = letter_of(case_id)
    assert (first.state, first.attempts, first.problem) == (
        WAITING,
        1,
        "The mail server did not take it: ConnectionRefusedError.",
    )
    sending.sweep(room, clock)
    assert letter_of(case_id).attempts == 1  # not before the pause is over
    clock.at += sending.PAUSE
    with mail_server(box, port):
        sending.sweep(room, clock)
    assert (letter_of(case_id).state, letter_of(case_id).problem) == (SENT, "")
    assert [mail["Message-ID"] for mail in box.mails] == [f"<{first.id}@larkmere.example>"]


def test_a_worker_that_dies_after_sending_sends_again_with_the_same_reference(app, settings, clock):
    case_id, box, port = owed(clock), Letterbox(), free_port()
    room = postroom(settings, channel="smtp", smtp_port=port)
    with mail_server(box, port):
        sending.sweep(room, clock)
        db.session.execute(update(Message).values(state=WAITING))  # as the row would stand
        db.session.commit()
        clock.at += sending.PAUSE
        sending.sweep(room, clock)
    assert len(box.mails) == 2
    assert {mail["Message-ID"] for mail in box.mails} == {f"<{letter_of(case_id).id}@larkmere.example>"}


def test_a_letter_that_no_server_takes_for_four_hours_becomes_a_task(app, settings, clock):
    case_id = owed(clock)
    room = postroom(settings, channel="smtp", smtp_port=free_port())
    for _ in range(sending.ATTEMPTS):
        sending.sweep(room, clock)
        clock.at += sending.PAUSE
    letter = letter_of(case_id)
    assert (letter.state, letter.attempts) == (FAILED, sending.ATTEMPTS)
    undelivered.report(clock)
    assert open_tasks(case_id) == ["reach_another_way", "wait"]


@pytest.mark.parametrize("email", ["tansy@applegarth.example\nBcc: all@larkmere.example", "a\rb@c.example"])
def test_an_address_with_a_line_break_sends_nothing_to_anybody_else(app, settings, clock, email):
    bad, good, box, port = owed(clock, email=email), owed(clock), Letterbox(), free_port()
    with mail_server(box, port):
        sending.sweep(postroom(settings, channel="smtp", smtp_port=port), clock)
    assert (letter_of(bad).state, letter_of(good).state) == (FAILED, SENT)
    assert [mail["To"] for mail in box.mails] == ["tansy@applegarth.example"]


def test_a_letter_by_govuk_notify_carries_its_reference(app, settings, clock):
    case_id = owed(clock)
    with notify_server(lambda post: 201) as (url, got):
        sending.sweep(
            postroom(settings, channel="notify", notify_url=url, notify_key=KEY, notify_template="t-1"), clock
        )
    ((path, post),) = got
    letter = letter_of(case_id)
    assert (letter.state, path) == (SENT, "/v2/notifications/email")
    assert (post["reference"], post["email_address"]) == (str(letter.id), "tansy@applegarth.example")
    assert post["personalisation"]["subject"] == "How your case is going"
    assert "Nothing new." in post["personalisation"]["body"]


@pytest.mark.parametrize(
    ("status", "state"), [(400, FAILED), (403, WAITING), (429, WAITING), (500, WAITING), (503, WAITING), (299, WAITING)]
)
def test_govuk_notify_is_asked_again_unless_it_refuses_this_letter(app, settings, clock, status, state):
    case_id, answers = owed(clock), [status]
    with notify_server(lambda post: answers.pop(0) if answers else 201) as (url, got):
        room = postroom(settings, channel="notify", notify_url=url, notify_key=KEY, notify_template="t-1")
        sending.sweep(room, clock)
        assert letter_of(case_id).state == state
        clock.at += sending.PAUSE
        sending.sweep(room, clock)
    assert letter_of(case_id).state == (FAILED if state == FAILED else SENT)
    assert {post["reference"] for _, post in got} == {str(letter_of(case_id).id)}


def test_govuk_notify_that_is_not_there_is_asked_again(app, settings, clock):
    case_id, url = owed(clock), f"http://127.0.0.1:{free_port()}"
    sending.sweep(postroom(settings, channel="notify", notify_url=url, notify_key=KEY, notify_template="t-1"), clock)
    assert (letter_of(case_id).state, letter_of(case_id).problem) == (WAITING, "GOV.UK Notify answered 503.")


def test_without_an_address_of_its_own_letters_go_to_the_real_govuk_notify(settings, monkeypatch):
    asked = []

    def refuse(session, method, url, **_):
        asked.append(url)
        raise requests.ConnectionError

    monkeypatch.setattr(requests.Session, "request", refuse)
    send = channels.channel(replace(settings, channel="notify", notify_key=KEY, notify_template="t-1"))
    with pytest.raises(NotSent):
        send(Post(reference=None, address="a@larkmere.example", name="", subject="", html=""))
    assert asked == ["https://api.notifications.service.gov.uk/v2/notifications/email"]


def test_a_letter_that_is_kept_in_the_house_counts_as_sent(app, settings, clock):
    case_id = owed(clock)
    sending.sweep(postroom(settings), clock)
    assert (letter_of(case_id).state, letter_of(case_id).channel) == (SENT, "file")


@pytest.mark.parametrize("channel", ["smtp", "notify"])
def test_a_victim_without_a_safe_address_is_reached_another_way_at_once(app, settings, clock, channel):
    case_id = owed(clock, email="")
    room = postroom(settings, channel=channel, smtp_port=free_port(), notify_key=KEY, notify_template="t-1")
    sending.sweep(room, clock)
    letter = letter_of(case_id)
    assert (letter.state, letter.problem) == (FAILED, "There is no safe address for Tansy Applegarth.")
    undelivered.report(clock)
    assert open_tasks(case_id) == ["reach_another_way", "wait"]


def test_where_the_drawing_has_no_place_for_it_a_lost_letter_is_an_incident(app, settings, clock):
    case_id = owed(clock, process="unheard", email="")
    sending.sweep(postroom(settings, channel="smtp"), clock)
    assert undelivered.report(clock) == 1
    ((incident, case),) = cases.incidents()
    assert (case.id, incident.says) == (case_id, "A letter to Tansy Applegarth did not arrive.")
    assert [event.kind for event in history.of_case(case_id)][-2:] == ["message_failed", "incident_opened"]
    assert history.is_whole(cases.load(case_id))


def test_a_letter_that_fails_after_the_case_is_closed_is_written_down(app, settings, clock):
    case_id = owed(clock, process="unheard", email="")
    tiny.finish(cases.load(case_id), clock, key="wait")
    sending.sweep(postroom(settings, channel="smtp"), clock)
    assert undelivered.report(clock) == 1
    assert history.count_of(case_id, "message_failed") == 1
    assert cases.incidents() == []


@pytest.mark.parametrize("process", ["lettered", "unheard"])
def test_three_workers_tell_a_case_once_of_a_letter_that_failed(app, settings, clock, process):
    failed = [owed(clock, process=process, email="") for _ in range(5)]
    sending.sweep(postroom(settings, channel="smtp"), clock)
    tiny.at_once(app, *[lambda: undelivered.report(clock)] * 3)
    assert [history.count_of(case_id, "message_failed") for case_id in failed] == [1] * 5
    told = ["reach_another_way", "wait"] if process == "lettered" else ["wait"]
    assert [open_tasks(case_id) for case_id in failed] == [told] * 5
    assert len(cases.incidents()) == (0 if process == "lettered" else 5)


def test_three_workers_send_every_letter_once(app, settings, clock):
    owing = [owed(clock) for _ in range(8)]
    box, port = Letterbox(), free_port()
    room = postroom(settings, channel="smtp", smtp_port=port)
    with mail_server(box, port):
        tiny.at_once(app, *[lambda: sending.sweep(room, clock)] * 3)
        sending.sweep(room, clock)
    assert sorted(mail["Message-ID"] for mail in box.mails) == sorted(
        f"<{letter_of(case_id).id}@larkmere.example>" for case_id in owing
    )


def test_a_letter_that_cannot_be_written_holds_up_no_other_and_is_an_incident_after_three_tries(app, settings, clock):
    broken, good = owed(clock, process="wrongly"), owed(clock)
    room = postroom(settings)
    sending.sweep(room, clock)
    assert (letter_of(good).state, cases.incidents()) == (SENT, [])
    for _ in range(2):
        clock.at += sending.PAUSE
        sending.sweep(room, clock)
    ((incident, case),) = cases.incidents()
    assert (case.id, incident.element) == (broken, "tell")
    assert incident.says == "The letter ‘no_such_letter’ could not be written."
    assert history.count_of(broken, "incident_opened") == 1
    assert db.session.scalars(select(Effect.state).where(Effect.case_id == broken)).all() == [FAILED]
    clock.at += sending.PAUSE
    assert sending.sweep(room, clock) == 0


def test_a_letter_whose_writing_killed_three_workers_is_not_tried_again(app, settings, clock):
    case_id = owed(clock)
    db.session.execute(update(Effect).values(attempts=sending.WRITING_ATTEMPTS))  # counted before each try
    db.session.commit()
    sending.sweep(postroom(settings), clock)
    assert db.session.scalars(select(Effect.state)).all() == [FAILED]
    assert history.messages(case_id) == []
    assert [incident.case_id for incident, _ in cases.incidents()] == [case_id]


def test_a_letter_that_was_given_up_is_written_when_somebody_has_looked(app, settings, clock):
    case_id, person = owed(clock), Person(name="Horatio Plume", email="horatio@larkmere.example", created_at=clock())
    db.session.add(person)
    db.session.execute(update(Effect).values(attempts=sending.WRITING_ATTEMPTS))
    db.session.commit()
    sending.sweep(postroom(settings), clock)
    ((incident, _),) = cases.incidents()
    incidents.resolve(incident.id, "The server had too little memory.", Who(person.id, person.name, ()), clock=clock)
    sending.sweep(postroom(settings), clock)
    assert letter_of(case_id).state == SENT


@pytest.mark.parametrize(
    ("updates_to", "authority", "told"),
    [
        ("victim", "signed_form", [("victim", "tansy@applegarth.example")]),
        ("representative", "signed_form", [("representative", "basil@applegarth.example")]),
        (
            "both",
            "signed_form",
            [("victim", "tansy@applegarth.example"), ("representative", "basil@applegarth.example")],
        ),
        ("representative", "not_yet", [("victim", "tansy@applegarth.example")]),
        ("both", "not_yet", [("victim", "tansy@applegarth.example")]),
    ],
)
def test_only_somebody_who_may_act_for_the_victim_gets_their_letters(updates_to, authority, told):
    acts = {"updates_to": updates_to, "authority": authority, "email": "basil@applegarth.example"}
    found = recipients.of(Effect(wants={"to": "victim"}, facts=tiny.VICTIM | {"representative": acts}))
    assert [(who.key, who.address) for who in found] == told


@pytest.mark.parametrize("safe", ["no", None, ""])
def test_no_mail_goes_to_a_victim_who_has_not_said_that_it_is_safe(safe):
    contact = {"email": "tansy@applegarth.example", "email_safe": safe}
    (found,) = recipients.of(Effect(wants={}, facts={"contact": contact}))
    assert found.address == ""


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_victim_support_is_not_announced_to_somebody_who_said_no_to_it(answer):
    written = letters.write("acknowledgement", values({"application": {"victim_support": answer}}), LETTERS)
    assert ("Victim Support will offer you help" in written.html) == (answer == "yes")


def test_a_channel_that_breaks_over_one_letter_sends_the_others(app, settings, clock):
    broken, good = owed(clock, name="Barnaby Thistlewood"), owed(clock)

    def fragile(post):
        if post.name == "Barnaby Thistlewood":
            raise RuntimeError("nobody foresaw this")

    sending.sweep(Postroom(settings, fragile, procedures.of, procedures.letters_of), clock)
    assert (letter_of(broken).state, letter_of(good).state) == (WAITING, SENT)
    assert letter_of(broken).problem == "It could not be sent: RuntimeError."


def test_a_round_of_the_worker_writes_sends_and_reports(app, settings, clock):
    case_id = owed(clock, email="")
    assert worker.drain(replace(settings, channel="smtp"), clock) == 4, "the fourth is that it is counted in numbers"
    assert open_tasks(case_id) == ["reach_another_way", "wait"]
    assert db.session.scalars(select(Effect.state)).all() == [DONE]


HARM = "<script>alert('x')</script>[a](javascript:alert(1))"


class Everything(dict):
    """A record that holds the same harm wherever a letter looks: ``fields`` are paths, ``[]`` in them is any row."""

    def __init__(self, paths):
        super().__init__()
        for path in sorted(paths, key=len, reverse=True):
            here, *rest = path.split(".")
            self._put(here, {".".join(rest)} if rest else set())
        for key, below in list(self.items()):
            row = Everything(below) if below else HARM
            self[key.removesuffix("[]")] = [row] if key.endswith("[]") else row

    def _put(self, key, below):
        self[key] = self.get(key, set()) | below


def values(facts, text=""):
    said = text or "Larkmere"
    return {
        "case": {"reference": "CT-2026-0001", "title": said, "opened_on": date(2026, 3, 2)},
        "facts": facts,
        "item": facts or None,
        "partnership": dict.fromkeys(("name", "phone", "address", "email"), said),
        "contact": dict.fromkeys(("name", "role", "phone"), said),
        "dates": {},
        "recipient": {"key": "victim", "name": text, "address": ""},
        "track_url": "https://larkmere.example/track",
        "public_url": "https://larkmere.example",
        "today": date(2026, 3, 2),
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_letter_can_be_written_when_nothing_is_known(name):
    letter = letters.write(name, values({}) | {"item": ALWAYS_GIVEN.get(name)}, LETTERS)
    assert letter.subject and letter.subject != name
    assert NOTHING_SAID.search(letter.html) is None


@pytest.mark.parametrize("name", NAMES)
def test_no_letter_lets_what_people_wrote_become_markup(name):
    used = Everything({path for key in LETTERS for path in read_facts.of_file(LETTERS[key])} | read_facts.of_sheet())
    letter = letters.write(name, values(used, HARM) | {"item": used["item"], "dates": {}}, LETTERS)
    assert letter.subject and letter.subject != name
    assert "<script" not in letter.html + letter.subject
    assert "&lt;script&gt;" in letter.html


def test_a_letter_for_a_role_that_nobody_has_becomes_a_task(walk, rows):
    rows("update person set is_active = :no where name = 'Horatio Plume' returning id", no=False)
    walk.apply(**stories.TANSY)
    walk.days(0)
    found = rows("select recipient, state, problem from message where recipient like 'role:%'")
    assert found == [("role:Senior officer", "failed", "Nobody is ‘Senior officer’ here.")]
    assert "reach_another_way" in walk.open()


def test_what_the_victim_agrees_to_in_the_interview_lifts_the_hold(walk):
    asked = {"name": "Cosmo Dovetail", "phone": "020 7946 0150", "authority": "not_yet", "updates_to": "both"}
    walk.apply(
        **stories.TANSY | {"application": {"in_danger": "no", "applying_as": "representative"}}, representative=asked
    )
    assert not recipients.has_agreed(walk.facts)
    walk.do("interview_applicant", reports=stories.THREE, chosen_agencies=["police"], representative={"agreed": "yes"})
    assert recipients.has_agreed(walk.facts) and walk.facts["representative"]["name"] == "Cosmo Dovetail"


def test_promised_days_are_counted_for_the_letters_that_speak_of_them(partnership):
    """A letter that does not ask for ``dates`` is the same without them; each that asks is known to do so."""
    release_key, _ = procedures.live()
    texts = procedures.letters(release_key)
    asking = {key.partition(".")[0] for key, file in texts.items() if "dates." in str((file.head, file.body))}
    known = {key.partition(".")[0] for key in texts if letters.asks(key.partition(".")[0], "dates", texts)}
    assert asking <= known
    assert {"agency_request", "acknowledgement"} <= known and not known >= {"update", "closure", "limit_missed"}


def test_a_letter_that_is_only_kept_is_there_at_once_with_its_link(walk, rows, settings, clock):
    walk.apply(**stories.TANSY)
    room = Postroom(settings, refuse_all, procedures.of, procedures.letters_of, keeps=lambda who: who.key == "police")
    sending.sweep(room, clock)
    kept = rows("select state, html from message where recipient = 'police'")
    assert {state for state, _ in kept} == {"sent"}
    assert any("/answer/" in html for _, html in kept)
    assert {state for (state,) in rows("select state from message where recipient <> 'police'")} == {"failed"}


def refuse_all(post):
    raise channels.NotSent("No.", is_final=True)
