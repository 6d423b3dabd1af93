"""A drawing changed in words alone: steps added, changed, moved and taken away with ordinary forms."""

import pytest

from app.drawing.reading import read
from app.editor import drafts
from app.store import releases
from tests.web.studio import OWNER, SENIOR, form_to, kept, link, said

FILE = "hold_panel.bpmn"


@pytest.fixture
def outline(draft):
    return f"{draft}/files/{FILE}/outline"


def drawn(draft, name=FILE):
    return read(drafts.file(kept(draft), name), name)


def test_a_step_with_a_new_form_and_a_limit_is_added_after_the_panel(owner, outline, draft):
    page = owner.get(outline)
    page = owner.get(link(page, "Add a step after", "record the panel"))
    page = owner.fill(form_to(page, "/outline/add"), {"kind": "person"})
    assert page.findtext(".//h1") == "Somebody does something"
    page = owner.fill(form_to(page, "/outline/add"), {"limit": "soon"})
    assert owner.status == 422 and "Enter what is done" in said(owner, page)
    page = owner.fill(form_to(page, "/outline/add"), {"name": "Offer mediation", "form": "+", "limit": "soon"})
    assert owner.status == 422 and "soon" in said(owner, page)
    page = owner.fill(form_to(page, "/outline/add"), {"limit": "5 working days"})
    assert owner.status == 200 and "Offer mediation" in said(owner, page)
    new = drawn(draft).by_id["offer_mediation"]
    assert new.properties["formRef"] == "offer_mediation"
    [clock] = [one for one in drawn(draft).elements if one.attached_to == "offer_mediation"]
    assert clock.timer == "5 working days"
    assert "offer_mediation.form" in drafts.hashes(kept(draft))
    page = owner.get(f"{draft}/files/offer_mediation.form")
    assert "nothing to mend" in page.findtext(".//h1")


def test_what_a_step_says_is_changed_and_undone(owner, outline, draft):
    before = drawn(draft).by_id["send_papers"]
    page = owner.get(f"{outline}/steps/send_papers")
    page = owner.fill(form_to(page, "/steps/send_papers"))
    assert owner.status == 422 and "Nothing is different yet" in said(owner, page)
    answers = {"name": "Send the papers out", "team": "+", "other_team": "Mediation service", "instructions": "To all."}
    page = owner.fill(form_to(page, "/steps/send_papers"), answers)
    after = drawn(draft).by_id["send_papers"]
    assert (after.name, after.lane, after.instructions) == ("Send the papers out", "Mediation service", "To all.")
    owner.fill(form_to(page, "/outline/undo"))
    undone = drawn(draft).by_id["send_papers"]
    assert (undone.name, undone.lane, undone.instructions) == (before.name, before.lane, before.instructions)


def test_a_time_limit_is_set_changed_and_taken_away(owner, outline, draft):
    page = owner.get(f"{outline}/steps/record_panel/limit")
    page = owner.fill(form_to(page, "/limit"), {"limit": "5 working"})
    assert owner.status == 422 and page.xpath("//input[@id='limit']/@value") == ["5 working"]
    owner.fill(form_to(page, "/limit"), {"limit": "5 working days"})
    clock = next(one for one in drawn(draft).elements if one.attached_to == "record_panel")
    assert clock.timer == "5 working days" and not clock.interrupting
    page = owner.get(f"{outline}/steps/record_panel/limit?event={clock.id}")
    assert page.xpath("//input[@id='limit']/@value") == ["5 working days"]
    page = owner.fill(form_to(page, "/limit"), {"limit": "24 hours"})
    assert drawn(draft).by_id[clock.id].timer == "24 hours"
    page = owner.get(f"{outline}/steps/record_panel/limit?event={clock.id}")
    owner.fill(form_to(page, "/limit"), button="remove")
    assert clock.id not in drawn(draft).by_id


def test_a_question_gets_another_answer_and_loses_it_again(owner, outline, draft):
    where = link(owner.get(outline), "Add a step after", "record the panel").partition("?")[2]
    page = owner.get(f"{outline}/add?{where}&kind=question")
    typed = {"name": "Is mediation wanted?", "answers.0.label": "Yes", "answers.1.label": "No"}
    page = owner.fill(form_to(page, "/outline/add"), typed, button="more")
    assert page.xpath("//input[@id='answers.0.label']/@value") == ["Yes"]
    owner.fill(form_to(page, "/outline/add"), {"answers.1.leads_to": "+", "answers.1.ends": "Not wanted"})
    assert owner.status == 200
    own = drawn(draft).by_id["mediation_wanted"]
    assert [way.name for way in drawn(draft).outgoing(own.id)] == ["Yes", "No"]
    page = owner.get(f"{outline}/steps/{own.id}/answers")
    page = owner.fill(form_to(page, "/answers"), {"answers.1.label": ""})
    assert owner.status == 422 and "A question has 2 to 12 answers" in said(owner, page)
    page = owner.get(f"{outline}/steps/{own.id}/answers")
    page = owner.fill(form_to(page, "/answers"), button="more")
    more = {"answers.2.label": "Later", "answers.2.leads_to": "+", "answers.2.ends": "Asked later"}
    owner.fill(form_to(page, "/answers"), more)
    assert [way.name for way in drawn(draft).outgoing(own.id)] == ["Yes", "No", "Later"]


def test_a_step_is_moved_and_taken_away(owner, outline, draft):
    page = owner.get(f"{outline}/steps/send_papers")
    page = owner.fill(form_to(page, "/move"), {"place": "record_panel"})
    assert owner.status == 200
    assert drawn(draft).outgoing("record_panel")[0].target == "send_papers"
    page = owner.get(f"{outline}/steps/send_papers")
    owner.fill(form_to(page, "/remove"))
    assert "send_papers" not in drawn(draft).by_id
    owner.get(f"{outline}/steps/send_papers")
    assert owner.status == 404


def test_two_people_who_change_different_steps_do_not_meet(owner, another, outline, draft):
    first = form_to(owner.get(f"{outline}/steps/send_papers"), "/steps/send_papers")
    another.sign_in(OWNER)
    second = form_to(another.get(f"{outline}/steps/record_panel"), "/steps/record_panel")
    owner.fill(first, {"name": "Send them"})
    another.fill(second, {"name": "Write it down"})
    assert [drawn(draft).by_id[one].name for one in ("send_papers", "record_panel")] == ["Send them", "Write it down"]


def test_the_page_and_a_team_get_other_names(owner, outline, draft):
    page = owner.get(outline)
    page = owner.fill(form_to(page, "/outline/page"), {"title": "Meet about it", "says": "All of them meet."})
    [process] = drawn(draft).processes
    assert (process.name, process.documentation) == ("Meet about it", "All of them meet.")
    before = drawn(draft).by_id["record_panel"].lane
    form = next(one for one in page.forms if one.fields.get("before") == before)
    owner.fill(form, {"team": "Chair of the meeting"})
    assert drawn(draft).by_id["record_panel"].lane == "Chair of the meeting"


def test_a_manager_reads_it_and_changes_nothing(owner, another, outline):
    another.sign_in(SENIOR)
    page = another.get(outline)
    assert another.status == 200 and "Hold the panel" in said(another, page)
    assert not [form for form in page.forms if "/outline" in (form.action or "")]
    another.get(f"{outline}/steps/record_panel")
    assert another.status == 403
    another.post(f"{outline}/steps/record_panel/remove", {})
    assert another.status == 403 and releases.live()


def test_every_step_of_the_largest_drawing_can_be_opened(owner, draft):
    base = f"{draft}/files/review_case.bpmn/outline"
    page = owner.get(base)
    links = {one for one in page.xpath("//a/@href") if "/outline/steps/" in one}
    assert len(links) > 15
    for one in sorted(links):
        owner.get(one)
        assert owner.status == 200, one


def test_a_drawing_begins_from_nothing_and_grows_in_words(owner, draft):
    page = owner.get(f"{draft}/new")
    page = owner.fill(form_to(page, "/new/drawing"), {"team": "+", "other_team": "Housing officer"})
    assert owner.status == 422 and page.xpath("//input[@id='other_team']/@value") == ["Housing officer"]
    page = owner.fill(
        form_to(page, "/new/drawing"), {"name": "Answer a report of damp", "says": "What we do about it."}
    )
    assert owner.path.endswith("/answer_report_damp.bpmn/outline")
    page = owner.get(link(page, "Add a step after", "Begun"))
    page = owner.fill(form_to(page, "/outline/add"), {"kind": "person"})
    owner.fill(form_to(page, "/outline/add"), {"name": "Look at the home", "limit": "10 working days"})
    page = owner.get(f"{draft}/files/answer_report_damp.bpmn")
    assert "Look at the home" in said(owner, page) and "Housing officer" in said(owner, page)


def test_a_form_begins_with_one_question(owner, draft):
    page = owner.fill(form_to(owner.get(f"{draft}/new"), "/new/form"), {"title": " "})
    assert owner.status == 422
    owner.fill(form_to(page, "/new/form"), {"title": "Offer mediation"})
    assert "offer_mediation.form" in drafts.hashes(kept(draft)) and owner.status == 200
