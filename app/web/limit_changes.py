"""Changing a time limit of a case: more time, stopping and starting its clock, taking a change back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.law import wording
from app.status import case_file
from app.store import cases
from app.timers import changeable, changing
from app.timers.changeable import Changeable
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to

bp = Blueprint("limit_changes", __name__, url_prefix="/cases/<reference>/limits/<uuid:timer_id>/<key>")
Answer = str | Response | tuple[str, int]


@bp.get("/change")
@open_to(STAFF, *changing.ROLES)
def change(reference: str, timer_id: UUID, key: str) -> str:
    """What may be done with the limit, and what was done."""
    case_file.opened(reference, asking(), "time limit", clock=at_hand.clock())
    return _page(_limit(reference, timer_id, key))


@bp.post("/extend")
@open_to(STAFF, *changing.ROLES)
def extend(reference: str, timer_id: UUID, key: str) -> Answer:
    """More time: shown first with the day it leads to, then done."""
    limit, days, reason = _limit(reference, timer_id, key), _days(), at_hand.posted("reason", lines=True)
    try:
        sure = at_hand.posted("sure")  # the day that was shown as the old one
        if not sure:
            moved = changing.extended(limit, days, clock=at_hand.clock())
            changing.check_reason(reason)
            return render_template(
                "staff/limit_extend.html", limit=limit, moved=moved, typed=request.form, back=_back(limit)
            )
        moved = changing.extend(limit, days, reason, asking(), clock=at_hand.clock(), old=sure)
    except errors.Refused as refused:
        return _page(limit, refused.problems), 422
    until = wording.moment(moved.new) if isinstance(moved.new, datetime) else wording.day(moved.new)
    flash(f"{limit.step} now has until {until}. A letter tells the victim.", "success")
    return _done(limit)


@bp.post("/hold")
@open_to(STAFF, *changing.ROLES)
def hold(reference: str, timer_id: UUID, key: str) -> Answer:
    """Stop the clock."""
    why, agreed, note = (at_hand.posted(name, lines=True) for name in ("why", "agreed_by", "note"))

    def act(limit: Changeable) -> None:
        changing.hold(limit, why, agreed, note, asking(), clock=at_hand.clock())

    return _acted(reference, timer_id, key, act, "The clock of this time limit stands still.")


@bp.post("/resume")
@open_to(STAFF, *changing.ROLES)
def resume(reference: str, timer_id: UUID, key: str) -> Answer:
    """Let the clock run on."""
    reason = at_hand.posted("resume_reason", lines=True)

    def act(limit: Changeable) -> None:
        changing.resume(limit, reason, asking(), clock=at_hand.clock())

    return _acted(reference, timer_id, key, act, "The clock runs again, with the time that was left.")


@bp.post("/restore")
@open_to(STAFF, *changing.ROLES)
def restore(reference: str, timer_id: UUID, key: str) -> Answer:
    """Take a change back."""
    change_id, reason = at_hand.posted("change"), at_hand.posted("restore_reason", lines=True)

    def act(limit: Changeable) -> None:
        changing.restore(limit, change_id, reason, asking(), clock=at_hand.clock())

    return _acted(reference, timer_id, key, act, "The change was taken back. It stays in the history.")


def _acted(reference: str, timer_id: UUID, key: str, act: Callable[[Changeable], None], says: str) -> Answer:
    limit = _limit(reference, timer_id, key)
    try:
        act(limit)
    except errors.Refused as refused:
        return _page(limit, refused.problems), 422
    flash(says, "success")
    return _done(limit)


def _limit(reference: str, timer_id: UUID, key: str) -> Changeable:
    return changeable.running(cases.by_reference(reference).id, timer_id, key, clock=at_hand.clock())


def _days() -> int:
    written = at_hand.posted("days").strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 0


def _page(limit: Changeable, problems: dict[str, str] | None = None) -> str:
    return render_template(
        "staff/limit_change.html",
        limit=limit,
        errors=problems,
        typed=request.form,
        reasons=changing.WHY_HELD,
        changes=changeable.told(limit),
        back=_back(limit),
    )


def _back(limit: Changeable) -> dict[str, Any]:
    return {"href": f"{url_for('cases.overview', reference=limit.case.reference)}#limits", "text": "Back to the case"}


def _done(limit: Changeable) -> Response:
    return redirect(f"{url_for('cases.overview', reference=limit.case.reference)}#limits", code=303)
