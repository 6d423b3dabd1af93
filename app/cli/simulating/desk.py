"""People finishing their tasks: who does each, when, and with what answers. Every one goes through ``advance``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app import errors
from app.cases import access, advancing, apart, marking, procedures, telling
from app.cases.access import AGENCIES, Who
from app.cases.advancing import Step
from app.cli.simulating import answering, outcomes, pace
from app.cli.simulating.answering import Asked
from app.cli.simulating.staff import Doer
from app.cli.simulating.world import World
from app.engine.run import OpenTask, Run
from app.forms import answers as checking
from app.forms import inventing
from app.intake.applying import APPLICANT
from app.law import calendar
from app.store import history, tasks
from app.store.history import Happened
from app.store.rows.cases import Case, Task
from app.tasks import claiming

AGAIN = 24.0  # working hours after which somebody tries again to close a case that still owes something
TAKEN = 0.5  # of the tasks that are open at the present somebody has begun with so many
LOOK = timedelta(minutes=20)  # after an act the worker looks at the latest
EARLY, LATE = -7, 2  # working days around an agreed day on which an action is done


@dataclass(frozen=True)
class Work:
    """One open task, as much of it as its doer needs."""

    id: UUID
    key: str
    name: str
    process: str
    role: str
    agency: str | None
    form: str
    item: Any

    @classmethod
    def of_row(cls, task: Task) -> "Work":
        """From the index of open tasks."""
        return cls(task.id, task.key, task.name, task.process, task.role, task.agency_key, task.form, task.item)

    @classmethod
    def of_run(cls, task: OpenTask, asker: str) -> "Work":
        """From a run that is awake."""
        role = access.APPLICANT if asker and task.role == asker else task.role
        return cls(task.id, task.key, task.name, task.process, role, telling.agency_of(task.item), task.form, task.item)


def opened(world: World, case: Case, several: Iterable[Work]) -> None:
    """Find somebody for each of these tasks of a case, and put down when they finish it."""
    for work in sorted(several, key=lambda one: (one.key, one.agency or "", str(one.item))):
        _assign(world, case, work)


def _assign(world: World, case: Case, work: Work) -> None:
    story, at = world.story_of(case), world.clock()
    chance = story.chance(work.key, work.agency)
    if pace.is_never_done(work.key, work.agency, chance):
        return
    doer = _doer(world, case, work)
    slow = doer.pace * world.hours.slowness(at)
    begins = max(at, _not_before(world, case, work))
    ends = world.hours.after(begins, pace.working_hours(work.key, work.agency, at, world.present, chance) * slow)
    if work.key == "do_action" and (due := _agreed_day(work)):
        ends = max(ends, _around(world, due, chance.randint(EARLY, LATE) * slow))
    if work.role != access.APPLICANT:
        ends = world.staff.book(doer.who.name, ends)
    if ends < world.present:
        world.agenda.put(ends, lambda: finish(world, case, work, doer.who))
    elif doer.who.id is not None and chance.random() < TAKEN:
        takes = world.hours.after(at + (world.present - at) * chance.random(), chance.uniform(0.2, 6))
        world.agenda.put(takes, lambda: _take(world, work, doer.who))


def _take(world: World, work: Work, who: Who) -> None:
    """Somebody takes a task that will not be finished before the present."""
    try:
        claiming.take(work.id, who, clock=world.clock)
    except (errors.CaseMovedOn, errors.NotFound, errors.SetApart):  # it is not open any more
        return


def _doer(world: World, case: Case, work: Work) -> Doer:
    if work.role == access.APPLICANT:
        return Doer(Who(None, APPLICANT, ()))
    before = world.set_apart(case, work.process, work.key)
    told = history.finished([case.id], {one.key for one in before}) if before else []
    agency = work.agency if work.role == AGENCIES else None
    chance = world.story_of(case).chance("doer", work.key, agency)
    return world.staff.pick(work.role, agency, apart.barred(before, told), chance)


def _not_before(world: World, case: Case, work: Work) -> datetime:
    """A panel is not recorded before it was held."""
    held: date | None = world.story_of(case).held_at if work.key == "record_panel" else None
    return _around(world, held, 0) if held else world.clock()


def _agreed_day(work: Work) -> date | None:
    due = work.item.get("due_on") if isinstance(work.item, Mapping) else None
    return date.fromisoformat(due[:10]) if isinstance(due, str) else None


def _around(world: World, day: date, days: float) -> datetime:
    """The middle of a working day, some working days after another."""
    middle = calendar.end_of(day - timedelta(days=1))
    return world.hours.after(middle + timedelta(days=min(0, int(days))), 4 + 8 * max(0.0, days))


def finish(world: World, case: Case, work: Work, who: Who) -> None:
    """Finish a task, unless time or somebody else has taken it away; what opens then finds its people in turn."""
    story, at = world.story_of(case), world.clock()
    says: dict[str, Any] = {"name": work.name, "task": work.id.hex}
    awake: list[Run] = []
    before: set[UUID] = set()

    def act(run: Run) -> None:
        says["answers"] = _answers(world, case, work, run.seen_by(work.id))
        before.update(task.id for task in run.open_tasks())
        run.complete(work.id, says["answers"])
        awake.append(run)

    event = Happened("task_completed", work.key, at, who.name, who.id, says)
    try:
        moved = advancing.advance(case.id, Step(act, event), clock=world.clock)
    except errors.CaseMovedOn:
        world.done["taken away"] += 1
        return
    except errors.StillOwed:
        world.agenda.put(world.hours.after(at, AGAIN), lambda: finish(world, case, work, who))
        return
    world.done["tasks"] += 1
    run = awake[0]
    opened(world, moved, [Work.of_run(t, access.APPLICANT) for t in run.open_tasks() if t.id not in before])
    world.look_by(min((t.due_at for t in run.waiting_timers()), default=None))
    if run.effects or run.is_over:
        world.look_by(at + LOOK)
    outcomes.after(world, moved, story, work.key, run)


def _answers(world: World, case: Case, work: Work, seen: Mapping[str, Any]) -> dict[str, Any]:
    """Answers that the form accepts, as the page would keep them."""
    form = procedures.form(case.release_key, work.form)
    if form is None:
        return {}
    story, today = world.story_of(case), calendar.day_of(world.clock())
    chance = story.chance("answers", work.key, work.agency)
    known = answering.given(work.key, Asked(story, chance, seen, today, world.hours))
    made = inventing.invent(form, seen, today=today, given=known, choose=answering.chooser(chance))
    return marking.recorded(checking.applicable(form, made, seen, today=today))


def found(world: World, at: datetime) -> None:
    """Find somebody for every task that opened at an instant, in all cases."""
    of_case: dict[UUID, tuple[Case, list[Work]]] = {}
    for task, case in tasks.opened_at(at):
        of_case.setdefault(case.id, (case, []))[1].append(Work.of_row(task))
    for case, several in of_case.values():
        opened(world, case, several)
