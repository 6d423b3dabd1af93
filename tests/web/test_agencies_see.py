"""What an agency is told of a case, and who reads what it tells: by the marking it gave, and by role."""

from dataclasses import replace

import pytest

from app.cases import for_agency, marking, procedures
from app.cases.access import AGENCIES
from app.forms.parts import flat
from app.store import history
from tests.house.tree import ROOT
from tests.walks import stories
from tests.web.test_agency_links import ROWAN, task_of
from tests.web.test_tasks_forms import form_of

BASIL, CLEMENTINE = "basil@larkmere.example", "clementine@larkmere.example"
SECRETS = {
    "contact": {"prefer": "phone", "phone": "07700 900731", "safe_times": "Only at noon"},
    "application": {
        "in_danger": "no",
        "impact": "I cannot sleep",
        "health": "Bad heart",
        "people_known": "yes",
        "people": "Mr Thorn at 12",
        "sharing_objection": "Not the school",
        "outcome_wanted": "Peace",
    },
}
TOLD = {
    "involved": "yes",
    "person": "Sergeant Finch",
    "events": [
        {"happened_on": "2026-01-05", "event": "Open to all", "marking": "panel_and_victim"},
        {"happened_on": "2026-01-06", "event": "For the panel", "marking": "panel"},
        {"happened_on": "2026-01-07", "event": "For the chair", "marking": "chair"},
        {"happened_on": "2026-01-08", "event": "Only said aloud", "marking": "do_not_record"},
    ],
    "tools_used": "A warning that did not work.",
    "gaps": "We came late.",
    "vulnerabilities": "Known to the clinic.",
    "vulnerabilities_marking": "chair",
    "marking": "panel",
    "attending": "Sergeant Finch",
}


@pytest.fixture
def procedure(partnership):
    """The live procedure, with the partners' table of who may see what."""
    return procedures.live()[1]


@pytest.fixture
def known(walk):
    """A case with much in it that an agency need not know."""
    walk.apply(**stories.TANSY | SECRETS)
    walk.do_all("acknowledge_application", "note_application", "offer_support")
    return walk


def texts(information):
    return str(information)


def test_an_agency_sees_what_was_asked_and_the_reports_made_to_it(known, counter):
    counter.sign_in(ROWAN)
    page = counter.get(f"/tasks/{task_of(known, 'police').id}")
    said = counter.words(page)
    assert "Reports to you: 1" in said
    assert "Threats on the stairs." in said
    assert "Banging on the door" not in said
    assert "Threats on the stairs again." not in said


def test_an_agency_sees_no_way_to_reach_the_victim_no_risk_and_nothing_they_feel(known, counter):
    known.do("confirm_reports")
    known.do("interview_applicant", reports=stories.THREE, chosen_agencies=stories.AGENCIES)
    known.do("complete_matrix", risk=stories.CALM | {"reason": "They carry a knife"})
    known.do("note_needs", needs={"found": "no"})
    counter.sign_in(ROWAN)
    address = f"/tasks/{task_of(known, 'police', 'return_information').id}"
    said = " ".join(counter.words(counter.get(f"{address}/{number}")) for number in (1, 2, 3)) + str(
        known.facts["case"]
    )
    secrets = ["07700", "noon", "cannot sleep", "Bad heart", "Mr Thorn", "Not the school", "Peace", "knife", "Standard"]
    assert [secret for secret in secrets if secret in said] == []


def test_what_other_agencies_told_never_reaches_an_agencys_forms(walk):
    stories.begin(walk, stories.THREE)
    seen = {"agency_returns": [{"for": "council", "information": TOLD}], "risk": {"band": "high"}, **walk.facts}
    told = for_agency.told(seen, seen, "police")
    assert set(told) <= {"case", "victim", "application", "reports", "agencies"}
    assert set(told["victim"]) <= {"name", "preferred_name", "organisation", "address"}
    assert set(told["application"]) <= {"kinds", "where", "since"}


@pytest.mark.parametrize(
    ("to", "agency", "is_theirs"),
    [
        ("police", "police", True),
        ("police", "council", False),
        ("landlord", "thistledown_homes", True),
        ("landlord", "nhs", False),
        ("other", "thistledown_homes", True),
        ("other", "police", False),
        (None, "police", False),
    ],
)
def test_a_report_is_shown_to_whom_it_was_made(to, agency, is_theirs):
    assert for_agency.is_made_to({"reported_to": to}, agency) is is_theirs


def test_every_fact_that_an_agencys_form_asks_for_is_one_that_it_may_see(partnership):
    key, procedure = procedures.live()
    steps = [
        element
        for drawing in procedure.drawings.values()
        for element in drawing.by_id.values()
        if element.lane == AGENCIES and element.properties.get("formRef")
    ]
    assert len(steps) >= 4
    asked = {part.key for step in steps for part in parts_of(key, step.properties["formRef"])}
    roots = {path.split(".")[0] for path in asked if path}
    assert not roots & {"victim", "contact", "application", "representative", "risk", "needs", "statement", "interview"}


def parts_of(release_key, form_key):
    form = procedures.form(release_key, form_key)
    return [part for page in form.pages for part, _ in flat(page.components)]


@pytest.mark.parametrize(
    ("role", "read", "left_out"),
    [
        ("Panel chair", ["Open to all", "For the panel", "For the chair", "Known to the clinic"], ["Only said aloud"]),
        ("Coordinator", ["Open to all", "For the panel", "We came late"], ["For the chair", "Known to the clinic"]),
        (AGENCIES, ["Open to all", "For the panel"], ["For the chair", "Only said aloud", "Known to the clinic"]),
        ("victim", ["Open to all"], ["For the panel", "For the chair", "We came late", "Known to the clinic"]),
        ("Manager", ["Sergeant Finch"], ["Open to all", "For the panel", "For the chair", "We came late"]),
    ],
)
def test_each_item_is_read_by_whom_it_is_marked_for(procedure, clock, role, read, left_out):
    seen = marking.readable(TOLD, marking.reader(procedure, [role], clock()))
    said = texts(seen.information)
    assert [text for text in read if text not in said] == []
    assert [text for text in left_out if text in said] == []


def test_an_agency_reads_all_that_it_told_itself(procedure, clock):
    seen = marking.readable(TOLD, marking.reader(procedure, [AGENCIES], clock(), own=True))
    assert (seen.information, seen.hidden, seen.entries_hidden) == (TOLD, {}, ())


def test_what_has_no_marking_is_for_the_chair(procedure, clock):
    told = {"involved": "yes", "gaps": "We came late."}
    assert "gaps" not in marking.readable(told, marking.reader(procedure, ["Coordinator"], clock())).information
    assert "gaps" in marking.readable(told, marking.reader(procedure, ["Panel chair"], clock())).information


def test_a_procedure_without_the_table_lets_only_the_chair_read(procedure, clock):
    tables = {key: table for key, table in procedure.tables.items() if key != marking.TABLE}
    bare = replace(procedure, tables=tables)
    assert not marking.reader(bare, ["Coordinator", "Manager"], clock())("panel_and_victim")
    assert marking.reader(bare, ["Panel chair"], clock())("panel")


def test_what_is_not_to_be_recorded_never_reaches_the_case():
    kept = marking.recorded({"information": TOLD | {"marking": "do_not_record"}})["information"]
    assert "Only said aloud" not in str(kept)
    assert "We came late" not in str(kept)
    assert kept["events"][3] == {"happened_on": "2026-01-08", "marking": "do_not_record"}
    assert kept["events"][0]["event"] == "Open to all"
    assert kept["vulnerabilities"] == "Known to the clinic."


def test_an_answer_that_is_not_to_be_recorded_is_not_in_history_either(walk, counter):
    stories.begin(walk, stories.THREE)
    counter.sign_in(ROWAN)
    task_id = task_of(walk, "police", "return_information").id
    page = counter.get(f"/tasks/{task_id}")
    page = counter.fill(form_of(page), {"information.involved": "yes", "information.person": "Rowan"})
    page = counter.fill(
        form_of(page),
        {
            "information.events.0.happened_on-day": "5",
            "information.events.0.happened_on-month": "1",
            "information.events.0.happened_on-year": "2026",
            "information.events.0.event": "Only said aloud",
            "information.events.0.marking": "do_not_record",
            "information.tools_used": "None.",
        },
    )
    page = counter.fill(
        form_of(page),
        {
            "information.risk_assessed": "no",
            "information.mental_health": "no",
            "information.marking": "panel",
            "information.attending": "Rowan",
        },
    )
    counter.fill(form_of(page))
    assert "/finished/" in counter.path
    (done,) = [e for e in history.of_case(walk.id) if e.says.get("task") == task_id.hex and e.kind == "task_completed"]
    assert "Only said aloud" not in str(done.says)
    assert "Only said aloud" not in str(walk.facts)


def test_the_page_of_answers_hides_what_is_marked_for_others_and_says_for_whom(walk, counter, another):
    stories.begin(walk, stories.THREE)
    walk.do("return_information", information=TOLD)
    counter.sign_in(BASIL)
    said = counter.words(counter.get(f"/cases/{walk.case.reference}/answers"))
    assert "Known to the clinic" not in said
    assert "For the chair" not in said
    assert "Hidden from you" in said
    assert "the chair of the panel" in said
    another.sign_in(CLEMENTINE)
    said = another.words(another.get(f"/cases/{walk.case.reference}/answers"))
    assert "Known to the clinic" in said
    assert "For the chair" in said


def test_no_letter_to_the_victim_says_what_an_agency_told():
    letters = ROOT / "app" / "notify" / "templates" / "letters"
    named = [path.name for path in letters.rglob("*.html") if "agency_returns" in path.read_text("utf-8")]
    assert named == []


def test_an_agency_is_not_shown_the_letters_that_its_answer_sends_to_others(known, counter):
    counter.sign_in(ROWAN)
    page = counter.get(f"/tasks/{task_of(known, 'police').id}/check")
    assert "Dear" not in counter.words(page)
    assert "letter" not in counter.words(page.find(".//main")).lower()
