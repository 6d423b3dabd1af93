"""The working of a time limit on its page and as JSON: waiting, moved, passed, kept, and who may read it."""

import json
from datetime import date

import pytest

from app.cases import procedures
from app.cases.access import Place, Who
from app.law import calendars
from app.law.calendars import PACKAGE, Change
from app.status import case_file, working
from app.store import calendars as editions
from app.store import cases, timers
from app.store.db import db
from app.store.rows.cases import FIRED, STOOD_DOWN, WAITING
from tests.walks import stories

JUNIPER, HORATIO = "juniper@larkmere.example", "horatio@larkmere.example"
ROWAN = "rowan@police.larkmere.example"
KEY = "interview_applicant_late"
REASON = "The officer is ill until Tuesday."


@pytest.fixture
def case(walk):
    walk.apply(**stories.TANSY)
    return walk.case


def address(case, key=KEY):
    timer = next(timer for timer in timers.of_case(case.id) if timer.key == key)
    return f"/cases/{case.reference}/limits/{timer.id}/{key}"


def record(counter, path):
    counter.get(f"{path}.json")
    assert counter.status == 200
    return json.loads(counter.response.data)


def extend(counter, path, days):
    """More time, as a senior officer gives it."""
    page = counter.get(f"{path}/change")
    form = next(one for one in page.forms if (one.get("action") or "").endswith("/extend"))
    counter.fill(counter.fill(form, {"days": str(days), "reason": REASON}).forms[-1])


def table(page, counter):
    return [tuple(counter.words(cell) for cell in row) for row in page.xpath("//tbody/tr")]


def facts(page):
    """The short facts of a page: {term: its lines}."""
    return {
        term.text: [line.replace("\u00a0", " ") for line in term.getnext().itertext()]
        for term in page.xpath("//dl//dt")
    }


def test_a_limit_leads_from_the_case_to_its_working(case, counter):
    counter.sign_in(JUNIPER)
    overview = counter.get(f"/cases/{case.reference}")
    assert address(case) in overview.xpath("//tbody//a/@href")


def test_the_answer_comes_first_then_the_sentences_then_every_day(case, counter):
    counter.sign_in(JUNIPER)
    page = counter.get(address(case))
    assert counter.words(page.find(".//h1")) == "‘Interview the applicant’ must be done by Thursday 5 March 2026"
    said = counter.words(page)
    assert "3 working days, counted from the day after Monday 2 March 2026, when the application came." in said
    assert "It has not moved since it was promised." in said
    assert table(page, counter) == [
        ("Start", "Monday 2 March 2026", "When the application came."),
        ("1", "Tuesday 3 March", "Counted"),
        ("2", "Wednesday 4 March", "Counted"),
        ("3", "Thursday 5 March", "Last day. Counted"),
    ]


def test_it_says_which_row_was_agreed_in_which_version_and_which_calendar_counts(case, counter):
    counter.sign_in(JUNIPER)
    said, (key, _) = facts(counter.get(address(case))), procedures.live()
    assert said == {
        "Limit": ["working day 3"],
        "Agreed in": ["Agreed timescales", "T3."],
        "Version": [
            f"Version {key[:8]}, published on Monday 2 March 2026 by tests",
            "This case keeps that version.",
        ],
        "Calendar": ["This partnership", f"Bank holidays as in the package {PACKAGE}, and no closures of our own"],
    }


def test_the_same_is_there_for_programs(case, counter):
    counter.sign_in(JUNIPER)
    found = record(counter, address(case))
    assert (found["case"], found["name"], found["state"]) == (case.reference, "Interview the applicant", "waiting")
    assert (found["rule"], found["due_on"]) == ("working day 3", "2026-03-05")
    assert [day["counted"] for day in found["working"]] == [1, 2, 3]
    assert found["agreed"]["row"] == "T3." and found["moves"] == []


def test_a_limit_that_was_extended_shows_both_days_and_why(case, counter):
    counter.sign_in(HORATIO)
    path = address(case)
    extend(counter, path, 2)
    page = counter.get(path)
    assert counter.words(page.find(".//h1")).endswith("must be done by Monday 9 March 2026")
    assert "the end moved from Thursday 5 March 2026 to Monday 9 March 2026" in counter.words(page)
    said = facts(page)
    assert (said["From and to"], said["Why"], said["By"]) == (
        ["Thursday 5 March to Monday 9 March"],
        [REASON],
        ["Horatio Plume, Monday 2 March at 9am"],
    )
    assert table(page, counter)[3:] == [
        ("3", "Thursday 5 March", "First date. Counted"),
        ("+1", "Friday 6 March", "Added by an extension"),
        ("–", "Saturday 7 and Sunday 8 March", "Not counted: weekend"),
        ("+2", "Monday 9 March", "Last day. Added by an extension"),
    ]
    found = record(counter, path)
    assert [(move["what"], move["old"], move["new"]) for move in found["moves"]] == [
        ("More time", "2026-03-05", "2026-03-09")
    ]


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_limit_that_is_over_is_counted_anew_with_what_moved_it(is_kept, walk, case, counter, clock):
    counter.sign_in(HORATIO)
    path = address(case)
    extend(counter, path, 2)
    clock.pass_(days=1)
    if is_kept:
        walk.do("interview_applicant")
    else:
        walk.days(10)
    counter.sign_in(HORATIO)
    page = counter.get(path)
    ended = "was kept" if is_kept else "passed"
    assert (
        counter.words(page.find(".//h1"))
        == f"The time limit for ‘Interview the applicant’ {ended}: Monday 9 March 2026"
    )
    found = record(counter, path)
    assert (found["state"], found["due_on"]) == (STOOD_DOWN if is_kept else FIRED, "2026-03-09")
    assert found["working"][-1]["part"] == "extension"
    assert not any("changed since" in sentence for sentence in found["sentences"])


def hold(counter, path):
    page = counter.get(f"{path}/change")
    form = next(one for one in page.forms if (one.get("action") or "").endswith("/hold"))
    counter.fill(form, {"why": "court", "agreed_by": "The panel"})
    assert counter.status == 200


def held_action(acting, counter):
    """The address of an action whose clock stands."""
    path = address(acting, "do_action_late")
    hold(counter, path)
    return path


def test_while_the_clock_stands_the_page_says_so(acting, counter):
    counter.sign_in(HORATIO)
    page = counter.get(held_action(acting, counter))
    assert counter.words(page.find(".//h1")).endswith("stands still")
    assert "While the clock is stopped, the limit cannot pass." in counter.words(page)
    assert "A court must decide first. Agreed by The panel." in counter.words(page)


def test_a_reminder_takes_its_reason_from_what_moved_the_limit_beside_it(walk, case, counter):
    stories.begin(walk, stories.THREE)
    asked = [timer for timer in timers.waiting(walk.case.id) if timer.key == "return_information_late"]
    extended, other = asked[:2]  # of two agencies
    base = f"/cases/{walk.case.reference}/limits"
    counter.sign_in(HORATIO)
    extend(counter, f"{base}/{extended.id}/{extended.key}", 2)
    beside = next(
        timer
        for timer in timers.waiting(walk.case.id)
        if timer.key == "return_information_closed" and timer.due_on == date(2026, 3, 16)
    )
    found = record(counter, f"{base}/{beside.id}/{beside.key}")
    assert [(move["what"], move["why"], move["by"]) for move in found["moves"]] == [
        ("It moved", REASON, "Horatio Plume")
    ]
    assert found["changes"][0]["by"] == "2 working days"
    assert record(counter, f"{base}/{other.id}/{other.key}")["moves"] == []
    walk.days(20)
    counter.sign_in(HORATIO)
    over = record(counter, f"{base}/{beside.id}/{beside.key}")
    assert (over["state"], over["due_on"]) == (FIRED, found["due_on"])
    assert (over["changes"], over["sentences"]) == (found["changes"], found["sentences"])


def test_a_calendar_that_changed_since_is_told_with_both_days(walk, case, counter, clock):
    path = address(case)
    walk.do("interview_applicant")
    changed = calendars.edition([Change(date(2026, 3, 4), "Offices closed")])
    editions.propose(changed.key, calendars.written(changed), at=clock(), by="Basil Tamarind", note="Flood")
    cases.load(case.id).calendar_key = changed.key
    db.session.commit()
    counter.sign_in(JUNIPER)
    page = counter.get(path)
    said = counter.words(page)
    assert "Not counted: Offices closed" in said
    assert "the rule alone would end on Friday 6 March 2026" in said
    assert "What was promised is Thursday 5 March 2026." in said
    assert facts(page)["Calendar"][1] == f"Edition {changed.key[:8]} of Monday 2 March 2026, by Basil Tamarind"
    assert record(counter, path)["due_on"] == "2026-03-05"


def test_a_clock_that_ran_again_by_itself_is_told_to_its_end(walk, acting, counter):
    counter.sign_in(HORATIO)
    path = held_action(acting, counter)
    walk.days(400)
    counter.sign_in(HORATIO)
    found = record(counter, path)
    assert found["state"] != WAITING and found["changes"][0]["until_at"]
    assert not any("changed since" in sentence for sentence in found["sentences"])


def test_every_limit_of_a_whole_case_comes_to_what_was_promised(walk, acting, clock):
    file = case_file.opened(acting.reference, Who(1, "Basil", (Place("Coordinator"),)), "test", clock=clock)
    counts = [working.of(file, timer.id, timer.key) for timer in file.timers]
    assert len(counts) >= 20
    assert [c.timer.key for c in counts if c.working.due.at != c.timer.due_at] == []
    assert [c.timer.key for c in counts if c.timer.milestone and not c.agreed.table] == []
    waiting = {(t.id, t.key): file.run.working(t.id, t.key) for t in file.run.waiting_timers()}
    for count in counts:
        if count.timer.state == WAITING:
            assert count.working.due.working == waiting[count.timer.id, count.timer.key].working


def test_every_opening_is_written_down(case, counter, rows):
    counter.sign_in(JUNIPER)
    counter.get(address(case))
    record(counter, address(case))
    assert rows("select page from reading order by id") == [(f"working of {KEY}",)] * 2


def test_an_agency_may_not_read_it_and_a_limit_of_another_case_is_not_found(case, walk, counter):
    other = walk.apply(victim={"name": "Barnaby Thistlewood"})
    counter.sign_in(ROWAN)
    counter.get(address(case))
    assert counter.status == 404
    counter.sign_out()
    counter.sign_in(JUNIPER)
    counter.get(address(case).replace(case.reference, other.reference))
    assert counter.status == 404
    counter.get(f"{address(case)}_not")
    assert counter.status == 404
