"""Agreed times that were published anew: leave open cases as they are, or move them after a look at what that does."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app import errors
from app.cases.access import ADMINISTRATOR, MANAGER
from app.editor import timescales
from app.web import at_hand, moving
from app.web.signing_in import STAFF, open_to

bp = Blueprint("timescales", __name__)
ROLES = (MANAGER, ADMINISTRATOR)


@bp.get("/admin/timescales")
@open_to(STAFF, *ROLES)
def shown() -> str:
    """What the live agreed times say otherwise than those that open cases follow, and what moving them would do."""
    return _page()


@bp.post("/admin/timescales")
@open_to(STAFF, *ROLES)
def move() -> Response | tuple[str, int]:
    """Move every open case to the live agreed times that were looked at, with a reason."""
    looked_at = at_hand.posted("release")
    if looked_at != timescales.agreed().release.key:
        raise errors.CaseMovedOn("Other times were published meanwhile. Look at what they would do first.")
    try:
        moving.say(timescales.move(moving.why(), looked_at, clock=at_hand.clock()))
    except errors.Refused as refused:
        return _page(refused.problems), 422
    return redirect(url_for("timescales.shown"), code=303)


def _page(problems: dict[str, str] | None = None) -> str:
    agreed = timescales.agreed()
    return render_template(
        "staff/timescales.html",
        agreed=agreed,
        preview=moving.shown(timescales.preview(clock=at_hand.clock())) if agreed.earlier else None,
        reason=at_hand.posted("reason", lines=True),
        errors=problems,
    )
