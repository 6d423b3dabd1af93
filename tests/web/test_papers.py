"""The papers of a panel: made from what was sent, and no more of it for anybody than they may read."""

import pytest

from app.store import tasks
from app.store.db import db
from app.store.rows.history import Reading
from tests.walks import stories

CHAIR, BASIL, FERN = "clementine@larkmere.example", "basil@larkmere.example", "fern@support.example"
ROWAN, IVY, PERRY = "rowan@police.larkmere.example", "ivy@council.larkmere.example", "perry@nhs.larkmere.example"
STATEMENT = {"how": "attends", "text": "I cannot sleep.", "agreed": "yes", "support_view": "She is worn out."}


def event(text, marking="panel"):
    return {"happened_on": "2026-02-20", "event": text, "marking": marking}


@pytest.fixture
def case(walk):
    """A case at the papers: the police answered item by item, the council did not answer at all."""
    stories.begin(walk, stories.THREE)
    walk.do("prepare_statement", statement=STATEMENT)
    (police,) = [t for t in tasks.of_case(walk.id) if (t.key, t.agency_key) == ("return_information", "police")]
    events = [event("A patrol went by."), event("A source told us.", "chair"), event("Hearsay.", "do_not_record")]
    told = {"involved": "yes", "person": "Rowan Finch", "attending": "Rowan Finch", "marking": "panel"}
    walk._complete(police, {"information": told | {"events": events, "gaps": "We called back late."}})
    while "record_no_return" not in walk.open():
        walk.days(1)
    walk.do("record_no_return", no_return={"reason": "They are short of staff."})
    walk.do("choose_panel", panel={"held_at": "2026-03-26T14:00+00:00", "chair": "Clementine Dray"})
    return walk.case


def text(counter, case, who):
    counter.sign_out()
    counter.sign_in(who)
    page = counter.get(f"/cases/{case.reference}/papers")
    return " ".join(" ".join(page.find(".//article").itertext()).split()) if counter.status == 200 else ""


def send(walk, *included):
    walk.do("send_papers", papers={"included": list(included)})


def test_the_agenda_begins_with_the_victim_and_names_every_agency(counter, case):
    said = text(counter, case, CHAIR)
    assert "2pm Welcome" in said
    assert "2:05pm The victim speaks Victim Support 20" in said
    assert "2:25pm Larkmere Council" in said or "2:25pm Larkmere Police" in said
    assert "Recommendations and actions Clementine Dray 20" in said


def test_the_chair_reads_all_but_what_must_not_be_recorded(counter, case):
    said = text(counter, case, CHAIR)
    assert "A patrol went by." in said and "A source told us." in said
    assert "Hearsay" not in said
    assert "I cannot sleep." in said and "She is worn out." in said
    assert "No return. Asked on Monday 2 March. They said: They are short of staff." in said
    assert "the same incident" not in said
    reports = said.partition("which count")[2].partition("Risk")[0]
    assert reports.count("Yes") == 3


def test_the_rest_of_the_panel_does_not_read_what_is_for_the_chair(counter, case):
    for who in (BASIL, FERN):
        said = text(counter, case, who)
        assert "A patrol went by." in said and "A source told us." not in said
        assert "Something in this answer is for the chair only." in said


def test_an_agency_reads_its_own_answer_until_the_papers_go_out(counter, walk, case):
    said = text(counter, case, ROWAN)
    assert "A patrol went by." in said and "A source told us." in said
    assert "Hearsay" not in said
    assert "I cannot sleep." not in said
    assert text(counter, case, IVY).count("A patrol went by.") == 0


def test_an_agency_then_reads_what_is_in_them_and_marked_for_the_panel(counter, walk, case):
    send(walk, "statement", "returns")
    said = text(counter, case, IVY)
    assert "A patrol went by." in said and "I cannot sleep." in said
    assert "A source told us." not in said and "Something in this answer" not in said
    assert "short of staff" not in said
    assert "The reports, and which count" not in said and "Risk" not in said


def test_what_was_left_out_of_the_papers_no_agency_reads(counter, walk, case):
    send(walk, "application")
    said = text(counter, case, IVY)
    assert "The reports, and which count" in said
    assert "A patrol went by." not in said and "I cannot sleep." not in said


def test_an_agency_that_was_not_asked_finds_nothing(counter, case):
    assert text(counter, case, PERRY) == ""
    assert counter.status == 404


def test_a_manager_does_not_read_papers(counter, case):
    assert text(counter, case, "marigold@larkmere.example") == ""


def test_reading_them_is_written_down(counter, case):
    text(counter, case, ROWAN)
    assert db.session.query(Reading).filter_by(case_id=case.id, page="papers").count() == 1


def test_the_task_leads_to_them(counter, walk, case):
    (task,) = [task for task in tasks.of_case(case.id) if task.key == "send_papers"]
    counter.sign_in(BASIL)
    page = counter.get(f"/tasks/{task.id}")
    assert page.xpath(f"//a[@href='/cases/{case.reference}/papers']")
    page = counter.get(f"/cases/{case.reference}")
    assert page.xpath(f"//a[@href='/cases/{case.reference}/papers']")


def test_an_agency_that_has_no_invitation_is_told_so(counter, case):
    counter.sign_in(ROWAN)
    counter.get(f"/cases/{case.reference}/papers/calendar")
    assert counter.status == 404


def test_an_agency_that_is_invited_can_put_the_meeting_in_its_calendar(counter, walk, case):
    walk.days(0)  # the letter is written
    counter.sign_in(ROWAN)
    counter.get(f"/cases/{case.reference}/papers/calendar")
    assert (counter.status, counter.response.mimetype) == (200, "text/calendar")
    assert b"METHOD:REQUEST" in counter.response.data
