"""Tokens for programs: who has one, making one, ending one. The secret is shown once, on the answer to making it."""

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.cases.access import ADMINISTRATOR
from app.law import wording
from app.records.giving import tokens
from app.store import programs
from app.store.rows.out import ApiToken
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to

bp = Blueprint("tokens", __name__)
LARGEST = 2**31 - 1  # number that the database can look up
FOR = {30: "30 days", 90: "90 days", 365: "1 year"}


@bp.get("/admin/tokens")
@open_to(STAFF, ADMINISTRATOR)
def listed() -> str:
    """Every token, and the form that makes one."""
    return _page()


@bp.post("/admin/tokens")
@open_to(STAFF, ADMINISTRATOR)
def make() -> tuple[str, int]:
    """Make a token, and show it this once."""
    scopes = request.form.getlist("scopes")
    try:
        made, secret = tokens.make(
            at_hand.posted("name"), scopes, at_hand.number("days"), by=asking().name, clock=at_hand.clock()
        )
    except errors.Refused as refused:
        return _page(refused.problems), 422
    back = {"href": url_for("tokens.listed"), "text": "Back to tokens"}
    return render_template("staff/token_made.html", made=made, secret=secret, back=back), 201


@bp.post(f"/admin/tokens/<int(max={LARGEST}):token_id>/revoke")
@open_to(STAFF, ADMINISTRATOR)
def revoke(token_id: int) -> Response:
    """End a token at once."""
    row = tokens.revoke(token_id, by=asking().name, clock=at_hand.clock())
    flash(f"The token for {row.name} opens nothing any more.", "success")
    return redirect(url_for("tokens.listed"), code=303)


def _page(problems: dict[str, str] | None = None) -> str:
    now, chosen = at_hand.clock()(), request.form.getlist("scopes")
    choices = [
        {"value": scope, "text": says, "hint": {"text": scope}, "checked": scope in chosen}
        for scope, says in tokens.SCOPES.items()
    ]
    days = at_hand.number("days", 90)
    return render_template(
        "staff/tokens.html",
        tokens=[_shown(row, now) for row in programs.every()],
        choices=choices,
        lengths=[{"value": str(number), "text": words, "checked": number == days} for number, words in FOR.items()],
        name=at_hand.posted("name"),
        errors=problems,
    )


def _shown(row: ApiToken, now: datetime) -> dict[str, Any]:
    if row.revoked_at is not None:
        state = f"Ended on {wording.moment(row.revoked_at)} by {row.revoked_by}"
    else:
        state = f"{'Good until' if now < row.ends_at else 'Ended on'} {wording.moment(row.ends_at, year=True)}"
    used = f"Last used on {wording.moment(row.used_at)}" if row.used_at else "Never used"
    return {"row": row, "is_good": tokens.is_good(row, now), "state": state, "used": used}
