"""An open task as it is put before somebody: its form, and the facts and the draft it begins with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from app.cases import access, apart, clocks, for_agency, procedures
from app.cases.access import Who
from app.clock import Clock
from app.engine.run import Run
from app.forms import asking, drawn, paths
from app.forms.answers import Submission
from app.forms.nodes import Question
from app.forms.parts import Form, Page
from app.law import calendar
from app.store import cases, drafts, tasks
from app.store.rows.cases import Case, Task
from app.store.rows.drafts import TaskDraft


@dataclass(frozen=True)
class Asked:
    """A task with everything that its page shows."""

    task: Task
    case: Case
    form: Form
    snapshot: bytes  # of the run it stands in
    facts: Mapping[str, Any]  # as the task sees them, without the draft
    draft: TaskDraft | None
    today: date

    @property
    def answers(self) -> dict[str, Any]:
        """What has been written so far."""
        return dict(self.draft.answers) if self.draft else {}

    @cached_property
    def around(self) -> dict[str, Any]:
        """The facts with the draft merged in."""
        return paths.merge(self.facts, self.answers)

    def questions(self, page: Page, sent: Submission | None = None) -> list[Question]:
        """What a page asks, filled with what was just sent, else with the draft and what the case knows already."""
        return asking.questions(page, self.around, sent)


def load(task_id: UUID, who: Who, *, clock: Clock) -> Asked:
    """The task. Raises ``NotFound`` when it is not this person's to know of, ``CaseMovedOn`` when it is not open.

    ``SetApart`` when what they did before in the case keeps them from it.
    """
    task = tasks.load(task_id)
    access.check_may_do(who, task)
    case = cases.load(task.case_id)
    apart.check(task, case, who)
    at = clocks.of(case, clock)()
    kept = cases.snapshot(case.id)
    run = Run.wake(kept, procedures.of(case), at=at, opened_at=case.opened_at)
    facts = run.seen_by(task.id)
    if task.role == access.AGENCIES:
        facts = for_agency.told(facts, run.facts, task.agency_key or "")
    return Asked(task, case, form_of(case, task), kept, facts, drafts.of_task(task_id), calendar.day_of(at))


def form_of(case: Case, task: Task) -> Form:
    """What the drawing itself asks, or the form that it names, or the plain one: what came of it, and notes."""
    question = procedures.of(case).asked(task.form)
    if question is not None:
        return drawn.of(question)
    named = procedures.form(case.release_key, task.form) if task.form else None
    return named or drawn.plain(task.key, task.name)
