"""What the people in the walks answer, where it matters for the way their case goes."""

from datetime import date, timedelta

REPORTS = [
    {
        "happened_on": "2026-01-05",
        "what": "Banging on the door at night.",
        "reported_to": "council",
        "reported_on": "2026-01-06",
        "response": "nothing",
    },
    {
        "happened_on": "2026-01-28",
        "what": "Threats on the stairs.",
        "reported_to": "police",
        "reported_on": "2026-01-28",
        "response": "acknowledged",
    },
    {
        "happened_on": "2026-02-20",
        "what": "Threats on the stairs again.",
        "reported_to": "landlord",
        "reported_on": "2026-02-21",
        "response": "nothing",
    },
]
THREE = [report | {"incident": number, "asb": "yes"} for number, report in enumerate(REPORTS, 1)]
ONE = [THREE[0]] + [report | {"incident": 1} for report in THREE[1:]]  # three reports of the same incident
TANSY = {
    "victim": {"name": "Tansy Applegarth"},
    "contact": {"prefer": "email", "email": "tansy@larkmere.example", "email_safe": "yes"},
    "reports": REPORTS,
    "application": {"in_danger": "no"},
}
AGENCIES = ["police", "council"]
CALM = {
    "frequency": "occasionally",
    "getting_worse": "no",
    "linked": "no",
    "known": "no",
    "history": "none",
    "target": "nobody",
    "hate": "no",
    "raises": [],
    "affected": "a_little",
    "health": [],
    "harm_thoughts": "no",
    "needs": [],
    "support": "good",
    "others": [],
    "daily_life": "none",
    "safe_tonight": "yes",
    "violence": "no",
    "serious_harm": "no",
    "judgement": "as_scored",
}
QUORATE = {
    "attendance": [
        {"agency": agency, "person": "Rowan Finch", "present": "present"} for agency in ("police", "council", "nhs")
    ]
}
NOT_QUORATE = {"attendance": QUORATE["attendance"][:2]}
ACTION = {
    "kind": "action",
    "type": "support",
    "what": "Mediation between flats 12 and 14.",
    "for_victim": "Mediation between the neighbours.",
    "agency": "council",
    "due_on": "2026-04-20",
    "measure": "No report for four weeks.",
}
RECOMMENDATION = {
    "kind": "recommendation",
    "type": "policy",
    "what": "Train the noise team in the new powers.",
    "for_victim": "Train the noise team.",
    "agency": "police",
    "due_on": "2026-05-20",
    "measure": "Training held.",
}


def lately(reports, today):
    """The same reports, the last of them a week ago."""
    last = max(date.fromisoformat(one["reported_on"]) for one in reports)
    days = ("happened_on", "reported_on")
    back = today - timedelta(days=7) - last
    return [one | {key: (date.fromisoformat(one[key]) + back).isoformat() for key in days} for one in reports]


def begin(walk, reports):
    """The first days: acknowledged, noted, supported, reports confirmed, interviewed, risk known and low."""
    told = [{key: one[key] for key in REPORTS[0]} for one in reports]
    walk.apply(**TANSY | {"reports": told})
    walk.do_all("acknowledge_application", "note_application", "offer_support", "confirm_reports")
    walk.do("interview_applicant", reports=reports, chosen_agencies=AGENCIES)
    walk.do("complete_matrix", risk=CALM)
    walk.do("note_needs", needs={"found": "no"})


def hold_review(walk):
    """From the agencies' answers to the outcome letter."""
    walk.do_all("prepare_statement", "return_information", "choose_panel", "send_papers")
    walk.do("record_panel", panel=QUORATE, agreed_actions=[ACTION])
    walk.do("say_view_of_plan", plan={"view": "agree"})
    walk.do("agree_plan", agreed_actions=[ACTION, RECOMMENDATION])


def to_the_actions(walk):
    """From the application until actions are agreed and may be carried out."""
    begin(walk, THREE)
    hold_review(walk)


def carry_out(walk):
    """The agreed actions are done and checked; the recommendation is accepted, done and checked."""
    walk.do("answer_recommendation", recommendation={"answer": "accepted"})
    walk.do("do_action")
    walk.do("check_action", check={"done": "yes"})


def keep_informed(walk):
    """The victim, who has not heard for a while, gets an update, where one is due."""
    while "update_victim" in walk.open():
        walk.do("update_victim", update={"text": "We are still at it."})


def wait(walk, days):
    """Days go by, and the victim hears from us in time."""
    for _ in range(days):
        walk.days(1)
        keep_informed(walk)


def close(walk):
    """Progress is reviewed and enough, the victim is heard about it, and the case is closed."""
    walk.do("review_progress", progress={"decision": "enough"})
    closing(walk)
    walk.do("close_case")


def whole(walk):
    """A review from application to closure, and a day more."""
    begin(walk, THREE)
    hold_review(walk)
    carry_out(walk)
    wait(walk, 29)
    close(walk)
    walk.days(1)


def closing(walk):
    """The victim is told before it closes, and agrees."""
    walk.do("plan_closing")
    walk.do("say_view_of_closing", closing={"reached": "yes", "agreed": "yes"})


def go_on_unnoted(walk):
    """A review up to its closing, of which the senior officer has not noted the application."""
    walk.apply(**TANSY)
    walk.do_all("acknowledge_application", "offer_support", "confirm_reports")
    walk.do("interview_applicant", reports=THREE, chosen_agencies=AGENCIES)
    walk.do("complete_matrix", risk=CALM)
    walk.do("note_needs", needs={"found": "no"})
    hold_review(walk)
    carry_out(walk)
    walk.days(29)
    walk.do("review_progress", progress={"decision": "enough"})
    closing(walk)


def told(walk, rows):
    """The letters written so far as {(letter, recipient)}."""
    return set(rows("select letter, recipient from message"))
