"""The pages of webhooks: made with a secret that is shown once, tried, turned off, sent again, taken away."""

import pytest

from app.notify.webhooks import sending
from app.store import webhooks
from app.store.db import db

URL = "https://hooks.invalid/case-review"  # a name that leads nowhere, so that nothing is reached


@pytest.fixture
def admin(counter):
    counter.sign_in("marigold@larkmere.example")
    return counter


def form(page, button):
    return next(one for one in page.xpath("//main//form") if button in one.text_content())


def test_an_administrator_has_a_program_told_and_follows_what_becomes_of_it(admin, settings, clock):
    page = admin.get("/admin/webhooks")
    page = admin.fill(form(page, "Tell this program"), {"url": "http://10.0.0.1/"})
    assert admin.status == 422 and "begins with https://" in admin.response.text
    page = admin.fill(form(page, "Tell this program"), {"url": URL, "kinds": ["case_opened", "limit_missed"]})
    assert admin.status == 201
    secret = page.findtext(".//code")
    assert secret.startswith("whsec_")
    (row,) = webhooks.every()
    address = f"/admin/webhooks/{row.id}"
    page = admin.get(address)
    assert secret not in admin.response.text and "A case is opened" in admin.response.text
    page = admin.fill(form(page, "Send a test"))
    assert "On its way" in admin.response.text
    sending.sweep(settings, clock)
    page = admin.get(address)
    assert "1 try" in admin.response.text and "Nothing has arrived since" in admin.response.text
    clock.pass_(days=6)
    sending.sweep(settings, clock)
    admin.sign_in("marigold@larkmere.example")
    page = admin.get(address)
    assert "Turn it on" in admin.response.text and "Nothing has arrived since Monday" in admin.response.text
    page = admin.fill(form(page, "Turn it on"))
    page = admin.fill(form(page, "Make a new secret"))
    assert page.findtext(".//code") != secret
    page = admin.get(address)
    assert "We sign with the old secret as well" in admin.response.text
    admin.fill(form(page, "Take it away"))
    assert "No program is told of anything" in admin.response.text
    db.session.rollback()
    assert webhooks.every() == []


def test_a_delivery_that_was_given_up_is_sent_again(admin, settings, clock):
    page = admin.get("/admin/webhooks")
    admin.fill(form(page, "Tell this program"), {"url": URL, "kinds": ["case_opened"]})
    (row,) = webhooks.every()
    page = admin.get(f"/admin/webhooks/{row.id}")
    admin.fill(form(page, "Send a test"))
    for pause in (*sending.PAUSES, sending.HELD):
        sending.sweep(settings, clock)
        clock.set(clock() + pause)
    admin.sign_in("marigold@larkmere.example")
    page = admin.get(f"/admin/webhooks/{row.id}")
    assert "Given up" in admin.response.text
    admin.fill(form(page, "Send again"))
    assert "It is sent again" in admin.response.text and "On its way" in admin.response.text


def test_nobody_but_administrators_sees_them(counter):
    counter.sign_in("basil@larkmere.example")
    counter.get("/admin/webhooks")
    assert counter.status == 403
