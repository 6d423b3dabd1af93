"""From drawings to what SpiffWorkflow executes: its parser, with our meaning of each element."""

from typing import Any

from SpiffWorkflow.bpmn.parser import event_parsers
from SpiffWorkflow.bpmn.parser.task_parsers import ConditionalGatewayParser, GatewayParser
from SpiffWorkflow.bpmn.parser.util import first, full_tag
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask, MultiInstanceTask
from SpiffWorkflow.spiff.parser import event_parsers as spiff_events
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.spiff.parser.task_spec import (
    BusinessRuleTaskParser,
    CallActivityParser,
    SpiffTaskParser,
    SubWorkflowParser,
)
from SpiffWorkflow.spiff.specs.defaults import ServiceTask

from app.engine import ahead, events, joins, scopes
from app.engine.arriving import Arrival, is_asked
from app.engine.frame_timing import FrameTimer, OpensAgain, OpensOnce
from app.engine.timing import CycleTimer, LimitTimer


class Events:
    """How every event reads its definition: timers as limits, escalations and errors within their scope."""

    node: Any

    def get_event_definition(self, xpaths: Any) -> Any:
        """What the event waits for; that a person says that it has come, where the drawing asks for that."""
        if is_asked(self.node):
            return Arrival(self.node.get("id"))
        return super().get_event_definition(xpaths)  # type: ignore[misc]

    def parse_timer_event(self, event: Any) -> LimitTimer | FrameTimer:
        """A limit, or a cycle. Its name is the element's id, so that several on one gateway are told apart."""
        key = self.node.get("id")
        for tag, kind in (("timeDate", LimitTimer), ("timeDuration", LimitTimer), ("timeCycle", CycleTimer)):
            found = first(self.xpath(f".//bpmn:{tag}"))  # type: ignore[attr-defined]
            if found is not None:
                return self._timer(kind, key, (found.text or "").strip())
        return self._timer(LimitTimer, key, self.node.get("name", ""))

    def _timer(self, kind: type[LimitTimer], key: str, text: str) -> LimitTimer | FrameTimer:
        """The timer, or what waits outside where it starts an event subprocess."""
        if self.node.tag != full_tag("startEvent") or self.node.getparent().get("triggeredByEvent") != "true":
            return kind(key, text)
        return FrameTimer((OpensAgain if kind is CycleTimer else OpensOnce)(key, text))

    def parse_escalation_event(self, escalation_event: Any) -> events.Escalation:
        """An escalation, known by its code, or by its name where it has none."""
        found = super().parse_escalation_event(escalation_event)  # type: ignore[misc]
        return events.Escalation(found.name, code=found.code or found.name)

    def parse_error_event(self, error_event: Any) -> events.Fault:
        """An error, known by its code; an event without one catches every error (BPMN 2.0.2 clause 10.5.5)."""
        found = super().parse_error_event(error_event)  # type: ignore[misc]
        return events.Fault(found.name, code=found.code)


class Start(Events, spiff_events.SpiffStartEventParser):
    """A start event. SpiffWorkflow 3.2 overlooks escalations and errors, which start event subprocesses."""

    def create_task(self) -> Any:
        """The event, connected to the start of its process."""
        found = self.get_event_definition(
            [
                event_parsers.MESSAGE_EVENT_XPATH,
                event_parsers.SIGNAL_EVENT_XPATH,
                event_parsers.TIMER_EVENT_XPATH,
                event_parsers.CONDITIONAL_EVENT_XPATH,
                event_parsers.ESCALATION_EVENT_XPATH,
                event_parsers.ERROR_EVENT_XPATH,
            ]
        )
        task = self._create_task(found)
        task.interrupts = self.node.get("isInterrupting", "true") not in ("false", "0")
        self.spec.start.connect(task)
        return task


class End(Events, spiff_events.SpiffEndEventParser):
    """An end event. SpiffWorkflow 3.2 overlooks signals, which it throws everywhere else."""

    def create_task(self) -> Any:
        """The event, connected to the end of its process."""
        if self.node.find(full_tag("signalEventDefinition")) is None:
            return super().create_task()
        task = self._create_task(self.get_event_definition([event_parsers.SIGNAL_EVENT_XPATH]))
        task.connect(self.spec.end)
        return task


class Boundary(Events, spiff_events.SpiffBoundaryEventParser):
    """A boundary event."""


class Catch(Events, spiff_events.SpiffIntermediateCatchEventParser):
    """An intermediate catching event."""


class Throw(Events, spiff_events.SpiffIntermediateThrowEventParser):
    """An intermediate throwing event."""


class Receive(Events, spiff_events.SpiffReceiveTaskParser):
    """A receive task."""

    def create_task(self) -> Any:
        """The task; that a person says that it has come, where the drawing asks for that."""
        return self._create_task(Arrival(self.node.get("id"))) if is_asked(self.node) else super().create_task()


class Decision(SpiffTaskParser):
    """A business rule task."""

    get_decision_ref = staticmethod(BusinessRuleTaskParser.get_decision_ref)  # the library asks for it by this name

    def create_task(self) -> scopes.DecisionTask:
        """The task with the name of its table."""
        decision = self.get_decision_ref(self.node) or ""
        return scopes.DecisionTask(self.spec, self.bpmn_id, decision=decision, **self.bpmn_attributes)


class Asking(SpiffTaskParser):
    """A service task: it asks for an effect, so it needs no operator."""

    def create_task(self) -> ServiceTask:
        """The task, which the run records as an effect instead of calling anything."""
        return EffectTask(self.spec, self.bpmn_id, "", {}, "", **self.bpmn_attributes)


class EffectTask(ServiceTask):
    """A service task that only asks: the run records the effect when the task is reached."""

    def _execute(self, task: Any) -> bool:
        return True


class Sub(SubWorkflowParser, SpiffTaskParser):
    """An embedded or event subprocess."""

    EVENT_SUBPROCESS_CLASS = scopes.EventScope


class Call(CallActivityParser, SpiffTaskParser):
    """A call activity."""


class Forking:
    """How every element is left: by all its arrows at once (BPMN 2.0.2 clause 13.2.1), which the library refuses."""

    def handles_multiple_outgoing(self) -> bool:
        """Always."""
        return True


ahead.bound()


class CaseParser(SpiffBpmnParser):
    """SpiffWorkflow's parser with our classes."""

    OVERRIDE_PARSER_CLASSES = {
        tag: (type(parser.__name__, (Forking, parser), {}), spec)
        for tag, (parser, spec) in {
            **SpiffBpmnParser.OVERRIDE_PARSER_CLASSES,
            full_tag("startEvent"): (Start, SpiffBpmnParser.OVERRIDE_PARSER_CLASSES[full_tag("startEvent")][1]),
            full_tag("endEvent"): (End, SpiffBpmnParser.OVERRIDE_PARSER_CLASSES[full_tag("endEvent")][1]),
            full_tag("boundaryEvent"): (
                Boundary,
                SpiffBpmnParser.OVERRIDE_PARSER_CLASSES[full_tag("boundaryEvent")][1],
            ),
            full_tag("intermediateCatchEvent"): (
                Catch,
                SpiffBpmnParser.OVERRIDE_PARSER_CLASSES[full_tag("intermediateCatchEvent")][1],
            ),
            full_tag("intermediateThrowEvent"): (
                Throw,
                SpiffBpmnParser.OVERRIDE_PARSER_CLASSES[full_tag("intermediateThrowEvent")][1],
            ),
            full_tag("receiveTask"): (Receive, SpiffBpmnParser.OVERRIDE_PARSER_CLASSES[full_tag("receiveTask")][1]),
            full_tag("businessRuleTask"): (Decision, scopes.DecisionTask),
            full_tag("serviceTask"): (Asking, EffectTask),
            full_tag("subProcess"): (Sub, scopes.Subprocess),
            full_tag("transaction"): (Sub, scopes.Transaction),
            full_tag("callActivity"): (Call, scopes.CalledProcess),
            full_tag("parallelGateway"): (GatewayParser, joins.Parallel),
            full_tag("inclusiveGateway"): (ConditionalGatewayParser, joins.Inclusive),
        }.items()
    }


def finish(spec: Any) -> Any:
    """A parsed process, ready to be shared between runs: repetitions over facts, everything connected."""
    for task_spec in spec.task_specs.values():
        if isinstance(task_spec, MultiInstanceTask):
            _over_facts(task_spec)
    connect(spec)
    return spec


def connect(spec: Any) -> None:
    """Connect, once, what the library connects when the first run reaches it.

    It does so on the shared specification: a later run would find an event subprocess as a normal step.
    """
    for task_spec in spec.task_specs.values():
        if isinstance(task_spec, LoopTask):
            done = spec.task_specs[task_spec.task_spec].completed_event
            if not done.is_connected(task_spec.merge_child):
                done.connect(task_spec.merge_child)
    for name in spec.start.trigger_specs:
        frame = spec.task_specs[name]
        if spec.start not in frame.inputs:
            frame._inputs.append(spec.start.name)
            frame.connect(spec.end)


def _over_facts(repeated: MultiInstanceTask) -> None:
    if repeated.data_input is not None:
        repeated.data_input = scopes.Collection(repeated.data_input.bpmn_id)
    else:
        repeated.data_input = scopes.Numbered(repeated.cardinality)
    if repeated.data_output is None:
        repeated.data_output = scopes.Nowhere(f"{repeated.name}_answers")
    else:
        repeated.data_output = scopes.Collected(repeated.data_output.bpmn_id)
    repeated.output_item = scopes.InstanceAnswers(f"{repeated.name}_answer")
