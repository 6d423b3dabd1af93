"""What leads where inside one process or sub-process, ready to be written one step after the other.

Arrows whose ends are not there are left out. A gateway without words that only joins ways, and a pair of links, are
no steps: what leads to them leads to what comes next. A boundary event follows its activity.
The order is that of the picture, else of names and ids, so it does not depend on the order in the file.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.drawing.model import ACTIVITIES, EVENTS, GATEWAYS, Drawing, Element, Flow

NODES = ACTIVITIES | EVENTS | GATEWAYS
DEEPEST = 12  # sub-processes in sub-processes; what lies deeper is told beside the one around it
_WAITING = ("parallelGateway", "inclusiveGateway", "complexGateway")
_YES, _NO = ("yes", "ja", "oui", "sí", "si"), ("no", "nein", "non")


@dataclass(frozen=True)
class Arrow:
    """A way from one step to another; ``flow`` is None from an activity to the event on its edge."""

    source: str
    target: str
    flow: Flow | None = None


@dataclass(frozen=True)
class Graph:
    """The steps of one scope in order, the arrows out of and into each, and what was folded into a step."""

    nodes: tuple[Element, ...]
    leaving: Mapping[str, tuple[Arrow, ...]]
    arriving: Mapping[str, tuple[Arrow, ...]]
    folded: Mapping[str, tuple[str, ...]]  # {id of a step: ids of the bare gateways and links before it}
    goes: Mapping[str, str]  # {id of such a gateway or link: the step to which it leads}
    lost: Mapping[str, int]  # {id of a step: number of arrows out of it that lead nowhere}
    joins: frozenset[str]  # ids of gateways without words that wait for several ways


def scopes(drawing: Drawing) -> Mapping[str, Sequence[Element]]:
    """All nodes by the id of the process, or of the activity, in which they are told.

    What stands in none of them goes to its process, else to the first one, else to ``""``. A node without an id of
    its own is given one, so that it is not left out.
    """
    found: dict[str, list[Element]] = defaultdict(list)
    processes = [process.id for process in drawing.processes]
    homes: dict[str, tuple[str, int] | None] = {id_: (id_, 0) for id_ in processes}
    seen: set[str] = set()
    for place, element in enumerate(drawing.elements):
        if element.kind in NODES:
            one = element if element.id and element.id not in seen else replace(element, id=f"?{place}")
            seen.add(one.id)
            home = _home(one.scope, drawing, homes)
            nowhere = one.process if one.process in processes else next(iter(processes), "")
            found[home[0] if home else nowhere].append(one)
    return found


def _home(scope: str, drawing: Drawing, homes: dict[str, tuple[str, int] | None]) -> tuple[str, int] | None:
    """Where the nodes of a scope are told, and how deep that is; None where it stands nowhere or in a circle."""
    chain = []
    while scope not in homes:
        chain.append(scope)
        homes[scope] = None  # until it is known: whoever comes back here goes in a circle
        around = drawing.by_id.get(scope)
        scope = around.scope if around is not None and around.kind in ACTIVITIES else ""
        if not scope:
            break
    home = homes.get(scope)
    for one in reversed(chain):
        home = None if home is None else (one, home[1] + 1) if home[1] < DEEPEST else home
        homes[one] = home
    return home


def graph(nodes: Sequence[Element], flows: Mapping[str, Sequence[Flow]], order: "Order") -> Graph:
    """What leads where among the nodes of one scope. ``flows`` are all sequence flows by their source."""
    inside = {node.id: node for node in nodes}
    events = _events(nodes, inside)
    first = {id_: [f for f in flows.get(id_, ()) if f.target in inside] for id_ in inside}
    lost = {id_: len(flows.get(id_, ())) - len(first[id_]) for id_ in inside}
    into = Counter(flow.target for flows_out in first.values() for flow in flows_out)
    goes = _passing(inside, first, into, lost)
    leaving: dict[str, tuple[Arrow, ...]] = {}
    arriving: dict[str, list[Arrow]] = defaultdict(list)
    for node in sorted((n for n in nodes if n.id not in goes), key=order.of):
        arrows = [Arrow(node.id, goes.get(f.target, f.target), f) for f in first[node.id]]
        arrows.sort(key=lambda arrow: order.of_arrow(arrow, inside))
        arrows += [Arrow(node.id, event.id) for event in sorted(events.get(node.id, ()), key=order.of)]
        leaving[node.id] = tuple(arrows)
        for arrow in arrows:
            arriving[arrow.target].append(arrow)
    folded: dict[str, list[str]] = defaultdict(list)
    for passed, target in sorted(goes.items()):
        folded[target].append(passed)
    return Graph(
        nodes=tuple(inside[id_] for id_ in leaving),
        leaving=leaving,
        arriving={id_: tuple(arrows) for id_, arrows in arriving.items()},
        folded={id_: tuple(ids) for id_, ids in folded.items()},
        goes=goes,
        lost=lost,
        joins=frozenset(n.id for n in nodes if n.kind in _WAITING and into[n.id] > 1 and not n.name.strip()),
    )


class Order:
    """In which order things are told that the drawing does not order: as they stand in the picture."""

    def __init__(self, drawing: Drawing) -> None:
        self._places = {shape.element: shape.bounds for shape in drawing.shapes}

    def of(self, element: Element) -> tuple[object, ...]:
        """From left to right, then downwards; what is not in the picture by its words and id."""
        place = self._places.get(element.id)
        where = (0, place.x, place.y) if place else (1, 0.0, 0.0)
        return (*where, element.name, element.id)

    def of_arrow(self, arrow: Arrow, inside: Mapping[str, Element]) -> tuple[object, ...]:
        """First *yes*, then *no*, then downwards, last the way for any other case; by words without a picture."""
        name = arrow.flow.name.strip().lower() if arrow.flow else ""
        answer = 0 if name in _YES else 1 if name in _NO else 2
        place = self._places.get(arrow.target)
        where = (0, place.y, place.x) if place else (1, 0.0, 0.0)
        target = inside[arrow.target]
        otherwise = arrow.flow is not None and inside[arrow.source].default == arrow.flow.id
        return (otherwise, answer, *where, name, target.name, arrow.target, arrow.flow.id if arrow.flow else "")


def flows_by_source(drawing: Drawing) -> Mapping[str, Sequence[Flow]]:
    """The sequence flows by the id of their source."""
    found: dict[str, list[Flow]] = defaultdict(list)
    for flow in drawing.flows:
        if flow.kind == "sequenceFlow":
            found[flow.source].append(flow)
    return found


def _events(nodes: Iterable[Element], inside: Mapping[str, Element]) -> Mapping[str, list[Element]]:
    found: dict[str, list[Element]] = defaultdict(list)
    for node in nodes:
        if node.kind == "boundaryEvent" and node.attached_to in inside and node.attached_to != node.id:
            found[node.attached_to].append(node)
    return found


def _links(nodes: Iterable[Element]) -> Mapping[str, str]:
    """{id of a link that is thrown: id of the one that catches it}."""
    links = [node for node in nodes if node.event == "link"]
    caught = {
        _link(node): node.id for node in sorted(links, key=lambda n: n.id) if node.kind == "intermediateCatchEvent"
    }
    thrown = (node for node in links if node.kind == "intermediateThrowEvent")
    return {node.id: caught[_link(node)] for node in thrown if _link(node) in caught}


def _link(element: Element) -> str:
    return element.event_name or element.name


def _passing(
    inside: Mapping[str, Element], first: Mapping[str, Sequence[Flow]], into: Mapping[str, int], lost: Mapping[str, int]
) -> dict[str, str]:
    """{id of what only passes on: the id of the step at which that ends}. What goes in a circle is kept."""
    links = _links(inside.values())
    caught = set(links.values())
    steps: dict[str, str] = dict(links)
    for id_, flows in first.items():
        if id_ not in links and not lost[id_] and len(flows) == 1 and not (flows[0].name or flows[0].condition):
            target = inside[flows[0].target]
            waits = target.kind in _WAITING and into[target.id] > 1 and into[id_] > 1  # one of several ways is one
            if id_ in caught or (_is_bare(inside[id_], into[id_]) and not waits):
                steps[id_] = target.id
    return dict(_ends(steps))


def _is_bare(node: Element, arriving: int) -> bool:
    if node.kind not in GATEWAYS or node.name.strip() or node.documentation.strip():
        return False
    return node.kind not in _WAITING or arriving < 2


def _ends(steps: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each passing node with the end of its chain, in linear time; one node of each circle is kept."""
    ends: dict[str, str] = {}
    kept: set[str] = set()
    for begin in sorted(steps):
        chain, at = [], begin
        on = set()
        while at in steps and at not in ends and at not in kept and at not in on:
            chain.append(at)
            on.add(at)
            at = steps[at]
        if at in on:
            kept.add(at)
        end = ends.get(at, at)
        ends.update((one, end) for one in chain if one not in kept)
    return ((one, end) for one, end in ends.items() if one not in kept)
