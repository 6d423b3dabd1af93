"""Officers whose browser runs no scripts: an interview from the first mistake to the end, and a decision."""

OFFICER, COORDINATOR = "juniper@larkmere.example", "basil@larkmere.example"
SPOKEN = {
    "interview.result": "spoken",
    "interview.held_at-time": "10:30am",
    "interview.mode": "phone",
    "interview.conflict": "no",
}
WANTS = {
    "interview.account": "He shouts threats through the wall at night.",
    "interview.explained": "yes",
    "interview.read_back": "yes",
    "interview.taking_part": "attend",
}
RISK = {
    "risk.frequency": "most_weeks",
    "risk.getting_worse": "one",
    "risk.linked": "yes",
    "risk.known": "same_building",
    "risk.history": "none",
    "risk.target": "household",
    "risk.hate": "no",
}
TOLL = {
    "risk.affected": "a_lot",
    "risk.harm_thoughts": "no",
    "risk.support": "little",
    "risk.daily_life": "some",
    "risk.safe_tonight": "yes",
}
JUDGEMENT = {
    "risk.violence": "no",
    "risk.serious_harm": "no",
    "risk.judgement": "as_scored",
    "risk.advice_given": "Keep the chain on. Call 999 when he comes.",
    "risk.reassess_on-day": "1",
    "risk.reassess_on-month": "6",
    "risk.reassess_on-year": "2099",
}
POINTS = {"threshold.persistence": "2", "threshold.harm": "3", "threshold.adequacy": "1"}
DECISION = {
    "threshold.decision": "met",
    "threshold.reasons": "Three complaints in six months, and nobody acted on the first.",
    "threshold.consulted": "The police and the landlord. Both agree.",
    "threshold.not_involved": "true",
}


def day(name, on):
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def test_an_interview_is_corrected_saved_checked_and_finished_and_the_risk_assessed(plain, yesterday):
    plain.sign_in(OFFICER)
    plain.begin("Barnaby", "Interview the applicant")
    address = plain.page.url
    plain.answer(SPOKEN | day("interview.held_at", yesterday) | {"interview.held_at-month": "13"})
    plain.press("Save and go to part 2")
    assert plain.page.title().startswith("Error: ") and len(plain.problems) == 1
    assert plain.page.locator("#interview\\.held_at-error").is_visible()
    assert plain.page.locator('[name="interview.held_at-month"]').input_value() == "13"
    assert plain.page.locator('[name="interview.mode"][value="phone"]').is_checked()
    plain.answer(day("interview.held_at", yesterday))
    plain.press("Save and go to part 2")

    rows = plain.page.locator(".app-repeat")
    assert rows.count() == 3
    plain.answer({"reports.0.incident": "7"})
    plain.press("Add another report")
    assert rows.count() == 4
    assert plain.page.locator('[name="reports.0.incident"]').input_value() == "7"
    plain.press("Remove report 4")
    assert rows.count() == 3
    for number in range(3):
        plain.answer({f"reports.{number}.incident": str(number + 1), f"reports.{number}.asb": "yes"})
    plain.press("Save and come back later")
    assert plain.page.url.endswith("/tasks")
    plain.begin("Barnaby", "Interview the applicant")
    assert plain.page.url == address and "The reports" in plain.page.locator("h2").first.inner_text()
    assert plain.page.locator('[name="reports.2.incident"]').input_value() == "3"
    plain.press("Save and go to part 3")
    plain.answer(WANTS)
    plain.press("Save and go to part 4")
    plain.answer({"chosen_agencies": "police"})
    plain.press("Save and check your answers")
    assert "He shouts threats through the wall at night." in plain.page.locator("main").inner_text()
    plain.press("Finish this task")
    assert plain.heading == "Done: Interview the applicant"
    assert "Complete the risk matrix" in plain.page.locator("main").inner_text()

    plain.begin("Barnaby", "Complete the risk matrix")
    for answers in (RISK, TOLL, JUDGEMENT):
        plain.answer(answers)
        plain.page.locator('main button[value="continue"]').last.click()
    assert not plain.problems
    plain.press("Finish this task")
    assert plain.heading == "Done: Complete the risk matrix"


def test_a_threshold_is_decided_and_the_case_moves_on(plain):
    plain.sign_in(COORDINATOR)
    plain.begin("Cosmo", "Decide on the threshold")
    plain.answer(POINTS)
    plain.press("Save and go to part 2")
    plain.press("Save and check your answers")
    assert len(plain.problems) == len(DECISION)
    plain.answer(DECISION)
    plain.press("Save and check your answers")
    plain.press("Finish this task")
    assert plain.heading == "Done: Decide on the threshold"
    assert "is now open" in plain.page.locator("main").inner_text()
    plain.press("Open the case")
    assert plain.page.locator(".app-line li", has_text="Decide on the threshold").locator("text=Done").count() == 1
