"""Telling us something by a form while the case goes on. Danger now comes before everything else."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app import errors
from app.forms.paths import get
from app.intake import following, telling
from app.store import cases
from app.web import at_hand, form_walk
from app.web.form_walk import Answer, FormWalk
from app.web.signing_in import EVERYBODY, open_to
from app.web.tracking import case_id

bp = Blueprint("telling", __name__, url_prefix="/track/tell")
TOLD = "We have what you told us. Your contact can read it now."
SEND = {telling.WITHDRAWN: "Ask to stop my review"}


@bp.get("/<about>")
@open_to(EVERYBODY)
def begin(about: str) -> Response:
    """Begin to tell us, or go on with it."""
    return redirect(_walk(about).resume(), code=303)


@bp.get("/<about>/<int:number>")
@open_to(EVERYBODY)
def page(about: str, number: int) -> Answer:
    """One page of it."""
    return form_walk.show(_walk(about), number)


@bp.post("/<about>/<int:number>")
@open_to(EVERYBODY)
def taken(about: str, number: int) -> Answer:
    """One page of it as it was sent. Who is in danger is told to call 999, and those who can act are told of it."""
    walk = _walk(about)
    was_in_danger = get(walk.answers, telling.DANGER) == "yes"

    def danger(after: FormWalk) -> str | None:
        if get(after.answers, telling.DANGER) != "yes" or was_in_danger:
            return None
        telling.warn(case_id(), clock=at_hand.clock())
        return f"{walk.base}/danger"

    return form_walk.take(walk, number, then=danger)


@bp.get("/<about>/danger")
@open_to(EVERYBODY)
def in_danger(about: str) -> str:
    """Call 999 first."""
    walk = _walk(about)
    return render_template(
        "public/danger.html", onward=walk.resume(), is_told=True, back={"href": walk.address(walk.form.pages[0].number)}
    )


@bp.get("/<about>/check")
@open_to(EVERYBODY)
def check(about: str) -> Answer:
    """Read it once more."""
    return form_walk.check(_walk(about))


@bp.post("/<about>/send")
@open_to(EVERYBODY)
def sent(about: str) -> Answer:
    """Send it. Sent twice, it is told once."""
    followed = case_id()
    if telling.was_told(followed, about):
        return _thanks()
    walk = _walk(about)
    try:
        telling.tell(followed, about, facts=walk.facts, clock=at_hand.clock())
    except errors.Refused as refused:
        return form_walk.check(walk, refused.problems)
    return _thanks()


def _thanks() -> Response:
    flash(TOLD, "success")
    return redirect(url_for("following.review"), code=303)


def _walk(about: str) -> FormWalk:
    case = cases.load(case_id())
    facts = _facts(case.id)
    base, start = url_for("telling.begin", about=about), url_for("following.review")
    form, key = telling.form(case, about), telling.key(case.id, about)
    return form_walk.in_case(form, facts, key, base, start, SEND.get(about, "Send it"), at_hand.clock())


def _facts(followed: UUID) -> dict[str, object]:
    """The facts of the case, without what was told before: each time begins anew."""
    facts = dict(following.running(cases.load(followed), at_hand.clock()).facts)
    facts.pop("said", None)
    return facts
