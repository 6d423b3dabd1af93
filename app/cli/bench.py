"""Measuring a step of a case against the bare engine, in one run, as ratios: machines are noisy, ratios less so."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
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
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' id="bench" targetNamespace="urn:bench"><process id="{id}" isExecutable="true"><startEvent id="begun"/>'
)


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
    parts, before = [HEAD.format(id="line")], "begun"
    for number in range(length):
        task = f"task_{number}"
        parts.append(
            f'<userTask id="{task}" name="Task {number}"/><boundaryEvent id="{task}_late" attachedToRef="{task}" '
            f'cancelActivity="false"><timerEventDefinition id="{task}_timer"><timeDuration xsi:type="tFormalExpression">'
            f'{bare.QUOTE}P10D{bare.QUOTE}</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="{task}_told"/>'
            f'<sequenceFlow id="{task}_tells" sourceRef="{task}_late" targetRef="{task}_told"/>'
            f'<sequenceFlow id="to_{task}" sourceRef="{before}" targetRef="{task}"/>'
        )
        before = task
    parts.append(
        f'<endEvent id="done"/><sequenceFlow id="to_end" sourceRef="{before}" targetRef="done"/></process></definitions>'
    )
    return "".join(parts)


def loop() -> str:
    """A drawing of two tasks that go round for ever."""
    return (
        HEAD.format(id="loop")
        + '<exclusiveGateway id="again"/><userTask id="one"/><userTask id="two"/><endEvent id="never"/>'
        '<sequenceFlow id="f1" sourceRef="begun" targetRef="again"/><sequenceFlow id="f2" sourceRef="one" targetRef="two"/>'
        '<sequenceFlow id="f3" sourceRef="two" targetRef="again"/>'
        '<sequenceFlow id="f4" sourceRef="again" targetRef="one"><conditionExpression>not(false)</conditionExpression>'
        '</sequenceFlow><sequenceFlow id="f5" sourceRef="again" targetRef="never"><conditionExpression>false'
        "</conditionExpression></sequenceFlow></process></definitions>"
    )
