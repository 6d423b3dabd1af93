"""The drawing office: a draft is begun, changed, checked, talked about, and published by somebody else."""

import io
import json
import zipfile

import pytest

from app.store import releases, releasing
from tests.web.studio import FORM, OTHER, SENIOR, form_to, kept, link, said, upload

OPEN_QUESTION = b"""<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:x">
<bpmn:process id="greeting" name="Greeting" isExecutable="true">
<bpmn:startEvent id="begun" name="Begun"><bpmn:outgoing>one</bpmn:outgoing></bpmn:startEvent>
<bpmn:task id="greet" name="Greet"><bpmn:incoming>one</bpmn:incoming><bpmn:outgoing>two</bpmn:outgoing></bpmn:task>
<bpmn:endEvent id="over" name="Over"><bpmn:incoming>two</bpmn:incoming></bpmn:endEvent>
<bpmn:sequenceFlow id="one" sourceRef="begun" targetRef="greet"/>
<bpmn:sequenceFlow id="two" sourceRef="greet" targetRef="over"/>
</bpmn:process></bpmn:definitions>"""


def test_a_draft_begins_with_what_it_is_about(owner):
    page = owner.fill(form_to(owner.get("/studio"), "/studio/drafts"), {"title": " "})
    assert owner.status == 422 and "Enter what this draft is about" in said(owner, page)
    page = owner.fill(form_to(page, "/studio/drafts"), {"title": "Offer mediation"})
    assert page.findtext(".//h1") == "Offer mediation"
    assert "Nothing is different." in said(owner, page) and "Nothing stops it" in said(owner, page)
    assert "1 draft is being prepared" in said(owner, owner.get("/studio"))


def test_the_studio_is_for_process_owners_and_managers_may_look(counter, draft):
    counter.sign_in("juniper@larkmere.example")
    counter.get("/studio")
    assert counter.status == 403
    counter.sign_in(SENIOR)
    page = counter.get(draft)
    assert counter.status == 200 and not [form for form in page.forms if "/files" in (form.action or "")]
    counter.post(f"{draft}/drop", {})
    assert counter.status == 403


def test_a_file_comes_in_is_read_and_goes_out_again(owner, draft):
    page = upload(owner, draft, "offer_mediation.form", json.dumps(FORM).encode())
    assert page.findtext(".//h1") == "Offer mediation: nothing to mend"
    owner.get(f"{draft}/files/offer_mediation.form/content")
    assert json.loads(owner.response.data) == FORM
    assert owner.response.headers["Content-Disposition"].startswith("attachment")
    assert "This form is new." in said(owner, owner.get(draft))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("evil.svg", b"<svg onload='alert(1)'/>", "must be small letters"),
        ("evil.bpmn", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "DOCTYPE"),
        ("../../evil.form", b"{", "not JSON"),
    ],
)
def test_what_may_not_be_kept_is_refused_with_its_reason(owner, draft, name, content, says):
    page = upload(owner, draft, name, content)
    assert owner.status == 422 and says in said(owner, page)
    assert "Nothing is different." in said(owner, owner.get(draft))


def test_nothing_that_is_uploaded_is_executed_by_a_browser(owner, draft):
    words = b'{"id": "x", "type": "default", "title": "<script>alert(1)</script>", "components": []}'
    page = upload(owner, draft, "evil.form", words)
    assert page.xpath("//script[contains(text(), 'alert')]") == []
    assert "<script>alert(1)</script>" in said(owner, page)
    owner.get(f"{draft}/files/evil.form/content")
    assert (owner.response.mimetype, owner.response.headers["X-Content-Type-Options"]) == (
        "application/octet-stream",
        "nosniff",
    )


def test_a_finding_is_fixed_by_its_button(owner, draft):
    page = upload(owner, draft, "greeting.bpmn", OPEN_QUESTION)
    assert page.findtext(".//h1") == "Greeting: 1 note"
    form = next(form for form in page.forms if (form.action or "").endswith("/fix"))
    page = owner.fill(form)
    assert "Saved." in owner.words(page)
    assert page.findtext(".//h1") == "Greeting: nothing to mend"
    assert "Fixed: " in said(owner, owner.get(f"{draft}/saves"))


def test_an_editor_saves_and_hears_who_saved_meanwhile(owner, another, draft):
    another.sign_in(OTHER)
    address = f"{draft}/files/greeting.bpmn"
    sent = {"content": OPEN_QUESTION.decode(), "hash": "", "note": "First"}
    owner.post(address, None, json=sent)
    kept = owner.response.json
    assert owner.status == 200 and kept["number"] == 1
    another.post(f"{address}/open", {})
    assert another.response.json == {"others": [], "hash": kept["hash"]}
    owner.post(f"{address}/open", {})
    assert owner.response.json["others"] == ["Marigold Swift"]
    another.post(f"{address}/open", {})
    assert another.response.json["others"] == ["Linnet Ashgrove"]
    another.post(address, None, json=sent | {"content": OPEN_QUESTION.decode() + " "})
    assert another.status == 409 and another.response.json["by"] == "Linnet Ashgrove"
    assert another.response.json["hash"] == kept["hash"]
    another.post(address, None, json=sent | {"content": OPEN_QUESTION.decode() + " ", "hash": kept["hash"]})
    assert another.status == 200
    owner.post(f"{address}/check", None, json={"content": OPEN_QUESTION.decode()})
    kinds = {one["kind"] for one in owner.response.json["findings"]}
    assert "task_without_type" in kinds


def test_an_editor_hears_why_something_cannot_be_kept(owner, draft):
    owner.post(f"{draft}/files/greeting.bpmn", None, json={"content": "no drawing", "hash": ""})
    assert owner.status == 422 and "XML" in owner.response.json["says"]
    owner.post(f"{draft}/files/greeting.bpmn/check", None, json={"content": "no drawing"})
    assert owner.response.json["findings"][0]["severity"] == "error"


def test_a_save_can_be_looked_at_and_gone_back_to(owner, draft):
    upload(owner, draft, "offer_mediation.form", json.dumps(FORM).encode())
    upload(owner, draft, "offer_mediation.form", json.dumps(FORM | {"title": "Mediation"}).encode())
    page = owner.get(f"{draft}/saves/2")
    assert "Only how it is written down has changed." in said(owner, page)
    page = owner.get(f"{draft}/saves")
    owner.fill(form_to(page, "/saves/1/restore"))
    owner.get(f"{draft}/files/offer_mediation.form/content")
    assert json.loads(owner.response.data) == FORM
    page = owner.get(f"{draft}/saves")
    assert "As it was at save 1" in said(owner, page)


def test_a_whole_release_comes_out_and_in_as_a_zip(owner, draft):
    owner.get(f"{draft}/zip")
    names = zipfile.ZipFile(io.BytesIO(owner.response.data)).namelist()
    assert "processes/asb_case_review.bpmn" in names and "forms/interview_applicant.form" in names
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as packed:
        packed.writestr("forms/offer_mediation.form", json.dumps(FORM))
    zipped = {"zip": (io.BytesIO(whole.getvalue()), "all.zip")}
    page = owner.post(f"{draft}/zip", zipped, content_type="multipart/form-data")
    assert "This form is new." in said(owner, page)
    page = owner.post(f"{draft}/zip", {"zip": (io.BytesIO(b"?"), "all.zip")}, content_type="multipart/form-data")
    assert owner.status == 422 and "not a zip file" in said(owner, page)


def test_people_talk_about_a_file(owner, another, draft):
    another.sign_in(SENIOR)
    address = f"{draft}/files/hold_panel.bpmn"
    page = another.get(address)
    page = another.fill(form_to(page, "/comments"), {"text": "Who writes the minutes?"})
    assert "Who writes the minutes?" in said(another, page)
    page = owner.get(address)
    page = owner.fill(next(form for form in page.forms if "/comments/" in (form.action or "")))
    assert "Dealt with by Linnet Ashgrove" in said(owner, page)


def test_a_drawing_is_shown_as_picture_and_words(owner, draft):
    page = owner.get(f"{draft}/files/hold_panel.bpmn")
    assert page.xpath("//main//*[local-name()='svg']")
    assert "The coordinator chooses chair and date." in said(owner, page)
    page = owner.get(f"{draft}/files/timescales.dmn")
    assert page.xpath("//main//table//td[contains(., 'acknowledge')]")


def test_two_people_publish(owner, another, draft):
    upload(owner, draft, "offer_mediation.form", json.dumps(FORM).encode())
    before = releases.live().key
    page = owner.get(f"{draft}/release")
    page = owner.fill(form_to(page, "/hand-in"))
    assert owner.status == 422 and "Say what is different and why" in said(owner, page)
    page = owner.fill(form_to(page, "/hand-in"), {"note": "The panel may offer mediation."})
    assert "You took part in it, so somebody else has to approve it." in said(owner, page)
    assert not [form for form in page.forms if (form.action or "").endswith("/decide")]
    owner.post(f"{draft}/decide", {"reason": "I like it.", "decision": "approve"})
    assert owner.status == 403 and releases.live().key == before
    another.sign_in(OTHER)
    page = another.get(f"{draft}/release")
    assert "You took no part in it, so you may approve it." in said(another, page)
    page = another.fill(form_to(page, "/decide"), {"reason": "It is clear."}, button="approve")
    assert "The release is live." in another.words(page)
    live = releases.live()
    assert live.key != before and live.published_by == "Marigold Swift"
    page = another.get("/studio")
    assert "Offer mediation" in said(another, page) and "Nobody is changing the procedure now" in said(another, page)
    page = another.get(f"/studio/releases/{live.key}")
    assert "This form is new." in said(another, page)
    another.get(f"/studio/releases/{before}/zip")
    assert another.status == 200


def test_a_draft_is_sent_back_with_a_reason(owner, another, draft):
    upload(owner, draft, "offer_mediation.form", json.dumps(FORM).encode())
    owner.fill(form_to(owner.get(f"{draft}/release"), "/hand-in"), {"note": "The panel may offer mediation."})
    another.sign_in(OTHER)
    page = another.get(f"{draft}/release")
    another.fill(form_to(page, "/decide"), {"reason": "Say who offers it."}, button="back")
    page = owner.get(f"{draft}/release")
    assert "‘Say who offers it.’" in said(owner, page)
    assert form_to(page, "/hand-in") is not None


def test_a_form_that_asks_nothing_is_not_handed_in(owner, draft):
    upload(owner, draft, "offer_mediation.form", json.dumps(FORM | {"components": []}).encode())
    page = owner.get(f"{draft}/release")
    page = owner.fill(form_to(page, "/hand-in"), {"note": "Empty."})
    assert owner.status == 422 and "the form asks nothing" in said(owner, page)
    assert "1 to mend" in said(owner, page)


def test_a_draft_is_put_away(owner, draft):
    owner.fill(form_to(owner.get(draft), "/drop"))
    assert "Nobody is changing the procedure now" in said(owner, owner.get("/studio"))
    assert releasing.drafts() == []


def test_any_two_versions_are_compared_in_words_and_in_pictures(owner, draft):
    outline = f"{draft}/files/hold_panel.bpmn/outline"
    page = owner.get(f"{outline}/steps/send_papers")
    owner.fill(form_to(page, "/steps/send_papers"), {"name": "Send the papers out"})
    page = owner.get(f"{outline}/add?after=record_panel&kind=person")
    owner.fill(form_to(page, "/outline/add"), {"name": "Offer mediation"})
    page = owner.get(draft)
    page = owner.get(link(page, "See it in the pictures"))
    words = said(owner, page)
    assert "Offer mediation" in words and "Nothing else is different" in words
    page = owner.get(link(page, "Hold the panel"))
    was, now = page.xpath("//main//*[local-name()='svg']")
    marked = lambda svg, mark: set(svg.xpath(f".//*[contains(@class, '{mark}')]/@data-element-id"))  # noqa: E731
    assert "offer_mediation" in marked(now, "is-added") and not marked(was, "is-added")
    assert "send_papers" in marked(was, "is-changed") & marked(now, "is-changed")
    page = owner.fill(page.xpath("//main//form")[0], {"after": f"draft.{kept(draft).id}.1"})
    told = owner.words(page.find(".//main//ol"))
    assert "Offer mediation" not in told and "Send the papers out" in told
    for wrong in ("release.0", "draft.x.1", f"draft.{kept(draft).id}.99", "../../etc"):
        owner.get(f"/studio/compared?before={wrong}&after={wrong}")
        assert owner.status == 404


def test_a_comment_is_on_one_step_of_a_drawing(owner, draft):
    page = owner.get(f"{draft}/files/hold_panel.bpmn/outline/steps/send_papers")
    page = owner.get(link(page, "Say something about this step").partition("#")[0])
    form = form_to(page, "/comments")
    assert form.fields["element"] == "send_papers"
    page = owner.fill(form, {"text": "Who copies them?"})
    assert "On ‘Send the papers’: Who copies them?" in said(owner, page)
