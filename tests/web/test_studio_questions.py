"""The questions of a form, changed with ordinary forms alone."""

import json

from app.editor import drafts
from app.forms import library
from tests.web.studio import OTHER, form_to, kept, link, said

FILE = "report_damp.form"


def asked(draft):
    return library.read(drafts.file(kept(draft), FILE), FILE)


def test_a_form_is_made_from_an_empty_page(owner, draft):
    page = owner.get(f"{draft}/new")
    page = owner.fill(form_to(page, "/new/form"), {"title": "Report damp"})
    assert owner.path.endswith(f"{FILE}/questions")
    page = owner.get(link(page, "Change: What was done"))
    page = owner.fill(form_to(page, "/parts/notes"), {"says": "Where is it?", "fact": "damp.where", "hint": "Any room"})
    page = owner.get(link(page, "Add after it: Where is it?"))
    page = owner.fill(form_to(page, "/add"), {"kind": "radio"})
    page = owner.fill(form_to(page, "/add"), {"says": "Is anyone in danger?"})
    assert owner.status == 422 and "Enter the answers" in said(owner, page)
    page = owner.fill(form_to(page, "/add"), {"choices": "yes = Yes\nno = No", "fact": "damp.danger"})
    page = owner.get(link(page, "Add something at the end"))
    page = owner.fill(form_to(page, "/add"), {"kind": "textarea"})
    page = owner.fill(form_to(page, "/add"), {"says": "Why?", "hide": 'damp.danger != "yes"', "fact": "damp.why"})
    words = said(owner, page)
    assert "Is anyone in danger? One answer" in words and "Yes; No" in words
    [only] = asked(draft).pages
    assert [one.key for one in only.components] == ["damp.where", "damp.danger", "damp.why"]
    assert only.components[2].hide == '=damp.danger != "yes"'
    page = owner.fill(next(one for one in page.forms if one.fields.get("part") == "why"), button="up")
    assert [one.key for one in asked(draft).pages[0].components] == ["damp.where", "damp.why", "damp.danger"]
    page = owner.fill(form_to(page, "/undo"))
    assert [one.key for one in asked(draft).pages[0].components] == ["damp.where", "damp.danger", "damp.why"]
    page = owner.get(f"{draft}/files/{FILE}/preview")
    assert "Is anyone in danger?" in said(owner, page)


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(owner, another, draft):
    own = f"{draft}/files/check_action.form/questions"
    page = owner.get(own)
    another.sign_in(OTHER)
    theirs = another.get(own)
    another.fill(next(one for one in theirs.forms if "title" in one.fields), {"title": "Look at the action"})
    page = owner.fill(next(one for one in page.forms if "title" in one.fields), {"title": "Mine"})
    assert owner.status == 409 and "Look at the form as it is now" in said(owner, page)
    assert json.loads(drafts.file(kept(draft), "check_action.form"))["title"] == "Look at the action"


def test_what_is_not_there_is_not_found(owner, draft):
    for end in ("check_action.form/questions/parts/gone", "threshold.dmn/questions", "gone.form/questions"):
        owner.get(f"{draft}/files/{end}")
        assert owner.status == 404


def test_a_number_longer_than_any_that_we_send_is_none(owner, draft):
    own = f"{draft}/files/check_action.form/questions"
    page = owner.get(own)
    form = next(one for one in page.forms if "title" in one.fields)
    owner.fill(form, {"title": "Look at the action"})
    owner.post(f"{own}/undo", {"save": "9" * 5_000})
    assert owner.status == 409
    assert json.loads(drafts.file(kept(draft), "check_action.form"))["title"] == "Look at the action"
