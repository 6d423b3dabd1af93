"""Answering by the link in a letter: what is asked, who answers, and then the task's own pages.

Following a link changes nothing, because mail scanners follow links too: only the button does. Until somebody has said
who they are, the page names the agency, the case and what is asked, and nobody in it.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.cases import access
from app.law import wording
from app.notify.answer_links import LIVES
from app.status import aftermath
from app.tasks import by_link
from app.tasks.by_link import Asked, Told
from app.web import at_hand, came_by_link
from app.web.pages import time_left
from app.web.signing_in import EVERYBODY, open_to, signed_in_now

bp = Blueprint("answering", __name__, url_prefix="/answer")
Answer = str | Response | tuple[str, int]


@bp.get("/<token>")
@open_to(EVERYBODY)
def link(token: str) -> Answer:
    """What is asked, by when and why."""
    return _page(token, by_link.look(token, clock=at_hand.clock()))


@bp.post("/<token>")
@open_to(EVERYBODY)
def begun(token: str) -> Answer:
    """Say who answers, and go on to the task."""
    told = Told(at_hand.posted("name"), at_hand.posted("email"), at_hand.posted("acts") == "yes")
    try:
        link_hash, who = by_link.begin(token, told, clock=at_hand.clock())
    except errors.Refused as refused:
        return _page(token, by_link.look(token, clock=at_hand.clock()), refused.problems)
    except errors.CaseMovedOn:
        return _page(token, by_link.look(token, clock=at_hand.clock()))
    came_by_link.remember(link_hash, who)
    return redirect(url_for("task_forms.task", task_id=who.task_id), code=303)


@bp.post("/<token>/new")
@open_to(EVERYBODY)
def renewed(token: str) -> Answer:
    """Send a new link to the agency's own address."""
    asked = by_link.look(token, clock=at_hand.clock())
    try:
        by_link.renew(token, clock=at_hand.clock())
    except errors.CaseMovedOn:
        return _page(token, asked)
    return render_template("public/answer_sent.html", asked=asked)


@bp.post("/leave")
@open_to(EVERYBODY)
def left() -> str:
    """Forget in this browser who came."""
    came_by_link.forget()
    return render_template("public/answer_left.html")


def _page(token: str, asked: Asked, problems: dict[str, str] | None = None) -> Answer:
    """The page of a link: the question, or that it was answered, or that the link has ended."""
    if asked.task is None or asked.agency is None:
        return _gone(asked)
    if asked.has_ended:
        return render_template("public/answer_ended.html", token=token, asked=asked, days=LIVES.days), 410
    person = signed_in_now()
    page = render_template(
        "public/answer_link.html",
        token=token,
        asked=asked,
        limit=time_left(asked.task, at_hand.clock()()),
        by=wording.day(asked.task.due_on) if asked.task.due_on else "",
        may_go_on=person is not None and access.may_do(person, asked.task),
        errors=problems or {},
        typed=request.form,
    )
    return (page, 422) if problems else page


def _gone(asked: Asked) -> Answer:
    """The task is not open any more: by whom or by what it was closed, and nothing else."""
    who = by_link.someone("", asked.task_id)
    says = aftermath.gone(asked.case.reference, asked.task_id, who).says
    return render_template("public/answer_gone.html", asked=asked, says=says), 410
