"""The procedure as new people would go through it, on a small phone: apply, interview, decide, panel, appeal."""

from contextlib import contextmanager

import pytest

from tests.browser import applicant, axe, filling
from tests.browser.conftest import MOBILE, PHONE
from tests.browser.serving import watched

BASIL, JUNIPER, FERN = "basil@larkmere.example", "juniper@larkmere.example", "fern@support.example"
HORATIO, CLEMENTINE = "horatio@larkmere.example", "clementine@larkmere.example"
POLICE, COUNCIL = "rowan@police.larkmere.example", "ivy@council.larkmere.example"
THERE = {
    f"panel__attendance__{row}__{key}": value
    for row, agency in enumerate(("police", "council", "nhs"))
    for key, value in (("agency", agency), ("present", "present"))
}


@pytest.fixture
def phone_of(browser, address):
    """The phone of somebody of the partnership, signed in; axe looks at the page at which they end."""

    @contextmanager
    def of(email):
        with watched(browser, address, **MOBILE, viewport=PHONE) as person:
            person.sign_in(email)
            yield person
            person.fits()
            assert not axe.findings(person.page)

    return of


def test_a_review_from_the_application_to_an_appeal(browser, address, phone_of, yesterday):
    with watched(browser, address, **MOBILE, viewport=PHONE) as victim:
        applicant.begin(victim)
        for _ in applicant.pages(victim, yesterday):
            pass
        victim.press("Send my application")
        applicant.follow(victim)
        assert "talk to you" in victim.heading
        case = victim.page.locator(".govuk-caption-l").inner_text().split()[-1]  # others have the same name
        with phone_of(BASIL) as basil:
            filling.task(basil, case, "Acknowledge the application")
        with phone_of(JUNIPER) as juniper:
            filling.task(juniper, case, "Interview the applicant", interview__conflict="no")
            filling.task(juniper, case, "Complete the risk matrix", **CALM)
            filling.task(juniper, case, "Note health and care needs", needs__found="no")
        with phone_of(FERN) as fern:
            filling.task(fern, case, "Write victim's statement")
        for agency in (POLICE, COUNCIL):
            with phone_of(agency) as officer:
                filling.task(officer, case, "Send what we know", information__mental_health="no")
        with phone_of(BASIL) as basil:
            filling.task(basil, case, "Choose chair and date", panel__victim_invited="yes")
            filling.task(basil, case, "Send the papers")
        with phone_of(CLEMENTINE) as chair:
            filling.task(chair, case, "Hold and record the panel", **THERE)
        victim.wait_for("Answer now")
        victim.press("Answer now")
        filling.until(victim, "/track/review")
        with phone_of(CLEMENTINE) as chair:
            filling.task(chair, case, "Agree the action plan")
        victim.wait_for("Ask for an appeal")
        assert not axe.findings(victim.page)
        victim.press("Ask for an appeal")
        filling.until(victim, "/track/review", appeal__about="review")
        assert "appeal" in victim.heading
        with phone_of(HORATIO) as senior_officer:
            filling.task(senior_officer, case, "Choose an independent reviewer")
            senior_officer.open(f"/tasks?tab=team&q={case}")
            assert "Decide the appeal" in senior_officer.page.locator("main").inner_text()


CALM = {
    f"risk__{key}": value
    for key, value in {
        "frequency": "occasionally",
        "history": "none",
        "target": "nobody",
        "hate": "no",
        "harm_thoughts": "no",
        "safe_tonight": "yes",
        "violence": "no",
        "serious_harm": "no",
        "judgement": "as_scored",
    }.items()
}
