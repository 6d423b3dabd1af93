"""A process owner adds a step after the panel, another person approves it, and a case goes through it."""

import re

import pytest

from app.store import tasks
from tests.walks import stories
from tests.web.studio import OTHER, form_to, link, said

CHAIR = "clementine@larkmere.example"


@pytest.fixture
def published(counter, draft, another):
    """The panel offers mediation, by a release that one person made and another approved."""
    outline = f"{draft}/files/hold_panel.bpmn/outline"
    page = counter.get(link(counter.get(outline), "Add a step after", "record the panel"))
    page = counter.fill(form_to(page, "/outline/add"), {"kind": "person"})
    step = {"name": "Offer mediation", "form": "+", "limit": "5 working days"}
    counter.fill(form_to(page, "/outline/add"), step)
    page = counter.get(f"{outline}/steps/send_papers")
    page = counter.get(link(page, "Change this limit"))
    counter.fill(form_to(page, "/limit"), {"milestone": "", "limit": "3 working days before panel.held_at"})
    page = counter.get(f"{draft}/release")
    assert "None that stop it" in said(counter, page) and "Offer mediation" in said(counter, page)
    counter.fill(form_to(page, "/hand-in"), {"note": "Neighbours who want to talk should be helped to."})
    another.sign_in(OTHER)
    page = another.get(f"{draft}/release")
    answers = {"reason": "It is what the panel asked for."}
    form = form_to(page, "/decide")
    if "seen" in form.fields:
        answers["seen"] = True
    page = another.fill(form, answers, button="approve")
    assert "The release is live." in another.words(page)


def test_a_live_case_goes_through_the_new_step(published, walk, counter, clock):
    stories.begin(walk, stories.THREE)
    walk.do_all("prepare_statement", "return_information", "choose_panel", "send_papers")
    walk.do("record_panel", panel=stories.QUORATE, agreed_actions=[stories.ACTION])
    task = next(one for one in tasks.of_case(walk.id) if one.key == "offer_mediation")
    assert task.rule == "5 working days" and task.role == "Panel chair"
    counter.sign_out()
    counter.sign_in(CHAIR)
    page = counter.get(f"/tasks/{task.id}/1")
    assert "Offer mediation" in said(counter, page)
    form = next(one for one in page.forms if any(name.endswith(".notes") for name in one.fields))
    name = next(name for name in form.fields if re.search(r"\.notes$", name))
    page = counter.fill(form, {name: "They will meet on Monday."})
    assert page.findtext(".//h1").strip().startswith("Done: ")
    assert "offer_mediation" not in {one.key for one in tasks.of_case(walk.id)}
