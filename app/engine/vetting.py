"""Every expression that a run could come across, compiled before the drawing is accepted.

Conditions and timers stand in the drawing's own reading (``drawing.checks``); here are the ones only the parsed
process shows: scripts, repetitions, and the library's own script extensions, which are refused.
"""

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.bpmn.specs.mixins.script_task import ScriptTask

from app import errors
from app.drawing.model import Drawing
from app.engine.feel_engine import assignments
from app.errors import Problem
from app.feel import parsing


def problems(spec: Any, drawing: Drawing | None) -> list[Problem]:
    """What in a parsed process cannot be read as FEEL."""
    file = drawing.file if drawing else ""
    return [Problem(file, task.bpmn_id or task.name, says) for task in spec.task_specs.values() for says in _of(task)]


def _of(task: Any) -> Iterator[str]:
    if getattr(task, "prescript", None) or getattr(task, "postscript", None):
        yield "A script before or after a task is not executed here. Draw a script task."
    if isinstance(task, ScriptTask):
        yield from _script(task.script)
    if isinstance(task, LoopTask):
        for expression in (getattr(task, "cardinality", None), task.condition):
            if expression:
                yield from _unreadable(str(expression))


def _script(script: str) -> Iterator[str]:
    try:
        for _, expression in assignments(script):
            yield from _unreadable(expression)
    except errors.NotUnderstood as problem:
        yield str(problem)


def _unreadable(expression: str) -> Iterator[str]:
    try:
        parsing.parse(expression.strip().removeprefix("="))
    except errors.NotUnderstood as problem:
        yield f"‘{expression}’ cannot be read. {problem}"
