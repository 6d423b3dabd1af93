"""Finishing a task: its answers are checked as a whole, and the case moves on with those that apply."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app import errors
from app.cases import advancing, marking
from app.cases.access import Who
from app.cases.advancing import Step
from app.clock import Clock
from app.forms import answers as forms
from app.forms import files
from app.store import cases, drafts
from app.store.history import Happened
from app.store.rows.cases import Case
from app.tasks import asked, claiming


class Unfinished(errors.Refused):
    """Some answers need correcting. ``pages`` says where: {page number: {field name: what to do about it}}."""

    def __init__(self, pages: dict[int, dict[str, str]]) -> None:
        super().__init__({field: says for problems in pages.values() for field, says in problems.items()})
        self.pages = pages


def finished(request_key: str) -> Case | None:
    """The case that a post with this key has moved already; None when it has not been dealt with."""
    case_id = drafts.answered(request_key) if request_key else None
    return cases.load(case_id) if case_id else None


def complete(task_id: UUID, answers: Mapping[str, Any], who: Who, request_key: str, *, clock: Clock) -> Case:
    """Finish a task with these answers and let the case move on. The same post again gets its first answer.

    Raises ``Unfinished`` when an answer will not do; ``CaseMovedOn`` when a timer or a colleague was faster;
    ``NotFound`` when the task is not this person's, ``SetApart`` when somebody else must do it; ``StillOwed`` when the
    case would close while something is owed; ``CannotGoOn`` when the drawing cannot be followed.
    """
    if done := finished(request_key):
        return done
    try:
        now = asked.load(task_id, who, clock=clock)
    except errors.CaseMovedOn:
        if done := finished(request_key):  # the same post, a moment ago
            return done
        raise
    claiming.check_is_free(now.task, who)
    if problems := forms.check_all(now.form, answers, now.facts, today=now.today):
        raise Unfinished(problems)
    kept = marking.recorded(forms.applicable(now.form, answers, now.facts, today=now.today))
    says = {"name": now.task.name, "answers": kept, "task": task_id.hex}
    event = Happened("task_completed", now.task.key, clock(), who.name, who.id, says)

    def tidy(case: Case) -> None:
        drafts.drop_task_draft(task_id)
        drafts.claim_documents(list(files.ids(kept)), case.id)

    step = Step(lambda run: run.complete(task_id, kept), event, also=tidy, request_key=request_key)
    return advancing.advance(now.case.id, step, clock=clock)
