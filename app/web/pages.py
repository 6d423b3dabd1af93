"""What every page knows: names, navigation, who is signed in, filters for days and times."""

from datetime import datetime
from typing import Any

from flask import Flask, g, request
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from app.cases import calendars
from app.cases.access import ADMINISTRATOR, EVERY_CASE, MANAGER, PROCESS_OWNER, Who
from app.clock import Clock
from app.config import Settings
from app.law import wording
from app.law.calendar import Calendar
from app.law.wording import Time
from app.status.numbers import measures
from app.web import status_pages
from app.web.assets import asset
from app.web.status_pages import READERS

PRODUCT = "Case review"
PUBLIC = (("/", "About"), ("/apply", "Apply"), ("/track", "Track"), ("/procedure", "How it works"))
STAFF: tuple[tuple[str, str, frozenset[str]], ...] = (  # address, words, for whom (everybody, where nobody is named)
    ("/tasks", "Tasks", frozenset()),
    (status_pages.BOARD, "Status", frozenset(READERS)),
    ("/cases", "Cases", frozenset(EVERY_CASE)),
    ("/returns", "Returns", frozenset(READERS)),
    ("/admin/silence", "Not heard from us", frozenset({ADMINISTRATOR})),
    ("/studio", "Drawing office", frozenset({PROCESS_OWNER, MANAGER, "Senior officer"})),
    ("/admin/calendars", "Calendars", frozenset({MANAGER, ADMINISTRATOR})),
    ("/admin/timescales", "Agreed times", frozenset({MANAGER, ADMINISTRATOR})),
    ("/admin/health", "Health", frozenset({MANAGER, ADMINISTRATOR})),
)


def register(app: Flask, settings: Settings, clock: Clock) -> None:
    """Give every template its surroundings."""
    app.jinja_loader = ChoiceLoader(
        [
            PackageLoader("app.web", "templates"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.globals.update(asset=asset, in_days=measures.days, percent=measures.percent)
    app.jinja_env.filters.update(
        day=lambda value: wording.day(wording.read_day(value)) if value else "",
        full_day=lambda value: wording.day(wording.read_day(value), year=True) if value else "",
        moment=wording.moment,
        end=lambda value: wording.moment(value) if isinstance(value, datetime) else wording.day(value),
        passed=lambda because: wording.passed(**because),
        left=lambda limit, at=None: time_left(limit, at or clock()),
    )

    @app.context_processor
    def surroundings() -> dict[str, Any]:
        who = g.get("who")
        links = PUBLIC if who is None else _open_to(who) if who.task_id is None else []
        return {
            "product_name": PRODUCT,
            "partnership_name": settings.partnership_name,
            "help_phone": settings.help_phone,
            "navigation": [{"href": h, "text": t, "current": _is_here(h)} for h, t in links],
            "status_pages": status_pages.links(who, request.path) if who else [],
            "person": who,
            "by_link": who is not None and who.task_id is not None,
            "now": clock(),
        }


def _open_to(who: Who) -> list[tuple[str, str]]:
    """The links that a person's roles open; without roles a link is for everybody.

    Who has the board finds the other pages about how everything stands beside it.
    """
    found = [(href, text) for href, text, roles in STAFF if not roles or who.roles & roles]
    beside = {href for href, *_ in status_pages.PAGES if href != status_pages.BOARD and who.roles & set(READERS)}
    return [(href, text) for href, text in found if href not in beside]


def _is_here(href: str) -> bool:
    if href == status_pages.BOARD:
        return bool(status_pages.page_of(request.path))
    return request.path == href or (href != "/" and request.path.startswith(href + "/"))


def _calendar() -> Calendar:
    """The partnership's calendar, read once a page."""
    if "calendar" not in g:
        g.calendar = calendars.in_force().own
    found: Calendar = g.calendar
    return found


def time_left(limit: Any, now: datetime) -> Time | None:
    """The limit of a row (with ``due_at``, ``due_on``, ``start_at``) as it stands now; None where it has none."""
    if limit.due_at is None:
        return None
    return wording.due(
        limit.due_at,
        limit.due_on,
        now=now,
        start_at=limit.start_at or limit.due_at,
        calendar=_calendar(),
    )
