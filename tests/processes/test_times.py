"""Every clock in a drawing shows a time that the partners agreed, in the words of their table."""

import pytest

from app.law import limit_words
from tests.processes import published
from tests.processes.published import NAMES, TIMESCALE, kind

UNHURRIED = {  # nothing waits for these; each has an end of its own
    "offer_support",
    "note_application",
    "advise_on_needs",
}
MILESTONES = set(
    "acknowledge tell_bodies interview confirm_reports return_information threshold papers panel plan_view outcome "
    "appeal_window appeal update update_due update_written step_in review recommendation referral_acceptance safety_plan action "
    "new_incident withdrawal information agreement_reminder agreement closing_view next_word reach "
    "second_report tell_of_right numbers publication effectiveness consultation old_cases".split()
)
SAID = {  # the moment a limit counts from, as the drawing says it
    "by carry_out_action_for.due_on": "due date of action",
    "2 working days before panel.held_at": "2 working days before panel",
    "by update.next_on": "Day of the next word",
    "6 months after last_report.made_on": "6 months after last report",
    "20 days after period.to_on": "20 days after period",
    "30 days after period.to_on": "30 days after period",
    "8 working days after told.victim": "8 working days since the last letter",
}


def timers():
    """Every timer event of every page: (page, event)."""
    return [
        (name, node) for name, node in published.all_nodes() if node.find("b:timerEventDefinition", NAMES) is not None
    ]


def milestone(event):
    """The milestone that a timer asks the table for."""
    (text,) = [node.text for node in event.find("b:timerEventDefinition", NAMES)]
    return TIMESCALE.fullmatch(text)[1]


each_timer = pytest.mark.parametrize("name,event", [pytest.param(n, e, id=e.get("id")) for n, e in timers()])


@each_timer
def test_a_clock_asks_the_table_for_its_time(name, event):
    assert milestone(event) in published.limits()
    said = published.properties(event)
    assert said.pop("missed", "collapse") in ("collapse", "skip", "all")
    assert said == {"milestone": milestone(event)}


@each_timer
def test_a_clock_says_what_the_table_says(name, event):
    agreed = [SAID.get(words, words) for words in published.limits()[milestone(event)]]
    assert any(words in event.get("name") for words in agreed), agreed


@each_timer
def test_a_clock_on_a_task_hangs_on_what_a_person_does(name, event):
    if kind(event) == "boundaryEvent":
        host = published.page(name).find(f".//*[@id='{event.get('attachedToRef')}']")
        assert kind(host) in ("userTask", "callActivity")
        assert event.get("id").startswith(f"{host.get('id')}_")


@each_timer
def test_a_clock_says_who_is_told_or_who_goes_on(name, event):
    leaving = [flow.get("targetRef") for flow in published.flows(name) if flow.get("sourceRef") == event.get("id")]
    assert len(leaving) == 1


def test_the_table_has_every_promised_milestone():
    assert set(published.limits()) >= MILESTONES


def test_every_time_in_the_table_can_be_counted():
    for _, (limit, warn, _, _, hold) in published.rows("timescales"):
        for words in (limit.strip('"'), warn.strip('"'), hold.strip('"')):
            assert not words or limit_words.read(words).words == words


def test_every_milestone_has_a_row_for_every_case():
    """A row without conditions, so that the table answers whatever the risk."""
    plain = {asked[0] for asked, _ in published.rows("timescales") if asked[1:] == ["-", "-"]}
    assert plain == {f'"{name}"' for name in published.limits()}


def test_the_clock_of_a_statutory_step_is_never_stopped():
    """The Act knows no pause: only what others carry out after the review may wait, and not without end."""
    held = {asked[0].strip('"') for asked, said in published.rows("timescales") if said[4] != '""'}
    assert held == {"action", "check", "review"}


def test_the_published_promises_are_kept():
    """Acknowledged in 2 working days, a panel in 10, the outcome in 12, all from the application."""
    plain = {asked[0]: said[0] for asked, said in published.rows("timescales") if asked[1:] == ["-", "-"]}
    assert plain['"acknowledge"'] == '"working day 2"'
    assert plain['"panel"'] == '"working day 10"'
    assert plain['"outcome"'] == '"working day 12"'


def test_a_person_with_a_promise_to_the_victim_has_a_clock():
    hosts = {event.get("attachedToRef") for _, event in timers()}
    promised = {
        "acknowledge_application",
        "interview_applicant",
        "decide_threshold",
        "hold_panel",
        "agree_plan",
    }
    assert promised | {"review_appeal", "review_progress", "make_safety_plan", "do_action"} <= hosts


def test_no_case_waits_for_a_person_without_a_clock():
    """Published finding against a council: the application was left lying. A clock on a box counts for its page."""
    hosts = {event.get("attachedToRef") for _, event in timers()}
    boxes = {call.get("calledElement") for _, call in published.all_nodes() if call.get("id") in hosts}
    tasks = [(name, task.get("id")) for name, task in published.all_nodes() if kind(task) == "userTask"]
    assert {task for name, task in tasks if task not in hosts and name not in boxes} == UNHURRIED
