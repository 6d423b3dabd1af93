"""The working of a time limit: a page that can be read out, and the same for programs."""

from uuid import UUID

from flask import Blueprint, Response, jsonify, render_template, url_for

from app.law import calendar
from app.status import case_file, day_rows, working
from app.status.working import Count
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to

bp = Blueprint("limit_working", __name__, url_prefix="/cases/<reference>/limits/<uuid:timer_id>")


@bp.get("/<key>")
@open_to(STAFF)
def page(reference: str, timer_id: UUID, key: str) -> str:
    """The last day first, then how it was counted, where the rule is from, and what moved it."""
    count = _count(reference, timer_id, key)
    return render_template(
        "staff/limit_working.html",
        count=count,
        case=count.file.case,
        record=count.record,
        rows=day_rows.rows(count.working, calendar.day_of(count.file.now)),
        back={"href": f"{url_for('cases.overview', reference=reference)}#limits", "text": "Back to the case"},
    )


@bp.get("/<key>.json")
@open_to(STAFF)
def record(reference: str, timer_id: UUID, key: str) -> Response:
    """The same as JSON."""
    return jsonify(_count(reference, timer_id, key).record)


def _count(reference: str, timer_id: UUID, key: str) -> Count:
    file = case_file.opened(reference, asking(), f"working of {key}", clock=at_hand.clock())
    return working.of(file, timer_id, key)
