"""The engine is general: a second, quite different procedure, from a blank page to a closed case, in browsers alone."""

import os

from app.config import ROOT
from app.editor import folders
from tests.browser import axe, damp, filling
from tests.browser.conftest import MOBILE, PHONE
from tests.browser.owner import Owner, approved
from tests.browser.serving import watched

LINNET = "linnet@larkmere.example"
BRYONY, ALDER, HAZEL = "bryony@thistledown.example", "alder@thistledown.example", "hazel@thistledown.example"
HOME = {"applicant__name": "Sorrel Tenant", "damp__danger": "yes", "damp__breathing": "no", "damp__at_risk": "no"}


def test_a_landlord_answers_a_report_of_damp(browser, address, plain):
    """Made anew from a blank page in ``make prove``; brought in as the example, which is the same, each time."""
    plain.context.set_default_timeout(40_000)  # the first page of a draft looks through everything that is live
    plain.sign_in(LINNET)
    owner = Owner(plain, plain.begin_draft("Damp and mould"))
    if os.environ.get("MADE_ANEW"):
        damp.make(owner)
    else:
        owner.open("/new")
        owner.send("Bring it in", {"example": "damp_and_mould"})
    kept = {name: text for name, text in folders.example(ROOT, "damp_and_mould").items() if name in damp.FILES}
    made = {name: plain.context.request.get(f"{owner.draft}/files/{name}/content").body() for name in damp.FILES}
    assert made == kept
    approved(browser, address, plain, owner.draft, "Tenants are to be safe at home.")
    closed(browser, address)


def closed(browser, address):
    """Somebody reports a danger on their phone, and everybody does their part until the report is closed."""

    def colleague(email, task, **story):
        with watched(browser, address, **MOBILE, viewport=PHONE) as person:
            person.sign_in(email)
            filling.task(person, case, task, **story)
            person.fits()

    with watched(browser, address, **MOBILE, viewport=PHONE) as tenant:
        tenant.open("/")
        tenant.press("Report damp or mould")
        tenant.press("Start now")
        filling.through(tenant, "We have what you sent us", **HOME)
        assert not axe.findings(tenant.page)
        case = tenant.page.locator(".app-lede strong").inner_text()
        tenant.press("Open it now")
        filling.until(tenant, "/track/review", reference=case)
        stands = tenant.page.locator("main").inner_text
        assert "We make your home safe within 24 hours" in stands()
        colleague(HAZEL, "Make it safe now")
        colleague(ALDER, "Investigate the home", investigation__danger="yes")
        colleague(BRYONY, "Write the findings")
        colleague(HAZEL, "Make the home safe")
        tenant.wait_for("Answer now")
        assert "We write to you with what we found" in stands()
        tenant.press("Answer now")
        filling.until(tenant, "/track/review", tenant__better="yes")
        tenant.wait_for("Your case is closed")
        assert not axe.findings(tenant.page)
        tenant.fits()
