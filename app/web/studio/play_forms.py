"""The real form of a play: the questions and checks of a case, on one page, and answers that are made up."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.editor.trying import answering, moving
from app.editor.trying.acts import Apply, Finish, Tell
from app.editor.trying.answering import Asking
from app.forms import answers, inventing, paging
from app.forms import asking as questions
from app.forms.answers import Submission
from app.forms.paths import merge
from app.web.signing_in import STAFF, open_to
from app.web.studio import stage
from app.web.studio.drafts import frame
from app.web.studio.overview import READERS
from app.web.studio.stage import Stage

bp = Blueprint("studio_try_forms", __name__, url_prefix="/studio/drafts/<uuid:draft_id>/try")
Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Open:
    """A form that is put before somebody, and the act that sending it is."""

    name: str
    says: str  # what the drawing tells them
    asking: Asking
    act: Apply | Finish | Tell


@bp.get("/form/<what>/<key>/<int:number>")
@open_to(STAFF, *READERS)
def shown(draft_id: UUID, what: str, key: str, number: int) -> str:
    """The form of the application, of an open task, or of news that comes in."""
    found = stage.needed(draft_id)
    return _page(found, _open(found, what, key, number), {}, {})


@bp.post("/form/<what>/<key>/<int:number>")
@open_to(STAFF, *READERS)
def sent(draft_id: UUID, what: str, key: str, number: int) -> Answer:
    """Send the form, fill it with made-up answers, or add a row to it."""
    found = stage.needed(draft_id)
    here = _open(found, what, key, number)
    values, typed = _taken(here.asking)
    if request.form.get("action") == "made_up":
        return _page(found, here, _made_up(here.asking), {})
    if any(one.action != "continue" for one in typed.values()):
        return _page(found, here, values, typed)
    try:
        stage.act(found, replace(here.act, answers=values))
    except errors.Refused as refused:
        return _page(found, here, values, typed, refused.problems), 422
    return redirect(url_for("studio_try.shown", draft_id=draft_id), code=303)


def _open(found: Stage, what: str, key: str, number: int) -> Open:
    play = found.opened.done
    if what == "begin":
        asked = answering.of_start(found.ground, play) if found.asks_first else None
        if asked is None:
            raise errors.CaseMovedOn("The play has begun already.")
        return Open(asked.form.title, "", asked, Apply())
    if what == "message":
        if key not in found.stand.expects:
            raise errors.CaseMovedOn("The drawing does not wait for this now.")
        asked = answering.of_message(found.ground, play, found.stand, key)
        return Open(found.ground.messages(found.process)[key], "", asked, Tell(key))
    if what != "task":
        raise errors.NotFound("There is no such form.")
    task = stage.task(found, key, number)
    run = moving.wake(found.ground, play, found.stand)
    asked = answering.of_task(found.ground, play, found.stand, run, task)
    return Open(task.name, task.instructions, asked, stage.meant(found.stand, task))


def _taken(asked: Asking) -> tuple[dict[str, Any], dict[int, Submission]]:
    """The answers that were sent, and each page as it was typed. Pages that do not apply are passed over."""
    posted, values, typed = request.form.to_dict(flat=False), dict[str, Any](), dict[int, Submission]()
    for page in asked.form.pages:
        around = merge(asked.facts, values)
        if paging.applies(page, around):
            typed[page.number] = answers.take(page, posted, around, today=asked.today)
            values = merge(values, typed[page.number].values)
    return values, typed


def _made_up(asked: Asking) -> dict[str, Any]:
    """Answers that the form accepts; none where it accepts none that could be made up."""
    try:
        return inventing.invent(asked.form, asked.facts, today=asked.today)
    except inventing.NotAccepted:
        return {}


def _page(
    found: Stage,
    here: Open,
    values: Mapping[str, Any],
    typed: Mapping[int, Submission],
    problems: Mapping[str, str] | None = None,
) -> str:
    around = merge(here.asking.facts, values)
    parts = []
    for page in paging.pages(here.asking.form, around):
        own = typed.get(page.number)
        if own is not None and not problems:
            own = replace(own, problems={})
        parts.append({"title": paging.title(page, around), "questions": questions.questions(page, around, own)})
    back = {"href": url_for("studio_try.shown", draft_id=found.draft.id), "text": "Back to the play"}
    return render_template(
        "studio/try_form.html",
        form=here,
        parts=parts,
        errors=dict(problems) if problems else None,
        **frame(found.draft, "try") | {"back": back},
    )
