"""Bank holidays and closures: which days are not counted, proposing others, and what that would do to open cases."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app import errors
from app.cases.access import ADMINISTRATOR, MANAGER
from app.editor import calendars
from app.editor.calendars import Edition, Listed
from app.forms import days
from app.law.calendar import day_of
from app.law.calendars import LOCAL, NAMES
from app.web import at_hand, moving
from app.web.signing_in import STAFF, asking, open_to

bp = Blueprint("calendars", __name__)
ROLES = (MANAGER, ADMINISTRATOR)
AHEAD = timedelta(days=365)
BOXES = ("day", "month", "year")


@bp.get("/admin/calendars")
@open_to(STAFF, *ROLES)
def listed() -> str:
    """The days of the next twelve months, the editions, and the form that proposes a closure."""
    return _page()


@bp.post("/admin/calendars")
@open_to(STAFF, *ROLES)
def propose() -> Response | tuple[str, int]:
    """Propose a day on which nothing is counted. What it would do is shown next."""
    try:
        proposal = calendars.add(
            _day(), at_hand.posted("name"), _calendar(), by=asking().name, note="", clock=at_hand.clock()
        )
        if not proposal.key:
            raise errors.Refused({"day": "Enter another day: this one is not counted already"})
    except errors.Refused as refused:
        return _page(refused.problems), 422
    return redirect(url_for("calendars.edition", key=proposal.key), code=303)


@bp.get("/admin/calendars/<key>")
@open_to(STAFF, *ROLES)
def edition(key: str) -> str:
    """One edition: how it differs from the one in force, and which open cases it would move."""
    return _edition_page(key)


@bp.post("/admin/calendars/<key>")
@open_to(STAFF, *ROLES)
def apply(key: str) -> Response | tuple[str, int]:
    """Put an edition in force and move every open case, with the reason that stands in its history."""
    try:
        moving.say(calendars.apply(key, moving.why(), clock=at_hand.clock()))
    except errors.Refused as refused:
        return _edition_page(key, refused.problems), 422
    return redirect(url_for("calendars.listed"), code=303)


def _page(problems: dict[str, str] | None = None) -> str:
    today = day_of(at_hand.clock()())
    return render_template(
        "staff/calendars.html",
        days=[_shown(one) for one in calendars.days(today, today + AHEAD)],
        editions=[_words(one) for one in calendars.known_editions()],
        choices=[{"value": key, "text": NAMES[key], "selected": key == _calendar()} for key in calendars.CHANGED],
        boxes=[{"name": box, "label": box.capitalize(), "value": at_hand.posted(f"day-{box}")} for box in BOXES],
        name=at_hand.posted("name"),
        errors=problems,
    )


def _edition_page(key: str, problems: dict[str, str] | None = None) -> str:
    found, preview = calendars.edition(key), calendars.preview(key, clock=at_hand.clock())
    return render_template(
        "staff/calendar_edition.html",
        edition=_words(found),
        preview=moving.shown(preview),
        is_done=found.is_in_force and preview.kept == preview.open,
        reason=at_hand.posted("reason", lines=True),
        errors=problems,
        back={"href": url_for("calendars.listed"), "text": "Back to bank holidays and closures"},
    )


def _shown(one: Listed) -> dict[str, Any]:
    """A day as the template shows it."""
    return {
        "day": one.day,
        "name": f"{one.name} (counts as a working day)" if one.is_open else one.name,
        "where": [NAMES[key] for key in one.calendars],
        "source": one.source[0].upper() + one.source[1:],
    }


def _words(one: Edition) -> dict[str, Any]:
    """An edition as the templates show it."""
    return {
        "key": one.key,
        "by": one.row.made_by,
        "at": one.row.made_at,
        "note": one.row.note,
        "is_in_force": one.is_in_force,
        "adds": [calendars.said(change) for change in one.adds],
        "takes_away": [calendars.said(change) for change in one.takes_away],
    }


def _day() -> date:
    """The day that was posted. Raises ``Refused`` for none."""
    boxes = days.spread({box: at_hand.posted(f"day-{box}") for box in BOXES})
    try:
        return days.read_day(boxes["day"], boxes["month"], boxes["year"])
    except ValueError:
        raise errors.Refused({"day": "Enter a day, such as 24 12 2027"}) from None


def _calendar() -> str:
    posted = at_hand.posted("calendar")
    return posted if posted in calendars.CHANGED else LOCAL
