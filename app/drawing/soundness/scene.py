"""What the checks of one scope look at: its drawing, its net and the states that were found."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.drawing.findings import WARNING, Finding
from app.drawing.model import Drawing, Element
from app.drawing.soundness import wording
from app.drawing.soundness.exploring import Graph
from app.drawing.soundness.net import Net


@dataclass(frozen=True)
class Scene:
    """One scope, explored."""

    drawing: Drawing
    graph: Graph
    _names: dict[int, str] = field(default_factory=dict, compare=False)

    @property
    def net(self) -> Net:
        """The net of the scope."""
        return self.graph.moves.net

    def element(self, node: int) -> Element:
        """The element of a node."""
        return self.net.nodes[node]

    def name(self, node: int) -> str:
        """A node in a sentence."""
        if node not in self._names:
            self._names[node] = wording.quoted(self.drawing, self.net.nodes[node])
        return self._names[node]

    def names(self, nodes: Iterable[int], last: str = "and") -> str:
        """Several nodes in a sentence."""
        return wording.listed(self.drawing, [self.net.nodes[node] for node in nodes], last)

    def finding(self, node: int, kind: str, says: str, severity: str = WARNING) -> Finding:
        """A finding on a node."""
        return wording.finding(self.drawing, self.net.nodes[node], kind, wording.sentence(says), severity)
