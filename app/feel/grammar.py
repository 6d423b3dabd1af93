"""The grammar of FEEL: what binds tighter than what (DMN 1.5, 10.3.1.2).

From loose to tight: or, and, comparisons, ``+ -``, ``* /``, ``**``, a minus sign, ``instance of``, and last
``.name``, ``[filter]`` and ``(arguments)``. Chains of one rank become one flat node, so they are never deep.
"""

from collections.abc import Callable
from decimal import Decimal

from app.feel import nodes
from app.feel.bounds import NUMBERS
from app.feel.literals import CONSTANTS, Literals
from app.feel.names import asks, mentions
from app.feel.nodes import Node

_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_RANKS = (("+", "-"), ("*", "/"), ("**",))
_MAX_POSTFIXES = 40


class Grammar(Literals):
    """Expressions and unary tests, read from one source."""

    def expression(self) -> Node:
        """The widest expression that begins here."""
        self.deeper()
        found = self._disjunction()
        self.nesting -= 1
        return found

    def _disjunction(self) -> Node:
        parts = [self._conjunction()]
        while self.take("or"):
            parts.append(self._conjunction())
        return parts[0] if len(parts) == 1 else nodes.Disjunction(tuple(parts))

    def _conjunction(self) -> Node:
        parts = [self._comparison()]
        while self.take("and"):
            parts.append(self._comparison())
        return parts[0] if len(parts) == 1 else nodes.Conjunction(tuple(parts))

    def _comparison(self) -> Node:
        left = self.sum()
        while True:
            sign = self.take(*_COMPARISONS)
            if sign:
                left = nodes.Comparison(sign, left, self.sum())
            elif self.take("between"):
                low = self.sum()
                self.expect("and")
                left = nodes.Between(left, low, self.sum())
            elif self.take("in"):
                left = nodes.In(left, self._in_tests())
            else:
                return left

    def sum(self) -> Node:
        """The widest expression without comparisons and conditions that begins here."""
        return self._ranked(0)

    def _ranked(self, rank: int) -> Node:
        if rank == len(_RANKS):
            return self._signed()
        first = self._ranked(rank + 1)
        signs: list[str] = []
        rest: list[Node] = []
        while sign := self.take(*_RANKS[rank]):
            signs.append(sign)
            rest.append(self._ranked(rank + 1))
        return nodes.Arithmetic(first, tuple(signs), tuple(rest)) if rest else first

    def _signed(self) -> Node:
        count = 0
        while self.take("-"):
            count += 1
        found = self._typed()
        if count % 2 and isinstance(found, nodes.Literal) and isinstance(found.value, Decimal):
            return nodes.Literal(NUMBERS.minus(found.value))
        for _ in range(count if count < 2 else 2 - count % 2):  # two minus signs are as good as four
            found = nodes.Negation(found)
        return found

    def _typed(self) -> Node:
        found = self._postfixed()
        while self.take("instance"):
            if self.next.text != "of":
                raise self.wrong("“of” after “instance”")
            # "of list" would be read as one name, so the word is stepped over by itself
            self.index += 1
            found = nodes.InstanceOf(found, self.type())
        return found

    def _entry(self) -> str:
        """The name after a dot. A word of the language stands there for itself: ``acceptance.for`` is an entry."""
        if self.next.kind != "keyword" or self.next.text in self.known:
            return self.name("the name of an entry after “.”")
        self.index += 1
        return self.tokens[self.index - 1].text

    def _postfixed(self) -> Node:
        found = self._primary()
        for _ in range(_MAX_POSTFIXES):
            if self.take("."):
                found = nodes.Path(found, self._entry())
            elif self.at("[") and not self._ends_range():
                self.expect("[")
                found = nodes.Filter(found, self.expression())
                self.expect("]")
            elif self.take("("):
                found = self._call(found)
            else:
                return found
        raise self.error("There are too many steps in one path.")

    def _ends_range(self) -> bool:
        """Whether the bracket here closes a range such as ``[1..5[``: nothing that begins a value follows it."""
        follower = self.after()
        if follower.kind == "keyword":
            return follower.text not in (*_BEGINNINGS, *CONSTANTS)
        return follower.kind == "end" or follower.text in (")", ",", "]", "}")

    def _call(self, function: Node) -> Node:
        arguments: list[Node] = []
        names: list[str] = []
        while not self.take(")"):
            if arguments:
                self.expect(",")
            name = self._argument_name()
            if name:
                names.append(name)
            arguments.append(self.expression())
            if len(names) not in (0, len(arguments)):
                raise self.error("Name all of the arguments of a function, or none of them.")
        return nodes.Call(function, tuple(arguments), tuple(names))

    def _argument_name(self) -> str:
        start = self.index
        if self.next.kind == "name":
            name = self.name()
            if self.take(":"):
                return name
            self.index = start
        return ""

    def _primary(self) -> Node:
        literal = self.literal()
        if literal is not None:
            return literal
        if self.take("?"):
            return nodes.Name("?")
        sign = self.take("<", "<=", ">", ">=")
        if sign:
            return self.compared(sign)
        read = _BEGINNINGS.get(self.next.text) if self.next.kind in ("sign", "keyword") else None
        return read(self) if read else nodes.Name(self.name("a value"))

    def conditional(self) -> Node:
        """``if ... then ... else ...``."""
        self.expect("if")
        test = self.expression()
        self.expect("then")
        yes = self.expression()
        self.expect("else")
        return nodes.If(test, yes, self.expression())

    def iteration(self) -> Node:
        """``for ... in ... return ...``."""
        self.expect("for")
        names, domains = self._iterations()
        self.expect("return")
        body = self.expression()
        return nodes.For(names, domains, body, mentions(body, "partial"))

    def quantified(self) -> Node:
        """``some`` or ``every ... in ... satisfies ...``."""
        every = self.take("some", "every") == "every"
        names, domains = self._iterations()
        self.expect("satisfies")
        return nodes.Quantified(every, names, domains, self.expression())

    def _iterations(self) -> tuple[tuple[str, ...], tuple[Node, ...]]:
        names: list[str] = []
        domains: list[Node] = []
        while not names or self.take(","):
            names.append(self.name("a name for each item"))
            self.expect("in")
            domain = self.expression()
            if self.take(".."):
                domain = nodes.RangeLiteral(domain, self.sum(), True, True)
            domains.append(domain)
        return tuple(names), tuple(domains)

    # Unary tests: the cells of a decision table, and what stands after ``in``.

    def test(self) -> nodes.Test:
        """One unary test."""
        sign = self.take(*_COMPARISONS)
        operand = self.sum() if sign else self.expression()
        return nodes.Test(sign, operand, asks(operand))

    def tests(self) -> tuple[nodes.Test, ...]:
        """Unary tests with commas between them."""
        found = [self.test()]
        while self.take(","):
            found.append(self.test())
        return tuple(found)

    def _in_tests(self) -> nodes.Tests:
        if not self.at("("):
            sign = self.take(*_COMPARISONS)
            operand = self.sum()
            return nodes.Tests((nodes.Test(sign, operand, asks(operand)),), False)
        self.deeper()
        self.index += 1
        found = self.tests()
        if self.at("..") and len(found) == 1 and not found[0].sign:
            span = self.range_from(found[0].operand, low_included=False)
            found = (nodes.Test("", span, asks(span)),)
        else:
            self.expect(")")
        self.nesting -= 1
        return nodes.Tests(found, False)

    def cell(self) -> nodes.Tests:
        """All of an input cell: nothing or ``-`` (anything passes), ``not(...)``, or tests."""
        if self.next.kind == "end" or (self.at("-") and self.after().kind == "end"):
            self.index = len(self.tokens) - 1
            return nodes.Tests((), False)
        if self.next.text == "not" and self.after().text == "(":
            self.index += 2
            found = self.tests()
            if self.take(")") and self.next.kind == "end":
                return nodes.Tests(found, True)
            self.index = self.nesting = 0
        return nodes.Tests(self.tests(), False)


_BEGINNINGS: dict[str, Callable[[Grammar], Node]] = {
    "(": Grammar.bracket,
    "[": Grammar.list_or_range,
    "]": Grammar.list_or_range,
    "{": Grammar.context,
    "function": Grammar.function,
    "if": Grammar.conditional,
    "for": Grammar.iteration,
    "some": Grammar.quantified,
    "every": Grammar.quantified,
}
