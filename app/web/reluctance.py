"""Where agencies held back, for those who answer for the partnership."""

from flask import Blueprint, render_template, request

from app.law import calendar
from app.status import reluctance
from app.web import at_hand
from app.web.signing_in import STAFF, open_to
from app.web.status_pages import READERS

bp = Blueprint("reluctance", __name__)


@bp.get("/status/agencies")
@open_to(STAFF, *READERS)
def page() -> str:
    """A table of the agencies for one quarter."""
    today = calendar.day_of(at_hand.clock()())
    period = reluctance.period(request.args.get("period", ""), today)
    choices = [{"value": one.key, "text": one.words} for one in reluctance.latest(today)]
    return render_template(
        "staff/reluctance.html",
        period=period,
        rows=reluctance.rows(period),
        kinds=reluctance.KINDS,
        fields=[{"name": "period", "label": "Quarter", "kind": "select", "value": period.key, "options": choices}],
    )
