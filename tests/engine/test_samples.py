"""Snapshots kept from each format that was ever in use: a case that slept for years still wakes where it stood."""

import json
from pathlib import Path

import pytest

from app.engine import snapshot
from app.engine.library import procedure
from app.engine.run import Run
from tests.engine.bench import MONDAY, Case

SAMPLES = sorted((Path(__file__).parent / "samples").glob("format-*/*.snapshot"))


def woken(sample):
    drawing = sample.with_suffix(".bpmn")
    read = procedure({drawing.name: drawing.read_bytes()})
    return Case(read, Run.wake(sample.read_bytes(), read, at=MONDAY, opened_at=MONDAY))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_kept_snapshot_wakes_where_its_case_stood(sample):
    case, kept = woken(sample), json.loads(sample.with_suffix(".json").read_text())
    assert [list(task) if isinstance(task, tuple) else task for task in case.open()] == kept["open"]
    assert {key: at.isoformat() for key, at in case.timers().items()} == kept["timers"]
    assert case.run.facts == kept["facts"]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_case_woken_from_a_kept_snapshot_can_be_worked_on(sample):
    case = woken(sample)
    before = case.run.put_away()
    for task in case.run.open_tasks()[:1]:
        case.run.complete(task.id, {})
    for timer in case.run.waiting_timers()[:1]:
        case.run.fire(timer.id, timer.key, at=timer.due_at)
    case.run.settle()
    assert case.run.put_away() != before


def test_there_is_a_sample_of_the_format_in_use():
    assert f"format-{snapshot.FORMAT}" in {path.parent.name for path in SAMPLES}
