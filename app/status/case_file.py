"""Everything about one case that its pages show, read once. Every opening is written down: who, when, which page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from app.cases import access, clocks, noting, procedures
from app.cases.access import Who
from app.clock import Clock
from app.engine.library import Procedure
from app.engine.run import Run
from app.store import cases, drafts, history, people, tasks, timers
from app.store.rows.cases import Case, Incident, Task, Timer
from app.store.rows.drafts import Document
from app.store.rows.history import Event, Message, Reading


@dataclass(frozen=True)
class CaseFile:
    """A case as it stands at ``now``. What is not always needed is read when it is asked for."""

    case: Case
    now: datetime
    tasks: Sequence[Task]  # open ones, the most urgent first

    @cached_property
    def procedure(self) -> Procedure:
        """The drawings this case follows."""
        return procedures.of(self.case)

    @cached_property
    def run(self) -> Run:
        """The run of the case, woken to be looked at: nothing that is done to it is kept."""
        kept = cases.snapshot(self.case.id)
        return Run.wake(kept, self.procedure, at=self.now, opened_at=self.case.opened_at)

    @property
    def facts(self) -> Mapping[str, Any]:
        """The facts of the case."""
        return self.run.facts

    @cached_property
    def events(self) -> list[Event]:
        """Its history, oldest first."""
        return history.of_case(self.case.id)

    @cached_property
    def timers(self) -> list[Timer]:
        """Every timer it has had, by due instant."""
        return timers.of_case(self.case.id)

    @cached_property
    def messages(self) -> list[Message]:
        """Its letters, newest first."""
        return history.messages(self.case.id)

    @cached_property
    def documents(self) -> list[Document]:
        """The files that were sent for it, newest first, without their content."""
        return drafts.documents(self.case.id)

    @cached_property
    def incidents(self) -> list[Incident]:
        """What has stopped it, if anything."""
        return [incident for incident, _ in cases.incidents(case_id=self.case.id)] if self.case.is_stopped else []

    @cached_property
    def names(self) -> dict[int, str]:
        """The names of those who have taken its tasks."""
        return people.names(task.person_id for task in self.tasks if task.person_id)

    def step_of(self, timer: Timer) -> str:
        """The name of the step that a timer watches, else its own label."""
        drawing = self.procedure.drawing_of(timer.process)
        element = drawing.by_id.get(timer.task_key) if drawing else None
        return element.name if element and element.name else timer.name

    @cached_property
    def steps(self) -> dict[str, str]:
        """The name of the step that each boundary event of the drawings hangs on, by the event's id."""
        found = (drawing.by_id for drawing in self.procedure.drawings.values())
        return {e.id: by_id[e.attached_to].name for by_id in found for e in by_id.values() if e.attached_to in by_id}

    @cached_property
    def agencies(self) -> dict[str, str]:
        """Names of agencies by key."""
        return {agency.key: agency.name for agency in people.agencies()}


def opened(reference: str, who: Who, page: str, *, clock: Clock) -> CaseFile:
    """The case with this reference, and a line that says who looked. ``NotFound`` where it is not theirs to see."""
    case = cases.by_reference(reference)
    open_tasks = tasks.of_case(case.id)
    access.check_may_see_case(who, open_tasks)
    look(case.id, who, page, clock=clock)
    return CaseFile(case, clocks.of(case, clock)(), open_tasks)


def look(case_id: UUID, who: Who, page: str, *, clock: Clock) -> None:
    """Write down that somebody looked at a page about this case."""
    reading = Reading(case_id=case_id, person_id=who.id, name="" if who.id else who.name, at=clock(), page=page)
    noting.write_down(case_id, lambda _: history.add(reading))
