"""Every expression that a run could come across, compiled before the drawing is accepted.

Conditions and timers stand in the drawing's own reading (``drawing.checks``); here are the ones only the parsed
process shows: scripts, repetitions, and the library's own extensions, which are refused.
"""

from collections.abc import Iterator
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.bpmn.specs.mixins.script_task import ScriptTask

from app.drawing.completing.extras import NOT_CARRIED_OUT
from app.drawing.expressions import unreadable, unreadable_script
from app.drawing.model import Drawing
from app.errors import Problem


def refused(root: etree._Element, file: str) -> list[Problem]:
    """What the library would work out by itself and is not executed here, with the element it stands in."""
    found = [(node, NOT_CARRIED_OUT[node.tag]) for node in root.iter(*NOT_CARRIED_OUT)]
    return [Problem(file, next(e.get("id") for e in _outwards(node) if e.get("id")), says) for node, says in found]


def problems(spec: Any, drawing: Drawing | None) -> list[Problem]:
    """What in a parsed process cannot be read as FEEL."""
    file = drawing.file if drawing else ""
    return [Problem(file, task.bpmn_id or task.name, says) for task in spec.task_specs.values() for says in _of(task)]


def _outwards(node: etree._Element) -> Iterator[etree._Element]:
    yield node
    yield from node.iterancestors()


def _of(task: Any) -> Iterator[str]:
    if isinstance(task, ScriptTask):
        yield from unreadable_script(task.script)
    if isinstance(task, LoopTask):
        for expression in (getattr(task, "cardinality", None), task.condition):
            if expression:
                yield from unreadable(str(expression))
