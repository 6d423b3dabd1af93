"""Keeping a case from being deleted, and letting it go again."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app import errors
from app.forms import days
from app.records import holding
from app.status import case_file
from app.store.rows.cases import Case
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to

bp = Blueprint("holding", __name__)
BOXES = ("day", "month", "year")


@bp.get("/cases/<reference>/hold-records")
@open_to(STAFF, *holding.ROLES)
def shown(reference: str) -> str:
    """Until when the case is kept, and the form that keeps it longer."""
    return _page(_case(reference))


@bp.post("/cases/<reference>/hold-records")
@open_to(STAFF, *holding.ROLES)
def kept(reference: str) -> Response | tuple[str, int]:
    """Keep it for a reason."""
    case, reason = _case(reference), at_hand.posted("reason", lines=True)
    try:
        holding.keep(case.id, at_hand.posted("why"), reason, _day(), asking(), clock=at_hand.clock())
    except errors.Refused as refused:
        return _page(case, refused.problems), 422
    flash("This case is kept.", "success")
    return redirect(url_for("cases.overview", reference=reference), code=303)


@bp.post("/cases/<reference>/hold-records/end")
@open_to(STAFF, *holding.ROLES)
def ended(reference: str) -> Response:
    """End that."""
    holding.end(_case(reference).id, asking(), clock=at_hand.clock())
    flash("Nobody needs this case any more. It is deleted once its time is over.", "success")
    return redirect(url_for("cases.overview", reference=reference), code=303)


def _case(reference: str) -> Case:
    return case_file.opened(reference, asking(), "keeping records", clock=at_hand.clock()).case


def _page(case: Case, problems: dict[str, str] | None = None) -> str:
    why = at_hand.posted("why")
    return render_template(
        "staff/hold_records.html",
        case=case,
        choices=[{"value": key, "text": text, "checked": key == why} for key, text in holding.WHO_NEEDS_IT.items()],
        boxes=[{"name": box, "label": box.capitalize(), "value": at_hand.posted(f"day-{box}")} for box in BOXES],
        reason=at_hand.posted("reason", lines=True),
        errors=problems,
        back={"href": url_for("cases.overview", reference=case.reference), "text": "Back to the case"},
    )


def _day() -> date | None:
    """The day that was posted; None for none. Raises ``Refused`` for what is no day."""
    boxes = days.spread({box: at_hand.posted(f"day-{box}") for box in BOXES})
    if not any(boxes[box] for box in BOXES):
        return None
    try:
        return days.read_day(boxes["day"], boxes["month"], boxes["year"])
    except ValueError:
        raise errors.Refused({"day": "Enter a day, such as 24 12 2027, or none"}) from None
