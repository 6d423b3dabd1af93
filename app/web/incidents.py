"""Cases that are stopped: what is wrong, and starting them again."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app import errors
from app.cases.access import ADMINISTRATOR
from app.status import incidents
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to

bp = Blueprint("incidents", __name__)
ROLES = ("Coordinator", "Senior officer", ADMINISTRATOR)
LARGEST = 2**31 - 1  # number that the database can look up


@bp.get("/incidents")
@open_to(STAFF, *ROLES)
def listed() -> str:
    """Every stopped case, the longest standing first."""
    return render_template("staff/incidents.html", stopped=incidents.stopped())


@bp.get(f"/incidents/<int(max={LARGEST}):incident_id>")
@open_to(STAFF, *ROLES)
def incident(incident_id: int) -> str:
    """One stopped case, and the form that lets it go on."""
    return _page(incident_id)


@bp.post(f"/incidents/<int(max={LARGEST}):incident_id>")
@open_to(STAFF, *ROLES)
def resolve(incident_id: int) -> Response | tuple[str, int]:
    """Let the case go on, with a reason that stands in its history."""
    try:
        case = incidents.resolve(incident_id, at_hand.posted("reason", lines=True), asking(), clock=at_hand.clock())
    except errors.Refused as refused:
        return _page(incident_id, refused.problems), 422
    flash(f"{case.reference} goes on. The system tries again by itself within a minute.", "success")
    return redirect(url_for("incidents.listed"), code=303)


def _page(incident_id: int, problems: dict[str, str] | None = None) -> str:
    return render_template(
        "staff/incident.html",
        found=incidents.one(incident_id),
        errors=problems,
        reason=at_hand.posted("reason", lines=True),
        back={"href": url_for("incidents.listed"), "text": "Back to stopped cases"},
    )
