"""Invitations to the panel: what a calendar reads in them, when they move and when they end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from icalendar import Calendar

from app.cases import training
from app.cases.access import Who
from app.notify import invitations, sending
from app.store import history
from app.store.db import db
from app.store.rows.history import Effect, Message
from tests.conftest import one_kind
from tests.walks import stories
from tests.walks.test_letters import Letterbox, free_port, mail_server, notify_server, postroom

database_url = pytest.fixture(one_kind)  # nothing here hangs on which of the two it is

HELD = "2026-03-26T14:00+00:00"
KEY = "tests-" + "-".join(["26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"])


def invite(walk, how="attends", **panel):
    """The case as far as the letter that invites the victim."""
    stories.begin(walk, stories.THREE)
    walk.do("prepare_statement", statement={"how": how})
    walk.do_all("return_information")
    walk.do("choose_panel", panel={"held_at": HELD, "place": "Town Hall, room 2", **panel})


def letter(walk, name, clock, *, recipient="agency", held_at=HELD):
    """A letter about a meeting, as a drawing asks for it; time goes on by an hour."""
    clock.pass_(hours=1)
    facts = {"panel": {"held_at": held_at, "place": "Town Hall"}, "statement": {"how": "attends"}}
    at = {"made_at": clock(), "next_try_at": clock()}
    made = Effect(id=uuid4(), case_id=walk.id, key=name, kind="letter", wants={"letter": name}, facts=facts, **at)
    said = {"letter": name, "recipient": recipient, "name": "Larkmere Police", "subject": name, "html": ""}
    sent = Message(id=uuid4(), case_id=walk.id, effect_id=made.id, address="a@b.example", channel="file", **said, **at)
    history.add(made)
    db.session.flush()
    history.add(sent)
    db.session.commit()
    return sent


def read(invitation):
    """(METHOD, the event) of an invitation."""
    calendar = Calendar.from_ical(invitation.content)
    (event,) = calendar.events
    return calendar["method"], event


def event_of(message, settings):
    return read(invitations.of(message, settings))


def test_the_invitation_by_mail_carries_the_meeting_and_says_nothing_about_the_case(walk, settings, clock):
    box, port = Letterbox(), free_port()
    invite(walk)
    with mail_server(box, port):
        while sending.sweep(postroom(settings, channel="smtp", smtp_port=port), clock):
            pass
    (mail,) = (mail for mail in box.mails if mail["Subject"] == "Come to the meeting about your case")
    (part,) = mail.iter_attachments()
    assert (part.get_content_type(), part.get_param("method"), part.get_filename()) == (
        "text/calendar",
        "REQUEST",
        "meeting.ics",
    )
    (event,) = Calendar.from_ical(part.get_content()).events
    assert event["summary"] == f"Meeting {walk.case.reference}"
    assert (event["location"], event.start) == ("Town Hall, room 2", datetime(2026, 3, 26, 14, tzinfo=UTC))
    assert event["attendee"] == "mailto:tansy@larkmere.example"
    content = part.get_content().lower()
    assert not [word for word in ("panel of", "asb", "victim", "anti-social", "applegarth") if word in content]
    others = {other["Subject"] for other in box.mails if other is not mail and list(other.iter_attachments())}
    assert others == {f"Case {walk.case.reference}: come to the panel"}, "the agencies get one too"


@pytest.mark.parametrize("how", ["statement", "nothing_wanted"])
def test_who_does_not_come_gets_no_invitation_with_the_letter_but_may_fetch_it(how, walk, settings, clock):
    box, port = Letterbox(), free_port()
    invite(walk, how)
    with mail_server(box, port):
        while sending.sweep(postroom(settings, channel="smtp", smtp_port=port), clock):
            pass
    theirs = [mail for mail in box.mails if mail["To"] == "tansy@larkmere.example"]
    assert theirs
    assert not [part for mail in theirs for part in mail.iter_attachments()]
    (got,) = (m for m in history.messages(walk.id, "victim") if m.letter == "panel_invitation")
    assert invitations.of(got, settings).method == "REQUEST"


def test_govuk_notify_is_told_where_the_invitation_is(walk, settings, clock):
    invite(walk)
    with notify_server(lambda post: 201) as (url, got):
        room = postroom(settings, channel="notify", notify_url=url, notify_key=KEY, notify_template=str(uuid4()))
        while sending.sweep(room, clock):
            pass
    bodies = [(post["email_address"], post["personalisation"]["body"]) for _, post in got]
    where = {to: body.partition("Put the meeting in your calendar: ")[2] for to, body in bodies if "calendar:" in body}
    assert where == {
        "tansy@larkmere.example": "http://127.0.0.1:8000/track",
        "asb@police.larkmere.example": f"http://127.0.0.1:8000/cases/{walk.case.reference}/papers",
        "asb@council.larkmere.example": f"http://127.0.0.1:8000/cases/{walk.case.reference}/papers",
    }


@pytest.mark.parametrize(
    ("held_at", "starts"),
    [
        ("2026-03-27T14:00", "20260327T140000Z"),  # the Friday before the clocks go forward on Sunday 29 March
        ("2026-03-30T14:00", "20260330T130000Z"),
        ("2026-10-23T10:00+01:00", "20261023T090000Z"),  # the Friday before they go back on Sunday 25 October
        ("2026-10-26T10:00+00:00", "20261026T100000Z"),
    ],
)
def test_a_meeting_keeps_its_time_of_day_over_the_change_of_clocks(held_at, starts, walk, settings, clock):
    walk.apply(**stories.TANSY)
    invitation = invitations.of(letter(walk, "agency_invitation", clock, held_at=held_at), settings)
    assert f"DTSTART:{starts}".encode() in invitation.content


def test_a_meeting_that_moves_is_the_same_event_with_a_higher_number(walk, settings, clock):
    walk.apply(**stories.TANSY)
    first = letter(walk, "agency_invitation", clock)
    again = letter(walk, "agency_invitation", clock, held_at="2026-04-02T10:00+01:00")
    (asked, one), (moved, two) = event_of(first, settings), event_of(again, settings)
    assert (asked, moved) == ("REQUEST", "REQUEST")
    assert one["uid"] == two["uid"]
    assert (one["sequence"], two["sequence"]) == (0, 1)
    assert two.start == datetime(2026, 4, 2, 9, tzinfo=UTC)
    assert invitations.of(first, settings) == invitations.of(first, settings), "the same letter has the same invitation"


def test_a_meeting_that_could_not_decide_is_taken_out_and_asked_anew(walk, settings, clock):
    walk.apply(**stories.TANSY)
    first = letter(walk, "agency_invitation", clock, held_at=(clock() + timedelta(days=1)).isoformat())
    clock.pass_(days=2)
    moved = letter(walk, "panel_moved", clock, held_at=(clock() - timedelta(days=1)).isoformat())
    again = letter(walk, "agency_invitation", clock)
    told = [event_of(one, settings) for one in (first, moved, again)]
    assert [method for method, _ in told] == ["REQUEST", "CANCEL", "REQUEST"]
    assert [event["sequence"] for _, event in told] == [0, 1, 2]
    assert {event["uid"] for _, event in told} == {told[0][1]["uid"]}
    assert told[1][1]["status"] == "CANCELLED"


@pytest.mark.parametrize("name", ["review_stopped", "no_invitation"])
def test_a_meeting_that_will_not_be_is_taken_out_of_the_calendars_that_have_it(name, walk, settings, clock):
    walk.apply(**stories.TANSY)
    letter(walk, "panel_invitation", clock, recipient="victim")
    method, event = event_of(letter(walk, name, clock, recipient="victim"), settings)
    assert (method, event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 1)
    assert invitations.of(letter(walk, name, clock, recipient="victim"), settings) is None, "once is enough"
    assert invitations.of(letter(walk, name, clock, recipient="nhs"), settings) is None, "they were never invited"


def test_the_panel_after_one_that_was_held_is_another_event(walk, settings, clock):
    invite(walk)
    first = letter(walk, "agency_invitation", clock)
    walk.do("send_papers")
    walk.do("record_panel", panel=stories.QUORATE, agreed_actions=[stories.ACTION])
    second = letter(walk, "agency_invitation", clock, held_at="2026-05-02T10:00+01:00")
    assert event_of(first, settings)[1]["uid"] != event_of(second, settings)[1]["uid"]


def test_other_letters_and_training_copies_invite_nobody(walk, settings, clock):
    invite(walk)
    walk.days(0)
    other = [one for one in history.messages(walk.id) if one.letter not in invitations.INVITING]
    assert other
    assert [invitations.of(one, settings) for one in other] == [None] * len(other)
    copy = training.copy(walk.id, Who(1, "Basil Tamarind", ()), clock=clock)
    walk.id = copy.id
    assert invitations.of(letter(walk, "panel_invitation", clock), settings) is None


def test_an_invitation_stays_as_it_was_when_the_settings_are_the_same(walk, settings, clock):
    walk.apply(**stories.TANSY)
    sent = letter(walk, "agency_invitation", clock)
    assert event_of(sent, replace(settings, mail_from="box@elsewhere.example"))[1]["organizer"] == (
        "mailto:box@elsewhere.example"
    )
