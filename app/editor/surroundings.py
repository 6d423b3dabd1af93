"""What stands beside a drawing: the other drawings, decision tables and forms that it may refer to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from app.drawing import decisions, expressions, xml
from app.drawing.completing.page import Beside
from app.drawing.decisions import DecisionTable
from app.drawing.element_reading import BPMN
from app.drawing.sheet import text_of
from app.errors import DrawingBroken, NotUnderstood
from app.forms import library as forms
from app.forms.parts import Form, every

FROM_THE_CASE = frozenset({"told", "agencies", "relevant_bodies"})  # facts that the system itself lays


@dataclass(frozen=True)
class Surroundings:
    """The files around a drawing, {name: content}. What cannot be read is told when it is checked itself."""

    files: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def tables(self) -> dict[str, tuple[str, DecisionTable]]:
        """Every decision table by its id, with the file that it stands in."""
        found: dict[str, tuple[str, DecisionTable]] = {}
        for file in self._named(".dmn"):
            try:
                found |= {table.id: (file, table) for table in decisions.read(self.files[file], file)}
            except DrawingBroken:
                continue
        return found

    @cached_property
    def forms(self) -> dict[str, Form]:
        """Every form by its key."""
        found: dict[str, Form] = {}
        for file in self._named(".form"):
            try:
                form = forms.read(self.files[file], file)
                found[form.key] = form
            except DrawingBroken:
                continue
        return found

    @cached_property
    def pages(self) -> dict[str, str]:
        """Every process by its id, with the file that it stands in."""
        return {
            process.get("id", ""): file
            for file, root in self._roots.items()
            for process in root.iterfind(f"{BPMN}process")
        }

    @cached_property
    def facts(self) -> frozenset[str]:
        """Every fact that a form asks for, a table says, a script sets or a repetition collects."""
        asked = {part.key for form in self.forms.values() for page in form.pages for part in every(page.components)}
        said = {output.name for _, table in self.tables.values() for output in table.outputs}
        return frozenset(asked | said | {fact for root in self._roots.values() for fact in laid(root)} - {""})

    def beside(self, root: etree._Element) -> Beside:
        """What a drawing may refer to. The facts are also those that it lays itself."""
        return Beside(
            processes=frozenset(self.pages),
            tables=frozenset(self.tables),
            forms=frozenset(self.forms),
            facts=self.facts | frozenset(laid(root)) | FROM_THE_CASE,
        )

    def needed(self, root: etree._Element) -> set[str]:
        """The files that a drawing refers to, and those that they refer to."""
        found: set[str] = set()
        waiting = [root]
        while waiting:
            for file in self._referred(waiting.pop()) - found:
                found.add(file)
                if file in self._roots:
                    waiting.append(self._roots[file])
        return found

    def _referred(self, root: etree._Element) -> set[str]:
        calls = {self.pages.get(call.get("calledElement", ""), "") for call in root.iter(f"{BPMN}callActivity")}
        return (calls | {file for file, _ in self.tables.values()}) - {""}

    @cached_property
    def _roots(self) -> dict[str, etree._Element]:
        found = {}
        for file in self._named(".bpmn"):
            try:
                found[file] = xml.tree(self.files[file], file)
            except DrawingBroken:
                continue
        return found

    def _named(self, ending: str) -> list[str]:
        return sorted(name for name in self.files if name.endswith(ending))


def laid(root: etree._Element) -> Iterable[str]:
    """The facts that a drawing lays by itself: in its scripts, and where its repetitions collect."""
    for script in root.iter(f"{BPMN}script"):
        try:
            yield from (path for path, _ in expressions.assignments(script.text or ""))
        except NotUnderstood:
            continue
    for repeated in root.iter(f"{BPMN}multiInstanceLoopCharacteristics"):
        yield text_of(repeated, "loopDataOutputRef")
        yield from (item.get("id", "") for item in repeated.iterfind(f"{BPMN}inputDataItem"))
