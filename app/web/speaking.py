"""Pages to say something beside one's tasks: raising the alarm from a task, and Victim Support for the victim."""

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.intake import for_victim
from app.status import case_file
from app.tasks import alarming, claiming
from app.web import at_hand
from app.web.signing_in import STAFF, TASK, asking, open_to

bp = Blueprint("speaking", __name__)
Answer = str | Response | tuple[str, int]


@bp.get("/tasks/<uuid:task_id>/alarm")
@open_to(TASK)
def alarm(task_id: UUID) -> str:
    """Raise the alarm: what about, and why."""
    return _alarm(task_id, {})


@bp.post("/tasks/<uuid:task_id>/alarm")
@open_to(TASK)
def alarm_raised(task_id: UUID) -> Answer:
    """The senior officer is told at once."""
    about, text, key = at_hand.posted("about"), at_hand.posted("text", lines=True), at_hand.posted("request_key")[:64]
    try:
        alarming.raise_alarm(task_id, about, text, asking(), clock=at_hand.clock(), request_key=key)
    except errors.Refused as refused:
        return _alarm(task_id, refused.problems), 422
    flash("The senior officer and the coordinator are told now. If someone is in danger, call 999 as well.", "success")
    return redirect(url_for("task_forms.task", task_id=task_id), code=303)


@bp.get("/cases/<reference>/for-victim")
@open_to(STAFF, for_victim.ROLE)
def for_the_victim(reference: str) -> str:
    """Ask for an update for the victim, or add to their statement."""
    return _for_victim(reference, {})


@bp.post("/cases/<reference>/for-victim")
@open_to(STAFF, for_victim.ROLE)
def said_for_the_victim(reference: str) -> Answer:
    """It is kept, and the coordinator is told."""
    what, text, key = at_hand.posted("what"), at_hand.posted("text", lines=True), at_hand.posted("request_key")[:64]
    try:
        for_victim.say(reference, what, text, asking(), clock=at_hand.clock(), request_key=key)
    except errors.Refused as refused:
        return _for_victim(reference, refused.problems), 422
    flash("It stands in the case. The coordinator gets a letter about it.", "success")
    return redirect(url_for("cases.overview", reference=reference), code=303)


def _alarm(task_id: UUID, problems: dict[str, str]) -> str:
    return _page(
        problems,
        title="Raise the alarm",
        lead="The senior officer and the coordinator are told at once. In danger? Call 999 first.",
        caption=claiming.seen(task_id, asking()).name,
        action=url_for("speaking.alarm_raised", task_id=task_id),
        field="about",
        legend="What is it about?",
        choices=alarming.ABOUT,
        longest=alarming.LONGEST,
        button="Tell the senior officer now",
        back={"href": url_for("task_forms.task", task_id=task_id), "text": "Back to the task"},
    )


def _for_victim(reference: str, problems: dict[str, str]) -> str:
    file = case_file.opened(reference, asking(), "for the victim", clock=at_hand.clock())
    return _page(
        problems,
        title="Speak for the victim",
        lead="You can do this at any time, in any case. The coordinator gets a letter about it.",
        caption=f"{file.case.reference}, {file.case.title}",
        action=url_for("speaking.said_for_the_victim", reference=reference),
        field="what",
        legend="What do you want to do?",
        choices=for_victim.WHAT,
        longest=for_victim.LONGEST,
        button="Write it into the case",
        back={"href": url_for("cases.overview", reference=reference), "text": "Back to the case"},
    )


def _page(problems: dict[str, str], **says: Any) -> str:
    """The page on which it is said: ``title``, ``lead``, ``caption``, where it goes and what is asked."""
    typed = {"request_key": uuid4().hex, "errors": problems, "typed": request.form}
    return render_template("staff/say_aside.html", **says, **typed)
