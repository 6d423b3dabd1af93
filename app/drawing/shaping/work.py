"""A drawing while a wish is granted: its file as a tree, its pages as they were, and what must hold afterwards."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from lxml import etree

from app import errors
from app.drawing import edits, opening, reading, xml
from app.drawing.completing.completed import written
from app.drawing.element_reading import BPMN
from app.drawing.findings import Edit
from app.drawing.placing import pictured
from app.drawing.placing.boxes import Box
from app.drawing.placing.canvas import Canvas
from app.drawing.placing.canvas import Node as Shape
from app.drawing.shaping import filing, naming, reaching
from app.drawing.shaping.values import Shaped
from app.drawing.sheet import STEP_TAGS, Node, Sheet, kind, name, process_of, scope_of


@dataclass
class Page:
    """One page of the drawing as it was, and as it becomes."""

    plane: Node
    before: Canvas
    canvas: Canvas
    gaps: list[tuple[Box, str]] = field(default_factory=list)  # what is gone, and the frame that it stood in
    kept: tuple[Shape, Box] | None = None  # a step that is being moved


class Work:
    """One file being shaped. ``DrawingBroken`` where it cannot be read."""

    def __init__(self, content: bytes, file: str, taken: Collection[str] = ()) -> None:
        root = xml.read(content, file)
        opening.check(root, file)
        reading.read(content, file)
        self.file = file
        self.sheet = Sheet(root)
        self.taken = {*taken, *(str(one.get("id")) for one in root.iter() if one.get("id"))}
        self._is_indented = filing.is_indented(root)
        self._reached = reaching.reached(self.sheet)
        self._pages: list[Page] = []

    def step(self, element: str) -> Node:
        """A step by its id. ``NotFound`` where there is none."""
        node = self.sheet.index.get(element)
        if node is None or node.tag not in STEP_TAGS:
            raise errors.NotFound(f"There is no step ‘{element}’ in this drawing.")
        return node

    def arrow(self, element: str) -> Node:
        """An arrow between two steps by its id. ``NotFound`` where there is none."""
        node = self.sheet.index.get(element)
        if node is None or kind(node) != "sequenceFlow":
            raise errors.NotFound(f"There is no arrow ‘{element}’ in this drawing.")
        return node

    def source(self, arrow: Node) -> Node:
        """Where an arrow begins."""
        return self.step(arrow.get("sourceRef", ""))

    def target(self, arrow: Node) -> Node:
        """Where an arrow leads."""
        return self.step(arrow.get("targetRef", ""))

    def page(self, element: str) -> Page | None:
        """The page on which an element is drawn; None where it is on none. Ask before the tree is changed."""
        plane = pictured.plane_of(self.sheet, element)
        if plane is None:
            return None
        found = next((page for page in self._pages if page.plane is plane), None)
        if found is None:
            before = pictured.canvas_of(self.sheet, plane)
            found = Page(plane, before, before.copy())
            self._pages.append(found)
        return found if element in found.canvas.boxes or element in found.canvas.lines else None

    def keep(self, page: Page) -> None:
        """A page that was made anew, to be written in the end."""
        self._pages.append(page)

    def new_id(self, words: str, instead: str = "step") -> str:
        """An id made from words, which nothing has here or elsewhere."""
        found = naming.key_for(words, self.taken, instead)
        self.taken.add(found)
        return found

    def new_name(self, base: str) -> str:
        """An id of that very form, numbered where it is taken."""
        found = naming.numbered(base, self.taken)
        self.taken.add(found)
        return found

    def apply(self, *changes: Edit) -> None:
        """Make changes to the tree, not to the picture."""
        edits.apply(self.sheet, changes)

    def inside(self, scope: Node) -> Iterator[Node]:
        """The steps directly in a scope."""
        return iter(self.sheet.steps(scope))

    def done(self, element: str, says: str) -> Shaped:
        """The changed file. ``Refused`` where nothing would lead to some step any more."""
        self.sheet.changed()
        filing.file_arrows(self.sheet)
        self._check_reached()
        for page in self._pages:
            pictured.write(self.sheet, page.plane, page.before, page.canvas)
        if self._is_indented:
            filing.indent(self.sheet.root)
        content = written(self.sheet.root)
        reading.read(content, self.file)
        return Shaped(content, element, says)

    def _check_reached(self) -> None:
        lost = self._reached - reaching.reached(self.sheet)
        nodes = [node for node in self.sheet.steps() if node.get("id") in lost and kind(node) != "boundaryEvent"]
        first = [one for one in nodes if not any(way.get("sourceRef") in lost for way in self.sheet.arriving(one))]
        if nodes:
            names = " or ".join(called(one) for one in (first or nodes)[:3])
            raise errors.Refused({"place": f"Nothing would lead to {names} any more. Move or remove that first."})


def called(node: Node) -> str:
    """What people call a step in a sentence."""
    kinds = {"startEvent": "the beginning", "endEvent": "an end"}
    return f"‘{name(node)}’" if name(node) else kinds.get(kind(node), "a step without words")


def is_inside(node: Node) -> bool:
    """Whether a step stands in a subprocess or frame, and not in a lane of its own."""
    return scope_of(node) is not process_of(node)


def add_after(near: Node, new: Node) -> None:
    """A new element in the file behind another."""
    near.addnext(new)


def made(kind_: str, id_: str, words: str = "") -> Node:
    """A new element of the standard."""
    node = etree.Element(BPMN + kind_, id=id_)
    if words:
        node.set("name", words)
    return node
