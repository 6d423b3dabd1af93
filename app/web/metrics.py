"""The same numbers as on the health page, for Prometheus. Every one comes from the database; none names a person."""

from collections.abc import Iterator
from itertools import accumulate

from flask import Blueprint, Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from app.status import health
from app.status.health import Health
from app.store import lateness
from app.store.lateness import Spread
from app.web import at_hand
from app.web.signing_in import MONITOR, open_to

bp = Blueprint("metrics", __name__)


@bp.get("/metrics")
@open_to(MONITOR)
def metrics() -> Response:
    """Prometheus’s text format, read anew each time."""
    found = health.read(clock=at_hand.clock(), worker_pause=at_hand.settings().worker_pause)
    registry = CollectorRegistry()
    registry.register(Numbers(found, lateness.ever()))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


class Numbers(Collector):
    """What was found, as families of metrics."""

    def __init__(self, found: Health, ever: Spread) -> None:
        self.found, self.ever = found, ever

    def collect(self) -> Iterator[Metric]:
        """Every family."""
        yield _histogram(self.ever)
        for name, says, value in _gauges(self.found):
            yield GaugeMetricFamily(name, says, value=value)


def _histogram(ever: Spread) -> Metric:
    bounds = [*(f"{bound:.1f}" for bound in lateness.BOUNDS), "+Inf"]
    buckets = list(zip(bounds, accumulate(ever.by_bound), strict=True))
    says = "How long after its due instant each timer fired, since this is counted."
    return HistogramMetricFamily("case_review_timer_lateness_seconds", says, buckets=buckets, sum_value=ever.seconds)


def _gauges(found: Health) -> list[tuple[str, str, float]]:
    timers, counts, oldest = found.timers, found.counts, found.oldest_overdue_seconds
    rows: list[tuple[str, str, float]] = [
        ("case_review_timers_waiting", "Timers that wait, due or not.", timers.waiting),
        ("case_review_timers_overdue", "Timers that are due, in cases that can move.", timers.overdue),
        ("case_review_timers_held_back", "Timers that are due in cases that are stopped.", timers.held_back),
        ("case_review_timer_oldest_overdue_seconds", "Since the oldest was due; 0: none is.", oldest),
        ("case_review_incidents_open", "Cases that are stopped until somebody has looked.", counts.cases_stopped),
        ("case_review_letters_waiting", "Letters that wait to be written or sent.", counts.letters_waiting),
        ("case_review_letters_failed", "Letters that failed for good, ever.", counts.letters_failed),
        ("case_review_cases_open", "Cases that are open.", counts.cases_open),
        ("case_review_workers_alive", "Workers that gave a sign of life lately.", found.workers),
    ]
    if found.worker_beat_at is not None:
        says = "The last sign of life of any worker."
        rows.append(("case_review_worker_last_beat_timestamp_seconds", says, found.worker_beat_at.timestamp()))
    return rows
