"""Asking for anything that the partnership has a drawing for: what there is, and the first page of each."""

from flask import Blueprint, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app import errors
from app.cases import coming_in
from app.cases.kinds import REVIEWS
from app.drawing.model import ANYONE
from app.intake import applying
from app.web import at_hand
from app.web.signing_in import EVERYBODY, open_to

bp = Blueprint("beginning", __name__, url_prefix="/ask")


@bp.get("")
@open_to(EVERYBODY)
def listed() -> str:
    """What can be asked for; somebody who has signed in sees what our staff may begin as well."""
    return render_template("public/ask.html", others=applying.others(is_staff=bool(g.who)), back=_back())


@bp.get("/<process_id>")
@open_to(EVERYBODY)
def start(process_id: str) -> Response | str:
    """What one procedure is about, and the button that begins it."""
    if process_id == REVIEWS:
        return redirect(url_for("applying.start"), code=303)
    return _start(process_id)


@bp.post("/<process_id>")
@open_to(EVERYBODY)
def begun(process_id: str) -> Response | tuple[str, int]:
    """Begin it. Somebody who has signed in writes it down for whoever asks by phone or on paper."""
    taken_by = g.who.name if g.who else ""
    try:
        token = applying.begin(at_hand.clock(), at_hand.posted("channel"), taken_by, process_id)
    except errors.Refused as refused:
        return _start(process_id, refused.problems), 422
    return redirect(url_for("applying.page", token=token, number=1), code=303)


def _start(process_id: str, problems: dict[str, str] | None = None) -> str:
    about = applying.kind(process_id)
    if not about.may_begin(is_staff=bool(g.who)):
        raise errors.SignInNeeded
    return render_template(
        "public/ask_start.html",
        kind=about,
        channels=coming_in.CHANNELS if g.who and about.begins == ANYONE else {},
        settings=at_hand.settings(),
        errors=problems or {},
        back={"href": url_for("beginning.listed")},
    )


def _back() -> dict[str, str]:
    return {"href": url_for("cases.listed" if g.who else "home.home")}
