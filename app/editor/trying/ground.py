"""The ground on which is played: a set of files, read once, with the procedure that each process follows in it.

What drawings leave open is read as it would be when it is executed. Bank holidays are those of the package, so that a
play ends the same wherever it is played.
"""

from collections.abc import Mapping
from functools import cached_property, lru_cache

from app import errors
from app.drawing import xml
from app.drawing.element_reading import BPMN
from app.drawing.model import Drawing, Element
from app.editor import files, surroundings
from app.editor.surroundings import Links, Surroundings
from app.engine import library
from app.engine.library import Procedure
from app.errors import DrawingBroken
from app.forms import drawn
from app.forms.parts import Form

KEPT = 8  # sets of files in memory
PLAYED = ("bpmn", "dmn", "form")  # the kinds of file on which it hangs how a play goes
THROWN = ("intermediateThrowEvent", "endEvent")


class Ground:
    """A set of files to play on."""

    def __init__(self, content: Mapping[str, bytes]) -> None:
        self.around = Surroundings(content)
        self.key = library.key_of({name: text for name, text in content.items() if files.kind(name) in PLAYED})
        self._procedures: dict[str, Procedure] = {}
        self._messages: dict[str, dict[str, str]] = {}

    @cached_property
    def links(self) -> dict[str, Links]:
        """What each drawing that can be read has to do with others, by its file."""
        found = {}
        for name in sorted(one for one in self.around.files if files.kind(one) == "bpmn"):
            try:
                found[name] = surroundings.links(xml.tree(self.around.files[name], name))
            except DrawingBroken:
                continue
        return found

    @cached_property
    def file_of(self) -> dict[str, str]:
        """The file of each process."""
        return {process: name for name, own in self.links.items() for process in sorted(own.processes)}

    @cached_property
    def called(self) -> frozenset[str]:
        """The processes that others call."""
        return frozenset().union(*(own.calls for own in self.links.values()))

    def procedure(self, process: str) -> Procedure:
        """What a case of this process follows.

        Raises ``NotFound`` where there is none, ``DrawingBroken`` where it, or a drawing that it calls, cannot be used.
        """
        if process not in self.file_of:
            raise errors.NotFound(f"There is no process ‘{process}’ in these files.")
        if process not in self._procedures:
            self._procedures[process] = self._read(process)
        return self._procedures[process]

    def _read(self, process: str) -> Procedure:
        try:
            return self._parsed(name for name in self.around.files if files.kind(name) in ("bpmn", "dmn"))
        except DrawingBroken:  # a drawing that has nothing to do with this one may be unfinished
            own = self.file_of[process]
            return self._parsed({own, *self.around.needed(self.links[own])})

    def _parsed(self, names: object) -> Procedure:
        wanted = sorted(names)  # type: ignore[call-overload]
        return library.procedure({name: self.around.completed(name) for name in wanted})

    def form(self, key: str) -> Form | None:
        """The form with this key; None where there is none."""
        return self.around.forms.get(key)

    def form_of(self, process: str, form: str, key: str, name: str) -> Form:
        """The form of a task: what the drawing asks by itself, what it names, or the plain one."""
        question = self.procedure(process).asked(form)
        if question is not None:
            return drawn.of(question)
        return (self.form(form) if form else None) or drawn.plain(key, name)

    def start(self, process: str) -> Element | None:
        """The start event of a process that has a form; None where none has."""
        for element in self.drawing(process).elements:
            is_start = element.kind == "startEvent" and element.scope == process
            if is_start and self.form(element.properties.get("formRef", element.id)):
                return element
        return None

    def start_form(self, process: str) -> Form | None:
        """The form with which a process begins; None where nothing is asked."""
        element = self.start(process)
        return self.form(element.properties.get("formRef", element.id)) if element else None

    def drawing(self, process: str) -> Drawing:
        """The drawing of a process, as it is executed."""
        return self.procedure(process).drawings[process]

    def element(self, process: str, key: str) -> Element | None:
        """An element by its id, in any drawing that a case of this process follows."""
        found = (drawing.by_id.get(key) for drawing in self.procedure(process).drawings.values())
        return next(filter(None, found), None)

    def name(self, process: str, key: str) -> str:
        """What people call an element; its id where it has no words."""
        element = self.element(process, key)
        return " ".join(element.name.split()) if element and element.name.strip() else key

    def messages(self, process: str) -> dict[str, str]:
        """The messages that the drawings name: {name: what people call it}."""
        if process not in self._messages:
            self._messages[process] = self._named(process)
        return self._messages[process]

    def _named(self, process: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for drawing in {one.file: one for one in self.procedure(process).drawings.values()}.values():
            waits = {one.event_name: one.name for one in drawing.elements if one.event_name and one.kind not in THROWN}
            root = xml.tree(self.around.files[drawing.file], drawing.file)
            for name in filter(None, (node.get("name") for node in root.iter(f"{BPMN}message"))):
                found[name] = waits.get(name) or found.get(name) or name.replace("_", " ").capitalize()
        return found


def ground(content: Mapping[str, bytes]) -> Ground:
    """The ground that these files make. Scenarios among them change nothing."""
    kept = {name: text for name, text in content.items() if files.kind(name) != "scenario"}
    return _ground(library.key_of(kept), tuple(sorted(kept.items())))


@lru_cache(KEPT)
def _ground(_: str, content: tuple[tuple[str, bytes], ...]) -> Ground:
    return Ground(dict(content))
