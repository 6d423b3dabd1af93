"""Writing a letter in the drawing office: what is typed is never lost, and the preview says what goes out."""

from app.store import releases
from tests.web.studio import form_to, said

GOOD = "subject: The visit\n\n((card))\nShort\n((end))\nHello ((victim.name)), ((case.reference)).\n"


def write(person, address, content, where="", **more):
    page = person.get(address)
    form = next(form for form in page.forms if (form.action or "").endswith("/letter"))
    return person.post(address + where, {"content": content, "hash": form.fields["hash"]} | more)


def test_a_letter_is_begun_written_looked_at_and_saved(owner, draft):
    page = owner.fill(form_to(owner.get(f"{draft}/new"), "/new/letter"), {"subject": "The visit"})
    address = owner.path
    assert address.endswith("/files/visit.letter/letter")
    assert "No drawing sends this letter." in said(owner, page)
    assert "CT-2026-0031" in said(owner, page)
    page = write(owner, address, GOOD, "/preview")
    assert (
        owner.status == 200
        and "Hello" in said(owner, page)
        and page.xpath("//article//div[contains(@class, 'app-card')]")
    )
    assert "Hello" not in said(owner, owner.get(f"{draft}/files/visit.letter"))
    page = write(owner, address, GOOD)
    assert owner.path == address and "((victim.name))" in said(owner, page)


def test_a_letter_that_cannot_be_read_is_kept_and_says_what_is_wrong(owner, draft):
    address = f"{draft}/files/refusal.letter/letter"
    page = write(owner, address, "subject: A\n\n((if a))")
    assert "Expected ‘((end))’ further down." in said(owner, page)
    assert "Mend what we found first" in said(owner, page)


def test_what_was_typed_stands_when_somebody_saved_meanwhile(owner, draft):
    address = f"{draft}/files/refusal.letter/letter"
    write(owner, address, GOOD)
    page = owner.post(address, {"content": GOOD + "Mine.", "hash": "what I saw before"})
    assert owner.status == 409
    assert "Somebody saved this letter meanwhile" in said(owner, page) and "Mine." in said(owner, page)
    form = next(form for form in page.forms if (form.action or "").endswith("/letter"))
    assert form.fields["hash"] == releases.digest(GOOD.encode())


def test_a_hostile_letter_is_shown_without_harm(owner, draft):
    address = f"{draft}/files/refusal.letter/letter"
    page = write(owner, address, "subject: <script>x</script>\n\n<script>x</script>[a](javascript:x) <img src=x>")
    assert page.xpath("//article//script | //article//img | //a[starts-with(@href, 'javascript')]") == []


def test_only_a_letter_is_written_here_and_only_a_training_case_is_shown(owner, draft):
    owner.get(f"{draft}/files/hold_panel.bpmn/letter")
    assert owner.status == 404
    page = write(owner, f"{draft}/files/refusal.letter/letter", GOOD, "/preview", case="CT-2026-9999")
    assert "We could not find that training case" in said(owner, page)


def test_a_missing_letter_is_begun_from_the_drawing_that_sends_it(owner, draft):
    page = owner.get(f"{draft}/files/refusal.letter")
    owner.fill(form_to(page, "/remove"), {})
    page = owner.get(f"{draft}/files/refuse_and_refer.bpmn")
    assert "Begin the letter ‘refusal.letter’" in said(owner, page)
    owner.fill(form_to(page, "/fix"), {})
    assert owner.path.endswith("/files/refusal.letter/letter")
