"""Asking for a review: one topic a page, kept from the first page on, found again by a secret link."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app import errors
from app.cases import coming_in, kinds
from app.forms.paths import get
from app.intake import applying, drafting, following, promised
from app.intake.linking import LIVES
from app.law import calendar
from app.store.rows.drafts import ApplicationDraft
from app.web import at_hand, form_walk
from app.web.form_walk import Answer, FormWalk
from app.web.signing_in import EVERYBODY, open_to

bp = Blueprint("applying", __name__, url_prefix="/apply")
DANGER = "application.in_danger"


@bp.get("")
@open_to(EVERYBODY)
def start() -> str:
    """What somebody needs to apply, and the other ways to ask."""
    return _start()


@bp.post("")
@open_to(EVERYBODY)
def begun() -> Answer:
    """Begin an application; somebody who has signed in writes one down for whoever asks by phone or on paper."""
    taken_by = g.who.name if g.who else ""
    try:
        token = applying.begin(at_hand.clock(), at_hand.posted("channel"), taken_by)
    except errors.Refused as refused:
        return _start(refused.problems), 422
    return redirect(_base(token) + "/1", code=303)


def _start(problems: dict[str, str] | None = None) -> str:
    return render_template(
        "public/apply_start.html",
        settings=at_hand.settings(),
        channels=coming_in.CHANNELS if g.who else {},
        errors=problems or {},
        back={"href": url_for("cases.listed" if g.who else "home.home")},
    )


@bp.get("/<token>")
@open_to(EVERYBODY)
def resumed(token: str) -> Answer:
    """Go on where somebody left off."""
    return _in_time(token) or redirect(_walk(token).resume(), code=303)


@bp.get("/<token>/<int:number>")
@open_to(EVERYBODY)
def page(token: str, number: int) -> Answer:
    """One page of the application."""
    return _in_time(token) or form_walk.show(_walk(token), number)


@bp.post("/<token>/<int:number>")
@open_to(EVERYBODY)
def taken(token: str, number: int) -> Answer:
    """One page as it was sent. Danger now comes before everything else."""
    if sent := _in_time(token):
        return Response(status=form_walk.ACCEPTED) if form_walk.is_autosave() else sent
    walk = _walk(token)
    was_in_danger = get(walk.answers, DANGER) == "yes"

    def danger(after: FormWalk) -> str | None:
        is_new = get(after.answers, DANGER) == "yes" and not was_in_danger
        return f"{_base(token)}/danger" if is_new else None

    return form_walk.take(walk, number, then=danger)


@bp.get("/<token>/danger")
@open_to(EVERYBODY)
def in_danger(token: str) -> Answer:
    """Call 999 first: what was written is kept."""
    draft = drafting.find(token, at_hand.clock())
    base = _base(token)
    return render_template("public/danger.html", onward=f"{base}/{draft.page + 1}", back={"href": f"{base}/1"})


@bp.get("/<token>/later")
@open_to(EVERYBODY)
def later(token: str) -> Answer:
    """The link to come back by."""
    if sent := _in_time(token):
        return sent
    draft = _draft(token)
    return render_template(
        "public/later.html",
        link=f"{at_hand.settings().public_url}{_base(token)}",
        until=calendar.day_of(draft.saved_at + drafting.KEPT),
        back={"href": f"{_base(token)}/{max(draft.page, 1)}"},
    )


@bp.get("/<token>/check")
@open_to(EVERYBODY)
def check(token: str) -> Answer:
    """Read everything once more."""
    return _in_time(token) or form_walk.check(_walk(token))


@bp.post("/<token>/send")
@open_to(EVERYBODY)
def send(token: str) -> Answer:
    """Send it. Sent twice, it is still one case."""
    try:
        applying.send(token, clock=at_hand.clock())
    except errors.Refused as refused:
        return form_walk.check(_walk(token), refused.problems)
    return redirect(f"{_base(token)}/sent", code=303)


@bp.get("/<token>/sent")
@open_to(EVERYBODY)
def sent(token: str) -> Answer:
    """The reference, what happens next and by when, and the link to follow the review."""
    clock = at_hand.clock()
    told = applying.sent(token, clock=clock)
    if told is None:
        return redirect(f"{_base(token)}/check", code=303)
    is_review = told.kind.process_id == kinds.REVIEWS
    return render_template(
        "public/sent.html" if is_review else "public/ask_sent.html",
        told=told,
        link=f"{at_hand.settings().public_url}/track/{told.link}" if told.link else "",
        until=calendar.day_of(told.sent_at + LIVES),
        days=promised.days_of(told.case_id, clock=clock) if is_review else {},
        progress=None if is_review else following.standing(told.case_id, clock=clock),
        about_you=f"{_base(token)}/about-you",
    )


def _in_time(token: str) -> Response | None:
    """What was sent is not written on: the way leads to the confirmation."""
    return redirect(f"{_base(token)}/sent", code=303) if _draft(token).case_id else None


def _draft(token: str) -> ApplicationDraft:
    return drafting.find(token, at_hand.clock())


def _base(token: str) -> str:
    return url_for("applying.start") + "/" + token


def _walk(token: str) -> FormWalk:
    draft, clock, base = _draft(token), at_hand.clock(), _base(token)
    link_hash = draft.link_hash

    def save(answers: Any, number: int) -> None:
        drafting.keep(link_hash, answers, number, clock)

    process_id = applying.procedure_of(draft)
    is_review = process_id == kinds.REVIEWS
    return FormWalk(
        form=applying.form(process_id),
        facts={},
        answers=draft.answers,
        base=base,
        start=url_for("applying.start") if is_review else url_for("beginning.start", process_id=process_id),
        later=f"{base}/later",
        today=calendar.day_of(clock()),
        save=save,
        send="Send my application" if is_review else "Send it",
        caption="Ask for a review" if is_review else applying.kind(process_id).name,
    )
