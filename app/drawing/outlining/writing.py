"""Writing an outline: the places of a plan, numbered, each with its sentences."""

from collections.abc import Iterator, Sequence

from app.drawing.model import ACTIVITIES, Drawing, Element, Pool, Process
from app.drawing.outlining.english import plain, raised, sentence
from app.drawing.outlining.leading import Leading, when_done
from app.drawing.outlining.names import is_english, quoted, unnamed
from app.drawing.outlining.notes import Notes
from app.drawing.outlining.numbering import Numbering
from app.drawing.outlining.plan import Branch, Item, Plan
from app.drawing.outlining.sentences import Sentences
from app.drawing.outlining.values import Known, Outline, Part, Step, Way

_NOTHING_KNOWN = Known()


def outline(drawing: Drawing, known: Known = _NOTHING_KNOWN) -> Outline:
    """The drawing in words. Any drawing has an outline; nothing is raised."""
    return _Writing(drawing, known).outline()


def _people(drawing: Drawing) -> dict[str, str]:
    """{process: its pool}, of processes without lanes, where several pools tell who is who."""
    divided = {lane.process for lane in drawing.lanes}
    pools = [pool for pool in reversed(drawing.pools) if pool.process not in divided and pool.name.strip()]
    return {pool.process: pool.name for pool in pools} if len(drawing.pools) > 1 else {}


class _Writing:
    """One drawing, while its outline is written."""

    def __init__(self, drawing: Drawing, known: Known) -> None:
        self.drawing = drawing
        self.plan = Plan(drawing)
        self.is_english = is_english(drawing)
        self.says = Sentences(known, _people(drawing), is_english=self.is_english)
        self.notes = Notes(drawing, is_english=self.is_english)
        self.at = Numbering(self.plan, self.says)
        self.leading = Leading(self.at, self.says)

    def outline(self) -> Outline:
        parts = [self._part(process) for process in self._processes()]
        if self.plan.nodes.get("") and not any(process.id == "" for process in self.drawing.processes):
            parts.append(self._part(Process("", "")))
        shown = {process.id for process in self.drawing.processes}
        others = [pool for pool in self.drawing.pools if pool.process not in shown]
        names = dict.fromkeys(self._pool_name(pool) for pool in sorted(others, key=lambda p: (p.name, p.id)))
        return Outline(self.drawing.file, tuple(parts), tuple(filter(None, names)), self.notes.apart)

    def _processes(self) -> list[Process]:
        """The processes as they stand in the picture, from above."""
        places = self.drawing.shape_of
        pools = {pool.process: places[pool.id].bounds.y for pool in self.drawing.pools if pool.id in places}
        return sorted(
            {p.id: p for p in reversed(self.drawing.processes)}.values(),
            key=lambda p: (pools.get(p.id, 0.0), p.name, p.id),
        )

    def _pool_name(self, pool: Pool) -> str:
        return self.says.who(pool.name) if pool.name.strip() else ""

    def _part(self, process: Process) -> Part:
        items = self.plan.items(process.id)
        self.at.number(items)
        pool = next((pool.name for pool in self.drawing.pools if pool.process == process.id and pool.name.strip()), "")
        title = plain(process.name) or plain(pool) or "A procedure without a name"
        who = plain(pool) if plain(pool) != title else ""
        steps = tuple(self._steps(items))
        people = (who, *self._lanes(process)) if who else self._lanes(process)
        return Part(process.id, title, sentence(process.documentation), people, steps)

    def _lanes(self, process: Process) -> tuple[str, ...]:
        places = self.drawing.shape_of
        lanes = [lane for lane in self.drawing.lanes if lane.process == process.id and lane.name.strip()]
        lanes.sort(key=lambda one: (places[one.id].bounds.y if one.id in places else 0.0, one.name, one.id))
        return tuple(dict.fromkeys(self.says.who(lane.name) for lane in lanes))

    def _steps(self, items: Sequence[Item]) -> Iterator[Step]:
        for place, item in enumerate(items):
            following = items[place + 1].element.id if place + 1 < len(items) else ""
            yield self._step(item, following)

    def _step(self, item: Item, following: str) -> Step:
        limit = self.leading.limit(item)
        main, then = self._main(item, limit), self.leading.then(item, following)
        if not main and item.after is not None:
            main, then = then, ""
        inside = tuple(self._steps(self.at.inside(item)))
        if inside and not item.element.by_event:
            then = " ".join(filter(None, [when_done(then), "These are its steps:"]))
        said = ["Not connected:" if item.is_loose else "", self.leading.before(item, main), then]
        ways = tuple(self._way(item, branch, limit, following) for branch in item.ways)
        text = " ".join(filter(None, said))
        return Step(
            number=item.number,
            kind=item.element.kind,
            text=text,
            elements=self.at.elements(item),
            ways=ways,
            steps=inside,
            notes=self._noted(self.at.elements(item)),
            references=self.leading.references(text, item),
        )

    def _noted(self, elements: Sequence[str]) -> tuple[str, ...]:
        return tuple(note for id_ in elements for note in self.notes.of.get(id_, ()))

    def _main(self, item: Item, limit: Element | None) -> str:
        element = item.element
        if self.at.begins_all(item) or element.kind == "startEvent":
            begins = self.says.begins(element)
            return f"It begins {begins}." if begins else "It begins here."
        if element.by_event and item.inside:
            return self._frame(item)
        if element.kind in ACTIVITIES:
            within = self.says.limit(limit) if limit is not None else ""
            return self.says.activity(element, self._unnamed(element), within)
        if element.kind == "endEvent":
            return self.says.ends(element, is_last=self.leading.is_last(element))
        if element.kind == "intermediateThrowEvent":
            return self.says.tells(element)
        if element.kind == "intermediateCatchEvent":
            return self.says.waits(element)
        if element.kind == "boundaryEvent":
            return self.says.happens(element) + ("," if not item.ways else ". All of these at the same time:")
        return self._question(item)

    def _frame(self, item: Item) -> str:
        """A sub-process that an event begins."""
        start = item.inside[0]
        begins = self.says.begins(start.element) if start not in self.at.inside(item) else ""
        if begins.startswith("with "):
            begins = f"when this comes: {begins[5:]}"
        stops = " Everything else stops then." if start.element.interrupting and begins else ""
        name = plain(item.element.name)
        named = f" ({quoted(name)})" if name and not begins else ""
        if begins.startswith(("whenever ", "every ")):
            return f"{raised(begins)}:{stops}"
        return f"At any time{', ' + begins if begins else named}:{stops}"

    def _unnamed(self, element: Element) -> str:
        made = self.plan.graphs[element.id]
        by_id = self.plan.by_id
        before = (by_id[arrow.source].name for arrow in made.arriving.get(element.id, ()))
        return unnamed(element, before, (by_id[arrow.target].name for arrow in made.leaving[element.id]))

    def _question(self, item: Item) -> str:
        element, flows = item.element, [way for way in item.ways if way.arrow.flow is not None]
        if not flows and not element.name.strip():
            return "" if self.at.joins(item) else "Go on."
        if not flows:
            return sentence(element.name)
        return self.says.asks(element)

    def _way(self, item: Item, branch: Branch, limit: Element | None, following: str) -> Way:
        told = self.at.told(item, branch)
        rest = branch.items[len(told) :]
        lead = self.leading.lead(item, branch, told, limit)
        text = "" if rest else self.leading.way_text(item, branch, told, following)
        elements = tuple(id_ for one in told for id_ in self.at.elements(one))
        notes = self._noted(elements)
        text = " ".join(filter(None, [text, *(() if rest else notes)]))
        aim = told[-1] if told else item
        return Way(lead, text, tuple(self._steps(rest)), elements, self.leading.references(text, aim, branch.arrow))
