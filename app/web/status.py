"""The board of managers: how every open case stands, as a list or in columns, at an address that can be sent.

A page that is open asks for itself again, with ``X-Requested-With: fetch``: it gets the parts that can change, and
nothing where they are as they were (their tag is the hash of what they say).
"""

from hashlib import sha256
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from app.status import board, board_columns, board_options, saved_views
from app.status.board_choice import COLUMNS, Choice, read
from app.status.numbers import overview
from app.store.board import Counts
from app.web import at_hand, bars, listing
from app.web.bars import Amount
from app.web.signing_in import STAFF, asking, open_to
from app.web.status_pages import READERS

bp = Blueprint("status", __name__)
_PART = '<div data-live-part="{}">{}</div>'
TABS = (
    ("Late first", Choice()),
    ("High risk", Choice(risk="high")),
    ("Waiting for an agency", Choice(holder="agencies")),
)


@bp.get("/status")
@open_to(STAFF, *READERS)
def shown() -> str | Response:
    """The board, or the parts of it that can change."""
    choice = read(request.args)
    fields = board_options.fields(choice)
    parts = _columns(choice, fields) if choice.columns else _list(choice)
    tag = sha256("".join(parts.values()).encode()).hexdigest()
    if request.headers.get("X-Requested-With") == "fetch":
        response = Response("".join(_PART.format(*one) for one in parts.items()), mimetype="text/html")
        response.set_etag(tag)
        return response.make_conditional(request)
    return render_template("staff/status/board.html", choice=choice, tag=tag, parts=parts, **_around(choice, fields))


def _list(choice: Choice) -> dict[str, str]:
    found = board.read(choice, listing.page_asked(), clock=at_hand.clock())
    weeks = [Amount(one.short, one.number) for one in found.coming]
    said = {
        "found": found,
        "links": listing.links(found.page, found.pages),
        "picture": bars.bars("coming", "Limits that end, by week", weeks),
    }
    return _parts("list", choice, found.counts, **said)


def _columns(choice: Choice, fields: list[dict[str, Any]]) -> dict[str, str]:
    found = board_columns.read(choice, board_options.steps(fields), clock=at_hand.clock())
    return _parts("columns", choice, found.counts, found=found)


def _parts(kind: str, choice: Choice, counts: Counts, **said: Any) -> dict[str, str]:
    """What can change, as markup: the numbers, and what stands below the filter."""
    said |= {"choice": choice, "counts": counts, "headline": board.headline(counts)}
    return {
        "head": render_template("staff/status/board_head.html", **said),
        "body": render_template(f"staff/status/board_{kind}.html", **said),
    }


def _around(choice: Choice, fields: list[dict[str, Any]]) -> dict[str, Any]:
    """What only a new page shows anew: tabs, ways to arrange it, and the filter."""
    views = saved_views.seen_by(asking(), saved_views.BOARD)
    tabs = [(text, one.query()) for text, one in TABS]
    tabs += [(f"{view.name} ({view.by})" if view.by else view.name, view.query) for view in views]
    ways = [("A list", ""), *((text, key) for key, text in COLUMNS.items())]
    return {
        "tabs": [{"href": _address(query), "text": text, "current": query == choice.query()} for text, query in tabs],
        "ways": [{"href": choice.address(columns=key), "text": t, "current": key == choice.columns} for t, key in ways],
        "fields": fields,
        "kept": overview.kept_lately(clock=at_hand.clock()),
        "has_views": any(not view.by for view in views),
    }


def _address(query: str) -> str:
    return f"/status?{query}" if query else "/status"
