"""Saying how it was, once and without a name; and who asks us for help, away from the case."""

import re

import pytest

from app import worker
from app.store import cases, feedback, history
from tests.walks import stories
from tests.web.test_track_review import follow, to_the_end, to_the_letter
from tests.web.visitor import Visitor, applied

ANSWERS = {"feedback.easy": "2", "feedback.listened": "yes", "feedback.now": "less", "feedback.text": "Write sooner."}


@pytest.fixture
def closed(walk, settings, clock):
    case = walk.apply(**stories.TANSY)
    to_the_letter(walk)
    to_the_end(walk)
    worker.drain(settings, clock)
    return case


@pytest.fixture
def address(closed):
    (letter,) = [m for m in history.messages(closed.id, "victim") if m.letter == "closure"]
    return re.search(r'href="[^"]*(/feedback/[\w-]{43})"', letter.html)[1]


def test_the_letter_and_the_page_of_a_closed_case_carry_the_same_link(partnership, closed, address, clock):
    assert follow(partnership, closed, clock).link("Tell us how it was") == address


def test_answers_are_kept_with_a_month_and_a_procedure_and_nothing_else(partnership, address, rows, closed):
    visitor = Visitor(partnership).open(address)
    visitor.press("Send it", fields=ANSWERS)
    assert visitor.heading == "Thank you"
    ((form, month, process_id),) = rows("select form, month, process_id from feedback")
    assert (form, month, process_id) == ("victim_feedback", "2026-03", "asb_case_review")
    kept = str(rows("select * from feedback"))
    assert "Write sooner." in kept
    assert closed.id.hex not in kept.replace("-", "") and closed.reference not in kept and "Tansy" not in kept
    assert not [e for e in history.of_case(closed.id) if "feedback" in e.kind], "the history does not say so either"


def test_a_link_is_used_once(partnership, address, rows, closed, clock):
    page = Visitor(partnership).open(address)
    page.press("Send it", fields=ANSWERS)
    assert Visitor(partnership).open(address).status == 404
    assert page.client.post(address, data=ANSWERS).status_code == 404
    assert rows("select count(*) from feedback") == [(1,)]
    assert "Tell us how it was" not in follow(partnership, closed, clock).text


def test_a_link_ends_thirty_days_after_the_case_was_closed(partnership, address, clock):
    clock.pass_(days=29, hours=23)
    assert Visitor(partnership).open(address).status == 200
    clock.pass_(hours=2)
    assert Visitor(partnership).open(address).status == 404


def test_an_empty_page_uses_nothing_up(partnership, address, rows):
    visitor = Visitor(partnership).open(address).press("Send it")
    assert visitor.status == 422 and visitor.problems == ["Answer at least one question"]
    assert rows("select count(*) from feedback") == [(0,)] and visitor.open(address).status == 200


def test_a_number_to_call_goes_to_the_coordinator_and_not_among_the_answers(
    partnership, address, rows, closed, settings, clock
):
    visitor = Visitor(partnership).open(address)
    visitor.press("Send it", fields={**ANSWERS, "feedback.call_me": "true"})
    assert visitor.status == 422, "a number is needed"
    visitor.press("Send it", fields={"feedback.phone": "07700 900123"})
    assert "900123" not in str(rows("select answers from feedback"))
    worker.drain(settings, clock)
    (letter,) = [m for m in history.messages(closed.id) if m.letter == "feedback_call"]
    assert letter.name == "Basil Tamarind" and "07700 900123" in letter.html
    assert "Write sooner" not in letter.html and "Tansy" not in letter.html


@pytest.mark.parametrize("token", ["x", "A" * 43, "../../etc"])
def test_a_made_up_link_leads_nowhere(partnership, token):
    assert Visitor(partnership).open(f"/feedback/{token}").status == 404


def test_answers_are_counted_without_the_words(partnership, address):
    Visitor(partnership).open(address).press("Send it", fields=ANSWERS)
    total, counted = feedback.counts("victim_feedback", "asb_case_review", "2026-01", "2026-12")
    assert (total, counted) == (1, {"easy": {"2": 1}, "listened": {"yes": 1}, "now": {"less": 1}})
    assert feedback.counts("victim_feedback", "asb_case_review", "2025-01", "2025-12") == (0, {})


def test_who_asks_for_help_is_asked_after_sending_and_kept_away_from_the_case(partnership, rows):
    visitor = applied(partnership)
    visitor.open(visitor.link("Answer them"))
    visitor.press("Send it", fields={"about_you.age": "25_to_44", "about_you.disability": "yes"})
    assert visitor.heading == "Thank you"
    assert rows("select form from feedback") == [("about_you",)]
    case = cases.load(cases.open_cases()[0])
    assert case.reference not in str(rows("select * from feedback"))
    assert "25_to_44" not in str([e.says for e in history.of_case(case.id)])
    visitor.open(visitor.link("Go back"))
    assert visitor.heading == "We have your application"


def test_it_is_told_once_for_each_application_and_not_before_it_is_sent(partnership, rows):
    visitor = applied(partnership)
    address = visitor.link("Answer them")
    for _ in range(2):
        visitor.open(address).press("Send it", fields={"about_you.age": "25_to_44"})
    assert rows("select count(*) from feedback") == [(1,)]
    other = Visitor(partnership).open("/apply").press("Start now")
    assert other.open(other.at.rsplit("/", 1)[0] + "/about-you").heading.startswith("Check your answers")
