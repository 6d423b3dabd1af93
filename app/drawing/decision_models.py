"""DMN files as a whole: what is decided, from what, with which functions and types. Nothing here evaluates.

DMN 1.1 to 1.5 differ in their namespaces, so elements are known by their local names (DMN 1.5, clause 6).
Invariant: an ``href`` leads to an element of the same file, or the file is refused.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from app import errors
from app.drawing import types, xml
from app.feel.nodes import Type

LOGIC = frozenset(
    "literalExpression decisionTable context invocation functionDefinition list relation conditional for some every"
    " filter".split()
)


@dataclass(frozen=True)
class Input:
    """A value that comes from outside."""

    id: str
    name: str
    type: Type | None


@dataclass(frozen=True)
class Decision:
    """Something to be decided: its logic, and the ids of what it needs to know."""

    id: str
    name: str
    type: Type | None
    logic: etree._Element | None
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Knowledge:
    """A business knowledge model: a function that decisions can call."""

    id: str
    name: str
    type: Type | None
    logic: etree._Element | None  # its encapsulatedLogic
    needs: tuple[str, ...]
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offer:
    """A decision service: some decisions together as one function (DMN 1.5, 10.4)."""

    id: str
    name: str
    type: Type | None
    gives: tuple[str, ...]
    takes: tuple[str, ...]  # input data first, then input decisions, as the standard orders the parameters


Part = Input | Decision | Knowledge | Offer


@dataclass(frozen=True)
class Model:
    """All that a DMN file says."""

    file: str
    parts: dict[str, Part]  # by id
    book: dict[str, Type]
    names: frozenset[str]  # of parts of items, which can stand after a dot anywhere

    @property
    def decisions(self) -> list[Decision]:
        """What the file decides, in its order."""
        return [part for part in self.parts.values() if isinstance(part, Decision)]

    def named(self, name: str) -> Part | None:
        """The part with that name or id; decisions count before others."""
        if name in self.parts:
            return self.parts[name]
        found = [part for part in self.parts.values() if part.name == spelled(name)]
        return min(found, key=lambda part: not isinstance(part, Decision | Offer), default=None)


def read(content: bytes, file: str) -> Model:
    """What a DMN file says. Raises ``DrawingBroken`` with all problems at once."""
    root = xml.tree(content, file)
    if xml.local(root) != "definitions":
        raise errors.DrawingBroken(errors.Problem(file, "", "This is not a DMN file: it has no definitions."))
    parts = {part.id: part for part in _parts(root)}
    problems = [*_imports(root, file), *_dangling(parts, file)]
    if problems:
        raise errors.DrawingBroken(*problems)
    return Model(file, parts, types.book(root), frozenset(_names_of_items(root)))


def spelled(name: str) -> str:
    """A name with its words one space apart (DMN 1.5, 10.3.1.4)."""
    return " ".join(name.split())


def child(element: etree._Element, *names: str) -> etree._Element | None:
    """The first child with one of these local names, or None."""
    return next((one for one in element if isinstance(one.tag, str) and xml.local(one) in names), None)


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """The children with one of these local names."""
    return [one for one in element if isinstance(one.tag, str) and xml.local(one) in names]


def text(element: etree._Element | None) -> str:
    """What stands in the ``text`` of an element, or ""."""
    inner = None if element is None else child(element, "text")
    return "" if inner is None else (inner.text or "").strip()


def required(element: etree._Element, *kinds: str) -> Iterator[str]:
    """The ids of what a decision or knowledge model requires: of these kinds, such as ``requiredDecision``."""
    for requirement in children(element, "informationRequirement", "knowledgeRequirement"):
        for needed in children(requirement, *kinds):
            yield _href(needed)


def _parts(root: etree._Element) -> Iterator[Part]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        make = _MAKERS.get(xml.local(element))
        if make is not None and element.get("name") and xml.namespace(element) == xml.namespace(root):
            yield make(element)


def _input(element: etree._Element) -> Input:
    return Input(_id(element), spelled(element.get("name", "")), _variable(element))


def _decision(element: etree._Element) -> Decision:
    return Decision(_id(element), _name(element), _variable(element), child(element, *LOGIC), tuple(_needs(element)))


def _knowledge(element: etree._Element) -> Knowledge:
    logic = child(element, "encapsulatedLogic")
    drawn = [] if logic is None else children(logic, "formalParameter")
    parameters = tuple(spelled(one.get("name", "")) for one in drawn)
    return Knowledge(_id(element), _name(element), _variable(element), logic, tuple(_needs(element)), parameters)


def _offer(element: etree._Element) -> Offer:
    gives = tuple(_href(one) for one in children(element, "outputDecision"))
    takes = [_href(one) for kind in ("inputData", "inputDecision") for one in children(element, kind)]
    return Offer(_id(element), _name(element), _variable(element), gives, tuple(takes))


_MAKERS: dict[str, Callable[[etree._Element], Part]] = {
    "inputData": _input,
    "decision": _decision,
    "businessKnowledgeModel": _knowledge,
    "decisionService": _offer,
}


def _id(element: etree._Element) -> str:
    return str(element.get("id") or element.get("name", ""))


def _name(element: etree._Element) -> str:
    return spelled(element.get("name", ""))


def _variable(element: etree._Element) -> Type | None:
    variable = child(element, "variable")
    return None if variable is None else types.referred(variable)


def _href(element: etree._Element) -> str:
    return str(element.get("href", "")).rpartition("#")[2]


def _needs(element: etree._Element) -> Iterator[str]:
    return required(element, "requiredInput", "requiredDecision", "requiredKnowledge")


def _imports(root: etree._Element, file: str) -> Iterator[errors.Problem]:
    for element in children(root, "import"):
        name = element.get("name") or element.get("namespace", "")
        yield errors.Problem(file, name, "This file imports another one. Put all decisions into one file.")


def _dangling(parts: dict[str, Part], file: str) -> Iterator[errors.Problem]:
    for part in parts.values():
        leads = {Offer: ("gives", "takes"), Decision: ("needs",), Knowledge: ("needs",)}.get(type(part), ())
        for needed in (one for field in leads for one in getattr(part, field)):
            if needed not in parts:
                yield errors.Problem(file, part.id, f"‘{part.name}’ needs ‘{needed}’, which is not in this file.")


def _names_of_items(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        if isinstance(element.tag, str) and xml.local(element) in ("itemComponent", "column", "output"):
            yield spelled(element.get("name", ""))
