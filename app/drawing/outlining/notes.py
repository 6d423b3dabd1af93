"""What stands beside the steps of a drawing and belongs to them: remarks, papers, and messages to others."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from app.drawing.model import DATA, Drawing, Flow
from app.drawing.outlining.english import person, plain, sentence
from app.drawing.outlining.graph import NODES
from app.drawing.outlining.names import quoted


class Notes:
    """Notes by the id of the element they belong to; what belongs to none is kept apart."""

    def __init__(self, drawing: Drawing, *, is_english: bool) -> None:
        self._drawing = drawing
        self._is_english = is_english
        self._steps = {element.id for element in drawing.elements if element.kind in NODES}
        self._pools = {pool.id: pool.name for pool in drawing.pools} | {p.id: p.name for p in drawing.processes}
        found: dict[str, list[str]] = defaultdict(list)
        for element in drawing.elements:
            if element.kind in NODES and element.documentation.strip():
                found[element.id].append(f"Note: {sentence(element.documentation)}")
        told: set[str] = set()
        for flow in sorted(drawing.flows, key=lambda one: (one.kind, one.name, one.source, one.target, one.id)):
            for step, says, about in self._of(flow):
                if says not in found[step]:
                    found[step].append(says)
                told.add(about)
        self.of: Mapping[str, Sequence[str]] = found
        notes = [e for e in drawing.elements if e.kind == "textAnnotation" and e.name.strip() and e.id not in told]
        self.apart = tuple(sentence(note.name) for note in sorted(notes, key=lambda e: (plain(e.name), e.id)))

    def _of(self, flow: Flow) -> list[tuple[str, str, str]]:
        """(id of a step, what is noted there, id of what it comes from)."""
        if flow.kind == "messageFlow":
            return self._message(flow)
        if flow.kind == "sequenceFlow":
            return []
        ends = (flow.source, flow.target)
        return [note for one, other in (ends, ends[::-1]) for note in self._beside(flow, one, other)]

    def _beside(self, flow: Flow, one: str, other: str) -> list[tuple[str, str, str]]:
        beside = self._drawing.by_id.get(one)
        step = other if other in self._steps else flow.scope
        if beside is None or not beside.name.strip() or step not in self._steps or step == one:
            return []
        if beside.kind == "textAnnotation":
            return [(step, f"Note: {sentence(beside.name)}", one)]
        if beside.kind in DATA:
            does = "It uses" if one == flow.source else "It fills in"
            return [(step, f"{does} {quoted(beside.name)}.", one)]
        return []

    def _message(self, flow: Flow) -> list[tuple[str, str, str]]:
        what = f": {quoted(flow.name)}" if flow.name.strip() else ""
        found = []
        if flow.source in self._steps and (to := self._somebody(flow.target)):
            found.append((flow.source, f"This tells {to}{what}.", flow.id))
        if flow.target in self._steps and (by := self._somebody(flow.source)):
            found.append((flow.target, f"This comes from {by}{what}.", flow.id))
        return found

    def _somebody(self, id_: str) -> str:
        """Who stands at the other end of a message: a pool, or the pool of a step."""
        element = self._drawing.by_id.get(id_)
        home = element.process if element is not None else id_
        pool = next((pool.name for pool in self._drawing.pools if pool.process == home and home), "")
        name = plain(pool or self._pools.get(home, ""))
        who = person(name) if self._is_english and name and home in self._pools else name
        step = f" ({quoted(element.name)})" if element is not None and element.name.strip() else ""
        return f"{who}{step}" if who else ""
