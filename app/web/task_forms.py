"""A task's form, one page at a time: save, come back, check, finish. And what to say when somebody was faster."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.cases import clocks
from app.cases.access import AGENCIES
from app.forms import answers, paging, summary
from app.forms.answers import Submission, Upload
from app.forms.parts import Page
from app.forms.paths import merge
from app.status import aftermath, case_file
from app.tasks import asked, claiming, completing, drafting, foretelling
from app.tasks.asked import Asked
from app.tasks.foretelling import Foretold
from app.web import at_hand, briefing, typed, uploads
from app.web.signing_in import TASK, asking, open_to

bp = Blueprint("task_forms", __name__)
Answer = str | Response | tuple[str, int]
View = TypeVar("View", bound=Callable[..., Answer])
NO_UPLOADS: Mapping[str, Sequence[Upload]] = {}


def or_say_what_happened(view: View) -> View:
    """The view, or a page that says why the task is not open any more, with what was typed."""

    @wraps(view)
    def guarded(task_id: UUID, **more: Any) -> Answer:
        try:
            return view(task_id, **more)
        except errors.CaseMovedOn as moved:
            return _gone(task_id, str(moved)), 409

    return guarded  # type: ignore[return-value]


@bp.get("/tasks/<uuid:task_id>")
@open_to(TASK)
@or_say_what_happened
def task(task_id: UUID) -> Answer:
    """The task with the page of its form at which somebody stopped, or the first one."""
    now = _looked_at(task_id)
    pages = paging.pages(now.form, now.around)
    if not pages:
        return redirect(url_for("task_forms.check", task_id=task_id), code=303)
    stopped_at = now.draft.page if now.draft else 0
    return _page(now, next((page for page in pages if page.number >= stopped_at), pages[0]))


@bp.get("/tasks/<uuid:task_id>/<int:number>")
@open_to(TASK)
@or_say_what_happened
def page(task_id: UUID, number: int) -> Answer:
    """One page of the form, by its number from 1; one that does not apply leads on to the next that does."""
    now = _looked_at(task_id)
    if all(here.number != number for here in paging.pages(now.form, now.around)):
        return _to_page(task_id, paging.page_after(now.form, number, now.around))
    return _page(now, _find(now, number))


@bp.post("/tasks/<uuid:task_id>/<int:number>")
@open_to(TASK)
@or_say_what_happened
def answer(task_id: UUID, number: int) -> Answer:
    """Keep the answers of one page; then the next page, the check, or the same page with what is wrong."""
    if done := completing.finished(at_hand.posted("request_key")):
        return _finished(task_id, done.reference)
    now = asked.load(task_id, asking(), clock=at_hand.clock())
    here = _find(now, number)
    claiming.check_is_free(now.task, asking())
    stored, refused = uploads.keep(here)
    sent = _sent(now, here, stored)
    drafting.keep(task_id, sent.values, number, asking(), clock=at_hand.clock())
    if refused:
        return _page(now, here, replace(sent, problems={**sent.problems, **refused})), 422
    if sent.action == "save":
        return _saved(now)
    if sent.problems or sent.action != "continue":
        return _page(now, here, sent), 422 if sent.problems else 200
    return _onward(now, here, sent)


@bp.post("/tasks/<uuid:task_id>/<int:number>/draft")
@open_to(TASK)
def autosave(task_id: UUID, number: int) -> tuple[str, int]:
    """Keep what has been typed so far, without a page in answer."""
    now = asked.load(task_id, asking(), clock=at_hand.clock())
    sent = _sent(now, _find(now, number), NO_UPLOADS)
    drafting.keep(task_id, sent.values, number, asking(), clock=at_hand.clock())
    return "", 204


@bp.get("/tasks/<uuid:task_id>/check")
@open_to(TASK)
@or_say_what_happened
def check(task_id: UUID) -> Answer:
    """All answers, to read before the task is finished."""
    return _check(_looked_at(task_id))


@bp.post("/tasks/<uuid:task_id>/check")
@open_to(TASK)
@or_say_what_happened
def finish(task_id: UUID) -> Answer:
    """Finish the task with the answers of its draft."""
    if done := completing.finished(at_hand.posted("request_key")):
        return _finished(task_id, done.reference)
    now = asked.load(task_id, asking(), clock=at_hand.clock())
    return _complete(now, now.answers)


@bp.get("/tasks/<uuid:task_id>/finished/<reference>")
@open_to(TASK)
def finished(task_id: UUID, reference: str) -> str:
    """That it is done, and what happens next."""
    who = asking()
    after = aftermath.after(reference, task_id, who)
    return render_template("staff/finished.html", after=after, for_agency=aftermath.is_for_agency(who))


def _looked_at(task_id: UUID) -> Asked:
    """The task, opened to be read: it shows much of the case, so history knows who looked."""
    now = asked.load(task_id, asking(), clock=at_hand.clock())
    case_file.look(now.case.id, asking(), f"task {now.task.key}", clock=at_hand.clock())
    return now


def _find(now: Asked, number: int) -> Page:
    """The page of this number, also when it does not apply any more: what is sent from it is kept."""
    for here in now.form.pages:
        if here.number == number:
            return here
    raise errors.NotFound("This form has no such page.")


def _sent(now: Asked, here: Page, stored: Mapping[str, Sequence[Upload]]) -> Submission:
    return answers.take(here, request.form.to_dict(flat=False), now.around, uploads=stored, today=now.today)


def _saved(now: Asked) -> Response:
    """Back to the list; by a link there is none, so back to the task."""
    if asking().task_id is None:
        flash(f"Saved. ‘{now.task.name}’ waits in your tasks.", "success")
        return redirect(url_for("tasks.listed"), code=303)
    flash("Saved. You can close this page, and go on with the link in your letter.", "success")
    return redirect(url_for("task_forms.task", task_id=now.task.id), code=303)


def _onward(now: Asked, here: Page, sent: Submission) -> Answer:
    written = merge(now.answers, sent.values)
    around = merge(now.facts, written)
    following = paging.page_after(now.form, here.number, around)
    is_short = following is None and len(paging.pages(now.form, around)) == 1
    if is_short and not any(letter.leaves for letter in _letters(now, written)):
        return _complete(now, written)
    return _to_page(now.task.id, following)


def _to_page(task_id: UUID, following: Page | None) -> Response:
    if following is None:
        return redirect(url_for("task_forms.check", task_id=task_id), code=303)
    return redirect(url_for("task_forms.page", task_id=task_id, number=following.number), code=303)


def _complete(now: Asked, written: Mapping[str, Any]) -> Answer:
    key = at_hand.posted("request_key")[:64]
    try:
        case = completing.complete(now.task.id, written, asking(), key, clock=at_hand.clock())
    except completing.Unfinished as unfinished:
        return _check(now, _places(now, unfinished)), 422
    except errors.StillOwed as early:
        return _check(now, _owed(now, early), still_owed=True), 422
    return _finished(now.task.id, case.reference)


def _finished(task_id: UUID, reference: str) -> Response:
    return redirect(url_for("task_forms.finished", task_id=task_id, reference=reference), code=303)


def _page(now: Asked, here: Page, sent: Submission | None = None) -> str:
    pages = paging.pages(now.form, now.around)
    return render_template(
        "staff/task.html",
        questions=now.questions(here, sent),
        errors=sent.problems if sent else None,
        page=here,
        title=paging.title(here, now.around),
        at=pages.index(here) + 1 if here in pages else 1,
        of=len(pages),
        before=paging.page_before(now.form, here.number, now.around),
        request_key=uuid4().hex,
        **briefing.of(now, asking(), clocks.of(now.case, at_hand.clock())()),
    )


def _check(now: Asked, wrong: Mapping[str, str] | None = None, *, still_owed: bool = False) -> str:
    return render_template(
        "staff/check.html",
        sections=summary.sections(now.form, now.answers, now.facts),
        errors=wrong,
        still_owed=still_owed,
        page_url=lambda number: url_for("task_forms.page", task_id=now.task.id, number=number),
        letters=_letters(now, now.answers),
        request_key=uuid4().hex,
        **briefing.of(now, asking(), clocks.of(now.case, at_hand.clock())()),
    )


def _letters(now: Asked, written: Mapping[str, Any]) -> tuple[Foretold, ...]:
    """What goes out when the task is finished with these answers; an agency is not shown letters to others."""
    if now.task.role == AGENCIES:
        return ()
    return foretelling.letters(now, written, asking(), at_hand.settings(), clock=at_hand.clock())


def _places(now: Asked, unfinished: completing.Unfinished) -> dict[str, str]:
    """What is wrong with the answers, by the address at which each is put right."""
    return {
        f"{url_for('task_forms.page', task_id=now.task.id, number=number)}#{field}": says
        for number, problems in unfinished.pages.items()
        for field, says in problems.items()
    }


def _owed(now: Asked, early: errors.StillOwed) -> dict[str, str]:
    """What is owed before the case can close, by the address at which the case says where it is put right."""
    case = url_for("cases.overview", reference=now.case.reference)
    return {f"{case}#owed-{element}": says for element, says in early.problems.items()}


def _gone(task_id: UUID, says: str) -> str:
    """Who was faster, and what had been typed. Without the case's reference there is only a plain sentence."""
    who, reference = asking(), at_hand.posted("case")
    try:
        found = aftermath.gone(reference, task_id, who) if reference else None
    except errors.NotFound:  # what was typed is shown all the same
        found = None
    return render_template(
        "staff/gone.html",
        gone=found,
        says=found.says if found and not found.is_open else says,
        typed=typed.said(found.parts if found else {}, request.form.items(multi=True)),
        is_open=bool(found and found.is_open),
        for_agency=aftermath.is_for_agency(who),
        task_id=task_id,
    )
