"""Getting to one's own case: a link that works once, the reference, and a new link for a lost one.

Following a link changes nothing, because mail scanners follow links too: only the button does. Whatever is wrong,
the same page answers.
"""

from datetime import datetime, timedelta
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app import errors
from app.intake import linking
from app.store import tokens
from app.web import at_hand
from app.web.signing_in import EVERYBODY, open_to

bp = Blueprint("tracking", __name__, url_prefix="/track")
KEY = "tracking"  # in the session: {"case": its id, "until": an instant}
STAYS = timedelta(hours=2)
LONGEST = 300  # characters we look at of an address or a reference


@bp.get("")
@open_to(EVERYBODY)
def lost() -> Response | str:
    """Ask for a new link; somebody who is following a case already goes on to it."""
    if followed() is not None:
        return redirect(url_for("following.review"), code=303)
    return _lost()


@bp.post("")
@open_to(EVERYBODY)
def asked() -> str | tuple[str, int]:
    """Send a new link where all is right, and say the same in any case."""
    reference, email = _typed("reference"), _typed("email")
    problems = {}
    if not reference:
        problems["reference"] = "Enter your reference"
    if "@" not in email:
        problems["email"] = "Enter your email address, such as name@example.com"
    if problems:
        return _lost(problems), 422
    linking.send_new(reference, email, at_hand.settings(), clock=at_hand.clock())
    return render_template("public/track_asked.html", back={"href": url_for("tracking.lost")})


@bp.get("/<token>")
@open_to(EVERYBODY)
def link(token: str) -> str:
    """Ask for the reference that belongs to a link. Nothing is looked up, so nothing is told."""
    return _link(token)


@bp.post("/<token>")
@open_to(EVERYBODY)
def opened(token: str) -> Response | str | tuple[str, int]:
    """Use the link up and remember the case for two hours."""
    reference = _typed("reference")
    if not reference:
        return _link(token, {"reference": "Enter your reference"}), 422
    try:
        case_id = linking.use(token, reference, clock=at_hand.clock())
    except errors.NotFound:
        return render_template("public/track_wrong.html", back={"href": url_for("tracking.link", token=token)}), 404
    until = at_hand.clock()() + STAYS
    session[KEY] = {"case": case_id.hex, "until": until.isoformat()}
    return redirect(url_for("following.review"), code=303)


@bp.post("/leave")
@open_to(EVERYBODY)
def left() -> Response:
    """Forget the case in this browser."""
    session.pop(KEY, None)
    return redirect(url_for("home.home"), code=303)


def followed() -> UUID | None:
    """The case that this browser follows, while its two hours last."""
    kept = session.get(KEY)
    if not isinstance(kept, dict) or datetime.fromisoformat(kept["until"]) <= at_hand.clock()():
        return None
    return UUID(kept["case"])


def case_id() -> UUID:
    """The case that this browser follows. Raises ``NotFound`` when there is none, or no more."""
    found = followed()
    if found is None:
        raise errors.NotFound("To keep you safe, we closed this page. Open it again with a new link.")
    return found


def _typed(name: str) -> str:
    return at_hand.posted(name)[:LONGEST]


def _lost(problems: dict[str, str] | None = None) -> str:
    return render_template("public/track_lost.html", errors=problems or {}, typed=request.form)


def _link(token: str, problems: dict[str, str] | None = None) -> str:
    tokens.hashed(token)  # only whether it has the form of a link
    return render_template("public/track_link.html", token=token, errors=problems or {})
