"""All the states that a scope can come into, tried one after the other within a bound.

First every order of what people may do is tried. Where those are too many, one token after the other goes on as far as
it can: that finds the same ends, since tokens do not disturb each other, but not who may be busy at the same time.
Invariant: nothing here depends on a clock; the bound counts states and steps.
"""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.drawing.soundness.moves import Group, Marking, Moves, State, Step

MOST_STATES = 15_000  # of one drawing
MOST_MIXED = 4_000  # of one scope in every order, before its tokens go on one after the other
MOST_STEPS_EACH = 8  # steps that may be tried for each state of the bound, on average
SUSPICIOUS = 3  # tokens at one place, from which on it is asked whether they become ever more
CROWD = 24  # tokens in all, likewise
MOST_TOGETHER = 6  # tokens at one place that are followed


@dataclass
class Budget:
    """How many states may still be tried in a drawing."""

    left: int = MOST_STATES
    tried: int = 0


@dataclass
class Graph:
    """What was found: states by their number, what leads from one to the next, and what cannot be followed."""

    moves: Moves
    states: list[State] = field(default_factory=list)
    came: list[tuple[int, Step] | None] = field(default_factory=list)  # the shortest way: the state before
    onward: list[list[tuple[Step, int]]] = field(default_factory=list)
    piled: dict[int, int] = field(default_factory=dict)  # a state that repeats an earlier one with more tokens
    forced: list[int] = field(default_factory=list)  # a state in which a join waits for what only comes after it
    cut: set[int] = field(default_factory=set)  # the states that were not followed at all
    is_whole: bool = True  # whether all states were tried
    is_mixed: bool = True  # whether they were tried in every order
    _known: dict[State, int] = field(default_factory=dict)

    def path(self, state: int) -> list[tuple[int, Step]]:
        """The steps that led to a state, the first one first, each with the state it was taken in."""
        found, came = [], self.came[state]
        while came is not None:
            found.append(came)
            came = self.came[came[0]]
        return found[::-1]

    def steps(self) -> Iterator[tuple[int, Step, int]]:
        """Every step that was tried, with the states before and after it."""
        return ((at, step, to) for at, row in enumerate(self.onward) for step, to in row)

    def entered(self) -> set[int]:
        """The nodes that a token came to."""
        found = {self.moves.places[n][0] for state in self.states for n in set(state.marking)}
        return found | {way.target for _, step, _ in self.steps() for way in step.ways}

    def add(self, state: State, came: tuple[int, Step] | None) -> tuple[int, bool]:
        """The number of a state, and whether it is new."""
        if state in self._known:
            return self._known[state], False
        self._known[state] = len(self.states)
        self.states.append(state)
        self.came.append(came)
        self.onward.append([])
        return len(self.states) - 1, True


def explore(moves: Moves, budget: Budget) -> Graph:
    """The states of a scope. Takes what it tried from the budget."""
    graph = _explored(moves, min(budget.left, MOST_MIXED), mixed=True)
    budget.tried += len(graph.states)
    if not graph.is_whole and budget.left > MOST_MIXED:
        graph = _explored(moves, budget.left - MOST_MIXED, mixed=False)
        budget.tried += len(graph.states)
        budget.left -= MOST_MIXED
    budget.left = max(0, budget.left - len(graph.states))
    return graph


def _explored(moves: Moves, most: int, *, mixed: bool) -> Graph:
    graph, steps = Graph(moves, is_mixed=mixed), 0
    starts = [graph.add(moves.begin(begin), None) for begin in (*moves.net.begins, *moves.beside.begins())]
    queue = deque(number for number, is_new in starts if is_new)
    while queue:
        if len(graph.states) > most or steps > most * MOST_STEPS_EACH:
            graph.is_whole = False
            graph.cut.update(queue)
            break
        at = queue.popleft()
        new = _followed(graph, at, mixed)
        steps += 1 + len(graph.onward[at])
        queue.extend(new)
    return graph


def _followed(graph: Graph, at: int, mixed: bool) -> list[int]:
    """Try what can happen in a state; gives the new states that are worth following."""
    new: list[int] = []
    for is_last, group in _groups(graph, at, mixed):
        before = len(graph.states)
        fresh = [_reached(graph, at, step, state) for step, state in group]
        new += range(before, len(graph.states))
        if is_last and all(fresh):
            break
    return [number for number in new if not _piles(graph, number)]


def _groups(graph: Graph, at: int, mixed: bool) -> Iterator[tuple[bool, Group]]:
    """What the tokens of a state can do, token by token; True where it is enough if it leads to new states only.

    Whoever waits for an order that changes nothing would wait for ever where a token goes round and round: so a token
    whose step leads to a known state is not enough.
    """
    state, happens = graph.states[at], False
    for group in graph.moves.at_once(state):
        happens = True
        yield True, group
    if not (happens and mixed):
        for group in graph.moves.later(state):
            happens = True
            yield not mixed, group
    if not happens:
        for group in graph.moves.forced(state):
            graph.forced.append(at)
            yield False, group


def _reached(graph: Graph, at: int, step: Step, state: State) -> bool:
    number, is_new = graph.add(state, (at, step))
    graph.onward[at].append((step, number))
    return is_new


def _piles(graph: Graph, number: int) -> bool:
    """Whether a state repeats one on the way to it with more tokens, or has too many at one place to follow."""
    state = graph.states[number]
    most = max(Counter(state.marking).values(), default=0)
    if most < SUSPICIOUS and len(state.marking) < CROWD:
        return False
    for before, step in graph.path(number):
        earlier = graph.states[before]
        if earlier.memory == state.memory and _is_less(earlier.marking, state.marking):
            graph.piled[number] = before
            graph.onward[number].append((step, before))  # what can happen to the others, can happen there
            return True
    if most > MOST_TOGETHER:
        graph.cut.add(number)
        return True
    return False


def _is_less(fewer: Marking, more: Marking) -> bool:
    return len(fewer) < len(more) and not Counter(fewer) - Counter(more) and len(fewer) > 0
