"""Procedures as managers see them: numbers over the drawings, one step whole, and what is likely to become late."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from app.cases.access import PROCESS_OWNER
from app.law import calendar
from app.status.numbers import calibrating, forecasting, foreseen, heat, one_step, overview, parts
from app.store import tallies
from app.web import at_hand
from app.web.bars import Amount, bars
from app.web.signing_in import STAFF, open_to
from app.web.status_pages import READERS

bp = Blueprint("processes", __name__, url_prefix="/status")
MONTHS_SHOWN = 13  # in a picture; all of them stand in its table


@bp.get("/processes")
@open_to(STAFF, *READERS, PROCESS_OWNER)
def listed() -> str:
    """Every procedure with how it stands."""
    return render_template("staff/status/processes.html", rows=overview.procedures_now(clock=at_hand.clock()))


@bp.get("/processes/<process_id>")
@open_to(STAFF, *READERS, PROCESS_OWNER)
def process(process_id: str) -> str:
    """One procedure: a measure over its drawing, and every number in a table."""
    found = overview.of(process_id, request.args, clock=at_hand.clock())
    part, compared = found.sides[0].part, request.args.get("with", "")
    fields = [
        _choice("show", "Show", found.measure.key, [(one.key, one.name) for one in heat.MEASURES]),
        *parts.filters(process_id, part, compared, calendar.day_of(at_hand.clock()())),
    ]
    links = [
        {"href": _here(process_id, drawing=key), "text": name, "current": key == found.drawing}
        for key, name in found.drawings
    ]
    return render_template(
        "staff/status/process.html",
        one=found,
        fields=fields,
        drawings=links,
        carried={"drawing": found.drawing},
        asked=_asked("months", "from", "to", "role", "agency", "version"),
    )


@bp.get("/processes/<process_id>/steps/<process>/<key>")
@open_to(STAFF, *READERS, PROCESS_OWNER)
def step(process_id: str, process: str, key: str) -> str:
    """One step: how long it takes, month by month, by whom, which answers, and the cases behind."""
    found = one_step.of(process_id, process, key, request.args, clock=at_hand.clock())
    took = bars("took", "Working days it took", [Amount(name, number) for name, number in found.took])
    ended = [Amount(month.short, month.limits, month.late) for month in found.months[-MONTHS_SHOWN:]]
    late = bars("late", "Limits that ended, month by month", ended, part_words="missed")
    address = url_for("processes.process", process_id=process_id, months=request.args.get("months"))
    back = {"href": address, "text": "Back"}
    return render_template("staff/status/step.html", one=found, took=took, late=late, back=back)


@bp.get("/forecast")
@open_to(STAFF, *READERS)
def forecast() -> str:
    """What is likely to become late, why, and whether earlier forecasts came true."""
    clock, asked = at_hand.clock(), request.args.get("case", "").strip().upper()
    found = foreseen.forecasts(clock=clock, reference=asked)
    record = calibrating.record(parts.month_before(calendar.day_of(clock()), forecasting.MONTHS))
    field = {"name": "case", "label": "Reference of a case", "kind": "text", "value": asked}
    about = {"late": tallies.late_now(clock()), "most": foreseen.A_PAGE, "looked_at": foreseen.LOOKED_AT}
    return render_template(
        "staff/status/forecast.html", rows=found, record=record, asked=asked, fields=[field], **about
    )


def _choice(name: str, label: str, value: str, choices: list[tuple[str, str]]) -> dict[str, Any]:
    options = [{"value": key, "text": text} for key, text in choices]
    return {"name": name, "label": label, "kind": "select", "value": value, "options": options}


def _asked(*names: str) -> dict[str, str]:
    return {name: request.args[name] for name in names if request.args.get(name)}


def _here(process_id: str, **more: str) -> str:
    told: dict[str, Any] = {**request.args, **more}
    return url_for("processes.process", process_id=process_id, **told)
