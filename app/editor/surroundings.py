"""What stands beside a drawing: the other drawings, decision tables and forms that it may refer to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from lxml import etree

from app.drawing import decisions, expressions, xml
from app.drawing.completing.completed import complete
from app.drawing.completing.page import Beside
from app.drawing.decisions import DecisionTable
from app.drawing.element_reading import BPMN, SPIFF
from app.drawing.sheet import text_of
from app.drawing.soundness.answers import Choices
from app.errors import DrawingBroken, NotUnderstood
from app.feel import parsing
from app.feel.nodes import If, Literal
from app.forms import library as forms
from app.forms.letters import library as letters
from app.forms.letters.parts import LetterFile
from app.forms.parts import CHOICES, Component, Form, every

FROM_THE_CASE = frozenset({"told", "agencies", "relevant_bodies"})  # facts that the system itself lays
KEPT = 256  # drawings whose links are in memory


@dataclass(frozen=True)
class Links:
    """What one drawing has to do with others: its processes, those that it calls, the facts that it lays."""

    processes: frozenset[str]
    calls: frozenset[str]
    lays: frozenset[str]
    items: frozenset[tuple[str, str, str]]  # (process called, name of the item, what it is one of)
    roles: frozenset[str]
    tasks: frozenset[str]  # for people
    letters: frozenset[str]  # that it sends
    names: tuple[tuple[str, str], ...]  # (process, what it is called)


@dataclass(frozen=True)
class Surroundings:
    """The files around a drawing, {name: content}. What cannot be read is told when it is checked itself."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    _completed: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    def completed(self, file: str) -> bytes:
        """A file as it is executed: a drawing with what it leaves open read. ``DrawingBroken`` where it is none."""
        if file not in self._completed:
            content = self.files[file]
            if file in self._sheets:
                content = complete(content, file, self.beside(self._sheets[file])).content
            self._completed[file] = content
        return self._completed[file]

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
    def letters(self) -> dict[str, LetterFile]:
        """Every letter and shared passage by its key: ``refusal``, its translation ``refusal.fr``."""
        return letters.readable(self.files)

    @cached_property
    def fields(self) -> dict[str, dict[str, Choices]]:
        """What each form asks for, by the form's key and the fact: its choices, None where anything may be said."""
        return {
            key: {part.key: _choices(part) for page in form.pages for part in every(page.components) if part.key}
            for key, form in self.forms.items()
        }

    def given(self, own: Links) -> dict[str, Choices]:
        """What else gives the facts that a drawing knows: tables with their answers, other drawings, the system."""
        asked = {path for form in self.fields.values() for path in form}
        said: dict[str, Choices] = {}
        for table in self._asked:
            said |= _said(table)
        return dict.fromkeys(self.beside(own).facts - asked) | said

    @cached_property
    def choices(self) -> dict[str, Choices]:
        """The texts that a fact can have, by its path, of facts that only forms and tables give."""
        laid = frozenset().union(*(sheet.lays for sheet in self._sheets.values())) | FROM_THE_CASE
        found: dict[str, Choices] = {}
        for answers in (*self.fields.values(), *map(_said, self._asked)):
            for path, said in answers.items():
                before = found.get(path, frozenset())
                found[path] = None if said is None or before is None or path in laid else said | before
        return found

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles in the partnership's own drawings."""
        return frozenset().union(*(sheet.roles for sheet in self._sheets.values()))

    @cached_property
    def pages(self) -> dict[str, str]:
        """What each process is called, by its id."""
        return {one: name or one for sheet in self._sheets.values() for one, name in sheet.names}

    @cached_property
    def sends(self) -> frozenset[str]:
        """The letters that the drawings send."""
        return frozenset().union(*(sheet.letters for sheet in self._sheets.values()))

    @cached_property
    def laid(self) -> frozenset[str]:
        """The facts that drawings, tables and the system lay, without those that only forms ask for."""
        said = {output.name for table in self._asked for output in table.outputs}
        return FROM_THE_CASE.union(said, *(sheet.lays for sheet in self._sheets.values())) - {""}

    def tasks(self, own: Links) -> frozenset[str]:
        """The ids of every task for people, in a drawing and in those around it."""
        return own.tasks.union(*(sheet.tasks for sheet in self._sheets.values()))

    def beside(self, own: Links) -> Beside:
        """What a drawing may refer to. It knows the facts of the drawings that it calls and that call it."""
        joined = [self._sheets[file] for file in self.joined(own)]
        laid = own.lays.union(*(sheet.lays for sheet in joined))
        called = own.calls.union(*(sheet.calls for sheet in joined))
        return Beside(
            processes=frozenset(self._pages) | own.processes,
            called=called & own.processes,
            tables=frozenset(self.tables),
            forms=frozenset(self.forms),
            facts=laid | self._answers | FROM_THE_CASE,
        )

    def needed(self, own: Links) -> set[str]:
        """The files that a drawing is executed with: what it calls, and what that calls, and the tables."""
        found: set[str] = set()
        waiting = [own]
        while waiting:
            for file in {self._pages[one] for one in waiting.pop().calls if one in self._pages} - found:
                found.add(file)
                waiting.append(self._sheets[file])
        return found | {file for file, _ in self.tables.values()}

    def items(self, process: str) -> dict[str, str]:
        """What a page is called for, one each: {name of the item: what it is one of}. Empty where nothing calls it."""
        found = {item: over for one in self._sheets.values() for to, item, over in one.items if to == process}
        is_called = any(process in one.calls for one in self._sheets.values())
        return found or ({"": ""} if is_called else {})

    def joined(self, own: Links) -> set[str]:
        """The drawings that a drawing calls or is called by, however far away."""
        found: set[str] = set()
        ids, calls = set(own.processes), set(own.calls)
        while more := {f for f, s in self._sheets.items() if f not in found and (s.calls & ids or s.processes & calls)}:
            found |= more
            for file in more:
                ids |= self._sheets[file].processes
                calls |= self._sheets[file].calls
        return found

    @cached_property
    def _answers(self) -> frozenset[str]:
        """Every fact that a form asks for or a table says."""
        asked = {part.key for form in self.forms.values() for page in form.pages for part in every(page.components)}
        return frozenset(asked | {output.name for table in self._asked for output in table.outputs}) - {""}

    @property
    def _asked(self) -> list[DecisionTable]:
        """The tables that lay what they say: not those that only other tables call."""
        return [table for _, table in self.tables.values() if not table.parameters]

    @cached_property
    def _pages(self) -> dict[str, str]:
        """The file of each process that stands in one file only."""
        number = Counter(one for sheet in self._sheets.values() for one in sheet.processes)
        return {one: file for file, sheet in self._sheets.items() for one in sheet.processes if number[one] == 1}

    @cached_property
    def _sheets(self) -> dict[str, Links]:
        found = {}
        for file in self._named(".bpmn"):
            try:
                found[file] = _links_of(self.files[file], file)
            except DrawingBroken:
                continue
        return found

    def _named(self, ending: str) -> list[str]:
        return sorted(name for name in self.files if name.endswith(ending))


@lru_cache(KEPT)
def _links_of(content: bytes, file: str) -> Links:
    return links(xml.tree(content, file))


def links(root: etree._Element) -> Links:
    """What a drawing has to do with others."""
    return Links(
        processes=frozenset(one.get("id", "") for one in root.iterfind(f"{BPMN}process")) - {""},
        calls=frozenset(one.get("calledElement", "") for one in root.iter(f"{BPMN}callActivity")) - {""},
        lays=frozenset(_laid(root)) - {""},
        items=frozenset(_items(root)),
        roles=frozenset(one.get("name", "") for one in root.iter(f"{BPMN}lane")) - {""},
        tasks=frozenset(one.get("id", "") for one in root.iter(f"{BPMN}userTask", f"{BPMN}manualTask")) - {""},
        letters=frozenset(_sent(root)) - {""},
        names=tuple((one.get("id", ""), one.get("name", "")) for one in root.iter(f"{BPMN}process")),
    )


def _laid(root: etree._Element) -> Iterator[str]:
    """The facts that a drawing lays by itself: in its scripts, and where its repetitions collect."""
    for script in root.iter(f"{BPMN}script"):
        try:
            yield from (path for path, _ in expressions.assignments(script.text or ""))
        except NotUnderstood:
            continue
    for repeated in root.iter(f"{BPMN}multiInstanceLoopCharacteristics"):
        yield text_of(repeated, "loopDataOutputRef")
        yield from (item.get("id", "") for item in repeated.iterfind(f"{BPMN}inputDataItem"))


def _sent(root: etree._Element) -> Iterator[str]:
    return (one.get("value", "") for one in root.iter(f"{SPIFF}property") if one.get("name") == "letter")


def _items(root: etree._Element) -> Iterator[tuple[str, str, str]]:
    for call in root.iter(f"{BPMN}callActivity"):
        for item in call.iterfind(f"{BPMN}multiInstanceLoopCharacteristics/{BPMN}inputDataItem"):
            over = text_of(call, "multiInstanceLoopCharacteristics/loopDataInputRef")
            yield call.get("calledElement", ""), item.get("id", ""), over


def _choices(part: Component) -> Choices:
    if part.type == "expression":
        return _results(str(part.more.get("expression") or ""))
    if part.type not in CHOICES or not isinstance(part.more.get("values"), list):
        return None
    return frozenset(str(one.get("value")) for one in part.more["values"] if isinstance(one, dict))


def _results(source: str) -> Choices:
    """The texts that an expression can come to: those of ``if … then "yes" else "no"``, else any."""
    try:
        tree = parsing.parse(source.removeprefix("="))
    except NotUnderstood:
        return None
    ends = (tree.yes, tree.no) if isinstance(tree, If) else (tree,)
    said = [end.value for end in ends if isinstance(end, Literal) and isinstance(end.value, str)]
    return frozenset(said) if len(said) == len(ends) else None


def _said(table: DecisionTable) -> dict[str, Choices]:
    """What a table can answer, by the fact that it lays."""
    return {
        output.name: _outcomes(rule.results[number] for rule in table.rules)
        for number, output in enumerate(table.outputs)
    }


def _outcomes(cells: Iterable[str]) -> Choices:
    """The texts in one column of a table; None where a cell is worked out."""
    found = {cell.strip() for cell in cells} - {""}
    is_plain = all(len(one) > 1 and one[0] == one[-1] == '"' and '"' not in one[1:-1] for one in found)
    return frozenset(one[1:-1] for one in found) if found and is_plain else None
