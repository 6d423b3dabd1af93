"""Files of Camunda come into a draft: the original is kept, what became of it is the next save, and a page tells it."""

import io
import json
import zipfile
from pathlib import Path

from app.editor import drafts
from app.store import releasing
from tests.web.studio import form_to, kept, link, said, upload

FOLDER = Path(__file__).parents[1] / "drawings" / "camunda"
HALL = (FOLDER / "seven" / "hall_booking.bpmn").read_bytes()
CARD = (FOLDER / "eight" / "library_card.bpmn").read_bytes()
REPORT = "hall_booking.bpmn/converted"


def test_a_file_of_camunda_is_converted_told_and_can_be_tried(owner, draft):
    page = upload(owner, draft, "hall_booking.bpmn", HALL)
    assert owner.path == f"{draft}/files/{REPORT}"
    words = said(owner, page)
    assert words.index("What is left for you") < words.index("What we took over") < words.index("not needed here")
    assert "In Camunda the Java class ‘org.example.Mail’ did this." in words and "historyTimeToLive" in words
    assert link(page, "Look at the request") == f"{draft}/files/hall_booking.bpmn/outline#Task_Look"
    assert link(page, "Yes, after ‘Is it possible?’").endswith("outline#possible")
    assert owner.get(link(page, "Enter it in the book").partition("#")[0]).xpath("//li[@id='enter']")
    owner.get(link(page, "task_look.form"))
    assert owner.status == 200
    page = owner.get(f"{draft}/files/hall_booking.bpmn")
    assert link(page, "what became of the file from Camunda") == f"{draft}/files/{REPORT}"
    assert page.findtext(".//h1") == "Book the hall: nothing to mend"


def test_the_original_is_a_save_of_its_own_and_the_second_says_what_became_of_it(owner, draft):
    page = upload(owner, draft, "hall_booking.bpmn", HALL)
    row = kept(draft)
    (second, converted), (first, original) = releasing.saves(row.id)
    assert first.note == "From a file: hall_booking.bpmn" and original == ["hall_booking.bpmn"]
    assert second.note == "Converted from Camunda 7: 3 things taken over, 10 left for you"
    assert converted == ["hall_booking.bpmn", "task_look.form"]
    assert drafts.file(row, "hall_booking.bpmn", first.number) == HALL
    assert b"camunda" not in drafts.file(row, "hall_booking.bpmn")
    assert link(page, "save 1").endswith("/saves/1")
    assert len(page.xpath("//main//tbody/tr")) == 6 and len(page.xpath("//main//tbody//li")) == 9


def test_the_report_stays_when_the_drawing_is_changed_or_taken_out(owner, draft):
    before = said(owner, upload(owner, draft, "hall_booking.bpmn", HALL))
    form = form_to(owner.get(f"{draft}/files/hall_booking.bpmn"), "/hall_booking.bpmn/remove")
    owner.fill(form, {})
    after = owner.get(f"{draft}/files/{REPORT}")
    assert owner.status == 200 and "Java class" in said(owner, after) and "Java class" in before
    assert not after.xpath("//a[contains(@href, '/outline')]")


def test_a_form_that_is_there_is_not_replaced(owner, draft):
    mine = {"type": "default", "id": "Task_Look", "title": "Mine", "components": []}
    mine["components"] = [{"type": "textfield", "id": "a", "key": "a", "label": "What?"}]
    upload(owner, draft, "mine.form", json.dumps(mine).encode())
    page = upload(owner, draft, "hall_booking.bpmn", HALL)
    assert "A form called ‘Task_Look’ was there already, and stays as it is." in said(owner, page)
    assert "task_look.form" not in drafts.hashes(kept(draft))
    upload(owner, draft, "task_look.form", json.dumps(mine | {"id": "other"}).encode())
    assert "was there already" in said(owner, upload(owner, draft, "hall_booking.bpmn", HALL + b"\n"))
    assert json.loads(drafts.file(kept(draft), "task_look.form"))["title"] == "Mine"


def test_a_file_brought_in_again_is_converted_again(owner, draft):
    upload(owner, draft, "hall_booking.bpmn", HALL)
    page = upload(owner, draft, "hall_booking.bpmn", HALL)
    assert len(releasing.saves(kept(draft).id)) == 4 and "was there already" not in said(owner, page)


def test_files_in_a_zip_are_converted_and_named(owner, draft):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as packed:
        packed.writestr("a/hall_booking.bpmn", HALL)
        packed.writestr("a/library_card.bpmn", CARD)
        packed.writestr("a/offer_mediation.letter", "subject: Yes\n\nYes.\n")
    sent = {"zip": (io.BytesIO(whole.getvalue()), "all.zip")}
    page = owner.post(f"{draft}/zip", sent, content_type="multipart/form-data")
    words = owner.words(page)
    assert "Converted from Camunda 7 and Camunda 8: 10 things taken over, 16 left for you." in words
    assert "Open hall_booking.bpmn, library_card.bpmn to see what became of them." in words
    changed = {"hall_booking.bpmn", "library_card.bpmn", "offer_mediation.letter", "task_look.form", "card_form.form"}
    assert set(drafts.changed(kept(draft))) == changed
    for name in ("hall_booking.bpmn", "library_card.bpmn"):
        assert "left for you" in said(owner, owner.get(f"{draft}/files/{name}/converted"))


def test_a_file_that_is_not_of_camunda_is_one_save_and_has_no_report(owner, draft):
    page = upload(owner, draft, "plain.letter", b"subject: Yes\n\nYes.\n")
    assert owner.path == f"{draft}/files/plain.letter" and len(releasing.saves(kept(draft).id)) == 1
    assert not page.xpath("//a[contains(@href, '/converted')]")
    for name in ("plain.letter", "hold_panel.bpmn", "nothing.bpmn"):
        owner.get(f"{draft}/files/{name}/converted")
        assert owner.status == 404


def test_a_hostile_file_is_refused_or_shown_without_harm(owner, draft):
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]>' + HALL.partition(b"?>")[2]
    page = upload(owner, draft, "hall_booking.bpmn", bomb)
    assert owner.status == 422 and "document type (DOCTYPE)" in said(owner, page)
    upload(owner, draft, "Hall Booking.bpmn", HALL)
    assert owner.status == 422 and not releasing.saves(kept(draft).id)
    script = HALL.replace(b"org.example.Mail", b"&lt;script&gt;alert(1)&lt;/script&gt;")
    page = upload(owner, draft, "hall_booking.bpmn", script.replace(b'name="Look at', b'name="&lt;img src=x&gt; at'))
    assert "<script>alert(1)</script>" in said(owner, page) and not page.xpath("//main//script | //main//img")
