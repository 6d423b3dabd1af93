"""Everything that a drawing would do wrong, as findings: each scope explored, then looked at by every check.

The drawing must be complete: what strangers leave open has been read before. Whatever it is, this neither fails nor
takes long: it stops after a number of states, says so, and looks at the rest by its arrows alone.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.drawing.findings import NOTE, Finding
from app.drawing.model import Drawing, Element
from app.drawing.soundness import apart, endless, lanes, lengths, stuck, together, unreached
from app.drawing.soundness.agreement import agreement
from app.drawing.soundness.answers import Answers, Choices
from app.drawing.soundness.beside import beside
from app.drawing.soundness.exploring import Budget, Graph, explore
from app.drawing.soundness.moves import Moves
from app.drawing.soundness.net import Net, net, scopes
from app.drawing.soundness.rests import last_groups
from app.drawing.soundness.scene import Scene
from app.drawing.soundness.setting import Setting
from app.drawing.soundness.throwing import Throwing


def findings(
    drawing: Drawing,
    *,
    roles: Collection[str] | None = None,
    fields: Mapping[str, Mapping[str, Choices]] | None = None,
    given: Mapping[str, Choices] | None = None,
    tasks: Collection[str] | None = None,
) -> list[Finding]:
    """What a complete drawing would do wrong.

    ``roles`` are the names of the lanes somebody belongs to, ``fields`` the choices of every field by form and path,
    ``given`` those of the facts that come from tables or from outside, ``tasks`` the ids of all tasks for people, on
    every page. What is not given is not checked.
    """
    whole = _Whole(drawing, Setting(drawing, fields))
    for scope in scopes(drawing):
        whole.look_at(scope)
    found = [*whole.reachable(), *whole.bound(), *whole.throwing.findings(), *lengths.findings(drawing)]
    if roles is not None:
        found += lanes.findings(drawing, roles)
    if tasks is not None:
        found += apart.findings(drawing, tasks)
    if fields is not None:
        found += Answers(drawing, fields, given or {}).findings()
    return found


@dataclass
class _Whole:
    """A drawing while its scopes are explored, the inner ones first."""

    drawing: Drawing
    setting: Setting
    found: dict[str, list[Finding]] = field(default_factory=dict)  # by scope
    budget: Budget = field(default_factory=Budget)
    throwing: Throwing = field(init=False)
    _unending: set[str] = field(default_factory=set)
    _quick: set[str] = field(default_factory=set)
    _missed: set[str] = field(default_factory=set)  # the elements that no token comes to
    _too_many: bool = False

    def __post_init__(self) -> None:
        self.throwing = Throwing(self.drawing)
        self._silent = self.throwing.silent()

    def look_at(self, scope: str) -> None:
        """Explore one scope, and keep what is found there."""
        drawn = net(self.drawing, scope, self._silent, self._quick)
        if not drawn.nodes:
            self._quick.add(scope)
            return
        graph = explore(self._moves(drawn), self.budget)
        self._too_many |= not graph.is_whole
        scene = Scene(self.drawing, graph)
        groups = last_groups(graph)
        wrong = [*stuck.findings(scene, groups), *endless.findings(scene, groups, can_be_left=self._can_be_left(scope))]
        entered = graph.entered()
        missed = unreached.findings(scene, is_explained=bool(wrong) or bool(groups))
        self.found[scope] = [*wrong, *together.findings(scene), *missed]
        if graph.is_whole and not graph.cut:
            self._missed |= {e.id for n, e in enumerate(drawn.nodes) if n not in entered}
        self._keep(scope, graph, is_over=bool(groups))

    def reachable(self) -> list[Finding]:
        """What was found, but for the insides of what is never reached: nothing happens there."""
        return [one for scope, found in self.found.items() if not self._is_missed(scope) for one in found]

    def bound(self) -> list[Finding]:
        """What says that not everything was tried."""
        if not self._too_many:
            return []
        says = f"There are too many ways through this drawing to try them all. We tried {self.budget.tried:,}."
        name = self.drawing.processes[0].name if self.drawing.processes else ""
        return [Finding("", name, "too_many_ways", NOTE, says)]

    def _is_missed(self, scope: str) -> bool:
        for _ in self.found:
            if scope in self._missed:
                return True
            scope = self.drawing.by_id[scope].scope if scope in self.drawing.by_id else ""
        return False

    def _moves(self, drawn: Net) -> Moves:
        heard = _heard(self.drawing, drawn)
        agreed = agreement(drawn, self.setting.of)
        return Moves(drawn, agreed, beside(drawn), frozenset(self._unending), heard)

    def _keep(self, scope: str, graph: Graph, *, is_over: bool) -> None:
        """Note what those around a scope must know of it."""
        drawn = graph.moves.net
        if not any(drawn.rests):
            self._quick.add(scope)
        can_end = any(
            not graph.states[to].marking and not _fails(drawn.nodes[step.node]) for _, step, to in graph.steps()
        )
        if not (can_end or is_over or graph.cut or _frames(self.drawing, scope)):
            self._unending.add(scope)

    def _can_be_left(self, scope: str) -> bool:
        """Whether an event from outside ends a scope, whatever it is doing."""
        events = [e for e in self.drawing.elements if e.attached_to == scope and e.kind == "boundaryEvent"]
        frames = {e.id for e in _frames(self.drawing, scope)}
        events += [e for e in self.drawing.elements if e.scope in frames and e.kind == "startEvent"]
        return any(e.interrupting and e.id not in self._silent for e in events)


def _fails(element: Element) -> bool:
    return element.kind == "endEvent" and element.event in ("error", "cancel")


def _frames(drawing: Drawing, scope: str) -> list[Element]:
    return [e for e in drawing.elements if e.scope == scope and e.by_event]


def _heard(drawing: Drawing, drawn: Net) -> frozenset[str]:
    """The events of a net that wait for a signal which is only sent within the net."""
    throws = [e for e in drawing.elements if e.event == "signal" and e.kind in ("intermediateThrowEvent", "endEvent")]
    here = {e.event_name for e in throws if e.id in drawn.number} - {
        e.event_name for e in throws if e.id not in drawn.number
    }
    return frozenset(e.id for e in drawn.nodes if e.event == "signal" and e.event_name in here)
