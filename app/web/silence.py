"""Who has not heard from us, for those who answer for it."""

from flask import Blueprint, render_template

from app.status import silence
from app.web import at_hand
from app.web.signing_in import STAFF, open_to
from app.web.status_pages import SILENCE

bp = Blueprint("silence", __name__)


@bp.get("/admin/silence")
@open_to(STAFF, *SILENCE)
def listed() -> str:
    """Every open case whose person has waited longer than agreed, or soon will have."""
    found = silence.silent(clock=at_hand.clock())
    late = [one for one in found if one.is_late]
    return render_template("staff/silence.html", late=late, soon=[one for one in found if not one.is_late])
