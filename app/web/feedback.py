"""Saying how it was, and who one is, without a name: each a single page, asked once."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from app import errors
from app.forms import answers as taking
from app.forms import asking
from app.forms.answers import Submission
from app.forms.parts import Form
from app.intake import drafting, feedback
from app.law import calendar
from app.web import at_hand
from app.web.form_walk import Answer
from app.web.signing_in import EVERYBODY, open_to

bp = Blueprint("feedback", __name__)


@bp.get("/feedback/<token>")
@open_to(EVERYBODY)
def asked(token: str) -> Answer:
    """How was it? Looking at the page does not use the link up."""
    feedback.check(token, clock=at_hand.clock())
    return _page(feedback.form(feedback.FORM), None, {})


@bp.post("/feedback/<token>")
@open_to(EVERYBODY)
def given(token: str) -> Answer:
    """Keep what was answered."""
    feedback.check(token, clock=at_hand.clock())
    return _taken(
        feedback.form(feedback.FORM), lambda answers: feedback.give(token, answers, clock=at_hand.clock()), "/"
    )


@bp.get("/apply/<token>/about-you")
@open_to(EVERYBODY)
def about_you(token: str) -> Answer:
    """Who asks us for help? Only after the application has been sent, and kept away from it."""
    if drafting.find(token, at_hand.clock()).case_id is None:
        return redirect(url_for("applying.check", token=token), code=303)
    return _page(feedback.form(feedback.ABOUT_YOU), None, {})


@bp.post("/apply/<token>/about-you")
@open_to(EVERYBODY)
def told_about_you(token: str) -> Answer:
    """Keep it, once for each application."""
    draft = drafting.find(token, at_hand.clock())
    case_id, once = draft.case_id, f"about-you:{draft.link_hash}"
    if case_id is None:
        return redirect(url_for("applying.check", token=token), code=303)
    return _taken(
        feedback.form(feedback.ABOUT_YOU),
        lambda answers: feedback.tell_about_you(case_id, once, answers, clock=at_hand.clock()),
        url_for("applying.sent", token=token),
    )


def _taken(form: Form, keep: Callable[[Mapping[str, Any]], None], onward: str) -> Answer:
    today = calendar.day_of(at_hand.clock()())
    submission = taking.take(form.pages[0], request.form.to_dict(flat=False), {}, today=today)
    if submission.problems:
        return _page(form, submission, submission.problems), 422
    try:
        keep(submission.values)
    except errors.Refused as refused:
        return _page(form, submission, refused.problems), 422
    return render_template("public/feedback_thanks.html", onward=onward)


def _page(form: Form, submission: Submission | None, problems: Mapping[str, str]) -> str:
    around = submission.values if submission else {}
    questions = asking.questions(form.pages[0], around, submission)
    return render_template(
        "public/feedback.html", form=form, questions=questions, errors=dict(problems), action=request.path
    )
