"""Webhooks: which addresses are told of what, what became of each delivery, and what can be done about one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.cases.access import ADMINISTRATOR
from app.law import wording
from app.notify.webhooks import kinds, subscribing
from app.store import webhooks
from app.store.rows.out import FAILED, SENT, WAITING, Delivery, Subscription
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to

bp = Blueprint("webhooks", __name__)
SHOWN = 50  # deliveries
STATES = {WAITING: ("Waiting", "wait"), SENT: ("Arrived", "done"), FAILED: ("Given up", "late")}


@bp.get("/admin/webhooks")
@open_to(STAFF, ADMINISTRATOR)
def listed() -> str:
    """Every subscription, and the form that makes one."""
    return _page()


@bp.post("/admin/webhooks")
@open_to(STAFF, ADMINISTRATOR)
def make() -> tuple[str, int]:
    """Make a subscription, and show its secret this once."""
    try:
        row = subscribing.subscribe(
            at_hand.posted("url"),
            request.form.getlist("kinds"),
            by=asking().name,
            settings=at_hand.settings(),
            clock=at_hand.clock(),
        )
    except errors.Refused as refused:
        return _page(refused.problems), 422
    return _secret(row), 201


@bp.get("/admin/webhooks/<uuid:webhook_id>")
@open_to(STAFF, ADMINISTRATOR)
def webhook(webhook_id: UUID) -> str:
    """One subscription with its newest deliveries."""
    row = webhooks.load(webhook_id)
    return render_template(
        "staff/webhook.html",
        webhook=row,
        told=[kinds.KINDS[kind].says for kind in row.kinds if kind in kinds.KINDS],
        state=_state(row, at_hand.clock()()),
        deliveries=[_shown(one, reference) for one, reference in webhooks.latest(webhook_id, SHOWN)],
        back={"href": url_for("webhooks.listed"), "text": "Back to webhooks"},
    )


@bp.post("/admin/webhooks/<uuid:webhook_id>/test")
@open_to(STAFF, ADMINISTRATOR)
def test(webhook_id: UUID) -> Response:
    """Send something that tells nothing."""
    subscribing.try_out(webhook_id, settings=at_hand.settings(), clock=at_hand.clock())
    return _done(webhook_id, "A test is on its way. Open this page again in a few seconds to see whether it arrived.")


@bp.post("/admin/webhooks/<uuid:webhook_id>/secret")
@open_to(STAFF, ADMINISTRATOR)
def secret(webhook_id: UUID) -> str:
    """Sign with a new secret, and show it this once."""
    return _secret(subscribing.new_secret(webhook_id, clock=at_hand.clock()))


@bp.post("/admin/webhooks/<uuid:webhook_id>/turn")
@open_to(STAFF, ADMINISTRATOR)
def turn(webhook_id: UUID) -> Response:
    """Turn it on or off."""
    row = subscribing.turn(webhook_id, on=at_hand.posted("on") == "yes")
    return _done(webhook_id, "It is turned on." if row.is_on else "It is turned off.")


@bp.post("/admin/webhooks/<uuid:webhook_id>/remove")
@open_to(STAFF, ADMINISTRATOR)
def remove(webhook_id: UUID) -> Response:
    """Take it away with its deliveries."""
    flash(f"{subscribing.remove(webhook_id)} is not told of anything any more.", "success")
    return redirect(url_for("webhooks.listed"), code=303)


@bp.post("/admin/webhooks/deliveries/<uuid:delivery_id>/again")
@open_to(STAFF, ADMINISTRATOR)
def again(delivery_id: UUID) -> Response:
    """Send one delivery once more."""
    row = subscribing.send_again(delivery_id, clock=at_hand.clock())
    return _done(row.subscription_id, "It is sent again, under the same id.")


def _done(webhook_id: UUID, says: str) -> Response:
    flash(says, "success")
    return redirect(url_for("webhooks.webhook", webhook_id=webhook_id), code=303)


def _page(problems: dict[str, str] | None = None) -> str:
    chosen, now, states = request.form.getlist("kinds"), at_hand.clock()(), webhooks.states()
    choices = [
        {"value": key, "text": kind.says, "hint": {"text": key}, "checked": key in chosen}
        for key, kind in kinds.KINDS.items()
    ]
    found = [
        {"row": row, "state": _state(row, now), "counts": _counts(states.get(row.id, {}))} for row in webhooks.every()
    ]
    return render_template(
        "staff/webhooks.html", webhooks=found, choices=choices, url=at_hand.posted("url"), errors=problems
    )


def _secret(row: Subscription) -> str:
    back = {"href": url_for("webhooks.webhook", webhook_id=row.id), "text": "Go to this webhook"}
    return render_template("staff/webhook_secret.html", webhook=row, back=back)


def _state(row: Subscription, now: datetime) -> dict[str, str]:
    """How a subscription stands, as {text, tag, says}."""
    if not row.is_on:
        return {"text": "Off", "tag": "late" if row.turned_off_because else "", "says": row.turned_off_because}
    if row.failing_since:
        says = f"Nothing has arrived since {wording.moment(row.failing_since)}. We go on trying."
        return {"text": "Failing", "tag": "soon", "says": says}
    return {"text": "On", "tag": "done", "says": ""}


def _counts(states: dict[str, int]) -> str:
    words = [f"{states[state]} {says.lower()}" for state, (says, _) in STATES.items() if states.get(state)]
    return ", ".join(words) or "nothing told yet"


def _shown(row: Delivery, reference: str | None) -> dict[str, Any]:
    text, tag = STATES[row.state]
    kind = kinds.KINDS.get(row.kind)
    return {
        "row": row,
        "what": kind.says if kind else "A test",
        "reference": reference,
        "text": text,
        "tag": tag,
        "may_send_again": row.state != WAITING,
    }
