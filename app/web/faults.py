"""From what went wrong to a page about it. The only table of status codes."""

import logging
from typing import Any

from flask import Flask, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app import errors
from app.web.api import problems

log = logging.getLogger(__name__)
OF_A_VICTIM = ("/apply", "/ask", "/track", "/feedback")  # pages to leave at once, also where something goes wrong
STATUS: dict[type[errors.CaseworkError], int] = {
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.TokenNeeded: 401,
    errors.SetApart: 403,
    errors.Refused: 422,
    errors.StillOwed: 422,
    errors.CaseMovedOn: 409,
    errors.SavedMeanwhile: 409,
    errors.NotUnderstood: 422,
    errors.DrawingBroken: 500,
    errors.CannotGoOn: 500,
    errors.NeverRests: 500,
}
HEADINGS = {
    400: "That did not reach us whole",
    401: "We do not know who is asking",
    403: "You may not open this page",
    404: "We could not find that page",
    405: "We could not find that page",
    409: "Something changed while you were writing",
    413: "That file is too large",
    422: "Some answers need correcting",
    500: "Something went wrong on our side",
}
OWN_HEADINGS: dict[type[Exception], str] = {
    errors.SetApart: "Somebody else must do this task",
    errors.StillOwed: "This case cannot close yet",
}


def register(app: Flask) -> None:
    """Answer everything that can go wrong with a page of its own."""
    for kind, status in STATUS.items():
        app.register_error_handler(kind, lambda problem, status=status: _said(status, problem))
    app.register_error_handler(errors.SignInNeeded, _sign_in)
    app.register_error_handler(CSRFError, lambda _: _page(400, "This page was open too long. Go back and try again."))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def _said(status: int, problem: errors.CaseworkError) -> Any:
    """A program hears which of its parameters was wrong; a person sees that beside the question."""
    if problems.is_for_a_program() and isinstance(problem, errors.Refused):
        return problems.answer(400, "", problem.problems)
    return _page(status, str(problem), type(problem))


def _sign_in(_: errors.SignInNeeded) -> Response:
    return redirect(url_for("signing_in.sign_in", next=request.full_path.rstrip("?")), code=303)


def _http(problem: HTTPException) -> Any:
    if problem.code is None or problem.code < 400:
        return problem
    return _page(problem.code, "")


def _unforeseen(problem: Exception) -> Any:
    route = request.url_rule.rule if request.url_rule else ""  # never the address: secret links stand in it
    log.error("unforeseen", exc_info=problem, extra={"action": "unforeseen", "route": route})
    return _page(500, "")


def _page(status: int, says: str, kind: type[Exception] = Exception) -> Any:
    if problems.is_for_a_program():
        return problems.answer(status, says)
    heading = OWN_HEADINGS.get(kind) or HEADINGS.get(status, HEADINGS[500 if status >= 500 else 400])
    may_leave = request.path.startswith(OF_A_VICTIM)
    return render_template("fault.html", heading=heading, says=says, status=status, exit_page=may_leave), status
