"""Following one's own case: where it stands, our letters, saying something, an appeal, and answering what we ask."""

import secrets
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.forms.parts import Form
from app.intake import following, linking, saying, telling
from app.law import calendar
from app.notify import feedback_links, invitations
from app.store import cases
from app.web import at_hand, form_walk, letters
from app.web.form_walk import Answer, FormWalk
from app.web.signing_in import EVERYBODY, open_to
from app.web.tracking import case_id

bp = Blueprint("following", __name__, url_prefix="/track")
APPEALED = "We have your appeal. Someone senior who took no part in the decision will look at it."
ANSWERED = "We have your answer. Thank you."


@bp.get("/review")
@open_to(EVERYBODY)
def review() -> str:
    """Where the case stands, in plain words."""
    found = following.review(case_id(), phone=at_hand.settings().help_phone, clock=at_hand.clock())
    url = feedback_links.standing(found.case.id, at_hand.settings(), at_hand.clock()())
    return render_template("public/review.html", review=found, feedback=urlsplit(url).path)


@bp.post("/link")
@open_to(EVERYBODY)
def renewed() -> str:
    """A link for the next time, shown once."""
    token = linking.renew(case_id(), at_hand.clock())
    until = calendar.day_of(at_hand.clock()() + linking.LIVES)
    reference = cases.load(case_id()).reference
    url = f"{at_hand.settings().public_url}/track/{token}"
    return render_template("public/track_next.html", link=url, until=until, reference=reference, back=_back())


@bp.get("/letters/<uuid:message_id>")
@open_to(EVERYBODY)
def letter(message_id: UUID) -> str:
    """One of our letters."""
    found = following.letter(case_id(), message_id)
    invitation = invitations.of(found, at_hand.settings())
    return render_template("public/letter.html", letter=found, invitation=invitation, back=_back())


@bp.get("/letters/<uuid:message_id>/calendar")
@open_to(EVERYBODY)
def letter_calendar(message_id: UUID) -> Response:
    """The invitation to a meeting that goes with one of our letters, for a calendar."""
    return letters.calendar_file(following.letter(case_id(), message_id))


@bp.get("/say")
@open_to(EVERYBODY)
def say() -> Answer:
    """Say something about the case; what has a form of its own is said there."""
    case_id()
    about = request.args.get("about", "")
    if about in telling.FORMS:
        return redirect(url_for("telling.begin", about=about), code=303)
    return _say({}, {"about": about, "key": secrets.token_hex(16)})


@bp.post("/say")
@open_to(EVERYBODY)
def said() -> Answer:
    """What was said is kept, and where the drawing waits for it, handed on."""
    about, text, key = at_hand.posted("about"), at_hand.posted("text", lines=True), at_hand.posted("key")[:64]
    try:
        saying.say(case_id(), about, text, clock=at_hand.clock(), request_key=f"say:{key}" if key else "")
    except errors.Refused as refused:
        return _say(refused.problems, request.form), 422
    flash("We have what you told us. Your contact can read it now.", "success")
    return redirect(url_for("following.review"), code=303)


def _say(problems: dict[str, str], typed: Any) -> str:
    abouts = {about: saying.ABOUT[about] for about in ("late_appeal", "information_received")}
    return render_template(
        "public/say.html", errors=problems, typed=typed, abouts=abouts, longest=saying.LONGEST, back=_back()
    )


@bp.get("/appeal")
@open_to(EVERYBODY)
def appeal() -> Response:
    """Begin an appeal, or go on with it."""
    return redirect(_appeal_walk().resume(), code=303)


@bp.get("/appeal/<int:number>")
@open_to(EVERYBODY)
def appeal_page(number: int) -> Answer:
    """One page of an appeal."""
    return form_walk.show(_appeal_walk(), number)


@bp.post("/appeal/<int:number>")
@open_to(EVERYBODY)
def appeal_taken(number: int) -> Answer:
    """One page of an appeal as it was sent."""
    return form_walk.take(_appeal_walk(), number)


@bp.get("/appeal/check")
@open_to(EVERYBODY)
def appeal_check() -> Answer:
    """Read the appeal once more."""
    return form_walk.check(_appeal_walk())


@bp.post("/appeal/send")
@open_to(EVERYBODY)
def appeal_sent() -> Answer:
    """Lodge the appeal."""
    if following.has_appealed(case_id()):
        return _thanks(APPEALED)  # sent twice
    walk = _appeal_walk()
    try:
        saying.appeal(case_id(), walk.answers, clock=at_hand.clock())
    except errors.Refused as refused:
        return form_walk.check(walk, refused.problems)
    return _thanks(APPEALED)


@bp.get("/tasks/<uuid:task_id>")
@open_to(EVERYBODY)
def task(task_id: UUID) -> Response:
    """Begin to answer what we ask, or go on with it."""
    return redirect(_task_walk(task_id).resume(), code=303)


@bp.get("/tasks/<uuid:task_id>/<int:number>")
@open_to(EVERYBODY)
def task_page(task_id: UUID, number: int) -> Answer:
    """One page of what we ask."""
    return form_walk.show(_task_walk(task_id), number)


@bp.post("/tasks/<uuid:task_id>/<int:number>")
@open_to(EVERYBODY)
def task_taken(task_id: UUID, number: int) -> Answer:
    """One page of it as it was sent."""
    return form_walk.take(_task_walk(task_id), number)


@bp.get("/tasks/<uuid:task_id>/check")
@open_to(EVERYBODY)
def task_check(task_id: UUID) -> Answer:
    """Read it once more."""
    return form_walk.check(_task_walk(task_id))


@bp.post("/tasks/<uuid:task_id>/send")
@open_to(EVERYBODY)
def task_sent(task_id: UUID) -> Answer:
    """Send the answer. It goes into the case as a staff task does."""
    if saying.has_answered(case_id(), task_id):
        return _thanks(ANSWERED)  # sent twice
    walk = _task_walk(task_id)
    try:
        saying.answer(case_id(), task_id, walk.answers, clock=at_hand.clock())
    except errors.Refused as refused:
        return form_walk.check(walk, refused.problems)
    return _thanks(ANSWERED)


def _thanks(says: str) -> Response:
    flash(says, "success")
    return redirect(url_for("following.review"), code=303)


def _back() -> dict[str, str]:
    return {"href": url_for("following.review")}


def _appeal_walk() -> FormWalk:
    case = cases.load(case_id())
    run = following.running(case, at_hand.clock())
    if not following.may_appeal(case.id, run):
        raise errors.NotFound("You cannot ask for an appeal at this moment. Call us if you think you should.")
    form, key = saying.appeal_form(case), saying.appeal_key(case.id)
    facts = following.appeal_facts(case.id, run)
    return _walk(form, facts, key, url_for("following.appeal"), "Send my appeal")


def _task_walk(task_id: UUID) -> FormWalk:
    case = cases.load(case_id())
    found = following.own_task(case.id, task_id)
    facts = following.running(case, at_hand.clock()).facts
    form, key = saying.task_form(case, found), saying.task_key(found)
    return _walk(form, facts, key, url_for("following.task", task_id=task_id), "Send my answer")


def _walk(form: Form, facts: dict[str, Any], key: str, base: str, send: str) -> FormWalk:
    return form_walk.in_case(form, facts, key, base, url_for("following.review"), send, at_hand.clock())
