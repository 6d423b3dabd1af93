"""New elements in the file: each with what it says in the standard, and our own keys among its extensions."""

from collections.abc import Callable
from typing import Any

from lxml import etree

from app.drawing import edits
from app.drawing.asking import ARRIVED, ASKS, FROM
from app.drawing.element_reading import BPMN, SPIFF, TIMERS
from app.drawing.shaping import filing, plain
from app.drawing.shaping.values import Arrival, Call, End, Letter, New, Person, Question, Table, Wait
from app.drawing.shaping.work import Work, made
from app.drawing.sheet import Node
from app.errors import Refused

KINDS: dict[type, str] = {
    Person: "userTask",
    Letter: "sendTask",
    Table: "businessRuleTask",
    Call: "callActivity",
    Wait: "intermediateCatchEvent",
    Arrival: "intermediateCatchEvent",
    End: "endEvent",
    Question: "exclusiveGateway",
}
INSTRUCTIONS, DECISION = "instructionsForEndUser", "calledDecisionId"
LETTER, TO, FORM, MILESTONE = "letter", "to", "formRef", "milestone"
STOP = "stop"


def element(work: Work, step: New, near: Node) -> Node:
    """A new element in the file, behind ``near``. ``Refused`` where a field is wrong."""
    kind = KINDS[type(step)]
    words = plain.name_for(step.name or (time_of(step)[0] if isinstance(step, Wait) else ""), kind)
    node = made(kind, work.new_id(words), words)
    near.addnext(node)
    work.sheet.changed("index")
    _FILL[type(step)](work, node, step)
    return node


def flow(work: Work, source: str, target: str, near: Node) -> Node:
    """A new arrow in the file."""
    arrow = made("sequenceFlow", work.new_name(f"{source}_to_{target}"))
    arrow.set("sourceRef", source)
    arrow.set("targetRef", target)
    near.addnext(arrow)
    work.sheet.changed("index", "_leaving", "_arriving")
    return arrow


def set_instructions(node: Node, words: str) -> None:
    """What whoever does a step is told; "" takes it away."""
    _extension(node, INSTRUCTIONS, words)


def set_decision(node: Node, table: str) -> None:
    """The decision table that a step asks."""
    _extension(node, DECISION, table)


def set_property(work: Work, node: Node, key: str, value: str) -> None:
    """One of our own keys; "" takes it away."""
    if value:
        work.apply(edits.put_property(node.get("id"), key, value))
        return
    for own in node.iterfind(f"{BPMN}extensionElements/{SPIFF}properties"):
        for one in [one for one in own if one.get("name") == key]:
            own.remove(one)
        if not len(own):
            own.getparent().remove(own)
    _tidy(node)


def timer(node: Node, written: str, *, again: bool = False) -> None:
    """A timer with this text in place of what the event waited for."""
    spec = "timeCycle" if again else "timeDuration"
    own = node.find(f"{BPMN}timerEventDefinition")
    if own is None:
        own = etree.SubElement(node, f"{BPMN}timerEventDefinition", id=f"{node.get('id')}_event")
    for old in [child for child in own if child.tag in {BPMN + one for one in TIMERS}]:
        own.remove(old)
    filing.formal(own, spec, written)


def agreed(milestone: str) -> str:
    """The text of a timer that asks the table of timescales."""
    quoted = milestone.replace("\\", "\\\\").replace('"', '\\"')
    return f'=timescale("{quoted}")'


def letter_event(work: Work, node: Node, letter: str, to: str) -> None:
    """Have an end send a letter when it is reached."""
    set_property(work, node, LETTER, letter)
    set_property(work, node, TO, to)
    id_ = node.get("id", "")
    message = filing.root_element(work.sheet, "message", work.new_name(f"{id_}_message"), name=id_)
    etree.SubElement(node, f"{BPMN}messageEventDefinition", id=f"{id_}_event", messageRef=message.get("id", ""))


def _extension(node: Node, tag: str, text: str) -> None:
    own = node.find(f"{BPMN}extensionElements")
    if own is None and text:
        own = etree.Element(f"{BPMN}extensionElements")
        node.insert(sum(child.tag == f"{BPMN}documentation" for child in node), own)
    found = own.find(SPIFF + tag) if own is not None else None
    if not text:
        if found is not None:
            own.remove(found)
        _tidy(node)
        return
    if found is None:
        found = etree.Element(SPIFF + tag)
        own.insert(0, found)
    found.text = text


def _tidy(node: Node) -> None:
    """No empty list of extensions."""
    own = node.find(f"{BPMN}extensionElements")
    if own is not None and not len(own):
        node.remove(own)


def time_of(step: Wait) -> tuple[str, str]:
    """The words and the text of a timer."""
    if step.milestone:
        words = step.until or step.name
        return (plain.line(words, "until") if words else step.milestone.replace("_", " ")), agreed(step.milestone)
    again = step.until.lower().startswith("every ")
    if again:
        raise Refused({"until": "This comes again and again. Enter a time to wait once, such as ‘10 working days’."})
    words = plain.limit(step.until, "until")
    return words, words


def _person(work: Work, node: Node, step: Person) -> None:
    set_property(work, node, FORM, step.form.strip())
    set_instructions(node, plain.lines(step.instructions, "instructions"))


def _letter(work: Work, node: Node, step: Letter) -> None:
    set_property(work, node, LETTER, plain.key(step.letter, "letter"))
    set_property(work, node, TO, plain.line(step.to, "to"))


def _table(work: Work, node: Node, step: Table) -> None:
    set_decision(node, plain.key(step.table, "table"))


def _call(work: Work, node: Node, step: Call) -> None:
    node.set("calledElement", plain.key(step.page, "page"))


def _wait(work: Work, node: Node, step: Wait) -> None:
    if step.milestone:
        set_property(work, node, MILESTONE, step.milestone)
    timer(node, time_of(step)[1])


def _arrival(work: Work, node: Node, step: Arrival) -> None:
    id_ = node.get("id", "")
    if step.sender.strip():
        set_property(work, node, FROM, plain.line(step.sender, "sender"))
    else:
        set_property(work, node, ASKS, ARRIVED)
    message = filing.root_element(work.sheet, "message", work.new_name(f"{id_}_message"), name=id_)
    etree.SubElement(node, f"{BPMN}messageEventDefinition", id=f"{id_}_event", messageRef=message.get("id", ""))


def _end(work: Work, node: Node, step: End) -> None:
    if step.letter.strip():
        letter_event(work, node, plain.key(step.letter, "letter"), plain.line(step.to, "to"))
    elif step.stops_everything:
        etree.SubElement(node, f"{BPMN}terminateEventDefinition", id=f"{node.get('id')}_event")


def _nothing(work: Work, node: Node, step: Question) -> None:
    """A question is filled when its arrows are there."""


_FILL: dict[type, Callable[[Work, Node, Any], None]] = {
    Person: _person,
    Letter: _letter,
    Table: _table,
    Call: _call,
    Wait: _wait,
    Arrival: _arrival,
    End: _end,
    Question: _nothing,
}
