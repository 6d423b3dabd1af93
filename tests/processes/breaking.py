"""Ways to break a drawing, as partners do by mistake: each takes something away, swaps it or misspells it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from app.drawing.element_reading import BPMN, SPIFF
from app.drawing.sheet import DI, Sheet, definitions, event_of, kind, property_of, scope_of, text_of

Node = etree._Element
Break = Callable[[Sheet, Node], None]


@dataclass(frozen=True)
class Way:
    """One way to break: where it can be done, what it does, and the kinds of finding of which one must name it."""

    says: str
    places: Callable[[Sheet], list[Node]]
    act: Break
    found: frozenset[str]


def ways() -> Iterator[Way]:
    """All of them."""
    yield from _arrows()
    yield from _bounds()
    yield from _gateways()
    yield from _events()
    yield from _steps()


def broken(content: bytes, way: Way, place: int) -> tuple[bytes, str]:
    """The drawing broken at one of its places, and the id of what was broken."""
    root = etree.fromstring(content)
    sheet = Sheet(root)
    node = way.places(sheet)[place]
    own = node.get("id")
    way.act(sheet, node)
    return etree.tostring(root), own


def _way(says: str, places: Callable[[Sheet], list[Node]], act: Break, *found: str) -> Way:
    return Way(says, places, act, frozenset(found))


def _arrows() -> Iterator[Way]:
    yield _way("an answer without its condition", _asked, _clear("conditionExpression"), "way_without_condition")
    yield _way("a question without any condition", _questions, _clear_ways, "way_without_condition")
    yield _way("a condition that cannot be read", _asked, _condition("risk.band = = high"), "condition_unreadable")
    yield _way("a fact that nobody gives", _asked, _condition('risk.bnad = "high"'), "fact_without_source")
    yield _way("an empty condition", _asked, _condition(""), "condition_empty")
    yield _way("a condition behind a step", _after_steps, _condition("1 = 1"), "condition_out_of_place")
    yield _way("an answer without words", _worded, _set("name", ""), "answer_without_words")
    yield _way("an arrow to nowhere", _inner, _set("targetRef", "nowhere"), "arrow_to_nowhere")
    yield _way("an arrow from nowhere", _inner, _set("sourceRef", "nowhere"), "arrow_to_nowhere")
    yield _way("an arrow taken away", _inner, _drop, "no_end", "never_reached", "gets_stuck")
    yield _way("an arrow back into the start", _last, _to_start, "arrow_into_start")
    yield _way("an arrow out of the end", _ends, _out_of_end, "arrow_out_of_end")


def _bounds() -> Iterator[Way]:
    yield _way("no start", _starts, _drop_with_arrows, "no_start")
    yield _way("no end", _ends, _drop_with_arrows, "no_end", "endless_loop", "no_way_fits")
    yield _way("an end that its arrow still leads to", _ends, _drop, "arrow_to_nowhere")
    yield _way("an end that became a start", _ends, _become("startEvent"), "arrow_into_start")
    yield _way("two steps of one id", _work, _twice, "same_id")


def _gateways() -> Iterator[Way]:
    yield _way("a fork drawn as a question", _forks, _become("exclusiveGateway"), "way_without_condition")
    yield _way("a question drawn as a fork", _questions, _become("parallelGateway"), "condition_out_of_place")
    yield _way("a meeting drawn as a fork", _meetings, _become("parallelGateway"), "gets_stuck")
    yield _way("a question drawn as a complex gateway", _questions, _become("complexGateway"), "complex_gateway")
    yield _way(
        "a question that waits for events", _questions, _become("eventBasedGateway"), "event_gateway_without_events"
    )
    yield _way("a question without words", _questions, _set("name", ""), "question_without_words")
    yield _way("a fork left out", _forks, _bypass, "fork_without_gateway", "way_without_condition")
    yield _way("a default that is none of the ways", _questions, _set("default", "elsewhere"), "default_elsewhere")


def _events() -> Iterator[Way]:
    yield _way("a clock without a time", _timers, _no_time, "timer_without_time")
    yield _way("a clock whose time cannot be read", _timers, _time("as soon as we can"), "timer_without_time")
    yield _way("an event without a meaning", _edges, _no_definition, "event_without_meaning")
    yield _way("an event on the edge of nothing", _edges, _set("attachedToRef", "nowhere"), "event_on_nothing")
    yield _way("a frame that begins with nothing", _frame_starts, _no_definition, "frame_without_event")
    yield _way("a message that is not there", _referring, _refer_to_nothing, "reference_to_nothing", "nobody_sends")
    yield _way("nothing in a frame", _frames, _empty, "empty_frame")


def _steps() -> Iterator[Way]:
    yield _way("a step that nobody does", _work, _become("task"), "task_without_type")
    yield _way("a step without words", _work, _set("name", ""), "step_without_words")
    yield _way("a form that is not there", _formed, _form, "form_of_nothing")
    yield _way("a letter that is not said", _letters, _no_properties, "task_without_implementation")
    yield _way("a table that is not there", _tables, _table, "task_without_implementation")
    yield _way("a page that is not there", _calls, _set("calledElement", "nowhere"), "call_of_nothing")
    yield _way("a lane of nobody", _lanes, _set("name", "Nobody's lane"), "nobody_in_lane")
    yield _way("a repetition over nothing", _many, _over_nothing, "how_many_unknown")
    yield _way("a loop that never stops", _work, _loop, "loop_without_end")
    yield _way("a step without a way out", _alone, _round, "endless_loop", "never_reached", "piles_up")


def _asked(sheet: Sheet) -> list[Node]:
    return [one for one in sheet.arrows() if text_of(one, "conditionExpression")]


def _worded(sheet: Sheet) -> list[Node]:
    return [one for one in _asked(sheet) if one.get("name") and len(sheet.leaving(sheet.source(one))) > 1]


def _inner(sheet: Sheet) -> list[Node]:
    """Arrows between two steps that have no other way out or in."""
    return [
        one
        for one in sheet.arrows()
        if kind(sheet.source(one)).endswith("Task") and len(sheet.leaving(sheet.source(one))) == 1
    ]


def _after_steps(sheet: Sheet) -> list[Node]:
    return _inner(sheet)


def _last(sheet: Sheet) -> list[Node]:
    return [one for one in _inner(sheet) if kind(scope_of(one)) == "process"]


def _questions(sheet: Sheet) -> list[Node]:
    return [one for one in sheet.of_kind("exclusiveGateway") if len(sheet.leaving(one)) > 1]


def _forks(sheet: Sheet) -> list[Node]:
    return [one for one in sheet.of_kind("parallelGateway") if len(sheet.leaving(one)) > 1]


def _meetings(sheet: Sheet) -> list[Node]:
    return [
        one
        for one in sheet.of_kind("exclusiveGateway")
        if len(sheet.arriving(one)) > 1 and len(sheet.leaving(one)) == 1
    ]


def _starts(sheet: Sheet) -> list[Node]:
    return [one for one in sheet.of_kind("startEvent") if kind(scope_of(one)) == "process"]


def _ends(sheet: Sheet) -> list[Node]:
    return [one for one in sheet.of_kind("endEvent") if kind(scope_of(one)) == "process"]


def _timers(sheet: Sheet) -> list[Node]:
    return [one for one in sheet.of_kind("boundaryEvent") if event_of(one) == "timer"]


def _edges(sheet: Sheet) -> list[Node]:
    return sheet.of_kind("boundaryEvent")


def _frames(sheet: Sheet) -> list[Node]:
    return [one for one in sheet.of_kind("subProcess") if one.get("triggeredByEvent") == "true"]


def _frame_starts(sheet: Sheet) -> list[Node]:
    return [one for frame in _frames(sheet) for one in sheet.steps(frame) if kind(one) == "startEvent"]


def _referring(sheet: Sheet) -> list[Node]:
    return [one for one in sheet.steps() if any(child.get("messageRef") for child in definitions(one))]


def _work(sheet: Sheet) -> list[Node]:
    return [one for one in sheet.of_kind("userTask") if kind(scope_of(one)) == "process" and sheet.leaving(one)]


def _alone(sheet: Sheet) -> list[Node]:
    """Steps that nothing takes away."""
    return [one for one in _work(sheet) if all(edge.get("cancelActivity") == "false" for edge in sheet.events_on(one))]


def _formed(sheet: Sheet) -> list[Node]:
    return [one for one in sheet.steps() if property_of(one, "formRef")]


def _letters(sheet: Sheet) -> list[Node]:
    return [one for one in sheet.of_kind("sendTask") if property_of(one, "letter")]


def _tables(sheet: Sheet) -> list[Node]:
    return sheet.of_kind("businessRuleTask")


def _calls(sheet: Sheet) -> list[Node]:
    return sheet.of_kind("callActivity")


def _lanes(sheet: Sheet) -> list[Node]:
    own = {(ref.text or "").strip(): ref.getparent() for ref in sheet.root.iter(f"{BPMN}flowNodeRef")}
    return list(dict.fromkeys(own[one.get("id")] for one in sheet.of_kind("userTask") if one.get("id") in own))


def _many(sheet: Sheet) -> list[Node]:
    return [one for one in sheet.steps() if text_of(one, "multiInstanceLoopCharacteristics/loopDataInputRef")]


def _set(attribute: str, value: str) -> Break:
    return lambda _, node: node.set(attribute, value)


def _become(new: str) -> Break:
    def act(_: Sheet, node: Node) -> None:
        node.tag = BPMN + new

    return act


def _clear(child: str) -> Break:
    return lambda _, node: node.remove(node.find(BPMN + child))


def _clear_ways(sheet: Sheet, node: Node) -> None:
    node.attrib.pop("default", None)
    for way in sheet.leaving(node):
        for condition in way.findall(f"{BPMN}conditionExpression"):
            way.remove(condition)


def _condition(text: str) -> Break:
    def act(_: Sheet, node: Node) -> None:
        for old in node.findall(f"{BPMN}conditionExpression"):
            node.remove(old)
        etree.SubElement(node, f"{BPMN}conditionExpression").text = text

    return act


def _drop(sheet: Sheet, node: Node) -> None:
    for shape in [
        one for one in sheet.root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge") if one.get("bpmnElement") == node.get("id")
    ]:
        shape.getparent().remove(shape)
    node.getparent().remove(node)


def _drop_with_arrows(sheet: Sheet, node: Node) -> None:
    for arrow in [*sheet.leaving(node), *sheet.arriving(node)]:
        _drop(sheet, arrow)
    _drop(sheet, node)


def _to_start(sheet: Sheet, node: Node) -> None:
    node.set("targetRef", _starts(sheet)[0].get("id"))


def _out_of_end(sheet: Sheet, node: Node) -> None:
    target = _work(sheet)[0] if _work(sheet) else sheet.steps()[1]
    etree.SubElement(
        node.getparent(), f"{BPMN}sequenceFlow", id="added", sourceRef=node.get("id"), targetRef=target.get("id")
    )


def _twice(sheet: Sheet, node: Node) -> None:
    etree.SubElement(node.getparent(), f"{BPMN}userTask", id=node.get("id"), name="Once more")


def _bypass(sheet: Sheet, node: Node) -> None:
    """What forked leaves the step before by itself."""
    before = sheet.source(sheet.arriving(node)[0])
    for arrow in sheet.leaving(node):
        arrow.set("sourceRef", before.get("id"))
    sheet.changed()
    _drop_with_arrows(sheet, node)


def _no_time(_: Sheet, node: Node) -> None:
    node.set("name", "")
    for spec in ("timeDuration", "timeDate", "timeCycle"):
        for old in node.findall(f"{BPMN}timerEventDefinition/{BPMN}{spec}"):
            old.getparent().remove(old)


def _time(text: str) -> Break:
    def act(sheet: Sheet, node: Node) -> None:
        _no_time(sheet, node)
        etree.SubElement(node.find(f"{BPMN}timerEventDefinition"), f"{BPMN}timeDuration").text = text

    return act


def _no_definition(_: Sheet, node: Node) -> None:
    for one in definitions(node):
        node.remove(one)


def _refer_to_nothing(_: Sheet, node: Node) -> None:
    definitions(node)[0].set("messageRef", "nowhere")


def _empty(_: Sheet, node: Node) -> None:
    for child in list(node):
        node.remove(child)


def _form(_: Sheet, node: Node) -> None:
    _property(node, "formRef").set("value", "no_such_form")


def _property(node: Node, key: str) -> Node:
    path = f"{BPMN}extensionElements/{SPIFF}properties/{SPIFF}property"
    return next(one for one in node.iterfind(path) if one.get("name") == key)


def _no_properties(_: Sheet, node: Node) -> None:
    node.remove(node.find(f"{BPMN}extensionElements"))


def _table(_: Sheet, node: Node) -> None:
    node.find(f"{BPMN}extensionElements/{SPIFF}calledDecisionId").text = "no_such_table"


def _over_nothing(_: Sheet, node: Node) -> None:
    node.find(f"{BPMN}multiInstanceLoopCharacteristics/{BPMN}loopDataInputRef").text = "nobody_at_all"


def _loop(_: Sheet, node: Node) -> None:
    etree.SubElement(node, f"{BPMN}standardLoopCharacteristics")


def _round(sheet: Sheet, node: Node) -> None:
    """The step leads back to itself and nowhere else."""
    for arrow in sheet.leaving(node):
        arrow.set("targetRef", node.get("id"))
