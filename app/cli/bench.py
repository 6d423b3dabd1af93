"""Measuring a step of a case against the bare engine, in one run, as ratios: machines are noisy, ratios less so."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from app.cases import advancing, procedures
from app.cases.advancing import Opening, Step
from app.config import Settings
from app.engine import bare
from app.store import cases, sessions, tasks
from app.store.history import Happened

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LENGTH = 30  # tasks in a line, each with a limit
ROUNDS = 150  # of a loop, to see whether age costs anything
EARLY = 20  # steps at the beginning and at the end that are compared


def step(make: Callable[[Settings], Flask], steps: int, postgresql: str) -> Iterator[str]:
    """The lines of the report."""
    rounds = max(1, steps // LENGTH)
    library = _milliseconds(_bare_steps(rounds))
    yield f"bare SpiffWorkflow in memory, a line of {LENGTH} tasks with limits: {library:.2f} ms a step"
    with tempfile.TemporaryDirectory() as folder:
        yield from _ours(make, f"sqlite:///{Path(folder) / 'bench.db'}", "SQLite", rounds, library)
    if postgresql:
        yield from _ours(make, postgresql, "PostgreSQL", rounds, library)


def _ours(make: Callable[[Settings], Flask], url: str, name: str, rounds: int, library: float) -> Iterator[str]:
    app = make(Settings(database_url=url))
    with app.app_context():
        upgrade()
        procedures.publish(
            {"line.bpmn": line(LENGTH).encode(), "loop.bpmn": loop().encode()}, by="bench", note="", clock=lambda: AT
        )
        own = _milliseconds(_kept_steps("line", rounds * LENGTH, LENGTH))
        yield f"ours on {name}, kept and committed: {own:.2f} ms a step, {own / library:.2f} times the bare engine"
        aged = list(_kept_steps("loop", 2 * ROUNDS, 2 * ROUNDS))
        young, old = statistics.median(aged[:EARLY]), statistics.median(aged[-EARLY:])
        yield f"ours on {name}, the last steps of {len(aged)} against the first: {old / young:.2f} times"
        sessions.end()


def _milliseconds(seconds: Iterator[float]) -> float:
    return statistics.median(seconds) * 1000


def _bare_steps(rounds: int) -> Iterator[float]:
    for _ in range(rounds):
        workflow = bare.start(line(LENGTH), "line")
        for _ in range(LENGTH):
            began = time.perf_counter()
            bare.step(workflow)
            yield time.perf_counter() - began


def _kept_steps(process: str, number: int, length: int) -> Iterator[float]:
    """The time of each of ``number`` steps; a case has ``length`` of them."""
    for count in range(number):
        if count % length == 0:
            case = advancing.open_case(Opening(process, "bench", {}, by="bench"), clock=lambda: AT)
        task = tasks.of_case(case.id)[0]
        event = Happened("task_completed", task.key, AT)
        task_id = task.id
        began = time.perf_counter()
        advancing.advance(case.id, Step(lambda run, i=task_id: run.complete(i, {}), event), clock=lambda: AT)  # type: ignore[misc]
        yield time.perf_counter() - began
        cases.load(case.id)


def line(length: int) -> str:
    """A drawing of ``length`` tasks one after the other, each with a limit of ten days."""
    keys = [f"task_{number}" for number in range(length)]
    steps = [_task(key) + _limit(key) for key in keys]
    flows = [_flow(before, after) for before, after in pairwise(["begun", *keys, "done"])]
    return _drawing("line", *steps, '<endEvent id="done"/>', *flows)


def loop() -> str:
    """A drawing of two tasks that go round for ever."""
    again = '<exclusiveGateway id="again"/>' + _task("one") + _task("two") + '<endEvent id="never"/>'
    round_ = [_flow("begun", "again"), _flow("one", "two"), _flow("two", "again")]
    return _drawing("loop", again, *round_, _flow("again", "one", "1 = 1"), _flow("again", "never", "1 = 2"))


def _drawing(process: str, *parts: str) -> str:
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="bench" targetNamespace="urn:bench">'
        f'<process id="{process}" isExecutable="true"><startEvent id="begun"/>{"".join(parts)}</process></definitions>'
    )


def _task(key: str) -> str:
    return f'<userTask id="{key}" name="{key}"/>'


def _limit(key: str) -> str:
    """A limit that tells somebody."""
    timer = (
        f'<timerEventDefinition id="{key}_timer"><timeDuration>{bare.TEN_DAYS}</timeDuration></timerEventDefinition>'
    )
    event = f'<boundaryEvent id="{key}_late" attachedToRef="{key}" cancelActivity="false">{timer}</boundaryEvent>'
    return event + f'<endEvent id="{key}_told"/>' + _flow(f"{key}_late", f"{key}_told")


def _flow(source: str, target: str, condition: str = "") -> str:
    inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}_to_{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'
