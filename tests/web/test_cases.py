"""The pages of a case, at several stages, and who may open them."""

import json
from dataclasses import replace

import pytest
from lxml import etree

from app.cases import advancing
from app.intake import linking
from app.store import cases, history, tasks
from tests.walks import stories

JUNIPER, BASIL, HORATIO = "juniper@larkmere.example", "basil@larkmere.example", "horatio@larkmere.example"
ROWAN = "rowan@police.larkmere.example"
PAGES = ("", "/timeline", "/answers", "/letters", "/drawing", "/drawing/asb_case_review/state")
CONTACT = {"prefer": "text", "phone": "07700 900731", "voicemail_safe": "no"}


@pytest.fixture
def tansy(walk):
    walk.apply(victim={"name": "Tansy Applegarth"}, contact=CONTACT)
    return walk


@pytest.fixture
def address(tansy):
    return f"/cases/{tansy.case.reference}"


def section(page, heading):
    """What stands under a heading, up to the next one."""
    found = page.xpath(f"//h2[normalize-space()='{heading}']")[0]
    return found.getparent() if "app-card" in (found.getparent().get("class") or "") else found.getnext()


def readings(rows):
    return rows("select person_id, page from reading order by id")


def test_the_overview_says_what_must_happen_now(address, counter):
    counter.sign_in(JUNIPER)
    page = counter.get(address)
    said = counter.words(section(page, "What must happen now"))
    assert "Interview the applicant" in said
    assert "1 working day left" in said
    assert "Nobody has taken it yet" in said


def test_the_overview_shows_what_is_done_and_what_is_open(tansy, address, counter):
    tansy.do("acknowledge_application")
    counter.sign_in(JUNIPER)
    page = counter.get(address)
    done = [counter.words(stop) for stop in page.xpath("//ol[@aria-label='Steps of this case']/li[@class='is-done']")]
    now = [counter.words(stop) for stop in page.xpath("//ol[@aria-label='Steps of this case']/li[@class='is-now']")]
    assert done[0].startswith("Application received")
    assert done[1] == "Acknowledge the application Done Monday 2 March by Basil Tamarind"
    confirm = next(stop for stop in now if stop.startswith("Confirm the reports"))
    assert "Larkmere Police" in confirm


def test_a_kept_limit_is_kept_and_a_missed_one_is_late(tansy, address, counter):
    tansy.do("acknowledge_application")
    tansy.days(3)
    counter.sign_in(JUNIPER)
    page = counter.get(address)
    rows = {counter.words(row.find("th")): counter.words(row.findall("td")[-1]) for row in page.xpath("//tbody/tr")}
    assert rows["Acknowledge the application"] == "Kept"
    assert rows["Interview the applicant"] == "Late"
    late = page.xpath("//ol[@aria-label='Steps of this case']/li[@class='is-late']/h3/text()")
    assert "Interview the applicant" in late


def test_how_the_person_may_be_reached_stands_in_bold(address, counter):
    counter.sign_in(JUNIPER)
    strong = [counter.words(found) for found in counter.get(address).find(".//aside").iter("strong")]
    assert strong == ["No voicemail."]


def test_what_a_representative_may_not_be_told_stands_in_bold(walk, counter):
    acts = {"name": "Sage Applegarth", "authority": "not_yet", "limits": "Where she sleeps."}
    case = walk.apply(application={"applying_as": "representative"}, contact=CONTACT, representative=acts)
    counter.sign_in(JUNIPER)
    page = counter.get(f"/cases/{case.reference}")
    strong = [counter.words(found) for found in page.find(".//aside").iter("strong")]
    assert strong[0] == "The person has not agreed yet. Do not tell them: Where she sleeps."


def test_a_letter_that_opens_the_page_of_the_victim_is_theirs_alone(walk, counter, settings, clock):
    case = walk.apply(contact={"prefer": "email", "email": "tansy@home.example", "email_safe": "yes"})
    for channel in ("smtp", "file"):
        linking.send_new(case.reference, "tansy@home.example", replace(settings, channel=channel), clock=clock)
    counter.sign_in(JUNIPER)
    sent = {m.channel: m.id for m in history.messages(case.id) if m.letter == linking.LETTER}
    for channel, status in (("smtp", 403), ("file", 200)):
        counter.get(f"/cases/{case.reference}/letters/{sent[channel]}")
        assert counter.status == status


def test_the_timeline_tells_who_did_what(tansy, address, counter):
    tansy.do("acknowledge_application")
    counter.sign_in(JUNIPER)
    page = counter.get(f"{address}/timeline")
    titles = [counter.words(title) for title in page.xpath("//h3[@class='moj-timeline__title']")]
    assert titles[-1] == "The case was opened"
    assert "Acknowledge the application: done" in titles
    assert titles.count("A task opened: Confirm the reports") == 1
    assert "{" not in counter.words(page)


def test_finished_forms_can_be_read(tansy, address, counter):
    tansy.do("acknowledge_application", contact_officer={"name": "Basil <i>Tamarind</i>"})
    counter.sign_in(JUNIPER)
    page = counter.get(f"{address}/answers")
    titles = page.xpath("//details//*[@class='govuk-details__summary-text']/text()")
    assert titles == ["What they told us", "Acknowledge the application"]
    assert "Basil <i>Tamarind</i>" in counter.words(page)


def test_a_letter_is_read_as_it_was_sent(tansy, address, counter):
    tansy.do("acknowledge_application")
    tansy.days(1)
    counter.sign_in(BASIL)
    page = counter.get(f"{address}/letters")
    letter = page.xpath("//tbody//a/@href")[0]
    page = counter.get(letter)
    assert page.xpath("//article[@class='app-sheet']")
    assert tansy.case.reference in counter.words(page)


def test_a_letter_of_another_case_is_not_found_here(tansy, address, walk, counter):
    tansy.days(1)
    message = history.messages(tansy.id)[0]
    other = walk.apply(victim={"name": "Barnaby Thistlewood"})
    counter.sign_in(BASIL)
    counter.get(f"/cases/{other.reference}/letters/{message.id}")
    assert counter.status == 404


def test_the_drawing_is_painted_and_said_in_words(tansy, address, counter):
    counter.sign_in(JUNIPER)
    page = counter.get(f"{address}/drawing")
    assert page.xpath("//*[@role='region' and @tabindex='0']//*[local-name()='svg']//*[@class='is-now']")
    assert "Interview the applicant: happening now" in counter.words(page)


def test_the_viewer_gets_the_state_and_the_file(tansy, address, counter):
    tansy.do("acknowledge_application")
    counter.sign_in(JUNIPER)
    counter.get(f"{address}/drawing/asb_case_review/state")
    elements = json.loads(counter.response.data)["elements"]
    assert elements["acknowledge_application"]["state"] == "done"
    assert elements["review_case"]["state"] == "now"
    assert elements["confirm_reports"] == {"state": "now", "badge": "4 open, 3\xa0days left"}
    counter.get(f"{address}/drawing/review_case/state")
    assert json.loads(counter.response.data)["elements"]["interview_applicant"]["state"] == "now"
    counter.get(f"{address}/drawing/asb_case_review/file")
    assert etree.fromstring(counter.response.data).tag.endswith("definitions")
    assert "attachment" in counter.response.headers["Content-Disposition"]
    counter.get(f"{address}/drawing/no_such_process/state")
    assert counter.status == 404


def test_every_opening_of_a_case_is_written_down(address, counter, rows):
    counter.sign_in(JUNIPER)
    for page in PAGES:
        counter.get(address + page)
    assert len(readings(rows)) == len(PAGES)
    assert {person for person, _ in readings(rows)} == {2}


def test_an_agency_never_sees_a_case(address, counter, rows):
    counter.sign_in(ROWAN)
    for page in PAGES:
        counter.get(address + page)
        assert counter.status == 404, page
    counter.get("/cases")
    assert counter.status == 403
    assert readings(rows) == []


def test_an_unknown_case_is_not_found(counter, partnership):
    counter.sign_in(JUNIPER)
    counter.get("/cases/CT-2026-9999")
    assert counter.status == 404


def test_cases_are_found_by_reference_and_name(tansy, walk, counter):
    walk.apply(victim={"name": "Barnaby Thistlewood"})
    counter.sign_in(JUNIPER)
    assert counter.words(counter.get("/cases").find(".//h1")) == "2 open cases"
    page = counter.get("/cases?q=thistle")
    assert page.xpath("//tbody//td[@data-label='About']/text()") == ["Barnaby Thistlewood"]
    assert counter.words(counter.get("/cases?status=closed").find(".//h1")) == "No closed cases"


def test_a_case_costs_the_same_queries_however_much_happened(tansy, address, counter, statements):
    counter.sign_in(JUNIPER)
    with statements() as early:
        counter.get(address)
    tansy.do_all("acknowledge_application", "note_application", "offer_support", "confirm_reports")
    with statements() as later:
        counter.get(address)
    assert len(early) == len(later)


def test_a_stopped_case_is_listed_and_tried_again_with_a_reason(tansy, address, counter, clock):
    advancing.stop(tansy.id, "interview_applicant", "None of the ways out fits.", clock=clock)
    counter.sign_in(BASIL)
    assert "This case has stopped" in counter.words(section(counter.get(address), "What must happen now"))
    page = counter.get("/incidents")
    assert "At the step: Interview the applicant" in counter.words(page)
    page = counter.get(page.xpath("//li/div/h2/a/@href")[0])
    form = next(f for f in page.forms if "/incidents/" in f.action)
    page = counter.fill(form, {"reason": "  "})
    assert counter.status == 422
    form = next(f for f in page.forms if "/incidents/" in f.action)
    page = counter.fill(form, {"reason": "The drawing was mended."})
    assert "CT-2026-0001 goes on" in counter.words(page)
    assert not cases.load(tansy.id).is_stopped
    last = history.of_case(tansy.id)[-1]
    assert (last.kind, last.by, last.says["reason"]) == (
        "incident_resolved",
        "Basil Tamarind",
        "The drawing was mended.",
    )
    counter.fill(form, {"reason": "Again."})
    assert counter.status == 409


def test_stopped_cases_are_for_those_who_can_start_them(partnership, counter):
    for email, status in ((JUNIPER, 403), (ROWAN, 403), (HORATIO, 200), ("marigold@larkmere.example", 200)):
        counter.sign_in(email)
        counter.get("/incidents")
        assert counter.status == status, email


def test_a_closed_case_says_so_and_still_opens(walk, counter):
    stories.begin(walk, stories.THREE)
    stories.hold_review(walk)
    stories.carry_out(walk)
    stories.wait(walk, 29)
    stories.close(walk)
    address = f"/cases/{walk.case.reference}"
    counter.sign_in(JUNIPER)
    page = counter.get(address)
    assert "This case was closed" in counter.words(section(page, "What must happen now"))
    for rest in PAGES:
        counter.get(address + rest)
        assert counter.status == 200
    assert not tasks.of_case(walk.id)
