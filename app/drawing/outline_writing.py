"""Writing an outline: the places of a plan, numbered, each with its sentences."""

from collections.abc import Iterator, Sequence

from app.drawing.model import ACTIVITIES, Drawing, Element, Pool, Process
from app.drawing.outline import Known, Outline, Part, Reference, Step, Way
from app.drawing.outline_graph import Arrow, Graph
from app.drawing.outline_names import answer, is_english, listed, quoted, unnamed
from app.drawing.outline_notes import Notes
from app.drawing.outline_plan import Branch, Item, Plan
from app.drawing.outline_sentences import Sentences
from app.drawing.plain_english import lowered, plain, raised, sentence

_NOTHING_KNOWN = Known()


def outline(drawing: Drawing, known: Known = _NOTHING_KNOWN) -> Outline:
    """The drawing in words. Any drawing has an outline; nothing is raised."""
    return _Writing(drawing, known).outline()


class _Writing:
    """One drawing, while its outline is written."""

    def __init__(self, drawing: Drawing, known: Known) -> None:
        self.drawing = drawing
        self.plan = Plan(drawing)
        self.is_english = is_english(drawing)
        self.says = Sentences(known, is_english=self.is_english)
        self.notes = Notes(drawing, is_english=self.is_english)
        self.numbers: dict[str, str] = {}
        self.inlined: set[str] = set()

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
        return sorted({p.id: p for p in reversed(self.drawing.processes)}.values(), key=lambda p: (pools.get(p.id, 0.0), p.name, p.id))

    def _pool_name(self, pool: Pool) -> str:
        return self.says.who(pool.name) if pool.name.strip() else ""

    def _part(self, process: Process) -> Part:
        items = self.plan.items(process.id)
        self._number(items, "")
        pool = next((pool.name for pool in self.drawing.pools if pool.process == process.id and pool.name.strip()), "")
        title = plain(process.name) or plain(pool) or "A procedure without a name"
        who = plain(pool) if plain(pool) != title else ""
        steps = tuple(self._steps(items, is_whole=True))
        people = (who, *self._lanes(process)) if who else self._lanes(process)
        return Part(process.id, title, sentence(process.documentation), people, steps)

    def _lanes(self, process: Process) -> tuple[str, ...]:
        places = self.drawing.shape_of
        lanes = [lane for lane in self.drawing.lanes if lane.process == process.id and lane.name.strip()]
        lanes.sort(key=lambda one: (places[one.id].bounds.y if one.id in places else 0.0, one.name, one.id))
        return tuple(dict.fromkeys(self.says.who(lane.name) for lane in lanes))

    # numbers

    def _number(self, items: Sequence[Item], prefix: str, begun: int = 0) -> int:
        for item in items:
            if self._begins_all(item):
                self._covers(item, prefix.rstrip("."))
                continue
            begun += 1
            item.number = f"{prefix}{begun}"
            self._covers(item, item.number)
        return begun

    def _begins_all(self, item: Item) -> bool:
        is_start = item.element.kind == "startEvent" and not item.ways and item.after is None
        return is_start and not self._graph(item).arriving.get(item.element.id)

    def _covers(self, item: Item, number: str) -> None:
        """Gives a number to all that an item tells, and to what hangs below it."""
        for id_ in self._elements(item):
            self.numbers[id_] = number
        if not number:
            return
        begun = 0
        for branch in item.ways:
            told = self._told(item, branch)
            for one in told:
                self._covers(one, number)
            begun = self._number(branch.items[len(told) :], f"{number}.", begun)
        begun = self._number(self._inside(item), f"{number}.", begun)

    def _told(self, item: Item, branch: Branch) -> list[Item]:
        """The items of a branch that its own sentence tells: an event that begins it, an end that is all of it."""
        told = branch.items[:1] if self._is_event(item, branch) else []
        rest = branch.items[len(told) :]
        if len(rest) == 1 and self._is_end(rest[0]):
            told = [*told, rest[0]]
        return told

    def _is_event(self, item: Item, branch: Branch) -> bool:
        if not branch.items or branch.items[0].element.id != branch.arrow.target or branch.items[0].ways:
            return False
        waits = item.element.kind == "eventBasedGateway" and branch.items[0].element.kind == "intermediateCatchEvent"
        return branch.arrow.flow is None or (waits and len(self._arriving(branch.items[0])) == 1)

    def _is_end(self, item: Item) -> bool:
        return item.element.kind == "endEvent" and len(self._arriving(item)) == 1 and not item.ways

    def _inside(self, item: Item) -> list[Item]:
        """The items inside a sub-process, without the start that its own sentence tells."""
        first = item.inside[0] if item.inside else None
        is_told = first is not None and self._begins_all(first)
        if is_told and (item.element.by_event or (not first.element.event and not first.element.name.strip())):
            return item.inside[1:]
        return item.inside

    def _elements(self, item: Item) -> tuple[str, ...]:
        own = [item.element, *item.before, *([item.after] if item.after else [])]
        folded = [id_ for one in own for id_ in self._graph(item).folded.get(one.id, ())]
        start = [one.element.id for one in item.inside[:1] if one not in self._inside(item)]
        return (item.element.id, *(one.id for one in own[1:]), *folded, *start)

    # sentences

    def _steps(self, items: Sequence[Item], *, is_whole: bool = False) -> Iterator[Step]:
        for place, item in enumerate(items):
            following = items[place + 1].element.id if place + 1 < len(items) else ""
            yield self._step(item, following, is_whole=is_whole)

    def _step(self, item: Item, following: str, *, is_whole: bool) -> Step:
        limit = self._limit(item)
        said = [self._before(item, self._main(item, limit)), self._then(item, following, is_whole=is_whole)]
        if item.is_loose and item.number:
            said.insert(0, "Nothing leads to this step.")
        ways = tuple(self._way(item, branch, limit, following) for branch in self._branches(item))
        inside = tuple(self._steps(self._inside(item)))
        text = " ".join(filter(None, said))
        return Step(
            number=item.number,
            kind=item.element.kind,
            text=text,
            elements=self._elements(item),
            ways=ways,
            steps=inside,
            notes=self._noted(self._elements(item)),
            references=self._references(text, item),
        )

    def _branches(self, item: Item) -> list[Branch]:
        """The ways of a step, first what may happen meanwhile."""
        together = item.element.kind == "parallelGateway"
        return sorted(item.ways, key=lambda way: (way.arrow.flow is not None, together and not way.items))

    def _noted(self, elements: Sequence[str]) -> tuple[str, ...]:
        return tuple(note for id_ in elements for note in self.notes.of.get(id_, ()))

    def _main(self, item: Item, limit: Element | None) -> str:
        element = item.element
        if self._begins_all(item) or element.kind == "startEvent":
            begins = self.says.begins(element)
            return f"It begins {begins}." if begins else "It begins here."
        if element.by_event and item.inside:
            return self._frame(item)
        if element.kind in ACTIVITIES:
            within = self.says.limit(limit) if limit is not None else ""
            return self.says.activity(element, self._unnamed(element), within)
        if element.kind == "endEvent":
            return self.says.ends(element, is_last=self._is_last(element))
        if element.kind == "intermediateThrowEvent":
            return self.says.tells(element)
        if element.kind == "intermediateCatchEvent":
            return self.says.waits(element)
        if element.kind == "boundaryEvent":
            return f"{self.says.happens(element)}:"
        return self._question(item)

    def _frame(self, item: Item) -> str:
        """A sub-process that an event begins."""
        start = item.inside[0]
        begins = self.says.begins(start.element) if start not in self._inside(item) else ""
        if begins.startswith("with "):
            begins = f"when this comes: {begins[5:]}"
        stops = " Everything else stops then." if start.element.interrupting and begins else ""
        name = plain(item.element.name)
        named = f" ({quoted(name)})" if name and not begins else ""
        return f"At any time{', ' + begins if begins else named}:{stops}"

    def _unnamed(self, element: Element) -> str:
        made = self.plan.graphs[element.id]
        by_id = self.plan.by_id
        before = (by_id[arrow.source].name for arrow in made.arriving.get(element.id, ()))
        return unnamed(element, before, (by_id[arrow.target].name for arrow in made.leaving[element.id]))

    def _question(self, item: Item) -> str:
        element, flows = item.element, [way for way in item.ways if way.arrow.flow is not None]
        if not flows and not element.name.strip():
            return "" if self._is_join(item) else "Go on."
        if not flows:
            return sentence(element.name)
        return self.says.asks(element)

    def _before(self, item: Item, said: str) -> str:
        """A sentence after what must be done before it."""
        joins = [*item.before, *([item.element] if self._is_join(item) else [])]
        sources = [arrow.source for join in joins for arrow in self._graph(item).arriving[join.id]]
        joined = {join.id for join in joins}
        numbers = sorted({self.numbers[one] for one in sources if one not in joined} - {""}, key=_place)
        if not joins:
            return said
        waits = f"When steps {listed(numbers)} are done" if len(numbers) > 1 else "When all of this is done"
        if any(join.kind != "parallelGateway" for join in joins):
            waits = waits.replace(" are done", " are done, as far as they were begun")
        if not said:
            return f"{waits}, go on."
        return f"{waits}, {lowered(said)}" if said.startswith(("The ", "A ", "All ", "One ")) else f"{waits}: {said}"

    def _is_join(self, item: Item) -> bool:
        return item.element.id in self._graph(item).joins

    def _is_last(self, element: Element) -> bool:
        """Whether an end is the only one of its scope."""
        return sum(one.kind == "endEvent" for one in self.plan.graphs[element.id].nodes) == 1

    def _then(self, item: Item, following: str, *, is_whole: bool = False) -> str:
        """What comes after a step, where it is not simply the next one."""
        lost = self._graph(item).lost.get(item.element.id, 0)
        nowhere = " An arrow leads nowhere from here." if lost else ""
        if item.after is not None:
            return self.says.ends(item.after, is_last=self._is_last(item.after)) + nowhere
        leads = [arrow.target for arrow in item.goes]
        flows = [way for way in item.ways if way.arrow.flow is not None]
        if leads == [following]:
            return nowhere.strip()
        if leads:
            said = f"Then {self._to(item, leads)}."
            return f"When this is done, {said[5:]}{nowhere}" if item.ways else f"{said}{nowhere}"
        can_end = item.element.kind != "endEvent" and not flows and not item.element.by_event
        silent = item.element.kind == "intermediateThrowEvent" and item.element.event == "link"
        return "This part ends here." + nowhere if can_end and not silent and item.number else nowhere.strip()

    def _to(self, item: Item, targets: Sequence[str], following: str = "") -> str:
        here = item.number or self.numbers.get(item.element.id, "")
        numbers = [self.numbers.get(one, "") for one in targets]
        known = [number for number in dict.fromkeys(numbers) if number]
        if not known:
            return "go to the beginning"
        if list(targets) == [following]:
            return f"go on with step {known[0]}"
        back = "go back to" if all(_place(number) <= _place(here) for number in known) else "go to"
        return f"{back} step{'s' if len(known) > 1 else ''} {listed(known)}"

    # ways

    def _way(self, item: Item, branch: Branch, limit: Element | None, following: str) -> Way:
        told = self._told(item, branch)
        rest = branch.items[len(told) :]
        lead = self._lead(item, branch, told, limit)
        text = "" if rest else self._way_text(item, branch, told, following)
        elements = tuple(id_ for one in told for id_ in self._elements(one))
        notes = self._noted(elements)
        text = " ".join(filter(None, [text, *(() if rest else notes)]))
        aim = told[-1] if told else item
        return Way(lead, text, tuple(self._steps(rest)), elements, self._references(text, aim, branch.arrow))

    def _lead(self, item: Item, branch: Branch, told: Sequence[Item], limit: Element | None) -> str:
        flow = branch.arrow.flow
        if flow is None:
            event = self.plan.by_id[branch.arrow.target]
            return self._meanwhile(item, event, limit)
        label = answer(flow, is_default=item.element.default == flow.id, english=self.is_english)
        if told and self._is_event(item, branch):
            return self.says.happens(told[0].element)
        return label

    def _meanwhile(self, item: Item, event: Element, limit: Element | None) -> str:
        """What may happen while a step is being done."""
        if event is limit:
            said = "If nobody has done so by then" if item.element.kind != "callActivity" else "If it is not done by then"
        elif event.event == "timer" and event.timer_kind == "timeCycle":
            said = f"{self.says.happens(event)}, as long as this is not done"
        elif event.event == "timer":
            said = f"If this is not done {self.says.limit(event)}"
        else:
            said = self.says.happens(event)
        stops = event.interrupting and event.event not in ("error", "compensate", "cancel")
        return f"{said}, this step is stopped" if stops else said

    def _way_text(self, item: Item, branch: Branch, told: Sequence[Item], following: str) -> str:
        """A sentence for a way that has no steps of its own."""
        ends = [one for one in told if one.element.kind == "endEvent"]
        if ends or any(one.after for one in told):
            end = ends[-1].element if ends else next(one.after for one in told if one.after)
            return self.says.ends(end, is_last=self._is_last(end))
        if told:
            leads = [arrow.target for arrow in told[-1].goes]
            return f"{raised(self._to(item, leads, following))}." if leads else "Nothing more is drawn."
        to = self._to(item, [branch.arrow.target], following)
        together = item.element.kind == "parallelGateway" and not self.plan.is_named(branch.arrow) and to.startswith("go on")
        return f"Meanwhile, {to}." if together else f"{raised(to)}."

    def _limit(self, item: Item) -> Element | None:
        """The one time limit that can be told in the sentence of a step."""
        events = [self.plan.by_id[way.arrow.target] for way in item.ways if way.arrow.flow is None]
        timers = [one for one in events if one.event == "timer" and one.timer_kind != "timeCycle"]
        return timers[0] if len(timers) == 1 and item.element.kind in ACTIVITIES else None

    def _references(self, text: str, item: Item, arrow: Arrow | None = None) -> tuple[Reference, ...]:
        targets = [one.target for one in item.goes] or ([arrow.target] if arrow else [])
        joins = [*item.before, *([item.element] if self._is_join(item) else [])]
        targets += [one.source for join in joins for one in self._graph(item).arriving[join.id]]
        found = {self.numbers.get(one, ""): one for one in targets}
        return tuple(Reference(number, found[number]) for number in sorted(found, key=_place) if f" {number}" in text and number)

    def _graph(self, item: Item) -> Graph:
        return self.plan.graphs[item.element.id]

    def _arriving(self, item: Item) -> Sequence[Arrow]:
        return self._graph(item).arriving.get(item.element.id, ())


def _place(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".") if part)
