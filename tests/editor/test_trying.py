"""A play, act by act: a case in memory that goes as a real one would."""

from datetime import date, datetime, timedelta

import pytest

from app import errors
from app.config import ROOT
from app.editor import folders
from app.editor.trying import course, post
from app.editor.trying.acts import Apply, Finish, Play, Tell, Wait, instant
from app.editor.trying.course import GONE, NOT_OPEN, OWED, REFUSED, STUCK
from app.editor.trying.ground import Ground, ground
from tests.walks import stories, tiny

OWN = folders.read(ROOT)
MONDAY = instant(date(2026, 3, 2))
APPLY = Apply(stories.TANSY, made_up=True)
LATE = tiny.process(
    "limited",
    tiny.task("work") + tiny.limit("late", "work", "3 days") + tiny.letter("tell") + tiny.end("done", "told"),
    tiny.flow("begun", "work", "done") + tiny.flow("late", "tell", "told"),
)
STUCK_AT_BOTH = tiny.process(
    "stuck",
    tiny.gateway("ask") + tiny.task("one") + tiny.task("two") + '<parallelGateway id="both"/>' + tiny.end("done"),
    tiny.flow("begun", "ask", "one", "both", "done") + tiny.flow("ask", "two", "both"),
)


def played(*acts, process="asb_case_review", content=OWN):
    return course.follow(ground(content), Play(process, MONDAY, acts))


def drawn(content, *acts):
    name = "limited" if content is LATE else "stuck"
    return played(*acts, process=name, content={"drawn.bpmn": content})


def keys(found):
    return sorted({task.key for task in found.stand.open})


def finish(key, **answers):
    return Finish(key, answers, made_up=True)


def test_the_same_files_and_acts_give_the_same_result_also_when_nothing_is_remembered():
    acts = (APPLY, Wait(days=8), finish("acknowledge_application"))
    said = []
    for _ in range(2):
        course.STANDS.clear()
        found = played(*acts).stand
        said.append((found.at, found.done, found.limits_passed, found.passed, found.taken, found.facts, found.tables))
    assert said[0] == said[1]


def test_one_act_more_goes_on_from_where_the_play_stood():
    before = played(APPLY)
    again = played(APPLY)
    assert again.stand is before.stand
    assert played(APPLY, finish("note_application")).stand.lines[: len(before.stand.lines)] == before.stand.lines


def test_an_application_opens_what_a_real_one_opens_and_says_who_and_by_when():
    found = played(APPLY).stand
    assert {"acknowledge_application", "confirm_reports", "interview_applicant"} <= {task.key for task in found.open}
    task = next(task for task in found.open if task.key == "acknowledge_application")
    assert (task.role, found.limit_of(task).due_on) == ("Coordinator", date(2026, 3, 4))
    assert [(one.letter, post.whom(one)) for one in found.letters] == [
        ("new_application", ("relevant_bodies", "senior_officer"))
    ]


def test_time_passes_through_every_limit_on_the_way_each_at_its_own_instant():
    found = drawn(LATE, Wait(days=10)).stand
    fired = [(line.subject, line.at) for line in found.lines if line.kind == "timer_fired"]
    assert fired == [("late", datetime.fromisoformat("2026-03-06T00:00+00:00"))]
    assert found.is_over and found.at == MONDAY + timedelta(days=10)
    assert [(one.letter, one.at) for one in found.letters] == [("update", fired[0][1])]


def test_days_keep_their_hour_in_london_when_the_clocks_change():
    found = played(APPLY, Wait(days=30)).stand
    assert found.at == datetime.fromisoformat("2026-04-01T09:00+01:00")


def test_a_message_reaches_the_drawing_that_waits_for_it():
    found = played(APPLY, Tell("information_received", {"said": {"text": "They moved out."}}))
    assert "read_information" in keys(found)
    assert found.stand.facts["said"]["text"] == "They moved out."


def test_one_of_several_tasks_is_named_by_whom_it_is_for_or_by_its_number():
    every = played(APPLY, Finish("confirm_reports", {}, made_up=True, each=True))
    assert every.stand.done.count("confirm_reports") == 4 and "confirm_reports" not in keys(every)
    one = played(APPLY, Finish("confirm_reports", {}, made_up=True, whom="nhs")).stand
    assert [one.whom(task) for task in one.open if task.key == "confirm_reports"] == [
        "police",
        "council",
        "thistledown_homes",
    ]
    other = played(APPLY, Finish("confirm_reports", {}, made_up=True, number=3)).stand
    assert [other.whom(task) for task in other.open if task.key == "confirm_reports"] == [
        other.whom(task) for task in one.open if task.key == "confirm_reports"
    ]


@pytest.mark.parametrize(
    ("act", "kind", "says"),
    [
        (Finish("offer_mediation", {}), GONE, "not in the drawings any more"),
        (Tell("never_heard_of", {}), GONE, "No drawing waits"),
        (Finish("close_case", {}), NOT_OPEN, "is not open"),
        (Finish("confirm_reports", {}, made_up=True), NOT_OPEN, "Say which one is meant"),
        (Finish("acknowledge_application", {}), REFUSED, "These answers will not do"),
        (Wait(until=MONDAY - timedelta(days=1)), REFUSED, "Time only goes forward"),
        (Wait(days=4_001), REFUSED, "within ten years"),
        (APPLY, REFUSED, "only at the beginning"),
    ],
)
def test_an_act_that_cannot_be_done_says_why_and_the_play_stays_where_it_was(act, kind, says):
    found = played(APPLY, act)
    assert (found.failure.number, found.failure.kind) == (1, kind) and says in found.failure.says
    assert found.stand is played(APPLY).stand


def test_a_drawing_that_cannot_be_followed_says_where():
    found = drawn(STUCK_AT_BOTH, finish("ask"), finish("one"))
    assert found.is_stuck and (found.failure.kind, found.failure.element) == (STUCK, "one")
    assert found.failure.says == "Nobody and nothing can move this case on."


def test_a_case_does_not_close_while_something_is_owed():
    acts = [APPLY, *(finish(key) for key in ("acknowledge_application", "offer_support"))]
    acts += [Finish("confirm_reports", {}, made_up=True, each=True)]
    acts += [finish("interview_applicant", reports=stories.THREE, chosen_agencies=stories.AGENCIES)]
    acts += [finish("complete_matrix", risk=stories.CALM), finish("note_needs", needs={"found": "no"})]
    acts += [finish("prepare_statement"), Finish("return_information", {}, made_up=True, each=True)]
    acts += [finish("choose_panel"), finish("send_papers")]
    acts += [finish("record_panel", panel=stories.QUORATE, agreed_actions=[stories.ACTION])]
    acts += [finish("say_view_of_plan", plan={"view": "agree"}), finish("agree_plan", agreed_actions=[stories.ACTION])]
    acts += [finish("do_action"), finish("check_action", check={"done": "yes"}), Wait(days=30)]
    acts += [finish("review_progress", progress={"decision": "enough"}), finish("plan_closing")]
    acts += [finish("say_view_of_closing", closing={"reached": "yes", "agreed": "yes"}), finish("close_case")]
    found = played(*acts)
    assert (found.failure.kind, found.failure.number) == (OWED, len(acts) - 1)
    assert "note_application" in found.failure.problems
    assert not found.stand.is_over


def test_a_play_that_goes_on_for_ever_is_stopped(monkeypatch):
    monkeypatch.setattr("app.editor.trying.moving.MOST_STEPS", 5)
    course.STANDS.clear()
    found = played(APPLY, Wait(days=60))
    assert found.is_stuck and "more than 5 steps" in found.failure.says
    course.STANDS.clear()


def test_a_file_that_is_no_drawing_keeps_nobody_from_trying_another():
    on = Ground({"drawn.bpmn": LATE, "none.bpmn": b"no drawing", "none.dmn": b"<definitions/>", "none.form": b"["})
    assert course.follow(on, Play("limited", MONDAY)).stand.open
    with pytest.raises(errors.NotFound):
        on.procedure("nowhere")


def test_a_drawing_with_a_gap_is_played_as_it_is_read():
    script = '<scriptTask id="work"><script>import os; os.system("true")</script></scriptTask>'
    gap = tiny.process("limited", script + tiny.end("done"), tiny.flow("begun", "work", "done"))
    assert played(process="limited", content={"drawn.bpmn": gap}).stand is not None


def test_whom_the_victim_has_not_asked_to_act_gets_no_letter_but_the_question_for_it():
    representative = {"name": "Linnet Dove", "email": "linnet@larkmere.example", "authority": "not_yet"}
    given = {**stories.TANSY, "representative": representative}
    given["application"] = {"in_danger": "no", "applying_as": "representative"}
    found = played(Apply(given, made_up=True), finish("acknowledge_application")).stand
    to = {one.letter: post.whom(one) for one in found.letters}
    assert to["consent_chase"] == ("representative",) and to["acknowledgement"] == ("victim",)
