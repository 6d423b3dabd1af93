"""Measuring how many timers workers fire, how late, and what looking for them costs with a hundred thousand waiting.

The workers are processes of ``trigger worker``, on the real clock. Lateness is from the instant at which a timer was
due until the one at which the step that fired it began, as both stand in its row.
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from flask_migrate import upgrade

from app.cli import crowding
from app.clock import Clock
from app.config import PREFIX, ROOT, Settings
from app.store import benches, sessions, timers

FEW = 1_000  # waiting timers, for comparison
INSTANTS = 100  # at which those that wait are due, a day apart, the first tomorrow
DAY = timedelta(days=1)
PREPARED = 500  # cases that are made in a second, at least
STARTING = timedelta(seconds=10)  # until workers look for timers
PATIENCE = timedelta(seconds=0.1)  # in which one timer has fired, at worst
ENDING = 15  # seconds that a worker has to end by itself


@dataclass(frozen=True)
class Plan:
    """How much there is to do."""

    waiting: int = 100_000
    due: int = 10_000
    workers: Sequence[int] = (1, 3)
    single: int = 60  # timers that become due one by one
    seconds: float = 30  # in which they do


@dataclass(frozen=True)
class Outcome:
    """How timers that were due have fired, each exactly once."""

    lateness: list[float]  # seconds, of each that fired
    seconds: float  # from the first due instant to the last that fired

    @property
    def per_second(self) -> float:
        """Timers fired in a second."""
        return len(self.lateness) / self.seconds

    def late(self, percent: int) -> float:
        """The lateness in seconds that so many percent do not exceed."""
        return statistics.quantiles(self.lateness, n=100, method="inclusive")[percent - 1]


def bench(make: Callable[[Settings], Flask], plan: Plan, postgresql: str, *, clock: Clock) -> Iterator[str]:
    """The lines of the report. Raises ``RuntimeError`` where a timer did not fire exactly once."""
    with make(Settings(database_url=postgresql)).app_context():
        upgrade()
        crowding.publish(clock)
        yield from _crowd(plan, clock)
        yield from _bursts(plan, postgresql, clock)
        outcome = one_by_one(postgresql, plan.single, plan.seconds, clock=clock)
        yield f"{plan.single} one by one within {plan.seconds:.0f} s, an idle worker: {_late(outcome)}"
        _check(benches.firings(clock(), clock() + 2 * INSTANTS * DAY), {0: plan.waiting})
        yield "each of those that were due fired exactly once, and none of the others"
        sessions.end()


def _crowd(plan: Plan, clock: Clock) -> Iterator[str]:
    """Make those that wait; compare what a look costs with few and with all."""
    few, began = min(FEW, plan.waiting), time.monotonic()
    crowding.spread(few, clock() + DAY, DAY, INSTANTS)
    first = look(clock())
    crowding.spread(plan.waiting - few, clock() + DAY, DAY, INSTANTS)
    yield f"{plan.waiting} cases that wait made in {time.monotonic() - began:.0f} s"
    then = look(clock())
    ratio = then.buffers / first.buffers
    yield f"a look with {few} waiting: {_work(first)}; with {plan.waiting}: {_work(then)}; {ratio:.2f} times the pages"


def _bursts(plan: Plan, url: str, clock: Clock) -> Iterator[str]:
    rates = []
    for number in plan.workers:
        work, outcome = burst(url, plan.due, number, clock=clock)
        rates.append(outcome.per_second)
        yield f"a look with {plan.due} due at once: {_work(work)}"
        yield f"{plan.due} due at once, workers: {number}: {outcome.per_second:.0f} a second, {_late(outcome)}"
    yield f"workers {plan.workers[-1]} against {plan.workers[0]}: {rates[-1] / rates[0]:.2f} times as many a second"


def look(at: datetime) -> benches.Work:
    """What a look for what is due costs at an instant."""
    benches.take_stock()
    work = benches.work_of_due(at)
    sessions.end()
    return work


def burst(url: str, number: int, workers: int, *, clock: Clock) -> tuple[benches.Work, Outcome]:
    """Let workers fire ``number`` timers that are due at one instant; and what a look for them costs before."""
    due_at = clock() + _preparation(number)
    crowding.wait(number, due_at)
    work = look(due_at)
    _check_time(due_at, clock)
    return work, worked(url, workers, due_at, due_at, clock=clock)


def one_by_one(url: str, number: int, seconds: float, *, clock: Clock) -> Outcome:
    """Let an idle worker fire single timers, due at random instants within these seconds."""
    chance = random.Random(7)  # noqa: S311  not for secrets
    since = clock() + _preparation(number)
    instants = sorted(since + timedelta(seconds=chance.uniform(0, seconds)) for _ in range(number))
    for due_at in instants:
        crowding.wait(1, due_at)
    _check_time(since, clock)
    return worked(url, 1, instants[0], instants[-1], clock=clock)


def _preparation(number: int) -> timedelta:
    return 2 * STARTING + timedelta(seconds=number / PREPARED)


def _check_time(due_at: datetime, clock: Clock) -> None:
    if clock() > due_at - STARTING:
        raise RuntimeError("this machine is too slow: they were due before the workers began")


def worked(url: str, workers: int, since: datetime, until: datetime, *, clock: Clock) -> Outcome:
    """Let workers fire what is due between two instants. Raises ``RuntimeError`` unless each fires exactly once."""
    sessions.end()
    number = benches.firings(since, until).total()
    give_up = max(until, clock()) + STARTING + number * PATIENCE
    with _working(url, workers):
        while (coming := timers.next_due()) and coming <= until and clock() < give_up:
            sessions.end()
            time.sleep(0.1)
    sessions.end()
    _check(benches.firings(since, until), {1: number})
    fired = benches.fired(since, until)
    lateness = [(ended_at - due_at).total_seconds() for due_at, ended_at in fired]
    return Outcome(lateness, (fired[-1][1] - since).total_seconds())


def _check(times: Mapping[int, int], expected: Mapping[int, int]) -> None:
    if times != expected:
        raise RuntimeError(f"{{how often they fired: timers}} is {dict(times)} and should be {expected}")


@contextmanager
def _working(url: str, number: int) -> Iterator[None]:
    """So many worker processes on this database."""
    environment = os.environ | {PREFIX + "DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "app.factory", "worker"]
    started = [subprocess.Popen(command, env=environment, cwd=ROOT) for _ in range(number)]  # noqa: S603
    try:
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(ENDING)


def _late(outcome: Outcome) -> str:
    return f"late by {outcome.late(50):.2f} s (p50), {outcome.late(99):.2f} s (p99)"


def _work(work: benches.Work) -> str:
    return f"{work.buffers} pages, {work.rows} rows, by {', '.join(sorted(work.indexes)) or 'no index'}"
