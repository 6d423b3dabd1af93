"""Answers that are not finished: kept page by page, also when they are wrong, until the task is completed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.cases import access, apart, clocks, noting
from app.cases.access import Who
from app.clock import Clock
from app.forms import paths
from app.store import drafts, tasks
from app.store.history import Happened
from app.store.rows.cases import Case
from app.store.rows.drafts import TaskDraft
from app.tasks import claiming


def keep(task_id: UUID, values: Mapping[str, Any], page: int, who: Who, *, clock: Clock) -> None:
    """Merge the answers of one page (numbered from 1) into the draft. A task nobody has taken is taken with it.

    Raises ``CaseMovedOn`` when the task is not open any more or a colleague has taken it; ``NotFound`` when it is
    not this person's to know of, ``SetApart`` when somebody else must do it.
    """
    task, lines = tasks.load(task_id), list[Happened]()

    def write(case: Case) -> None:
        standing = tasks.load(task_id)
        access.check_may_do(who, standing)
        apart.check(standing, case, who)
        claiming.check_is_free(standing, who)
        at = clocks.of(case, clock)()
        if standing.person_id is None:
            standing.person_id, standing.taken_at = who.id, at
            if who.id is not None:  # the history says whose a task is, however it became theirs
                lines.append(claiming.told("task_taken", standing, clock(), who, who.id, who.name))
        before = drafts.of_task(task_id)
        answers = paths.merge(before.answers if before else {}, values)
        drafts.keep_task_draft(
            TaskDraft(
                task_id=task_id,
                case_id=standing.case_id,
                task_key=standing.key,
                answers=answers,
                page=page,
                saved_at=at,
                saved_by=who.id,
            )
        )

    noting.write_down(task.case_id, write, lines)
