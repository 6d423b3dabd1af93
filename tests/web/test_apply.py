"""Applying as a browser without JavaScript does it: the whole way, wrong answers, coming back, sending twice."""

import pytest

from app.cases.access import AGENCIES
from app.cli import demo
from app.engine import snapshot
from app.store import cases, history, tasks
from tests.web.visitor import ANSWERS, Visitor, applied, apply, at_page, report


@pytest.fixture
def visitor(partnership):
    return Visitor(partnership)


def case_of(visitor):
    reference = visitor.page.xpath("string(//h1/following::strong[1])")
    return cases.by_reference(reference)


def facts_of(case):
    return snapshot.read(cases.snapshot(case.id))["facts"]


def test_an_application_goes_from_the_first_page_to_the_confirmation(visitor):
    apply(visitor)
    assert visitor.heading == "Check your answers before you send them"
    visitor.press("Send my application")
    assert visitor.status == 200 and visitor.heading == "We have your application"
    case = case_of(visitor)
    assert case.title == "Tansy Applegarth"
    facts = facts_of(case)
    assert facts["application"]["received_on"] == "2026-03-02" and facts["application"]["channel"] == "web"
    assert "police" in facts["relevant_bodies"] and "victim_support" not in facts["relevant_bodies"]
    assert [row["what"] for row in facts["reports"]][1] == "Threats on the stairs."
    assert {task.role for task in tasks.of_case(case.id)} >= {"Coordinator", AGENCIES, "Community safety officer"}


def test_the_confirmation_says_what_happens_next_and_by_when(visitor):
    apply(visitor).press("Send my application")
    assert "talks to you by Thursday 5\u00a0March" in visitor.page.text_content()
    assert "We write to you with the result by Wednesday 18\u00a0March" in visitor.page.text_content()


@pytest.mark.parametrize(
    "number", [1, 2, 5, 6, 7, 9, 10, 11, 12, 13, 14, 18]
)  # 3, 4 are skipped, 8, 15 to 17 may be empty
def test_a_page_that_is_sent_empty_names_what_is_missing(visitor, number):
    before = at_page(visitor, number).at
    visitor.press("Continue")
    assert visitor.status == 422 and visitor.at == before
    assert visitor.problems and visitor.page.xpath("//title")[0].text.startswith("Error: ")
    for link in visitor.of_class("govuk-error-summary__list", "//a"):
        assert visitor.page.get_element_by_id(link.get("href").removeprefix("#")) is not None


def test_a_report_without_its_day_is_named_in_its_row(visitor):
    at_page(visitor, 10).press("Continue", fields={**report(0), "reports.0.happened_on-day": ""})
    assert visitor.status == 422 and visitor.problems


def test_nothing_can_be_sent_while_answers_are_missing(visitor, rows):
    apply(visitor, upto=3)
    visitor.open(visitor.at.rsplit("/", 1)[0] + "/check")
    assert "Some answers are missing" in visitor.text
    visitor.press("Send my application")
    assert visitor.status == 422 and "Enter the address" in visitor.problems
    assert rows('select count(*) from "case"') == [(0,)]


def test_a_change_from_the_check_leads_back_to_the_check(visitor):
    apply(visitor)
    address = next(
        a.get("href") for a in visitor.page.xpath("//a[contains(., 'Change')]") if "victim.name" in a.get("href")
    )
    visitor.open(address).press("Continue", fields={"victim.name": "Barnaby Thistlewood"})
    assert visitor.heading.startswith("Check your answers") and "Barnaby Thistlewood" in visitor.text


def test_an_answer_that_will_not_do_is_kept_as_it_was_typed(visitor):
    at_page(visitor, 7)
    wrong = {"contact.prefer": "email", "contact.email": "not an address"}
    visitor.press("Save and come back later", fields=wrong)
    link = visitor.page.get_element_by_id("link").get("value")
    assert visitor.heading == "We have kept what you wrote"
    other = Visitor(visitor.client.application).open(link.replace("http://127.0.0.1:8000", "") + "/7")
    assert other.page.get_element_by_id("contact.email").get("value") == "not an address"


def test_a_draft_is_found_for_30_days_and_no_longer(visitor, clock):
    at_page(visitor, 5)
    base = visitor.at.rsplit("/", 1)[0]
    clock.pass_(days=30)
    assert visitor.open(base).status == 200
    clock.pass_(minutes=1)
    assert visitor.open(base).status == 404


@pytest.mark.parametrize("token", ["x", "A" * 43, "../../x", "a:b", "%00" * 14, "A" * 44])
def test_a_wrong_link_to_a_draft_finds_nothing(visitor, token):
    assert visitor.open(f"/apply/{token}").status == 404
    assert visitor.open(f"/apply/{token}/1").status == 404
    assert visitor.client.post(f"/apply/{token}/send").status_code == 404


def test_sending_twice_gives_one_case(visitor, rows):
    apply(visitor)
    base = visitor.at.rsplit("/", 1)[0]
    for _ in range(3):
        assert visitor.client.post(f"{base}/send").status_code == 303
    assert rows('select count(*) from "case"') == [(1,)]
    assert rows("select count(*) from link") == [(1,)]


def test_what_has_been_sent_cannot_be_written_on(visitor, rows):
    applied_visitor = apply(visitor).press("Send my application")
    base = applied_visitor.at.rsplit("/", 1)[0]
    visitor.open(f"{base}/3")
    assert visitor.heading == "We have your application"
    visitor.client.post(f"{base}/3", data={"victim.name": "Somebody Else"})
    assert rows("select answers from application_draft") in ([("{}",)], [({},)])


def test_the_link_to_follow_the_review_is_not_shown_after_an_hour(partnership, clock):
    visitor = applied(partnership)
    address = visitor.at
    assert "/track/" in visitor.page.get_element_by_id("link").get("value")
    clock.pass_(hours=1)
    assert not visitor.open(address).page.xpath("//input[@id='link']")


def test_a_page_that_saves_itself_is_kept_without_an_answer(visitor):
    at_page(visitor, 5)
    post = {"victim.name": "Tans"}
    answer = visitor.client.post(visitor.at, data=post, headers={"X-Autosave": "1"})
    assert answer.status_code == 204 and answer.data == b""
    assert visitor.open(visitor.at).page.get_element_by_id("victim.name").get("value") == "Tans"


def test_danger_now_leads_to_999_before_anything_else_and_is_kept(visitor):
    visitor.open("/apply").press("Start now").press("Continue", fields={"application.in_danger": "yes"})
    assert visitor.heading == "Call 999 now"
    visitor.open(visitor.link("go on"))
    assert visitor.at.endswith("/2")
    visitor.open(visitor.at[:-1] + "1")
    assert visitor.page.xpath("//input[@name='application.in_danger'][@value='yes'][@checked]")


def test_danger_brings_the_interview_forward(visitor):
    visitor.open("/apply").press("Start now").press("Continue", fields={"application.in_danger": "yes"})
    visitor.open(visitor.link("go on"))
    for number, answers in enumerate(ANSWERS[1:], 1):
        visitor.press("Continue", fields=report(0) if number == 7 else answers)
    visitor.press("Send my application")
    assert "talks to you by Tuesday 3\u00a0March" in visitor.page.text_content()


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "{{ 7*7 }}", "\x00\u202e' or 1=1 --", "x" * 60_000, "=1+1"]
)
def test_hostile_words_are_words(visitor, hostile):
    at_page(visitor, 5)
    visitor.press("Continue", fields={"victim.name": hostile})
    assert visitor.status in (200, 422)
    assert not visitor.page.xpath("//main//script") and "49" not in visitor.text


def test_boxes_that_the_page_does_not_have_are_not_kept(visitor, rows):
    at_page(visitor, 5)
    visitor.client.post(
        visitor.at, data={"victim.name": "T", "risk.band": "low", "application.channel": "x", "__class__": "y"}
    )
    kept = str(rows("select answers from application_draft"))
    assert "risk" not in kept and "channel" not in kept and "__class__" not in kept


def test_every_page_of_an_application_can_be_left_at_once_and_is_not_indexed(visitor):
    for _ in visitor.open("/apply"), visitor.press("Start now"), apply(visitor):
        assert visitor.of_class("govuk-exit-this-page") and visitor.page.xpath(
            "//meta[@name='robots'][@content='noindex']"
        )
        assert visitor.headers["Cache-Control"] == "no-store" and visitor.headers["Referrer-Policy"] == "no-referrer"


def test_an_application_by_phone_is_written_down_by_somebody_who_has_signed_in(visitor, rows):
    visitor.client.post("/sign-in", data={"email": "basil@larkmere.example", "password": demo.PASSWORD})
    visitor.open("/apply")
    assert visitor.heading == "Write down an application"
    assert visitor.press("Start now").status == 422 and visitor.problems == ["Select how they asked"]
    visitor.press("Start now", channel="phone")
    for number, answers in enumerate(ANSWERS):
        visitor.press("Continue", fields=report(0) if number == 7 else answers)
    visitor.press("Send my application")
    told = facts_of(case_of(visitor))["application"]
    assert (told["channel"], told["taken_by"]) == ("phone", "Basil Tamarind")
    opened = next(e for e in history.of_case(case_of(visitor).id) if e.kind == "case_opened")
    assert opened.by == "Basil Tamarind"


def test_nobody_else_says_how_an_application_came_in(visitor):
    visitor.client.post("/apply", data={"channel": "paper"})
    apply(visitor).press("Send my application")
    told = facts_of(case_of(visitor))["application"]
    assert told["channel"] == "web" and "taken_by" not in told
