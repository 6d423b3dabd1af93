"""What somebody gets by e-mail, and turning it off and on."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.status import digest
from app.store import digests
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to

bp = Blueprint("emails", __name__)


@bp.get("/emails")
@open_to(STAFF)
def page() -> str:
    """The weekly digest, and the e-mails that come with the work."""
    who = asking()
    last = digests.latest(who.id) if who.id is not None else None
    return render_template("staff/emails.html", is_wanted=digest.is_wanted(who), last=last)


@bp.post("/emails")
@open_to(STAFF)
def choose() -> Response:
    """Turn the weekly digest on or off."""
    wanted = at_hand.posted("wanted") == "yes"
    digest.choose(asking(), wanted)
    flash(
        "You get the weekly digest from next Monday on." if wanted else "You get the weekly digest no more.", "success"
    )
    return redirect(url_for("emails.page"), code=303)
