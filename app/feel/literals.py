"""Reading what an expression is made of: literals, names, brackets, lists, contexts, functions and types.

``Literals`` leaves ``expression`` and ``sum`` to the grammar that stands on it.
"""

from abc import ABC, abstractmethod
from decimal import Decimal, Overflow

from app.feel import nodes
from app.feel.bounds import NUMBERS
from app.feel.cursor import Cursor
from app.feel.nodes import Node
from app.feel.temporal import read_temporal
from app.feel.tokens import unescaped

CONSTANTS = {"true": True, "false": False, "null": None}
_SIGNS = ("<", "<=", ">", ">=", "=")
_IN_NAMES = (".", "/", "-", "+", "*", "'")
_GENERIC = ("list", "range", "context", "function")


class Literals(Cursor, ABC):
    """The smallest whole parts of an expression."""

    @abstractmethod
    def expression(self) -> Node:
        """The widest expression that begins here."""

    @abstractmethod
    def sum(self) -> Node:
        """The widest expression without comparisons and conditions that begins here."""

    def literal(self) -> Node | None:
        """A number, text, constant or at-literal, if one stands here."""
        token = self.next
        if token.kind == "number":
            self.index += 1
            return nodes.Literal(self._number(token.text))
        if token.kind == "text":
            self.index += 1
            return nodes.Literal(unescaped(token.text))
        if token.kind == "keyword" and token.text in CONSTANTS:
            self.index += 1
            return nodes.Literal(CONSTANTS[token.text])
        if self.take("@"):
            if self.next.kind != "text":
                raise self.wrong("a date, time or duration in quotation marks after “@”")
            self.index += 1
            return nodes.Literal(read_temporal(unescaped(self.tokens[self.index - 1].text)))
        return None

    def _number(self, text: str) -> Decimal:
        try:
            return NUMBERS.create_decimal(text)
        except Overflow:
            self.index -= 1
            raise self.error("This number is too large.") from None

    def bracket(self) -> Node:
        """What stands in round brackets: an expression, or a range that leaves out its first end."""
        self.expect("(")
        sign = self.take(*_SIGNS)
        if sign:
            return self._open_range(sign)
        if self.at(".."):
            return self._from_nothing()
        inner = self.expression()
        if self.at(".."):
            return self.range_from(inner, low_included=False)
        self.expect(")")
        return inner

    def _from_nothing(self) -> Node:
        """A range without a first end: ``(..5]``."""
        self.expect("..")
        high = self.sum()
        closing = self.take("]", ")", "[")
        if not closing:
            raise self.wrong("“]” or “)” at the end of the range")
        return nodes.RangeLiteral(None, high, False, closing == "]")

    def _open_range(self, sign: str) -> Node:
        span = self.compared(sign)
        self.expect(")")
        return span

    def compared(self, sign: str) -> Node:
        """The range that a sign and a limit describe, such as ``>= 5`` (DMN 1.5, 10.3.1.2, item 7)."""
        end = self.sum()
        low = end if sign in (">", ">=", "=") else None
        high = end if sign in ("<", "<=", "=") else None
        return nodes.RangeLiteral(low, high, sign in (">=", "="), sign in ("<=", "="), True)

    def range_from(self, low: Node, *, low_included: bool) -> Node:
        """The range of which the low end is read already and ``..`` stands here."""
        self.expect("..")
        if self.take(")", "["):  # no end: as after a sign
            return nodes.RangeLiteral(low, None, low_included, False)
        high = self.sum()
        closing = self.take("]", ")", "[")
        if not closing:
            raise self.wrong("“]” or “)” at the end of the range")
        return nodes.RangeLiteral(low, high, low_included, closing == "]")

    def list_or_range(self) -> Node:
        """What stands in square brackets: a list, or a range."""
        opening = self.take("[", "]")
        if opening == "[" and self.take("]"):
            return nodes.ListLiteral(())
        if opening == "]" and self.at(".."):
            return self._from_nothing()
        first = self.expression()
        if opening == "]" or self.at(".."):
            return self.range_from(first, low_included=opening == "[")
        items = [first]
        while self.take(","):
            items.append(self.expression())
        self.expect("]")
        return nodes.ListLiteral(tuple(items))

    def context(self) -> Node:
        """What stands in braces: a context."""
        self.expect("{")
        keys: list[str] = []
        values: list[Node] = []
        while not self.take("}"):
            if keys:
                self.expect(",")
            keys.append(self._key(keys))
            self.expect(":")
            values.append(self.expression())
        return nodes.ContextLiteral(tuple(keys), tuple(values))

    def _key(self, keys: list[str]) -> str:
        token = self.next
        if token.kind == "text":
            self.index += 1
            key = unescaped(token.text)
        else:
            key = self._spelled_key() or self.name("the name of an entry")
        if key in keys:
            raise self.error(f"The entry “{key}” is written twice in one context.")
        self.know(key)
        return key

    def _spelled_key(self) -> str:
        """The words and signs before the colon, if all of them can stand in a name."""
        start, place = self.next, 0
        while self.after(place).kind in ("name", "number", "keyword") or self.after(place).text in _IN_NAMES:
            place += 1
        if start.kind not in ("name", "keyword") or self.after(place).text != ":":
            return ""
        self.index += place
        return " ".join(self.source[start.at : self.next.at].split())

    def function(self) -> Node:
        """A function as written: ``function(a, b: number) a + b``."""
        self.expect("function")
        self.expect("(")
        names: list[str] = []
        types: list[nodes.Type | None] = []
        while not self.take(")"):
            if names:
                self.expect(",")
            names.append(self.name("the name of a parameter"))
            types.append(self.type() if self.take(":") else None)
        if self.next.text == "external" and self.after().text == "{":
            raise self.error("Code from outside the drawing is never run, so “external” cannot be used.")
        return nodes.FunctionLiteral(tuple(names), tuple(types), self.expression())

    def type(self) -> nodes.Type:
        """The name of a type, with the types inside its ``<...>``."""
        self.deeper()
        name = self._type_name()
        if name not in _GENERIC or not self.take("<"):
            found = nodes.Type(name)
        elif name == "context":
            found = self._context_type()
        else:
            found = nodes.Type(name, self._type_list())
        if name == "function" and self.take("->"):
            found = nodes.Type(name, found.of, (), self.type())
        self.nesting -= 1
        return found

    def _type_name(self) -> str:
        for words in (("date", "and", "time"), ("days", "and", "time"), ("years", "and", "months")):
            if tuple(self.after(place).text for place in range(3)) == words:
                self.index += 3
                if words[0] != "date":
                    self._duration_word()
                return " ".join(words) + ("" if words[0] == "date" else " duration")
        return self.take("function", "null") or self.name("a type")

    def _duration_word(self) -> None:
        if self.next.text != "duration":
            raise self.wrong("“duration”")
        self.index += 1

    def _type_list(self) -> tuple[nodes.Type, ...]:
        found: list[nodes.Type] = []
        while not self.take(">"):
            if found:
                self.expect(",")
            found.append(self.type())
        return tuple(found)

    def _context_type(self) -> nodes.Type:
        keys: list[str] = []
        types: list[nodes.Type] = []
        while not self.take(">"):
            if keys:
                self.expect(",")
            keys.append(self.name("the name of an entry"))
            self.expect(":")
            types.append(self.type())
        return nodes.Type("context", tuple(types), tuple(keys))
