"""Every wish that could be made of a drawing, each with a name that tells it apart, for tests that try them all."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from app.drawing.model import Drawing
from app.drawing.shaping import adding, answering, changing, limiting, moving, removing
from app.drawing.shaping.values import Answer, Call, End, Letter, Limit, Person, Place, Question, Shaped, Told, Wait

PROCESSES = Path(__file__).parents[2] / "processes"
PAGES = sorted(path.stem for path in PROCESSES.glob("*.bpmn"))
LETTER_INSTEAD = Told("Manager told", letter="limit_missed", to="manager")
STEP = ("Task", "Activity", "Gateway", "Event")
TIMED = ("userTask", "callActivity")
MOVING = ("userTask", "sendTask", "callActivity", "businessRuleTask")


class Wish(NamedTuple):
    """A kind of wish, what it is about, and how to make it: content and file in, the changed drawing out."""

    kind: str
    about: tuple[str, ...]
    make: Callable[[bytes, str], Shaped]


def content_of(page: str) -> bytes:
    return (PROCESSES / f"{page}.bpmn").read_bytes()


def wishes(drawing: Drawing) -> Iterator[Wish]:
    """All of them, in the order of the file."""
    for flow in drawing.flows:
        if flow.kind == "sequenceFlow":
            yield from _on(drawing, flow)
    for element in drawing.elements:
        yield from _of(drawing, element)


def _on(drawing, flow):
    place = Place(way=flow.id)
    for lane in ["", *(lane.name for lane in drawing.lanes), "A new team"]:
        yield Wish("add", (flow.id, lane), partial(_add, Person("Offer mediation", lane), place))
    yield Wish("add letter", (flow.id,), partial(_add, Letter("Write to the victim", "update", "victim"), place))
    yield Wish("add wait", (flow.id,), partial(_add, Wait("10 working days"), place))
    yield Wish("add call", (flow.id,), partial(_add, Call("Hold a mediation", "mediation"), place))
    yield Wish("add end", (flow.id,), partial(_add, End("Given up"), place))
    plain = Question("Is mediation wanted?", (Answer("yes"), Answer("no")))
    yield Wish("add question", (flow.id,), partial(_add, plain, place))
    back = next((one.id for one in drawing.elements if one.scope == flow.scope and one.kind in TIMED), "")
    if back:
        answers = (Answer("yes"), Answer("no", ends="Mediation declined"), Answer("not yet", leads_to=back))
        yield Wish("add question of three", (flow.id,), partial(_add, Question("Is mediation wanted?", answers), place))


def _of(drawing, element):
    own, lanes = element.id, [*(lane.name for lane in drawing.lanes), "A new team"]
    if element.kind.endswith(STEP):
        keep = next((flow.id for flow in drawing.outgoing(own)), "")
        yield Wish("remove", (own,), lambda content, file: removing.remove(content, file, own, keep=keep))
        yield Wish("rename", (own,), lambda content, file: changing.rename(content, file, own, "Say it in other words"))
    if element.kind.endswith(STEP) and element.kind != "boundaryEvent":
        yield from (Wish("team", (own, lane), partial(_give, own, lane)) for lane in lanes)
    if element.kind in TIMED:
        yield Wish("limit", (own,), partial(_limit, own, Limit("5 working days after the panel")))
        yield Wish("limit by letter", (own,), partial(_limit, own, Limit("28 days", told=LETTER_INSTEAD)))
        yield Wish("limit instead", (own,), partial(_limit, own, Limit("10 working days", told=None)))
    if element.kind == "boundaryEvent" and element.event == "timer":
        yield Wish("no limit", (own,), lambda content, file: limiting.remove_limit(content, file, own))
        yield Wish("other limit", (own,), lambda c, f: limiting.change_limit(c, f, own, Limit("28 days")))
    yield from _moves(drawing, element)
    if element.kind == "exclusiveGateway" and len(drawing.outgoing(own)) > 1:
        yield Wish("other answers", (own,), partial(_ask, drawing, own))


def _moves(drawing, element):
    for other in drawing.elements if element.kind in MOVING else ():
        if other.scope == element.scope and other.id != element.id and other.kind in (*MOVING, "startEvent"):
            yield Wish("move", (element.id, other.id), partial(_move, element.id, other.id))


def _add(step, place, content, file):
    return adding.add(content, file, step, place)


def _limit(own, limit, content, file):
    return limiting.set_limit(content, file, own, limit)


def _give(own, lane, content, file):
    return changing.give_to(content, file, own, lane)


def _move(own, other, content, file):
    return moving.move(content, file, own, Place(after=other))


def _ask(drawing, own, content, file):
    """The same ways with other words, and one more that ends."""
    ways = [Answer(f"answer {n}", way=flow.id) for n, flow in enumerate(drawing.outgoing(own))]
    return answering.ask(content, file, own, "What now?", [*ways, Answer("none of these", ends="Given up")])
