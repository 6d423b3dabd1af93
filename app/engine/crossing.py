"""Taking a run over to another version of its drawings: what fits there, what does not, and doing it.

What is compared is only what the case stands at, by the ids of its elements: SpiffWorkflow's own ``migrate_workflow``
needs every task that ever ran and every predicted one, which a snapshot does not hold, and refuses a step whose
boundary events changed. Here a step that is open keeps its id and its answers; time limits that are new begin to run,
those that are gone run no more, and a step that is gone needs somebody to say where its token goes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.control import _EndJoin
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app import errors
from app.drawing.model import ACTIVITIES
from app.engine import carrying, joins, notes, scopes, snapshot
from app.engine.carrying import Lost
from app.engine.library import Procedure
from app.engine.nearing import NEAR
from app.engine.run import Run
from app.engine.timing import TIMERS, CycleTimer, LimitTimer
from app.engine.views import EDGE, timers_of

__all__ = ["BACK", "CREDIT", "KEEP", "RESTART", "Lost", "Way", "crossed", "lost", "place", "redirected"]

KEEP, RESTART, CREDIT, BACK = "keep", "restart", "credit", "back"
RESTARTED = "restarted_from"  # in a note: when the limit began before a move started it anew


@dataclass(frozen=True)
class Way:
    """How a run is taken over: what becomes of limits that read otherwise, and where what is lost goes."""

    rule: str = KEEP  # or ``RESTART`` from now, ``CREDIT`` from when it began, ``BACK`` to how it was
    goes: Mapping[str, str] = field(default_factory=dict)  # {element that is gone: element to stand at instead}


def lost(kept: bytes, here: Procedure, there: Procedure) -> tuple[Lost, ...]:
    """What the run stands at that ``there`` does not have in its place. ``CannotGoOn`` where nothing of it fits."""
    return carrying.carried(snapshot.read(kept), here, there)[1]


def crossed(run: Run, there: Procedure, way: Way, *, at: datetime, opened_at: datetime) -> Run:
    """The run in the other drawings, settled. ``run`` is left as it is.

    Raises ``CannotGoOn``, naming the element, where it cannot go on there; nothing was done to anything then.
    """
    record, gone = carrying.carried(snapshot.read(run.put_away()), run.procedure, there)
    for one in gone:
        if one.key not in way.goes:
            raise errors.CannotGoOn(f"‘{one.name}’ is open, and is not in the other version.", element=one.key)
    new = Run.wake(snapshot.written(record), there, at=at, opened_at=opened_at)
    for one in gone:
        place(new, one.scope, way.goes[one.key])
    _begin_new(new)
    _lay_rules(run, new, way.rule)
    new.settle()
    _check_goes_on(new, _starved(run))
    return new


def redirected(run: Run, task_id: UUID, to: str | None, *, at: datetime, opened_at: datetime) -> Run:
    """The run with the token of an open task at another step of its page, or taken away for None; settled.

    ``run`` is left as it is. Raises ``CaseMovedOn`` where the task is not open, and ``CannotGoOn`` where the case could
    not go on so.
    """
    record, gone = carrying.carried(snapshot.read(run.put_away()), run.procedure, run.procedure, {task_id.hex})
    if not gone:
        raise errors.CaseMovedOn("This step is not open any more.")
    new = Run.wake(snapshot.written(record), run.procedure, at=at, opened_at=opened_at)
    if to is not None:
        place(new, gone[0].scope, to)
    elif not _is_busy(new, gone[0].scope):
        raise errors.CannotGoOn("It is the only branch. Move it to another step instead.", element=gone[0].key)
    new.settle()
    _check_goes_on(new, _starved(run))
    return new


def _is_busy(run: Run, scope: str | None) -> bool:
    """Whether a page has a token left."""
    page = run._workflow if scope is None else run._workflow.subprocesses[UUID(scope)]
    return any(task.has_state(scopes.LIVE) and not isinstance(task.task_spec, _EndJoin) for task in page.tasks.values())


def place(run: Run, scope: str | None, key: str) -> None:
    """Let a token begin at an element of the page with this id, None for the process itself. ``CannotGoOn``."""
    workflow = run._workflow
    page = workflow if scope is None else workflow.subprocesses.get(UUID(scope))
    specs = page.spec.task_specs if page is not None else {}
    spec = specs.get(key + EDGE) or specs.get(key)
    drawn = [one.by_id[key] for one in run.procedure.drawings.values() if key in one.by_id]
    if page is None or spec is None or not any(one.kind in ACTIVITIES for one in drawn):
        raise errors.CannotGoOn(f"There is no step ‘{key}’ to go to.", element=key)
    child = page.task_tree._add_child(spec, TaskState.FUTURE)
    child.task_spec._predict(child, mask=TaskState.NOT_FINISHED_MASK)
    child.task_spec._update(child)


def _begin_new(run: Run) -> None:
    """Let the timers begin that the case has met only now."""
    for scope in scopes.open_scopes(run._workflow):
        for task in scope.tasks.values():
            for timer in timers_of(task).values() if task.has_state(TaskState.WAITING) else ():
                timer.has_fired(task)


def _lay_rules(old: Run, new: Run, rule: str) -> None:
    """Hold each limit that ran already, and reads otherwise now, to the rule. A cycle reads its own anew each time."""
    if rule == KEEP:
        return
    before = {(task.id, key): task for task, key, _ in old._noted()}
    for task, key, noted in [one for one in new._noted() if not one[1].endswith(NEAR)]:
        timer, then = timers_of(task)[key], before.get((task.id, key))
        if then is None or isinstance(timer, CycleTimer):
            continue
        anew = _anew(timer, task, timers_of(then)[key], then, noted, rule)
        if anew is not noted:
            task.internal_data[TIMERS][key] = anew
            task.internal_data[TIMERS].pop(key + NEAR, None)  # counted anew beside it


def _anew(timer: LimitTimer, task: Task, was: LimitTimer, then: Task, noted: notes.Note, rule: str) -> notes.Note:
    """The note as the rule says; the same where the limit reads as it did."""
    now = timer.rule(task)
    restarted = noted.get(RESTARTED)
    if not now or (was.rule(then) == now and not (rule == BACK and restarted)):
        return noted
    laid = dict(noted) | {"rule": now, "stale": True}
    if rule == RESTART:
        at = task.workflow.script_engine.at.isoformat()
        return laid | {"begun_at": at, RESTARTED: restarted or notes.begun_at(noted).isoformat()}
    if rule == BACK and restarted:
        del laid[RESTARTED]
        laid["begun_at"] = restarted
    return laid


def _check_goes_on(run: Run, starved: set[str]) -> None:
    if run.is_over or not (run.open_tasks() or run.waiting_timers() or run.waits_for_messages()):
        raise errors.CannotGoOn("Nobody and nothing could move the case on there.")
    if waits := sorted(_starved(run) - starved):
        says = "Branches meet there, and one of them would never come."
        raise errors.CannotGoOn(says, element=waits[0])


def _starved(run: Run) -> set[str]:
    """The parallel gateways that a token can come to, and that would then wait for ever for another."""
    return {
        spec.bpmn_id
        for scope in scopes.open_scopes(run._workflow)
        for spec in scope.spec.task_specs.values()
        if isinstance(spec, joins.Parallel) and len(spec.inputs) > 1 and _starves(scope, spec)
    }


def _starves(scope: Any, spec: Any) -> bool:
    come = {task.parent.task_spec.name for task in joins.standing_before(scope, spec)}
    standing = {t.task_spec.name for t in scope.tasks.values() if t.has_state(scopes.LIVE) and t.task_spec is not spec}
    may_come = [bool(one.name in come or spec._before([one]) & standing) for one in spec.inputs]
    return any(may_come) and not all(may_come)
