"""How tokens move in a net: BPMN 2.0.2 clause 13, as SpiffWorkflow executes it here.

A token stays on an activity or a waiting event until something happens; everything else it goes through at once. A
subprocess is one step from the outside. Of several tokens that arrive at a join on the same arrow before it fires, the
engine counts one; both readings are tried, since the order in which they come decides.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from app.drawing.soundness.agreement import Agreement, Memory
from app.drawing.soundness.beside import Beside
from app.drawing.soundness.net import ENDS_ALL, Net, Way, backward, onward, reached

AT = -1  # in place of a door: the token is at the node itself
Place = tuple[int, int, tuple[int, ...]]  # a node; the source it came from to a join, or AT; the events that happened
Marking = tuple[int, ...]  # the numbers of the places with a token, in order, each as often as it has one


class State(NamedTuple):
    """Where all tokens are, and what is remembered of the answers."""

    marking: Marking
    memory: Memory


class Step(NamedTuple):
    """What led from one state to the next: at which node, along which ways; ``event`` happened on an activity."""

    node: int
    ways: tuple[Way, ...] = ()
    event: int = -1
    join: bool = False


Group = list[tuple[Step, State]]  # all that one token can do


class Moves:
    """The moves of one scope. ``unending`` are the activities that never complete, ``heard`` the signals sent here."""

    def __init__(self, net: Net, agreement: Agreement, beside: Beside, unending: frozenset[str], heard: frozenset[str]):
        self.net, self.agreement, self.beside, self.unending, self.heard = net, agreement, beside, unending, heard
        self.places: list[Place] = []
        self._numbers: dict[Place, int] = {}
        self._joins = frozenset(net.joins)

    def begin(self, nodes: tuple[int, ...]) -> State:
        """The state with a token on each of some nodes."""
        marking: Marking = ()
        for node in nodes:
            marking = _with(marking, self.place((node, AT, ())))
        return State(marking, self.agreement.fresh)

    def place(self, place: Place) -> int:
        """The number of a place."""
        if place not in self._numbers:
            self._numbers[place] = len(self.places)
            self.places.append(place)
        return self._numbers[place]

    def at_once(self, state: State) -> Iterator[Group]:
        """What happens by itself, each time one token or join; what ends the whole scope last."""
        tokens = dict.fromkeys(number for number in state.marking if self._goes_on(number))
        last = [number for number in tokens if self.ends_all(self.places[number][0])]
        for number in tokens:
            if number not in last:
                yield self._passing(state, number)
        for join in sorted({self.places[number][0] for number in state.marking if self._at_door(number)}):
            if self._fires(state.marking, join):
                yield [self._joined(state, join)]
        for number in last:
            yield self._passing(state, number)

    def later(self, state: State) -> Iterator[Group]:
        """What can happen next where nothing happens by itself."""
        for number in dict.fromkeys(state.marking):
            node, door, _ = self.places[number]
            if door == AT and self.net.waits[node]:
                group = self._waiting(state, number)
                if group:
                    yield group

    def forced(self, state: State) -> Iterator[Group]:
        """What the engine does where nothing can happen: a join in a loop goes on without what comes round to it.

        BPMN would have it wait for ever; SpiffWorkflow does not wait for what only comes after the join.
        """
        for join in sorted(self.doors(state.marking)):
            if any(self._comes_round(join, door) for door in self.net.sources[join]):
                yield [self._joined(state, join)]

    def ends_all(self, node: int) -> bool:
        """Whether an element ends everything in its scope."""
        element = self.net.nodes[node]
        return element.kind == "endEvent" and element.event in ENDS_ALL

    def waiting(self, marking: Marking) -> list[int]:
        """The nodes with a token that stays until something happens, as often as there is one."""
        return [node for node, door, _ in (self.places[n] for n in marking) if door == AT and self.net.waits[node]]

    def doors(self, marking: Marking) -> dict[int, set[int]]:
        """The joins that tokens wait at: the sources from which one has come."""
        found: dict[int, set[int]] = {}
        for node, door, _ in (self.places[n] for n in marking):
            if door != AT:
                found.setdefault(node, set()).add(door)
        return found

    def _goes_on(self, number: int) -> bool:
        node, door, _ = self.places[number]
        return door == AT and not self.net.waits[node]

    def _at_door(self, number: int) -> bool:
        return self.places[number][1] != AT

    def _passing(self, state: State, number: int) -> Group:
        node = self.places[number][0]
        if self.ends_all(node):
            return [(Step(node), State((), state.memory))]
        rest = _without(state.marking, number)
        memory = self.agreement.after(node, state.memory)
        if self.net.nodes[node].event == "signal" and self.net.nodes[node].kind != "startEvent":
            rest = self._woken(rest, self.net.nodes[node].event_name)
        return [one for ways, left in self._choices(node, memory) for one in self._sent(Step(node, ways), rest, left)]

    def _waiting(self, state: State, number: int) -> Group:
        node, _, happened = self.places[number]
        element, rest = self.net.nodes[node], _without(state.marking, number)
        memory = self.agreement.after(node, state.memory)
        found: Group = []
        if element.kind == "eventBasedGateway":
            return [one for way in self.net.ways[node] for one in self._chosen(node, way, rest, memory)]
        if element.id not in self.unending and not self._is_heard(node):
            for ways, left in self._choices(node, memory):
                found += self._sent(Step(node, ways), rest, left)
        for event in self.net.beside[node]:
            found += self._happening(state, rest, node, event, happened)
        return found

    def _happening(self, state: State, rest: Marking, node: int, event: int, happened: tuple[int, ...]) -> Group:
        """An event on an activity: it takes the token away, or starts another beside it."""
        memory = self.agreement.after(event, state.memory)
        at_event = self.place((event, AT, ()))
        if self.net.nodes[event].interrupting:
            return [(Step(node, (), event), State(_with(rest, at_event), memory))]
        goes_on = {self.places[number][0] for number in state.marking}
        if event in self.beside.alone or event in happened or goes_on & self.beside.own[event]:
            return []
        stays = self.place((node, AT, tuple(sorted((*happened, event)))))
        return [(Step(node, (), event), State(_with(_with(rest, stays), at_event), memory))]

    def _chosen(self, node: int, way: Way, rest: Marking, memory: Memory) -> Group:
        """The way behind an event-based gateway: the event has happened there already."""
        target = way.target
        memory = self.agreement.after(target, memory)
        if not self.net.waits[target] or not self.net.nodes[target].kind.endswith(("Event", "receiveTask")):
            return self._sent(Step(node, (way,)), rest, memory)
        return [(Step(node, (way,)), state) for _, state in self._sent(Step(node, self.net.ways[target]), rest, memory)]

    def _choices(self, node: int, memory: Memory) -> Iterator[tuple[tuple[Way, ...], Memory]]:
        """The ways that a token can take from a node, together; and what is remembered then."""
        if node in self.agreement.options:
            yield from self.agreement.ways(node, memory)
        else:
            yield self.net.ways[node], memory

    def _sent(self, step: Step, marking: Marking, memory: Memory) -> Group:
        """A token for each way. On an arrow to a join that has one already it counts, or it does not."""
        markings = [marking]
        for way in step.ways:
            markings = [after for before in markings for after in self._arrived(before, step.node, way.target)]
        return [(step, State(one, memory)) for one in markings]

    def _arrived(self, marking: Marking, source: int, target: int) -> list[Marking]:
        if target not in self._joins:
            return [_with(marking, self.place((target, AT, ())))]
        door = self.place((target, source, ()))
        before = marking.count(door)
        return [_with(marking, door), marking] if before == 1 else [marking if before else _with(marking, door)]

    def _fires(self, marking: Marking, join: int) -> bool:
        full = self.doors(marking)[join]
        empty = [source for source in self.net.sources[join] if source not in full]
        if not empty or self.net.nodes[join].kind == "parallelGateway":
            return not empty
        elsewhere = {node for node, door, _ in (self.places[n] for n in marking) if door == AT or node != join}
        return not any(
            any(node in self._leads(join, door) for door in empty)
            and not any(node in self._leads(join, door) for door in full)
            for node in elsewhere
        )

    def _leads(self, join: int, door: int) -> frozenset[int]:
        """The nodes from which a token can come to a join by one of its arrows without passing it."""
        if (join, door) not in self._leading:
            self._leading[join, door] = frozenset(reached(self._backward, [door], without=join))
        return self._leading[join, door]

    def _comes_round(self, join: int, door: int) -> bool:
        """Whether a branch of a join can come after the join itself."""
        if join not in self._after:
            self._after[join] = frozenset(reached(onward(self.net), [join]))
        return door in self._after[join]

    def _joined(self, state: State, join: int) -> tuple[Step, State]:
        marking = state.marking
        for door in self.doors(marking)[join]:
            marking = _without(marking, self.place((join, door, ())))
        return Step(join, join=True), State(_with(marking, self.place((join, AT, ()))), state.memory)

    def _is_heard(self, node: int) -> bool:
        """Whether an event waits for a signal that only this scope sends."""
        element = self.net.nodes[node]
        return element.kind == "intermediateCatchEvent" and element.event == "signal" and element.id in self.heard

    def _woken(self, marking: Marking, signal: str) -> Marking:
        for number in marking:
            node = self.places[number][0]
            if self._is_heard(node) and self.net.nodes[node].event_name == signal:
                marking = _without(marking, number)
                for way in self.net.ways[node]:
                    marking = self._arrived(marking, node, way.target)[0]
        return marking

    @cached_property
    def _backward(self) -> list[list[int]]:
        return backward(onward(self.net))

    @cached_property
    def _after(self) -> dict[int, frozenset[int]]:
        return {}

    @cached_property
    def _leading(self) -> dict[tuple[int, int], frozenset[int]]:
        return {}


def _with(marking: Marking, number: int) -> Marking:
    return tuple(sorted((*marking, number)))


def _without(marking: Marking, number: int) -> Marking:
    at = marking.index(number)
    return (*marking[:at], *marking[at + 1 :])
