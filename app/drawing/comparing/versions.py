"""What differs between two versions of a drawing, in sentences.

``compare`` gives changes as values: people and pools first, then what came, what went, and what changed, in the
order of the picture. A picture that was only arranged anew is no change of the procedure, and is told as that.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.drawing.comparing.arrows import arrows
from app.drawing.comparing.elements import element_changes
from app.drawing.comparing.matches import Matches, matches
from app.drawing.comparing.names import Names
from app.drawing.comparing.people import people, renamed_lanes
from app.drawing.comparing.values import Change
from app.drawing.model import Drawing, Element
from app.drawing.outlining.english import plain
from app.drawing.outlining.graph import Order
from app.drawing.outlining.limits import written
from app.drawing.outlining.names import quoted
from app.drawing.outlining.values import Known
from app.law import wording

__all__ = ["Change", "compare"]
_NOTHING_KNOWN = Known()


def compare(old: Drawing, new: Drawing, known: Known = _NOTHING_KNOWN) -> list[Change]:
    """What the new version says otherwise. Never empty: the last resort is *Nothing has changed.*"""
    return _Comparison(old, new, known).changes()


@dataclass
class _Comparison:
    old: Drawing
    new: Drawing
    known: Known

    def changes(self) -> list[Change]:
        """Every change, or the one sentence that there is none."""
        self.found: Matches = matches(self.old, self.new)
        self.came, self.went = ({one.id for one in ones} for ones in (self.found.added, self.found.removed))
        self.before, self.after = Names(self.old), Names(self.new)
        self.lanes = renamed_lanes(self.old, self.new)
        said = [*people(self.old, self.new), *self._added(), *self._removed(), *self._changed()]
        said += arrows(self.before, self.after, self.found)
        if said:
            return said
        if (self.old.shapes, self.old.edges, self.old.planes) != (self.new.shapes, self.new.edges, self.new.planes):
            return [Change("picture", "Only the picture has changed.")]
        return [Change("nothing", "Nothing has changed.")]

    def _added(self) -> Iterator[Change]:
        for element in sorted(self.found.added, key=Order(self.new).of):
            if not self._is_part(element, self.after):
                yield Change("added", self._new(element), (element.id,))

    def _removed(self) -> Iterator[Change]:
        for element in sorted(self.found.removed, key=Order(self.old).of):
            if not self._is_part(element, self.before):
                yield Change("removed", self._gone(element), (), (element.id,))

    def _changed(self) -> Iterator[Change]:
        order = Order(self.old)
        for id_ in sorted(self.found.new_of, key=lambda one: order.of(self.before.by_id[one])):
            pair = self._as_in_new(self.before.by_id[id_]), self.after.by_id[self.found.new_of[id_]]
            yield from element_changes(*pair, self.before, self.after, self.known)

    def _as_in_new(self, old: Element) -> Element:
        """An element of the old version, with what it stands in and on as the new version calls it."""
        ids = self.found.new_of
        return replace(
            old,
            lane=self.lanes.get(old.lane, old.lane),
            attached_to=ids.get(old.attached_to, old.attached_to),
            scope=ids.get(old.scope, old.scope),
        )

    def _is_part(self, element: Element, names: Names) -> bool:
        """Whether something came or went with what it belongs to: an end after a limit, what is inside a group."""
        other = self.came if names is self.after else self.went
        if element.scope in other or (element.kind == "boundaryEvent" and element.attached_to in other):
            return True
        leading = names.leading(element.id)
        limits = [one for one in leading if one in names.by_id and names.by_id[one].kind == "boundaryEvent"]
        return element.kind == "endEvent" and len(leading) == len(limits) == 1 and limits[0] in other

    def _new(self, element: Element) -> str:
        if element.kind == "boundaryEvent" and element.event == "timer":
            then = self.after.then(element.id)
            limit = wording.limit(written(element, self.known.timescales)) or "without a time"
            return f"New time limit for {self.after.of(element.attached_to)}: {limit}{then}."
        if element.kind == "boundaryEvent":
            host, then = self.after.of(element.attached_to), self.after.then(element.id)
            return f"New at {host}: {self.after.of(element.id)}{then}."
        by = f", done by {self.after.who(element.lane)}" if self._is_work(element) and element.lane else ""
        place = self.after.between(element.id)
        name = self.after.of(element.id)
        return f"New {self.after.sort(element)}: {name}{by}{', ' + place if place and plain(element.name) else ''}."

    def _gone(self, element: Element) -> str:
        if element.kind == "boundaryEvent" and element.event == "timer":
            limit = wording.limit(written(element, self.known.timescales))
            return f"{self.before.of(element.attached_to)} no longer has the time limit {quoted(limit)}."
        by = f" ({self.before.who(element.lane)})" if self._is_work(element) and element.lane else ""
        return f"Taken out: the {self.before.sort(element)} {self.before.of(element.id)}{by}."

    def _is_work(self, element: Element) -> bool:
        return self.after.sort(element) == "step" and "Event" not in element.kind
