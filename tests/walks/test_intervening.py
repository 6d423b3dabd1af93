"""Stepping in by hand: what it would do, the second person, and what the law does not let it do."""

import pytest

from app import errors
from app.cases import procedures
from app.cases.access import Who
from app.editor import intervening
from app.editor.intervening import CANCEL, CORRECT, MOVE, SKIP, Wish
from app.store import history, tasks, timers
from app.store.tasks import Place
from tests.walks import tiny
from tests.walks.test_moving_releases import fresh, publish

SENIOR = (Place("Senior officer"),)
REASON = "The officer finished the wrong step."


@pytest.fixture
def asker(partnership):
    return Who(1, "Horatio", SENIOR)


@pytest.fixture
def second(partnership):
    return Who(2, "Hyacinth", SENIOR)


@pytest.fixture
def case(partnership, clock):
    publish(clock, steps=("work", "check", "done"))
    return tiny.begin("p", clock, risk={"band": "low", "score": 3, "is_high": False})


def wish(case, what, key="work", **more):
    return Wish(what, tiny.task_of(case, key).hex, key, **more)


def asked(case, wanted, asker, clock):
    intervening.ask(case.id, wanted, REASON, asker, clock=clock)
    return intervening.waiting(case.id)[-1]


def approved(case, one, who, clock):
    revision = fresh(case).revision
    return intervening.approve(case.id, one.id, "I agree.", who, revision=revision, clock=clock)


def open_keys(case):
    return [task.key for task in tasks.of_case(case.id)]


def test_nothing_moves_before_a_second_person_has_approved(case, asker, second, clock):
    one = asked(case, wish(case, MOVE, to="check"), asker, clock)
    assert open_keys(case) == ["work"]
    with pytest.raises(errors.NotAllowed):
        approved(case, one, asker, clock)
    approved(case, one, second, clock)
    assert open_keys(case) == ["check"] and timers.waiting(case.id) == []
    assert intervening.waiting(case.id) == []
    line = next(one for one in history.of_case(case.id) if one.kind == "stepped_in")
    assert (line.by, line.says["asked_by"], line.says["why"]) == ("Hyacinth", "Horatio", REASON)
    assert history.is_whole(fresh(case))
    tiny.finish(case, clock, "check")
    assert fresh(case).status == "closed"


def test_an_earlier_step_is_done_once_more(case, asker, second, clock):
    tiny.finish(case, clock)
    approved(case, asked(case, wish(case, MOVE, "check", to="work"), asker, clock), second, clock)
    assert open_keys(case) == ["work"] and [timer.key for timer in timers.waiting(case.id)] == ["late"]


def test_a_step_is_skipped_without_being_done(case, asker, second, clock):
    approved(case, asked(case, wish(case, SKIP), asker, clock), second, clock)
    assert open_keys(case) == ["check"]
    assert "task_completed" not in [line.kind for line in history.of_case(case.id)]


def test_a_fact_is_corrected_as_the_kind_of_value_it_has(case, asker, second, clock):
    run = intervening.woken(case, clock)
    assert intervening.typed(run, "risk.score", "4") == 4 and intervening.typed(run, "risk.is_high", "Yes") is True
    for path, text, field in (("risk.score", "much", "value"), ("risk.band", "low", "value"), ("case.x", "a", "path")):
        with pytest.raises(errors.Refused) as refused:
            intervening.typed(run, path, text)
        assert field in refused.value.problems
    one = asked(case, Wish(CORRECT, path="risk.band", value="high"), asker, clock)
    assert not one.may_decide(Who(3, "Linnet", (Place("Process owner"),)))
    approved(case, one, second, clock)
    assert intervening.woken(fresh(case), clock).facts["risk"] == {"band": "high", "score": 3, "is_high": False}


def test_what_was_asked_is_refused_with_a_reason_and_the_case_stays(case, asker, second, clock):
    one = asked(case, wish(case, SKIP), asker, clock)
    with pytest.raises(errors.Refused):
        intervening.refuse(case.id, one.id, " ", second, clock=clock)
    intervening.refuse(case.id, one.id, "Do it properly.", second, clock=clock)
    assert open_keys(case) == ["work"] and intervening.waiting(case.id) == []
    with pytest.raises(errors.CaseMovedOn):
        approved(case, one, second, clock)


def test_what_was_shown_at_an_older_revision_is_looked_at_again(case, asker, second, clock):
    one, revision = asked(case, wish(case, SKIP), asker, clock), fresh(case).revision
    tiny.finish(case, clock)
    with pytest.raises(errors.CaseMovedOn):
        intervening.approve(case.id, one.id, "I agree.", second, revision=revision, clock=clock)
    with pytest.raises(errors.CaseMovedOn):
        approved(case, one, second, clock)
    assert open_keys(case) == ["check"] and not fresh(case).is_stopped


def test_the_only_branch_is_not_cancelled_and_nobody_asks_without_a_role_or_reason(case, asker, clock):
    with pytest.raises(errors.Refused) as refused:
        asked(case, wish(case, CANCEL), asker, clock)
    assert "Nobody and nothing" in refused.value.problems["case"] or "only branch" in refused.value.problems["case"]
    with pytest.raises(errors.Refused):
        intervening.ask(case.id, wish(case, SKIP), "", asker, clock=clock)
    with pytest.raises(errors.NotAllowed):
        intervening.ask(case.id, wish(case, SKIP), REASON, Who(1, "Basil", (Place("Coordinator"),)), clock=clock)


def test_a_review_that_owes_something_does_not_close_by_stepping_in(partnership, asker, clock):
    parts = tiny.task("work") + tiny.task("other") + tiny.end("done") + tiny.flow("begun", "work", "done")
    drawn = tiny.process("asb_case_review", parts, tiny.flow("other", "done"))
    procedures.publish({"p.bpmn": drawn}, by="tests", note="", clock=clock)
    case = tiny.begin("asb_case_review", clock)
    with pytest.raises(errors.Refused) as refused:
        asked(case, wish(case, SKIP), asker, clock)
    assert "while something is owed" in refused.value.problems["case"]
