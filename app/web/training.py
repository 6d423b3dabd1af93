"""Training cases: making one, moving its clock, and deleting it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app import errors
from app.cases import training
from app.cases.access import EVERY_CASE
from app.intake import rehearsing as beginning
from app.law import wording
from app.status import case_file
from app.store import tasks
from app.store.rows.cases import Case
from app.tasks import pretending
from app.timers import rehearsing
from app.timers.rehearsing import Moved
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to

bp = Blueprint("training", __name__)
ROLES = sorted(EVERY_CASE)
NAMED = 5  # time limits that are named one by one


@bp.post("/training")
@open_to(STAFF, *ROLES)
def begun() -> Response:
    """Begin a training case with an invented application."""
    case = beginning.begin(asking(), clock=at_hand.clock())
    flash("This is a new training case. An invented person has just applied.", "success")
    return _to(case)


@bp.post("/cases/<reference>/training")
@open_to(STAFF, *ROLES)
def copied(reference: str) -> Response:
    """Make a training copy of a case. Who does it has looked at the case."""
    file = case_file.opened(reference, asking(), "training copy", clock=at_hand.clock())
    case = training.copy(file.case.id, asking(), clock=at_hand.clock())
    flash("This is the copy. The people in it are invented, and what anybody typed is left out.", "success")
    return _to(case)


@bp.post("/cases/<reference>/clock")
@open_to(STAFF, *ROLES)
def moved(reference: str) -> Response:
    """Move the clock of a training case, and say what happened on the way."""
    try:
        done = rehearsing.move(reference, at_hand.posted("by"), at_hand.posted("day"), asking())
    except errors.Refused as refused:
        flash(f"{refused.problems['day']}.", "important")
        return redirect(url_for("cases.overview", reference=reference), code=303)
    flash(said(done), "important" if done.is_cut_short else "success")
    return _to(done.case)


@bp.post("/cases/<reference>/pretend/<uuid:task_id>")
@open_to(STAFF, *ROLES)
def pretended(reference: str, task_id: UUID) -> Response:
    """Have somebody else's task of a training case done with invented answers."""
    case = _seen(reference)
    task = next((task for task in tasks.of_case(case.id) if task.id == task_id), None)
    if task is None:
        raise errors.CaseMovedOn("This task is not open any more.")
    name = task.name
    try:
        pretending.pretend(task_id, asking(), clock=at_hand.clock())
        flash(f"‘{name}’ is done, with invented answers.", "success")
    except errors.Refused as refused:
        flash(refused.problems["task"], "important")
    return _to(case)


@bp.get("/cases/<reference>/delete")
@open_to(STAFF, *ROLES)
def about_to_delete(reference: str) -> str:
    """Ask once more before a training case is deleted."""
    return render_template("staff/delete_training.html", case=_seen(reference), back=_back(reference))


@bp.post("/cases/<reference>/delete")
@open_to(STAFF, *ROLES)
def deleted(reference: str) -> Response:
    """Delete a training case."""
    case = _seen(reference)
    training.delete(case.id)
    flash(f"{case.reference} is deleted. Nothing of it is left.", "success")
    return redirect(url_for("cases.listed", status="training"), code=303)


def said(done: Moved) -> str:
    """What a move of the clock did, in words."""
    at = done.case.virtual_at or done.case.opened_at
    ended = f"It is now {wording.moment(at)} in this case. {_passed(done)}"
    if not done.is_cut_short:
        return ended
    if done.case.is_stopped:
        return f"{ended} The clock went no further, because the case has stopped."
    return f"{ended} The clock went no further. Move it again to go on."


def _passed(done: Moved) -> str:
    told = [_told(names, does) for names, does in ((done.passed, "passed"), (done.near, "came near")) if names]
    return " ".join(told) or "No time limit passed."


def _told(names: tuple[str, ...], does: str) -> str:
    listed = ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
    return f"{wording.counted(len(names), 'time limit')} {does}: {listed}."


def _seen(reference: str) -> Case:
    """The training case. Raises ``NotAllowed`` for a real one."""
    case = case_file.opened(reference, asking(), "training", clock=at_hand.clock()).case
    training.check(case)
    return case


def _back(reference: str) -> dict[str, str]:
    return {"href": url_for("cases.overview", reference=reference), "text": "Back to the case"}


def _to(case: Case) -> Response:
    return redirect(url_for("cases.overview", reference=case.reference), code=303)
