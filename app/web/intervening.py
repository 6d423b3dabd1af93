"""Stepping in by hand in one case: what is wanted, before and after, and a second person's decision."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import errors
from app.cases.access import EVERY_CASE
from app.editor import before_after, intervening
from app.editor.intervening import ACTS, CORRECT, MOVE, Asked, Wish
from app.store import cases, history
from app.store.rows.cases import CLOSED, Case
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to

bp = Blueprint("intervening", __name__, url_prefix="/cases/<reference>/intervene")
Answer = str | Response | tuple[str, int]


@bp.get("")
@open_to(STAFF, *intervening.ROLES)
def shown(reference: str) -> str:
    """What waits for a second person, and the forms to ask for something."""
    return _page(cases.by_reference(reference))


@bp.post("")
@open_to(STAFF, *intervening.ROLES)
def asked(reference: str) -> Answer:
    """Show before and after what is wanted, then ask a second person for it."""
    case = cases.by_reference(reference)
    try:
        wish = _wish(case)
        both = _both(case, wish)
    except errors.Refused as refused:
        return _page(case, problems=refused.problems), 422
    if at_hand.posted("do") != "ask":
        return _page(case, wish=wish, both=both)
    try:
        intervening.ask(case.id, wish, at_hand.posted("reason", lines=True), asking(), clock=at_hand.clock())
    except errors.Refused as refused:
        return _page(case, wish=wish, both=both, problems=refused.problems), 422
    flash("You have asked for it. Nothing happens before a second person approves.", "success")
    return redirect(url_for("intervening.shown", reference=reference), code=303)


@bp.post("/decide")
@open_to(STAFF, *intervening.ROLES)
def decided(reference: str) -> Answer:
    """Approve what another asked for, which does it, or refuse."""
    case = cases.by_reference(reference)
    ask_id, reason = at_hand.posted("ask"), at_hand.posted("decision_reason", lines=True)
    says = "The case stays as it was. Your reason stands in its history."
    try:
        if at_hand.posted("decision") == "approve":
            revision = at_hand.posted("revision")
            seen = int(revision) if revision.isdecimal() and len(revision) < 10 else -1
            intervening.approve(case.id, ask_id, reason, asking(), revision=seen, clock=at_hand.clock())
            says = "It is done, and stands in the history with both your names."
        else:
            intervening.refuse(case.id, ask_id, reason, asking(), clock=at_hand.clock())
    except errors.Refused as refused:
        problems = {f"decision_{name}" if name == "reason" else name: text for name, text in refused.problems.items()}
        return _page(case, problems=problems), 422
    flash(says, "success")
    return redirect(url_for("intervening.shown", reference=reference), code=303)


def _wish(case: Case) -> Wish:
    """What was posted. Raises ``Refused``."""
    run = intervening.woken(case, at_hand.clock())
    if at_hand.posted("what") == CORRECT:
        if not asking().roles & EVERY_CASE:
            raise errors.NotAllowed
        path = at_hand.posted("path")
        return Wish(CORRECT, path=path, value=intervening.typed(run, path, at_hand.posted("value", lines=True)))
    what, task_id = at_hand.posted("what"), at_hand.posted("task")
    found = next((pair for pair in intervening.steps(run) if pair[0].id.hex == task_id), None)
    problems = {} if found else {"task": "Select the step"}
    if what not in ACTS:
        problems["what"] = "Select what should happen with the step"
    to = at_hand.posted("to") if what == MOVE else ""
    if found and what == MOVE and to not in dict(found[1]):
        problems["to"] = "Select a step on the same page of the drawing"
    if problems or found is None:
        raise errors.Refused(problems)
    return Wish(what, task_id, found[0].name, to)


def _both(case: Case, wish: Wish) -> before_after.BothSides:
    return before_after.shown(intervening.tried(case, wish, clock=at_hand.clock()), wish, history.of_case(case.id))


def _waiting(case: Case, one: Asked) -> dict[str, Any]:
    """What waits, with both sides, or with why it cannot be done any more."""
    may_see = one.wish.what != CORRECT or bool(asking().roles & EVERY_CASE)
    row = {"asked": one, "may_decide": one.may_decide(asking()), "both": None, "problem": "", "may_see": may_see}
    try:
        row["both"] = _both(case, one.wish)
    except errors.Refused as refused:
        row["problem"] = " ".join(refused.problems.values())
    except errors.CaseMovedOn as moved_on:
        row["problem"] = str(moved_on) or "The case has moved on since."
    return row


def _page(
    case: Case,
    *,
    problems: dict[str, str] | None = None,
    wish: Wish | None = None,
    both: before_after.BothSides | None = None,
) -> str:
    is_open, may_see = case.status != CLOSED, bool(asking().roles & EVERY_CASE)
    run = intervening.woken(case, at_hand.clock()) if is_open else None
    steps = intervening.steps(run) if run else []
    names = {key: name for _, places in steps for key, name in places}
    home = url_for("cases.overview", reference=case.reference) if may_see else url_for("studio.shown")
    return render_template(
        "staff/intervene.html",
        case=case,
        is_open=is_open,
        steps=steps,
        places=sorted(names.items(), key=lambda pair: pair[1]),
        acts=ACTS,
        facts=intervening.correctable(run) if run and may_see else [],
        incidents=cases.incidents(case_id=case.id) if is_open else [],
        waiting=[_waiting(case, one) for one in intervening.waiting(case.id)] if is_open else [],
        wish=wish,
        both=both,
        typed=request.form,
        errors=problems,
        back={"href": home, "text": "Back to the case" if may_see else "Back to the drawing office"},
    )
