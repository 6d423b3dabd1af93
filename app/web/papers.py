"""The papers of a panel: on screen, and on A4 by the browser's own printing."""

from flask import Blueprint, Response, render_template, url_for

from app import errors
from app.cases.access import AGENCIES
from app.notify import invitations
from app.status import papers
from app.store import history
from app.web import at_hand, letters
from app.web.signing_in import STAFF, asking, open_to

bp = Blueprint("papers", __name__, url_prefix="/cases/<reference>/papers")


@bp.get("")
@open_to(STAFF)
def page(reference: str) -> str:
    """The agenda, and what everybody sent, as far as the reader may see it."""
    found = papers.opened(reference, asking(), clock=at_hand.clock())
    back = {"href": url_for("tasks.listed"), "text": "Back to tasks"}
    if found.is_member:
        back = {"href": url_for("cases.overview", reference=found.file.case.reference), "text": "Back to the case"}
    return render_template("staff/papers.html", papers=found, case=found.file.case, back=back)


@bp.get("/calendar")
@open_to(STAFF)
def calendar(reference: str) -> Response:
    """The invitation that an agency got last, for a calendar."""
    file = papers.opened(reference, asking(), clock=at_hand.clock()).file
    agencies = [place.agency_key for place in asking().places if place.role == AGENCIES and place.agency_key]
    known = invitations.INVITING | invitations.ENDING
    got = [one for key in agencies for one in history.messages(file.case.id, key) if one.letter in known]
    if not got:
        raise errors.NotFound("You have not been invited to a meeting yet.")
    return letters.calendar_file(got[0])
