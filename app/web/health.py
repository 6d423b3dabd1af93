"""Whether the system does its work, for those who keep it running."""

from typing import Any

from flask import Blueprint, render_template

from app.cases.access import ADMINISTRATOR, MANAGER
from app.status import health, health_words
from app.store.lateness import Spread
from app.web import at_hand
from app.web.signing_in import STAFF, open_to

bp = Blueprint("health", __name__)


@bp.get("/admin/health")
@open_to(STAFF, MANAGER, ADMINISTRATOR)
def shown() -> str:
    """The worker, what waits, what is late, and how late time limits were."""
    found = health.read(clock=at_hand.clock(), worker_pause=at_hand.settings().worker_pause)
    return render_template(
        "staff/health.html",
        found=found,
        facts=[
            {"term": term, "text": said}
            for term, said in health_words.facts(found.timers, found.counts, found.worker_beat_at)
        ],
        stretches=[_stretch(found.day, "the last 24 hours"), _stretch(found.week, "the last 7 days")],
    )


def _stretch(spread: Spread, when: str) -> dict[str, Any]:
    """A table of lateness: {when, says, rows: [{step, number, share in per cent}]}, rows only where any fired."""
    steps = zip(health_words.steps(), spread.by_bound, health_words.shares(spread), strict=True)
    rows = [{"step": step, "number": number, "share": share} for step, number, share in steps]
    return {"when": when, "says": health_words.spread(spread, when), "rows": rows if spread.fired else []}
