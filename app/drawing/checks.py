"""What keeps a drawing from being executed as it is drawn: refused by name, before any case follows it.

SpiffWorkflow 3.2 passes over some elements in silence (compensation, several definitions on one event); what it would
do otherwise than BPMN 2.0.2 says, and the engine does not mend, is refused here.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from app import errors
from app.drawing import apart, expressions
from app.drawing.model import ACTIVITIES, EVENTS, GATEWAYS, Drawing, Element, Flow
from app.errors import Problem
from app.law import limit_words

MOST_STEPS = 500  # in one process, with what stands in its subprocesses: more is no drawing that people can read
STEPS = ACTIVITIES | EVENTS | GATEWAYS
ASKING = ("exclusiveGateway", "inclusiveGateway")  # the gateways whose arrows have conditions
NOT_EXECUTED = {
    "complexGateway": "A complex gateway is not executed here. Draw it with ordinary gateways.",
    "adHocSubProcess": "An ad-hoc subprocess is not executed here. Draw its steps in order, or side by side.",
}
EVENTS_NOT_EXECUTED = {
    "compensate": "A compensation event is not executed here.",
    "compensation": "A compensation event is not executed here.",
    "multiple": "An event with several definitions is not executed here. Draw one event for each.",
    "parallelMultiple": "An event with several definitions is not executed here. Draw one event for each.",
}


def problems(drawings: Iterable[Drawing], tables: Mapping[str, Any]) -> list[Problem]:
    """Everything that keeps these drawings, which belong together, from being executed as drawn."""
    drawn = list(drawings)
    processes = {process.id for drawing in drawn for process in drawing.processes}
    found = _circles(drawn)
    for drawing in drawn:
        found += _too_many(drawing)
        for element in drawing.elements:
            found += [
                Problem(drawing.file, element.id, says) for says in _of_element(element, drawing, processes, tables)
            ]
        for flow in drawing.flows:
            found += [Problem(drawing.file, flow.id, says) for says in _of_flow(flow, drawing)]
    return found


def _too_many(drawing: Drawing) -> list[Problem]:
    number = Counter(element.process for element in drawing.elements if element.kind in STEPS)
    return [
        Problem(drawing.file, one, f"It has {steps} steps, more than {MOST_STEPS}. Put a part on a page of its own.")
        for one, steps in number.items()
        if steps > MOST_STEPS
    ]


def _circles(drawn: list[Drawing]) -> list[Problem]:
    """The call activities through which a page leads back to itself: it would open without end."""
    calls = [(drawing, e) for drawing in drawn for e in drawing.elements if e.kind == "callActivity"]
    reached = {process.id: {process.id} for drawing in drawn for process in drawing.processes}
    for _ in range(len(reached)):
        for _, call in calls:
            reached[call.process] |= reached.get(call.called, set())
    return [
        Problem(drawing.file, call.id, f"It calls the process ‘{call.called}’, which leads back to this one.")
        for drawing, call in calls
        if call.process in reached.get(call.called, ())
    ]


def _of_element(element: Element, drawing: Drawing, processes: set[str], tables: Mapping[str, Any]) -> Iterator[str]:
    yield from _not_executed(element, drawing)
    if element.kind == "callActivity" and element.called not in processes:
        yield f"It calls the process ‘{element.called}’, which is not there."
    if element.kind == "businessRuleTask" and element.decision not in tables:
        yield f"It asks the decision table ‘{element.decision}’, which is not there."
    yield from apart.unreadable(element)
    if element.event == "timer" and not element.properties.get("asks"):
        yield from _timer(element)
        yield from _misplaced(element, drawing)


def _not_executed(element: Element, drawing: Drawing) -> Iterator[str]:
    if element.kind in NOT_EXECUTED:
        yield NOT_EXECUTED[element.kind]
    undoes = element.kind == "boundaryEvent" and element.event.startswith("compensat")  # nothing throws it here
    if element.event in EVENTS_NOT_EXECUTED and not undoes and not element.properties.get("asks"):
        yield EVENTS_NOT_EXECUTED[element.event]


def _frame(element: Element, drawing: Drawing) -> Element | None:
    """The event subprocess that an element stands in directly."""
    scope = drawing.by_id.get(element.scope)
    return scope if scope is not None and scope.by_event else None


def _timer(element: Element) -> Iterator[str]:
    text = element.timer or element.name
    if text.startswith("="):
        yield from expressions.unreadable(text)
    elif element.timer_kind == "timeCycle":
        yield from _unreadable(limit_words.read_cycle, text)
    else:
        yield from _unreadable(limit_words.read, text)


def _misplaced(element: Element, drawing: Drawing) -> Iterator[str]:
    beside = element.kind == "boundaryEvent" and not element.interrupting
    opens = element.kind == "startEvent" and _frame(element, drawing) is not None
    if element.timer_kind == "timeCycle" and not (beside or opens):
        yield "A time limit that comes round again is only executed beside a task, or as the start of a frame."


def _of_flow(flow: Flow, drawing: Drawing) -> Iterator[str]:
    if flow.kind != "sequenceFlow":
        return
    if flow.condition:
        yield from expressions.unreadable(flow.condition)
    source = drawing.by_id.get(flow.source)
    if flow.condition and source is not None and source.kind not in ASKING:
        yield f"Only an arrow out of a gateway can have a condition. Draw a gateway after ‘{source.name or source.id}’."
    if source is not None and source.kind in ASKING and not flow.condition:
        if source.default != flow.id and len(drawing.outgoing(source.id)) > 1:
            yield f"The answer ‘{flow.name}’ of ‘{source.name}’ has no condition."


def _unreadable(read: Callable[[str], Any], text: str) -> Iterator[str]:
    try:
        read(text)
    except errors.NotUnderstood as problem:
        yield f"‘{text}’ cannot be read. {problem}"
