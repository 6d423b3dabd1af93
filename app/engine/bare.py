"""SpiffWorkflow with nothing of ours around it, for comparison only."""

from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.util.task import TaskState

TEN_DAYS = '="P10D"'  # ours reads the FEEL; for the library, which evaluates Python, see ``start``


def start(drawing: str, process_id: str) -> Any:
    """A run of a trusted drawing, in memory."""
    parser = SpiffBpmnParser()
    parser.add_bpmn_xml(etree.fromstring(drawing.replace(TEN_DAYS, TEN_DAYS[1:])), filename="bench")
    workflow = BpmnWorkflow(parser.get_spec(process_id))
    workflow.do_engine_steps()
    return workflow


def step(workflow: Any) -> None:
    """Complete the first open task and let the rest follow."""
    task = workflow.get_next_task(state=TaskState.READY, manual=True)
    task.run()
    workflow.do_engine_steps()
