"""Signing in and out, and who is asking.

Every route has one access rule, given by the decorator ``open_to``; a route without one is shut. The rule is checked
before the page begins. Monitoring systems and programs do not sign in: they show a token. A task's own pages are open
to whoever came by a link to that task as well.
"""

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from flask import Blueprint, Flask, current_app, g, redirect, render_template, request, session, url_for  # noqa: TID251
from werkzeug.security import check_password_hash
from werkzeug.wrappers import Response

from app import errors
from app.cases import access
from app.cases.access import Who
from app.records.giving import tokens
from app.store import people
from app.web import at_hand, came_by_link

View = TypeVar("View", bound=Callable[..., Any])
EVERYBODY, STAFF, MONITOR = "everybody", "staff", "monitor"
PROGRAM = "program"  # that shows a token of ours
TASK = "task"  # staff, and whoever came by a link to the task in the address
KEY, UNTIL = "person_id", "until"  # in the session: who, and the instant at which they are signed out
STAYS = timedelta(hours=12)
bp = Blueprint("signing_in", __name__)


def open_to(rule: str, *roles: str) -> Callable[[View], View]:
    """The access rule of a route: one of those above; ``STAFF`` only those with one of ``roles``, where named."""

    def marked(view: View) -> View:
        view.access = (rule, roles)  # type: ignore[attr-defined]
        return view

    return marked


def check_access() -> None:
    """Before each request: who is asking, and may they? Raises ``SignInNeeded``, ``NotAllowed`` or ``NotFound``."""
    g.who = _who()
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return
    rule, roles = getattr(view, "access", (STAFF, ("nobody",)))
    if rule == EVERYBODY:
        return
    if rule in BY_TOKEN:
        BY_TOKEN[rule]()
        return
    if rule == TASK and g.who is None:
        g.who = came_by_link.who((request.view_args or {}).get("task_id"))
    if g.who is None:
        raise errors.SignInNeeded
    if roles:
        access.check_has_role(g.who, *roles)


def _check_token() -> None:
    """A bearer token as in the settings, compared in a time that says nothing. Without a setting there is no page."""
    wanted, given = at_hand.settings().metrics_token, request.authorization
    if not wanted:
        raise errors.NotFound("We could not find that page.")
    token = given.token if given is not None and given.type == "bearer" else None
    if not hmac.compare_digest((token or "").encode(), wanted.encode()):
        raise errors.NotAllowed


def _check_program() -> None:
    """A token of ours that is good. What it may read, each page says itself. Raises ``TokenNeeded``."""
    given = request.authorization
    token = given.token if given is not None and given.type == "bearer" else None
    g.program = tokens.known(token or "", clock=at_hand.clock())


BY_TOKEN = {MONITOR: _check_token, PROGRAM: _check_program}


def _who() -> Who | None:
    """Who has signed in, for as long as a working day lasts, and may still."""
    until = session.get(UNTIL)
    if until is None or datetime.fromisoformat(until) <= at_hand.clock()():
        return None
    person = people.load(session[KEY])
    return access.who(person) if person is not None and person.is_active else None


def signed_in_now() -> Who | None:
    """The person who has signed in in this browser, where nobody has to."""
    return g.who  # type: ignore[no-any-return]


def asking() -> Who:
    """The person who is asking. Raises ``SignInNeeded`` when nobody has signed in."""
    if g.who is None:
        raise errors.SignInNeeded
    return g.who  # type: ignore[no-any-return]


@bp.get("/sign-in")
@open_to(EVERYBODY)
def sign_in() -> str:
    """The sign-in page, with the demo people on a demo system."""
    return _page()


@bp.post("/sign-in")
@open_to(EVERYBODY)
def signed_in() -> Response | tuple[str, int]:
    """Sign in with e-mail address and password."""
    person = people.by_email(at_hand.posted("email"))
    given = request.form.get("password", "")
    is_right = check_password_hash(person.password_hash if person else NOBODY, given)
    if person is None or not is_right or not person.is_active:
        return _page({"email": "Check your e-mail address and password. They do not belong together."}), 422
    session.clear()
    session[KEY], session[UNTIL] = person.id, (at_hand.clock()() + STAYS).isoformat()
    return redirect(_next(), code=303)


@bp.post("/sign-out")
@open_to(EVERYBODY)
def sign_out() -> Response:
    """Sign out."""
    session.clear()
    return redirect(url_for("signing_in.sign_in"), code=303)


NOBODY = (  # a hash of nothing anybody can type, so that an unknown address takes as long as a known one
    "scrypt:32768:8:1$Zk1h0Yw2hWq3vTjQ$"
    "0000000000000000000000000000000000000000000000000000000000000000"
    "0000000000000000000000000000000000000000000000000000000000000000"
)


def _page(problems: dict[str, str] | None = None) -> str:
    demo = people.everybody() if current_app.config["SETTINGS"].is_demo else []
    return render_template(
        "sign_in.html",
        errors=problems,
        email=at_hand.posted("email"),
        next=_next(),
        demo=[access.who(p) for p in demo],
        addresses={p.id: p.email for p in demo},
    )


def _next() -> str:
    """Where to go afterwards: a path of our own, never another site. Browsers leave out tabs and line ends."""
    wanted = request.values.get("next", "")
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if is_ours else url_for("tasks.listed")


def register(app: Flask) -> None:
    """Put the rule before every page."""
    app.before_request(check_access)
    app.register_blueprint(bp)
