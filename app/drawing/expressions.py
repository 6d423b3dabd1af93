"""Expressions in drawings and tables: what keeps one from being worked out, told before a case meets it."""

from collections.abc import Callable, Iterator

from app import errors
from app.feel import nodes, parsing
from app.feel.evaluating import BUILT_IN_NAMES

OURS = frozenset({"timescale", "period_end"})  # functions that the engine adds to those of the standard


def unreadable(expression: str) -> Iterator[str]:
    """What is wrong with a FEEL expression, in a sentence; nothing when it can be worked out."""
    return _problems(parsing.parse, parsing.expression_in(expression), expression)


def unreadable_tests(cell: str) -> Iterator[str]:
    """The same for an input cell of a decision table."""
    return _problems(parsing.parse_tests, cell, cell)


def _problems(read: Callable[[str], nodes.Node], source: str, written: str) -> Iterator[str]:
    try:
        tree = read(source)
    except errors.NotUnderstood as problem:
        yield f"‘{written}’ cannot be read. {problem}"
        return
    if not _defines_functions(tree):  # the standard gives null for any other: nobody means that
        for name in sorted(parsing.called(tree) - BUILT_IN_NAMES - OURS):
            yield f"‘{written}’ cannot be worked out. There is no function ‘{name}’."


def _defines_functions(tree: nodes.Node) -> bool:
    return isinstance(tree, nodes.FunctionLiteral) or any(_defines_functions(part) for part in nodes.parts(tree))
