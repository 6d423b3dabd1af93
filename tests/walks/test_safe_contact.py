"""Safe contact: whatever somebody answers about how to reach them, nothing leaves in a way that they called unsafe."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from uuid import uuid4

import pytest

from app.cases import procedures
from app.intake import linking
from app.notify import channels, recipients, sending
from app.notify.channels import NotSent, Post
from app.notify.sending import Postroom
from app.store import cases, history
from app.store.rows.history import FAILED, SENT, Effect
from tests.conftest import one_kind
from tests.walks import tiny

database_url = pytest.fixture(one_kind)  # nothing here hangs on which of the two it is

PREFER = ("phone", "text", "email", "letter", "through_someone", None)
SAFE = ("yes", "no", None)
ADDRESS = "tansy@applegarth.example"
EVERY = [
    {"prefer": prefer, "email_safe": email, "voicemail_safe": voicemail, "letters_safe": letters, "text_safe": text}
    for prefer, email, voicemail, letters, text in product(PREFER, SAFE, SAFE, SAFE, SAFE)
]
AUTHORITY = ("told_me", "not_yet", None)
UPDATES = ("victim", "representative", "both", None)


def asked(facts, to="victim"):
    at = datetime(2026, 3, 2, tzinfo=UTC)
    wants = {"letter": "update", "to": to}
    return Effect(id=uuid4(), case_id=uuid4(), key="tell", kind="letter", wants=wants, facts=facts, made_at=at)


def contact(answers):
    """All that could be used, whether or not it may be."""
    known = {"email": ADDRESS, "phone": "07700 900123", "through": "Aunt Hazel", "other_way": "aunt@home.example"}
    return {"victim": {"name": "Tansy Applegarth", "address": "4 Lark Row"}, "contact": {**answers, **known}}


@pytest.mark.parametrize("answers", EVERY, ids=lambda one: "-".join(str(answer) for answer in one.values()))
def test_an_email_is_the_only_way_out_and_only_where_it_was_called_safe(answers):
    (who,) = recipients.of(asked(contact(answers)))
    assert who.address == (ADDRESS if answers["email_safe"] == "yes" else "")


@pytest.mark.parametrize(("authority", "updates", "email_safe"), list(product(AUTHORITY, UPDATES, SAFE)))
def test_somebody_who_acts_for_the_victim_never_opens_a_way_that_is_unsafe(authority, updates, email_safe):
    helper = {"name": "Hazel", "email": "hazel@home.example", "authority": authority, "updates_to": updates}
    found = recipients.of(asked(contact({"email_safe": email_safe}) | {"representative": helper}))
    reached = {who.key: who.address for who in found}
    assert reached.get("victim") in (None, "", ADDRESS if email_safe == "yes" else "")
    if authority == "not_yet":
        assert set(reached) == {"victim"}
    assert reached, "somebody is always asked to be reached"


@pytest.mark.parametrize("send", [channels._by_smtp, channels._by_notify])
def test_no_channel_sends_anything_without_an_address(send, settings):
    post = Post(uuid4(), "", "Tansy Applegarth", "How it goes", "<p>Words</p>")
    with pytest.raises(NotSent) as refused:
        send(post, settings)
    assert refused.value.is_final


@pytest.mark.parametrize("email_safe", SAFE)
def test_what_leaves_the_house_and_what_a_person_has_to_do_instead(app, settings, clock, email_safe):
    tiny.publish(clock)
    left = []

    def channel(post):
        channels._needs_address(post)
        left.append(post.address)

    case = tiny.begin("lettered", clock, **contact({"email_safe": email_safe}), update={"text": "Nothing new."})
    tiny.finish(case, clock)
    sending.sweep(Postroom(replace(settings, channel="smtp"), channel, procedures.of, procedures.letters_of), clock)
    (message,) = history.messages(case.id, "victim")
    assert left == ([ADDRESS] if email_safe == "yes" else [])
    assert message.state == (SENT if email_safe == "yes" else FAILED)


@pytest.mark.parametrize("email_safe", SAFE)
def test_a_new_link_to_follow_the_case_leaves_only_by_a_safe_address(app, settings, clock, email_safe):
    tiny.publish(clock)
    case = tiny.begin("lettered", clock, **contact({"email_safe": email_safe}))
    linking.send_new(cases.load(case.id).reference, ADDRESS, settings, clock=clock)
    assert [m.address for m in history.messages(case.id)] == ([ADDRESS] if email_safe == "yes" else [])
