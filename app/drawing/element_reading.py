"""One node of a BPMN file, read as an ``Element``."""

from collections.abc import Mapping
from types import MappingProxyType

from lxml import etree

from app.drawing.model import ACTIVITIES, ARTIFACTS, DATA, EVENTS, GATEWAYS, Element
from app.drawing.xml import local

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"
KINDS = frozenset(f"{BPMN}{kind}" for kind in ACTIVITIES | EVENTS | GATEWAYS | DATA | ARTIFACTS)
TIMERS = ("timeDate", "timeDuration", "timeCycle")
DEFINITION = "EventDefinition"


def is_element(node: etree._Element) -> bool:
    """Whether a node of the file is an element of the drawing."""
    return node.tag in KINDS


def element(node: etree._Element, process: str, names: Mapping[str, str]) -> Element:
    """One element. ``names`` are the names of messages, signals, errors and escalations by id."""
    event, event_name = _event(node, names)
    timer_kind, timer = _timer(node)
    repeats, collection, cardinality, until = _repeats(node)
    return Element(
        id=node.get("id", ""),
        kind=local(node),
        name=node.get("name", "") or _text(node, "text"),
        scope=node.getparent().get("id", ""),
        process=process,
        documentation=documentation(node),
        properties=properties(node),
        attached_to=node.get("attachedToRef", ""),
        interrupting=node.get("cancelActivity", node.get("isInterrupting", "true")) != "false",
        event=event,
        event_name=event_name,
        timer=timer,
        timer_kind=timer_kind,
        condition=_text(node, f"conditionalEventDefinition/{BPMN}condition"),
        script=_text(node, "script"),
        called=node.get("calledElement", ""),
        decision=_text(node, f"extensionElements/{SPIFF}calledDecisionId"),
        repeats=repeats,
        collection=collection,
        cardinality=cardinality,
        until=until,
        by_event=node.get("triggeredByEvent") == "true",
        default=node.get("default", ""),
        compensates=node.get("isForCompensation") == "true",
        instantiates=node.get("instantiate") == "true",
        instructions=_text(node, f"extensionElements/{SPIFF}instructionsForEndUser"),
    )


def documentation(node: etree._Element) -> str:
    """What the drawing says about a node at length."""
    return _text(node, "documentation")


def properties(node: etree._Element) -> Mapping[str, str]:
    """The application's own keys on a node: ``{"formRef": "interview", …}``."""
    path = f"{BPMN}extensionElements/{SPIFF}properties/{SPIFF}property"
    return MappingProxyType({one.get("name", ""): one.get("value", "") for one in node.iterfind(path)})


def _text(node: etree._Element, path: str) -> str:
    found = node.find(f"{BPMN}{path}")
    return "".join(found.itertext()).strip() if found is not None else ""


def _event(node: etree._Element, names: Mapping[str, str]) -> tuple[str, str]:
    """The kind of an event, and the name of what it waits for or sends."""
    if node.tag not in {f"{BPMN}{kind}" for kind in EVENTS}:
        return "", ""
    found = [one for one in node if local(one).endswith(DEFINITION)]
    found += list(node.iterfind(f"{BPMN}eventDefinitionRef"))
    if len(found) != 1:
        several = "parallelMultiple" if node.get("parallelMultiple") == "true" else "multiple"
        return (several if found else ""), ""
    kind = local(found[0]).removesuffix(DEFINITION)
    if kind == "link":
        return kind, found[0].get("name", "")
    return kind, names.get(found[0].get(f"{kind}Ref", ""), "")


def _timer(node: etree._Element) -> tuple[str, str]:
    for kind in TIMERS:
        text = _text(node, f"timerEventDefinition/{BPMN}{kind}")
        if text:
            return kind, text
    return "", ""


def _repeats(node: etree._Element) -> tuple[str, str, str, str]:
    """How an activity repeats: the kind, what it runs over, how many, until when."""
    loop = node.find(f"{BPMN}standardLoopCharacteristics")
    if loop is not None:
        return "standard", "", loop.get("loopMaximum", ""), _text(loop, "loopCondition")
    many = node.find(f"{BPMN}multiInstanceLoopCharacteristics")
    if many is None:
        return "", "", "", ""
    kind = "sequential" if many.get("isSequential") == "true" else "parallel"
    return kind, _text(many, "loopDataInputRef"), _text(many, "loopCardinality"), _text(many, "completionCondition")
