"""Saving what is chosen on the board under a name, and changing, sharing and deleting what was saved."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.status import board_options, saved_views
from app.status.board_choice import Choice, read
from app.status.saved_views import BOARD
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to
from app.web.status_pages import READERS

bp = Blueprint("saved_views", __name__, url_prefix="/status/views")
LARGEST = 2**31 - 1  # number that the database can look up


@bp.get("")
@open_to(STAFF, *READERS)
def listed() -> str:
    """One's own views with what can be done to them, and those that others share."""
    return _page()


@bp.get("/new")
@open_to(STAFF, *READERS)
def new() -> str:
    """What is chosen, in words, and a name for it."""
    return _new(read(request.args))


@bp.post("/new")
@open_to(STAFF, *READERS)
def saved() -> Response | tuple[str, int]:
    """Keep it."""
    choice, name = read(request.args), at_hand.posted("name")
    try:
        is_shared = bool(at_hand.posted("share"))
        saved_views.save(asking(), BOARD, name, choice.query(), is_shared=is_shared, clock=at_hand.clock())
    except errors.Refused as refused:
        return _new(choice, refused.problems), 422
    flash(f"Saved: {name}. You find it above the list.", "success")
    return redirect(choice.address(), code=303)


@bp.post(f"/<int(max={LARGEST}):view_id>")
@open_to(STAFF, *READERS)
def changed(view_id: int) -> Response | tuple[str, int]:
    """Give it another name, and share it or not."""
    name = at_hand.posted("name")
    try:
        saved_views.change(view_id, asking(), name, is_shared=bool(at_hand.posted("share")))
    except errors.Refused as refused:
        return _page({f"name-{view_id}": words for words in refused.problems.values()}, {view_id: name}), 422
    flash(f"Changed: {name}.", "success")
    return redirect(url_for("saved_views.listed"), code=303)


@bp.post(f"/<int(max={LARGEST}):view_id>/delete")
@open_to(STAFF, *READERS)
def deleted(view_id: int) -> Response:
    """Forget it."""
    saved_views.delete(view_id, asking())
    flash("The view is deleted. The cases in it are as they were.", "success")
    return redirect(url_for("saved_views.listed"), code=303)


def _page(problems: dict[str, str] | None = None, typed: dict[int, str] | None = None) -> str:
    views = saved_views.seen_by(asking(), BOARD)
    return render_template("staff/status/views.html", views=views, errors=problems or {}, typed=typed or {})


def _new(choice: Choice, problems: dict[str, str] | None = None) -> str:
    return render_template(
        "staff/status/view_new.html",
        choice=choice,
        chosen=board_options.chosen(choice),
        name=at_hand.posted("name"),
        is_shared=bool(at_hand.posted("share")),
        errors=problems or {},
        back={"href": choice.address(), "text": "Back to the board"},
    )
