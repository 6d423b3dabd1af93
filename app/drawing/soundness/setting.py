"""Which facts an element can set: a form its fields, a script the names it assigns, a table whatever it likes."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass

from app.drawing.model import SUB_PROCESSES, Drawing, Element

ASSIGNED = re.compile(r"^\s*([A-Za-z_][\w.]*)\s*=(?!=)", re.MULTILINE)
NOTHING: frozenset[str] = frozenset()
PEOPLE = frozenset({"task", "userTask", "manualTask"})
ANY_EVENT = frozenset({"message", "signal", "multiple", "conditional"})  # they may bring facts with them


@dataclass(frozen=True)
class Setting:
    """What the elements of a drawing can set. ``fields`` are the paths of every form, where they are known."""

    drawing: Drawing
    fields: Mapping[str, Mapping[str, Set[str] | None]] | None = None

    def of(self, element: Element) -> Set[str] | None:
        """The paths of the facts that an element can set; None where that can be any."""
        if element.kind in SUB_PROCESSES:
            return self._inside(element.id)
        if element.kind in PEOPLE:
            return self._by_form(element)
        if element.kind == "scriptTask":
            return frozenset(ASSIGNED.findall(element.script))
        if element.kind in ("callActivity", "businessRuleTask", "receiveTask"):
            return None
        return None if element.event in ANY_EVENT else NOTHING

    def _inside(self, scope: str) -> Set[str] | None:
        found: set[str] = set()
        for e in self.drawing.elements:
            if e.scope == scope and e.id != scope:
                facts = self.of(e)
                if facts is None:
                    return None
                found |= facts
        return found

    def _by_form(self, element: Element) -> Set[str] | None:
        form = self.fields.get(element.properties.get("formRef", "")) if self.fields is not None else None
        return None if form is None else frozenset(form) | {name for name in (element.collection,) if name}
