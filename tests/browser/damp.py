"""A procedure made in the browser alone, from a blank page: a social landlord's answer to damp and mould.

The times are those of the Hazards in Social Housing (Prescribed Requirements) (England) Regulations 2025, also called
Awaab's Law: an emergency made safe within 24 hours; otherwise investigated within 10 working days, the findings in
writing within 3 working days of the investigation, made safe within 5 working days of it.
"""

from tests.browser.owner import Owner

DRAWING, TABLE = "report_damp_mould.bpmn", "how_urgent_damp.dmn"
YES_NO = "yes = Yes\nno = No"
TENANT, OFFICER, SURVEYOR, REPAIRS = "Tenant", "Housing officer", "Surveyor", "Repairs team"
LETTERS = {  # {file: (subject, what it says)}
    "we_have_your_report_damp_mould": (
        "We have your report of damp or mould",
        """Thank you for telling us about your home. We got your report on ((case.opened_on)).

((if damp.urgency = "emergency"))
((card))
## We make it safe within 24 hours
You told us of a danger. Our repairs team will come to you within 24 hours of your report. If you have to leave your
home, we will find you a place to stay.
((end))
((else))
## What happens next, and by when

- A housing officer reads your report by the end of the next working day.
- A surveyor looks at your home within 10 working days of your report.
- We write to you with what we found within 3 working days of that visit.
- If there is a danger to your health, we make it safe within 5 working days of that visit.
((end))

## If it gets worse

Call ((partnership.phone)) at once if water comes near anything electric, if a ceiling hangs down, or if somebody finds
it hard to breathe. Your reference is ((case.reference)).""",
    ),
    "what_we_did_make_your_home_safe": (
        "What we did to make your home safe",
        """We came to you on ((safe_now.done_at)).

## What we did

((safe_now.what))

((if safe_now.stay = "moved"))
## Where you can stay

((safe_now.where)) You do not pay for it. You can come back when your home is safe.
((end))
## What happens next

The cause is not gone yet. A surveyor will look at your home. Your reference is ((case.reference)).""",
    ),
    "what_we_found_your_home": (
        "What we found in your home",
        """Our surveyor looked at your home on ((investigation.done_on)).

## What we found

((findings.words))

((if investigation.danger = "yes"))
## What we will do

((findings.work)) We make your home safe within 5 working days of the visit.
((else))
The surveyor found no danger to your health. ((findings.work))
((end))
## If you do not agree

Call ((partnership.phone)). You can ask for another surveyor, and you can complain to the Housing Ombudsman.""",
    ),
    "we_have_closed_your_report_damp_mould": (
        "We have closed your report of damp or mould",
        """We closed your report on ((today)).

((if made_safe.what))
## What we did

((made_safe.what))

((end))
## If it comes back

Report it again, and tell us your reference, ((case.reference)). You can do that at any time.""",
    ),
}
FORMS = (
    "your_report_damp_mould",
    "read_report",
    "make_home_safe_now",
    "investigate_home",
    "write_findings",
    "make_home_safe",
    "say_if_it_better",
    "talk_tenant",
)
FILES = (DRAWING, TABLE, *(f"{one}.form" for one in FORMS), *(f"{one}.letter" for one in LETTERS))


def make(owner: Owner) -> None:
    """The whole procedure: what people fill in, how urgent it is, what they are told, and who does what by when."""
    report(owner)
    work(owner)
    urgency(owner)
    letters(owner)
    drawing(owner)


def report(owner: Owner) -> None:
    """What somebody who reports is asked: who they are, their home, how it affects them."""
    owner.form(
        "Your report of damp or mould",
        {
            "says": "Where is the damp or mould, and what do you see?",
            "hint": "Such as ‘Black spots on the bedroom wall, beside the window’",
            "missing": "Enter where it is and what you see",
            "fact": "damp.what",
        },
        ("date", {"says": "When did you first see it?", "when": "past", "fact": "damp.since", "required": False}),
        ("filepicker", {"says": "Photos, if you have some", "fact": "damp.photos", "required": False}),
        ("group", {"says": "Is anybody in danger?"}),
        file="your_report_damp_mould",
    )
    owner.inside(
        "Is anybody in danger?",
        (
            "radio",
            {
                "says": "Is there a danger now?",
                "hint": "Such as water near anything electric, or a ceiling that hangs down",
                "choices": YES_NO,
                "missing": "Select yes if there is a danger now",
                "fact": "damp.danger",
            },
        ),
        (
            "radio",
            {
                "says": "Is it hard for anybody at home to breathe because of it?",
                "choices": YES_NO,
                "missing": "Select yes if it is hard for somebody to breathe",
                "fact": "damp.breathing",
            },
        ),
        (
            "radio",
            {
                "says": "Does somebody live there who is more at risk?",
                "hint": "A baby or young child, somebody over 65, pregnant, or ill for a long time",
                "choices": YES_NO,
                "missing": "Select yes if somebody is more at risk",
                "fact": "damp.at_risk",
            },
        ),
    )
    owner.follow("Add something at the end")
    owner.send("Continue", {"kind": "group"})
    owner.send("Add it", {"says": "You and your home"})
    owner.inside(
        "You and your home",
        ("textfield", {"says": "Your name", "missing": "Enter your name", "fact": "applicant.name"}),
        ("textarea", {"says": "Your address", "missing": "Enter your address", "fact": "damp.address"}),
        ("textfield", {"says": "A phone number", "required": False, "fact": "contact.phone"}),
        ("textfield", {"says": "An e-mail address", "required": False, "fact": "contact.email"}),
        (
            "radio",
            {
                "says": "May we write to this e-mail address?",
                "hint": "Say no if somebody reads it who should not know of this",
                "choices": YES_NO,
                "required": False,
                "fact": "contact.email_safe",
                "hide": "contact.email = null",
            },
        ),
    )


def work(owner: Owner) -> None:
    """What the people who do the work write down."""
    owner.form(
        "Read the report",
        {"says": "What do you make of it?", "required": False, "fact": "triage.note"},
        (
            "radio",
            {
                "says": "Is it an emergency after all?",
                "hint": "If in doubt, say yes",
                "choices": YES_NO,
                "missing": "Select yes if it is an emergency",
                "fact": "triage.emergency",
            },
        ),
        file="read_report",
    )
    owner.form(
        "Make the home safe now",
        {"says": "What did you do?", "missing": "Enter what you did", "fact": "safe_now.what"},
        (
            "moment",
            {
                "says": "When was it safe?",
                "when": "past",
                "missing": "Enter when it was safe",
                "fact": "safe_now.done_at",
            },
        ),
        (
            "radio",
            {
                "says": "Can they stay in their home?",
                "choices": "stay = They stay\nmoved = They stay somewhere else until it is safe",
                "missing": "Select if they can stay",
                "fact": "safe_now.stay",
            },
        ),
        (
            "textarea",
            {
                "says": "Where do they stay?",
                "hint": "The tenant reads this",
                "missing": "Enter where they stay",
                "fact": "safe_now.where",
                "hide": 'safe_now.stay != "moved"',
            },
        ),
        file="make_home_safe_now",
    )
    owner.form(
        "Investigate the home",
        {"says": "What did you find?", "missing": "Enter what you found", "fact": "investigation.found"},
        (
            "date",
            {
                "says": "When did you look at it?",
                "when": "past",
                "missing": "Enter when you looked at it",
                "fact": "investigation.done_on",
            },
        ),
        (
            "checklist",
            {
                "says": "What causes it?",
                "choices": "leak = A leak\nrising = Damp from the ground\ncold = Cold walls\nair = Too little air\nother = Something else",
                "missing": "Select what causes it",
                "fact": "investigation.causes",
            },
        ),
        (
            "radio",
            {
                "says": "Is it a danger to health?",
                "hint": "Think of those who live there, not of anybody",
                "choices": YES_NO,
                "missing": "Select yes if it is a danger to health",
                "fact": "investigation.danger",
            },
        ),
        file="investigate_home",
    )
    owner.form(
        "Write the findings",
        {
            "says": "What do we tell the tenant that we found?",
            "hint": "In words that anybody understands",
            "missing": "Enter what was found",
            "fact": "findings.words",
        },
        (
            "textarea",
            {
                "says": "What will we do, or why is nothing to do?",
                "missing": "Enter what we will do",
                "fact": "findings.work",
            },
        ),
        file="write_findings",
    )
    owner.form(
        "Make the home safe",
        {
            "says": "What did you do?",
            "hint": "The tenant reads this",
            "missing": "Enter what you did",
            "fact": "made_safe.what",
        },
        (
            "date",
            {
                "says": "When was it safe?",
                "when": "past",
                "missing": "Enter when it was safe",
                "fact": "made_safe.done_on",
            },
        ),
        file="make_home_safe",
    )
    owner.form(
        "Say if it is better",
        {"says": "What do you want to tell us?", "required": False, "fact": "tenant.words"},
        (
            "radio",
            {
                "says": "Is your home safe and dry now?",
                "choices": YES_NO,
                "missing": "Select yes if it is safe and dry",
                "fact": "tenant.better",
            },
        ),
        file="say_if_it_better",
    )
    owner.form(
        "Talk to the tenant",
        {"says": "What did you agree with them?", "missing": "Enter what you agreed", "fact": "talk.agreed"},
        file="talk_tenant",
    )


def urgency(owner: Owner) -> None:
    """A decision table: an emergency or not, by what was said in the report."""
    owner.table("How urgent is damp", file=TABLE)
    owner.columns(
        ("Is there a danger now?", "damp.danger"),
        ("Is it hard to breathe?", "damp.breathing"),
        ("Is somebody more at risk?", "damp.at_risk"),
        answer=("How urgent", "damp.urgency"),
    )
    owner.rows(
        ('"yes"', "-", "-", '"emergency"'),
        ("-", '"yes"', '"yes"', '"emergency"'),
        ("-", "-", "-", '"in order"'),
    )
    owner.test_row("no", "yes", "yes", says="emergency")
    owner.test_row("no", "yes", "no", says="in order")


def letters(owner: Owner) -> None:
    """What the tenant is told."""
    for subject, text in LETTERS.values():
        owner.letter(subject, f"subject: {subject}\nto: person\ngreeting: Dear ((applicant.name))\n\n{text}\n")


def drawing(owner: Owner) -> None:
    """Who does what, by when, and what the tenant hears."""
    owner.open("/new")
    about = "A tenant tells us of damp or mould, and we make their home safe."
    owner.send("Begin the drawing", {"name": "Report damp or mould", "says": about, "team": "+", "other_team": TENANT})
    begins = {"form": "your_report_damp_mould", "begins": "anyone"}
    owner.change("", {"name": "Damp or mould reported", **begins})
    owner.step(
        "Damp or mould reported", "table", {"name": "How urgent is it?", **team(OFFICER), "table": "how_urgent_damp"}
    )
    owner.step("How urgent is it?", "letter", letter("Tell the tenant what happens", "we_have_your_report_damp_mould"))
    emergency = {"answers.0.label": "Yes", "answers.0.condition": 'damp.urgency = "emergency"', "answers.1.label": "No"}
    owner.step(
        "Tell the tenant what happens",
        "question",
        {"name": "Is it an emergency?", **emergency, "otherwise": "1"},
    )
    owner.step_for(
        "No",
        "Is it an emergency?",
        "person",
        {"name": "Read the report", "form": "read_report", "limit": "1 working day"},
        "We read your report",
    )
    owner.step(
        "Read the report",
        "question",
        {
            "name": "An emergency after all?",
            "answers.0.label": "Yes",
            "answers.0.condition": 'triage.emergency = "yes"',
            "answers.1.label": "No",
            "otherwise": "1",
        },
    )
    owner.step_for(
        "Yes",
        "Is it an emergency?",
        "person",
        {"name": "Make it safe now", **team(REPAIRS), "form": "make_home_safe_now", "limit": "24 hours"},
        "We make your home safe within 24 hours",
    )
    owner.step(
        "Make it safe now",
        "letter",
        letter("Tell the tenant what was done", "what_we_did_make_your_home_safe", OFFICER),
    )
    owner.step_for(
        "No",
        "An emergency after all?",
        "person",
        {"name": "Investigate the home", **team(SURVEYOR), "form": "investigate_home", "limit": "working day 10"},
        "A surveyor looks at your home",
    )
    owner.answer_leads("An emergency after all?", 0, "Make it safe now")
    owner.lead("Tell the tenant what was done", "Investigate the home")
    limit = "3 working days after investigation.done_on"
    owner.step(
        "Investigate the home",
        "person",
        {"name": "Write the findings", **team(OFFICER), "form": "write_findings", "limit": limit},
        "We write to you with what we found",
    )
    owner.step("Write the findings", "letter", letter("Send the findings", "what_we_found_your_home"))
    danger = {"answers.0.label": "Yes", "answers.0.condition": 'investigation.danger = "yes"', "answers.1.label": "No"}
    owner.step("Send the findings", "question", {"name": "Is it a danger to health?", **danger, "otherwise": "1"})
    limit = "5 working days after investigation.done_on"
    owner.step_for(
        "Yes",
        "Is it a danger to health?",
        "person",
        {"name": "Make the home safe", **team(REPAIRS), "form": "make_home_safe", "limit": limit},
        "We make your home safe",
    )
    owner.step(
        "Make the home safe",
        "person",
        {"name": "Say if it is better", **team(TENANT), "form": "say_if_it_better"},
        "You tell us if it is better",
    )
    owner.step(
        "Say if it is better",
        "question",
        {
            "name": "Is it better?",
            **team(OFFICER),
            "answers.0.label": "No",
            "answers.0.condition": 'tenant.better = "no"',
            "answers.1.label": "Yes, or not said",
            "otherwise": "1",
        },
    )
    owner.step_for(
        "No",
        "Is it better?",
        "person",
        {"name": "Talk to the tenant", "form": "talk_tenant", "limit": "2 working days"},
        "We talk to you",
    )
    owner.limit("Say if it is better", {"limit": "10 working days", "missed": "instead"})
    owner.last_end({"name": "Report closed", "letter": "we_have_closed_your_report_damp_mould", "to": "applicant"})


def team(name: str) -> dict[str, str | bool]:
    """The team of a step, also one that is new."""
    return {"team": "+", "other_team": name}


def letter(name: str, key: str, who: str = OFFICER) -> dict[str, str | bool]:
    """A step that sends a letter to the tenant."""
    return {"name": name, "letter": key, "to": "applicant", **team(who)}
