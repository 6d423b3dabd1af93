"""Files that come with an application: what is taken, what is refused and in which words."""

import pytest

from app.intake import uploading
from tests.web.visitor import Visitor, apply, at_page

JPG, PDF = b"\xff\xd8\xff\xe0" + b"x" * 50, b"%PDF-1.7\n" + b"x" * 50
FIELD = "application.evidence"


@pytest.fixture
def visitor(partnership):
    return at_page(Visitor(partnership), 15)


def test_files_are_kept_in_quarantine_and_hang_on_the_case_once_it_is_sent(partnership, rows):
    visitor = apply(Visitor(partnership), upto=12)
    visitor.press("Continue", files=[(FIELD, "door.jpg", JPG), (FIELD, "letter.pdf", PDF)])
    assert rows("select state, count(case_id) from document group by state") == [("quarantined", 0)]
    visitor.press("Continue").press("Continue").press("Continue", fields={"application.true_as_known": "true"})
    assert "door.jpg" in visitor.text and "letter.pdf" in visitor.text
    visitor.press("Send my application")
    assert rows("select name, case_id is not null from document order by name") in (
        [("door.jpg", True), ("letter.pdf", True)],
        [("door.jpg", 1), ("letter.pdf", 1)],
    )


def test_a_file_can_be_taken_out_again(visitor, rows):
    page = visitor.at
    visitor.press("Continue", files=[(FIELD, "door.jpg", JPG), (FIELD, "letter.pdf", PDF)]).open(page)
    remove = next(box for box in visitor.page.xpath(f"//input[@name='{FIELD}-remove']"))
    visitor.press("Continue", fields={f"{FIELD}-remove": [remove.get("value")]})
    assert rows("select name from document") == [("letter.pdf",)]
    visitor.open(page)
    assert "letter.pdf" in visitor.text and "door.jpg" not in visitor.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("door.exe", b"MZ" + b"x" * 50),
        ("door.jpg", b"MZ" + b"x" * 50),
        ("page.html", b"<script>"),
        ("door.svg", b"<svg/>"),
        ("zip.docx", b"PK\x03\x04nothing of a letter"),
        ("door", JPG),
        ("empty.pdf", b""),
    ],
)
def test_a_file_of_another_kind_is_refused_by_name(visitor, rows, name, content):
    visitor.press("Continue", files=[(FIELD, name, content)])
    assert visitor.status == 422 and name in visitor.problems[0]
    assert rows("select count(*) from document") == [(0,)]


def test_a_good_file_stays_when_the_one_beside_it_is_refused(visitor, rows):
    visitor.press("Continue", files=[(FIELD, "door.jpg", JPG), (FIELD, "bad.exe", b"MZ")])
    assert visitor.status == 422 and "Remove door.jpg" in visitor.text
    assert rows("select name from document") == [("door.jpg",)]


def test_at_most_ten_files_are_taken(visitor, rows):
    visitor.press("Continue", files=[(FIELD, f"{n}.pdf", PDF) for n in range(11)])
    assert visitor.status == 422 and "10 files" in visitor.problems[0]
    assert rows("select count(*) from document") == [(10,)]


def test_a_file_that_is_too_large_is_refused(monkeypatch, visitor, rows):
    monkeypatch.setattr(uploading, "LARGEST", 40)
    visitor.press("Continue", files=[(FIELD, "door.jpg", JPG)])
    assert visitor.status == 422 and "too large" in visitor.problems[0]
    assert rows("select count(*) from document") == [(0,)]


def test_the_file_of_somebody_else_cannot_be_named_as_ones_own(visitor, partnership, rows):
    visitor.press("Continue", files=[(FIELD, "door.jpg", JPG)])
    theirs = rows("select id from document")[0][0]
    other = at_page(Visitor(partnership), 15)
    other.client.post(other.at, data={f"{FIELD}-kept": [str(theirs)], "action": "continue"})
    assert "door.jpg" not in other.open(other.at).text


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("..\\..\\etc\\passwd.txt", "passwd.txt"),
        ("/tmp/a.pdf", "a.pdf"),
        ('a"; rm -rf.jpg', "a_ rm -rf.jpg"),
        ("a\r\nb.png", "a_b.png"),
        ("...", "file"),
        ("x" * 300 + ".jpg", "x" * 116 + ".jpg"),
    ],
)
def test_a_name_keeps_nothing_that_means_something_elsewhere(given, clean):
    name = uploading.clean_name(given)
    assert name == clean and len(name) <= uploading.LONGEST_NAME
