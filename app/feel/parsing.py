"""Reading FEEL once: source to tree, kept for the next time.

Both readers raise ``NotUnderstood`` in plain words: what was found, where (``at``), and what was expected.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from app.errors import NotUnderstood
from app.feel.bounds import MAX_DEPTH, too_deep
from app.feel.cursor import special
from app.feel.grammar import Grammar
from app.feel.names import called, variables
from app.feel.nodes import Node, Tests, depth

__all__ = ["called", "expression_in", "names", "parse", "parse_tests"]

_Tree = TypeVar("_Tree", bound=Node)
_KEPT = 1_024  # trees; a drawing has some hundred expressions


def parse(source: str, known_names: Iterable[str] = ()) -> Node:
    """The tree of an expression. Names with a sign or a keyword in them are read as one if they are known."""
    return _parsed(source, _known(known_names))


def parse_tests(source: str, known_names: Iterable[str] = ()) -> Tests:
    """The tree of a decision table's input cell."""
    return _parsed_tests(source, _known(known_names))


def names(tree: Node, *, item: bool = False) -> frozenset[str]:
    """The paths of the variables an expression needs, such as "risk.band"; ``item`` too where that is a variable."""
    return variables(tree, item=item)


def expression_in(source: str) -> str:
    """The expression alone, without the ``=`` that marks one in form and process files, and without space around."""
    return source.strip().removeprefix("=").strip()


@lru_cache(_KEPT)
def _special(name: str) -> bool:
    return special(name)


def _known(known_names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name in known_names if not name.isidentifier() and _special(name[:200]))


@lru_cache(_KEPT)
def _parsed(source: str, known: frozenset[str]) -> Node:
    return _whole(source, known, Grammar.expression)


@lru_cache(_KEPT)
def _parsed_tests(source: str, known: frozenset[str]) -> Tests:
    return _whole(source, known, Grammar.cell)


def _whole(source: str, known: frozenset[str], read: Callable[[Grammar], _Tree]) -> _Tree:
    try:
        grammar = Grammar(source, known)
        tree = read(grammar)
    except RecursionError:
        raise NotUnderstood(str(too_deep()), source=source) from None
    grammar.end()
    if depth(tree) > MAX_DEPTH:
        raise NotUnderstood(str(too_deep()), source=source)
    return tree
