"""The library's own serializer as the oracle for ours: the same run, put away and woken by either."""

from datetime import datetime

from SpiffWorkflow.bpmn.serializer.helpers.bpmn_converter import BpmnConverter
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway, ParallelGateway
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.spiff.serializer.task_spec import SpiffBpmnTaskConverter, SubWorkflowTaskConverter
from SpiffWorkflow.spiff.specs.event_definitions import ErrorEventDefinition, EscalationEventDefinition

from app.engine import events, joins, parsing, scopes
from app.engine.arriving import Arrival
from app.engine.feel_engine import FeelEngine
from app.engine.frame_timing import FrameTimer, OpensAgain, OpensOnce
from app.engine.library import Procedure
from app.engine.run import Run
from app.engine.timing import CycleTimer, LimitTimer


class DecisionConverter(SpiffBpmnTaskConverter):
    def to_dict(self, spec):
        return super().to_dict(spec) | {"decision": spec.decision}


class EffectConverter(SpiffBpmnTaskConverter):
    def from_dict(self, dct):
        return super().from_dict(dct | {"operation_name": "", "operation_params": {}, "result_variable": ""})


class TimerConverter(BpmnConverter):
    def to_dict(self, definition):
        return {"name": definition.name, "expression": definition.expression}

    def from_dict(self, dct):
        return self.target_class(**dct)


class FrameConverter(BpmnConverter):
    def to_dict(self, definition):
        timer = definition.timer
        return {"name": timer.name, "expression": timer.expression, "again": isinstance(timer, CycleTimer)}

    def from_dict(self, dct):
        return FrameTimer((OpensAgain if dct["again"] else OpensOnce)(dct["name"], dct["expression"]))


class ArrivalConverter(BpmnConverter):
    def to_dict(self, definition):
        return {"element": definition.element}

    def from_dict(self, dct):
        return self.target_class(**dct)


class ReferenceConverter(BpmnConverter):
    def to_dict(self, reference):
        return {"bpmn_id": reference.bpmn_id}

    def from_dict(self, dct):
        return self.target_class(**dct)


CONFIG = {
    **SPIFF_CONFIG,
    scopes.Subprocess: SubWorkflowTaskConverter,
    scopes.Transaction: SubWorkflowTaskConverter,
    scopes.EventScope: SubWorkflowTaskConverter,
    scopes.CalledProcess: SubWorkflowTaskConverter,
    scopes.DecisionTask: DecisionConverter,
    parsing.EffectTask: EffectConverter,
    LimitTimer: TimerConverter,
    CycleTimer: TimerConverter,
    FrameTimer: FrameConverter,
    Arrival: ArrivalConverter,
    joins.Parallel: SPIFF_CONFIG[ParallelGateway],
    joins.Inclusive: SPIFF_CONFIG[InclusiveGateway],
    events.Escalation: SPIFF_CONFIG[EscalationEventDefinition],
    events.Fault: SPIFF_CONFIG[ErrorEventDefinition],
    **dict.fromkeys(
        (scopes.Collection, scopes.Numbered, scopes.Collected, scopes.Nowhere, scopes.InstanceAnswers),
        ReferenceConverter,
    ),
}
SERIALIZER = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(CONFIG))


def again(run: Run, procedure: Procedure, *, at: datetime, opened_at: datetime) -> Run:
    """The run after the library's own serializer has put it away and woken it."""
    workflow = SERIALIZER.deserialize_json(SERIALIZER.serialize_json(run._workflow))
    workflow.script_engine = FeelEngine(at=at, opened_at=opened_at, tables=procedure.tables)
    for spec in [workflow.spec, *workflow.subprocess_specs.values()]:
        parsing.connect(spec)
        for name, task in spec.task_specs.items():  # what only our parser notes on a start
            task.interrupts = getattr(procedure.specs[spec.name].task_specs[name], "interrupts", False)
    return Run(procedure, workflow)
