"""Changing a time limit on its page: more time, stopping the clock, taking back; and who may not."""

import pytest

from app import worker
from app.store import history, tasks, timers
from app.timers import firing
from tests.walks import stories

JUNIPER, HORATIO = "juniper@larkmere.example", "horatio@larkmere.example"
ROWAN = "rowan@police.larkmere.example"
REASON = "The officer is ill until Tuesday."


@pytest.fixture
def case(walk):
    walk.apply(**stories.TANSY)
    return walk.case


def address(case, key):
    timer = next(t for t in timers.waiting(case.id) if t.key == key)
    return f"/cases/{case.reference}/limits/{timer.id}/{key}/change"


def due_on(case, key):
    return next(t.due_on for t in timers.waiting(case.id) if t.key == key).isoformat()


def form(page, act):
    return next(one for one in page.forms if (one.get("action") or "").endswith(act))


def lines(case, kind):
    return [event for event in history.of_case(case.id) if event.kind == kind]


def test_more_time_is_shown_before_it_is_given_and_the_victim_is_written_to(case, counter, settings, clock):
    counter.sign_in(HORATIO)
    page = counter.get(address(case, "interview_applicant_late"))
    page = counter.fill(form(page, "/extend"), {"days": "2", "reason": REASON})
    assert (
        "Monday 9 March" in counter.words(page.find(".//h1"))
        and due_on(case, "interview_applicant_late") == "2026-03-05"
    )
    page = counter.fill(page.forms[-1])
    assert "now has until Monday 9 March" in counter.words(page)
    assert due_on(case, "interview_applicant_late") == "2026-03-09"
    (event,) = lines(case, "limit_extended")
    assert (event.by, event.says["old"], event.says["new"], event.says["reason"]) == (
        "Horatio Plume",
        "2026-03-05",
        "2026-03-09",
        REASON,
    )
    assert not lines(case, "limit_moved"), "the extension says it itself"
    worker.drain(settings, clock)
    (letter,) = [m for m in history.messages(case.id, "victim") if m.letter == "limit_extended"]
    text = letter.html.replace("\u00a0", " ")
    assert REASON in text and "Monday 9 March" in text and "Thursday 5 March" in text
    task = next(task for task in tasks.of_case(case.id) if task.key == "interview_applicant")
    assert task.due_on.isoformat() == "2026-03-09"


def test_a_limit_is_extended_from_the_case_page_and_the_history_tells_of_it(case, counter):
    counter.sign_in(HORATIO)
    overview = counter.get(f"/cases/{case.reference}")
    href = next(a.get("href") for a in overview.iter("a") if "interview_applicant_late/change" in (a.get("href") or ""))
    page = counter.fill(form(counter.get(href), "/extend"), {"days": "1", "reason": REASON})
    counter.fill(page.forms[-1])
    page = counter.get(f"/cases/{case.reference}/timeline")
    assert "It was Thursday 5 March. It is now Friday 6 March." in counter.words(page)


@pytest.mark.parametrize(
    "days, reason, field",
    [
        ("", REASON, "days"),
        ("0", REASON, "days"),
        ("61", REASON, "days"),
        ("soon", REASON, "days"),
        ("2", " ", "reason"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_changed(case, counter, days, reason, field):
    counter.sign_in(HORATIO)
    page = counter.get(address(case, "interview_applicant_late"))
    page = counter.fill(form(page, "/extend"), {"days": days, "reason": reason})
    assert counter.status == 422 and page.xpath(f"//a[@href='#{field}']")
    assert due_on(case, "interview_applicant_late") == "2026-03-05"


def test_a_limit_that_may_not_be_extended_has_no_form_for_it(case, counter):
    counter.sign_in(HORATIO)
    page = counter.get(address(case, "acknowledge_application_late"))
    assert not [one for one in page.forms if "/extend" in (one.get("action") or "")]
    path = address(case, "acknowledge_application_late").replace("/change", "/extend")
    token = page.xpath("//input[@name='csrf_token']/@value")[0]
    counter.post(path, {"csrf_token": token, "days": "2", "reason": REASON, "sure": "2026-03-04"})
    assert counter.status == 409 and due_on(case, "acknowledge_application_late") == "2026-03-04"


def test_the_clock_of_a_statutory_step_cannot_be_stopped(case, counter):
    counter.sign_in(HORATIO)
    page = counter.get(address(case, "interview_applicant_late"))
    assert not [one for one in page.forms if "/hold" in (one.get("action") or "")]


@pytest.mark.parametrize("email", [JUNIPER, ROWAN])
def test_only_a_senior_officer_changes_a_limit(case, counter, email):
    counter.sign_in(email)
    counter.get(address(case, "interview_applicant_late"))
    assert counter.status == 403


def test_a_limit_that_is_over_is_not_extended(case, counter, walk):
    path = address(case, "interview_applicant_late")
    walk.days(5)
    counter.sign_in(HORATIO)
    counter.get(path)
    assert counter.status == 409


def test_a_clock_is_stopped_with_a_reason_and_runs_on_with_what_was_left(acting, counter, walk, clock):
    counter.sign_in(HORATIO)
    before = due_on(acting, "do_action_late")
    page = counter.get(address(acting, "do_action_late"))
    page = counter.fill(form(page, "/hold"), {"why": "court", "agreed_by": "The chair"})
    assert "stands still" in counter.words(page)
    (event,) = lines(acting, "limit_held")
    assert event.says["reason"] == "A court must decide first. Agreed by The chair."
    assert all(t.held_at for t in timers.waiting(acting.id) if t.task_key == "do_action")
    assert next(t.due_at for t in tasks.of_case(acting.id) if t.key == "do_action") is None, "nobody is late meanwhile"
    clock.pass_(days=14)
    counter.sign_in(HORATIO)
    page = counter.get(address(acting, "do_action_late"))
    counter.fill(form(page, "/resume"), {"resume_reason": "The court has decided."})
    after = next(t for t in timers.waiting(acting.id) if t.key == "do_action_late")
    assert after.held_at is None and after.due_on.isoformat() > before
    assert after.first_due_on.isoformat() == before


def test_a_clock_that_nobody_starts_again_starts_by_itself_and_the_limit_has_not_passed(acting, counter, clock):
    counter.sign_in(HORATIO)
    page = counter.get(address(acting, "do_action_late"))
    counter.fill(form(page, "/hold"), {"why": "asked", "agreed_by": "Tansy Applegarth"})
    held = next(t for t in timers.waiting(acting.id) if t.key == "do_action_late")
    clock.set(held.due_at)
    while firing.sweep(clock):
        pass
    assert lines(acting, "hold_ended") and not [
        e for e in lines(acting, "timer_fired") if e.subject == "do_action_late"
    ]
    assert next(t for t in timers.waiting(acting.id) if t.key == "do_action_late").due_at > clock()


def test_a_change_is_taken_back_by_another_event_and_both_stay(case, counter):
    counter.sign_in(HORATIO)
    page = counter.fill(
        form(counter.get(address(case, "interview_applicant_late")), "/extend"), {"days": "2", "reason": REASON}
    )
    counter.fill(page.forms[-1])
    page = counter.get(address(case, "interview_applicant_late"))
    counter.fill(form(page, "/restore"), {"restore_reason": "She is back."})
    assert due_on(case, "interview_applicant_late") == "2026-03-05"
    assert [len(lines(case, kind)) for kind in ("limit_extended", "limit_restored")] == [1, 1]
    page = counter.get(address(case, "interview_applicant_late"))
    assert "(taken back)" in counter.words(page)
    assert not [one for one in page.forms if "/restore" in (one.get("action") or "")]


def test_a_new_day_that_is_confirmed_twice_is_given_once(case, counter):
    counter.sign_in(HORATIO)
    shown = counter.fill(
        form(counter.get(address(case, "interview_applicant_late")), "/extend"), {"days": "2", "reason": REASON}
    )
    counter.fill(shown.forms[-1])
    counter.path = f"{address(case, 'interview_applicant_late').removesuffix('change')}extend"
    counter.fill(shown.forms[-1])
    assert counter.status == 409
    assert len(lines(case, "limit_extended")) == 1 and due_on(case, "interview_applicant_late") == "2026-03-09"


def letters(case, settings, clock):
    worker.drain(settings, clock)
    sent = [m for m in history.messages(case.id, "victim") if m.letter == "limit_extended"]
    return [letter.html.replace("\u00a0", " ") for letter in sent]


def test_the_victim_reads_why_a_clock_is_stopped_and_why_it_runs_on(acting, counter, settings, clock):
    counter.sign_in(HORATIO)
    page = counter.get(address(acting, "do_action_late"))
    counter.fill(form(page, "/hold"), {"why": "court", "agreed_by": "The chair"})
    page = counter.get(address(acting, "do_action_late"))
    counter.fill(form(page, "/resume"), {"resume_reason": "The court has decided."})
    stopped, runs_on = sorted(letters(acting, settings, clock), key=lambda text: "has to wait" not in text)
    assert "has to wait" in stopped and "A court must decide first." in stopped
    assert "A day in your review has moved" in runs_on and "The court has decided." in runs_on


def test_a_clock_runs_on_only_with_a_reason_that_the_summary_leads_to(acting, counter):
    counter.sign_in(HORATIO)
    page = counter.get(address(acting, "do_action_late"))
    counter.fill(form(page, "/hold"), {"why": "court", "agreed_by": "The chair"})
    page = counter.get(address(acting, "do_action_late"))
    page = counter.fill(form(page, "/resume"), {"resume_reason": " "})
    assert counter.status == 422 and page.xpath("//a[@href='#resume_reason']")
    assert page.xpath("//textarea[@id='resume_reason']")


def test_a_change_is_taken_back_only_with_a_reason_that_the_summary_leads_to(case, counter):
    counter.sign_in(HORATIO)
    page = counter.fill(
        form(counter.get(address(case, "interview_applicant_late")), "/extend"), {"days": "2", "reason": REASON}
    )
    counter.fill(page.forms[-1])
    page = counter.get(address(case, "interview_applicant_late"))
    page = counter.fill(form(page, "/restore"), {"restore_reason": ""})
    (link,) = page.xpath("//a[starts-with(@href, '#restore_')]/@href")
    assert counter.status == 422 and page.xpath(f"//input[@id='{link[1:]}']")
    assert due_on(case, "interview_applicant_late") == "2026-03-09"


def test_a_change_is_not_taken_back_once_the_day_before_it_is_over(case, counter, clock):
    counter.sign_in(HORATIO)
    path = address(case, "interview_applicant_late")
    page = counter.fill(form(counter.get(path), "/extend"), {"days": "2", "reason": REASON})
    counter.fill(page.forms[-1])
    clock.pass_(days=4)
    counter.sign_in(HORATIO)
    counter.fill(form(counter.get(path), "/restore"), {"restore_reason": "She is back."})
    assert counter.status == 409
    assert due_on(case, "interview_applicant_late") == "2026-03-09"
