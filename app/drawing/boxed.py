"""Boxed expressions as trees of FEEL: whatever a box means, an expression could say (DMN 1.5, 7.3.4 to 10.2.2).

Invariant: reading never evaluates. Each name with signs in it is known only where the drawing brings it in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from app import errors
from app.drawing import decisions, types, xml
from app.drawing.decision_models import LOGIC, child, children, spelled, text
from app.drawing.decisions import DecisionTable
from app.feel import nodes
from app.feel.names import mentions
from app.feel.nodes import Node, Type
from app.feel.parsing import expression_in, parse
from app.feel.types import Book, resolved

Deciding = Callable[[DecisionTable, frozenset[str]], Callable[[Any], Any]]


@dataclass(frozen=True)
class Reader:
    """Reads boxes where some names are known. ``deciding`` makes what works out a table in a scope."""

    names: frozenset[str]
    deciding: Deciding
    book: Book
    file: str
    id: str = ""  # of what is decided, for messages
    name: str = ""

    def knowing(self, names: Iterable[str]) -> "Reader":
        """The same, further in, where more names are known."""
        return replace(self, names=self.names.union(names))

    def inside(self, element: etree._Element | None) -> Node:
        """The tree of the one expression in an element; null where none stands."""
        logic = None if element is None else child(element, *LOGIC)
        return nodes.Literal(None) if logic is None else self.read(logic)

    def read(self, element: etree._Element) -> Node:
        """The tree of a boxed expression. ``NotUnderstood`` where one in it cannot be read."""
        kind = xml.local(element)
        found = _READERS[kind](self, element)
        wanted = types.referred(element)
        if wanted is None or kind == "functionDefinition" or self._is_of_each_row(element, wanted):
            return found
        return nodes.Typed(found, wanted)

    def _is_of_each_row(self, element: etree._Element, wanted: Type) -> bool:
        """Whether the type is that of a row, where a table gives several: old files write it so."""
        gathers = element.get("hitPolicy") in decisions.SEVERAL and not element.get("aggregation")
        return gathers and resolved(wanted, self.book).name != "list"

    def literal(self, element: etree._Element) -> Node:
        """What is written as text."""
        language = element.get("expressionLanguage", "")
        if language and "feel" not in language.lower():
            raise errors.NotUnderstood(f"This is written in {language[:80]}. Only FEEL can be read.")
        source = expression_in(text(element))
        return parse(source, self.names) if source else nodes.Literal(None)

    def table(self, element: etree._Element) -> Node:
        """A decision table."""
        table = decisions.table_of(element, self.id, self.name, self.file)
        return nodes.Asked(self.deciding(table, self.names))

    def context(self, element: etree._Element) -> Node:
        """A boxed context; its last entry is the result when it has no name."""
        keys: list[str] = []
        values: list[Node] = []
        reader = self
        for entry in children(element, "contextEntry"):
            variable = child(entry, "variable")
            if variable is None or not variable.get("name"):
                return nodes.Block(tuple(keys), tuple(values), reader.inside(entry))
            name, wanted = spelled(variable.get("name", "")), types.referred(variable)
            value = reader.inside(entry)
            if name in keys:
                raise errors.NotUnderstood(f"The entry “{name}” is written twice in one context.")
            keys.append(name)
            values.append(value if wanted is None else nodes.Typed(value, wanted))
            reader = reader.knowing([name])
        return nodes.ContextLiteral(tuple(keys), tuple(values))

    def invocation(self, element: etree._Element) -> Node:
        """A call with named arguments."""
        names: list[str] = []
        values: list[Node] = []
        for binding in children(element, "binding"):
            parameter = child(binding, "parameter")
            name, wanted = ("", None) if parameter is None else (parameter.get("name", ""), types.referred(parameter))
            value = self.inside(binding)
            names.append(spelled(name))
            values.append(value if wanted is None else nodes.Typed(value, wanted))
        return nodes.Call(self.inside(element), tuple(values), tuple(names))

    def function(self, element: etree._Element, result: Type | None = None) -> Node:
        """A function definition, or the encapsulated logic of a business knowledge model."""
        kind = element.get("kind", "FEEL")
        if kind not in ("FEEL", "F"):
            raise errors.NotUnderstood(f"This function is written in {kind[:40]}. Code from outside is never run.")
        drawn = children(element, "formalParameter")
        names = tuple(spelled(one.get("name", "")) for one in drawn)
        body = self.knowing(names).inside(element)
        for wanted in (types.referred(element), result):
            body = body if wanted is None else nodes.Typed(body, self._given_by(wanted))
        return nodes.FunctionLiteral(names, tuple(types.referred(one) for one in drawn), body)

    def _given_by(self, wanted: Type) -> Type:
        """What a function of that type gives. In DMN 1.1 the type of a function is that of its result."""
        function = resolved(wanted, self.book)
        return (function.result or wanted) if function.name == "function" else wanted

    def list(self, element: etree._Element) -> Node:
        """A boxed list."""
        return nodes.ListLiteral(tuple(self.read(one) for one in children(element, *LOGIC)))

    def relation(self, element: etree._Element) -> Node:
        """A relation: a list of contexts, one for each row."""
        columns = [(spelled(one.get("name", "")), types.referred(one)) for one in children(element, "column")]
        rows = []
        for row in children(element, "row"):
            cells = [self.read(one) for one in children(row, *LOGIC)]
            typed = [
                cell if wanted is None else nodes.Typed(cell, wanted)
                for cell, (_, wanted) in zip(cells, columns, strict=False)
            ]
            rows.append(nodes.ContextLiteral(tuple(name for name, _ in columns[: len(typed)]), tuple(typed)))
        return nodes.ListLiteral(tuple(rows))

    def conditional(self, element: etree._Element) -> Node:
        """A boxed conditional (DMN 1.4)."""
        test, yes, no = (self.inside(child(element, name)) for name in ("if", "then", "else"))
        return nodes.If(test, yes, no)

    def iteration(self, element: etree._Element) -> Node:
        """A boxed ``for``."""
        name, domain = self._iterator(element)
        body = self.knowing([name]).inside(child(element, "return"))
        return nodes.For((name,), (domain,), body, mentions(body, "partial"))

    def quantified(self, element: etree._Element) -> Node:
        """A boxed ``some`` or ``every``."""
        name, domain = self._iterator(element)
        test = self.knowing([name]).inside(child(element, "satisfies"))
        return nodes.Quantified(xml.local(element) == "every", (name,), (domain,), test)

    def filter(self, element: etree._Element) -> Node:
        """A boxed filter."""
        return nodes.Filter(self.inside(child(element, "in")), self.inside(child(element, "match")))

    def _iterator(self, element: etree._Element) -> tuple[str, Node]:
        inner = child(element, "in")
        domain = self.inside(inner)
        wanted = None if inner is None else types.referred(inner)
        name = spelled(element.get("iteratorVariable", ""))
        return name, domain if wanted is None else nodes.Typed(domain, wanted)


_READERS: dict[str, Callable[[Reader, etree._Element], Node]] = {
    "literalExpression": Reader.literal,
    "decisionTable": Reader.table,
    "context": Reader.context,
    "invocation": Reader.invocation,
    "functionDefinition": Reader.function,
    "list": Reader.list,
    "relation": Reader.relation,
    "conditional": Reader.conditional,
    "for": Reader.iteration,
    "some": Reader.quantified,
    "every": Reader.quantified,
    "filter": Reader.filter,
}
