"""A drawing while it is converted: its tree, what is noted of it, and the forms that come out of it."""

import math
import re
from collections.abc import Iterator
from functools import cached_property

from app.drawing import edits
from app.drawing.completing.page import Page
from app.drawing.converting.notes import DROPPED, LEFT, TAKEN, Note
from app.drawing.element_reading import BPMN, SPIFF
from app.drawing.sheet import FLOW, Node, Sheet, name, property_of
from app.drawing.xml import local

WHOLE = "The whole file"
LONGEST = 160  # characters of something quoted


class Conversion:
    """One drawing. ``forms`` are new files by their names, ``keys`` the form behind each embedded one."""

    def __init__(self, root: Node, file: str) -> None:
        self.root, self.file = root, file
        self.page = Page(Sheet(root))
        self.notes: list[Note] = []
        self.forms: dict[str, bytes] = {}
        self.keys: dict[str, str] = {}

    def took(self, node: Node, says: str) -> None:
        """Note that something means here what it meant there."""
        self._note(node, TAKEN, says)

    def left(self, node: Node, says: str) -> None:
        """Note that something is left for whoever reads it."""
        self._note(node, LEFT, says)

    def dropped(self, says: str) -> None:
        """Note of the whole file what is not needed here."""
        self.notes.append(Note("", WHOLE, DROPPED, says))

    def of_kind(self, *kinds: str) -> list[Node]:
        """Every element of these kinds, in the order of the file."""
        return list(self.root.iter(*(BPMN + kind for kind in kinds)))

    def elements(self) -> list[Node]:
        """Every element of the standard."""
        return [node for node in self.root.iter() if str(node.tag).startswith(BPMN)]

    def in_order(self) -> tuple[Note, ...]:
        """The notes in the order of the file, those of the whole file last."""
        places = {node.get("id"): place for place, node in enumerate(self.root.iter()) if node.get("id")}
        return tuple(sorted(self.notes, key=lambda note: places.get(note.element, math.inf)))

    def keep(self, node: Node, key: str, value: str) -> bool:
        """Write one of our own keys, unless the element has it already. Gives whether it was written."""
        if property_of(node, key):
            return False
        edits.set_own(node, key, value)
        return True

    def has_own(self, node: Node) -> bool:
        """Whether an element says something for us already."""
        return any(str(one.tag).startswith(SPIFF) for own in node.iterfind(f"{BPMN}extensionElements") for one in own)

    def lane_of(self, node: Node) -> str:
        """The name of the lane that an element stands in; "" for none."""
        return self._lanes.get(node.get("id", ""), "")

    @cached_property
    def _lanes(self) -> dict[str, str]:
        return {
            (ref.text or "").strip(): lane.get("name", "")
            for lane in self.root.iter(f"{BPMN}lane")
            for ref in lane.iterfind(f"{BPMN}flowNodeRef")
        }

    def _note(self, node: Node, kind: str, says: str) -> None:
        owner = next(_with_id(node), None)
        if owner is None:
            self.notes.append(Note("", WHOLE, kind, says))
        else:
            words = self._arrow(owner) if owner.tag == FLOW else self.page.label(owner)
            self.notes.append(Note(owner.get("id", ""), words[:1].upper() + words[1:], kind, says))

    def _arrow(self, arrow: Node) -> str:
        ends = (self.page.sheet.source(arrow), self.page.sheet.target(arrow))
        source, target = (self.page.quoted(one) if one is not None else "nothing" for one in ends)
        return f"{name(arrow)}, after {source}" if name(arrow) else f"the arrow from {source} to {target}"


def _with_id(node: Node) -> Iterator[Node]:
    """What people would call the place of a node: it, or what stands around it; not the parts of an element."""
    for one in (node, *node.iterancestors()):
        if one.get("id") and local(one) != "definitions" and _has_words(local(one)):
            yield one


def _has_words(kind: str) -> bool:
    return not kind.endswith(("EventDefinition", "Expression", "LoopCharacteristics", "Ref", "Cardinality"))


def quoted(text: str) -> str:
    """Words of the file, in quotation marks and not too long."""
    said = " ".join(text.split())
    return f"‘{said if len(said) <= LONGEST else said[: LONGEST - 1] + '…'}’"


def listed(names: list[str]) -> str:
    """Names in a row, each once."""
    return ", ".join(f"‘{name}’" for name in dict.fromkeys(names))


def key_of(text: str, instead: str = "form") -> str:
    """A name as a key of ours: letters, numbers and _, the first no number."""
    key = re.sub(r"[^A-Za-z0-9_]", "_", text.strip())[:60]
    return key if re.match(r"[A-Za-z_]", key) else f"{instead}_{key}"[:60]
