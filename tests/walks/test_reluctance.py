"""Where agencies held back: counted from the history, and counted once more by hand over the table of events."""

import json
from collections import Counter
from datetime import UTC, datetime

import pytest

from app.cases import training
from app.cases.access import Who
from app.law import calendar
from app.status import reluctance
from app.store import tasks, timers
from app.store.rows.cases import FIRED
from tests.conftest import one_kind
from tests.walks import stories

database_url = pytest.fixture(one_kind)  # nothing here hangs on which of the two it is

FAR = datetime(2027, 1, 1, tzinfo=UTC)
SIMPLE = {
    ("task_opened", "record_no_return"): "no_return",
    ("timer_fired", "do_action_late"): "overdue",
    ("timer_fired", "answer_recommendation_late"): "late_answer",
}
THREE_ASKED = ["police", "council", "nhs"]


def found():
    return Counter((one.kind, one.agency) for one in reluctance.instances(FAR))


def by_hand(rows):
    """The same from the bare table: who was asked is in the line that opened the task."""
    told = Counter()
    real = 'select kind, subject, says from event where case_id in (select id from "case" where virtual_at is null)'
    lines = [
        (*line, said if isinstance(said, dict) else json.loads(said)) for *line, said in rows(f"{real} order by id")
    ]
    whose = {says["task"]: says["agency"] for kind, _, says in lines if kind == "task_opened"}
    passed = ("timer_fired", "return_information_late")
    late = {says["agency"] for kind, subject, says in lines if (kind, subject) == passed}
    for kind, subject, says in lines:
        answers = says.get("answers", {})
        if (kind, subject) in SIMPLE:
            told[SIMPLE[kind, subject], says["agency"]] += 1
        if (kind, subject) == ("task_completed", "return_information"):
            agency = whose[says["task"]]
            told["late_return", agency] += agency in late
            told["declined", agency] += answers["information"]["involved"] == "declined"
        if (kind, subject) == ("task_completed", "record_panel"):
            for row in answers["panel"]["attendance"]:
                told["not_at_panel", row["agency"]] += row["present"] in ("apologies", "no_reply")
        if (kind, subject) == ("task_completed", "answer_recommendation"):
            answer = answers["recommendation"]
            told["no_reason", whose[says["task"]]] += answer["answer"] == "rejected" and not answer.get("reasons")
    return +told


def fired(walk):
    return {timer.key for timer in timers.of_case(walk.id) if timer.state == FIRED}


def answer(walk, agency, **given):
    """One agency answers what it was asked."""
    (task,) = [t for t in tasks.of_case(walk.id) if (t.key, t.agency_key) == ("return_information", agency)]
    walk._complete(task, given)


def reluctant(walk):
    """The police decline, the council is late, the NHS says nothing; two stay away; an action and an answer are late."""
    walk.apply(**stories.TANSY)
    walk.do_all("acknowledge_application", "note_application", "offer_support", "confirm_reports")
    walk.do("interview_applicant", reports=stories.THREE, chosen_agencies=THREE_ASKED)
    walk.do("complete_matrix", risk=stories.CALM)
    walk.do("note_needs", needs={"found": "no"})
    answer(walk, "police", information={"involved": "declined"})
    while "return_information_late" not in fired(walk):
        walk.days(0.5)
    answer(walk, "council")
    walk.days(3)
    walk.do_all("record_no_return", "prepare_statement", "choose_panel", "send_papers")
    there = [
        *stories.QUORATE["attendance"],
        {"agency": "thistledown_homes", "person": "Nettie", "present": "no_reply"},
        {"agency": "council", "person": "Ivy", "present": "apologies"},  # a colleague of theirs is there
    ]
    actions = [stories.ACTION, stories.RECOMMENDATION]
    walk.do("record_panel", panel={"attendance": there}, agreed_actions=actions)
    walk.do("say_view_of_plan", plan={"view": "agree"})
    walk.do("agree_plan", agreed_actions=actions)
    walk.days(100)


def test_each_way_of_holding_back_is_counted_from_the_history_alone(walk, rows):
    reluctant(walk)
    assert found() == Counter(
        {
            ("declined", "police"): 1,
            ("late_return", "council"): 1,
            ("no_return", "nhs"): 1,
            ("not_at_panel", "thistledown_homes"): 1,
            ("overdue", "council"): 1,
            ("late_answer", "police"): 1,
        }
    )
    assert by_hand(rows) - Counter({("not_at_panel", "council"): 1}) == found()


def test_agencies_that_do_their_part_are_not_named(walk, rows):
    stories.begin(walk, stories.THREE)
    stories.hold_review(walk)
    stories.carry_out(walk)
    assert found() == by_hand(rows) == Counter()


def test_a_training_copy_counts_nowhere(walk, clock):
    reluctant(walk)
    before = found()
    training.copy(walk.id, Who(1, "Basil Tamarind", ()), clock=clock)
    assert found() == before


def test_a_quarter_has_what_happened_in_it(walk):
    reluctant(walk)
    first = reluctance.period("2026-Q1", calendar.day_of(walk.clock()))
    second = reluctance.period("2026-Q2", calendar.day_of(walk.clock()))
    totals = [sum(row.total for row in reluctance.rows(one)) for one in (first, second)]
    assert sum(totals) == sum(found().values())
    assert all(totals)
    top = reluctance.rows(first)[0]
    assert top.cases == ((walk.case.reference, top.total),)


@pytest.mark.parametrize("asked", ["", "2026", "2026-Q5", "0000-Q1", "²026-Q1", "2026-Q1-Q2"])
def test_a_quarter_that_cannot_be_read_is_the_present_one(asked):
    assert reluctance.period(asked, datetime(2026, 3, 2, tzinfo=UTC).date()).key == "2026-Q1"
