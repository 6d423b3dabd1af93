"""One scope of a drawing as a net: its nodes as small numbers, the ways between them, and how it can begin.

A scope is a process, or a subprocess from the inside. Frames (event subprocesses) are scopes of their own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from app.drawing.model import ACTIVITIES, EVENTS, GATEWAYS, SUB_PROCESSES, Drawing, Element, Flow

NODES = ACTIVITIES | EVENTS | GATEWAYS
JOINS = frozenset({"parallelGateway", "inclusiveGateway", "complexGateway"})
AT_ONCE = frozenset({"sendTask", "serviceTask", "scriptTask", "businessRuleTask"})  # nobody is waited for
CHOOSING = frozenset({"exclusiveGateway", "eventBasedGateway"})
ENDS_ALL = frozenset({"terminate", "error", "cancel"})  # an end event that ends its whole scope


@dataclass(frozen=True)
class Way:
    """One way on from a node: an arrow, or the jump of a link."""

    target: int
    flow: Flow | None = None


@dataclass(frozen=True)
class Net:
    """A scope. Everything is by the number of its node."""

    scope: str
    nodes: tuple[Element, ...]
    number: Mapping[str, int]
    ways: tuple[tuple[Way, ...], ...]
    sources: tuple[tuple[int, ...], ...]  # the nodes from which something arrives, each once
    beside: tuple[tuple[int, ...], ...]  # the boundary events that can happen on an activity
    begins: tuple[tuple[int, ...], ...]  # each a way to begin: the nodes that start together
    joins: tuple[int, ...]
    waits: tuple[bool, ...]  # whether a token stays there until something happens
    rests: tuple[bool, ...]  # whether that is a person, time or the world outside


def scopes(drawing: Drawing) -> list[str]:
    """The ids of all scopes, each after those that lie in it."""
    inside = [e.id for e in drawing.elements if e.kind in SUB_PROCESSES and e.kind != "adHocSubProcess"]
    depth = {id_: _depth(drawing, id_) for id_ in inside}
    return [*sorted(inside, key=lambda id_: -depth[id_]), *(process.id for process in drawing.processes)]


def net(drawing: Drawing, scope: str, silent: Set[str], quick: Set[str]) -> Net:
    """The net of a scope. ``silent`` are the events that cannot happen, ``quick`` the activities nobody waits for."""
    nodes = tuple(e for e in drawing.elements if e.scope == scope and _flows(e))
    number = {e.id: index for index, e in enumerate(nodes)}
    ways = _ways(drawing, nodes, number)
    sources = _sources(ways)
    joins = tuple(n for n, e in enumerate(nodes) if e.kind in JOINS and len(sources[n]) > 1)
    waits = tuple(_waits(e) for e in nodes)
    return Net(
        scope=scope,
        nodes=nodes,
        number=number,
        ways=ways,
        sources=sources,
        beside=tuple(_beside(e, nodes, silent) if waits[n] else () for n, e in enumerate(nodes)),
        begins=_begins(nodes, sources),
        joins=joins,
        waits=waits,
        rests=tuple(waits[n] and e.id not in quick for n, e in enumerate(nodes)),
    )


def reached(ways: Iterable[Iterable[int]], starts: Iterable[int], without: int = -1) -> set[int]:
    """The nodes that can be reached from some, themselves among them; never through the node ``without``."""
    table = list(ways)
    stack = [start for start in starts if start != without]
    seen = set(stack)
    while stack:
        for target in table[stack.pop()]:
            if target != without and target not in seen:
                seen.add(target)
                stack.append(target)
    return seen


def onward(net: Net) -> list[list[int]]:
    """Where each node leads to: along its ways, and from an activity through the events on it."""
    return [[way.target for way in net.ways[n]] + list(net.beside[n]) for n in range(len(net.nodes))]


def backward(table: Iterable[Iterable[int]]) -> list[list[int]]:
    """The same the other way round."""
    rows = list(table)
    found: list[list[int]] = [[] for _ in rows]
    for source, targets in enumerate(rows):
        for target in targets:
            found[target].append(source)
    return found


def _flows(element: Element) -> bool:
    """Whether tokens pass through an element: frames open by themselves, compensation is not executed."""
    return element.kind in NODES and not element.by_event and not element.compensates


def _depth(drawing: Drawing, id_: str) -> int:
    depth = 0
    while id_ in drawing.by_id and depth <= len(drawing.elements):
        id_, depth = drawing.by_id[id_].scope, depth + 1
    return depth


def _ways(drawing: Drawing, nodes: tuple[Element, ...], number: Mapping[str, int]) -> tuple[tuple[Way, ...], ...]:
    found: dict[str, list[Way]] = defaultdict(list)
    for flow in drawing.flows:
        if flow.kind == "sequenceFlow" and flow.source in number and flow.target in number:
            found[flow.source].append(Way(number[flow.target], flow))
    caught = {e.event_name: e for e in nodes if e.event == "link" and e.kind == "intermediateCatchEvent"}
    for e in nodes:
        if e.event == "link" and e.kind == "intermediateThrowEvent" and e.event_name in caught:
            found[e.id].append(Way(number[caught[e.event_name].id]))
    return tuple(tuple(found[e.id]) for e in nodes)


def _sources(ways: tuple[tuple[Way, ...], ...]) -> tuple[tuple[int, ...], ...]:
    arriving = backward([[way.target for way in row] for row in ways])
    return tuple(tuple(dict.fromkeys(row)) for row in arriving)


def _beside(activity: Element, nodes: tuple[Element, ...], silent: Set[str]) -> tuple[int, ...]:
    return tuple(
        n
        for n, e in enumerate(nodes)
        if e.attached_to == activity.id and e.kind == "boundaryEvent" and e.id not in silent and e.event != "compensate"
    )


def _waits(element: Element) -> bool:
    if element.kind == "intermediateCatchEvent":
        return element.event != "link"
    return element.kind in ACTIVITIES - AT_ONCE or element.kind == "eventBasedGateway"


def _begins(nodes: tuple[Element, ...], sources: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
    """The start events, each a way of its own; else everything that nothing leads to, together."""
    starts = [n for n, e in enumerate(nodes) if e.kind == "startEvent" or (e.instantiates and not sources[n])]
    if starts:
        return tuple((n,) for n in starts)
    alone = tuple(n for n, e in enumerate(nodes) if not sources[n] and e.kind != "boundaryEvent" and not _is_catch(e))
    return (alone,) if alone else ()


def _is_catch(element: Element) -> bool:
    return element.event == "link" and element.kind == "intermediateCatchEvent"
