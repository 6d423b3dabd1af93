"""Measuring the pages that show many cases, with as many open tasks and closed cases as a large city has in ten years.

Times are the server’s own, from asking to the last byte, one page after the other in one process. Statements are
counted with few cases and with many: a page that asks more of the database with more cases is at fault.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from app.cases import noting
from app.cli import demo, demo_cases
from app.clock import Clock
from app.config import ROOT, Settings
from app.editor import loading
from app.engine import twins
from app.status import tallying
from app.store import benches, cases, floods, people, sessions
from app.store.rows.cases import Case
from app.web.signing_in import KEY, STAYS, UNTIL

LIST, SUM = 100, 300  # milliseconds that 95 of 100 answers may take: of a list, of a page that sums up
WHO = "marigold@larkmere.example"
OFFICER = "basil@larkmere.example"
PROCESS = "asb_case_review"


@dataclass(frozen=True)
class Page:
    """A page to measure: what it is called, its address, who asks, and the time that is aimed at."""

    name: str
    path: str
    who: str = WHO
    most: int = LIST


@dataclass(frozen=True)
class Plan:
    """How much there is."""

    tasks: int = 100_000
    closed: int = 1_000_000
    times: int = 40  # that each page is asked for


def report(make: Callable[[Settings], Flask], postgresql: str, plan: Plan, clock: Clock) -> Iterator[str]:
    """The lines of the report."""
    settings = Settings(database_url=postgresql, is_demo=False, secret_key="a" * 32)
    app = make(settings)
    with app.app_context():
        upgrade()
        loading.load(ROOT, by="bench", clock=clock)
        demo.settle_people(clock)
        demo_cases.settle_cases(settings, clock)
        tallying.all_of_it()
        pages = _pages()
        few = {page.name: _statements(app, page, clock) for page in pages}
        began = time.perf_counter()
        _fill(plan, clock)
        yield (
            f"{floods.open_tasks():,} open tasks, {plan.closed:,} closed cases, made in "
            f"{time.perf_counter() - began:.0f} s"
        )
        for page in pages:
            yield _line(app, page, plan, few[page.name], clock)
        sessions.end()


def _pages() -> tuple[Page, ...]:
    found, _ = cases.listed("", "open", 0, 1, process_id=PROCESS)
    reference = found[0].reference
    return (
        Page("my tasks", "/tasks?tab=mine", OFFICER),
        Page("my team’s tasks", "/tasks?tab=team", OFFICER),
        Page("the board", "/status"),
        Page("the board, high risk", "/status?risk=high"),
        Page("the board by step", "/status?columns=step", most=SUM),
        Page("cases", "/cases"),
        Page("a case", f"/cases/{reference}"),
        Page("its drawing", f"/cases/{reference}/drawing"),
        Page("procedures", "/status/processes", most=SUM),
        Page("heat map, 12 months", f"/status/processes/{PROCESS}", most=SUM),
        Page("heat map, 10 years", f"/status/processes/{PROCESS}?months=120", most=SUM),
        Page("forecast", "/status/forecast", most=SUM),
    )


def _fill(plan: Plan, clock: Clock) -> None:
    """Copy the open demo cases until there are tasks enough, and let the database make what is closed."""
    ids = cases.open_cases()
    copies = max(1, plan.tasks // max(1, floods.open_tasks()))
    for case_id in ids:
        noting.write_down(case_id, partial(_copy, copies=copies))
    noting.write_down(ids[0], partial(_flood, plan=plan, clock=clock))
    benches.take_stock()


def _copy(case: Case, copies: int) -> None:
    benches.multiply(case.id, twins.twins(cases.snapshot(case.id), copies))


def _flood(case: Case, plan: Plan, clock: Clock) -> None:
    floods.scatter(clock())
    floods.close(plan.closed, PROCESS, case.release_key, clock())


def _line(app: Flask, page: Page, plan: Plan, before: int, clock: Clock) -> str:
    client, taken = _signed_in(app, page.who, clock), []
    for _ in range(plan.times):
        began = time.perf_counter()
        answer = client.get(page.path)
        answer.get_data()
        taken.append((time.perf_counter() - began) * 1000)
    found = statistics.quantiles(taken, n=100, method="inclusive")
    now = _statements(app, page, clock)
    same = "the same" if now == before else f"{before} with few cases"
    kept = "kept" if found[94] <= page.most else "MISSED"
    return (
        f"{page.name}: p50 {found[49]:.0f} ms, p95 {found[94]:.0f} ms (aim {page.most}: {kept}), "
        f"{now} statements ({same}), {len(answer.get_data()) / 1000:.0f} kB, {answer.status_code}"
    )


def _statements(app: Flask, page: Page, clock: Clock) -> int:
    client = _signed_in(app, page.who, clock)
    client.get(page.path)
    with floods.counting() as said:
        client.get(page.path)
    return len(said)


def _signed_in(app: Flask, email: str, clock: Clock) -> FlaskClient:
    client, person = app.test_client(), people.by_email(email)
    with client.session_transaction() as session:
        session[KEY] = person.id if person else 0
        session[UNTIL] = (clock() + STAYS + timedelta(hours=1)).isoformat()
    return client
