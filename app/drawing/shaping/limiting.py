"""Time limits of steps, as the house draws them: a clock on the lower edge, and below it who is told when it is missed.

A limit that lets the step go on is a dashed clock with an end below it; one that takes the step away is a clock with
a full ring, and its arrow says who goes on.
"""

from dataclasses import dataclass

from lxml import etree

from app.drawing import edits
from app.drawing.element_reading import BPMN
from app.drawing.placing import hanging
from app.drawing.placing.canvas import Node as Shape
from app.drawing.shaping import adding, asking, drawing_in, filing, making, plain, teams
from app.drawing.shaping.values import Limit, Shaped, Told
from app.drawing.shaping.work import Page, Work, called, made
from app.drawing.sheet import Node, definitions, event_of, kind, process_of, property_of
from app.errors import NotFound, Refused

TIMED = frozenset({"userTask", "manualTask", "task", "callActivity", "subProcess", "transaction", "receiveTask"})


def set_limit(content: bytes, file: str, element: str, limit: Limit) -> Shaped:
    """The drawing with a new time limit on a step.

    ``Refused`` with ``limit``, ``told``, ``escalation``, ``letter``, ``to`` or ``instead``.
    """
    work = Work(content, file)
    host = work.step(element)
    if kind(host) not in TIMED or host.get("triggeredByEvent") == "true":
        raise Refused({"limit": "Only a step that takes somebody time has a time limit."})
    event = _hang(work, host, limit)
    return work.done(event.get("id", ""), f"{called(host)} has a time limit: {event.get('name')}.")


def change_limit(content: bytes, file: str, event: str, limit: Limit) -> Shaped:
    """The drawing with a time limit changed: its time, who is told, what is done instead. As ``set_limit``."""
    work = Work(content, file)
    node = _limit(work, event)
    host = work.step(node.get("attachedToRef", ""))
    if _is_same_way(work, node, limit):
        _write_time(work, node, limit)
        _write_told(work, node, limit)
        drawing_in.renamed(work.page(event), node)
        return work.done(event, f"The time limit of {called(host)} is now: {node.get('name')}.")
    _take_down(work, node)
    new = _hang(work, host, limit, event)
    return work.done(new.get("id", ""), f"The time limit of {called(host)} is now: {new.get('name')}.")


def remove_limit(content: bytes, file: str, event: str) -> Shaped:
    """The drawing without a time limit. ``Refused`` with ``place`` where only the limit led to some step."""
    work = Work(content, file)
    node = _limit(work, event)
    host = work.step(node.get("attachedToRef", ""))
    _take_down(work, node)
    return work.done(host.get("id", ""), f"{called(host)} has one time limit less.")


def _limit(work: Work, event: str) -> Node:
    node = work.step(event)
    if kind(node) != "boundaryEvent" or event_of(node) != "timer":
        raise NotFound(f"There is no time limit ‘{event}’ in this drawing.")
    return node


@dataclass(frozen=True)
class _Time:
    words: str
    written: str
    again: bool


def _time(limit: Limit) -> _Time:
    again = limit.words.lower().strip().startswith("every ")
    if limit.milestone:
        words = plain.line(limit.words, "limit", 60) if limit.words.strip() else limit.milestone.replace("_", " ")
        return _Time(words, making.agreed(limit.milestone), again)
    if again and limit.told is None:
        raise Refused({"limit": "A limit that comes round again cannot take the step away."})
    words = plain.limit(limit.words, again=again)
    return _Time(words, words, again)


def _hang(work: Work, host: Node, limit: Limit, own: str = "") -> Node:
    """A new clock on a step, with the end below it or an arrow to what is done instead."""
    time, id_ = _time(limit), own or work.new_name(f"{host.get('id')}_late")
    follows = _instead(work, host, limit) if limit.told is None else None
    page = work.page(host.get("id", ""))
    event = made("boundaryEvent", id_, time.words)
    event.set("attachedToRef", host.get("id", ""))
    event.set("cancelActivity", "true" if limit.told is None else "false")
    host.addnext(event)
    work.sheet.changed("index", "_events_on")
    _write_time(work, event, limit)
    told = _told(work, event, limit.told) if limit.told is not None else None
    aim = told if told is not None else follows
    if aim is None:
        raise Refused({"instead": "Nothing follows this step. Choose what is done instead."})
    arrow = making.flow(work, id_, aim.get("id", ""), event)
    lane = teams.lane_of(host) if _has_lane(host) else None
    if lane is not None:
        teams.enter(lane, *filter(None, (id_, told.get("id") if told is not None else "")))
    _draw(page, host, event, told, arrow, lane)
    return event


def _has_lane(host: Node) -> bool:
    return host.getparent() is process_of(host)


def _draw(page: Page | None, host: Node, event: Node, told: Node | None, arrow: Node, lane: Node | None) -> None:
    own = host.get("id", "")
    if page is None or own not in page.canvas.boxes:
        return
    frame, process = page.canvas.nodes[own].frame, page.canvas.nodes[own].process
    clock = Shape(event.get("id", ""), kind(event), event.get("name", ""), frame, own, process)
    below = (
        Shape(told.get("id", ""), kind(told), told.get("name", ""), frame, "", process) if told is not None else None
    )
    new = hanging.Hung(clock, drawing_in.arrow_of(arrow), below, lane.get("id", "") if lane is not None else "")
    page.canvas = hanging.hang(page.canvas, new)


def _instead(work: Work, host: Node, limit: Limit) -> Node | None:
    """The step that goes on when this one is taken away."""
    if limit.instead:
        return asking.aim(work, host, limit.instead, "instead")
    ways = work.sheet.leaving(host)
    if len(ways) != 1:
        return None
    if kind(work.target(ways[0])) in asking.JOINS:
        return asking.meet(work, work.page(host.get("id", "")), ways[0])
    return work.target(ways[0])


def _write_time(work: Work, event: Node, limit: Limit) -> None:
    time = _time(limit)
    event.set("name", time.words)
    making.timer(event, time.written, again=time.again)
    making.set_property(work, event, making.MILESTONE, limit.milestone)


def _told(work: Work, event: Node, told: Told) -> Node:
    """The end below a clock, which says who is told and how."""
    node = made("endEvent", work.new_name(f"{event.get('id')}_told"), plain.line(told.words, "told", 60))
    event.addnext(node)
    work.sheet.changed("index")
    _write_how(work, node, told)
    return node


def _write_how(work: Work, node: Node, told: Told) -> None:
    id_ = node.get("id", "")
    for old in definitions(node):
        node.remove(old)
    if told.letter.strip():
        making.letter_event(work, node, plain.key(told.letter, "letter"), plain.line(told.to, "to"))
        return
    for key in (making.LETTER, making.TO):
        making.set_property(work, node, key, "")
    words = plain.line(told.escalation, "escalation", 60)
    escalation = filing.root_element(
        work.sheet, "escalation", work.new_name(f"{words}_escalation"), name=words, escalationCode=words
    )
    etree.SubElement(
        node, f"{BPMN}escalationEventDefinition", id=f"{id_}_event", escalationRef=escalation.get("id", "")
    )


def _is_same_way(work: Work, event: Node, limit: Limit) -> bool:
    """Whether a limit goes on as it did: to the end below it, or to the same step instead."""
    ways = work.sheet.leaving(event)
    if len(ways) != 1 or (event.get("cancelActivity", "true") != "false") != (limit.told is None):
        return False
    if limit.told is not None:
        return kind(work.target(ways[0])) == "endEvent"
    return not limit.instead or ways[0].get("targetRef") == limit.instead


def _write_told(work: Work, event: Node, limit: Limit) -> None:
    if limit.told is None:
        return
    node = work.target(work.sheet.leaving(event)[0])
    node.set("name", plain.line(limit.told.words, "told", 60))
    if _how(node) != (limit.told.escalation, limit.told.letter, limit.told.to):
        _write_how(work, node, limit.told)
    drawing_in.renamed(work.page(node.get("id", "")), node)


def _how(node: Node) -> tuple[str, str, str]:
    return "", property_of(node, making.LETTER), property_of(node, making.TO)


def _take_down(work: Work, event: Node) -> None:
    """The clock is gone, and with it the end below it, where nothing else leads there."""
    id_ = event.get("id", "")
    page = work.page(id_)
    ways = work.sheet.leaving(event)
    ends = [work.target(way) for way in ways]
    gone = [id_, *(str(way.get("id")) for way in ways)]
    work.apply(*(edits.remove(one) for one in reversed(gone)))
    work.sheet.changed()
    drawing_in.gone(page, gone)
    for end in ends:
        adding.drop_if_lost(work, page, end)
