"""What somebody sends who means no good: no address and no post opens what is shut, or breaks a page."""

import logging
import re
from contextvars import Context
from dataclasses import replace

import pytest
from sqlalchemy import select, text

from app.cli import demo
from app.factory import create_app
from app.store import people
from app.store.db import db
from app.store.rows.cases import Task
from app.web.security import LARGEST_POST
from app.web.signing_in import EVERYBODY, open_to
from tests.web.visitor import Visitor, applied, at_page

UNKNOWN = "00000000-0000-0000-0000-000000000000"
OF_STAFF = ("/tasks", "/cases", "/cases/CT-2026-0001", "/cases/CT-2026-0001/letters", "/incidents", "/incidents/1")
OF_A_CASE = (
    "",
    "/timeline",
    "/answers",
    "/letters",
    "/drawing",
    *(f"/drawing/asb_case_review/{w}" for w in ("state", "file")),
)
STRANGE = (
    "/cases/CT%00",
    "/cases/CT-2026-0001/drawing/%00/state",
    f"/cases/CT-2026-0001/drawing/{'x' * 3000}/state",
    "/cases?q=%00",
    "/cases?page=999999",
    "/tasks?tab=team&q=%00&kind=%00",
    "/tasks/not-a-uuid",
    f"/tasks/{UNKNOWN}/1",
    f"/tasks/{UNKNOWN}/finished/%00",
    "/incidents/99999999999999999999999",
    "/track/%00",
    "/apply/%00/1",
    "/static/%2e%2e/%2e%2e/factory.py",
    "/static/%00",
)
ELSEWHERE = ("//evil.example", "/\\evil.example", "/\t/evil.example", "/\n/evil.example", "https://evil.example")
ANSWER = "I do not sleep."
BOXES = {
    "uuid": UNKNOWN,
    "int": "1",
    "int(max=2147483647)": "1",
    "any(drawing, form, table, letter)": "drawing",
}


def asked(counter, method, path, **more):
    """The bare answer, as a browser that follows nothing gets it."""
    answer = Context().run(counter.client.open, path, method=method, **more)
    db.session.rollback()
    return answer


@pytest.mark.parametrize("path", OF_STAFF)
def test_a_page_for_staff_sends_a_stranger_to_sign_in(counter, path):
    for method in ("GET", "HEAD"):
        answer = asked(counter, method, path)
        assert (answer.status_code, answer.location.split("?")[0]) == (303, "/sign-in")


def test_an_agency_gets_no_page_of_a_case(counter, walk):
    reference = walk.apply().reference
    counter.sign_in("rowan@police.larkmere.example")
    assert {asked(counter, "GET", f"/cases/{reference}{page}").status_code for page in OF_A_CASE} == {404}


@pytest.mark.parametrize("email", ["marigold@larkmere.example", "rowan@police.larkmere.example"])
def test_a_strange_address_is_answered_with_a_page(counter, walk, email):
    walk.apply()
    counter.sign_in(email)
    answers = {path: asked(counter, "GET", path).status_code for path in STRANGE}
    assert not {path[:60]: status for path, status in answers.items() if status >= 500}


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_nobody_is_sent_to_another_site_after_signing_in(counter, elsewhere):
    typed = {"email": "juniper@larkmere.example", "password": demo.PASSWORD, "next": elsewhere}
    assert asked(counter, "POST", "/sign-in", data=typed).location == "/tasks"


def test_a_strange_post_is_answered_with_a_page(counter, walk):
    walk.apply()
    counter.sign_in("horatio@larkmere.example")
    task = db.session.scalar(select(Task.id).where(Task.key == "note_application"))
    deep = {"case": "CT-2026-0001", "1." * 100_000 + "!": "x"}
    many = {f"field{number}": "x" for number in range(1_900)}
    posts = ({"request_key": "\0"}, {"request_key": "x" * 5_000}, {"case": "\0", "request_key": "1"}, deep, many)
    for path in (f"/tasks/{task}/1", f"/tasks/{UNKNOWN}/1"):
        assert all(asked(counter, "POST", path, data=post).status_code < 500 for post in posts)
    for person in ("9" * 5_000, "\0"):
        assert asked(counter, "POST", f"/tasks/{task}/give", data={"person": person}).status_code < 500
    assert asked(counter, "POST", "/sign-in", data={"email": "\0"}).status_code == 422
    assert asked(counter, "POST", "/sign-in", data={f"field{n}": "x" for n in range(10_000)}).status_code < 500


def test_too_much_at_once_is_answered_with_what_to_do(partnership):
    visitor = at_page(Visitor(partnership), 15)
    assert visitor.heading == "Do you have anything to show us?"
    too_much = {"data": b"0" * (LARGEST_POST + 1), "content_type": "multipart/form-data; boundary=x"}
    visitor._shown("POST", visitor.at, **too_much)
    assert (visitor.status, visitor.heading) == (413, "That file is too large")
    assert "one at a time" in visitor.text


def test_somebody_who_follows_a_case_opens_nothing_of_staff(partnership):
    visitor = applied(partnership)
    link = visitor.page.xpath("//input[@id='link']/@value")[0].split("8000")[1]
    for reference in ("\0", "x" * 10_000):
        assert visitor._shown("POST", link, data={"reference": reference}).status in (404, 422)
    visitor._shown("POST", link, data={"reference": "CT-2026-0001"})
    assert visitor.at == "/track/review"
    for post in ({"about": "\0", "text": "x"}, {"about": "new_incident", "text": "a", "key": "k" * 500}):
        assert visitor._shown("POST", "/track/say", data=post).status < 500
    for page in OF_A_CASE:
        assert visitor.open(f"/cases/CT-2026-0001{page}").at == "/sign-in"


def test_somebody_who_may_not_sign_in_any_more_is_shut_out_at_once(counter):
    counter.sign_in("marigold@larkmere.example")
    assert asked(counter, "GET", "/cases").status_code == 200
    people.by_email("marigold@larkmere.example").is_active = False
    db.session.commit()
    assert asked(counter, "GET", "/cases").status_code == 303


def test_whoever_signed_in_is_signed_out_after_a_working_day(counter, clock):
    counter.sign_in("marigold@larkmere.example")
    clock.pass_(hours=11, minutes=59)
    assert asked(counter, "GET", "/cases").status_code == 200
    clock.pass_(minutes=1)
    assert asked(counter, "GET", "/cases").status_code == 303


@pytest.fixture
def guarded(settings, clock, partnership):
    """A browser on the application as it is served: each post needs the token of its form."""
    app = create_app(settings, ask_time=clock)
    yield app.test_client()
    let_go(app)


def let_go(app):
    """Close what the application holds open."""
    with Context().run(app.app_context):
        db.session.remove()
        db.engine.dispose()


def test_every_post_needs_the_token_of_its_form(guarded):
    rules = [rule for rule in guarded.application.url_map.iter_rules() if "POST" in rule.methods]
    paths = [re.sub(r"<(?:([^:>]+):)?\w+>", lambda box: BOXES.get(box[1], "x"), rule.rule) for rule in rules]
    assert len(paths) > 10
    assert {Context().run(guarded.post, path).status_code for path in paths} == {400}


def test_a_form_may_be_sent_behind_a_server_that_speaks_https(settings, clock, partnership):
    app = create_app(replace(settings, public_url="https://larkmere.example"), ask_time=clock)
    client, secure = app.test_client(), {"base_url": "https://larkmere.example"}
    page = Context().run(client.get, "/sign-in", **secure)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    typed = {"csrf_token": token, "email": "juniper@larkmere.example", "password": demo.PASSWORD}
    answer = Context().run(client.post, "/sign-in", data=typed, **secure)
    let_go(app)
    assert (answer.status_code, answer.location) == (303, "/tasks")
    assert "__Host-session=" in answer.headers["Set-Cookie"] and "Secure; HttpOnly" in answer.headers["Set-Cookie"]


def test_every_answer_has_its_headers(guarded):
    for path in ("/", "/nothing", "/static/nothing", "/sign-in", "/tasks"):
        answer = Context().run(guarded.get, path)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("cookie", ["x", "eyJ.a.b", "eyJwZXJzb25faWQiOjF9.aaaa.bbbb"])
def test_a_broken_cookie_is_no_cookie(guarded, cookie):
    guarded.set_cookie("session", cookie)
    assert Context().run(guarded.get, "/track").status_code == 200
    assert Context().run(guarded.get, "/tasks").status_code == 303


def test_a_log_line_about_an_error_has_no_secret_and_no_answer(settings, clock, partnership, caplog):
    app = create_app(settings, ask_time=clock)

    @app.get("/broken/<token>")
    @open_to(EVERYBODY)
    def broken(token):
        db.session.execute(text("select :said from nothing"), {"said": ANSWER})

    with caplog.at_level(logging.ERROR):
        assert Context().run(app.test_client().get, "/broken/" + "s" * 43).status_code == 500
    let_go(app)
    assert caplog.records[0].route == "/broken/<token>"
    assert "s" * 43 not in caplog.text
    assert ANSWER not in caplog.text
    assert "nothing" in caplog.text
