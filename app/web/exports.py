"""Files to take away, for managers: tables of cases, tasks and events, and logs for process mining."""

import logging
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, render_template, request, stream_with_context, url_for

from app import errors
from app.cases.access import MANAGER
from app.law import calendar, statistics
from app.law.statistics import Period
from app.records.exporting import files
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to

bp = Blueprint("exports", __name__)
log = logging.getLogger(__name__)
YEARS = 5  # reporting periods to choose from
A_DAY = timedelta(days=1)
WORDS = {
    "cases": ("Cases", "A row for each case: when it was opened and closed, and its working time."),
    "tasks": ("Tasks", "A row for each task: who did it, in which role, for how long, and whether it was late."),
    "events": ("Events", "A row for each line of history: what happened, and when."),
}
FORMATS = {"csv": "CSV", "parquet": "Parquet", "xes": "XES", "ocel": "OCEL 2.0", "ocel-sqlite": "OCEL 2.0 (SQLite)"}
LOGS = ("xes", "ocel", "ocel-sqlite")


@bp.get("/status/exports")
@open_to(STAFF, MANAGER)
def page() -> str:
    """What there is, for the cases of one period."""
    periods = _periods()
    chosen = next((one for one in periods if one.first.isoformat() == request.args.get("year")), None)
    days: dict[str, Any] = {"from": chosen.first.isoformat(), "to": chosen.last.isoformat()} if chosen else {}
    options = [{"value": one.first.isoformat(), "text": one.name} for one in periods]
    value = chosen.first.isoformat() if chosen else ""
    return render_template(
        "staff/exports.html",
        tables=[(words, says, _links(files.OF_TABLES, name, days)) for name, (words, says) in WORDS.items()],
        logs=_links(LOGS, files.LOG, days),
        fields=[
            {
                "name": "year",
                "label": "Cases opened in",
                "kind": "select",
                "value": value,
                "options": [{"value": "", "text": "Any year"}, *options],
            }
        ],
    )


@bp.get("/status/exports/<kind>/<name>")
@open_to(STAFF, MANAGER)
def file(kind: str, name: str) -> Response:
    """One file, sent while it is read. The days may be given as ``from`` and ``to``."""
    which = files.span(_day("from"), _day("to"))
    pieces = files.content(kind, name, which, at_hand.settings(), at_hand.clock())
    log.info("taken away", extra={"action": "file_taken_away", "person": asking().id, "file": f"{kind} {name}"})
    answer = Response(_sent(pieces), mimetype=files.FORMATS[kind].mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=files.file_name(kind, name))
    return answer


def _sent(pieces: Iterator[bytes]) -> Iterator[bytes]:
    return stream_with_context(pieces)


def _links(kinds: Iterable[str], name: str, days: dict[str, Any]) -> list[tuple[str, str]]:
    return [(FORMATS[kind], url_for("exports.file", kind=kind, name=name, **days)) for kind in kinds]


def _periods() -> list[Period]:
    """The reporting period that runs, and those before it."""
    today = calendar.day_of(at_hand.clock()())
    begins = statistics.begin_of(at_hand.settings().period_begins)
    last = statistics.last_period(today, begins)
    first = last.last + A_DAY
    found = [Period(first, calendar.months_after(first, statistics.MONTHS) - A_DAY)]
    for _ in range(YEARS - 1):
        found.append(Period(calendar.months_after(found[-1].first, -statistics.MONTHS), found[-1].first - A_DAY))
    return found


def _day(name: str) -> date | None:
    text = request.args.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as problem:
        raise errors.Refused({name: f"‘{text[:20]}’ is no day. Write it as 2026-04-01."}) from problem
