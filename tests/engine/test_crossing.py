"""Taking a run over to another version of its drawings."""

from datetime import timedelta

import pytest

from app import errors
from app.engine import crossing
from app.engine.crossing import BACK, CREDIT, KEEP, RESTART, Way
from app.engine.library import procedure
from tests.engine.bench import MONDAY, Case
from tests.walks.tiny import end, flow, limit, process, task


def drawn(*parts, name="p", beside=""):
    return procedure({"p.bpmn": process(name, *parts, beside=beside)})


def watched(rule="3 days", *, steps=("work", "done"), more=""):
    tasks = "".join(map(task, steps[:-1]))
    ending = end("done", "late_done") + flow("begun", *steps) + flow("late", "late_done")
    return drawn(tasks + limit("late", "work", rule) + more + ending)


def unwatched(*steps):
    return drawn("".join(map(task, steps[:-1])) + end(steps[-1]) + flow("begun", *steps))


FORK = '<parallelGateway id="fork"/><parallelGateway id="meet"/>'


def forked(*branches):
    ways = "".join(task(one) + flow("fork", one, "meet") for one in branches)
    return drawn(FORK + ways + end("done") + flow("begun", "fork") + flow("meet", "done"))


INNER = '<subProcess id="inner" name="Inner"><startEvent id="in"/>{}</subProcess>'


def paged(*steps, after="done"):
    inner = "".join(map(task, steps)) + end("out") + flow("in", *steps, "out")
    return drawn(INNER.format(inner) + limit("late", "inner", "9 days") + end("done") + flow("begun", "inner", "done"))


def crossed(case, there, rule=KEEP, days=0, **goes):
    case.at = case.at + timedelta(days=days)
    case.wake()
    case.run = crossing.crossed(case.run, there, Way(rule, goes), at=case.at, opened_at=MONDAY)
    case.procedure = there
    return case


def begun(here, *done):
    case = Case.follow(here, "p")
    for key in done:
        case.do(key)
    return case


def woken(case):
    case.wake()
    return case


def is_lost(case, there):
    return [one.key for one in crossing.lost(case.run.put_away(), case.procedure, there)]


def test_an_open_step_goes_on_as_itself_and_the_new_step_comes_after_it():
    case = begun(unwatched("work", "done"))
    before = case.run.open_tasks()[0].id
    crossed(case, unwatched("work", "check", "done"))
    assert case.run.open_tasks()[0].id == before
    assert case.do("work").open() == ["check"]
    assert case.do("check").run.is_over


@pytest.mark.parametrize(
    ("rule", "late"),
    [(KEEP, "2026-03-06"), (RESTART, "2026-03-10"), (CREDIT, "2026-03-08")],  # from Monday 2, moved on Wednesday 4
)
def test_a_limit_that_reads_otherwise_is_kept_or_started_anew_or_counted_from_when_it_began(rule, late):
    case = crossed(begun(watched("3 days")), watched("5 days"), rule, days=2)
    assert case.timers()["late"].date().isoformat() == late
    assert woken(case).timers()["late"].date().isoformat() == late


def test_a_limit_that_reads_the_same_never_begins_anew():
    case = crossed(begun(watched("3 days")), watched("3 days", steps=("work", "check", "done")), RESTART, days=2)
    assert case.timers()["late"].date().isoformat() == "2026-03-06"


@pytest.mark.parametrize("rule", [KEEP, RESTART, CREDIT])
def test_the_way_back_gives_the_day_that_stood_before(rule):
    here, there = watched("3 days"), watched("5 days")
    case = begun(here)
    before = case.timers()
    crossed(case, there, rule, days=1)
    assert crossed(case, here, BACK, days=1).timers() == before
    assert case.fire("late").run.is_over


def test_a_limit_that_is_new_begins_to_run_and_one_that_is_gone_does_not():
    case = crossed(begun(unwatched("work", "done")), watched("3 days"), days=2)
    assert case.timers()["late"].date().isoformat() == "2026-03-08"
    assert case.open() == ["work"]
    crossed(case, unwatched("work", "done"))
    assert (case.open(), case.timers()) == (["work"], {})
    assert case.do("work").run.is_over


def test_a_second_limit_on_an_open_step_begins_beside_the_first():
    more = limit("soon", "work", "1 days", interrupts=False) + end("told") + flow("soon", "told")
    case = crossed(begun(watched()), watched(more=more))
    assert sorted(case.timers()) == ["late", "soon"]
    case.fire("soon").do("work")
    assert case.run.is_over


def test_a_step_that_is_gone_needs_somebody_to_say_where_its_token_goes():
    case, there = begun(watched()), unwatched("first", "second", "done")
    assert is_lost(case, there) == ["work"]
    with pytest.raises(errors.CannotGoOn, match="‘work’ is open"):
        crossed(case, there)
    crossed(case, there, work="second")
    assert (woken(case).open(), case.timers()) == (["second"], {})
    assert case.do("second").run.is_over


def test_a_token_may_go_to_a_step_that_has_a_limit_of_its_own():
    case = crossed(begun(unwatched("first", "done")), watched(), first="work")
    assert (case.open(), list(case.timers())) == (["work"], ["late"])
    assert woken(case).do("work").run.is_over


def test_a_step_of_another_kind_is_another_step():
    here = unwatched("work", "done")
    there = drawn(INNER.replace("inner", "work").format(task("a") + end("out") + flow("in", "a", "out")))
    assert is_lost(begun(here), there) == ["work"]


def test_branches_that_wait_for_each_other_meet_in_the_other_version():
    case = crossed(begun(forked("a", "b"), "a"), forked("a", "b"))
    assert woken(case).do("b").run.is_over


def test_a_branch_that_never_began_keeps_a_case_where_it_is():
    case = begun(forked("a", "b"), "a")
    with pytest.raises(errors.CannotGoOn, match="one of them would never come") as refused:
        crossed(case, forked("a", "b", "c"))
    assert refused.value.element == "meet"


def test_a_branch_that_arrived_from_a_step_that_is_gone_keeps_a_case_where_it_is():
    with pytest.raises(errors.CannotGoOn, match="is not in the other version"):
        crossed(begun(forked("a", "b"), "a"), forked("x", "b"))


def test_inside_a_subprocess_the_same_holds():
    case = crossed(begun(paged("a", "b")), paged("a", "c", "b"))
    assert case.open() == ["a"] and list(case.timers()) == ["late"]
    assert case.do("a").open() == ["c"]
    assert is_lost(case, paged("a", "b")) == ["c"]
    crossed(case, paged("a", "b"), c="b")
    assert woken(case).do("b").run.is_over


def test_a_subprocess_that_is_gone_is_one_choice_and_its_inside_goes_with_it():
    case, there = begun(paged("a")), unwatched("first", "done")
    assert is_lost(case, there) == ["inner"]
    crossed(case, there, inner="first")
    assert (woken(case).open(), case.timers()) == (["first"], {})


def test_a_procedure_that_is_not_there_at_all_cannot_be_gone_over_to():
    with pytest.raises(errors.CannotGoOn, match="does not have this procedure"):
        crossed(begun(watched()), drawn(task("a") + flow("begun", "a"), name="other"))


@pytest.mark.parametrize("to", ["nowhere", "done", "p.EndJoin", "Start"])
def test_a_token_cannot_go_to_what_is_no_step(to):
    with pytest.raises(errors.CannotGoOn, match=f"no step ‘{to}’"):
        crossed(begun(watched()), unwatched("first", "done"), work=to)


def redirected(case, key, to):
    task_id = next(task.id for task in case.run.open_tasks() if task.key == key)
    case.run = crossing.redirected(case.run, task_id, to, at=case.at, opened_at=MONDAY)
    return case


def test_a_token_moves_to_another_step_and_leaves_its_limit_behind():
    case = redirected(begun(watched(steps=("work", "check", "done"))), "work", "check")
    assert (woken(case).open(), case.timers()) == (["check"], {})
    redirected(case, "check", "work")
    assert (woken(case).open(), list(case.timers())) == (["work"], ["late"])
    assert case.do("work").do("check").run.is_over


def test_a_branch_that_others_wait_for_is_not_cancelled():
    with pytest.raises(errors.CannotGoOn, match="one of them would never come"):
        redirected(begun(forked("a", "b")), "a", None)


def test_a_branch_that_nobody_waits_for_is_cancelled():
    ways = task("a") + task("b") + flow("fork", "a", "done") + flow("fork", "b", "over")
    here = drawn('<parallelGateway id="fork"/>' + ways + end("done", "over") + flow("begun", "fork"))
    case = redirected(begun(here), "a", None)
    assert woken(case).open() == ["b"]
    assert case.do("b").run.is_over


def test_the_only_branch_of_a_page_is_not_cancelled():
    with pytest.raises(errors.CannotGoOn, match="the only branch"):
        redirected(begun(paged("a")), "a", None)
